"""What goes upward: the month of a commune's cells, figures of a month, numbers of members. Never a person."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from ninja import Router

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.api import schemas
from chibo.api.routes.asking import CHOOSING_ONE, Day, MonthText, answers, committee_for, named, period_of
from chibo.api.routes.cells import month
from chibo.directory.views.figures import COUNTED, line_above, lines_of
from chibo.home.commune import rows_under
from chibo.lib.dates import today
from chibo.meetings.models import Body
from chibo.members.figures import figures as reckon
from chibo.members.shown_above import end_of_month
from chibo.orgs.models import Kind, Organisation
from chibo.resolutions.figures import held_by_parent
from chibo.resolutions.models import MeetingFigures

router = Router(tags=["Số liệu"])


@router.get(
    "organisations/{uuid:organisation_id}/months",
    response=answers(schemas.MonthOfCells, CHOOSING_ONE),
    operation_id="months_under",
    summary="Tháng của các chi bộ trực thuộc",
)
def months_under(request: Request, organisation_id: UUID, period: MonthText | None = None) -> schemas.MonthOfCells:
    """Every cell under a committee of the commune, the late first. The province has figures instead."""
    body = committee_for(request, organisation_id)
    require(request.standing.covers(body.path))
    cells = [
        schemas.CellMonth(
            **month(row.month).model_dump(),
            cell=named(row.cell),
            expected=row.figures.expected if row.figures else None,
            present=row.figures.present if row.figures else None,
        )
        for row in rows_under(body, period_of(period), request.standing)
    ]
    return schemas.MonthOfCells(organisation=named(body), period=period_of(period), cells=cells)


@router.get(
    "organisations/{uuid:organisation_id}/figures",
    response=answers(schemas.Figures, CHOOSING_ONE),
    operation_id="figures",
    summary="Số liệu một tháng",
)
def figures(request: Request, organisation_id: UUID, period: MonthText | None = None) -> schemas.Figures:
    """How many cells have held the month's meeting, and who was there in numbers, committee by committee."""
    body, when = committee_for(request, organisation_id), period_of(period)
    cells = Organisation.objects.cells().in_month(when).under([body.path])
    of = dict(cells.values("parent_id").annotate(n=Count("id")).values_list("parent_id", "n"))
    rows = MeetingFigures.objects.visible_to(request.standing).filter(period=when, body=Body.CELL, cell__in=cells)
    # Where nobody knows who came, it is not known who did not: those called are no part of the sum either.
    known = rows.filter(present__isnull=False)
    sums = known.values("cell__parent_id").annotate(called=Sum("expected"), there=Sum("present"))
    there, held = {one["cell__parent_id"]: one for one in sums}, held_by_parent(rows)
    nothing = {"called": 0, "there": 0}
    committees = [
        schemas.CommitteeFigures(
            organisation=named(one),
            cells=of[one.pk],
            held=held.get(one.pk, 0),
            expected=there.get(one.pk, nothing)["called"],
            present=there.get(one.pk, nothing)["there"],
        )
        for one in Organisation.objects.filter(pk__in=of).in_order()
    ]
    return schemas.Figures(
        organisation=named(body),
        period=when,
        cells=sum(one.cells for one in committees),
        held=sum(one.held for one in committees),
        committees=committees,
    )


@router.get(
    "organisations/{uuid:organisation_id}/counts",
    response=answers(schemas.Counts, CHOOSING_ONE),
    operation_id="counts",
    summary="Số đảng viên một ngày",
)
def counts(request: Request, organisation_id: UUID, day: Day | None = None) -> schemas.Counts:
    """For the committee of a cell as they are; for whoever stands over a body in steps of five, of a month's end.

    Counts, never names."""
    body = found(Organisation.objects.exclude(kind=Kind.DEPARTMENT).filter(pk=organisation_id).first())
    when, standing = day or today(), request.standing
    if body.kind == Kind.CELL and standing.leads(body.pk):
        own = reckon(body, when).counts
        return _counted(body, when, 1, own)
    require(standing.oversees(body.path))
    when = end_of_month(when)
    below = Organisation.objects.cells().under([body.path]).values_list("pk", flat=True)
    lines = lines_of(when)
    living = [lines[pk] for pk in below if pk in lines]
    return _counted(body, when, len(living), line_above(living))


def _counted(body: Organisation, day: date, cells: int, counts: Any) -> schemas.Counts:
    numbers = {name: getattr(counts, name) for name in ("party_number", *COUNTED)}
    return schemas.Counts(organisation=named(body), day=day, cells=cells, **numbers)
