"""Số liệu đảng viên: the figures of a cell on a day, each with its rule and the reason for each person; and upward, a
line a cell without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chibo.access.hats import organisation_for
from chibo.access.models import ABOVE_CELLS
from chibo.access.request import Request
from chibo.directory.forms import DayForm
from chibo.directory.views.cell import led_cell
from chibo.lib.dates import today
from chibo.members.figures import CellFigures, figures
from chibo.members.shown_above import end_of_month, in_steps
from chibo.orgs.models import Kind, Organisation
from chibo.rules.book import RuleBook, RuleText
from chibo.rules.models import Rule

PARTY_NUMBER, BASE = "definition_party_number", "vote_base_exclusions"


@dataclass(frozen=True)
class Figure:
    """One number, what it counts, the rule that says so."""

    label: str
    number: int
    rule: RuleText | None = None


def _figures_shown(reckoned: CellFigures, book: RuleBook) -> list[Figure]:
    """The numbers in the order in which minutes name them (domain.md 3.3)."""
    counts = reckoned.counts
    return [
        Figure("Đảng số", counts.party_number, book.get(PARTY_NUMBER)),
        Figure("Chính thức", counts.official),
        Figure("Dự bị", counts.probationary, book.get("vote_by_probationary_members")),
        Figure("Được miễn sinh hoạt", counts.exempt, book.get("exemption_by_resolution")),
        Figure("Tạm đi nơi khác", counts.away, book.get("temporary_transfer_months")),
        Figure("Sinh hoạt tạm thời đến", counts.temporary, book.get("vote_by_temporary_members")),
        Figure("Bị đình chỉ sinh hoạt", counts.suspended),
        Figure("Triệu tập họp", counts.expected),
        Figure("Cơ sở tính khi biểu quyết", reckoned.base.size, book.get(BASE)),
    ]


def _day(request: Request) -> tuple[date, DayForm]:
    """The day that is asked for, today's where none is given or what was typed is no day."""
    form = DayForm(request.GET if "ngay" in request.GET else {"ngay": today().isoformat()})
    return (form.cleaned_data["ngay"] if form.is_valid() else today()), form


@login_required
@require_GET
def cell_figures(request: Request) -> HttpResponse:
    """The figures of the own cell on a day, with one line a person; for the committee."""
    cell = led_cell(request)
    day, form = _day(request)
    book = Rule.objects.book(day, cell.path_ids)
    rule = book.get(BASE)
    reckoned = figures(cell, day, rule.value) if rule else figures(cell, day)
    context: dict[str, Any] = {
        "cell": cell,
        "day": day,
        "form": form,
        "figures": _figures_shown(reckoned, book),
        "people": reckoned.people,
        "apart": [one for one in reckoned.people if not one.counts_throughout],
        "whole": [one for one in reckoned.people if one.counts_throughout],
        "arithmetic": reckoned.base.arithmetic_sentence(),
    }
    return render(request, "directory/figures.html", context, status=200 if form.is_valid() else 422)


@dataclass(frozen=True)
class CellLine:
    """One cell's counts, as the function of the database gives them: no names."""

    cell: UUID
    official: int
    probationary: int
    temporary: int
    exempt: int
    away: int
    expected: int
    overdue: int

    @property
    def party_number(self) -> int:
        """Đảng số (domain.md 2.8)."""
        return self.official + self.probationary


def lines_of(day: date) -> dict[UUID, CellLine]:
    """The counts of every cell that stood on the day and that the office of this session covers, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cell, official, probationary, temporary, exempt, away, expected, overdue FROM members_figures(%s)",
            [day],
        )
        return {row[0]: CellLine(*row) for row in cursor.fetchall()}


@dataclass(frozen=True)
class LineAbove:
    """The counts of a body as they are shown above it: in steps of five, None for fewer; đảng số as it is.

    official: only where those on probation are five, as đảng số less the official is their number.
    """

    party_number: int
    official: int | None
    probationary: int | None
    temporary: int | None
    exempt: int | None
    away: int | None
    expected: int | None


COUNTED = ("official", "probationary", "temporary", "exempt", "away", "expected")


def line_above(*levels: Sequence[CellLine]) -> LineAbove:
    """The sum of some cells as it is shown above them. levels: these cells, and what of their sums is shown beside."""
    total = {name: sum(getattr(line, name) for line in levels[0]) for name in COUNTED}
    shown = {
        name: in_steps(total[name], *([getattr(one, name) for one in level] for level in levels)) for name in total
    }
    if shown["probationary"] is None:
        shown["official"] = None
    return LineAbove(sum(line.party_number for line in levels[0]), **shown)


@dataclass
class Total:
    """A committee with the sum of its cells, for the province; or one cell."""

    organisation: Organisation
    cells: int
    line: LineAbove
    overdue: int


@login_required
@require_GET
def figures_below(request: Request) -> HttpResponse:
    """Cell by cell for a commune; commune by commune for the province. Counts of the end of a month, never names."""
    body = organisation_for(request, lambda hat: hat.role in ABOVE_CELLS)
    asked, form = _day(request)
    day = end_of_month(asked)
    below = Organisation.objects.cells().under([body.path]).in_order()
    lines = lines_of(day)
    living = [one for one in below.only("id", "name", "path", "kind", "parent_id") if one.pk in lines]
    held = (
        _by_committee(body, living, lines)
        if body.kind == Kind.PROVINCE
        else {one.pk: [lines[one.pk]] for one in living}
    )
    waiting = lines if asked == day else lines_of(asked)  # transfers that wait are work to do: of the day itself
    late = {pk: line.overdue for pk, line in waiting.items()}
    overdue = {pk: sum(late.get(line.cell, 0) for line in rows) for pk, rows in held.items()}
    places = Organisation.objects.filter(pk__in=held).in_order()
    context = {
        "body": body,
        "day": day,
        "form": form,
        "rows": [Total(one, len(held[one.pk]), line_above(held[one.pk]), overdue[one.pk]) for one in places],
        "total": line_above([lines[one.pk] for one in living], [_sum(pk, rows) for pk, rows in held.items()]),
        "overdue": sum(overdue.values()),
        "cells": len(living),
    }
    return render(request, "directory/figures_below.html", context, status=200 if form.is_valid() else 422)


def _by_committee(
    body: Organisation, cells: list[Organisation], lines: dict[UUID, CellLine]
) -> dict[UUID, list[CellLine]]:
    """The cells by the committee that stands directly under the province."""
    depth = body.path.count("/")
    held: dict[UUID, list[CellLine]] = {}
    for cell in cells:
        held.setdefault(UUID(cell.path.split("/")[depth]), []).append(lines[cell.pk])
    return held


def _sum(key: UUID, lines: list[CellLine]) -> CellLine:
    return CellLine(key, **{name: sum(getattr(line, name) for line in lines) for name in (*COUNTED, "overdue")})
