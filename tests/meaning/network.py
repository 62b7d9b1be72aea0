"""Devices and a server as the rules of joining up have them, in memory; the network loses, repeats and delays.

The real ones are `static/meetings/device/session.js` with `sync.js`, and `chibo.meetings.device.exchange`: what is
tried here is played by them too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chibo.meetings.room.fold import Record, Room, fold
from chibo.meetings.room.state import state_of

PAGE = 7  # entries a pull; the real server's 500 would never be reached
Fold = Callable[[Iterable[Record]], Room]


@dataclass(frozen=True)
class Request:
    """What a device has sent: its first entries without a number, and up to where it has pulled."""

    device: int
    entries: tuple[Record, ...]
    after: int


@dataclass(frozen=True)
class Answer:
    """What the server answers: a number for each entry sent; what came after, without those; where to go on from."""

    device: int
    numbers: dict[UUID, int]
    entries: tuple[Record, ...]
    head: int
    more: bool


class Server:
    """The log of one meeting. What it has taken is safe; an entry is known by its id."""

    def __init__(self) -> None:
        self.log: list[Record] = []
        self.number: dict[UUID, int] = {}

    @property
    def head(self) -> int:
        return len(self.log)

    def answer(self, request: Request) -> Answer:
        """Take what is new, in the order of the device; answer for all."""
        for one in request.entries:
            self.take(one)
        numbers = {one.id: self.number[one.id] for one in request.entries}
        page = self.log[request.after : request.after + PAGE]
        head = request.after + len(page)
        entries = tuple(one for one in page if one.id not in numbers)
        return Answer(request.device, numbers, entries, head, head < self.head)

    def take(self, one: Record) -> None:
        if one.id in self.number:
            return
        assert one.seen is not None and one.seen <= self.head, "nobody has seen more than there is"
        self.log.append(replace(one, seq=self.head + 1))
        self.number[one.id] = self.head


@dataclass
class Device:
    """One device: what it has kept, and up to which of the server's numbers it has all."""

    number: int
    id: UUID
    person: UUID
    entries: dict[UUID, Record] = field(default_factory=dict)
    head: int = 0
    beyond: set[int] = field(default_factory=set)

    def write(self, id: UUID, kind: str, payload: dict[str, Any], at: int) -> Record:
        """Record one thing here."""
        moment = datetime.fromtimestamp(at / 1000, UTC)
        one = Record(id, self.id, self.next_counter(), kind, self.person, payload, moment, None, self.head)
        self.entries[id] = one
        return one

    def next_counter(self) -> int:
        return max((one.counter for one in self.entries.values()), default=0) + 1

    @property
    def unsent(self) -> list[Record]:
        own = (one for one in self.entries.values() if one.device == self.id and one.seq is None)
        return sorted(own, key=lambda one: one.counter)

    def request(self, size: int) -> Request:
        return Request(self.number, tuple(self.unsent[:size]), self.head)

    def hear(self, answer: Answer) -> None:
        """Take in an answer, late or repeated as it may be."""
        for one in answer.entries:
            self.keep(one)
        for id_, number in answer.numbers.items():
            self.keep(replace(self.entries[id_], seq=number))
        self.reach(answer.head)

    def keep(self, one: Record) -> None:
        self.entries[one.id] = one
        if one.seq is not None:
            self.beyond.add(one.seq)

    def reach(self, head: int) -> None:
        """All up to a number is here; one's own may be numbered beyond it."""
        self.head = max(self.head, head)
        while self.head + 1 in self.beyond:
            self.head += 1

    def reload(self) -> None:
        """Begin anew from what is kept."""
        self.head = 0
        self.beyond = {one.seq for one in self.entries.values() if one.seq is not None}
        self.reach(0)


def state(entries: Iterable[Record], meaning: Fold = fold) -> dict[str, Any]:
    """What entries mean, as plain values."""
    return state_of(meaning(entries))
