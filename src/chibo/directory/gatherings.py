"""Meetings as far as this app may know them: which a cell held. Their app stands above this one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps

from chibo.access.models import InspectionDoor
from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.lib.dates import today
from chibo.members.models import Person


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting of a cell that was held."""

    meeting_id: UUID
    day: date


def held_meetings(cell_id: UUID, standing: Standing) -> list[HeldMeeting]:
    """A cell's closed meetings, the newest first, by their figures: all that the province may see of a meeting."""
    figures: Any = apps.get_model("resolutions", "MeetingFigures")
    rows = figures.objects.visible_to(standing).filter(cell_id=cell_id, body="cell").order_by("-held_on")
    return [HeldMeeting(*row) for row in rows.values_list("meeting_id", "held_on")[:60]]


def days_of(meetings: set[UUID], standing: Standing) -> dict[UUID, date]:
    """On which day some meetings were held, of those whose figures or page one may see."""
    figures: Any = apps.get_model("resolutions", "MeetingFigures")
    meeting: Any = apps.get_model("meetings", "Meeting")
    found = dict(
        figures.objects.visible_to(standing).filter(meeting_id__in=meetings).values_list("meeting_id", "held_on")
    )
    for one in (
        meeting.objects.visible_to(standing).filter(pk__in=meetings - found.keys()).only("id", "starts_at", "opened_at")
    ):
        found[one.pk] = one.day
    return found


@dataclass(frozen=True)
class OpenDoor:
    """An inspection door that is open, as the cell's committee is told of it."""

    id: UUID
    inspector: str
    last_day: date


def open_doors(standing: Standing, **of: UUID) -> list[OpenDoor]:
    """The doors that are open today on a cell (`cell=`) or a meeting (`meeting_id=`), of those one may see."""
    doors = visible(InspectionDoor.objects.open_on(today()).filter(**of), standing).order_by("opened_at")
    rows = list(doors.values_list("pk", "person_id", "validity"))
    people = visible(Person.objects.filter(pk__in=[person for _, person, _ in rows]), standing) if rows else None
    names = dict(people.values_list("pk", "full_name")) if people is not None else {}
    return [OpenDoor(pk, names.get(person, ""), days.upper - timedelta(days=1)) for pk, person, days in rows]
