"""What is recorded in short: who agreed and said no more, how many spoke whose names were not taken down, how many
observed (issue 11)."""

from uuid import UUID

from chibo.meetings.room import project
from chibo.meetings.room.fold import Agreed, Item, Record, Room
from chibo.meetings.room.hall import hall
from chibo.meetings.room.kinds import Kind, identifier, optional, whole


def _agree(room: Room, record: Record) -> None:
    """Two devices may both write that someone agreed: it is one thing, and minuted once."""
    payload = record.payload
    room.agreed[record.id] = Agreed(record.id, UUID(payload["item"]), UUID(payload["member"]), record.counter)
    if payload.get("ask"):
        hall(room).answer(UUID(payload["ask"]))


def _spoke(room: Room, record: Record) -> None:
    room.settle(record, record.payload["item"], record.payload["count"])
    room.items.setdefault(UUID(record.payload["item"]), Item()).unnamed = record.payload["count"]


def _observers(room: Room, record: Record) -> None:
    room.settle(record, "", record.payload["count"])
    room.observers = record.payload["count"]


def agreed_at(room: Room, item: UUID) -> list[UUID]:
    """Who agreed at an item and said no more there, each once, in their order; presenting is no opinion, and whoever
    has a differing opinion does not merely agree."""
    spoke = {one.person for one in room.remarks.values() if one.item == item and not one.presenting}
    spoke |= {one.person for one in room.differing.values() if one.item == item and one.outcome != "withdrawn"}
    said = (one.person for one in room.agreed.values() if one.item == item and one.person not in spoke)
    return list(dict.fromkeys(said))


KINDS = (
    Kind("agree", {"item": identifier, "member": identifier, "ask": optional(identifier)}, _agree, project.nothing),
    Kind("spoke", {"item": identifier, "count": whole}, _spoke, project.nothing),
    Kind("observers", {"count": whole}, _observers, project.nothing),
)
