"""The part of `verify` that holds signed minutes against what was signed."""

import json
from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from chibo.audit.chains import Break
from chibo.audit.models import Event
from chibo.meetings.minutes.freeze import Tampered, check_frozen
from chibo.meetings.models import Minutes

TOGETHER = 200


def minutes_breaks() -> Iterator[Break]:
    """Signed minutes whose sections are not those that were signed, or whose root is not that of the cell's chain."""
    signed = iter(Minutes.objects.filter(meeting__signed_at__isnull=False).order_by("id").iterator(chunk_size=TOGETHER))
    while batch := list(islice(signed, TOGETHER)):
        recorded = _recorded_roots([one.meeting_id for one in batch])
        for minutes in batch:
            if (why := _why_not(minutes, recorded.get(minutes.meeting_id, ""))) is not None:
                yield Break(minutes.meeting_id, 0, why)


def _why_not(minutes: Minutes, recorded: str) -> str | None:
    try:
        check_frozen(minutes)
    except Tampered:
        return "biên bản đã ký bị đổi"
    # Without an event (minutes from before there were any) or with an erased one the root stands alone.
    changed = bool(recorded) and recorded != bytes(minutes.root or b"").hex()
    return "biên bản khác với lúc ký đủ" if changed else None


def _recorded_roots(meetings: list[UUID]) -> dict[UUID, str]:
    """The roots that the cells' chains hold, by meeting."""
    rows = Event.objects.filter(kind="minutes.completed", object_id__in=meetings, payload__isnull=False)
    found = rows.values_list("object_id", "payload")
    return {meeting: json.loads(payload).get("root", "") for meeting, payload in found if meeting and payload}
