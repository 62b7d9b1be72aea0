"""Lists in pages: each page ends with a cursor, which is the place of its last row and means nothing else."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from ninja import Query

from chibo.api.problems import FieldProblem, Refusal

MOST_ROWS = 100
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Số dòng mỗi trang.")]
Cursor = Annotated[str, Query(max_length=2000, description="Giá trị next_cursor của trang trước; trang đầu để trống.")]
M = TypeVar("M", bound=Model)
Read = Callable[[str], Any]


def page(
    rows: "QuerySet[M]", cursor: str, limit: int, *, key: str, read: Read, backwards: bool = False
) -> tuple[list[M], str | None]:
    """The rows after a cursor, and the cursor of the page after them.

    key: the field that the list is ordered by; ids decide between equals. read: how a cursor's text becomes its value.

    Raises:
        Refusal: the cursor is none of ours.
    """
    if cursor:
        value, pk = _read(cursor, read)
        way = "lt" if backwards else "gt"
        rows = rows.filter(Q(**{f"{key}__{way}": value}) | Q(**{key: value, f"pk__{way}": pk}))
    sign = "-" if backwards else ""
    shown = list(rows.order_by(f"{sign}{key}", f"{sign}pk")[: limit + 1])
    following = _write(getattr(shown[limit - 1], key), shown[limit - 1].pk) if len(shown) > limit else None
    return shown[:limit], following


def _write(value: Any, pk: UUID) -> str:
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return base64.urlsafe_b64encode(json.dumps([text, str(pk)]).encode()).decode().rstrip("=")


def _read(cursor: str, read: Read) -> tuple[Any, UUID]:
    try:
        text, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return read(text), UUID(pk)
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        wrong = FieldProblem(field="cursor", message="Lấy đúng giá trị next_cursor của trang trước.")
        raise Refusal("invalid", [wrong]) from error


def plain_text(text: str) -> str:
    """A cursor's or a search's text as the database takes it.

    Raises:
        ValueError: it holds what no text of ours holds.
    """
    if not isinstance(text, str) or "\0" in text:
        raise ValueError
    text.encode()  # half of a pair is no letter: UnicodeEncodeError is a ValueError
    return text


def moment(text: str) -> datetime:
    """A moment with its zone, as this list writes it.

    Raises:
        ValueError: it is none.
    """
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or not 1900 <= found.year <= 2200:
        raise ValueError
    return found
