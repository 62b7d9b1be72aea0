"""Moving a meeting, cancelling it, and the consultation before it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.request import Request
from chibo.lib.dates import format_date, format_time_sentence, local_time
from chibo.lib.vietnamese import normalise
from chibo.look import notices
from chibo.meetings.models import Consultation, Meeting, State
from chibo.meetings.models.gathering import HELD
from chibo.meetings.prepare import by_groups, commands
from chibo.meetings.prepare.forms import CancelForm, ConsultationForm, MoveForm
from chibo.meetings.prepare.views.finding import GONE, led_meeting


@login_required
@require_http_methods(["GET", "POST"])
def move(request: Request, meeting_id: UUID) -> HttpResponse:
    """Another day, hour or place; or no meeting at all."""
    meeting = led_meeting(request, meeting_id)
    if not meeting.is_before:
        notices.warn(request, GONE)
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    form = MoveForm(request.POST or None, meeting=meeting, initial=_as_planned(meeting))
    if request.method == "POST" and form.is_valid():
        try:
            _restate(request, meeting, form)
            commands.move_meeting(
                meeting=meeting,
                starts_at=form.starts_at,
                place=form.cleaned_data["place"],
                reason=form.cleaned_data["reason"],
                online=(form.cleaned_data["online_reason"], normalise(form.cleaned_data["online_document"])),
                by=request.standing,
            )
        except commands.TooLate:
            notices.warn(request, GONE)
            return redirect(f"/cuoc-hop/{meeting.pk}/")
        return _moved(request, meeting, form)
    return _move_page(request, meeting, form, CancelForm())


def _restate(request: Request, meeting: Meeting, form: MoveForm) -> None:
    """Of a group's gathering: why the cell meets by groups, and the paper that allows it."""
    if meeting.group_id is None:
        return
    reason, document = form.cleaned_data["groups_reason"], normalise(form.cleaned_data["groups_document"])
    by_groups.restate(meeting=meeting, reason=reason, document=document, by=request.standing)


def _as_planned(meeting: Meeting) -> dict[str, Any]:
    """What stands, to be changed."""
    return {
        "day": meeting.day,
        "clock": local_time(meeting.starts_at),
        "place": meeting.place,
        "online": meeting.is_online,
        "online_reason": meeting.online_reason,
        "online_document": meeting.online_document,
        "groups_reason": meeting.groups_reason,
        "groups_document": meeting.groups_document,
    }


def _moved(request: Request, meeting: Meeting, form: MoveForm) -> HttpResponse:
    when = f"{format_time_sentence(form.starts_at)} ngày {format_date(form.starts_at)}"
    if meeting.announced_at:
        notices.warn(request, f"Đã đổi sang {when}. Các đồng chí chưa biết: gửi đính chính.")
        return redirect(f"/cuoc-hop/{meeting.pk}/thong-bao/#dinh-chinh")
    notices.done(request, f"Họp lúc {when}.")
    return redirect(f"/cuoc-hop/{meeting.pk}/chuan-bi/")


def _move_page(request: Request, meeting: Meeting, form: MoveForm, cancel_form: CancelForm) -> HttpResponse:
    bad = bool(form.errors or cancel_form.errors)
    groups = by_groups.split(meeting.cell, meeting.period) if meeting.group_id else Meeting.objects.none()
    met = [one for one in groups if one.state in HELD]
    context = {"meeting": meeting, "form": form, "cancel_form": cancel_form, "met": met}
    return render(request, "meetings/prepare/move.html", context, status=422 if bad else 200)


@login_required
@require_POST
def cancel(request: Request, meeting_id: UUID) -> HttpResponse:
    """Cancel a meeting that has not begun, with the reason and a way back."""
    meeting = led_meeting(request, meeting_id)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _move_page(request, meeting, MoveForm(meeting=meeting, initial=_as_planned(meeting)), form)
    try:
        commands.cancel_meeting(meeting=meeting, reason=form.cleaned_data["cancel_reason"], by=request.standing)
    except commands.TooLate:
        if meeting.state != State.CANCELLED:
            notices.warn(request, GONE)
    else:
        notices.done(request, f"Đã hủy buổi {meeting.title.lower()}.", undo_url=f"/cuoc-hop/{meeting.pk}/khoi-phuc/")
    return redirect(f"/cuoc-hop/{meeting.pk}/")


@login_required
@require_POST
def restore(request: Request, meeting_id: UUID) -> HttpResponse:
    """Take the cancelling back."""
    meeting = led_meeting(request, meeting_id)
    try:
        commands.restore_meeting(meeting=meeting, by=request.standing)
    except commands.AlreadyPlanned as found:
        notices.warn(request, "Tháng này đã có buổi họp thường kỳ khác, nên buổi đã hủy vẫn hủy.")
        return redirect(f"/cuoc-hop/{found.meeting.pk}/")
    notices.done(request, "Buổi họp lại như trước khi hủy.")
    return redirect(f"/cuoc-hop/{meeting.pk}/")


@login_required
@require_http_methods(["GET", "POST"])
def consult(request: Request, meeting_id: UUID) -> HttpResponse:
    """Record that secretary and deputy conferred before the meeting."""
    meeting = led_meeting(request, meeting_id)
    form = ConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        commands.record_consultation(
            meeting=meeting,
            held_at=form.held_at,
            participants=data["participants"],
            agreed=data["agreed"],
            by=request.standing,
        )
        notices.done(request, f"Đã ghi lần hội ý ngày {format_date(form.held_at)}.")
        return redirect(f"/cuoc-hop/{meeting.pk}/chuan-bi/")
    rows = list(Consultation.objects.visible_to(request.standing).filter(meeting=meeting).order_by("held_at"))
    context = {"meeting": meeting, "form": form, "rows": rows}
    return render(request, "meetings/prepare/consultation.html", context, status=422 if form.errors else 200)
