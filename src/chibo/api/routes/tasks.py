"""Tasks, and the one thing that a program may write: how far one's own task is."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Prefetch
from django.utils.timezone import localtime
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field, ValidationError

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.api import schemas
from chibo.api.paging import Cursor, Limit, page
from chibo.api.problems import FieldProblem, Problem, Refusal, field_problems
from chibo.api.routes.asking import ASKING_ONE, CHOOSING, answers, named
from chibo.directory.history import readings
from chibo.lib.dates import local_date, today
from chibo.members.models import Person
from chibo.resolutions.board.commands import report_progress
from chibo.resolutions.board.forms import ProgressForm
from chibo.resolutions.board.lines import shows_who
from chibo.resolutions.models import Progress, Review, Task, TaskHelper

router = Router(tags=["Công việc"])
State = Annotated[Literal["", "open", "overdue", "settled"], Query(description="Đang làm, quá hạn, đã kết luận.")]
Mine = Annotated[bool, Query(description="Chỉ việc tôi chủ trì. Không lọc được theo người khác.")]


@router.get(
    "tasks",
    response=answers(schemas.Tasks, CHOOSING),
    operation_id="tasks",
    summary="Các việc tôi được biết",
)
def tasks(
    request: Request,
    cell: UUID | None = None,
    state: State = "",
    mine: Mine = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> schemas.Tasks:
    """The soonest due first; of one cell, of one state, of one's own."""
    rows = _visible(request)
    if cell is not None:
        rows = rows.filter(cell_id=cell)
    if mine:
        rows = rows.filter(lead_id=request.standing.person_id)
    if state:
        rows = rows.filter(settled_at__isnull=state != "settled")
    if state == "overdue":
        rows = rows.filter(due__lt=today())
    shown, following = page(rows, cursor, limit, key="due", read=date.fromisoformat)
    cells = {one.cell_id: one.cell for one in shown}
    readings.note_cells(request.standing, readings.What.TASKS, cells.values())
    return schemas.Tasks(items=[_line(request, one) for one in shown], next_cursor=following)


def _visible(request: Request) -> Any:
    """The given tasks that the person may see, with their words."""
    said = Progress.objects.filter(withdrawn_at__isnull=True).select_related("by", "on_behalf_of").order_by("at", "id")
    visible = Task.objects.visible_to(request.standing).given()
    return visible.select_related("lead", "cell").prefetch_related(Prefetch("progress", said))


def _person(one: Person) -> schemas.Named:
    return schemas.Named(id=one.pk, name=one.full_name)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _word(one: Progress, shown: bool = True) -> schemas.Progress:
    return schemas.Progress(
        id=one.pk,
        state=one.state,  # type: ignore[arg-type]
        amount=_number(one.amount),
        note=one.note,
        by=_person(one.by) if shown else None,
        on_behalf_of=_person(one.on_behalf_of) if shown and one.on_behalf_of else None,
        at=localtime(one.at),
    )


def _line(request: Request, one: Task) -> schemas.Task:
    said, shown = list(one.progress.all()), shows_who(one, request.standing)
    return schemas.Task(
        id=one.pk,
        cell=named(one.cell),
        meeting_id=one.meeting_id,
        what=one.what,
        lead=_person(one.lead) if shown else None,
        mine=one.lead_id == request.standing.person_id,
        due=one.due,
        days_late=one.days_late if one.settled_at is None else 0,
        settled_on=local_date(one.settled_at) if one.settled_at else None,
        latest=_word(said[-1], shown) if said else None,
    )


@router.get(
    "tasks/{uuid:task_id}",
    response=answers(schemas.TaskPage, ASKING_ONE),
    operation_id="task",
    summary="Một việc",
)
def task(request: Request, task_id: UUID) -> schemas.TaskPage:
    """What was decided, what was said of it since, what meetings found."""
    rows = _visible(request).prefetch_related(
        "milestones",
        Prefetch("helper_rows", TaskHelper.objects.select_related("person")),
        Prefetch("reviews", Review.objects.that_count()),
    )
    one: Task = found(rows.filter(pk=task_id).first())
    readings.note(request.standing, readings.What.TASKS, one, cell_id=one.cell_id, meeting_id=one.meeting_id)
    shown = shows_who(one, request.standing)
    helpers = [row.person.full_name for row in one.helper_rows.all()] if shown else []
    return schemas.TaskPage(
        **_line(request, one).model_dump(),
        how_checked=one.how_checked,
        target=_number(one.target),
        unit=one.unit,
        helpers=[*helpers, *([one.helpers_text] if one.helpers_text else [])],
        milestones=[schemas.Milestone(what=step.what, due=step.due) for step in one.milestones.all()],
        progress=[_word(said, shown) for said in one.progress.all()],
        reviews=[_review(review) for review in one.reviews.all()],
    )


def _review(one: Review) -> schemas.Review:
    return schemas.Review(
        meeting_id=one.meeting_id,
        result=one.result,  # type: ignore[arg-type]
        cause=one.cause,
        due_then=one.due_then,
        new_due=one.new_due,
    )


class ProgressSent(Schema):
    """How far the task is. amount: only where the task has a target."""

    model_config = ConfigDict(extra="forbid")

    state: schemas.ProgressState
    amount: float | None = Field(None, ge=0, lt=10_000_000_000)
    note: str = Field("", max_length=500)


@router.post(
    "tasks/{uuid:task_id}/progress",
    response={201: schemas.Progress, ASKING_ONE | {409, 413, 422}: Problem},
    operation_id="report_progress",
    summary="Báo tiến độ việc của mình",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": ProgressSent.model_json_schema()}},
        }
    },
)
def report(request: Request, task_id: UUID) -> Status[schemas.Progress]:
    """Only whoever leads the task; for others it is said on the page, where it is marked as said for them."""
    one: Task = found(_visible(request).filter(pk=task_id).first())
    require(one.lead_id == request.standing.me)
    sent = _sent(request)
    if one.settled_at is not None:
        raise Refusal("settled")
    data = {name: value for name, value in sent.model_dump().items() if value is not None}
    form = ProgressForm(data, task=one)
    if not form.is_valid():
        errors = [FieldProblem(field=name, message=str(each[0])) for name, each in form.errors.items()]
        raise Refusal("invalid", errors)
    if sent.amount is not None and one.target is None:
        no_target = FieldProblem(field="amount", message="Việc này không có chỉ tiêu bằng số. Bỏ số này.")
        raise Refusal("invalid", [no_target])
    word = report_progress(
        task=one,
        state=form.cleaned_data["state"],
        amount=form.cleaned_data.get("amount"),
        note=form.cleaned_data["note"],
        by=request.standing,
    )
    return Status(201, _word(word))


def _sent(request: Request) -> ProgressSent:
    """The body, read after the right was asked for: whoever may not send here learns nothing of what fits.

    Raises:
        Refusal: it is no JSON, or not what fits.
    """
    try:
        return ProgressSent.model_validate_json(request.body)
    except ValidationError as error:
        if any(one["type"] == "json_invalid" for one in error.errors()):
            raise Refusal("malformed") from error
        raise Refusal("invalid", field_problems(error.errors(include_input=False))) from error
