"""Events and readings as lines for a page: who, when, what; names as the reader may know them, looked up at reading."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from chibo.access.standing import Standing
from chibo.accounts.models import User
from chibo.audit.models import Event, Reading
from chibo.audit.sentences import people_in, sentence_of
from chibo.directory.history.objects import Named, named
from chibo.lib.dates import format_time, local_date, local_time

SYSTEM = "Hệ thống"
ADMINISTRATOR = "Người quản trị"
# Gone from every list that the reader may see; the id stays in the log.
UNKNOWN = "Một đồng chí không còn trong danh sách"


@dataclass(frozen=True)
class Line:
    """One event or reading. clock: the time of day, or the hour for what is kept by the hour.

    as_what: the capacity of a reader. who is empty in one's own log, where stands there: the cell or committee that
    the act was done in, unless it is the reader's own cell.
    """

    at: datetime
    clock: str
    who: str
    words: str
    object: Named | None
    as_what: str = ""
    where: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one day, one after another, about the same thing; it is named once."""

    object: Named | None
    lines: list[Line]


def lines_of(
    events: Iterable[Event], standing: Standing, *, without: UUID | None = None, own: bool = False
) -> list[Line]:
    """Events in their order.

    without: the object whose own log it is, which needs no naming. own: all are the reader's own acts.
    """
    rows = [(event, _details(event)) for event in events]
    ids = {one for event, _ in rows for one in (event.actor_id, event.object_id, event.about_id) if one is not None}
    ids |= {one for _, details in rows for one in people_in(details)}
    elsewhere = {event.chain for event, _ in rows if own} - {*standing.member_cells, *standing.committee_cells}
    ids |= elsewhere
    known = named(ids, standing)
    people = {id_: f"đồng chí {one.label}" for id_, one in known.items() if one.is_person}
    accounts = _administrators({event.actor_id for event, _ in rows if event.actor_id} - known.keys())
    known |= {account: Named(ADMINISTRATOR) for account in accounts}
    return [
        Line(
            event.at,
            format_time(event.at),
            "" if own else _who(event, details, known),
            sentence_of(event.kind, details, people),
            _object(event, known, without),
            where=known[event.chain].label if event.chain in elsewhere and event.chain in known else "",
        )
        for event, details in rows
    ]


def _administrators(actors: set[UUID]) -> set[UUID]:
    """Which of these, who are no person one may know, are accounts: in a staff session an account acts."""
    return set(User.objects.filter(pk__in=actors).values_list("pk", flat=True)) if actors else set()


def _details(event: Event) -> dict[str, Any]:
    """What the event keeps besides who, when and what kind; nothing once it is erased."""
    details = json.loads(event.payload) if event.payload else {}
    return details if isinstance(details, dict) else {}


def _who(event: Event, details: dict[str, Any], known: dict[UUID, Named]) -> str:
    if event.actor_id is None:
        return ADMINISTRATOR if "account" in details else SYSTEM
    return known[event.actor_id].label if event.actor_id in known else UNKNOWN


def _object(event: Event, known: dict[UUID, Named], without: UUID | None) -> Named | None:
    """What it was done to: the object itself, else what it belongs to."""
    for one in (event.object_id, event.about_id):
        if one is not None and one != without and one in known and one != event.chain:
            return known[one]
    return None


def reading_lines(readings: Sequence[Reading], standing: Standing, *, own: bool = False) -> list[Line]:
    """Readings from outside in their order. own: all are the reader's own, so the cell is named, not the person."""
    ids = {one for row in readings for one in (row.person_id, row.object_id, row.cell_id)}
    known = named(ids, standing)
    lines = []
    for row in readings:
        thing = known.get(row.object_id) if row.object_id != row.cell_id else None
        hour = local_time(row.hour).hour
        lines.append(
            Line(
                row.hour,
                f"{hour:02}–{hour + 1:02} giờ",
                "" if own else known[row.person_id].label if row.person_id in known else UNKNOWN,
                "xuất danh sách đảng viên ra Excel"
                if row.what == Reading.What.EXPORT
                else f"xem {row.get_what_display()}",
                (thing or known.get(row.cell_id)) if own else thing,
                "" if own else row.get_capacity_display(),
            )
        )
    return lines


def by_day(lines: Sequence[Line]) -> list[tuple[date, list[Group]]]:
    """Lines under the day that they fall on, in Vietnamese time, and under what they are about."""
    return [
        (day, [Group(thing, list(rows)) for thing, rows in groupby(of_day, key=lambda line: line.object)])
        for day, of_day in groupby(lines, key=lambda line: local_date(line.at))
    ]
