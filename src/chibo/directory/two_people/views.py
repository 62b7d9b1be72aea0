"""The page of acts that take two people: what one asked for, what waits for one's answer, what is about one's cell."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from chibo.access.models import Office, TermOfOffice
from chibo.access.request import Request
from chibo.access.scope import system_scope
from chibo.access.standing import Standing, found, require
from chibo.access.visible import visible
from chibo.directory.commands.accounts import reset_password
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.staff_session import first_officer, invite_officer
from chibo.directory.history import readings
from chibo.directory.models import TwoPersonAct
from chibo.directory.two_people.commands import acts_seen_by, answer, ask, may_answer, withdraw
from chibo.directory.views.invitations import print_cards
from chibo.lib.dates import format_date, now, today
from chibo.look import notices
from chibo.members.models import Person
from chibo.orgs.models import Organisation

HERE, NEWS = "/hai-nguoi/", timedelta(days=14)
Kind = TwoPersonAct.Kind
OUR_ADMINISTRATOR, SOMEBODY = "người phụ trách máy", "một đồng chí"


def sent(request: Request, kind: Kind, place: Organisation, person: Person | None, **details: Any) -> bool:
    """Ask for an act that takes two people, and say so; false where that cannot be, which is said too."""
    try:
        ask(by=request.standing, kind=kind, place=place, person=person, details=details)
    except NotPossible as reason:
        notices.fail(request, str(reason))
        return False
    notices.done(request, "Đã gửi đề nghị. Việc này mở nội dung chi bộ nên cần người thứ hai đồng ý.")
    return True


@dataclass(frozen=True)
class Row:
    """One act as the page shows it."""

    act: TwoPersonAct
    words: str
    asker: str
    answerer: str
    answers: bool
    mine: bool
    prints: bool


@login_required
@never_cache
@require_GET
def acts(request: Request) -> HttpResponse:
    """What waits for one's answer first, then the rest."""
    by = request.standing
    require(bool(by.committee_cells or by.commune_paths or by.province_paths or by.staff))
    rows = rows_of(by, acts_seen_by(by))
    context = {
        "answers": [row for row in rows if row.answers],
        "others": [row for row in rows if not row.answers],
        "back": "/phien-quan-tri/" if by.staff else "/",
    }
    return render(request, "directory/two_people/acts.html", context)


def rows_of(by: Standing, shown: list[TwoPersonAct]) -> list[Row]:
    """Acts with names as the reader may know them."""
    ids = {one for act in shown for one in (act.asked_by, act.answered_by, act.person_id) if one is not None}
    names = dict(visible(Person.objects.filter(pk__in=ids), by).values_list("pk", "full_name"))
    officers = set(TermOfOffice.objects.filter(person__in=ids).values_list("person_id", flat=True))

    def name(one: UUID | None) -> str:
        if one is None:
            return ""
        known = names.get(one)
        return f"đồng chí {known}" if known else SOMEBODY if one in officers else OUR_ADMINISTRATOR

    return [
        Row(
            act,
            words_of(act, names.get(act.person_id) if act.person_id else None),
            name(act.asked_by),
            name(act.answered_by),
            act.waits and may_answer(by, act),
            act.asked_by == by.actor,
            act.asked_by == by.actor and act.waits_for_print,
        )
        for act in shown
    ]


def words_of(act: TwoPersonAct, name: str | None) -> str:
    """What is asked for, in a sentence."""
    who, details = f"đồng chí {name}" if name else SOMEBODY, act.details
    if act.kind == Kind.OFFICE:
        return f"Ghi {who} giữ chức vụ {Office(details['office']).label.lower()} từ ngày {_written(details['since'])}"
    if act.kind == Kind.FOLLOW:
        return f"Phân công {who} phụ trách, đọc biên bản, từ ngày {_written(details['since'])} (sớm nhất là ngày mai)"
    if act.kind == Kind.DOOR:
        return (
            f"Mở cửa kiểm tra {details['days']} ngày cho đồng chí {details['full_name']}, văn bản {details['document']}"
        )
    if act.kind == Kind.FIRST_OFFICER:
        return f"Ghi đồng chí {details['full_name']} là cán bộ đầu tiên và in tờ mời"
    if act.kind == Kind.MERGE:
        return f"Sáp nhập {details['names']}"
    return f"{act.get_kind_display().capitalize()} cho {who}"


def _written(day: str) -> str:
    return format_date(date.fromisoformat(day))


def _act(request: Request, act_id: UUID) -> TwoPersonAct:
    return found(next(iter(acts_seen_by(request.standing, pk=act_id)), None))


@login_required
@require_POST
def allow(request: Request, act_id: UUID) -> HttpResponse:
    """Agree to what another has asked for."""
    return _answered(request, act_id, allowed=True)


@login_required
@require_POST
def refuse(request: Request, act_id: UUID) -> HttpResponse:
    """Refuse it."""
    return _answered(request, act_id, allowed=False)


def _answered(request: Request, act_id: UUID, *, allowed: bool) -> HttpResponse:
    act = _act(request, act_id)
    try:
        answer(by=request.standing, act=act, allowed=allowed)
    except NotPossible as reason:
        notices.fail(request, str(reason))
    else:
        notices.done(request, "Đã đồng ý, đã ghi tên đồng chí là người thứ hai." if allowed else "Đã từ chối đề nghị.")
    return redirect(HERE)


@login_required
@require_POST
def take_back(request: Request, act_id: UUID) -> HttpResponse:
    """Withdraw what one has asked for."""
    withdraw(by=request.standing, act=_act(request, act_id))
    notices.done(request, "Đã rút đề nghị.")
    return redirect(HERE)


@login_required
@never_cache
@require_POST
def print_sheet(request: Request, act_id: UUID) -> HttpResponse:
    """Print, once, the sheet that was agreed to."""
    act, by = _act(request, act_id), request.standing
    require(act.asked_by == by.actor and act.waits_for_print)
    second = act.answered_by
    if act.kind == Kind.FIRST_OFFICER:
        said = {name: act.details[name] for name in ("full_name", "code")}
        card = first_officer(by=by, organisation=act.place, second=second, **said)
    elif term := act.details.get("term"):
        held = found(TermOfOffice.objects.on(today()).filter(pk=term).select_related("organisation").first())
        card = invite_officer(by=by, term=held, second=second)
    else:
        card = reset_password(by=by, person=found(act.person), second=second)
    act.done_at = now()
    with system_scope():
        act.save(update_fields=["done_at"])
    return print_cards(request, act.place, [card], back=HERE)


def told(by: Standing, cell_id: UUID | None = None) -> dict[str, Any]:
    """For the page that one begins at: what waits for one's answer, what goes on about one's cell or account."""
    about = [one for one in acts_seen_by(by) if one.withdrawn_at is None and one.allowed is not False]
    recent = [one for one in about if one.asked_at > now() - NEWS]
    mine = [one for one in recent if one.place_id == cell_id or (one.person_id and one.person_id == by.person_id)]
    rows = rows_of(by, mine[:5])
    waiting = sum(1 for one in about if one.waits and may_answer(by, one))
    files = readings.many_files_of(by, cell_id) if cell_id is not None else []
    return {"two_people": {"waiting": waiting, "news": rows, "files": files}}
