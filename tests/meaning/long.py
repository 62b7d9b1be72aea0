"""A long evening: an opening, an item, and remark after remark."""

from uuid import UUID

from chibo.meetings.room.fold import Record
from tests.meaning.evenings import moment
from tests.meaning.logs import DEVICES, ITEMS, PERSONS, entry_id

OPENING = {"chair": PERSONS[0], "roll": [{"person": one, "kind": "official"} for one in PERSONS]}


def said(many: int) -> list[Record]:
    """A log of so many entries."""
    first: list[tuple[str, dict[str, object]]] = [("open", OPENING), ("item", {"item": ITEMS[0], "state": "open"})]
    spoken = [("remark", {"item": ITEMS[0], "text": f"lần {n}", "member": PERSONS[n % 5]}) for n in range(many - 2)]
    return [
        Record(entry_id(n), DEVICES[0], n + 1, kind, UUID(PERSONS[0]), payload, moment(n), n + 1, n)
        for n, (kind, payload) in enumerate([*first, *spoken])
    ]
