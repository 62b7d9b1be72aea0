"""The tree: bodies that one may look at, their history, how many cells and members stand under them."""

from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from chibo.access.request import Request
from chibo.access.standing import found
from chibo.api import schemas
from chibo.api.paging import Cursor, Limit, page, plain_text
from chibo.api.problems import FieldProblem, Refusal
from chibo.api.routes.asking import ASKING_ONE, CHOOSING, answers, bodies_within, body_for
from chibo.directory.tree import browse, history
from chibo.directory.tree.places import ids_of
from chibo.lib.dates import local_date, today
from chibo.lib.vietnamese import fold
from chibo.orgs.models import Kind, Organisation

router = Router(tags=["Tổ chức"])
Search = Annotated[str, Query(max_length=100, description="Tên không cần dấu, hoặc đầu mã số.")]


@router.get(
    "organisations",
    response=answers(schemas.Organisations, CHOOSING),
    operation_id="organisations",
    summary="Các tổ chức tôi được xem",
)
def organisations(
    request: Request,
    parent: UUID | None = None,
    search: Search = "",
    dissolved: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> schemas.Organisations:
    """In Vietnamese order: all, those directly under one, or those that a search finds; those that stand, or all."""
    rows = Organisation.objects.filter(bodies_within(request.standing))
    if not dissolved:
        rows = rows.standing()
    if parent is not None:
        rows = rows.filter(parent_id=parent)
    if sought := _clean(search).strip():
        rows = rows.filter(folded__contains=fold(sought)) | rows.filter(code__startswith=sought)
    shown, following = page(rows, cursor, limit, key="sort_key", read=plain_text)
    return schemas.Organisations(items=[_line(one) for one in shown], next_cursor=following)


def _clean(search: str) -> str:
    try:
        return plain_text(search)
    except ValueError as error:
        raise Refusal("invalid", [FieldProblem(field="search", message="Bỏ ký tự lạ.")]) from error


def _line(one: Organisation) -> schemas.Organisation:
    return schemas.Organisation(
        id=one.pk,
        kind=one.kind,
        category=one.category,
        name=one.name,
        code=one.code,
        parent_id=one.parent_id,
        registered_day=one.registered_day,
        founded=one.founded,
        dissolved=one.dissolved,
    )


@router.get(
    "organisations/{uuid:organisation_id}",
    response=answers(schemas.OrganisationPage, ASKING_ONE),
    operation_id="organisation",
    summary="Một tổ chức",
)
def organisation(request: Request, organisation_id: UUID) -> schemas.OrganisationPage:
    """What stands above it, the root first; numbers of cells and members for whoever stands over it."""
    one = body_for(request, organisation_id)
    above = Organisation.objects.in_bulk(ids_of(one.path)[:-1])
    chain = [schemas.Named(id=key, name=above[key].name) for key in ids_of(one.path)[:-1]]
    numbers = _numbers(one) if request.standing.oversees(one.path) else None
    cells, members = (numbers.cells, numbers.members) if numbers else (None, None)
    return schemas.OrganisationPage(**_line(one).model_dump(), above=chain, cells=cells, members=members)


def _numbers(one: Organisation) -> browse.Numbers | None:
    if one.kind not in (Kind.CELL, Kind.DEPARTMENT):
        return browse.total(browse.numbers_by_child(one, today()))
    return browse.numbers_by_child(found(one.parent), today()).get(one.path)


@router.get(
    "organisations/{uuid:organisation_id}/history",
    response=answers(schemas.History, ASKING_ONE),
    operation_id="organisation_history",
    summary="Lịch sử một tổ chức",
)
def organisation_history(request: Request, organisation_id: UUID) -> schemas.History:
    """Each act as it concerned this body, by the names of its day, the newest first."""
    lines = [
        schemas.HistoryLine(
            id=line.act.pk,
            kind=line.act.kind,
            effective=line.act.effective,
            entered_on=local_date(line.act.entered_at),
            text=line.text,
            state=line.state,  # type: ignore[arg-type]
            note=line.note,
        )
        for line in history.history(body_for(request, organisation_id))
    ]
    return schemas.History(items=lines)
