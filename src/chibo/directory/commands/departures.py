"""Leaving a cell, and leaving the Party: what the member holds in the cell ends with the last day."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.range import DateRange

from chibo.access.models import CELL_COMMITTEE, TermOfOffice
from chibo.access.scope import system_scope
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible, hold
from chibo.directory.commands.lineage import DAY, end_back, first_day
from chibo.directory.commands.stays import set_stay, stay_of, stays
from chibo.lib.dates import format_date, now, today
from chibo.lib.vietnamese import normalise
from chibo.members.models import Departure, Membership, Transfer

# Which paper must be named: a death has none.
NEEDS_DECISION = (Departure.Kind.STRUCK_OFF, Departure.Kind.EXPELLED)


def end_all_in_cell(person_id: UUID, cell_id: UUID, last_day: date) -> None:
    """End offices, posts, groups and changes of a person in a cell after a day, bound by the rights of the session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_leave_cell(%s, %s, %s)", [person_id, cell_id, last_day + DAY])


@transaction.atomic
def end_membership(*, by: Standing, membership: Membership, last_day: date) -> None:
    """The member leaves the cell after a day. Offices, posts and groups in the cell end, and a stay on both sides.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: it ended earlier already.
    """
    require(by.leads(membership.cell_id))
    hold(membership, "validity")
    stay = stay_of(membership, last_day) if membership.kind == Membership.Kind.TEMPORARY else None
    if stay is not None:
        set_stay(stay, last_day)
    else:
        with system_scope():
            former = [membership.cell_id]
            if last_day + DAY < membership.validity.lower:
                former += membership.cell.precedents.values_list("predecessor_id", flat=True)
            end_back(membership, last_day)
            for cell_id in former:
                end_all_in_cell(membership.person_id, cell_id, last_day)
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

    A transfer under way is withdrawn; a stay, or a cell that was to follow, ends wherever it stands. From the next day
    the person sees nothing.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the person is here as a temporary arrival or went to another cell since, the day is still to come
            or before the membership, or the paper is missing.
    """
    require(by.leads(membership.cell_id))
    if membership.kind == Membership.Kind.TEMPORARY:
        raise NotPossible("Đồng chí này sinh hoạt tạm thời ở đây. Việc này do chi bộ nơi đảng viên thuộc về ghi.")
    if last_day > today():
        day = format_date(last_day)
        raise NotPossible(f"Ngày {day} chưa tới. Ghi khi đã có quyết định và đã tới ngày ấy.", "last_day")
    if kind in NEEDS_DECISION and not decision.strip():
        raise NotPossible("Ghi số và ngày của quyết định.", "decision")
    hold(membership, "validity")
    person_id, cell_id = membership.person_id, membership.cell_id
    with system_scope():
        _require_still_here(membership, last_day)
        _end_everywhere(person_id, last_day)
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


def _require_still_here(membership: Membership, last_day: date) -> None:
    """The day lies within the membership, with the cells before, and nobody else has taken the member since.

    Raises:
        NotPossible: not so.
    """
    earliest, until = first_day(membership), membership.validity.upper
    if last_day < earliest:
        first = format_date(earliest)
        raise NotPossible(f"Đồng chí này vào chi bộ ngày {first}. Nhập ngày từ ngày ấy.", "last_day")
    if until is not None and until < last_day + DAY:
        raise NotPossible(f"Phần này đã kết thúc trước ngày {format_date(last_day)}.", "last_day")
    if Departure.objects.filter(person_id=membership.person_id, last_day=last_day).exists():
        raise NotPossible("Việc này đã ghi rồi. Mở lại danh sách đảng viên để xem.", "last_day")
    later = Membership.objects.filter(person_id=membership.person_id, validity__startswith__lte=today())
    later = later.filter(validity__fully_gt=membership.validity).exclude(cell_id=membership.cell_id)
    if (other := later.exclude(kind=Membership.Kind.TEMPORARY).first()) is not None:
        day = format_date(other.validity.lower)
        raise NotPossible(f"Đồng chí này về chi bộ khác từ ngày {day}. Chi bộ ấy ghi việc này.", "last_day")


def _end_everywhere(person_id: UUID, last_day: date) -> None:
    """Nothing that a person holds in a cell, or is about to, goes on after a day, in whichever cell it stands."""
    after = last_day + DAY
    held = TermOfOffice.objects.filter(person_id=person_id, office__in=CELL_COMMITTEE)
    rows = Membership.objects.filter(person_id=person_id)
    for cell_id in {*rows.values_list("cell_id", flat=True), *held.values_list("organisation_id", flat=True)}:
        end_all_in_cell(person_id, cell_id, last_day)
    rows.filter(validity__startswith__gte=after).delete()
    for row in rows.filter(validity__contains=after):
        row.validity = DateRange(row.validity.lower, after)
        row.save(update_fields=["validity"])
    withdrawn = {"outcome": Transfer.Outcome.WITHDRAWN, "settled_on": today()}
    Transfer.objects.pending().filter(person_id=person_id).update(**withdrawn)
    mine = stays().filter(person_id=person_id, last_day__gt=last_day)
    mine.filter(first_day__gt=last_day).update(**withdrawn)
    mine.filter(first_day__lte=last_day).update(last_day=last_day)
