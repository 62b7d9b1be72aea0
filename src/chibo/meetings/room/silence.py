"""Who has long not spoken: reckoned when the chair looks, from signed minutes, and kept nowhere.

mission.md, never hold 2: no table, no export, no figure upward by person; the last six signed minutes, for the chair
alone. The chair is the secretary, or whoever the members were told of beforehand, once the roll is called: nobody plans
and opens a meeting alone in order to look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from chibo.access.request import Request
from chibo.access.standing import Standing, require
from chibo.lib.dates import local_date
from chibo.meetings.device.answers import answer, for_devices
from chibo.meetings.models import Announcement, Attendance, MinutesSection, State
from chibo.meetings.models import Meeting as MeetingModel
from chibo.meetings.room import log
from chibo.meetings.room.called import opening_day, roll_at_opening
from chibo.meetings.room.screens import meeting_of

if TYPE_CHECKING:
    from chibo.meetings.room.screens import Screen

LOOK_BACK = 6
WORTH_SAYING = 2  # meetings in a row


@dataclass(frozen=True)
class Silent:
    """Someone who is here and has not spoken for some meetings in a row."""

    line: Attendance
    meetings: int


def speakers_in(content: Any) -> list[str]:
    """The ids of those who spoke in a section of signed minutes: its list `speakers`, presenting left out."""
    return [str(one) for one in content.get("speakers", [])] if isinstance(content, dict) else []


def may_look(standing: Standing, meeting: MeetingModel, chair: UUID | None, called: bool) -> bool:
    """Whether one who presides may look.

    The secretary, who keeps the cell; another only when announced as chair on a day before, once the roll is called.

    called: whether everybody on the roll is present or absent.
    """
    if chair is None or chair != standing.person_id:
        return False
    if meeting.cell_id in standing.secretary_cells:
        return True
    if not called or meeting.planned_chair != chair:
        return False
    notices = Announcement.objects.filter(meeting=meeting, cancelled_at=None).values_list("effective_at", flat=True)
    return any(local_date(at) < opening_day(meeting) for at in notices)


def long_silent(screen: "Screen") -> list[Silent]:
    """Those present who did not speak at the last meetings that they attended."""
    called = all(line.state for line in screen.lines if line.expected)
    if not may_look(screen.request.standing, screen.meeting, screen.room.chair, called):
        return []
    now_spoken = {one.person for one in screen.room.remarks.values() if not one.presenting}
    here = [
        line
        for line in screen.lines
        if line.state == Attendance.State.PRESENT
        and line.person_id not in now_spoken
        and line.person_id != screen.room.chair
    ]
    rows = meetings_in_a_row(screen.meeting, [line.person_id for line in here])
    found = [Silent(line, rows[line.person_id]) for line in here if line.person_id in rows]
    return sorted(found, key=lambda one: -one.meetings)


def meetings_in_a_row(meeting: MeetingModel, people: Iterable[UUID]) -> dict[UUID, int]:
    """For each who has not spoken for two meetings or more: at how many of the last that they attended, in a row.

    From the last six signed minutes of this body; the last at which someone spoke ends their row.
    """
    signed = MeetingModel.objects.filter(cell_id=meeting.cell_id, body=meeting.body, state=State.SIGNED)
    ids = list(signed.before(meeting).in_turn().reverse().values_list("pk", flat=True)[:LOOK_BACK])
    spoke: dict[UUID, set[str]] = {one: set() for one in ids}
    for id_, content in MinutesSection.objects.filter(meeting__in=ids).values_list("meeting_id", "content"):
        spoke[id_].update(speakers_in(content))
    attended: dict[UUID, set[UUID]] = {one: set() for one in ids}
    there = Attendance.objects.filter(meeting__in=ids, state=Attendance.State.PRESENT)
    for id_, person in there.values_list("meeting_id", "person_id"):
        attended[id_].add(person)
    found = {}
    for person in people:
        row = 0
        for id_ in ids:
            if person not in attended[id_]:
                continue
            if str(person) in spoke[id_]:
                break
            row += 1
        if row >= WORTH_SAYING:
            found[person] = row
    return found


@for_devices
@require_GET
def for_the_chair(request: Request, id: UUID) -> HttpResponse:
    """For the chair's own device: ids with their meetings in a row, of the roll as it is or as it would open.

    Before the opening for the secretary alone.

    The device holds them in memory alone, and says them of those who are present and have not spoken.

    Raises:
        Http404: to all others, clerk and committee too; the meeting is over.
    """
    meeting = meeting_of(request, id)
    before = meeting.is_before
    require(before or meeting.state == State.OPEN)
    chair = meeting.chair_id if before else log.room_of(meeting).chair
    lines = [] if before else list(Attendance.objects.filter(meeting=meeting))
    called = bool(lines) and all(line.state for line in lines if line.expected)
    require(may_look(request.standing, meeting, chair, called))
    people = [line.person_id for line in (roll_at_opening(meeting) if before else lines)]
    rows = meetings_in_a_row(meeting, [one for one in people if one != chair])
    return answer({"silent": [{"person": person, "meetings": row} for person, row in rows.items()]})
