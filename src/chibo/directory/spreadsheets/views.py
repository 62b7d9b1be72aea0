"""Import and export on the screen: a cell's committee for its own cell, the commune for what stands under it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.hats import hat_of
from chibo.access.models import UPPER
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.directory.history import readings
from chibo.directory.spreadsheets import carried, export
from chibo.directory.spreadsheets.commands import import_rows, note_export
from chibo.directory.spreadsheets.forms import FileForm, SinceForm
from chibo.directory.spreadsheets.importing import Import, plan_import, read_file
from chibo.directory.spreadsheets.problems import Problems, Unreadable
from chibo.directory.spreadsheets.tables import Table
from chibo.directory.spreadsheets.workbook import IN_A_REQUEST
from chibo.directory.views.cell import led_cell
from chibo.lib.dates import today
from chibo.look import notices
from chibo.orgs.models import Organisation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Of very many names the first are listed; all are counted.
LISTED = 200
# What the committee of each cell keeps, in words.
WITHHELD = {"phone": "điện thoại", "exempt": "miễn sinh hoạt", "post": "chức vụ đơn vị"}


@dataclass(frozen=True)
class Place:
    """Where an import is made: for whom, and the addresses around it."""

    root: Organisation
    of_commune: bool

    @property
    def back(self) -> str:
        return "/chi-bo/" if self.of_commune else "/so-chi-bo/dang-vien/"

    @property
    def back_name(self) -> str:
        return "Chi bộ" if self.of_commune else "Đảng viên"

    @property
    def files(self) -> str:
        return "/chi-bo/" if self.of_commune else "/so-chi-bo/"


def _own_cell(request: Request) -> Place:
    return Place(led_cell(request), of_commune=False)


def _commune(request: Request) -> Place:
    """The committee whose hat is on.

    Raises:
        Http404: none of a commune's committee or staff is.
    """
    hat = found(hat_of(request))
    require(hat.role in UPPER)
    return Place(Organisation.objects.get(pk=hat.organisation_id), of_commune=True)


@login_required
@require_http_methods(["GET", "POST"])
def import_cell(request: Request) -> HttpResponse:
    """Import the members of one's own cell."""
    return _import(request, _own_cell(request))


@login_required
@require_http_methods(["GET", "POST"])
def import_commune(request: Request) -> HttpResponse:
    """Import cells and members of a commune."""
    return _import(request, _commune(request))


def _import(request: Request, place: Place) -> HttpResponse:
    """Ask for a file; show what it would do; write the right rows when told to."""
    if request.method == "GET":
        return _page(request, place, FileForm())
    if "rows" in request.POST:
        return _confirm(request, place)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    problems = Problems()
    try:
        tables = read_file(form.cleaned_data["file"], IN_A_REQUEST, problems)
    except Unreadable as reason:
        form.add_error("file", str(reason))
        return _page(request, place, form, status=422)
    return _look(request, place, form, tables, problems)


def _look(request: Request, place: Place, form: SinceForm, tables: list[Table], problems: Problems) -> HttpResponse:
    """What the file would do. The rows travel in the page, without those that are wrong."""
    read = _plan(request, place, form, tables, problems)
    wrong = set(read.problems.rows())
    for table in tables:
        table.lines = [line for line in table.lines if (table.sheet, line.row) not in wrong]
    rows = carried.pack(tables, person=request.standing.me, root=place.root.pk) if read.writes else ""
    return _page(request, place, form, read=read, rows=rows)


def _confirm(request: Request, place: Place) -> HttpResponse:
    """Write the rows that were looked at, held once more against what is there by now."""
    form = SinceForm(request.POST)
    tables = carried.unpack(request.POST["rows"], person=request.standing.me, root=place.root.pk)
    if tables is None or not form.is_valid():
        notices.fail(request, "Trang xem trước đã cũ nên chưa nhập gì. Chọn lại tệp rồi xem lại.")
        return _page(request, place, FileForm(), status=422)
    read = _plan(request, place, form, tables, Problems())
    refused = import_rows(by=request.standing, root=place.root, found=read, since=_since(form))
    written = read.writes - len(refused)
    notices.done(request, f"Đã nhập {written} hàng." if written else "Các hàng này đã có trong sổ, không đổi gì.")
    if refused or read.problems.errors:
        read.problems.errors.extend(refused)
        return _page(request, place, FileForm(), read=read, after=True)
    return redirect(place.back)


def _since(form: SinceForm) -> date:
    """From when people belong to their cell where no row says it; the form says that it will be so."""
    given: date | None = form.cleaned_data["since"]
    return given or today().replace(month=1, day=1)


def _plan(request: Request, place: Place, form: SinceForm, tables: list[Table], problems: Problems) -> Import:
    return plan_import(
        tables,
        problems,
        by=request.standing,
        root=place.root,
        since=_since(form),
        kind_for_all=form.cleaned_data["kind_for_all"],
    )


def _page(
    request: Request,
    place: Place,
    form: SinceForm,
    *,
    read: Import | None = None,
    rows: str = "",
    after: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "place": place, "form": form, "read": read, "rows": rows, "after": after, "listed": LISTED,
        "new_form": form if isinstance(form, FileForm) and read is None else FileForm(),
    }  # fmt: skip
    if read is not None:
        context |= {
            "added": read.people.added,
            "changed": read.people.changed,
            "bodies": read.organisations.entries,
            "same": read.people.same + read.organisations.same,
            "withheld": ", ".join(WITHHELD[one] for one in WITHHELD if one in read.people.withheld),
            "never": [heading for table in read.tables for heading in table.never],
            "unknown": [heading for table in read.tables for heading in table.unknown],
            "matched": [heading for table in read.tables for heading in table.matched],
            "several_cells": len({one.cell.id for one in read.people.added}) > 1,
        }
    return render(request, "directory/spreadsheets/import.html", context, status=status)


@login_required
@require_GET
def export_cell(request: Request) -> HttpResponse:
    """The members of one's own cell."""
    place = _own_cell(request)
    people = export.people_rows(request.standing, [place.root])
    note_export(by=request.standing, root=place.root, people=len(people))
    return _file("dang-vien.xlsx", ("Đảng viên", export.PEOPLE_COLUMNS, people))


@login_required
@require_GET
def export_commune(request: Request) -> HttpResponse:
    """The cells of a commune and their members."""
    place = _commune(request)
    below = Organisation.objects.under([place.root.path]).filter(dissolved=None).exclude(pk=place.root.pk)
    bodies = list(below.select_related("parent").in_order())
    cells = [one for one in bodies if one.kind == "cell"]
    people = export.people_rows(request.standing, cells)
    note_export(by=request.standing, root=place.root, people=len(people))
    readings.note_cells(request.standing, readings.What.EXPORT, cells)
    return _file(
        "chi-bo-va-dang-vien.xlsx",
        ("Tổ chức", export.ORGANISATION_COLUMNS, export.organisation_rows(bodies)),
        ("Đảng viên", export.PEOPLE_COLUMNS, people),
    )


@login_required
@require_GET
def form_of_cell(request: Request) -> HttpResponse:
    """An empty list to fill in; the cell need not be named in it."""
    _own_cell(request)
    return _file("mau-dang-vien.xlsx", ("Đảng viên", export.PEOPLE_COLUMNS[2:], []))


@login_required
@require_GET
def form_of_commune(request: Request) -> HttpResponse:
    """Two empty lists to fill in."""
    _commune(request)
    return _file(
        "mau-chi-bo-va-dang-vien.xlsx",
        ("Tổ chức", export.ORGANISATION_COLUMNS, []),
        ("Đảng viên", export.PEOPLE_COLUMNS, []),
    )


def _file(name: str, *sheets: Any) -> HttpResponse:
    answer = HttpResponse(export.workbook(*sheets), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
