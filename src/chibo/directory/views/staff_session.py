"""The staff session of an administrator, for a reason and a time; and its record, for the committees above."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.models import ABOVE_CELLS, MOST_STAFF_MINUTES, StaffSession, TermOfOffice
from chibo.access.request import Request
from chibo.access.staff import SESSION_KEY
from chibo.access.standing import found, require
from chibo.access.visible import visible
from chibo.accounts.confirmation import ConfirmationForm
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.staff_session import (
    begin_staff_session,
    end_staff_session,
    first_officer,
    invite_officer,
)
from chibo.directory.models import TwoPersonAct
from chibo.directory.two_people.rule import NeedsSecond
from chibo.directory.two_people.views import sent
from chibo.directory.views.invitations import print_cards
from chibo.lib.dates import now, today
from chibo.lib.vietnamese import fold
from chibo.look import notices, searching
from chibo.look.fields import TextField
from chibo.look.forms import Form
from chibo.orgs.models import Kind, Organisation

HERE = "/phien-quan-tri/"
ONE_PAGE = 30


class BeginForm(ConfirmationForm):
    """Why, for how long, and oneself once more: an unlocked machine alone is not enough."""

    with_factor = True
    reason = TextField(
        label="Vì việc gì",
        rows=3,
        max_length=500,
        help_text="Cấp ủy tỉnh và xã đọc được dòng này. Không ghi nội dung cuộc họp",
    )
    minutes = forms.IntegerField(
        label="Trong bao nhiêu phút",
        min_value=1,
        max_value=MOST_STAFF_MINUTES,
        help_text=f"Nhiều nhất {MOST_STAFF_MINUTES} phút; hết giờ tự tắt",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"}),
    )


class OfficerForm(Form):
    """The first officer of a body above the cells."""

    about_people = ("full_name", "code")

    full_name = forms.CharField(label="Họ tên cán bộ", max_length=120)
    code = forms.CharField(label="Mã đảng viên", required=False, max_length=40, help_text="Để trống nếu chưa có")


@login_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def page(request: Request) -> HttpResponse:
    """An administrator begins a session or works in it; the committees above the cells read the record."""
    standing = request.standing
    if standing.account_id is None:
        require(bool(standing.commune_paths or standing.province_paths))
        return render(request, "directory/staff/record.html", {"rows": _record(request)})
    if standing.staff is not None:
        return render(request, "directory/staff/on.html", _bodies(request))
    form = BeginForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        session = begin_staff_session(by=standing, reason=data["reason"], minutes=data["minutes"])
        request.session[SESSION_KEY] = str(session.pk)
        return redirect(HERE)
    return render(request, "directory/staff/off.html", {"form": form}, status=422 if form.is_bound else 200)


def _record(request: Request) -> list[StaffSession]:
    """Staff sessions, the newest first, each with whether it is on."""
    rows = list(
        visible(StaffSession.objects.all(), request.standing).select_related("account").order_by("-begun_at")[:100]
    )
    for row in rows:
        row.is_on = row.ends_at > now()  # type: ignore[attr-defined]
    return rows


def _bodies(request: Request) -> dict[str, Any]:
    """The bodies above the cells with their officers; those without one first."""
    sought = searching.sought(request)
    bodies = Organisation.objects.exclude(kind=Kind.CELL).filter(dissolved=None, folded__contains=fold(sought))
    terms = visible(TermOfOffice.objects.on(today()), request.standing).filter(office__in=ABOVE_CELLS)
    without = bodies.exclude(pk__in=terms.values("organisation_id")).select_related("parent").in_order()[:ONE_PAGE]
    officers = terms.filter(organisation__in=bodies).select_related("person", "organisation__parent")
    return {
        "sought": sought,
        "without": without,
        "officers": officers.order_by("organisation__sort_key", "person__sort_key")[:ONE_PAGE],
        "most": ONE_PAGE,
    }


@login_required
@require_POST
def end(request: Request) -> HttpResponse:
    """Switch it off before its time."""
    end_staff_session(by=request.standing)
    request.session.pop(SESSION_KEY, None)
    notices.done(request, "Đã kết thúc phiên quản trị.")
    return redirect(HERE)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def officer(request: Request, organisation_id: UUID) -> HttpResponse:
    """Enter the first officer of a body that has none; the answer is the invitation, to print."""
    require(request.standing.staff is not None)
    body = found(Organisation.objects.exclude(kind=Kind.CELL).filter(pk=organisation_id, dissolved=None).first())
    form = OfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            card = first_officer(by=request.standing, organisation=body, **form.cleaned_data)
        except NeedsSecond:
            if sent(request, TwoPersonAct.Kind.FIRST_OFFICER, body, None, **form.cleaned_data):
                return redirect("/hai-nguoi/")
        except NotPossible as reason:
            form.add_error("full_name", str(reason))
        else:
            return print_cards(request, body, [card], back=HERE)
    context = {"body": body, "form": form}
    return render(request, "directory/staff/officer.html", context, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_POST
def invitation(request: Request, term_id: UUID) -> HttpResponse:
    """Print a new invitation for an officer above the cells who cannot sign in."""
    require(request.standing.staff is not None)
    terms = visible(TermOfOffice.objects.on(today()), request.standing).filter(office__in=ABOVE_CELLS)
    term = found(terms.filter(pk=term_id).select_related("organisation").first())
    try:
        card = invite_officer(by=request.standing, term=term)
    except NeedsSecond:
        sent(request, TwoPersonAct.Kind.WAY_IN, term.organisation, term.person, term=str(term.pk))
        return redirect("/hai-nguoi/")
    return print_cards(request, term.organisation, [card], back=HERE)
