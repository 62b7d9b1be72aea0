"""Takes away urns that nobody needs any more: of counted ballots, of ballots taken back, of meetings that are over."""

from pathlib import Path
from time import time
from uuid import UUID

from chibo.meetings.models import Meeting, State
from chibo.meetings.room import log
from chibo.meetings.room.deciding import secrets_of
from chibo.meetings.room.fold import Room
from chibo.meetings.urn import box, nodes, places
from chibo.meetings.urn.commands import open_on_devices

# An urn stands before its ballot can be seen by others: what is unknown is left alone as long as a request may take.
YOUNG_SECONDS = 600


def sweep_meeting(meeting: Meeting, room: Room) -> int:
    """Destroy what is left over in a meeting that goes on; returns how many urns that was."""
    kept, counted, taken = open_on_devices(room), secrets_of(room), 0
    for ballot, path in places.standing(meeting.pk).items():
        if ballot in counted or (ballot not in kept and _is_old(path)):
            box.destroy(path)
            taken += 1
    return taken


def sweep() -> int:
    """Destroy what is left over in every meeting of this machine; run as the system."""
    nodes.forget()
    taken = 0
    for folder in places.root().glob("*/"):
        meeting = Meeting.objects.filter(pk=UUID(folder.name)).first()
        if meeting is not None and meeting.state == State.OPEN:
            taken += sweep_meeting(meeting, log.room_of(meeting))
            continue
        for path in folder.iterdir():
            if _is_old(path):
                box.destroy(path)
                taken += 1
        if not any(folder.iterdir()):
            folder.rmdir()
    return taken


def _is_old(path: Path) -> bool:
    try:
        return time() - path.stat().st_mtime > YOUNG_SECONDS
    except FileNotFoundError:
        return False
