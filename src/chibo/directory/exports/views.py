"""The pages of an export of a whole cell: the cell's committee asks and answers; the commune answers for one alone."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.hats import hat_for
from chibo.access.models import UPPER
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.directory.commands.days import NotPossible
from chibo.directory.exports.archive import whole_cell
from chibo.directory.exports.commands import (
    DAYS,
    answer_export,
    ask_export,
    is_alone,
    may_answer,
    note_taken,
    withdraw_export,
)
from chibo.directory.models import CellExport
from chibo.directory.spreadsheets.places import upper_place
from chibo.directory.views.cell import led_cell
from chibo.look import notices
from chibo.orgs.models import Organisation

# So many requests of before are shown.
SHOWN = 20


@login_required
@require_http_methods(["GET", "POST"])
def of_cell(request: Request) -> HttpResponse:
    """What was asked for in one's own cell, and the button to ask."""
    cell = led_cell(request)
    refusal = ""
    if request.method == "POST":
        try:
            ask_export(by=request.standing, cell=cell)
        except NotPossible as reason:
            refusal = str(reason)
        else:
            notices.done(request, "Đã gửi yêu cầu. Đồng chí tải được khi có người thứ hai đồng ý.")
            return redirect("/so-chi-bo/ho-so/")
    rows = _rows(request, CellExport.objects.visible_to(request.standing).filter(cell=cell))
    context: dict[str, Any] = {
        "cell": cell,
        "rows": rows,
        "waits": any(row["waits"] for row in rows),
        "takes": any(row["takes"] for row in rows),
        "alone": is_alone(cell),
        "days": DAYS,
        "refusal": refusal,
    }
    return render(request, "directory/exports/cell.html", context, status=422 if refusal else 200)


@login_required
@require_GET
def of_commune(request: Request) -> HttpResponse:
    """Requests of cells whose committee is one person: the commune's staff answer, and see none of the content."""
    hat_for(request, lambda hat: hat.role in UPPER)
    committee = upper_place(request).root
    below = CellExport.objects.visible_to(request.standing).filter(
        cell__in=Organisation.objects.cells().under([committee.path])
    )
    rows = [row for row in _rows(request, below) if row["answers"] or row["export"].answered_at]
    return render(request, "directory/exports/commune.html", {"committee": committee, "rows": rows})


def _rows(request: Request, exports: Any) -> list[dict[str, Any]]:
    shown = exports.select_related("cell", "asked_by", "answered_by").order_by("-asked_at")[:SHOWN]
    me = request.standing.me
    return [
        {
            "export": one,
            "waits": one.answered_at is None and one.withdrawn_at is None,
            "answers": one.answered_at is None and one.withdrawn_at is None and may_answer(request.standing, one),
            "takes": one.asked_by_id == me and one.is_open(),
            "open": one.is_open(),
            "mine": one.asked_by_id == me,
        }
        for one in shown
    ]


def _export(request: Request, export_id: UUID) -> CellExport:
    rows = CellExport.objects.visible_to(request.standing).select_related("cell")
    return found(rows.filter(pk=export_id).first())


@login_required
@require_POST
def allow(request: Request, export_id: UUID) -> HttpResponse:
    """Allow an export that another has asked for."""
    return _answer(request, export_id, allowed=True)


@login_required
@require_POST
def refuse(request: Request, export_id: UUID) -> HttpResponse:
    """Refuse it."""
    return _answer(request, export_id, allowed=False)


def _answer(request: Request, export_id: UUID, *, allowed: bool) -> HttpResponse:
    one = _export(request, export_id)
    try:
        answer_export(by=request.standing, export=one, allowed=allowed)
    except NotPossible as reason:
        notices.fail(request, str(reason))
    else:
        notices.done(request, f"Đã đồng ý, tải được trong {DAYS} ngày." if allowed else "Đã từ chối yêu cầu.")
    return redirect(_back(request, one))


@login_required
@require_POST
def close(request: Request, export_id: UUID) -> HttpResponse:
    """Withdraw a request, or close an export before its last day."""
    one = _export(request, export_id)
    withdraw_export(by=request.standing, export=one)
    notices.done(request, "Đã rút yêu cầu." if one.answered_at is None else "Đã đóng, không tải được nữa.")
    return redirect(_back(request, one))


def _back(request: Request, one: CellExport) -> str:
    return "/so-chi-bo/ho-so/" if request.standing.leads(one.cell_id) else "/chi-bo/ho-so/"


@login_required
@require_GET
def take(request: Request, export_id: UUID) -> HttpResponse:
    """The file, for whoever asked, as long as it is open; each time an event."""
    one = _export(request, export_id)
    require(one.asked_by_id == request.standing.me and request.standing.leads(one.cell_id) and one.is_open())
    content, files = whole_cell(request.standing, one.cell)
    note_taken(by=request.standing, export=one, files=files)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="ho-so-chi-bo.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
