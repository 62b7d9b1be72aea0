"""Home pages, one for each hat: the one next thing, with its date."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from chibo.access.hats import followed_by, hat_for, hat_of
from chibo.access.models import CELL_COMMITTEE, UPPER, Office, StaffSession
from chibo.access.request import Request
from chibo.access.standing import Hat
from chibo.access.visible import visible
from chibo.directory.two_people.views import told
from chibo.home import cell, commune, following, province
from chibo.lib.dates import now
from chibo.orgs.models import Kind
from chibo.privacy.requests.views import waiting_notice


@login_required
@require_GET
def home(request: Request) -> HttpResponse:
    """The page that a person begins at; which one, the hat decides."""
    hat = hat_of(request)
    if hat is None:
        if request.user.is_operator:
            return redirect("/may-chu/")
        if request.standing.inspected_meetings:
            return redirect("/cua-kiem-tra/")
        return render(request, "home/nothing.html")
    if hat.role in CELL_COMMITTEE:
        context = cell.secretary_context(request, hat.organisation_id)
        told_here = told(request.standing, hat.organisation_id)
        return render(request, "home/secretary.html", context | _data_requests(request) | told_here)
    if hat.role == Office.PROVINCE_STAFF or hat.organisation_kind == Kind.PROVINCE:
        context = province.context(hat.organisation_id)
        return render(request, "home/province.html", context | _above(request))
    if hat.role in UPPER:
        context = commune.month_context(request, hat.organisation_id)
        return render(request, "home/commune.html", context | _above(request))
    if hat.role == Office.FOLLOWER:
        if len(followed_by(request.standing)) > 1:
            return _overview(request)
        return render(request, "home/follower.html", cell.follower_context(request, hat.organisation_id))
    context = cell.member_context(request, hat.organisation_id)
    return render(request, "home/member.html", context | told(request.standing))


def _above(request: Request) -> dict[str, Any]:
    """What those above the cells are told where they begin."""
    return _data_requests(request) | _staff_session(request) | told(request.standing)


def _data_requests(request: Request) -> dict[str, Any]:
    """What waits of requests about personal data, for whoever answers them."""
    return {"data_requests": waiting_notice(request.standing)}


def _staff_session(request: Request) -> dict[str, Any]:
    """The newest staff session of a week: those above the cells are told of it where they begin."""
    recent = StaffSession.objects.filter(begun_at__gt=now() - timedelta(days=7))
    return {"staff_session": visible(recent, request.standing).order_by("-begun_at").first()}


@login_required
@require_GET
def followed(request: Request) -> HttpResponse:
    """All cells that a person follows, those that need help first; of one cell, its own page."""
    hat = hat_for(request, _follows)
    if len(followed_by(request.standing)) > 1:
        return _overview(request)
    return redirect(f"/phu-trach/{hat.organisation_id}/")


def _overview(request: Request) -> HttpResponse:
    return render(request, "home/followed.html", following.context(request.standing))


def _follows(hat: Hat) -> bool:
    return hat.role == Office.FOLLOWER


@login_required
@require_GET
def followed_cell(request: Request, id: UUID) -> HttpResponse:
    """One cell as its follower sees it, with the hat of that cell put on."""
    hat = hat_for(request, lambda one: _follows(one) and one.organisation_id == id)
    context = cell.follower_context(request, hat.organisation_id)
    return render(request, "home/follower.html", context | {"one_of": len(followed_by(request.standing))})


@login_required
@require_GET
def schedule(request: Request) -> HttpResponse:
    """The month of all cells of a commune, for reading and printing."""
    hat = hat_of(request)
    if hat is None or hat.role not in UPPER:
        return redirect("/")
    context = commune.month_context(request, hat.organisation_id, request.GET.get("thang"))
    return render(request, "home/schedule.html", context)
