"""A few values that a process keeps for some minutes, so that what is asked again and again is not made anew."""

import time
from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Values by an id. Whatever is not asked for leaves: the least recently used when there are too many, each in time.

    most: how many are kept. seconds: how long one is kept that nobody asks for.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._kept: OrderedDict[UUID, tuple[float, Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: UUID) -> Value | None:
        """The value, where it is still kept; it then stays for its time again."""
        with self._lock:
            self._drop_old()
            found = self._kept.pop(key, None)
            if found is None:
                return None
            self._kept[key] = (time.monotonic(), found[1])
            return found[1]

    def set(self, key: UUID, value: Value) -> None:
        """Keep a value."""
        with self._lock:
            self._drop_old()
            self._kept.pop(key, None)
            self._kept[key] = (time.monotonic(), value)
            if len(self._kept) > self.most:
                self._kept.popitem(last=False)

    def drop(self, key: UUID) -> None:
        """Keep it no more."""
        with self._lock:
            self._kept.pop(key, None)

    def __len__(self) -> int:
        return len(self._kept)

    def _drop_old(self) -> None:
        """The least recently used stand first."""
        limit = time.monotonic() - self.seconds
        while self._kept and next(iter(self._kept.values()))[0] < limit:
            self._kept.popitem(last=False)
