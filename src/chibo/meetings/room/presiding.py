"""Who presides, and so ends or breaks off the meeting: its chair, or the machine that leads.

Any device in the hall can write an ending by mistake. One by whoever only records beside counts for nothing until a
person looks at it. Which machine leads: the one that opened, or whichever has taken the lead since. A meeting held on
paper, and one opened before this rule, says nothing of it: there any ending counts, and stays.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from chibo.meetings import registries

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record, Room

ENDINGS = ("close", "abort")


def may_end(room: "Room", person: UUID | None, device: UUID) -> bool:
    """Whether somebody at a machine presides now."""
    from chibo.meetings.room.hall import hall

    if room.opening is None or room.presided is None:
        return True
    return person == room.chair or device == (hall(room).leader or room.opening.device)


def presided_in(ordered: list["Record"]) -> set[UUID] | None:
    """The endings, and what takes entries back, by whoever presided then; none where the meeting does not ask."""
    kind = registries.entry_kinds["open"]
    opening = next((one for one in ordered if one.kind == "open" and kind.fits(one.payload)), None)
    if opening is None or opening.payload.get("ended_by") is None:
        return None
    chair, leader = opening.payload["chair"], opening.device
    found = set()
    for record in ordered:
        if record.kind == "lead":
            leader = record.device
        elif record.kind in (*ENDINGS, "undo") and (str(record.author) == chair or record.device == leader):
            found.add(record.id)
    return found
