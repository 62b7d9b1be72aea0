"""Who has long not spoken: reckoned when the chair looks, from signed minutes, and kept nowhere.

mission.md, never hold 2: no table, no export, no figure upward by person; the last six signed minutes, the chair alone.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chibo.meetings.models import Attendance, MinutesSection, State
from chibo.meetings.models import Meeting as MeetingModel

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


def long_silent(screen: "Screen") -> list[Silent]:
    """Those present who did not speak at the last meetings that they attended; newest first ends the row."""
    meeting = screen.meeting
    before = MeetingModel.objects.filter(
        cell_id=meeting.cell_id, body=meeting.body, state=State.SIGNED, starts_at__lt=meeting.starts_at
    )
    ids = list(before.order_by("-starts_at").values_list("pk", flat=True)[:LOOK_BACK])
    spoke: dict[UUID, set[str]] = {one: set() for one in ids}
    for id_, content in MinutesSection.objects.filter(meeting__in=ids).values_list("meeting_id", "content"):
        spoke[id_].update(speakers_in(content))
    attended: dict[UUID, set[UUID]] = {one: set() for one in ids}
    there = Attendance.objects.filter(meeting__in=ids, state=Attendance.State.PRESENT)
    for id_, person in there.values_list("meeting_id", "person_id"):
        attended[id_].add(person)
    now_spoken = {one.person for one in screen.room.remarks.values() if not one.presenting}
    found = []
    for line in screen.lines:
        if (
            line.state != Attendance.State.PRESENT
            or line.person_id in now_spoken
            or line.person_id == screen.room.chair
        ):
            continue
        row = 0
        for id_ in ids:
            if line.person_id not in attended[id_]:
                continue
            if str(line.person_id) in spoke[id_]:
                break
            row += 1
        if row >= WORTH_SAYING:
            found.append(Silent(line, row))
    return sorted(found, key=lambda one: -one.meetings)
