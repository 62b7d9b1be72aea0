"""Resolutions and conclusions that are signed."""

from datetime import date
from uuid import UUID

from ninja import Router

from chibo.access.request import Request
from chibo.access.standing import found
from chibo.api import schemas
from chibo.api.paging import Cursor, Limit, page
from chibo.api.routes.asking import ASKING_ONE, CHOOSING, Day, answers, named
from chibo.directory.history import readings
from chibo.lib.dates import local_date
from chibo.resolutions.models import Resolution

router = Router(tags=["Nghị quyết"])
TEXTS = ("ideology", "political_tasks", "praise", "shortcomings", "direction", "implementation", "conclusion")


@router.get(
    "resolutions",
    response=answers(schemas.Resolutions, CHOOSING),
    operation_id="resolutions",
    summary="Nghị quyết, kết luận đã ký tôi được đọc",
)
def resolutions(
    request: Request,
    cell: UUID | None = None,
    since: Day | None = None,
    until: Day | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> schemas.Resolutions:
    """By the month that they lead, the newest first; of one cell, and between two days, both in."""
    rows = Resolution.objects.visible_to(request.standing).filter(signed_at__isnull=False).select_related("cell")
    if cell is not None:
        rows = rows.filter(cell_id=cell)
    if since is not None:
        rows = rows.filter(period__gte=since)
    if until is not None:
        rows = rows.filter(period__lte=until)
    shown, following = page(rows, cursor, limit, key="period", read=date.fromisoformat, backwards=True)
    return schemas.Resolutions(items=[_line(one) for one in shown], next_cursor=following)


def _line(one: Resolution) -> schemas.Resolution:
    return schemas.Resolution(
        id=one.pk,
        kind=one.kind,  # type: ignore[arg-type]
        number=one.number,
        cell=named(one.cell),
        meeting_id=one.meeting_id,
        period=one.period,
        signed_on=local_date(one.signed_at),  # type: ignore[arg-type]
    )


@router.get(
    "resolutions/{uuid:resolution_id}",
    response=answers(schemas.ResolutionPage, ASKING_ONE),
    operation_id="resolution",
    summary="Một nghị quyết, kết luận",
)
def resolution(request: Request, resolution_id: UUID) -> schemas.ResolutionPage:
    """With its text, part by part, under the headings of the paper."""
    visible = Resolution.objects.visible_to(request.standing).filter(signed_at__isnull=False).select_related("cell")
    one = found(visible.filter(pk=resolution_id).first())
    readings.note(request.standing, readings.What.TASKS, one, cell_id=one.cell_id, meeting_id=one.meeting_id)
    sections = [
        schemas.Section(title=str(Resolution._meta.get_field(name).verbose_name), text=text)  # type: ignore[union-attr]
        for name in TEXTS
        if (text := getattr(one, name))
    ]
    return schemas.ResolutionPage(**_line(one).model_dump(), sections=sections)
