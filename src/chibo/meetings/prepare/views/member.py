"""A member's page of a meeting: what will be discussed, coming or not, an opinion prepared; all in one's own words."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.request import Request
from chibo.directory.history import readings
from chibo.lib.dates import format_time, now
from chibo.look import gate, notices
from chibo.meetings.hall.reading import is_going_on
from chibo.meetings.minutes.readers import may_read, standing_of_minutes
from chibo.meetings.models import AgendaItem, Announcement, Invitee, Meeting, Opinion
from chibo.meetings.prepare import answering
from chibo.meetings.prepare.commands import TooLate
from chibo.meetings.prepare.member_forms import AnswerForm, OpinionForm
from chibo.meetings.prepare.programme import Line, Programme, programme
from chibo.meetings.prepare.views.finding import (
    is_autosave,
    item_for,
    known_meeting,
    led_meeting,
    meeting_for,
    person_of,
    reads_programme,
    typed_by_other,
    version_in,
)
from chibo.meetings.room.commands import is_on_roll
from chibo.members.models import Person

BEGUN = "Buổi họp đã bắt đầu. Đồng chí nói ý kiến của mình ở buổi họp."


@login_required
@require_GET
def opinions(request: Request, meeting_id: UUID) -> HttpResponse:
    """The member's page, also for members of the committee, who have another page besides."""
    return member_page(request, meeting_for(request, meeting_id))


def member_page(
    request: Request,
    meeting: Meeting,
    *,
    open_item: UUID | None = None,
    form: OpinionForm | None = None,
    theirs: Opinion | None = None,
    answer_form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the person may know of a meeting; opening it is the receipt of the notice."""
    context: dict[str, Any] = {"meeting": meeting, "reads": reads_programme(request, meeting), "theirs": theirs}
    me = request.standing.person_id
    # Of a month held by groups, each member sits in one gathering alone.
    context["in_hall"] = is_going_on(meeting) and me is not None and is_on_roll(meeting, me)
    if meeting.is_over:
        context["may_read"] = may_read(meeting, request.standing)
        context["minutes_words"] = standing_of_minutes(meeting, request.standing)
    if context["reads"]:
        what = readings.What.PROGRAMME
        readings.note(request.standing, what, meeting, cell_id=meeting.cell_id, meeting_id=meeting.pk)
        context |= _prepared(request, meeting, open_item or _asked(request), form)
        context["answer_form"] = answer_form or AnswerForm(initial=_initial(context["invitee"]))
        context["asks_reason"] = answer_form is not None or "vang" in request.GET
    return render(request, "meetings/prepare/member.html", context, status=status)


def _asked(request: Request) -> UUID | None:
    """The item whose opinion is being written."""
    try:
        return UUID(request.GET.get("muc", ""))
    except ValueError:
        return None


def _initial(invitee: Invitee | None) -> dict[str, str]:
    return {"reason": invitee.reason, "reason_text": invitee.reason_text} if invitee else {}


def _prepared(request: Request, meeting: Meeting, open_item: UUID | None, form: OpinionForm | None) -> dict[str, Any]:
    """Programme, receipt, answer and own opinions."""
    person = person_of(request)
    invitee = Invitee.objects.visible_to(request.standing).filter(meeting=meeting, person_id=person).first()
    sent = Announcement.objects.visible_to(request.standing).filter(meeting=meeting, cancelled_at=None)
    notes = [one for one in sent.order_by("number") if one.effective_at <= now()]
    answering.mark_seen(meeting=meeting, notice=notes[-1] if notes else None, invitee=invitee)
    mine = {
        one.item_id: one
        for one in Opinion.objects.visible_to(request.standing).filter(meeting=meeting, author_id=person)
    }
    whole = programme(meeting)
    return {
        "programme": whole,
        "invitee": invitee,
        "corrections": [one for one in notes if one.number > 1],
        "topics": _topics(whole, mine, open_item, form),
        "writes": request.standing.belongs(meeting.cell_id) and meeting.is_before,
        "may_answer": invitee is not None and meeting.is_before,
        "answers": [(Invitee.Answer.COMING, "Tôi sẽ dự"), (Invitee.Answer.ABSENT, "Tôi phải vắng")],
    }


def _topics(
    whole: Programme, mine: dict[UUID | None, Opinion], open_item: UUID | None, form: OpinionForm | None
) -> list[dict[str, Any]]:
    """Items with questions, and those on which the person has written or is writing; the first one is open."""
    asked = [line for line in whole.main_lines if _is_topic(line, mine, open_item)]
    if open_item is None and asked:
        waiting = [line for line in asked if line.item.pk not in mine]
        open_item = (waiting or asked)[0].item.pk
    found = []
    for line in asked:
        own, is_open = mine.get(line.item.pk), line.item.pk == open_item
        editable = own is None or own.handed_in_at is None
        shown = form if form is not None and is_open else OpinionForm(initial={"text": own.text if own else ""})
        shown.fields["text"].widget.attrs["id"] = f"y-{line.item.pk}"
        found.append(
            {
                "line": line,
                "own": own,
                "form": shown if editable and (is_open or (own is not None and own.text)) else None,
            }
        )
    return found


def _is_topic(line: Line, mine: dict[UUID | None, Opinion], open_item: UUID | None) -> bool:
    if line.item.closed_paper:
        return False
    return bool(line.questions) or line.item.pk in mine or line.item.pk == open_item


# ---------- Opinions ----------
@login_required
@require_http_methods(["GET", "POST"])
def opinion(request: Request, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Save a draft while it is typed; by its button, hand it in or keep it to be read at the meeting."""
    meeting = known_meeting(request, meeting_id)
    one = item_for(request, meeting, item_id)
    if request.method == "GET":
        return member_page(request, meeting, open_item=one.pk)
    form, automatic = OpinionForm(request.POST), is_autosave(request)
    if automatic and typed_by_other(request):
        return JsonResponse({}, status=401)
    if not form.is_valid():
        first = str(next(iter(form.errors.values()))[0])
        if automatic:
            return JsonResponse({"error": first, "forget": gate.has_refused(form)}, status=422)
        return member_page(request, meeting, open_item=one.pk, form=form, status=422)
    try:
        saved = answering.save_opinion(
            meeting=meeting, item=one, text=form.cleaned_data["text"], version=version_in(request), by=request.standing
        )
    except answering.OtherVersion as other:
        return _apart(request, meeting, one, other.current, form, automatic)
    except TooLate:
        return _begun(request, meeting, automatic)
    if automatic:
        return JsonResponse({"version": saved.version, "saved": format_time(now())})
    return _after_save(request, meeting, one, saved, form)


def _apart(
    request: Request, meeting: Meeting, item: AgendaItem, current: Opinion, form: OpinionForm, automatic: bool
) -> HttpResponse:
    """The author wrote on two devices: show both texts, replace neither."""
    if automatic:
        return JsonResponse({"theirs": current.text, "version": current.version}, status=409)
    return member_page(request, meeting, open_item=item.pk, form=form, theirs=current, status=409)


def _begun(request: Request, meeting: Meeting, automatic: bool = False) -> HttpResponse:
    if automatic:
        return JsonResponse({"error": BEGUN}, status=422)
    notices.warn(request, BEGUN)
    return redirect(_page_of(request, meeting))


def _after_save(
    request: Request, meeting: Meeting, item: AgendaItem, saved: Opinion, form: OpinionForm
) -> HttpResponse:
    if request.POST.get("act") != "hand_in":
        notices.done(request, "Đã lưu. Đồng chí tự đọc ở buổi họp, không ai khác xem được.")
        return redirect(_page_of(request, meeting))
    if not saved.text.strip():
        form.add_error("text", "Chưa viết ý kiến. Viết một, hai câu rồi gửi.")
        return member_page(request, meeting, open_item=item.pk, form=form, status=422)
    answering.hand_in(opinion=saved, handed_in=True, by=request.standing)
    undo = f"/cuoc-hop/{meeting.pk}/y-kien/{item.pk}/rut/"
    notices.done(request, "Đã gửi ý kiến cho chi ủy. Rút lại được đến khi họp.", undo_url=undo)
    return redirect(_page_of(request, meeting))


@login_required
@require_POST
def take_back(request: Request, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Take a handed-in opinion back, until the meeting begins."""
    meeting = known_meeting(request, meeting_id)
    own = Opinion.objects.visible_to(request.standing).filter(meeting=meeting, author_id=request.standing.person_id)
    mine = get_object_or_404(own, item_id=item_id)
    mine.meeting = meeting
    try:
        answering.hand_in(opinion=mine, handed_in=False, by=request.standing)
    except TooLate:
        return _begun(request, meeting)
    notices.done(request, "Đã rút lại. Giờ chỉ đồng chí đọc được.")
    return redirect(f"/cuoc-hop/{meeting.pk}/y-kien/?muc={item_id}")


def _page_of(request: Request, meeting: Meeting) -> str:
    """The member's page of whoever asks."""
    keeps = request.standing.keeps(meeting.pk, meeting.cell_id)
    return f"/cuoc-hop/{meeting.pk}/y-kien/" if keeps else f"/cuoc-hop/{meeting.pk}/"


# ---------- Coming or not ----------
@login_required
@require_POST
def answer(request: Request, meeting_id: UUID) -> HttpResponse:
    """Say whether one comes; from the home page too, which is where one then stays."""
    meeting = known_meeting(request, meeting_id)
    person = person_of(request)
    if request.POST.get("answer") == Invitee.Answer.ABSENT and "reason" not in request.POST:
        return redirect(f"{_page_of(request, meeting)}?vang=1#vang")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return member_page(request, meeting, answer_form=form, status=422)
    return _answered(request, meeting, person, form, _page_of(request, meeting))


@login_required
@require_http_methods(["GET", "POST"])
def answer_for(request: Request, meeting_id: UUID, person_id: UUID) -> HttpResponse:
    """The committee answers for someone without a phone; the row says who wrote it."""
    meeting = led_meeting(request, meeting_id)
    invitees = Invitee.objects.visible_to(request.standing).select_related("person")
    invitee = get_object_or_404(invitees, meeting=meeting, person_id=person_id)
    form = AnswerForm(request.POST or None, initial=_initial(invitee))
    chosen = request.POST.get("answer", "")
    needs_reason = chosen == Invitee.Answer.ABSENT and "reason" not in request.POST
    if request.method == "POST" and not needs_reason and form.is_valid():
        return _answered(request, meeting, person_id, form, f"/cuoc-hop/{meeting.pk}/thong-bao/", invitee.person)
    context = {
        "meeting": meeting,
        "invitee": invitee,
        "person": invitee.person,
        "form": AnswerForm(initial=_initial(invitee)) if needs_reason else form,
        "asks_reason": chosen == Invitee.Answer.ABSENT,
        "answers": Invitee.Answer.choices,
    }
    bad = request.method == "POST" and not needs_reason
    return render(request, "meetings/prepare/answer_for.html", context, status=422 if bad else 200)


def _answered(
    request: Request,
    meeting: Meeting,
    person_id: UUID,
    form: AnswerForm,
    back: str,
    person: Person | None = None,
) -> HttpResponse:
    data = form.cleaned_data
    try:
        answering.answer(
            meeting=meeting,
            person_id=person_id,
            given=data["answer"],
            reason=data["reason"],
            reason_text=data["reason_text"],
            by=request.standing,
        )
    except TooLate:
        return _begun(request, meeting)
    word = {"coming": "sẽ dự", "absent": "xin vắng"}.get(data["answer"], "chưa trả lời")
    who = f"Đã ghi thay đồng chí {person.given_name}: {word}." if person else f"Đã ghi: đồng chí {word}."
    notices.done(request, who)
    return redirect(back)
