"""What one might write instead, in a device, the server or the fold: each must be found by the machine."""

from collections.abc import Iterable
from dataclasses import replace

from chibo.meetings.room.fold import Record, Room, fold
from tests.meaning.machine import ThreeDevices
from tests.meaning.network import Answer, Device, Request, Server


class TakesAgain(Server):
    """A batch sent twice stands twice."""

    def take(self, one: Record) -> None:
        self.log.append(replace(one, seq=self.head + 1))
        self.number[one.id] = self.head


class NumbersBeforeItCommits(Server):
    """A sequence of the database: the number is taken at once, but what the second device sends is there only when the
    next request has been answered."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[Record] = []
        self.slow: list[Record] = []

    @property
    def head(self) -> int:
        return len(self.number)

    def take(self, one: Record) -> None:
        if one.id not in self.number:
            self.number[one.id] = self.head + 1
            self.new.append(replace(one, seq=self.head))

    def answer(self, request: Request) -> Answer:
        before, self.slow, self.new = self.slow, [], []
        for one in request.entries:
            self.take(one)
        if request.device == 1:
            self.slow = self.new
        else:
            self.log += self.new
        page = sorted((one for one in self.log if (one.seq or 0) > request.after), key=lambda one: one.seq or 0)
        self.log += before
        self.log.sort(key=lambda one: one.seq or 0)
        numbers = {one.id: self.number[one.id] for one in request.entries}
        return Answer(request.device, numbers, tuple(page), (page[-1].seq or 0) if page else request.after, False)


class TellsItsLastNumber(Server):
    """The answer says where the log ends, not where the page did."""

    def answer(self, request: Request) -> Answer:
        return replace(super().answer(request), head=self.head)


class TakesOneNumberForAll(Device):
    """The number of one's own entry is taken to mean that all before it are here."""

    def reach(self, head: int) -> None:
        self.head = max(self.head, head, *self.beyond)


class ForgetsWhatItSent(Device):
    """What was sent waits no more, though nobody has answered for it."""

    def request(self, size: int) -> Request:
        found = super().request(size)
        for one in found.entries:
            self.entries[one.id] = replace(one, seq=0)
        return found


class CountsItsOwn(Device):
    """The counter goes by one's own entries, whatever came from others."""

    def next_counter(self) -> int:
        return 1 + sum(one.device == self.id for one in self.entries.values())


class CountsWhatWaits(Device):
    """The counter goes by what is not sent yet."""

    def next_counter(self) -> int:
        return 1 + len(self.unsent)


def in_order_of_arrival(entries: Iterable[Record]) -> Room:
    """The last to arrive wins."""
    return fold(replace(one, counter=place) for place, one in enumerate(entries, 1))


def by_the_own_number(entries: Iterable[Record]) -> Room:
    """The order is that of counters, and of two alike the first to arrive."""
    ordered = sorted(entries, key=lambda one: one.counter)
    return fold(replace(one, counter=place) for place, one in enumerate(ordered, 1))


def machine(name: str, **parts: object) -> type[ThreeDevices]:
    """The machine with a naive part in it."""
    return type(name, (ThreeDevices,), parts)


NAIVE = [
    *(machine(one.__name__, server_class=one) for one in (TakesAgain, NumbersBeforeItCommits, TellsItsLastNumber)),
    *(
        machine(one.__name__, device_class=one)
        for one in (TakesOneNumberForAll, ForgetsWhatItSent, CountsItsOwn, CountsWhatWaits)
    ),
    *(machine(one.__name__, meaning=staticmethod(one)) for one in (in_order_of_arrival, by_the_own_number)),
]
