"""Making a group, who belongs to it and leads it, dissolving it; every fact dated (Điều lệ Đảng, Điều 24)."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from psycopg.types.range import DateRange

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible, end
from chibo.lib.dates import format_date
from chibo.lib.vietnamese import fold, normalise
from chibo.members.models import GroupMember, Membership, PartyGroup
from chibo.orgs.models import Organisation

Role = GroupMember.Role
DAY = timedelta(days=1)


@transaction.atomic
def create_group(*, by: Standing, cell: Organisation, name: str, since: date, decision: str = "") -> PartyGroup:
    """Make a group in the cell from a day on.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the cell has a group of this name on that day.
    """
    require(by.leads(cell.pk))
    name = normalise(name)
    others = PartyGroup.objects.filter(cell=cell, validity__contains=since).values_list("name", flat=True)
    if any(fold(name) == fold(other) for other in others):
        raise NotPossible(f"Đã có “{name}”. Ghi tên khác.", "name")
    group = PartyGroup.objects.create(
        cell=cell, name=name, decision=normalise(decision), validity=DateRange(since, None)
    )
    events.record("group.created", chain=cell.pk, by=by.person_id, obj=group, since=since)
    return group


@transaction.atomic
def place_members(
    *, by: Standing, group: PartyGroup, people: Sequence[UUID], role: str, since: date
) -> list[GroupMember]:
    """Put members into a group from a day on; whoever is in another group or has another part leaves that the day
    before. A new leader ends the former one's part, who stays as a member.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the day lies before the group, more than one leader, or someone is not a member of the cell.
    """
    require(by.leads(group.cell_id))
    if since < group.validity.lower:
        raise NotPossible(f"Tổ lập ngày {format_date(group.validity.lower)}. Nhập ngày từ ngày ấy.", "since")
    if role != Role.MEMBER and len(people) != 1:
        raise NotPossible("Chọn một đồng chí cho việc này.", "people")
    home = Membership.objects.filter(cell_id=group.cell_id, person__in=people, validity__contains=since)
    if set(home.values_list("person_id", flat=True)) != set(people):
        raise NotPossible("Có đồng chí chưa sinh hoạt ở chi bộ ngày ấy. Chọn lại người hoặc ngày.", "people")
    if role == Role.LEADER:
        _step_down(group, since, set(people))
    rows = []
    for person_id in people:
        _leave(group.cell_id, person_id, since)
        rows.append(_place(group, person_id, role, since))
    events.record(
        "group.members_placed",
        chain=group.cell_id,
        by=by.person_id,
        obj=group,
        since=since,
        role=role,
        people=len(rows),
        person=people[0] if len(people) == 1 else None,
    )
    return rows


@transaction.atomic
def remove_member(*, by: Standing, row: GroupMember, last_day: date) -> None:
    """A member leaves the group after a day.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: it ended earlier already.
    """
    require(by.leads(row.cell_id))
    person, group = row.person_id, row.group
    end(row, last_day)
    events.record(
        "group.member_left", chain=group.cell_id, by=by.person_id, obj=group, person=person, last_day=last_day
    )


@transaction.atomic
def dissolve_group(*, by: Standing, group: PartyGroup, last_day: date) -> None:
    """A group ends after a day, and with it all parts in it.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: it ended earlier already, or the day lies before it was made.
    """
    require(by.leads(group.cell_id))
    if last_day < group.validity.lower:
        raise NotPossible(f"Tổ lập ngày {format_date(group.validity.lower)}. Nhập ngày từ ngày ấy.", "last_day")
    group.members.filter(validity__fully_gt=DateRange(last_day, last_day + DAY)).delete()
    for row in group.members.filter(validity__contains=last_day):
        end(row, last_day)
    end(group, last_day)
    events.record("group.dissolved", chain=group.cell_id, by=by.person_id, obj=group, last_day=last_day)


def _step_down(group: PartyGroup, since: date, but: set[UUID]) -> None:
    """The former leader becomes a member from the day on."""
    for former in group.members.filter(role=Role.LEADER, validity__contains=since).exclude(person__in=but):
        until = former.validity.upper
        end(former, since - DAY)
        _place(group, former.person_id, Role.MEMBER, since, until)


def _leave(cell_id: UUID, person_id: UUID, since: date) -> None:
    """End whatever part one has in a group of the cell on the day before; parts that lie ahead go."""
    mine = GroupMember.objects.filter(cell_id=cell_id, person_id=person_id)
    mine.filter(validity__fully_gt=DateRange(since, since + DAY)).delete()
    for row in mine.filter(validity__contains=since):
        end(row, since - DAY)


def _place(group: PartyGroup, person_id: UUID, role: str, since: date, until: date | None = None) -> GroupMember:
    return GroupMember.objects.create(
        group=group, cell_id=group.cell_id, person_id=person_id, role=role, validity=DateRange(since, until)
    )
