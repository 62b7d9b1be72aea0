"""Printed invitations: made by the secretary, used once by the member."""

from dataclasses import dataclass

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chibo.access.request import Request
from chibo.access.scope import scope
from chibo.access.standing import standing_of
from chibo.accounts import second_factor
from chibo.accounts import sign_in as door
from chibo.accounts.attempts import INVITATION, Attempt, Refused
from chibo.accounts.forms import PasswordForm
from chibo.accounts.models import AccountReset, Invitation, User
from chibo.directory.account.rights import Way, ways_in
from chibo.directory.account.telling import note_change
from chibo.directory.commands.accounts import Card, accept, invite
from chibo.directory.forms import CodeForm
from chibo.directory.views.cell import led_cell
from chibo.lib.dates import format_date, today
from chibo.look import notices
from chibo.members.roster import RosterLine, roster
from chibo.orgs.models import Organisation

NOT_OPEN = "Lời mời này đã dùng, đã thay bằng tờ mới, hoặc quá 30 ngày. Nhờ bí thư in lại."
SESSION_KEY = "invitation"


@dataclass(frozen=True)
class Row:
    """One person on the page of invitations, and how the way in stands."""

    line: RosterLine
    account: User | None
    newest: Invitation | None
    way: Way | None

    @property
    def reachable(self) -> bool:
        """Whether the sheet is printed here, without asking anybody."""
        return self.way == Way.ALONE

    @property
    def enters(self) -> bool:
        """Whether the account has a password already."""
        return self.account is not None and self.account.has_usable_password()

    @property
    def state(self) -> str:
        """In words, with the day that matters."""
        newest = self.newest
        if newest is not None and newest.is_open:
            until = f"dùng được đến hết {format_date(newest.expires_at)}"
            return f"tờ mời in ngày {format_date(newest.made_at)}, chưa dùng, {until}"
        if self.enters:
            used = newest.used_at if newest is not None else None
            return f"đã vào bằng tờ mời ngày {format_date(used)}" if used else "đã có mật khẩu"
        return "tờ mời đã hết dùng được, in tờ mới" if newest is not None else "chưa có tờ mời"


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitations(request: Request) -> HttpResponse:
    """Choose who is to be invited; the answer is the page to print. Nobody is ticked beforehand."""
    cell = led_cell(request)
    rows = _rows(request, cell)
    new = [row for row in rows if row.reachable and not row.enters]
    if request.method == "POST":
        ticked = set(request.POST.getlist("person"))
        chosen = [row.line.person_id for row in rows if row.reachable and str(row.line.person_id) in ticked]
        if "all" in request.POST:
            chosen = [row.line.person_id for row in new if not row.line.exempt]
        if chosen:
            return print_cards(request, cell, invite(by=request.standing, cell=cell, people=chosen))
    secured = second_factor.on_among([row.account for row in rows if row.account is not None])
    context = {
        "cell": cell,
        "rows": rows,
        "new": new,
        "entered": [row for row in rows if row.reachable and row.enters],
        "secured": [row for row in rows if row.reachable and row.account and row.account.pk in secured],
        "others": [row for row in rows if not row.reachable and row.line.person_id != request.standing.person_id],
        "error": request.method == "POST",
        "without": sum(not row.line.exempt for row in new),
    }
    return render(request, "directory/invitations.html", context, status=422 if request.method == "POST" else 200)


def _rows(request: Request, cell: Organisation) -> list[Row]:
    """Each member with the account and the newest invitation there is, none of those who are suspended."""
    lines = [line for line in roster(cell, today()) if not line.suspended]
    people = [line.person_id for line in lines]
    users = {user.person_id: user for user in User.objects.filter(person__in=people)}
    newest = Invitation.objects.filter(user__in=users.values()).order_by("user", "-made_at", "-id").distinct("user")
    found = {one.user_id: one for one in newest}
    ways = ways_in(request.standing, people)
    return [
        Row(line, user, found.get(user.pk) if user else None, ways.get(line.person_id))
        for line in lines
        for user in [users.get(line.person_id)]
    ]


def print_cards(request: HttpRequest, cell: Organisation, cards: list[Card], back: str = "/so-chi-bo/") -> HttpResponse:
    """The page to print: a card a person. Links and codes are shown this once and kept nowhere."""
    site = request.build_absolute_uri("/")
    sheets = [{"card": card, "qr": qr_of(f"{site}loi-moi/{card.issued.token}/")} for card in cards]
    context = {"cell": cell, "sheets": sheets, "site": site, "typed": f"{request.get_host()}/loi-moi", "back": back}
    return render(request, "directory/cards.html", context)


def qr_of(address: str) -> SafeString:
    """A QR code as SVG, without inline style, which the content policy refuses."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=4, light="#fff", svgclass="qr"))  # noqa: S308


@require_http_methods(["GET", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """An invitation typed from paper: login and code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["login"]
        account = door.account_named(typed)
        attempt = Attempt.of(request, str(account or typed.strip().lower()), INVITATION)
        try:
            attempt.refuse_while_waiting()
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            invitation = Invitation.objects.by_code(account, form.cleaned_data["code"])
            if invitation is not None:
                attempt.forget()
                request.session[SESSION_KEY] = invitation.pk
                return redirect("/loi-moi/mat-khau/")
            attempt.failed()
            form.add_error("code", "Tên đăng nhập hoặc mã mời chưa đúng, hoặc tờ mời đã quá 30 ngày. Xem lại tờ mời.")
    return render(request, "directory/by_code.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET"])
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation scanned: remembered in this session, so that the token does not stay in the address."""
    invitation = Invitation.objects.by_token(token)
    if invitation is None:
        return render(request, "directory/invitation_closed.html", {"why": NOT_OPEN}, status=410)
    request.session[SESSION_KEY] = invitation.pk
    return redirect("/loi-moi/mat-khau/")


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose one's own password; from then on the invitation is used."""
    open_ones = Invitation.objects.open().select_related("user")
    invitation = open_ones.filter(pk=request.session.get(SESSION_KEY, 0)).first()
    if invitation is None:
        return render(request, "directory/invitation_closed.html", {"why": NOT_OPEN}, status=410)
    form = PasswordForm(request.POST or None, login=invitation.user.login)
    if request.method == "POST" and form.is_valid():
        had_one = invitation.user.has_usable_password()
        user = accept(invitation=invitation, password=form.cleaned_data["password"])
        if had_one:
            note_change(request, user, AccountReset.What.PASSWORD_SET)
        address = door.proceed(request, user, keep=form.cleaned_data["keep"], target="/")
        notices.done(request, f"Đã đặt mật khẩu. Lần sau đăng nhập bằng tên {user.login}.")
        return redirect(address)
    context = {"form": form, "login": invitation.user.login, "person": _invited(invitation)}
    return render(request, "directory/password.html", context, status=422 if form.is_bound else 200)


def _invited(invitation: Invitation) -> str:
    """The name of whoever is invited: the holder of the paper is shown whose it is."""
    if invitation.user.person_id is None:
        return ""
    with scope(standing_of(invitation.user.person_id)) as standing:
        return standing.person.full_name if standing.person else ""
