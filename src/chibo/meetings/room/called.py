"""Who may preside over a meeting, who is on its roll when it opens: one place for the server and for devices.

All of it is of the day on which the meeting opens, and not of the day for which it was planned: who died in between is
not called, who came is, and a new secretary opens.
"""

from datetime import date
from uuid import UUID

from chibo.access.models import TermOfOffice
from chibo.lib.dates import local_date, today
from chibo.lib.vietnamese import sort_key
from chibo.meetings.models import Body, Meeting
from chibo.members.models import GroupMember, Person
from chibo.members.roster import RosterLine, roster


def opening_day(meeting: Meeting) -> date:
    """The day whose roll and offices count: on which it opened, or would open now; held on paper, its own day."""
    return meeting.day if meeting.opened_at is not None or meeting.held_on_paper else today()


def day_to_bring(meeting: Meeting) -> date:
    """The day whose roll a device brings along: the planned one, while that is still to come."""
    return max(opening_day(meeting), meeting.day) if meeting.is_before else meeting.day


def committee_on_the_day(meeting: Meeting, day: date | None = None) -> list[UUID]:
    """Who sits on the cell's committee on the day on which the meeting opens, or on another."""
    offices = TermOfOffice.objects.committee_of(meeting.cell_id).on(day or opening_day(meeting))
    return list(dict.fromkeys(offices.values_list("person_id", flat=True)))


def leaders_on_the_day(meeting: Meeting, day: date | None = None) -> list[UUID]:
    """Who leads the group that gathers, on that day; nobody where the whole cell meets."""
    if meeting.group_id is None:
        return []
    leads = GroupMember.objects.filter(group=meeting.group_id, role=GroupMember.Role.LEADER)
    there = leads.filter(validity__contains=day or opening_day(meeting))
    return list(there.values_list("person_id", flat=True))


def may_preside(meeting: Meeting, committee: list[UUID] | None = None, day: date | None = None) -> list[UUID]:
    """The committee: secretary, deputy, or a committee member who was assigned (domain.md 2.3); of a group its leader.

    committee: where it has been read already.
    """
    found = committee_on_the_day(meeting, day) if committee is None else committee
    found = [*found, *(one for one in leaders_on_the_day(meeting, day) if one not in found)]
    return found if meeting.chair_id in (None, *found) else [*found, meeting.chair_id]  # type: ignore[list-item]


def may_open(meeting: Meeting, day: date | None = None) -> set[UUID]:
    """Who opens a meeting by right: the committee of its day, a group's leader, who was to preside (domain.md 2.3); of
    one that was held on paper also the committee of today, which enters it. day: another than that of its opening."""
    now = committee_on_the_day(meeting, today()) if meeting.held_on_paper else ()
    planned = meeting.chair_id if meeting.opened_at is None else meeting.planned_chair
    there = (*committee_on_the_day(meeting, day), *leaders_on_the_day(meeting, day))
    return {*there, *now, *((planned,) if planned else ())}


def roll_at_opening(meeting: Meeting, committee: list[UUID] | None = None, day: date | None = None) -> list[RosterLine]:
    """The roll with which a meeting opens: the cell's roster of that day; of chi ủy or of a group its members alone."""
    day = day or opening_day(meeting)
    lines = roster(meeting.cell_id, day)
    if meeting.group_id is not None:
        placed = GroupMember.objects.filter(group=meeting.group_id, validity__contains=day)
        inside = set(placed.values_list("person_id", flat=True))
        return [line for line in lines if line.person_id in inside]
    if meeting.body != Body.COMMITTEE:
        return lines
    sits = set(committee_on_the_day(meeting, day) if committee is None else committee)
    return [line for line in lines if line.person_id in sits]


def changes_since_the_plan(
    meeting: Meeting, day: date, lines: list[RosterLine] | None = None, committee: list[UUID] | None = None
) -> list[str]:
    """What is otherwise on a day than it was when the meeting was planned, or announced: of the roll and the committee.

    Shown to whoever opens; nothing for a meeting held on paper, which is entered afterwards.
    lines, committee: those of the day, where they have been read already.
    """
    then = local_date(meeting.announced_at or meeting.created_at)
    if meeting.held_on_paper or then >= day:
        return []
    was = {line.person_id: line for line in roll_at_opening(meeting, day=then)}
    now = {line.person_id: line for line in (roll_at_opening(meeting, day=day) if lines is None else lines)}
    changed = [one for one in now if one in was and _standing(now[one]) != _standing(was[one])]
    before = set(committee_on_the_day(meeting, then))
    after = set(committee_on_the_day(meeting, day) if committee is None else committee)
    people = {one.person_id: one.full_name for one in (*was.values(), *now.values())}
    if unnamed := (before ^ after) - people.keys():
        people |= dict(Person.objects.filter(pk__in=unnamed).values_list("pk", "full_name"))
    said = (
        ("Thêm vào danh sách", [people[one] for one in now if one not in was]),
        ("Không còn trong danh sách", [people[one] for one in was if one not in now]),
        ("Đổi trong danh sách", [f"{people[one]} ({_standing(now[one])})" for one in changed]),
        ("Vào chi ủy", [people[one] for one in after - before]),
        ("Thôi chi ủy", [people[one] for one in before - after]),
    )
    return [f"{what}: {', '.join(sorted(names, key=sort_key))}." for what, names in said if names]


def _standing(line: RosterLine) -> str:
    """How someone stands on the roll, in words."""
    words = {"official": "chính thức", "probationary": "dự bị", "temporary": "sinh hoạt tạm thời"}
    more = (
        ("miễn sinh hoạt", line.exempt),
        ("tạm đi nơi khác", line.away),
        ("đình chỉ sinh hoạt", line.suspended),
    )
    return ", ".join([words[line.kind], *(word for word, so in more if so)])


def keepers_at_opening(meeting: Meeting, opener: UUID | None, presidents: list[UUID]) -> list[str]:
    """Who may record from the opening on: whoever may preside, the proposed clerk, whoever opens."""
    who = (*presidents, meeting.clerk_id, opener)
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
