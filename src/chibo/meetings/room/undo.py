"""What was taken back: an entry, or one field of an entry that holds several (one person of a roll call)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.meetings.room.kinds import Kind, Misshapen, kind_of
from chibo.meetings.room.presiding import ENDINGS, presided_in

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record

# What happens once in a meeting, by the kinds that say so.
ONCE = {"open": "opening", "close": "closing", "abort": "closing"}


@dataclass
class Undone:
    """whole: entries that count for nothing; fields: of others, what of theirs does."""

    whole: set[UUID] = field(default_factory=set)
    fields: dict[UUID, set[str]] = field(default_factory=dict)


def undone_in(ordered: list["Record"]) -> Undone:
    """What was undone; read from the last entry back, so that an undone undo counts for nothing.

    What is final stays. But two devices out of reach of each other may each have opened, or closed, the meeting: the
    first stands, and a second can be taken back, or it would be marked for ever. An ending is taken back by who
    presides; one that came from beside, by any keeper.
    """
    place = {str(record.id): number for number, record in enumerate(ordered)}
    stands, presided = _first_of_each(ordered), presided_in(ordered)
    by_id = {str(record.id): record for record in ordered}
    found = Undone()
    for number in range(len(ordered) - 1, -1, -1):
        record = ordered[number]
        if record.kind != "undo" or record.id in found.whole:
            continue
        target = place.get(str(record.payload.get("of")))
        if target is None or target >= number:
            continue
        of = ordered[target]
        if _is_kept(of, record, by_id, stands, presided):
            continue
        if about := field_of(record, _kind(of)):
            found.fields.setdefault(of.id, set()).add(about)
        else:
            found.whole.add(of.id)
    return found


def _is_kept(
    of: "Record", undo: "Record", by_id: dict[str, "Record"], stands: dict[str, UUID], presided: set[UUID] | None
) -> bool:
    """Whether an entry stays though somebody took it back."""
    first = _first_target(of, by_id)
    if first.kind in ENDINGS and presided is not None:
        return first.id in presided and undo.id not in presided
    kind = _kind(of)
    return kind is not None and kind.final and stands.get(ONCE.get(of.kind, "")) in (None, of.id)


def _first_target(record: "Record", by_id: dict[str, "Record"]) -> "Record":
    """What was taken back at first, where an undo was undone."""
    while record.kind == "undo":
        target = by_id.get(str(record.payload.get("of")))
        if target is None or target.place >= record.place:
            break
        record = target
    return record


def field_of(undo: "Record", kind: Kind | None) -> str:
    """Which field of an entry of a kind an undo is about; empty where it is about all of it."""
    about = undo.payload.get("about")
    return about if kind is not None and kind.several and isinstance(about, str) else ""


def without(record: "Record", several: str, gone: Set[str]) -> "Record":
    """An entry without those of its fields that were taken back."""
    held = record.payload.get(several) or {}
    if isinstance(held, Mapping):
        left: object = {name: value for name, value in held.items() if name not in gone}
    else:
        left = [one for one in held if one not in gone]
    return replace(record, payload={**record.payload, several: left})


def _first_of_each(ordered: list["Record"]) -> dict[str, UUID]:
    """The first opening and the first closing."""
    found: dict[str, UUID] = {}
    for record in ordered:
        if record.kind in ONCE:
            found.setdefault(ONCE[record.kind], record.id)
    return found


def _kind(record: "Record") -> Kind | None:
    try:
        return kind_of(record.kind)
    except Misshapen:
        return None
