"""The notice: sent, cancelled within its minute, corrected; who knows, and how those without a phone were told."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.models import TermOfOffice
from chibo.access.request import Request
from chibo.documents.calendar import MEDIA_TYPE, meeting_calendar
from chibo.documents.qr import qr_svg
from chibo.lib.dates import format_time, now
from chibo.lib.vietnamese import number_word
from chibo.look import notices
from chibo.meetings.models import Announcement, Invitee, Meeting, Postponement, State
from chibo.meetings.prepare import announcing
from chibo.meetings.prepare.checks import prepared_of
from chibo.meetings.prepare.commands import TooLate
from chibo.meetings.prepare.forms import CorrectionForm
from chibo.meetings.prepare.programme import Programme, programme
from chibo.meetings.prepare.texts import (
    changes_since,
    main_content,
    moment_words,
    name_of,
    papers_words,
    questions_lead,
    zalo_text,
)
from chibo.meetings.prepare.views.finding import GONE, known_meeting, led_meeting, person_of
from chibo.members.models import Contact

WITHOUT_LENGTH = 90  # minutes in a calendar while nobody said how long it takes


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: Request, meeting_id: UUID) -> HttpResponse:
    """What goes out and to whom; after it is out, who knows."""
    meeting = led_meeting(request, meeting_id)
    if request.method == "POST":
        return _send(request, meeting)
    if not meeting.is_before or meeting.held_on_paper:
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    return _render(request, meeting)


def _send(request: Request, meeting: Meeting) -> HttpResponse:
    away = {UUID(one) for one in request.POST.getlist("away") if _is_uuid(one)}
    here = f"/cuoc-hop/{meeting.pk}/thong-bao/"
    try:
        sent = announcing.announce(meeting=meeting, away=away, by=request.standing)
    except announcing.AlreadySent:
        notices.tell(request, "Thông báo đã gửi rồi, không gửi lần nữa.")
    except announcing.StartIsPast:
        notices.fail(request, "Giờ họp đã qua, chưa gửi. Đổi ngày họp trước, hoặc ghi lại buổi đã họp.")
        return redirect(f"/cuoc-hop/{meeting.pk}/doi-lich/")
    except TooLate:
        notices.warn(request, GONE)
    else:
        text = f"Đã nhận lệnh gửi. Đến {format_time(sent.effective_at)} các đồng chí thấy thông báo; trước đó hủy được."
        notices.done(request, text, undo_url=f"{here}huy/")
    return redirect(here)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _render(request: Request, meeting: Meeting, form: CorrectionForm | None = None, status: int = 200) -> HttpResponse:
    """The page before and after sending."""
    whole, last = programme(meeting), announcing.last_notice(meeting)
    with_questions = "cau-hoi" in request.GET
    link = request.build_absolute_uri(f"/cuoc-hop/{meeting.pk}/")
    signature = _signature(request, meeting)
    context: dict[str, Any] = {
        "meeting": meeting,
        "programme": whole,
        "name": name_of(whole),
        "when": moment_words(meeting),
        "content": main_content(whole),
        "questions_lead": questions_lead(whole),
        "papers": papers_words(whole),
        "prepared": prepared_of(meeting),
        "with_questions": with_questions,
        "link": link,
        "signature": signature,
        "zalo": zalo_text(whole, link, signature, with_questions=with_questions),
        "qr": _qr(link),
        "last": last,
        "may_cancel": last is not None and last.effective_at > now(),
        "ways": list(WAY_WORDS.items()),
    }
    context |= _before(meeting) if last is None else _after(request, meeting, whole, last, form)
    return render(request, "meetings/prepare/notice.html", context, status=status)


# The words of the buttons: how someone was told.
WAY_WORDS = {
    Invitee.Way.IN_PERSON: "Gặp",
    Invitee.Way.PHONE: "Gọi",
    Invitee.Way.PAPER: "Giấy mời",
    Invitee.Way.ZALO: "Zalo",
}


def _before(meeting: Meeting) -> dict[str, Any]:
    """Who will have it at once, and whom someone must see."""
    everyone = announcing.addressees(meeting)
    members = [one for one in everyone if not one.is_follower]
    here = [one for one in members if not one.away]
    return {
        "online": [one for one in here if one.has_account],
        "in_person": [one for one in here if not one.has_account],
        "away": [one for one in members if one.away],
        "followers": [one for one in everyone if one.is_follower],
    }


def _after(
    request: Request, meeting: Meeting, whole: Programme, last: Announcement, form: CorrectionForm | None
) -> dict[str, Any]:
    """Receipts, answers, and what a correction would say."""
    known = {one.person_id: one for one in announcing.addressees(meeting)}
    found = Invitee.objects.visible_to(request.standing).filter(meeting=meeting).select_related("person")
    rows: list[dict[str, Any]] = []
    for invitee in found.order_by("is_follower", "person__sort_key"):
        to = known.get(invitee.person_id)
        rows.append(
            {
                "invitee": invitee,
                "phone": to.phone if to else "",
                "note": to.note if to else "",
                "has_account": bool(to and to.has_account),
                "knows": _knows(invitee, last),
                "stale": _saw_an_older(invitee, last),
                "way": WAY_WORDS.get(Invitee.Way(invitee.told_way), "") if invitee.told_way else "",
            }
        )
    changes = _changes(meeting, whole, last)
    unknowing = [row["invitee"] for row in rows if not row["knows"]]
    members = [row for row in rows if not row["invitee"].is_follower]
    return {
        "rows": rows,
        "told": sum(row["knows"] for row in members),
        "all": len(members),
        "in_person": [row for row in rows if not row["has_account"]],
        "still": sum(not row["has_account"] and not row["knows"] for row in rows),
        "waiting": [row for row in rows if row["has_account"] and not row["knows"]],
        "knowing": [row for row in rows if row["has_account"] and row["knows"]],
        "coming": sum(row["invitee"].answer == Invitee.Answer.COMING for row in members),
        "absent": [row for row in members if row["invitee"].answer == Invitee.Answer.ABSENT],
        "changes": changes,
        "correction": form or CorrectionForm(initial={"text": changes}),
        "in_group": announcing.reached_in_group(unknowing),
        "corrections": list(Announcement.objects.filter(meeting=meeting, number__gt=1, cancelled_at=None)),
    }


def _saw_an_older(one: Invitee, last: Announcement) -> bool:
    return one.seen_at is not None and one.seen_at < last.effective_at


def _knows(one: Invitee, last: Announcement) -> bool:
    """Whether someone saw the last notice, or was told of it."""
    return bool((one.seen_at and not _saw_an_older(one, last)) or (one.told_at and one.told_at >= last.sent_at))


def _changes(meeting: Meeting, whole: Programme, last: Announcement) -> str:
    """What differs from the last notice, with the reason where the meeting was moved since."""
    changes = changes_since(whole, last.facts)
    moved = Postponement.objects.filter(meeting=meeting, at__gt=last.sent_at).order_by("at").last()
    return f"{changes}\nLý do: {moved.reason.rstrip('.')}." if changes and moved else changes


def _signature(request: Request, meeting: Meeting) -> str:
    """Who invites: office and name; the phone only where the person shares it with the cell."""
    held = TermOfOffice.objects.on(meeting.day).committee_of(meeting.cell_id)
    term = held.filter(person_id=person_of(request)).select_related("person").first()
    if term is None:
        return ""
    contact = Contact.objects.filter(person_id=term.person_id, shared_with_cell=True).first()
    phone = f", {contact.phone}" if contact and contact.phone else ""
    return f"{term.get_office_display()} {term.person.full_name}{phone}"


def _qr(link: str) -> SafeString:
    """Drawn by our own code from an address."""
    return mark_safe(qr_svg(link, "Mã QR của buổi họp"))  # noqa: S308


@login_required
@require_POST
def cancel(request: Request, meeting_id: UUID) -> HttpResponse:
    """Take the notice back within its minute."""
    meeting = led_meeting(request, meeting_id)
    try:
        announcing.cancel_notice(meeting=meeting, by=request.standing)
    except announcing.MinuteOver:
        text = "Đã quá một phút, thông báo đã tới các đồng chí nên không hủy được. Có gì đổi thì gửi đính chính."
        notices.warn(request, text)
    except TooLate:
        notices.warn(request, GONE)
    else:
        notices.done(request, "Đã hủy gửi. Chưa đồng chí nào nhận được.")
    return redirect(f"/cuoc-hop/{meeting.pk}/thong-bao/")


@login_required
@require_POST
def correct(request: Request, meeting_id: UUID) -> HttpResponse:
    """Send a correction with what has changed."""
    meeting = led_meeting(request, meeting_id)
    form, here = CorrectionForm(request.POST), f"/cuoc-hop/{meeting.pk}/thong-bao/"
    if meeting.state != State.ANNOUNCED:
        notices.warn(request, "Chưa gửi thông báo nào. Gửi thông báo trước.")
        return redirect(here)
    if not form.is_valid():
        return _render(request, meeting, form, status=422)
    try:
        announcing.send_correction(meeting=meeting, text=form.cleaned_data["text"], by=request.standing)
    except TooLate:
        notices.warn(request, GONE)
    else:
        notices.done(request, "Đã gửi đính chính. Trong một phút còn hủy được.", undo_url=f"{here}huy/")
    return redirect(here)


@login_required
@require_POST
def told_in_group(request: Request, meeting_id: UUID) -> HttpResponse:
    """The notice was pasted into the group: whom it reached last time is told, of those who do not know yet."""
    meeting = led_meeting(request, meeting_id)
    here = f"/cuoc-hop/{meeting.pk}/thong-bao/"
    last = announcing.last_notice(meeting)
    if last is not None:
        found = Invitee.objects.visible_to(request.standing).filter(meeting=meeting)
        unknowing = [one for one in found if not _knows(one, last)]
        if number := announcing.mark_told_in_group(invitees=unknowing, by=request.standing):
            notices.done(request, f"Đã ghi: báo {number_word(number)} đồng chí qua nhóm Zalo.")
    return redirect(f"{here}#bao-tan-noi")


@login_required
@require_POST
def told(request: Request, meeting_id: UUID, person_id: UUID) -> HttpResponse:
    """Someone was told in person; an empty way takes it back."""
    meeting = led_meeting(request, meeting_id)
    invitees = Invitee.objects.visible_to(request.standing).select_related("person")
    invitee = get_object_or_404(invitees, meeting=meeting, person_id=person_id)
    way = request.POST.get("way", "")
    here = f"/cuoc-hop/{meeting.pk}/thong-bao/"
    announcing.mark_told(invitee=invitee, way=way if way in Invitee.Way.values else "", by=request.standing)
    name = invitee.person.given_name
    if way in Invitee.Way.values:
        text = f"Đã ghi: báo đồng chí {name}, {WAY_WORDS[Invitee.Way(way)].lower()}."
        notices.done(request, text, undo_url=f"{here}da-bao/{person_id}/")
    else:
        notices.done(request, f"Đã xóa dấu báo đồng chí {name}.")
    return redirect(f"{here}#bao-tan-noi")


@login_required
@require_GET
def calendar(request: Request, meeting_id: UUID) -> HttpResponse:
    """The meeting as a calendar file: that there is one, when and where; nothing of its content."""
    meeting = known_meeting(request, meeting_id)
    corrections = Announcement.objects.filter(meeting=meeting, number__gt=1, cancelled_at=None).count()
    content = meeting_calendar(
        meeting_id=meeting.pk,
        starts=meeting.begins_at,
        minutes=programme(meeting).minutes or WITHOUT_LENGTH,
        place=meeting.place,
        made_at=now(),
        revision=corrections,
        cancelled=meeting.state == State.CANCELLED,
        title="Họp chi ủy" if meeting.body == "committee" else f"Họp {meeting.group_words or 'chi bộ'}",
    )
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="hop-{meeting.day:%d-%m-%Y}.ics"'
    return response
