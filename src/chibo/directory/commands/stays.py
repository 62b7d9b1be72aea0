"""A temporary stay: what the receiving cell and the home cell hold of it ends together, whoever records it."""

from datetime import date

from django.db import IntegrityError, connection, transaction

from chibo.directory.commands.days import NotPossible
from chibo.members.models import Membership, TemporaryLeave, Transfer, TransferQuerySet

REFUSALS = {
    "not": "Việc chuyển này vừa được xử lý hoặc đã rút. Tải lại trang để xem.",
    "next": "Đã ghi một đợt sinh hoạt tạm thời khác ở chi bộ ấy trong những ngày này. Nhập ngày sớm hơn.",
    "moved": "Đồng chí này không còn ở chi bộ ấy, có thể vì chi bộ đã sáp nhập. Ghi ngày về ở trang đảng viên.",
}


def stays() -> TransferQuerySet:
    """Temporary transfers that were received."""
    return Transfer.objects.filter(kind=Transfer.Kind.TEMPORARY, outcome=Transfer.Outcome.CONFIRMED)


def stay_of(row: Membership | TemporaryLeave, last_day: date) -> Transfer | None:
    """The stay to which a row of the receiving or the home cell belongs, if it goes on after a day."""
    side = "to_cell" if isinstance(row, Membership) else "from_cell"
    mine = stays().filter(person_id=row.person_id, **{side: row.cell_id}, to_cell__isnull=False)
    return mine.filter(
        first_day__lte=last_day, last_day__gt=last_day, first_day__lt=row.validity.upper or date.max
    ).first()


def set_stay(stay: Transfer, last_day: date) -> None:
    """Let a stay last until a day, in both cells, through the one function that may write the rows of both.

    Raises:
        NotPossible: why the database did not.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT members_set_stay(%s::uuid, %s::date)", [stay.pk, last_day])
            answer = cursor.fetchone()[0]
    except IntegrityError as error:
        raise NotPossible(REFUSALS["next"], "last_day") from error
    if answer != "done":
        raise NotPossible(REFUSALS[answer])
