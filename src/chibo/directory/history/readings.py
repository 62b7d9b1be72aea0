"""Note that somebody from outside a cell read something of it (design.md section 4).

A view that shows or hands out content calls `note` right before it answers. For the cell's own people it does nothing
and asks the database nothing: their daily work is not logged.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model

from chibo.access.standing import Standing
from chibo.audit.models import Reading
from chibo.lib.dates import now

What = Reading.What
Capacity = Reading.Capacity


def note(standing: Standing, what: What, obj: Model, *, cell_id: UUID, meeting_id: UUID | None = None) -> None:
    """Note a reading from outside; once a person, object and hour.

    obj: the meeting, paper, task or cell that was read. meeting_id: the meeting it belongs to, whose chair, clerk and
    guests may read it by their part in that meeting.
    """
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
