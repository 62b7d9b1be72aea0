"""Introducing a member: to a cell here, to a place without Chibo, to another tenant."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
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
from chibo.look import notices
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
    sought = request.GET.get("tim", "").strip()[:100]
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
    """Cells by a part of their name or of the committee above, without marks; those of the own commune first."""
    words = fold(sought).split()
    rows = Organisation.objects.cells().filter(dissolved=None).exclude(pk=own.pk).select_related("parent")
    for word in words:
        rows = rows.filter(folded__contains=word) | rows.filter(parent__folded__contains=word)
    near = list(rows.filter(parent_id=own.parent_id).in_order()[:MOST_CELLS])
    far = list(rows.exclude(parent_id=own.parent_id).in_order()[: MOST_CELLS - len(near)])
    return [*near, *far]


def _form(request: Request, where: str, cells: list[Organisation]) -> TransferForm:
    if where == "giay":
        return ToPlaceForm(request.POST or None)
    if where == "don-vi":
        return ToTenantForm(request.POST or None)
    return ToCellForm(request.POST or None, cells=cells)
