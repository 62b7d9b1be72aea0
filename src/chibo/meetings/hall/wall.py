"""What stands on the wall: item, questions, clock, vote, check-in, in very large type. Never a name of anyone."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.documents.qr import qr_svg
from chibo.lib.dates import now
from chibo.look import notices
from chibo.meetings.hall import commands
from chibo.meetings.hall.phone import pace
from chibo.meetings.hall.reading import is_going_on, mark_of, now_in, room_seen
from chibo.meetings.models import CheckIn
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.screens import back, elsewhere, meeting_of


@login_required
@require_GET
def wall(request: Request, id: UUID) -> HttpResponse:
    """The page for the projector, opened by whoever chairs or records."""
    meeting = meeting_of(request, id)
    if not is_going_on(meeting):
        return elsewhere(request, meeting)
    mark = mark_of(meeting)
    tag = mark.tag(meeting.pk, meeting.version, None)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    # Read through the hall's own eyes, though a keeper asks: what those do not see cannot come onto the wall.
    shown = now_in(meeting, room_seen(meeting))
    code = CheckIn.objects.visible_to(request.standing).filter(meeting=meeting).first()
    context = {
        "meeting": meeting,
        "shown": shown,
        "code": code,
        "qr": _qr(request, meeting.pk, code.code) if code else "",
        "tag": tag,
        "every": pace(mark, shown),
        "now": now(),
    }
    answer = render(request, "meetings/hall/wall.html", context)
    answer.headers["ETag"] = tag
    return answer


def _qr(request: Request, meeting: UUID, code: str) -> SafeString:
    """Drawn by our own code from an address."""
    address = request.build_absolute_uri(f"/diem-danh/{meeting}/")
    return mark_safe(qr_svg(f"{address}#{code}", "Mã QR để tự điểm danh"))  # noqa: S308


@login_required
@require_POST
def code(request: Request, id: UUID) -> HttpResponse:
    """Open the hall's own check-in, change its digits, or close it."""
    meeting = meeting_of(request, id)
    if not is_going_on(meeting):
        return elsewhere(request, meeting)
    pen, act = Pen.of(request, meeting), request.POST.get("act")
    if act == "close":
        commands.close_check_in(pen=pen)
        notices.done(request, "Đã đóng mã điểm danh.")
    else:
        require(act == "open")
        commands.open_check_in(pen=pen)
    return back(request, f"/cuoc-hop/{meeting.pk}/phong/diem-danh/#tu-diem-danh")
