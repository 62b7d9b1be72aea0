"""An act on the tree: its form, what it would bring with it, one confirmation; its page, taking back, undoing."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.directory.commands.days import NotPossible
from chibo.directory.models import TwoPersonAct
from chibo.directory.tree import commands, history, screens
from chibo.directory.tree.forms import ActForm
from chibo.directory.tree.views.finding import act_of, body_of
from chibo.directory.two_people.rule import NeedsSecond
from chibo.directory.two_people.views import sent
from chibo.lib.dates import format_date, today
from chibo.look import notices
from chibo.orgs.models import Organisation, TreeAct

CHANGED = "Từ lúc xem trước đã có thay đổi. Đọc lại các dòng dưới đây rồi hãy ghi."
# Which field of a form a refusal belongs beside, where it is about what was typed there.
FIELD = {
    "lap": "name",
    "doi-ten": "name",
    "ma-so": "code",
    "loai": "category",
    "chuyen": "parent",
    "sap-nhap": "others",
}


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: Request, body_id: UUID, slug: str) -> HttpResponse:
    """Fill in, see what will happen, confirm. Nothing is written before the confirmation."""
    one = body_of(request, body_id)
    screen = found(next((each for each in screens.allowed(request.standing, one) if each.slug == slug), None))
    form = screen.make(request.standing, one, request.POST or None)
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        try:
            return _seen_or_done(request, one, screen, form)
        except NotPossible as reason:
            form.add_error(_field(slug, str(reason)), str(reason))
    context = {"body": one, "screen": screen, "form": form}
    refused = form.is_bound and "back" not in request.POST
    return render(request, "directory/tree/act_form.html", context, status=422 if refused else 200)


def _field(slug: str, reason: str) -> str | None:
    """Beside which field a refusal stands."""
    return "effective" if "Nhập ngày từ" in reason else FIELD.get(slug)


def _seen_or_done(request: Request, one: Organisation, screen: screens.Screen, form: ActForm) -> HttpResponse:
    """The preview; or, when just this was seen and confirmed, the act.

    Raises:
        NotPossible: it cannot be.
    """
    intent = screen.intent(one, form)
    consequences = commands.preview(by=request.standing, intent=intent)
    digest, seen = commands.digest_of(consequences), request.POST.get("seen")
    if seen == digest:
        try:
            act = commands.decide(by=request.standing, intent=intent)
        except NeedsSecond:
            names = ", ".join(
                body.name for body in Organisation.objects.filter(pk__in=intent.plan["bodies"]).in_order()
            )
            said = {"act": intent.kind, "effective": intent.effective.isoformat(), "authority": intent.authority}
            sent(request, TwoPersonAct.Kind.MERGE, intent.place, None, plan=intent.plan, names=names, **said)
            return redirect(f"/to-chuc/{one.pk}/")
        waits = act.applied_at is None
        day = format_date(act.effective)
        words = f"Đã ghi, chờ đến ngày {day}." if waits else f"Đã ghi: {screen.title.lower()}, từ ngày {day}."
        notices.done(request, words)
        return redirect(f"/to-chuc/viec/{act.pk}/")
    context = {
        "body": one,
        "screen": screen,
        "form": form,
        "consequences": consequences,
        "digest": digest,
        "changed": CHANGED if seen else "",
        "effective": intent.effective,
        "waits": intent.effective > today(),
        "authority": intent.authority,
        "sent": _sent(request),
    }
    return render(request, "directory/tree/act_preview.html", context)


def _sent(request: Request) -> list[tuple[str, str]]:
    """What was typed, to be sent again with the confirmation."""
    own = ("csrfmiddlewaretoken", "seen", "back")
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]


@login_required
@require_GET
def act(request: Request, act_id: UUID) -> HttpResponse:
    """One act: what, from when, by which paper, entered by whom, about which bodies; and what may still be done."""
    one = act_of(request, act_id)
    names = history.Names(one.bodies.values_list("organisation_id", flat=True))
    may = commands.may_shape(request.standing, one.place)
    opposite = TreeAct.objects.filter(undoes=one).first()
    why_not = commands.why_not_undone(one) if may and one.applied_at is not None and opposite is None else ""
    bodies = history.concerned(one)
    context = {
        "act": one,
        "text": history.sentence(one, names),
        "bodies": bodies,
        "entered_by": history.entered_by(one),
        "opposite": opposite,
        "may_withdraw": may and one.is_waiting,
        "may_undo": may and one.applied_at is not None and opposite is None and not why_not,
        "why_not": why_not if one.kind != TreeAct.Kind.UNDO else "",
        "next_steps": _next_steps(request, one) if opposite is None else [],
    }
    return render(request, "directory/tree/act.html", context)


def _next_steps(request: Request, one: TreeAct) -> list[Organisation]:
    """Bodies that came of it and have nobody in office yet."""
    if one.applied_at is None:
        return []
    new = Organisation.objects.standing().filter(pk__in=one.bodies.values("organisation_id"), offices=None)
    return [body for body in new.in_order() if request.standing.oversees(body.path)]


@login_required
@require_POST
def withdraw(request: Request, act_id: UUID) -> HttpResponse:
    """Take an act back before its day."""
    one = act_of(request, act_id)
    try:
        commands.withdraw(by=request.standing, act=one)
    except NotPossible as reason:
        notices.fail(request, str(reason))
    else:
        notices.done(request, "Đã rút, việc này sẽ không thi hành.")
    return redirect(f"/to-chuc/viec/{one.pk}/")


@login_required
@require_POST
def undo(request: Request, act_id: UUID) -> HttpResponse:
    """Undo an act by the opposite one."""
    one = act_of(request, act_id)
    require(commands.may_shape(request.standing, one.place))
    try:
        opposite = commands.undo(by=request.standing, act=one)
    except NotPossible as reason:
        notices.fail(request, str(reason))
        return redirect(f"/to-chuc/viec/{one.pk}/")
    notices.done(request, "Đã hoàn tác. Tổ chức, chức vụ, danh sách trở lại như trước việc này.")
    return redirect(f"/to-chuc/viec/{opposite.pk}/")
