"""Note that somebody from outside a cell read something of it (design.md section 4).

A view that shows or hands out content calls `note` right before it answers. For the cell's own people it does nothing
and asks the database nothing: their daily work is not logged. Files alone are counted for all: whoever takes many one
by one exports the cell (mission.md, never hold 3).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Model

from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.audit import events
from chibo.audit.models import Event, Reading
from chibo.lib.dates import now, today
from chibo.members.models import Person
from chibo.orgs.models import Organisation
from chibo.rules.models import Rule

What = Reading.What
Capacity = Reading.Capacity
FILES = (What.PAPER, What.DOCUMENT)
FEWEST = 10  # files that are never many, whatever the rule: below it the rule is not even read


def note(standing: Standing, what: What, obj: Model, *, cell_id: UUID, meeting_id: UUID | None = None) -> None:
    """Note a reading from outside; once a person, object and hour.

    obj: the meeting, paper, task or cell that was read. meeting_id: the meeting it belongs to, whose chair, clerk and
    guests may read it by their part in that meeting.
    """
    if what in FILES:
        count_file(standing, cell_id)
    capacity = capacity_of(standing, cell_id, meeting_id)
    if capacity is not None and obj.pk is not None:
        _write([_reading(standing, capacity, what, obj, cell_id)])


def note_cells(standing: Standing, what: What, cells: Iterable[Model]) -> None:
    """Note that a list which covers several cells was read or taken out: each cell's committee sees its own row."""
    rows = []
    for cell in cells:
        capacity = capacity_of(standing, cell.pk)
        if capacity is not None:
            rows.append(_reading(standing, capacity, what, cell, cell.pk))
    _write(rows)


def capacity_of(standing: Standing, cell_id: UUID, meeting_id: UUID | None = None) -> Capacity | None:
    """What brings the person to something of the cell from outside; None for its own people and the system."""
    own = cell_id in standing.member_cells or cell_id in standing.committee_cells
    if standing.person_id is None or own or meeting_id in standing.duty_meetings:
        return None
    if cell_id in standing.followed_cells:
        return Capacity.FOLLOWER
    if meeting_id in standing.inspected_meetings:
        return Capacity.INSPECTOR
    if meeting_id in standing.guest_meetings:
        return Capacity.GUEST
    if cell_id in standing.left_cells:
        return Capacity.LEFT
    return Capacity.ABOVE if standing.commune_paths else Capacity.PROVINCE


def _reading(standing: Standing, capacity: Capacity, what: What, obj: Model, cell_id: UUID) -> Reading:
    return Reading(
        cell_id=cell_id,
        person_id=standing.me,
        capacity=capacity,
        what=what,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        hour=now().replace(minute=0, second=0, microsecond=0),
    )


def _write(rows: list[Reading]) -> None:
    if rows:
        Reading.objects.bulk_create(rows, ignore_conflicts=True)


_COUNT = """
INSERT INTO audit_readcount AS one (cell_id, person_id, hour, number) VALUES (%s, %s, %s, 1)
 ON CONFLICT (person_id, cell_id) DO UPDATE SET hour = EXCLUDED.hour,
  number = CASE WHEN one.hour = EXCLUDED.hour THEN one.number + 1 ELSE 1 END RETURNING number
"""


def count_file(standing: Standing, cell_id: UUID) -> None:
    """Count a file that somebody took; at each multiple of the rule `many_files_an_hour` the cell is told."""
    if standing.person_id is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [cell_id, standing.person_id, now().replace(minute=0, second=0, microsecond=0)])
        number = cursor.fetchone()[0]
    if number < FEWEST:
        return
    cell = Organisation.objects.get(pk=cell_id)
    many = Rule.objects.book(today(), cell.path_ids).number("many_files_an_hour")
    if number % many == 0:
        events.record("cell.many_files", chain=cell_id, by=standing.person_id, obj=cell, number=number)


@dataclass(frozen=True)
class ManyFiles:
    """Somebody took many files of a cell within an hour."""

    who: str
    at: datetime
    number: int


def many_files_of(standing: Standing, cell_id: UUID) -> list[ManyFiles]:
    """Those of the last two weeks, for the cell's committee."""
    found = Event.objects.filter(object_id=cell_id, kind="cell.many_files", at__gt=now() - timedelta(days=14))
    rows = list(found.order_by("-at")[:3])
    people = visible(Person.objects.filter(pk__in={one.actor_id for one in rows}), standing)
    names = dict(people.values_list("pk", "full_name")) if rows else {}
    return [
        ManyFiles(
            f"Đồng chí {names[one.actor_id]}" if one.actor_id in names else "Một đồng chí ngoài chi bộ",
            one.at,
            json.loads(one.payload or "{}").get("number", 0),
        )
        for one in rows
    ]
