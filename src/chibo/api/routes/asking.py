"""What the routes share: the errors that they declare, months as parameters, bodies and cells that one may look at."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q
from ninja import Query
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from chibo.access.request import Request
from chibo.access.standing import Standing, found, require
from chibo.api import schemas
from chibo.api.problems import Problem
from chibo.directory.tree import browse
from chibo.lib.dates import month_start, today
from chibo.orgs.models import Kind, Organisation

# Every refusal that a route may answer with, for the document.
ASKING = frozenset({400, 401, 403, 429})
ASKING_ONE = ASKING | {404}
CHOOSING = ASKING | {422}
CHOOSING_ONE = ASKING | {404, 422}

# A month as it is written in addresses; the first of them and the last that the calendar is asked for.
MONTH = r"^(19[0-9][0-9]|20[0-9][0-9])-(0[1-9]|1[0-2])$"
MonthText = Annotated[str, Query(pattern=MONTH, min_length=7, max_length=7, description="Tháng, dạng 2026-12.")]
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


def _only_a_day(typed: object) -> object:
    """pydantic would take any number for a moment of 1970."""
    if isinstance(typed, str) and not DAY.fullmatch(typed):
        raise PydanticCustomError("date_parsing", "not a day")
    return typed


Day = Annotated[date, BeforeValidator(_only_a_day)]


def answers(one: Any, refusals: frozenset[int]) -> dict[Any, Any]:
    """The answers of a route: its own, and the refusals."""
    return {200: one, refusals: Problem}


def period_of(text: str | None) -> date:
    """The first day of a month written so; of this month where none is."""
    return month_start(today()) if text is None else date.fromisoformat(f"{text}-01")


def within_the_calendar(day: date) -> date:
    """A day that can be turned into a moment: the year 1 and the year 9999 cannot everywhere."""
    return min(max(day, EARLIEST), LATEST)


def named(one: Organisation) -> schemas.Named:
    """A body by id and name."""
    return schemas.Named(id=one.pk, name=one.name)


def cells_inside(by: Standing) -> tuple[UUID, ...]:
    """The cells that one belongs to, leads or follows."""
    return (*by.member_cells, *by.committee_cells, *by.followed_cells)


def bodies_within(by: Standing) -> Q:
    """The bodies whose page is open to a person: `browse.may_look`, for lists."""
    where = Q(pk__in=cells_inside(by))
    for path in (*by.commune_paths, *by.province_paths):
        where |= Q(path__gte=path, path__lt=path + "~")
    return where


def body_for(request: Request, body_id: UUID) -> Organisation:
    """A body whose page is open to the person.

    Raises:
        Http404: it is not.
    """
    body = found(Organisation.objects.select_related("parent").filter(pk=body_id).first())
    require(browse.may_look(request.standing, body))
    return body


def cell_for(request: Request, cell_id: UUID) -> Organisation:
    """A cell whose schedule the person may read: from inside, as its follower, or from the commune above.

    Raises:
        Http404: it is no cell, or not theirs. The province sees figures alone.
    """
    cell = found(Organisation.objects.cells().filter(pk=cell_id).first())
    require(cell.pk in cells_inside(request.standing) or request.standing.covers(cell.path))
    return cell


def committee_for(request: Request, body_id: UUID) -> Organisation:
    """A body above the cells that the person's office stands over.

    Raises:
        Http404: it is not.
    """
    above = Organisation.objects.exclude(kind__in=(Kind.CELL, Kind.DEPARTMENT))
    body = found(above.filter(pk=body_id).first())
    require(request.standing.oversees(body.path))
    return body
