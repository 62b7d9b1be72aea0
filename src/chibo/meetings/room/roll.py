"""Who stands on the roll: whom the opening has called, and nobody else.

A device can name anybody in an entry. Whoever is not on the roll is ticked by nobody, stands in no base and counts in
no figure; the entry that names them is marked for a person to look at. Before the opening has arrived nobody knows
who is on it, so all stand until then.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.meetings import registries

if TYPE_CHECKING:
    from chibo.meetings.room.deciding import Secret
    from chibo.meetings.room.fold import Record, Room, Vote


def called_in(ordered: list["Record"], undone: set[UUID]) -> set[UUID] | None:
    """Whom the opening that counts has called; none where no opening has arrived, or it names nobody."""
    kind = registries.entry_kinds["open"]
    opened = (one for one in ordered if one.kind == "open" and one.id not in undone and kind.fits(one.payload))
    opening = next(opened, None)
    return {UUID(one["person"]) for one in opening.payload["roll"]} or None if opening is not None else None


def is_called(room: "Room", record: "Record", person: str) -> bool:
    """Whether somebody is on the roll; an entry that names another is marked."""
    if room.called is None or UUID(person) in room.called:
        return True
    room.look(record, "not_on_the_roll", person if registries.entry_kinds[record.kind].several else "")
    return False


def of_the_roll(room: "Room", places: Sequence[list[str]]) -> list[list[str]]:
    """Of a base as an entry froze it, those who are on the roll."""
    called = None if room.called is None else {str(one) for one in room.called}
    return [place for place in places if called is None or (place and place[0] in called)]


def has_strangers(vote: "Vote | Secret", record: "Record") -> bool:
    """Whether the base that an entry gave a vote named somebody who is not on the roll."""
    return len(vote.included) < len(record.payload["included"])
