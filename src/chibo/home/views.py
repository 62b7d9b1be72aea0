"""Home pages, one for each hat: the one next thing, with its date."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from chibo.access.hats import hat_of
from chibo.access.models import CELL_COMMITTEE, UPPER, Office, StaffSession
from chibo.access.request import Request
from chibo.access.visible import visible
from chibo.directory.two_people.views import told
from chibo.home import cell, commune, province
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
def schedule(request: Request) -> HttpResponse:
    """The month of all cells of a commune, for reading and printing."""
    hat = hat_of(request)
    if hat is None or hat.role not in UPPER:
        return redirect("/")
    context = commune.month_context(request, hat.organisation_id, request.GET.get("thang"))
    return render(request, "home/schedule.html", context)
