"""The screen of the end: what is left, read back, corrected, closed; or broken off with a reason."""

from datetime import time
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chibo.access.request import Request
from chibo.lib.dates import format_time, local_time
from chibo.look import notices
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.forms import BreakOffForm, CloseForm, CorrectionForm
from chibo.meetings.room.screens import K, Screen, meeting_of, screen_of, undo_url
from chibo.meetings.room.voting import taken
from chibo.meetings.scoring.papers import scored_since_vote
from chibo.members.models import Person


@login_required
def end(request: Request, id: UUID) -> HttpResponse:
    """Close the meeting, or see what still bars it and where to mend it."""
    screen = _screen(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    if request.method != "POST":
        return _page(request, screen)
    form = CloseForm(request.POST, meeting=screen.meeting)
    if not form.is_valid():
        return _page(request, screen, form=form, status=422)
    try:
        commands.close(pen=screen.pen, ended=form.cleaned_data.get("ended"))
    except commands.NotOpen:
        return _already(request, id)
    except commands.NotPresiding:
        return _not_presiding(request, screen)
    except commands.MayNotClose:
        return _page(request, screen, refused=True, status=409)
    notices.done(request, "Buổi họp đã kết thúc. Chủ trì và thư ký đọc lại rồi ký biên bản.")
    return redirect(f"/cuoc-hop/{screen.meeting.pk}/bien-ban/")


def _screen(request: Request, id: UUID) -> Screen | HttpResponse:
    """The room; who ends a meeting that has ended learns by whom."""
    if request.method == "POST" and meeting_of(request, id).is_over:
        return _already(request, id)
    return screen_of(request, id)


def _already(request: Request, id: UUID) -> HttpResponse:
    """Of two who close at once, the second learns who was first."""
    meeting = meeting_of(request, id)
    notices.tell(request, _who_closed(meeting))
    return redirect(f"/cuoc-hop/{meeting.pk}/bien-ban/")


def _not_presiding(request: Request, screen: Screen) -> HttpResponse:
    notices.fail(request, "Chủ trì kết thúc buổi họp, trên máy của mình hoặc trên máy đã mở phòng họp.")
    return redirect(f"{screen.path}ket-thuc/")


def _who_closed(meeting: Meeting) -> str:
    room = log.room_of(meeting)
    name = Person.objects.filter(pk__in=[room.closed_by]).values_list("full_name", flat=True).first()
    when = f" lúc {format_time(room.closed_at)}" if room.closed_at else ""
    return f"Đồng chí {name} đã kết thúc buổi họp{when}." if name else "Buổi họp đã kết thúc."


def _page(
    request: Request,
    screen: Screen,
    *,
    form: CloseForm | None = None,
    off: BreakOffForm | None = None,
    refused: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = screen.context(
        K.CLOSING,
        bars=commands.closing_bars(screen.meeting),
        refused=refused,
        form=form or CloseForm(meeting=screen.meeting, initial={"ended": _known_end(screen)}),
        off=off or BreakOffForm(),
        correction=CorrectionForm(),
        corrections=list(screen.room.corrections.values()),
        votes=taken(screen),
        sheet=screen.sheet,
        scored_late=scored_since_vote(screen.room),
    )
    return render(request, "meetings/room/end.html", context, status=status)


def _known_end(screen: Screen) -> time | None:
    """When a meeting held on paper ended, as its opening has it."""
    return local_time(screen.room.known_end) if screen.room.known_end else None


@login_required
@require_POST
def break_off(request: Request, id: UUID) -> HttpResponse:
    """Hoãn giữa chừng."""
    screen = _screen(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    off, form = BreakOffForm(request.POST), CloseForm(request.POST, meeting=screen.meeting)
    if not off.is_valid() or not form.is_valid():
        return _page(request, screen, form=form if screen.meeting.held_on_paper else None, off=off, status=422)
    try:
        commands.break_off(pen=screen.pen, why=off.cleaned_data["why"], ended=form.cleaned_data.get("ended"))
    except commands.NotOpen:
        return _already(request, id)
    except commands.NotPresiding:
        return _not_presiding(request, screen)
    notices.done(request, "Buổi họp hoãn giữa chừng. Những gì đã ghi vẫn còn, việc mới chưa được giao.")
    return redirect(f"/cuoc-hop/{screen.meeting.pk}/bien-ban/")


@login_required
@require_POST
def read_back(request: Request, id: UUID) -> HttpResponse:
    """The minutes were read back and approved."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    entry = commands.read_back(pen=screen.pen)
    notices.done(request, "Đã đọc lại biên bản, chi bộ thông qua.", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}ket-thuc/")


@login_required
@require_POST
def correct(request: Request, id: UUID) -> HttpResponse:
    """A correction asked for while the minutes are read back."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        notices.fail(request, "Chưa ghi ý kiến đính chính. Ghi lại câu cần sửa, không quá 2000 chữ cái.")
        return redirect(f"{screen.path}ket-thuc/")
    entry = commands.correct(pen=screen.pen, text=form.cleaned_data["text"])
    notices.done(request, "Đã ghi ý kiến đính chính.", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}ket-thuc/")
