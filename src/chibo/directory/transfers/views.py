"""The transfers of a cell: what waits for it, what it has started, receiving, answering."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.request import Request
from chibo.access.standing import found
from chibo.directory.commands.days import NotPossible
from chibo.directory.transfers import commands, crossing, package, paper
from chibo.directory.transfers.forms import (
    ConfirmForm,
    EndStayForm,
    ExtendForm,
    NoteForm,
    PackageForm,
    ReceivedForm,
    ReceiveForm,
    proposed,
)
from chibo.directory.views.cell import led_cell
from chibo.lib.dates import today
from chibo.look import notices
from chibo.members.models import KnownTenant, Transfer
from chibo.orgs.models import Organisation

PAGE = "/so-chi-bo/chuyen-sinh-hoat/"
Outcome = Transfer.Outcome
Save = Callable[[dict[str, Any]], None]


@login_required
@require_GET
def transfers(request: Request) -> HttpResponse:
    """What waits for this cell first, then what waits for others, stays that go on, what is settled."""
    cell = led_cell(request)
    rows = list(commands.transfers_of(cell, request.standing).order_by("-started_on", "-id")[:200])
    stays = [row for row in rows if _goes_on(row)]
    context = {
        "cell": cell,
        "waiting": [row for row in rows if row.is_pending and row.to_cell_id == cell.pk],
        "started": [row for row in rows if row.is_pending and row.from_cell_id == cell.pk],
        "stays": stays,
        "settled": [row for row in rows if row.outcome and row not in stays][:30],
        "today": today(),
    }
    return render(request, "directory/transfers/transfers.html", context)


def _goes_on(row: Transfer) -> bool:
    """A temporary stay that has not ended."""
    return row.outcome == Outcome.CONFIRMED and row.last_day is not None and row.last_day >= today()


@dataclass(frozen=True)
class Act:
    """Something that one side may do now: its form, what it does, what is said after."""

    form: type[forms.Form]
    save: Save
    done: str
    initial: dict[str, Any] | None = None

    def bound(self, request: Request, name: str) -> forms.Form:
        """The form, filled where it is the one that was sent."""
        sent = request.method == "POST" and request.POST.get("act") == name
        return self.form(
            request.POST if sent else None, request.FILES if sent else None, prefix=name, initial=self.initial
        )


def _acts(request: Request, cell: Organisation, row: Transfer) -> dict[str, Act]:
    """What this cell may do with the transfer now, by name."""
    by, receives, sends = request.standing, row.to_cell_id == cell.pk, row.from_cell_id == cell.pk
    found: dict[str, Act] = {}

    def act(name: str, form: type[forms.Form], done: str, command: Callable[..., None], **initial: Any) -> None:
        def save(fields: dict[str, Any]) -> None:
            command(by=by, transfer=row, **fields)

        found[name] = Act(form, save, done, initial or None)

    name = row.full_name
    if row.is_pending and receives:
        taken = f"Đã tiếp nhận đồng chí {name}."
        act("confirm", ConfirmForm, taken, commands.confirm_transfer, **proposed(row.first_day))
        act("return", NoteForm, f"Đã trả lại giới thiệu của đồng chí {name}.", commands.return_transfer)
    elif row.is_pending and sends:
        if row.tenant:
            act("answer", PackageForm, "Đã nạp gói trả lời.", _load_answer)
        elif row.to_cell_id is None:
            act("received", ReceivedForm, f"Đã ghi nơi đến tiếp nhận đồng chí {name}.", paper.record_received)
            act("returned", NoteForm, f"Đã ghi nơi đến trả lại đồng chí {name}.", paper.record_returned)
        act("withdraw", forms.Form, f"Đã rút giới thiệu của đồng chí {name}.", commands.withdraw_transfer)
    elif _goes_on(row) and row.from_cell_id and row.to_cell_id:
        if sends:
            act("extend", ExtendForm, f"Đã gia hạn cho đồng chí {name}.", commands.extend_stay)
        act("end", EndStayForm, f"Đã ghi ngày về của đồng chí {name}.", commands.end_stay)
    return found


def _load_answer(*, by: Any, transfer: Transfer, file: Any) -> None:
    crossing.load_answer(by=by, transfer=transfer, content=file.read())


@login_required
@require_http_methods(["GET", "POST"])
def transfer(request: Request, transfer_id: UUID) -> HttpResponse:
    """One transfer: how it stands, and what this side may do now."""
    cell = led_cell(request)
    row = found(commands.transfers_of(cell, request.standing).filter(pk=transfer_id).first())
    acts = _acts(request, cell, row)
    bound = {name: act.bound(request, name) for name, act in acts.items()}
    if request.method == "POST":
        sent = found(acts.get(request.POST.get("act", "")))
        form = bound[request.POST["act"]]
        if form.is_valid():
            try:
                sent.save(form.cleaned_data)
            except NotPossible as reason:
                # What stands in no field (withdrawing) is said above.
                form.add_error(reason.field if reason.field in form.fields else None, str(reason))
            else:
                notices.done(request, sent.done)
                return redirect(f"{PAGE}{row.pk}/")
    context = {
        "cell": cell,
        "row": row,
        "forms": bound,
        "sent": bound.get(request.POST.get("act", "")),
        "receives": row.to_cell_id == cell.pk,
        "late": row.is_pending and row.due < today(),
        "tenant": KnownTenant.objects.filter(fingerprint=row.tenant).first() if row.tenant else None,
    }
    return render(
        request, "directory/transfers/transfer.html", context, status=422 if request.method == "POST" else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def receive(request: Request) -> HttpResponse:
    """Enter a member who comes with a paper from a place without Chibo."""
    cell = led_cell(request)
    form = ReceiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = paper.receive(by=request.standing, cell=cell, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(reason.field if reason.field in form.fields else "code", str(reason))
        else:
            notices.done(request, f"Đã tiếp nhận đồng chí {row.full_name}.")
            return redirect(PAGE)
    context = {"cell": cell, "form": form}
    return render(request, "directory/transfers/receive.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def download(request: Request, transfer_id: UUID, what: str) -> HttpResponse:
    """The package of a transfer that goes to another tenant, or the answer to one that came."""
    cell = led_cell(request)
    sides = Q(from_cell=cell, outcome="") if what == "gioi-thieu" else Q(to_cell=cell) & ~Q(outcome="")
    rows = commands.transfers_of(cell, request.standing).filter(sides, pk=transfer_id).exclude(tenant="")
    row = found(rows.select_related("person", "from_cell__parent").first())
    to = found(KnownTenant.objects.filter(fingerprint=row.tenant).first())
    content = package.introduction_of(row, to) if what == "gioi-thieu" else package.answer_to(row, to)
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{what}-{str(row.pk)[-12:]}.json"'
    return response
