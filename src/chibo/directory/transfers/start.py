"""Introducing a member: to a cell here, to a place without Chibo, to another tenant."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.request import Request
from chibo.access.standing import found
from chibo.directory.commands.days import NotPossible
from chibo.directory.transfers.commands import start_transfer
from chibo.directory.transfers.forms import ToCellForm, ToPlaceForm, ToTenantForm, TransferForm
from chibo.directory.transfers.views import PAGE
from chibo.directory.views.cell import led_cell
from chibo.lib.dates import today
from chibo.lib.vietnamese import fold
from chibo.look import notices, searching
from chibo.members.models import KnownTenant, Membership
from chibo.orgs.models import Organisation

# Where to: the word of the address, what it is called.
WHERE = {"chi-bo": "Chi bộ có trong Chibo", "giay": "Nơi chưa dùng Chibo", "don-vi": "Tỉnh khác dùng Chibo"}
MOST_CELLS = 20


@login_required
@require_http_methods(["GET", "POST"])
def start(request: Request, person_id: UUID) -> HttpResponse:
    """One page: where to first, then how, from when."""
    cell = led_cell(request)
    home = Membership.objects.filter(cell=cell, person_id=person_id, validity__contains=today())
    membership = found(home.exclude(kind=Membership.Kind.TEMPORARY).select_related("person", "cell").first())
    where = request.GET.get("noi", "chi-bo")
    found(WHERE.get(where))
    sought = searching.sought(request)
    cells = _cells(cell, sought) if where == "chi-bo" and sought else []
    form = _form(request, where, cells)
    if request.method == "POST" and form.is_valid():
        try:
            row = start_transfer(by=request.standing, membership=membership, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(reason.field if reason.field in form.fields else "kind", str(reason))
        else:
            notices.done(request, f"Đã giới thiệu đồng chí {row.full_name}. Chờ nơi đến tiếp nhận.")
            return redirect(f"{PAGE}{row.pk}/")
    context: dict[str, Any] = {
        "cell": cell,
        "person": membership.person,
        "form": form,
        "where": where,
        "choices": WHERE.items(),
        "sought": sought,
        "cells": cells,
        "most": MOST_CELLS,
        "tenants": where != "don-vi" or KnownTenant.objects.exists(),
    }
    return render(request, "directory/transfers/start.html", context, status=422 if form.is_bound else 200)


def _cells(own: Organisation, sought: str) -> list[Organisation]:
    """Cells by words of their name, then by words of the committee above too; without marks, the own commune first."""
    rows = Organisation.objects.cells().filter(dissolved=None).exclude(pk=own.pk).select_related("parent")
    near = Case(When(parent_id=own.parent_id, then=0), default=1)
    by_name, by_both = Q(), Q()
    for word in fold(sought).split():
        by_name &= Q(folded__contains=word)
        by_both &= Q(folded__contains=word) | Q(parent__folded__contains=word)
    found = list(rows.filter(by_name).order_by(near, "sort_key", "id")[:MOST_CELLS])
    others = rows.filter(by_both).exclude(by_name).order_by(near, "sort_key", "id")
    return [*found, *others[: MOST_CELLS - len(found)]]


def _form(request: Request, where: str, cells: list[Organisation]) -> TransferForm:
    if where == "giay":
        return ToPlaceForm(request.POST or None)
    if where == "don-vi":
        return ToTenantForm(request.POST or None)
    return ToCellForm(request.POST or None, cells=cells)
