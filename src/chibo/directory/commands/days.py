"""Dated facts: begun on a day, ended on a day, never overwritten."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from psycopg.types.range import DateRange

from chibo.lib.dates import format_date


class NotPossible(Exception):
    """What was asked cannot stand beside what is there; the message says so in Vietnamese and what to do.

    field: the field of the form beside which it is said; the first one when there is none.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def begin(model: type[models.Model], since: date, until: date | None = None, **fields: Any) -> Any:
    """Write a dated row. until: the last day, included; None while it lasts.

    Raises:
        NotPossible: the days run backwards, or such a row covers some of them already.
    """
    if until is not None and until < since:
        raise NotPossible(f"Ngày kết thúc {format_date(until)} trước ngày bắt đầu {format_date(since)}. Sửa lại một.")
    validity = DateRange(since, until + timedelta(days=1) if until else None)
    same = {name: value for name, value in fields.items() if name in ("person", "cell", "organisation", "office")}
    if model._default_manager.filter(**same, validity__overlap=validity).exists():
        raise NotPossible("Trong những ngày này đã có ghi như vậy rồi. Xem lại phần đang có ở trên.")
    try:
        with transaction.atomic():
            return model._default_manager.create(**fields, validity=validity)
    except IntegrityError as error:
        raise NotPossible("Những ngày này trùng với phần đã ghi trước. Xem lại phần đang có ở trên.") from error


def hold(row: models.Model, *fields: str) -> None:
    """Read these fields as they stand now, and keep the row from others until the transaction ends.

    What a page was opened with may be old: another of the committee has written since, or the same button was pressed
    twice.

    Raises:
        NotPossible: the row is gone.
    """
    rows = type(row)._base_manager.select_for_update(of=("self",))
    try:
        row.refresh_from_db(fields=fields, from_queryset=rows)
    except ObjectDoesNotExist as error:
        raise NotPossible("Phần này vừa có người xóa. Tải lại trang rồi xem lại.") from error


def end(row: Any, last_day: date) -> None:
    """End a dated row after its last day; a row that would not have lasted a day is removed.

    Raises:
        NotPossible: it ended earlier already.
    """
    hold(row, "validity")
    first, after = row.validity.lower, last_day + timedelta(days=1)
    if row.validity.upper is not None and row.validity.upper < after:
        raise NotPossible(f"Phần này đã kết thúc trước ngày {format_date(last_day)}.")
    if after <= first:
        row.delete()
        return
    row.validity = DateRange(first, after)
    row.save(update_fields=["validity"])
