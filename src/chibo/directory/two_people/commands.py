"""Asking for an act that takes two people, answering, withdrawing; each is an event in the life of the place."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404

from chibo.access.scope import system_scope
from chibo.access.standing import Standing, found, require, standing_of
from chibo.audit import events
from chibo.directory.account.rights import stand_above
from chibo.directory.commands.days import NotPossible
from chibo.directory.models import TwoPersonAct
from chibo.directory.two_people.acts import CARRY_OUT
from chibo.directory.two_people.rule import NOT_ONESELF, could_second, may_second
from chibo.lib.dates import now
from chibo.members.models import Person
from chibo.orgs.models import Kind as Body
from chibo.orgs.models import Organisation

Kind = TwoPersonAct.Kind
MOST, SHOWN_FOR = 60, timedelta(days=30)
ALONE_HERE = (
    "Việc này cần hai người, mà ở đây chưa có người thứ hai: cán bộ cấp ủy hoặc chi ủy viên khác, có tài khoản và "
    "giữ chức vụ từ ít nhất bảy ngày. Nhờ cấp trên ghi thêm cán bộ; không có ai thì người giữ máy chủ làm tại máy."
)


@transaction.atomic
def ask(
    *, by: Standing, kind: Kind, place: Organisation, person: Person | None, details: dict[str, Any] | None = None
) -> TwoPersonAct:
    """Ask for an act that another is to agree to. The callers have asked for the right to the act itself.

    Raises:
        NotPossible: it is for oneself; the same waits already; nobody could be the second person.
    """
    asker = found(by.actor)
    subject = person.pk if person is not None else None
    if subject is not None and subject == by.person_id:
        raise NotPossible(NOT_ONESELF)
    if not could_second(place, asker, *([subject] if subject else [])):
        raise NotPossible(ALONE_HERE)
    with system_scope():
        same = TwoPersonAct.objects.waiting().filter(kind=kind, place=place, person=person, details=details or {})
        if same.exists():
            raise NotPossible("Đề nghị này đã gửi rồi, đang chờ người thứ hai đồng ý.")
        one = TwoPersonAct.objects.create(kind=kind, place=place, person=person, asked_by=asker, details=details or {})
        _record("two_people.asked", one, by.actor)
    return one


def _record(event: str, one: TwoPersonAct, by: UUID | None) -> None:
    events.record(event, chain=one.place_id, by=by, obj=one, act=one.kind, person=one.person_id)


def may_answer(by: Standing, one: TwoPersonAct) -> bool:
    """Whether one may be the second person for this."""
    if by.person_id is not None and by.person_id == one.person_id:
        return False
    if not may_second(by, one.place, one.asked_by, one.asked_at):
        return False
    ways = (Kind.WAY_IN, Kind.SECOND_FACTOR)
    if one.kind not in ways or one.person_id is None or "term" in one.details:
        return True
    return stand_above(standing_of(one.asked_by), by, one.person_id)


@transaction.atomic
def answer(*, by: Standing, act: TwoPersonAct, allowed: bool) -> TwoPersonAct:
    """Agree, and what was asked for is done by right of whoever asked; or refuse.

    Raises:
        Http404: `by` may not be the second person for this.
        NotPossible: it was answered or withdrawn meanwhile, or cannot be done any more.
    """
    require(may_answer(by, act))
    with system_scope():
        one = TwoPersonAct.objects.select_for_update(of=("self",)).select_related("place", "person").get(pk=act.pk)
        if not one.waits:
            raise NotPossible("Đề nghị này đã được trả lời hoặc đã rút. Tải lại trang để xem.")
        one.answered_by, one.answered_at, one.allowed = by.actor, now(), allowed
        if allowed and (carry_out := CARRY_OUT.get(Kind(one.kind))) is not None:
            try:
                carry_out(standing_of(one.asked_by), one)
            except Http404 as gone:
                raise NotPossible("Người đề nghị không còn quyền làm việc này. Từ chối đề nghị.") from gone
            one.done_at = now()
        one.save()
        _record("two_people.agreed" if allowed else "two_people.refused", one, by.actor)
    return one


@transaction.atomic
def withdraw(*, by: Standing, act: TwoPersonAct) -> None:
    """Take back what one has asked for, as long as it has not been done.

    Raises:
        Http404: somebody else asked, or it is done.
    """
    require(by.actor == act.asked_by and act.done_at is None and act.withdrawn_at is None)
    with system_scope():
        act.withdrawn_at = now()
        act.save(update_fields=["withdrawn_at"])
        _record("two_people.withdrawn", act, by.actor)


def acts_seen_by(by: Standing, **about: Any) -> list[TwoPersonAct]:
    """What one asked for, may answer, or is about one's cell: what waits first, then the newest of those not long over.

    What waits is shown however long it has waited, and however much was done since: the first page counts it and leads
    here. about: the place or the person, where only acts about them are asked for.
    """
    waits, since = Q(answered_at=None, withdrawn_at=None), now() - SHOWN_FOR
    shown = waits | Q(asked_at__gt=since) | Q(answered_at__gt=since)
    rows = TwoPersonAct.objects.filter(shown, **about).select_related("place", "person")
    rows = rows.order_by(ExpressionWrapper(waits, BooleanField()).desc(), "-asked_at")
    if by.staff is None:
        return list(rows.visible_to(by)[:MOST])
    with system_scope():
        return list(rows.filter(Q(asked_by=by.actor) | ~Q(place__kind=Body.CELL))[:MOST])
