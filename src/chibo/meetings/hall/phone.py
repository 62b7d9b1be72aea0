"""A member's phone during the meeting: what the hall speaks of, one's own line of the roll, one's place to speak."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chibo.access.request import Request
from chibo.access.standing import Standing, found, is_suspended, require
from chibo.lib.dates import now
from chibo.meetings import registries
from chibo.meetings.hall import commands
from chibo.meetings.hall.forms import REFUSED, WRONG, CheckInForm
from chibo.meetings.hall.reading import (
    LATER,
    SOON,
    Mark,
    Now,
    is_going_on,
    mark_of,
    meeting_in_hall,
    now_in,
    room_seen,
    tag_now,
)
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.room.commands import NotOpen, Pen
from chibo.meetings.room.fold import Room
from chibo.meetings.room.hall import hall
from chibo.meetings.urn.phone import mine

SUSPENDED = "Tài khoản này hiện không dự sinh hoạt được nên không điểm danh được. Xin hỏi bí thư chi bộ."


@login_required
@require_GET
def during(request: Request, id: UUID) -> HttpResponse:
    """The page of the phone; asked again every few seconds, it says in few bytes that nothing is new."""
    asked = request.headers.get("If-None-Match")
    if asked and asked == tag_now(id, request.standing.person_id):
        return HttpResponseNotModified(headers={"ETag": asked})
    meeting = meeting_in_hall(request, id)
    if not is_going_on(meeting):
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    mark = mark_of(meeting)
    tag = mark.tag(meeting.pk, meeting.version, request.standing.person_id)
    room = room_seen(meeting)
    shown = now_in(meeting, room)
    context = {
        "shown": shown,
        "tag": tag,
        "every": pace(mark, shown),
        **_own(request, meeting, room, mark),
    }
    answer = render(request, "meetings/hall/during.html", _frame(meeting) | context)
    answer.headers["ETag"] = tag
    return answer


def pace(mark: Mark, shown: Now) -> int:
    """After how many seconds to ask again."""
    return SOON if mark.code_since or shown.item is not None else LATER


def _frame(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "path": f"/cuoc-hop/{meeting.pk}/dang-hop/", "now": now()}


def _own(request: Request, meeting: Meeting, room: Room, mark: Mark) -> dict[str, Any]:
    """What is one's own: the line of the roll, claim, place in the queue, ballots, the tasks named in this meeting."""
    me, there = request.standing.me, hall(room)
    line = Attendance.objects.visible_to(request.standing).filter(meeting=meeting, person_id=me).first()
    waiting = [one.person for one in there.waiting]
    claimed, code_open = me in there.claims, mark.code_since is not None
    return {
        "line": line,
        "ballots": mine(meeting, room, line),
        "claimed": claimed,
        "asked_to_check_in": line is not None and _is_asked(line, claimed=claimed, code_open=code_open),
        "code_open": code_open,
        "form": CheckInForm(),
        "refused": REFUSED.get(commands.try_code(meeting, None)) if mark.code_since and line is not None else None,
        "place": waiting.index(me) + 1 if me in waiting else 0,
        "waiting": len(waiting),
        "tasks": [one for source in registries.hall_sources for one in source(meeting, me)],
    }


def _is_asked(line: Attendance, *, claimed: bool, code_open: bool) -> bool:
    """Whether their line of the roll waits for them: the code is open, or the clerk has them as absent."""
    return line.state == "absent" or (line.state != "present" and code_open and not claimed)


@login_required
@require_POST
def speak(request: Request, id: UUID) -> HttpResponse:
    """Ask to speak, or not any more."""
    meeting = meeting_in_hall(request, id)
    if not is_going_on(meeting):
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    act = {"ask": commands.ask, "take_back": commands.take_back}.get(request.POST.get("act", ""))
    require(act is not None)
    assert act is not None  # noqa: S101 - require has refused; this tells the type checker
    act(pen=Pen.of(request, meeting), hall=hall(room_seen(meeting)))
    return redirect(f"/cuoc-hop/{meeting.pk}/dang-hop/")


@login_required
def check_in(request: Request, id: UUID) -> HttpResponse:
    """Where the QR code on the wall leads. Its digits stand behind #, which no server and no log ever sees.

    Whoever has a standing here and cannot check in is told in a sentence what to do; to a stranger there is no page.
    """
    if is_suspended(request.standing):  # the same whatever the address: it tells nothing of a meeting
        return render(request, "meetings/hall/not_here.html", {"why": SUSPENDED}, status=404)
    on_roll = Exists(Attendance.objects.filter(meeting=OuterRef("pk"), person_id=request.standing.me))
    meeting = found(Meeting.objects.visible_to(request.standing).filter(pk=id).annotate(on_roll=on_roll).first())
    require(_sits_in_it(request.standing, meeting))
    if not meeting.is_before and not is_going_on(meeting):
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    if why := _not_here(request, meeting):
        return render(request, "meetings/hall/not_here.html", _frame(meeting) | {"why": why})
    form = CheckInForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        if _is_known_here(request, meeting):
            return redirect(f"/cuoc-hop/{meeting.pk}/dang-hop/")
        return _check_in_page(request, meeting, form)
    if not form.is_valid():
        return _check_in_page(request, meeting, form, status=422)
    values = form.cleaned_data
    try:
        tried = commands.claim(pen=Pen.of(request, meeting), code=values["code"], scanned=values["how"] == "qr")
    except NotOpen:
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    if tried == commands.Tried.WRONG:
        form.add_error("code", WRONG)
    if tried != commands.Tried.RIGHT:
        return _check_in_page(request, meeting, form, status=422)
    return redirect(f"/cuoc-hop/{meeting.pk}/dang-hop/")


def _sits_in_it(who: Standing, meeting: Meeting) -> bool:
    """Whether somebody may be in the room: of the cell, following it, or a guest of this meeting."""
    known = who.belongs(meeting.cell_id) or meeting.cell_id in who.followed_cells or meeting.pk in who.guest_meetings
    return known or who.keeps(meeting.pk, meeting.cell_id)


def _not_here(request: Request, meeting: Meeting) -> str:
    """Why somebody who may know of the meeting cannot check in, and what to do; empty for those on its roll."""
    if meeting.is_before:
        return "Buổi họp chưa mở. Chủ trì mở phòng họp xong, đồng chí quét lại mã."
    if meeting.on_roll:  # type: ignore[attr-defined]
        return ""
    if meeting.pk in request.standing.guest_meetings:
        return "Đồng chí là khách mời nên không tự điểm danh. Xin báo thư ký ghi đồng chí vào danh sách khách."
    return "Đồng chí không có trong danh sách điểm danh của buổi họp này. Nếu đồng chí dự họp, xin báo thư ký."


def _is_known_here(request: Request, meeting: Meeting) -> bool:
    """Whether whoever asks was called as present, or has said so already: the page of the hall tells them."""
    me, room = request.standing.me, room_seen(meeting)
    line = room.roll.get(me) if me else None
    return (line is not None and line.state == "present") or me in hall(room).claims


def _check_in_page(request: Request, meeting: Meeting, form: CheckInForm, status: int = 200) -> HttpResponse:
    context = _frame(meeting) | {"form": form, "refused": REFUSED.get(commands.try_code(meeting, None))}
    return render(request, "meetings/hall/check_in.html", context, status=status)
