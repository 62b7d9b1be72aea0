"""A fold that goes on: what comes last is put into the state that is there, and the whole is not folded again.

Nearly every entry of a meeting comes last in the order of meaning. Then it changes the state by itself, unless it says
something of earlier ones (`LOOKS_BACK`), or a log holds what may say something of later ones (`LOOKS_AHEAD`): there,
and where an entry belongs before others, all is folded anew. A property test holds both ways equal (decision 0077).
"""

from collections.abc import Sequence
from dataclasses import is_dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from chibo.meetings.room import moments, verdicts
from chibo.meetings.room.fold import Record, Room, folded, take
from chibo.meetings.room.judging import judge_scores

LOOKS_AHEAD = frozenset((verdicts.DOUBT, verdicts.CONFIRM, verdicts.VOID, moments.DOUBT))
LOOKS_BACK = LOOKS_AHEAD | {"undo", "open", "lead", "close", "abort", moments.MOVE}
# Fields whose values nobody changes in place.
_WHOLE = frozenset(("heads", "presided", "called", "rubric", "facts", "opening", "closing"))


class OneFold:
    """The fold of one log. The state that goes on is its own; whoever asks gets a copy, which stays as it is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._room = Room()
        self._taken: list[Record] = []
        self._ordered: list[Record] = []
        self._goes_on = False

    def room_of(self, records: Sequence[Record]) -> Room:
        """What records mean, which are those that were taken before and more behind them, or others altogether."""
        with self._lock:
            new = records[len(self._taken) :]
            if not self._follows(records) or any(one.kind in LOOKS_BACK for one in new):
                self._begin(records)
            else:
                for one in new:
                    take(self._room, one)
                self._taken += new
                if self._ordered is not self._taken:
                    self._ordered += new
            room = copied(self._room)
            room.unjudged = list(self._ordered)
        judge_scores(room)
        return room

    def _follows(self, records: Sequence[Record]) -> bool:
        many = len(self._taken)
        return self._goes_on and 0 < many <= len(records) and records[many - 1] is self._taken[-1]

    def _begin(self, records: Sequence[Record]) -> None:
        self._goes_on = False  # until all is well
        self._taken = list(records)
        self._room, self._ordered = folded(self._taken)
        self._goes_on = not any(one.kind in LOOKS_AHEAD for one in records)


def copied(room: Room) -> Room:
    """A room that does not change with the other: what is changed in place is there twice."""
    new = Room.__new__(Room)
    new.__dict__.update((name, one if name in _WHOLE else _copied(one)) for name, one in room.__dict__.items())
    new.heads = dict(room.heads)
    return new


def _copied(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    if isinstance(value, set):
        return set(value)
    if isinstance(value, list):
        return list(value)
    return _copied_object(value) if is_dataclass(value) else value


def _copied_object(value: Any) -> Any:
    if value.__dataclass_params__.frozen:
        return value
    new = object.__new__(type(value))
    new.__dict__.update((name, one if type(one) in _PLAIN else _copied(one)) for name, one in value.__dict__.items())
    return new


_PLAIN = frozenset((str, int, bool, type(None), UUID, datetime, Record))
