"""Who may preside over a meeting, who is on its roll when it opens: one place for the server and for devices."""

from uuid import UUID

from chibo.access.models import TermOfOffice
from chibo.meetings.models import Body, Meeting
from chibo.members.models import GroupMember
from chibo.members.roster import RosterLine, roster


def committee_on_the_day(meeting: Meeting) -> list[UUID]:
    """Who sits on the cell's committee on the day of the meeting."""
    offices = TermOfOffice.objects.committee_of(meeting.cell_id).on(meeting.day)
    return list(dict.fromkeys(offices.values_list("person_id", flat=True)))


def leaders_on_the_day(meeting: Meeting) -> list[UUID]:
    """Who leads the group that gathers, on the day of the meeting; nobody where the whole cell meets."""
    if meeting.group_id is None:
        return []
    leads = GroupMember.objects.filter(group=meeting.group_id, role=GroupMember.Role.LEADER)
    return list(leads.filter(validity__contains=meeting.day).values_list("person_id", flat=True))


def may_preside(meeting: Meeting, committee: list[UUID] | None = None) -> list[UUID]:
    """The committee: secretary, deputy, or a committee member who was assigned (domain.md 2.3); of a group its leader.

    committee: where it has been read already.
    """
    found = committee_on_the_day(meeting) if committee is None else committee
    found = [*found, *(one for one in leaders_on_the_day(meeting) if one not in found)]
    return found if meeting.chair_id in (None, *found) else [*found, meeting.chair_id]  # type: ignore[list-item]


def may_open(meeting: Meeting) -> set[UUID]:
    """Who opens a meeting by right: the committee of its day, a group's leader, who was to preside (domain.md 2.3)."""
    planned = meeting.chair_id if meeting.opened_at is None else meeting.planned_chair
    return {*committee_on_the_day(meeting), *leaders_on_the_day(meeting), *((planned,) if planned else ())}


def roll_at_opening(meeting: Meeting, committee: list[UUID] | None = None) -> list[RosterLine]:
    """The roll with which a meeting opens: the cell's roster of its day; of chi ủy or of a group its members alone."""
    lines = roster(meeting.cell_id, meeting.day)
    if meeting.group_id is not None:
        placed = GroupMember.objects.filter(group=meeting.group_id, validity__contains=meeting.day)
        inside = set(placed.values_list("person_id", flat=True))
        return [line for line in lines if line.person_id in inside]
    if meeting.body != Body.COMMITTEE:
        return lines
    sits = set(committee_on_the_day(meeting) if committee is None else committee)
    return [line for line in lines if line.person_id in sits]


def keepers_at_opening(meeting: Meeting, opener: UUID | None, committee: list[UUID] | None = None) -> list[str]:
    """Who may record from the opening on: whoever may preside, the proposed clerk, whoever opens."""
    who = (*may_preside(meeting, committee), meeting.clerk_id, opener)
    return sorted({str(one) for one in who if one})


def called_line(line: RosterLine) -> dict[str, object]:
    """A line of the roll as the entry `open` holds it."""
    return {
        "person": line.person_id,
        "kind": line.kind,
        "exempt": line.exempt,
        "away": line.away,
        "suspended": line.suspended,
    }
