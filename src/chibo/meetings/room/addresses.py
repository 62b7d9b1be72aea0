"""Where a screen of the room stands: on the page of the room on a device, behind # in its address.

The words of a key are those of static/meetings/device/main.js. A screen that the server had before stood under
/cuoc-hop/<id>/phong/; whoever kept such an address is led to the same screen.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from chibo.access.request import Request
from chibo.meetings.models import State
from chibo.meetings.room.screens import elsewhere, meeting_of


def room_url(meeting: UUID, key: str = "") -> str:
    """The address of a screen of the room; without a key, of where the meeting is."""
    return f"/phong-hop/#{meeting}/{key}" if key else f"/phong-hop/#{meeting}"


@login_required
@require_safe
def moved(request: Request, id: UUID, key: str) -> HttpResponse:
    """An old address of a screen, for whoever keeps the meeting; of one that is signed or cancelled, to its page."""
    meeting = meeting_of(request, id)
    if meeting.state in (State.SIGNED, State.CANCELLED):
        return elsewhere(request, meeting)
    return redirect(room_url(meeting.pk, key))
