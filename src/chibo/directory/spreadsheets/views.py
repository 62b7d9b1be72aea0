"""Lists in Excel on the screen: choosing a file or pasting rows, taking lists out, forms to fill in."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.request import Request
from chibo.directory.history import readings
from chibo.directory.models import ImportRun
from chibo.directory.spreadsheets import export, runs
from chibo.directory.spreadsheets.commands import note_export
from chibo.directory.spreadsheets.forms import FileForm, asks
from chibo.directory.spreadsheets.importing import read_file, read_pasted
from chibo.directory.spreadsheets.matching import remembered
from chibo.directory.spreadsheets.places import Place, own_cell_place, upper_place
from chibo.directory.spreadsheets.problems import Problems, Unreadable
from chibo.directory.spreadsheets.tables import Table
from chibo.directory.tasks import import_list
from chibo.lib.dates import today
from chibo.orgs.models import Kind, Organisation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_http_methods(["GET", "POST"])
def import_cell(request: Request) -> HttpResponse:
    """Import the members of one's own cell."""
    return _import(request, own_cell_place(request))


@login_required
@require_http_methods(["GET", "POST"])
def import_above(request: Request) -> HttpResponse:
    """Import bodies, members and offices of what stands under a commune or a province."""
    return _import(request, upper_place(request))


def _import(request: Request, place: Place) -> HttpResponse:
    """Ask for a file; keep what was read of it; its own page says what it would do."""
    if request.method == "GET":
        return _page(request, place, FileForm(megabytes=place.megabytes))
    form = FileForm(request.POST, request.FILES, megabytes=place.megabytes)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    problems = Problems()
    try:
        tables = _read(request, place, form, problems)
    except Unreadable as reason:
        form.add_error("pasted" if form.cleaned_data["pasted"] else "file", str(reason))
        return _page(request, place, form, status=422)
    since: date | None = form.cleaned_data["since"]
    run = runs.begin(
        by=request.standing,
        root=place.root,
        tables=tables,
        problems=problems,
        since=since or today().replace(month=1, day=1),
        kind_for_all=form.cleaned_data["kind_for_all"],
    )
    # What a person must say first is asked first.
    if not asks(run):
        look_or_wait(request, run)
    return redirect(f"/nhap-danh-sach/{run.pk}/")


def _read(request: Request, place: Place, form: FileForm, problems: Problems) -> list[Table]:
    matching = remembered(request.standing, place.root)
    if file := form.cleaned_data["file"]:
        return read_file(file, place.limits, problems, matching)
    return read_pasted(form.cleaned_data["pasted"], place.limits, problems, matching)


def look_or_wait(request: Request, run: ImportRun) -> None:
    """Look at a short file now; a long one is worked off beside."""
    if runs.is_short(run):
        runs.look(by=request.standing, run=run)
    else:
        import_list.later(run=str(run.pk), person=str(run.person_id))


def _page(request: Request, place: Place, form: FileForm, *, status: int = 200) -> HttpResponse:
    under_way = ImportRun.objects.visible_to(request.standing).filter(
        person=request.standing.me, organisation=place.root, state__in=(ImportRun.State.READ, ImportRun.State.WRITING)
    )
    context: dict[str, Any] = {"place": place, "form": form, "under_way": under_way.first()}
    return render(request, "directory/spreadsheets/choose.html", context, status=status)


@login_required
@require_GET
def export_cell(request: Request) -> HttpResponse:
    """The members of one's own cell."""
    place = own_cell_place(request)
    people = export.people_rows(request.standing, [place.root])
    note_export(by=request.standing, root=place.root, people=len(people))
    return xlsx_file("dang-vien.xlsx", ("Đảng viên", export.PEOPLE_COLUMNS, people))


@login_required
@require_GET
def export_above(request: Request) -> HttpResponse:
    """The bodies under a committee, who holds which office, and of a commune the members; a province has figures."""
    place = upper_place(request)
    below = Organisation.objects.under([place.root.path]).filter(dissolved=None).exclude(pk=place.root.pk)
    bodies = list(below.select_related("parent").in_order())
    cells = [] if place.of_province else [one for one in bodies if one.kind == Kind.CELL]
    people = export.people_rows(request.standing, cells)
    note_export(by=request.standing, root=place.root, people=len(people))
    readings.note_cells(request.standing, readings.What.EXPORT, cells)
    sheets: list[Any] = [("Tổ chức", export.ORGANISATION_COLUMNS, export.organisation_rows(bodies))]
    if not place.of_province:
        sheets.append(("Đảng viên", export.PEOPLE_COLUMNS, people))
    sheets.append(("Chức vụ", export.OFFICE_COLUMNS, export.office_rows([place.root, *bodies])))
    return xlsx_file("danh-sach.xlsx", *sheets)


@login_required
@require_GET
def form_of_cell(request: Request) -> HttpResponse:
    """An empty list to fill in; the cell need not be named in it."""
    own_cell_place(request)
    return xlsx_file("mau-dang-vien.xlsx", ("Đảng viên", export.PEOPLE_COLUMNS[2:], []))


@login_required
@require_GET
def form_above(request: Request) -> HttpResponse:
    """Empty lists to fill in."""
    upper_place(request)
    return xlsx_file(
        "mau-danh-sach.xlsx",
        ("Tổ chức", export.ORGANISATION_COLUMNS, []),
        ("Đảng viên", export.PEOPLE_COLUMNS, []),
        ("Chức vụ", export.OFFICE_COLUMNS, []),
    )


def xlsx_file(name: str, *sheets: Any) -> HttpResponse:
    """A file to take away, kept nowhere on the way."""
    answer = HttpResponse(export.workbook(*sheets), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
