"""Moments by a clock that was wrong: doubted by the server, which knows when a device was made ready and when it sent;
put right, or left as they are, by a person. Until then they are marked, for the minutes say when a meeting began.

The order of meaning never depends on them (decision 0005).
"""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.meetings.room.kinds import Kind, identifier, listed, signed

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record, Room

DOUBT, MOVE = "time-doubt", "time-move"


def put_right(ordered: list["Record"], undone: set[UUID]) -> list["Record"]:
    """The entries with the moments that somebody has put right: of two who did, the later in order."""
    doubts = {record.id: record for record in ordered if record.kind == DOUBT and _DOUBT.fits(record.payload)}
    if not doubts:
        return ordered
    moved: dict[UUID, int] = {}
    for record in ordered:
        if record.kind == MOVE and record.id not in undone and _MOVE.fits(record.payload):
            doubt = doubts.get(UUID(record.payload["of"]))
            moved |= {UUID(one): record.payload["seconds"] for one in (doubt.payload["of"] if doubt else ())}
    return [_moved(record, moved.get(record.id, 0)) for record in ordered]


def _moved(record: "Record", seconds: int) -> "Record":
    if not seconds or record.at is None:
        return record
    return replace(record, at=record.at + timedelta(seconds=seconds))


def mark_doubted(room: "Room", ordered: list["Record"]) -> None:
    """Mark the doubts that nobody has answered, while anything of what they name stands."""
    stands = {str(record.id) for record in ordered if record.id not in room.undone}
    answered = {key for kind, key in room.heads if kind == MOVE}
    for record in ordered:
        if record.kind != DOUBT or not _DOUBT.fits(record.payload) or str(record.id) in answered:
            continue
        if stands & set(record.payload["of"]):
            room.look(record, "time_doubted")


def _known_before(room: "Room", record: "Record") -> None:
    """What a doubt does is reckoned beside the fold."""


def _move(room: "Room", record: "Record") -> None:
    room.settle(record, record.payload["of"], record.payload["seconds"])


_DOUBT = Kind(DOUBT, {"of": listed(identifier)}, _known_before, final=True, by_server=True)
# seconds: by how much the moments are later than the clock said; nought where it was right.
_MOVE = Kind(MOVE, {"of": identifier, "seconds": signed}, _move)
KINDS = (_DOUBT, _MOVE)
