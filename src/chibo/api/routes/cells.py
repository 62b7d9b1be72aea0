"""A cell's year, and the list of members of one's own cell."""

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from chibo.access.models import TermOfOffice
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.access.visible import visible
from chibo.api import schemas
from chibo.api.routes.asking import ASKING_ONE, CHOOSING_ONE, answers, cell_for, named
from chibo.home.month import MonthOfCell, meetings_of_months, month_of_cell
from chibo.lib.dates import today
from chibo.members.models import Contact
from chibo.members.roster import roster
from chibo.orgs.models import Organisation
from chibo.rules.models import Rule

router = Router(tags=["Chi bộ"])
YearNumber = Annotated[int | None, Query(ge=1945, le=2100, description="Năm; để trống là năm nay.")]


def month(one: MonthOfCell) -> schemas.Month:
    """A month as home reckons it."""
    return schemas.Month(
        period=one.period,
        state=one.state,  # type: ignore[arg-type]
        day=one.day,
        days_late=one.days,
        meeting_id=one.meeting_id,
        announced=one.announced,
    )


@router.get(
    "cells/{uuid:cell_id}/months",
    response=answers(schemas.Year, CHOOSING_ONE),
    operation_id="months_of_cell",
    summary="Mười hai tháng của một chi bộ",
)
def months_of_cell(request: Request, cell_id: UUID, year: YearNumber = None) -> schemas.Year:
    """Held, held late, late, coming, or nothing known. A cell sees itself late sooner than those above see it."""
    cell = cell_for(request, cell_id)
    number = year or today().year
    book = Rule.objects.book(today(), cell.path_ids)
    inside = request.standing.leads(cell.pk) or request.standing.belongs(cell.pk)
    grace = book.number("late_grace_days_own" if inside else "late_grace_days_upward")
    periods = [date(number, n, 1) for n in range(1, 13)]
    held = meetings_of_months([cell.pk], (periods[0], periods[-1]), request.standing)
    months = [month(month_of_cell(cell, one, held.get((cell.pk, one)), grace)) for one in periods]
    return schemas.Year(cell=named(cell), year=number, months=months)


@router.get(
    "cells/{uuid:cell_id}/members",
    response=answers(schemas.Members, ASKING_ONE),
    operation_id="members_of_cell",
    summary="Danh sách đảng viên chi bộ mình",
)
def members_of_cell(request: Request, cell_id: UUID) -> schemas.Members:
    """As the page of the list gives it: phones as each allows, to the committee all."""
    standing = request.standing
    cell = found(Organisation.objects.cells().filter(pk=cell_id).first())
    require(standing.belongs(cell.pk) or standing.leads(cell.pk))
    lines = roster(cell, today())
    ids = [line.person_id for line in lines]
    phones = dict(visible(Contact.objects.filter(person__in=ids), standing).values_list("person_id", "phone"))
    offices = _offices(cell, ids)
    items = [
        schemas.Member(
            id=line.person_id,
            name=line.full_name,
            kind=line.kind,  # type: ignore[arg-type]
            exempt=line.exempt,
            away=line.away,
            phone=phones.get(line.person_id, ""),
            offices=offices.get(line.person_id, []),
        )
        for line in lines
    ]
    return schemas.Members(cell=named(cell), items=items)


def _offices(cell: Organisation, people: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for term in TermOfOffice.objects.on(today()).committee_of(cell).filter(person__in=people):
        found.setdefault(term.person_id, []).append(term.office)
    return found
