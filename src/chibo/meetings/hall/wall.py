"""What stands on the wall: item, questions, clock, vote, check-in, in very large type. Never a name of anyone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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
from chibo.meetings.hall.names import without_names
from chibo.meetings.hall.phone import pace
from chibo.meetings.hall.reading import Now, Outcome, is_going_on, mark_of, now_in, room_seen
from chibo.meetings.models import AgendaItem, Attendance, CheckIn, Guest, Meeting, State
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.screens import back, elsewhere, meeting_of

OWN = ("self_criticism", "membership")  # items about people


@dataclass(frozen=True)
class Shown:
    """What of a meeting stands on its wall, in words without names."""

    title: str
    questions: list[str]
    outcome: Outcome | None
    following: str
    number: int | None = None
    many: int = 0
    is_closed_item: bool = False
    minutes: int | None = None
    since: datetime | None = None


@login_required
@require_GET
def wall(request: Request, id: UUID) -> HttpResponse:
    """The page for the projector, opened by whoever chairs or records. It stays the wall when the meeting is over: who
    sits in the hall, guests too, sees its end and no way into what is written (decision 0068)."""
    meeting = meeting_of(request, id)
    if not is_going_on(meeting):
        return render(request, "meetings/hall/wall_end.html", {"meeting": meeting, **_ended(meeting)})
    mark = mark_of(meeting)
    tag = mark.tag(meeting.pk, meeting.version, None)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    # Read through the hall's own eyes, though a keeper asks: what those do not see cannot come onto the wall.
    now_on = now_in(meeting, room_seen(meeting))
    code = CheckIn.objects.visible_to(request.standing).filter(meeting=meeting).first()
    context = {
        "meeting": meeting,
        "heading": without_names(meeting.title),
        "shown": _shown(now_on, _people_of(meeting)),
        "code": code,
        "qr": _qr(request, meeting.pk, code.code) if code else "",
        "tag": tag,
        "every": pace(mark, now_on),
        "now": now(),
    }
    answer = render(request, "meetings/hall/wall.html", context)
    answer.headers["ETag"] = tag
    return answer


def _people_of(meeting: Meeting) -> list[str]:
    """Whose names are known: of the roll, of guests, of those who present."""
    roll = Attendance.objects.filter(meeting=meeting).values_list("person__full_name", flat=True)
    guests = Guest.objects.filter(meeting=meeting).values_list("name", flat=True)
    presenters = AgendaItem.objects.filter(meeting=meeting, presenter__isnull=False)
    return [*roll, *guests, *presenters.values_list("presenter__full_name", flat=True)]


def _shown(now_on: Now, people: list[str]) -> Shown:
    def bare(text: str) -> str:
        return without_names(text, people)

    item, outcome, following = now_on.item, now_on.outcome, now_on.following
    return Shown(
        title=bare(item.title) if item is not None else "",
        questions=[bare(one.text) for one in now_on.questions],
        outcome=_outcome(outcome, bare),
        following=bare(following.title) if following is not None else "",
        number=now_on.number,
        many=now_on.many,
        is_closed_item=item is not None and bool(item.closed_paper),
        minutes=item.minutes if item is not None else None,
        since=now_on.since,
    )


def _outcome(outcome: Outcome | None, bare: Callable[[str], str]) -> Outcome | None:
    """A vote as the wall tells it; of one with names on the ballot only that it is counted."""
    if outcome is None or not outcome.of_people:
        return outcome and Outcome(bare(outcome.title), bare(outcome.words), outcome.passed)
    return Outcome(bare(outcome.title), "Đã kiểm phiếu")


def _ended(meeting: Meeting) -> dict[str, Any]:
    """What the wall says of a meeting that is not going on: of one that is over, what was agreed and names nobody."""
    if meeting.state not in (State.CLOSED, State.SIGNED):
        return {"heading": without_names(meeting.title), "is_over": False}
    room, people = log.room_of(meeting), _people_of(meeting)
    secret = {one.pk for one in AgendaItem.objects.filter(meeting=meeting) if one.closed_paper or one.kind in OWN}
    hands = [(one.title, one.passed) for one in room.votes.values() if one.item not in secret]
    agreed = [title for title, passed in hands if passed and without_names(title, people) == title]
    return {"heading": without_names(meeting.title), "is_over": True, "aborted": bool(room.aborted), "agreed": agreed}


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
