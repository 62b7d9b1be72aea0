"""A period held by tổ đảng: one gathering a group, each with its own roll, minutes and number (domain.md 1.6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from chibo.access.models import MeetingDuty
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import local_date, period_name
from chibo.meetings.models import Meeting, State
from chibo.meetings.models.gathering import HELD, MeetingQuerySet
from chibo.meetings.prepare.commands import AlreadyPlanned, TooLate, lay_out
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


def split(cell: Organisation, period: date) -> MeetingQuerySet:
    """The gatherings of the groups of a period, by the groups' names; those that were cancelled too."""
    return Meeting.objects.filter(cell=cell, period=period, group__isnull=False).order_by("group_name", "pk")


def why_taken(found: list[Meeting]) -> str:
    """Why a period that is split cannot be planned anew, and what can be done. found: its gatherings, not cancelled."""
    month = period_name(found[0].period)
    held = [one for one in found if one.state in HELD]
    if not held:
        return (
            f"{month.capitalize()} đã lập buổi họp của từng tổ đảng, chưa tổ nào họp. "
            "Muốn họp cả chi bộ thì hủy các buổi dưới đây trước, rồi lập lại."
        )
    said = ", ".join(f"{one.group_words} ngày {one.day:%d/%m}" for one in held)
    return (
        f"{month.capitalize()} họp theo tổ đảng, đã họp: {said}. Biên bản và kết luận của buổi đã họp đứng vững, "
        "nên tháng ấy không đổi lại họp cả chi bộ được. Tổ chưa họp thì họp tiếp theo tổ; "
        "việc cần cả chi bộ thì lập buổi chuyên đề hoặc bất thường."
    )


@transaction.atomic
def restate(*, meeting: Meeting, reason: str, document: str, by: Standing) -> int:
    """Say anew why a period is held by groups and which paper allows it, for all its gatherings that are still to be
    held, as those that were cancelled; how many changed. What was held keeps what stands in its minutes.

    Raises:
        Http404: not of the committee. TooLate: this one has begun, is over or was cancelled.
        ValueError: not of a group, or without either.
    """
    require(by.leads(meeting.cell_id))
    if meeting.group_id is None or not (reason and document):
        raise ValueError("a period by groups has a reason and a paper that allows it")
    # All in one order: of two who change two of them, one waits.
    rows = split(meeting.cell, meeting.period).order_by("pk").select_for_update(of=("self",))
    ahead = [one for one in rows if one.is_before or one.state == State.CANCELLED]
    if not any(one.pk == meeting.pk and one.is_before for one in ahead):
        raise TooLate
    changed = [one for one in ahead if (one.groups_reason, one.groups_document) != (reason, document)]
    for one in changed:
        one.groups_reason, one.groups_document, one.version = reason, document, one.version + 1
        one.save(update_fields=["groups_reason", "groups_document", "version"])
        events.record("meeting.groups_restated", chain=one.cell_id, by=by.person_id, obj=one)
    meeting.groups_reason, meeting.groups_document = reason, document
    return len(changed)


def _let_keep(meeting: Meeting) -> None:
    """The group's leader, who need not be of the committee, opens and records this gathering and no other."""
    if meeting.chair_id is not None:
        MeetingDuty.objects.create(
            meeting_id=meeting.pk, cell_id=meeting.cell_id, person_id=meeting.chair_id, duty=MeetingDuty.Duty.CHAIR
        )
