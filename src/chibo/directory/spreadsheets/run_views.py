"""One file on its way: what its columns hold, what it would do, how far it is, what is left to mend."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.directory.models import ImportPiece, ImportRun
from chibo.directory.spreadsheets import runs, staging, wrong
from chibo.directory.spreadsheets.forms import ColumnsForm, asks
from chibo.directory.spreadsheets.matching import Twice, match_columns
from chibo.directory.spreadsheets.places import Place
from chibo.directory.spreadsheets.views import look_or_wait, xlsx_file
from chibo.directory.tasks import import_list
from chibo.look import notices

State = ImportRun.State


def _run(request: Request, run_id: UUID) -> ImportRun:
    """One's own file, for a place whose lists one still keeps.

    Raises:
        Http404: it is another's, or gone, or the office has ended.
    """
    rows = ImportRun.objects.visible_to(request.standing).filter(person=request.standing.me)
    one = found(rows.filter(pk=run_id).select_related("organisation").first())
    require(runs.may_import(request.standing, one.organisation))
    return one


@login_required
@require_GET
def run(request: Request, run_id: UUID) -> HttpResponse:
    """Where a file is, and the next thing to do with it."""
    one = _run(request, run_id)
    if one.state == State.WRITING or (one.state == State.READ and not asks(one)):
        return render(request, "directory/spreadsheets/progress.html", _progress(one))
    return _page(request, one, ColumnsForm(run=one))


def _page(request: Request, one: ImportRun, form: ColumnsForm, status: int = 200) -> HttpResponse:
    tables = staging.tables_of(one, [])
    said = staging.problems_of(one.report)
    refused = staging.problems_of({"errors": one.report.get("refused", [])}).errors
    number_of_errors = one.report.get("number_of_errors", 0)
    wrong_pieces = one.pieces.of(ImportPiece.Part.WRONG)
    context: dict[str, Any] = {
        "run": one,
        "place": Place(one.organisation),
        "report": one.report,
        "errors": said.errors,
        "warnings": said.warnings,
        "refused": refused,
        "number_of_errors": number_of_errors + len(refused),
        "unlisted_errors": number_of_errors - len(said.errors),
        "unlisted_warnings": one.report.get("number_of_warnings", 0) - len(said.warnings),
        "form": form,
        "never": [heading for table in tables for heading in table.never],
        "unknown": [heading for table in tables for heading in table.unknown],
        "short": runs.is_short(one),
        "left": sum(wrong_pieces.values_list("rows", flat=True)),
        "has_wrong": wrong_pieces.exists(),
    }
    name = "columns" if one.state == State.READ else "done" if one.state in (State.DONE, State.CANCELLED) else "look"
    return render(request, f"directory/spreadsheets/{name}.html", context, status=status)


def _progress(one: ImportRun) -> dict[str, Any]:
    return {
        "run": one,
        "place": Place(one.organisation),
        "writing": one.state == State.WRITING,
        "bar_words": f"Đã nhập {one.written}/{one.to_write} hàng",
    }


@login_required
@require_POST
def columns(request: Request, run_id: UUID) -> HttpResponse:
    """Take what the person says the columns hold, remember it, look again."""
    one = _run(request, run_id)
    require(one.state in (State.READ, State.LOOKED))
    form = ColumnsForm(request.POST, run=one)
    if not form.is_valid():
        return _page(request, one, form, 422)
    try:
        match_columns(by=request.standing, run=one, keys=form.keys())
    except Twice as reason:
        form.add_error(None, str(reason))
        return _page(request, one, form, 422)
    look_or_wait(request, one)
    return redirect(f"/nhap-danh-sach/{one.pk}/")


@login_required
@require_POST
def write(request: Request, run_id: UUID) -> HttpResponse:
    """Write the right rows."""
    one = _run(request, run_id)
    if one.state == State.LOOKED and one.to_write:
        runs.start(by=request.standing, run=one, whole="whole" in request.POST)
        one.refresh_from_db()
        if one.state == State.WRITING:
            import_list.later(run=str(one.pk), person=str(one.person_id))
    return _after(request, one)


@login_required
@require_POST
def step(request: Request, run_id: UUID) -> HttpResponse:
    """Do the next piece now: asked by the page that waits, or by its button where no script runs."""
    one = _run(request, run_id)
    runs.advance(by=request.standing, run_id=one.pk)
    one.refresh_from_db()
    if "HX-Request" not in request.headers:
        return _after(request, one)
    if one.state not in (State.READ, State.WRITING):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "directory/spreadsheets/_bar.html", _progress(one))


def _after(request: Request, one: ImportRun) -> HttpResponse:
    """The page that follows: the list itself when all of it stands in the book, else what is left."""
    if one.state != State.DONE:
        return redirect(f"/nhap-danh-sach/{one.pk}/")
    rows = one.report.get("done", {}).get("rows", 0)
    notices.done(request, f"Đã nhập {rows} hàng." if rows else "Các hàng này đã có trong sổ, không đổi gì.")
    left = one.pieces.exists()
    return redirect(f"/nhap-danh-sach/{one.pk}/" if left else Place(one.organisation).back)


@login_required
@require_POST
def stop(request: Request, run_id: UUID) -> HttpResponse:
    """Write nothing, or nothing more."""
    one = _run(request, run_id)
    written = one.report.get("done", {}).get("rows", 0)
    if one.state not in (State.DONE, State.CANCELLED):
        runs.stop(by=request.standing, run=one)
    notices.done(request, f"Đã dừng. {written} hàng đã nhập trước đó vẫn ở trong sổ." if written else "Không nhập gì.")
    return redirect(Place(one.organisation).back)


@login_required
@require_GET
def wrong_rows(request: Request, run_id: UUID) -> HttpResponse:
    """The rows to mend as a file of the same columns, with what is wrong in the last one."""
    one = _run(request, run_id)
    sheets = wrong.sheets(one)
    require(bool(sheets))
    return xlsx_file("can-sua.xlsx", *sheets)
