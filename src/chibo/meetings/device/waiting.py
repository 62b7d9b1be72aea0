"""Before the minutes are signed: which devices may still hold something of the meeting."""

from django.db.models import F, Q

from chibo.meetings.models import Meeting, RoomDevice


def waiting_for(meeting: Meeting) -> list[RoomDevice]:
    """Devices that told of unsent entries, the most first, then those not heard from since the closing.

    A device that was made ready and never heard from again is among them: only its owner knows what is on it.
    """
    if meeting.closed_at is None:
        return []
    silent = Q(unsent__gt=0) | Q(last_heard_at__lt=meeting.closed_at)
    rows = RoomDevice.objects.present().filter(silent, meeting=meeting).select_related("person")
    return list(rows.order_by("-unsent", "last_heard_at"))


def devices_of(meeting: Meeting) -> list[RoomDevice]:
    """All devices of a meeting: what has something to send first, what was cut off last."""
    rows = RoomDevice.objects.filter(meeting=meeting).select_related("person")
    return list(rows.order_by(F("removed_at").asc(nulls_first=True), "-unsent", "person__sort_key", "registered_at"))
