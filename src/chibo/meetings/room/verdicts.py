"""Which openings count: doubted by the server, confirmed or voided by who leads; what is set aside with a voided one.

Any device can open a meeting out of reach, and the fold cannot know who may. What only the server knows when an opening
arrives it writes into the log, and what a person decides of it as well: so the log means the same everywhere (decision
0040). These entries are made on the server alone. Of two verdicts on one opening the later stands.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.meetings.room.kinds import Kind, identifier, one_of, optional, words

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record, Room

DOUBT, CONFIRM, VOID = "opening-doubt", "opening-confirm", "opening-void"
# What is set aside with a voided opening: nothing, what its device wrote, or also what others wrote who had seen it.
OF_ITS_DEVICE, OF_ALL_WHO_SAW = "device", "seen"


@dataclass(frozen=True)
class Verdicts:
    """doubted: openings that wait for a person; aside: entries that stand in the log and count for nothing."""

    doubted: frozenset[UUID]
    aside: frozenset[UUID]


def verdicts_in(ordered: list["Record"]) -> Verdicts:
    """What was decided of the openings of a log, and what that sets aside."""
    doubted: set[UUID] = set()
    last: dict[UUID, Record] = {}
    for record in ordered:
        kind = _KINDS.get(record.kind)
        if kind is None or not kind.fits(record.payload):
            continue
        of = UUID(record.payload["of"])
        if record.kind == DOUBT:
            doubted.add(of)
        else:
            last[of] = record
    openings = {record.id: record for record in ordered if record.kind == "open"}
    voids = [(openings[of], verdict) for of, verdict in last.items() if verdict.kind == VOID and of in openings]
    aside = {record.id for record in ordered for opening, verdict in voids if _goes_with(record, opening, verdict)}
    return Verdicts(frozenset(doubted - last.keys()), frozenset(aside))


def _goes_with(record: "Record", opening: "Record", verdict: "Record") -> bool:
    """Whether an entry is set aside with a voided opening: not what was written by who had heard of the verdict."""
    if record.kind in _KINDS:
        return False
    if record.id == opening.id:
        return True
    aside = verdict.payload.get("aside")
    if aside is None or record.saw(verdict):
        return False
    return record.device == opening.device or (aside == OF_ALL_WHO_SAW and record.saw(opening))


def _judged_before(room: "Room", record: "Record") -> None:
    """What a verdict does is known before anything is folded."""


KINDS = (
    Kind(DOUBT, {"of": identifier}, _judged_before, final=True, by_server=True),
    Kind(CONFIRM, {"of": identifier}, _judged_before, final=True, by_server=True),
    Kind(
        VOID,
        {"of": identifier, "why": words, "aside": optional(one_of(OF_ITS_DEVICE, OF_ALL_WHO_SAW))},
        _judged_before,
        final=True,
        by_server=True,
    ),
)
_KINDS = {kind.name: kind for kind in KINDS}
