"""Leaving a cell, and leaving the Party: what the member holds in the cell ends with the last day."""

from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible, end
from chibo.lib.dates import format_date, now, today
from chibo.lib.vietnamese import normalise
from chibo.members.models import Departure, Membership, Transfer

# Which paper must be named: a death has none.
NEEDS_DECISION = (Departure.Kind.STRUCK_OFF, Departure.Kind.EXPELLED)


def end_all_in_cell(person_id: UUID, cell_id: UUID, last_day: date) -> None:
    """End offices, posts, groups and changes of a person in a cell after a day, bound by the rights of the session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_leave_cell(%s, %s, %s)", [person_id, cell_id, last_day + timedelta(days=1)])


@transaction.atomic
def end_membership(*, by: Standing, membership: Membership, last_day: date) -> None:
    """The member leaves the cell after a day. Offices, posts and groups in the cell end with it.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: it ended earlier already.
    """
    require(by.leads(membership.cell_id))
    end(membership, last_day)
    end_all_in_cell(membership.person_id, membership.cell_id, last_day)
    events.record(
        "member.left",
        chain=membership.cell_id,
        by=by.person_id,
        obj=membership,
        person=membership.person_id,
        last_day=last_day,
    )


@transaction.atomic
def leave_party(*, by: Standing, membership: Membership, kind: str, last_day: date, decision: str = "") -> Departure:
    """Record that a member died, resigned, was struck off or expelled: no reason, only what, when and by which paper.

    A transfer under way is withdrawn, a stay in another cell ends. From the next day the person sees nothing.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the person is here as a temporary arrival, the day is still to come or before the membership, or
            the paper is missing.
    """
    require(by.leads(membership.cell_id))
    if membership.kind == Membership.Kind.TEMPORARY:
        raise NotPossible("Đồng chí này sinh hoạt tạm thời ở đây. Việc này do chi bộ nơi đảng viên thuộc về ghi.")
    if last_day > today():
        day = format_date(last_day)
        raise NotPossible(f"Ngày {day} chưa tới. Ghi khi đã có quyết định và đã tới ngày ấy.", "last_day")
    if last_day < membership.validity.lower:
        first = format_date(membership.validity.lower)
        raise NotPossible(f"Đồng chí này vào chi bộ ngày {first}. Nhập ngày từ ngày ấy.", "last_day")
    if kind in NEEDS_DECISION and not decision.strip():
        raise NotPossible("Ghi số và ngày của quyết định.", "decision")
    person_id, cell_id = membership.person_id, membership.cell_id
    end(membership, last_day)
    if Departure.objects.filter(person_id=person_id, last_day=last_day).exists():
        raise NotPossible("Việc này đã ghi rồi. Mở lại danh sách đảng viên để xem.", "last_day")
    Membership.objects.filter(person_id=person_id, cell_id=cell_id, validity__fully_gt=membership.validity).delete()
    _end_transfers(person_id, cell_id, last_day)
    end_all_in_cell(person_id, cell_id, last_day)
    row = Departure.objects.create(
        person_id=person_id,
        cell_id=cell_id,
        kind=kind,
        last_day=last_day,
        decision=normalise(decision),
        recorded_at=now(),
        recorded_by=by.person_id,
    )
    # The category stays out of the log: it is kept for years, and read by more people than the row.
    events.record("member.departed", chain=cell_id, by=by.person_id, obj=row, person=person_id, last_day=last_day)
    return row


def _end_transfers(person_id: UUID, cell_id: UUID, last_day: date) -> None:
    """Withdraw what waits for another cell; end the stay that goes on there."""
    mine = Transfer.objects.filter(person_id=person_id, from_cell_id=cell_id)
    mine.pending().update(outcome=Transfer.Outcome.WITHDRAWN, settled_on=today())
    stays = mine.filter(outcome=Transfer.Outcome.CONFIRMED, kind=Transfer.Kind.TEMPORARY, to_cell__isnull=False)
    for stay in stays.filter(first_day__lte=last_day, last_day__gt=last_day):
        with connection.cursor() as cursor:
            cursor.execute("SELECT members_set_stay(%s, %s)", [stay.pk, last_day])
