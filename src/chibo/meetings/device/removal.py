"""Cutting a device off, taking it back, and saying that what it holds may go."""

import json
from typing import Any

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import now
from chibo.meetings.device import late
from chibo.meetings.device.exchange import take
from chibo.meetings.device.incoming import Batch, Incoming
from chibo.meetings.models import Meeting, RoomDevice, SetAside, State
from chibo.meetings.room.commands import locked

OVER = (State.SIGNED, State.CANCELLED)


class TooLate(Exception):
    """The minutes are signed, or the keys of the device are erased: it cannot come back."""


@transaction.atomic
def remove(*, device: RoomDevice, by: Standing) -> None:
    """Cut a device off: the next time it asks it hears so, hands over what it has and opens no more. Its owner may, and
    the committee and chair of the meeting.

    Raises:
        Http404: none of these.
    """
    meeting = device.meeting
    may = by.leads(meeting.cell_id) or by.me in (device.person_id, meeting.chair_id)
    require(may)
    if device.removed_at is None:
        device.removed_at, device.removed_by = now(), by.person_id
        device.save(update_fields=["removed_at", "removed_by"])
        events.record("meeting.device_removed", **_said(device, by))


def may_return(meeting: Meeting, by: Standing) -> bool:
    """Whether someone says what becomes of a device that was cut off: committee, chair and clerk of the meeting."""
    return by.leads(meeting.cell_id) or by.me in (meeting.chair_id, meeting.clerk_id)


@transaction.atomic
def take_back(*, device: RoomDevice, by: Standing) -> int:
    """Take a device back that was cut off: it goes on where it was, and what it handed over joins the meeting; how many
    entries that is.

    Raises:
        Http404: not by right. TooLate: the minutes are signed, or its keys are gone.
    """
    meeting = device.meeting
    locked(meeting)
    require(may_return(meeting, by))
    if meeting.state in OVER or device.given_up_at is not None or device.unlock is None:
        raise TooLate
    if device.removed_at is None:
        return 0
    device.removed_at = device.removed_by = None
    device.save(update_fields=["removed_at", "removed_by"])
    taken = take(meeting=meeting, device=device, batch=Batch(entries=list(_handed_over(device))), by=by)
    late.joined(meeting, taken.as_kept, by)
    events.record("meeting.device_taken_back", **_said(device, by))
    return len(taken.as_kept)


def _handed_over(device: RoomDevice) -> list[Incoming]:
    """What a device that was cut off has sent, as it was sent."""
    rows = SetAside.objects.waiting().filter(meeting=device.meeting, device=device.pk, why=SetAside.Why.CUT_OFF)
    return [_as_sent(row) for row in rows.order_by("counter")]


def _as_sent(row: SetAside) -> Incoming:
    payload = json.loads(row.payload or "{}")
    return Incoming(row.entry, row.counter, row.kind, payload, row.at or now(), row.seen or 0, as_sent=True)


@transaction.atomic
def give_up(*, device: RoomDevice, by: Standing) -> None:
    """Let a device that was cut off forget what it holds: it was lost, or nothing on it is needed.

    Raises:
        Http404: not by right.
    """
    require(may_return(device.meeting, by))
    if device.removed_at is not None and device.given_up_at is None:
        device.given_up_at = now()
        device.save(update_fields=["given_up_at"])
        events.record("meeting.device_given_up", **_said(device, by))


def forgets(device: RoomDevice, meeting: Meeting) -> bool:
    """Whether a device that was cut off may forget what it has handed over; else it keeps it, encrypted."""
    return device.given_up_at is not None or meeting.state in OVER


def _said(device: RoomDevice, by: Standing) -> dict[str, Any]:
    """What every event about a device says."""
    meeting, whose = device.meeting, str(device.person_id)
    return {"chain": meeting.cell_id, "by": by.person_id, "obj": meeting, "person": whose}
