"""A cell's year, and the list of members of one's own cell."""

from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from chibo.access.models import TermOfOffice
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.access.visible import visible
from chibo.api import schemas
from chibo.api.routes.asking import ASKING_ONE, CHOOSING_ONE, answers, cell_for, named
from chibo.lib.dates import today
from chibo.meetings.months import MonthOfCell, months_of_year
from chibo.members.models import Contact
from chibo.members.roster import roster
from chibo.orgs.models import Organisation

router = Router(tags=["Chi bộ"])
YearNumber = Annotated[int | None, Query(ge=1945, le=2100, description="Năm; để trống là năm nay.")]


def month(one: MonthOfCell) -> schemas.Month:
    """A month as every page reckons it."""
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
    """Held, held late, being held, late, coming, or nothing.

    A cell sees itself late sooner than those above see it."""
    cell = cell_for(request, cell_id)
    number = year or today().year
    months, _ = months_of_year(cell, number, request.standing)
    return schemas.Year(cell=named(cell), year=number, months=[month(one) for one in months])


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
