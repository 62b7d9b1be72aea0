"""The log on the screen: of the cell, of one object, of one's own acts; who read from outside."""

from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chibo.access.request import Request
from chibo.access.standing import found
from chibo.access.visible import visible
from chibo.audit.models import Event, Reading
from chibo.directory.history.forms import FilterForm
from chibo.directory.history.lines import by_day, lines_of, reading_lines
from chibo.directory.history.objects import source_of
from chibo.directory.views.cell import led_cell

ON_A_PAGE = 50

M = TypeVar("M", bound=Model)


def _page(request: Request, rows: "QuerySet[M]") -> tuple[list[M], dict[str, Any]]:
    """A page of rows, and the addresses of the pages beside it with the same filter."""
    asked = request.GET.get("trang", "")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    shown = list(rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE + 1])
    kept = [(key, value) for key, value in request.GET.items() if key != "trang" and value]

    def address(to: int) -> str:
        return "?" + urlencode([*kept, ("trang", to)])

    pages = {
        "number": number,
        "newer": address(number - 1) if number > 1 else "",
        "older": address(number + 1) if len(shown) > ON_A_PAGE else "",
    }
    return shown[:ON_A_PAGE], pages


@login_required
@require_GET
def of_cell(request: Request) -> HttpResponse:
    """What was done in the cell, by day, the newest first; for its committee."""
    cell, form = led_cell(request), FilterForm(request.GET or None)
    events = visible(Event.objects.filter(chain=cell.pk), request.standing).order_by("-at", "-seq")
    rows, pages = _page(request, events.none() if form.errors else form.apply(events, request.standing.me))
    context = {
        "cell": cell,
        "form": form,
        "days": by_day(lines_of(rows, request.standing)),
        "pages": pages,
    }
    return render(request, "directory/history/cell.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def from_outside(request: Request) -> HttpResponse:
    """Who from outside read or took out something of the cell; for its committee."""
    cell = led_cell(request)
    readings = visible(Reading.objects.filter(cell_id=cell.pk), request.standing).order_by("-hour", "-id")
    rows, pages = _page(request, readings)
    context = {"cell": cell, "days": by_day(reading_lines(rows, request.standing)), "pages": pages}
    return render(request, "directory/history/outside.html", context)


@login_required
@require_GET
def of_oneself(request: Request) -> HttpResponse:
    """One's own acts, and what one has read of cells that one does not belong to."""
    me = request.standing.me
    events = visible(Event.objects.filter(actor_id=me), request.standing).order_by("-at", "-id")
    rows, pages = _page(request, events)
    readings = visible(Reading.objects.filter(person_id=me), request.standing).order_by("-hour", "-id")
    context = {
        "days": by_day(lines_of(rows, request.standing, own=True)),
        "readings": by_day(reading_lines(list(readings[:ON_A_PAGE]), request.standing, own=True)),
        "pages": pages,
    }
    return render(request, "directory/history/own.html", context)


@login_required
@require_GET
def of_object(request: Request, slug: str, object_id: UUID) -> HttpResponse:
    """What was done to one thing, in order; the committee of its cell sees all, others their own acts."""
    source = found(source_of(slug))
    named = found(source.namer([object_id], request.standing).get(object_id))
    about = Q(object_id=object_id) | Q(about_id=object_id)
    events = visible(Event.objects.filter(about), request.standing).order_by("at", "seq")
    rows, pages = _page(request, events)
    whole = named.cell_id in request.standing.committee_cells
    context = {
        "named": named,
        "word": source.word,
        "days": by_day(lines_of(rows, request.standing, without=object_id)),
        "pages": pages,
        "whole": whole,
    }
    return render(request, "directory/history/object.html", context)
