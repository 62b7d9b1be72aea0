"""Meetings: when and where, and the programme for whoever may read it now."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import localtime
from ninja import Router

from chibo.access.request import Request
from chibo.access.standing import found
from chibo.api import schemas
from chibo.api.paging import Cursor, Limit, moment, page
from chibo.api.routes.asking import ASKING_ONE, CHOOSING, Day, answers, named, within_the_calendar
from chibo.directory.history import readings
from chibo.lib.dates import ZONE
from chibo.meetings.models import Meeting
from chibo.meetings.models.gathering import begins_at
from chibo.meetings.prepare.programme import Line, programme
from chibo.meetings.prepare.views.finding import reads_programme

router = Router(tags=["Cuộc họp"])


@router.get(
    "meetings",
    response=answers(schemas.Meetings, CHOOSING),
    operation_id="meetings",
    summary="Lịch họp tôi được biết",
)
def meetings(
    request: Request,
    cell: UUID | None = None,
    since: Day | None = None,
    until: Day | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> schemas.Meetings:
    """The newest first; of one cell, and between two days, both in."""
    visible = Meeting.objects.visible_to(request.standing).select_related("cell").prefetch_related("parts")
    rows = visible.annotate(begins=begins_at())
    if cell is not None:
        rows = rows.filter(cell_id=cell)
    if since is not None:
        rows = rows.filter(begins__gte=_midnight(since))
    if until is not None:
        rows = rows.filter(begins__lt=_midnight(until) + timedelta(days=1))
    shown, following = page(rows, cursor, limit, key="begins", read=moment, backwards=True)
    return schemas.Meetings(items=[_line(one) for one in shown], next_cursor=following)


def _midnight(day: date) -> datetime:
    return datetime.combine(within_the_calendar(day), time(), ZONE)


def _line(one: Meeting) -> schemas.Meeting:
    return schemas.Meeting(
        id=one.pk,
        cell=named(one.cell),
        body=one.body,  # type: ignore[arg-type]
        title=one.title,
        period=one.period,
        day=one.day,
        starts_at=localtime(one.starts_at),
        place=one.place,
        state=one.state,  # type: ignore[arg-type]
        held_on_paper=one.held_on_paper,
        parts=[schemas.Part(kind=part.kind, theme=part.theme) for part in one.parts.all()],
    )


@router.get(
    "meetings/{uuid:meeting_id}",
    response=answers(schemas.MeetingPage, ASKING_ONE),
    operation_id="meeting",
    summary="Một cuộc họp, chương trình nếu được xem",
)
def meeting(request: Request, meeting_id: UUID) -> schemas.MeetingPage:
    """A program that reads a programme is no receipt: a person opens the page for that."""
    visible = Meeting.objects.visible_to(request.standing).select_related("cell", "chair").prefetch_related("parts")
    one = found(visible.filter(pk=meeting_id).first())
    parts = None
    if reads_programme(request, one):
        readings.note(request.standing, readings.What.PROGRAMME, one, cell_id=one.cell_id, meeting_id=one.pk)
        parts = [
            schemas.PartOfProgramme(
                kind=part.kind, name=part.name, theme=part.theme, items=[_item(line) for line in part.lines]
            )
            for part in programme(one).parts
        ]
    return schemas.MeetingPage(**_line(one).model_dump(), programme=parts)


def _item(line: Line) -> schemas.Item:
    item = line.item
    closed = bool(item.closed_paper)
    return schemas.Item(
        id=item.pk,
        number=line.number,
        kind=item.kind,
        work=item.work,
        title=item.title,
        text="" if closed else item.text,
        closed=closed,
        presenter=item.presented_by,
        minutes=item.minutes,
        questions=[] if closed else [one.text for one in line.questions],
        papers=[] if closed else [schemas.Paper(id=UUID(one.id), name=one.name, size=one.size) for one in line.papers],
    )
