"""What people in the hall do themselves, and which device leads: claims to be present, wishes to speak.

A claim is not the roll: the clerk confirms it by calling the person (domain.md 2.8, "present").
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from chibo.meetings.room import project
from chibo.meetings.room.fold import Record, Room
from chibo.meetings.room.kinds import Kind, identifier, one_of
from chibo.meetings.room.roll import is_called


@dataclass
class Ask:
    """A wish to speak, in the order in which it was made. `by_clerk`: put down for someone who has no phone."""

    id: UUID
    person: UUID
    order: int
    by_clerk: bool
    state: str = "waiting"  # waiting, spoken, withdrawn


@dataclass
class Hall:
    """The hall: who says to be there and is not on the roll yet, who wishes to speak, how many ticked themselves."""

    claims: dict[UUID, UUID] = field(default_factory=dict)  # person → entry
    confirmed: set[UUID] = field(default_factory=set)  # who ticked themselves, and the clerk saw them
    asks: dict[UUID, Ask] = field(default_factory=dict)
    leader: UUID | None = None  # the device that leads

    @property
    def waiting(self) -> list[Ask]:
        """Who wishes to speak, in order."""
        return [one for one in self.asks.values() if one.state == "waiting"]

    def confirm(self, members: Iterable[str], *, present: bool) -> None:
        """The clerk has called these people: their claims are answered. Who was not seen has not ticked themselves."""
        for one in members:
            claimed = self.claims.pop(UUID(one), None) is not None
            if not present:
                self.confirmed.discard(UUID(one))
            elif claimed:
                self.confirmed.add(UUID(one))

    def answer(self, ask: UUID) -> None:
        """Whoever asked has spoken."""
        if ask in self.asks:
            self.asks[ask].state = "spoken"


def hall(room: Room) -> Hall:
    """The hall of a meeting."""
    return room.part(Hall)


def _member(room: Room, record: Record) -> UUID:
    return UUID(record.payload["member"])


def _asker(room: Room, record: Record) -> UUID | None:
    ask = hall(room).asks.get(UUID(record.payload["of"]))
    return ask.person if ask else record.author


def _claim(room: Room, record: Record) -> None:
    person = _member(room, record)
    if not is_called(room, record, str(person)):
        return
    line = room.roll.get(person)
    if line is None or not line.state:
        hall(room).claims[person] = record.id


def _ask(room: Room, record: Record) -> None:
    person = _member(room, record)
    if any(one.person == person for one in hall(room).waiting):
        return  # asked twice: one stands in the queue once
    hall(room).asks[record.id] = Ask(record.id, person, record.counter, by_clerk=record.author != person)


def _unask(room: Room, record: Record) -> None:
    found = hall(room).asks.get(UUID(record.payload["of"]))
    if found is not None and found.state == "waiting":
        found.state = "withdrawn"


def _lead(room: Room, record: Record) -> None:
    room.settle(record, "", str(record.device))
    hall(room).leader = record.device


KINDS = (
    Kind("claim", {"member": identifier, "how": one_of("code", "qr")}, _claim, apply=project.nothing, about=_member),
    Kind("ask", {"member": identifier}, _ask, apply=project.nothing, about=_member),
    Kind("unask", {"of": identifier}, _unask, apply=project.nothing, about=_asker),
    Kind("lead", {}, _lead),
)
