"""What is taken out of the log after its time: what an event says besides who, when and what kind; readings.

The database does it by functions of its own (`access/audit_functions.py`): the application may change neither table.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from chibo.audit.events import record
from chibo.audit.sentences import register

# Events whose details are digests and numbers alone: seals are checked by them, so they are kept for ever. The
# database refuses to erase them too (access/audit_functions.py).
KEPT_WHOLE = ("minutes.completed", "minutes.sealed", "minutes.corrected")


@transaction.atomic
def erase_payloads(*, kinds: Sequence[str], before: datetime, chain: UUID, by: UUID | None = None) -> int:
    """Erase payload and salt of the events of some kinds before a moment; how many. The chains still verify.

    To be called in the system's scope. chain: the organisation in whose log the erasure is recorded.

    Raises DatabaseError for others than the system, and when the moment is not a month past.
    """
    erased = _call("SELECT audit_erase(%s, %s)", [[one for one in kinds if one not in KEPT_WHOLE], before])
    if erased:
        record("audit.payloads_erased", chain=chain, by=by, erased=erased, before=before.date())
    return erased


@transaction.atomic
def forget_readings(*, before: datetime, chain: UUID, by: UUID | None = None) -> int:
    """Delete the readings from outside before a moment; how many. Otherwise as `erase_payloads`."""
    erased = _call("SELECT audit_forget_readings(%s)", [before])
    if erased:
        record("audit.readings_forgotten", chain=chain, by=by, erased=erased, before=before.date())
    return erased


def _call(query: str, parameters: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        erased: int = cursor.fetchone()[0]
    return erased


def add_sentences() -> None:
    """Register the sentences of erasing (from AppConfig.ready)."""
    register(
        {
            "audit.payloads_erased": "xóa chi tiết của việc cũ trong nhật ký[: {erased} việc][, trước ngày {before}]",
            "audit.readings_forgotten": "xóa lượt xem từ bên ngoài đã hết hạn lưu[: {erased} lượt][, trước {before}]",
        }
    )
