"""The year of probation: twelve months, then the cell considers, and its resolution is recorded (domain.md 1.2)."""

from datetime import date, timedelta

from django.db import transaction

from chibo.access.scope import system_scope
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible, hold
from chibo.directory.commands.lineage import become
from chibo.lib.dates import add_months, format_date, now, today
from chibo.lib.vietnamese import normalise
from chibo.members.models import Membership, ProbationDecision
from chibo.orgs.models import Organisation
from chibo.rules.book import RuleBook
from chibo.rules.models import Rule

Outcome = ProbationDecision.Outcome


def twelve_months_end(cell: Organisation, admitted_on: date) -> date:
    """The day on which the months of probation end (rule `probation_months`)."""
    return add_months(admitted_on, months_of(Rule.objects.book(today(), cell.path_ids)))


def months_of(book: RuleBook) -> int:
    """How many months probation lasts."""
    rule = book.get("probation_months")
    return rule.value if rule else 12


@transaction.atomic
def set_admission(*, by: Standing, membership: Membership, admitted_on: date) -> None:
    """Record the day of admission of a probationary member, and with it the day on which twelve months end.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: the person is not a probationary member, or the day is still to come.
    """
    require(by.leads(membership.cell_id))
    hold(membership, "kind", "validity", "admitted_on", "probation_ends")
    _require_probationary(membership)
    if admitted_on > today():
        raise NotPossible(f"Ngày {format_date(admitted_on)} chưa tới. Ghi đúng ngày kết nạp.", "admitted_on")
    membership.admitted_on, membership.probation_ends = admitted_on, twelve_months_end(membership.cell, admitted_on)
    membership.save(update_fields=["admitted_on", "probation_ends"])
    events.record(
        "member.admission_set",
        chain=membership.cell_id,
        by=by.person_id,
        obj=membership,
        person=membership.person_id,
        admitted_on=admitted_on,
    )


@transaction.atomic
def decide_probation(
    *,
    by: Standing,
    membership: Membership,
    outcome: str,
    decided_on: date,
    decision: str,
    again_by: date | None = None,
) -> ProbationDecision:
    """Record what was decided: official from the day on which twelve months end, even where the cell met later.

    again_by: where it is to be considered again, by which day.

    Raises:
        Http404: `by` does not lead the cell.
        NotPossible: no probationary member, the day of admission is not known, or the days do not fit.
    """
    require(by.leads(membership.cell_id))
    hold(membership, "kind", "validity", "admitted_on", "probation_ends")
    _require_probationary(membership)
    ends = membership.probation_ends
    if ends is None:
        raise NotPossible("Chưa ghi ngày kết nạp nên chưa biết ngày đủ 12 tháng. Ghi ngày kết nạp trước.")
    if decided_on > today():
        raise NotPossible(f"Ngày {format_date(decided_on)} chưa tới. Ghi khi đã có nghị quyết.", "decided_on")
    if outcome == Outcome.OFFICIAL:
        effective = ends
        _make_official(membership, effective)
    else:
        if again_by is None or again_by <= ends:
            raise NotPossible(f"Ghi ngày xét lại, sau ngày {format_date(ends)}.", "again_by")
        effective = again_by
        membership.probation_ends = again_by
        membership.save(update_fields=["probation_ends"])
    row = ProbationDecision.objects.create(
        person_id=membership.person_id,
        cell_id=membership.cell_id,
        outcome=outcome,
        decided_on=decided_on,
        effective_on=effective,
        decision=normalise(decision),
        recorded_at=now(),
        recorded_by=by.person_id,
    )
    events.record(
        "member.probation_decided",
        chain=row.cell_id,
        by=by.person_id,
        obj=row,
        person=row.person_id,
        outcome=outcome,
        effective_on=effective,
    )
    return row


def _require_probationary(membership: Membership) -> None:
    if membership.kind != Membership.Kind.PROBATIONARY:
        raise NotPossible(f"Đồng chí này đang là đảng viên {membership.get_kind_display()}, không phải dự bị.")


def _make_official(membership: Membership, since: date) -> None:
    """Split the membership at a day; where the cell was entered after it, all of it is official.

    Raises:
        NotPossible: it ends before that day.
    """
    until = membership.validity.upper
    if until is not None and since >= until:
        last, day = format_date(until - timedelta(days=1)), format_date(since)
        raise NotPossible(f"Sinh hoạt ở đây kết thúc ngày {last}, trước ngày {day} đủ 12 tháng. Nơi mới ghi việc này.")
    with system_scope():
        become(membership, Membership.Kind.OFFICIAL, since, admitted_on=membership.admitted_on)
