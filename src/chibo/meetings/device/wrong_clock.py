"""A device whose clock was wrong as it recorded, and right as it sent: what it sent is marked until somebody says which
time is right (decision 0049). The order of meaning never depends on it.
"""

from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from uuid import UUID

from chibo.access.scope import system_scope
from chibo.lib.dates import now
from chibo.meetings.device.incoming import CLOCKS_DIFFER
from chibo.meetings.models import Meeting, RoomDevice
from chibo.meetings.room import log
from chibo.meetings.room.fold import THE_SERVER, Record
from chibo.meetings.room.moments import DOUBT

# From the planned beginning, before and after: the evening of a meeting.
EVENING = timedelta(hours=12)
# What the minutes take a time from, or the clock of an item.
TELLING = ("open", "close", "abort", "read", "item")


def doubt(meeting: Meeting, device: RoomDevice, records: Sequence[Record]) -> Set[UUID]:
    """Note in the log that the moments of some entries cannot be, or are those of another evening; which.

    A meeting that is written from the paper book has its times typed.
    """
    wrong = [one for one in records if one.at is not None and _is_wrong(meeting, device, one.at)]
    if meeting.held_on_paper or not any(one.kind in TELLING for one in wrong):
        return frozenset()
    payload = {"of": [str(one.id) for one in wrong]}
    with system_scope() as system:  # the server's own word, which no person may write
        log.append(meeting, by=system, device=THE_SERVER, kind=DOUBT, payload=payload)
    return frozenset(one.id for one in wrong)


def _is_wrong(meeting: Meeting, device: RoomDevice, at: datetime) -> bool:
    """Before the device was made ready, which cannot be; or of another evening than the meeting's, and sent so late
    that the server cannot vouch for it."""
    if at < device.registered_at - CLOCKS_DIFFER:
        return True
    is_of_the_evening = abs(at - meeting.starts_at) <= EVENING
    return not is_of_the_evening and now() - at > EVENING
