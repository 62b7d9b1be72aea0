"""Who asked to speak, on the screen of an item: in order, with the time of whoever speaks."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.dates import now
from chibo.look import notices
from chibo.meetings.hall import commands
from chibo.meetings.room.hall import hall
from chibo.meetings.room.screens import Screen, screen_of


def asked_by(screen: Screen, member: UUID | None) -> UUID | None:
    """The wish to speak of a person that waits: their remark uses it up."""
    return next((one.id for one in hall(screen.room).waiting if one.person == member), None)


def queue(request: Request, screen: Screen) -> dict[str, Any]:
    """What the item's screen shows of the queue, and of whoever was just called to speak."""
    lines = {line.person_id: line for line in screen.lines}
    kind, _, person = request.GET.get("noi", "").partition(":")
    speaker = next((line for key, line in lines.items() if kind == "person" and str(key) == person), None)
    return {
        "queue": [lines[one.person] for one in hall(screen.room).waiting if one.person in lines],
        "speaking": speaker.person.full_name if speaker else person if kind == "guest" else "",
        "speaking_since": _since(request),
    }


def _since(request: Request) -> datetime | None:
    """When the speaker was called, as the link says; a time to come, or of another day, is none."""
    try:
        since = datetime.fromtimestamp(int(request.GET.get("tu", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return since if 0 <= (now() - since).total_seconds() < 3600 else None


@login_required
@require_POST
def speakers(request: Request, id: UUID, item: UUID) -> HttpResponse:
    """Put down someone who raised a hand, or take someone out of the queue."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    if not request.POST.get("person"):
        notices.fail(request, "Chưa ghi vào danh sách: chọn đồng chí giơ tay.")
        return redirect(f"{screen.path}muc/{item}/#queue")
    try:
        member = UUID(request.POST["person"])
    except ValueError:
        raise Http404 from None
    require(any(line.person_id == member for line in screen.lines) and any(one.pk == item for one in screen.items))
    act = {"put_down": commands.put_down, "strike": commands.strike}.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    act(pen=screen.pen, hall=hall(screen.room), member=member)
    return redirect(f"{screen.path}muc/{item}/#queue")
