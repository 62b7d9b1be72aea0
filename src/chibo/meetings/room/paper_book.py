"""A meeting held on paper, entered later: what its book does not say is recorded as such, "sổ không ghi".

Unknown is said as unknown: the figures take it for no number, the minutes print it, and nobody has to invent it. In a
meeting that was not held on paper such an entry is marked, and counts for nothing.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.meetings.models import Vote
from chibo.meetings.room.kinds import Kind, identifier, listed, one_of, optional, whole, words

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record, Room


@dataclass
class UnsaidVote:
    """A vote of which the book has no counts."""

    id: UUID
    subject: str
    title: str
    item: UUID | None
    matters: list[str]
    order: int


@dataclass
class Unsaid:
    """What the book does not say; `roll` and `reading` are the entries that say so.

    present: how many came, where it has the number and no names.
    """

    roll: UUID | None = None
    present: int | None = None
    reading: UUID | None = None
    votes: dict[UUID, UnsaidVote] = field(default_factory=dict)


def unsaid(room: "Room") -> Unsaid:
    """What the book of a meeting does not say."""
    return room.part(Unsaid) if room.on_paper else Unsaid()


def unsaid_vote_on(room: "Room", subject: str) -> UnsaidVote | None:
    """The last vote on a matter of which the book has no counts."""
    return next((one for one in reversed(unsaid(room).votes.values()) if one.subject == subject), None)


def mark_unsaid(room: "Room") -> None:
    """Mark what is "not in the book" of a meeting that had none: the opening may stand after it in the order."""
    if room.chair is not None and not room.on_paper:
        for record in room.of_the_book:
            room.look(record, "not_on_paper")


def _roll(room: "Room", record: "Record") -> None:
    found, present = room.part(Unsaid), record.payload.get("present")
    room.of_the_book.append(record)
    room.settle(record, "", present)
    found.roll, found.present = record.id, present


def _reading(room: "Room", record: "Record") -> None:
    room.of_the_book.append(record)
    room.part(Unsaid).reading = record.id


def _vote(room: "Room", record: "Record") -> None:
    payload = record.payload
    item = payload.get("item")
    room.of_the_book.append(record)
    room.part(Unsaid).votes[record.id] = UnsaidVote(
        id=record.id,
        subject=payload["subject"],
        title=payload["title"],
        item=UUID(item) if item else None,
        matters=list(payload.get("matters") or []),
        order=record.counter,
    )


KINDS = (
    Kind("unsaid-roll", {"present": optional(whole)}, _roll),
    Kind("unsaid-reading", {}, _reading),
    Kind(
        "unsaid-vote",
        {
            "subject": one_of(*Vote.Subject.values),
            "title": words,
            "item": optional(identifier),
            "matters": optional(listed(words)),
        },
        _vote,
    ),
)
