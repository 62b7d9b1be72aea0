"""A period held by tổ đảng: one gathering a group, each with its own roll, minutes and number (domain.md 1.6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from chibo.access.models import MeetingDuty
from chibo.access.standing import Standing, require
from chibo.lib.dates import local_date
from chibo.meetings.models import Meeting
from chibo.meetings.prepare.commands import AlreadyPlanned, lay_out
from chibo.meetings.prepare.planning import MeetingKind, last_of, previous_of, same_period
from chibo.members.models import GroupMember, PartyGroup
from chibo.members.roster import RosterLine, roster
from chibo.orgs.models import Organisation

# A cell with one group is the whole cell.
LEAST = 2
KINDS = (MeetingKind.REGULAR, MeetingKind.COMBINED)


class NotByGroups(Exception):
    """The cell cannot meet by groups on that day; the message says why. `unplaced`: who is expected, in no group."""

    def __init__(self, why: str, unplaced: list[RosterLine] | None = None) -> None:
        super().__init__(why)
        self.unplaced = unplaced or []


@dataclass(frozen=True)
class Gathering:
    """A group on a day, with the places of its members in it."""

    group: PartyGroup
    members: list[GroupMember]

    @property
    def leader(self) -> GroupMember | None:
        """Who leads it on the day."""
        return next((one for one in self.members if one.role == GroupMember.Role.LEADER), None)


def gatherings_on(cell: Organisation, day: date) -> tuple[list[Gathering], list[RosterLine]]:
    """The groups in which anyone is expected on a day, by their names, and who is expected but in no group."""
    expected = {line.person_id: line for line in roster(cell, day) if line.expected}
    groups = list(PartyGroup.objects.filter(cell=cell, validity__contains=day).order_by("name", "id"))
    members: dict[object, list[GroupMember]] = {}
    for one in GroupMember.objects.filter(group__in=groups, validity__contains=day):
        members.setdefault(one.group_id, []).append(one)
    found = [Gathering(group, members.get(group.pk, [])) for group in groups]
    met = [one for one in found if any(member.person_id in expected for member in one.members)]
    placed = {member.person_id for one in met for member in one.members}
    return met, [line for person, line in expected.items() if person not in placed]


@transaction.atomic
def plan_by_groups(
    *,
    cell: Organisation,
    kind: MeetingKind,
    period: date,
    starts_at: datetime,
    place: str,
    reason: str,
    document: str,
    online: tuple[str, str] = ("", ""),
    on_paper: bool = False,
    by: Standing,
) -> list[Meeting]:
    """Plan the regular meeting of a period as one gathering a group of that day; the leader is the proposed chair.

    reason, document: why the cell does not meet as a whole, and the paper that allows it. online: the same of being
    held online. Day, hour and place are those of all, until one is moved.

    Raises:
        Http404: not of the committee.
        ValueError: not a regular meeting, or without the paper that allows it.
        NotByGroups: fewer than two groups, or someone who is expected is in none and would be called to no meeting.
        AlreadyPlanned: the period has its regular meeting.
    """
    require(by.leads(cell.pk))
    if kind not in KINDS or not (reason and document) or bool(online[0]) != bool(online[1]):
        raise ValueError("a regular meeting by groups has a reason and a paper that allows it")
    Organisation.objects.select_for_update().get(pk=cell.pk)
    if (existing := same_period(cell, kind, period)) is not None:
        raise AlreadyPlanned(existing)
    found, unplaced = gatherings_on(cell, local_date(starts_at))
    if len(found) < LEAST:
        raise NotByGroups("Ngày ấy chi bộ chưa có hai tổ đảng có người dự họp. Lập tổ, ghi người vào tổ trước.")
    if unplaced:
        raise NotByGroups("Còn đồng chí chưa ở tổ nào, nên không được mời dự buổi nào.", unplaced)
    last, previous = last_of(cell, kind), previous_of(cell, kind.body, starts_at)
    planned = []
    for one in found:
        meeting = Meeting(
            cell=cell,
            body=kind.body,
            period=period,
            starts_at=starts_at,
            place=place,
            online_reason=online[0],
            online_document=online[1],
            held_on_paper=on_paper,
            chair_id=one.leader.person_id if one.leader else None,
            previous=previous,
            group=one.group,
            group_name=one.group.name,
            gatherings=len(found),
            groups_reason=reason,
            groups_document=document,
        )
        planned.append(lay_out(meeting, kind, last, by))
        _let_keep(meeting)
    return planned


def _let_keep(meeting: Meeting) -> None:
    """The group's leader, who need not be of the committee, opens and records this gathering and no other."""
    if meeting.chair_id is not None:
        MeetingDuty.objects.create(
            meeting_id=meeting.pk, cell_id=meeting.cell_id, person_id=meeting.chair_id, duty=MeetingDuty.Duty.CHAIR
        )
