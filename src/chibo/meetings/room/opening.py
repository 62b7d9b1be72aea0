"""Screens of the opening: open the room, elect the clerk, call the roll, welcome guests, report on fees."""

import json
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.dates import format_time_sentence, today
from chibo.look import notices
from chibo.meetings.models import Attendance, Entry, Invitee, Meeting, Reason, State
from chibo.meetings.room import commands, log
from chibo.meetings.room.bases import fits_again
from chibo.meetings.room.called import changes_since_the_plan, may_preside, opening_day
from chibo.meetings.room.claims import answer_claims, claims_on
from chibo.meetings.room.counting import recount
from chibo.meetings.room.entry_words import KIND_WORDS, NOT_KNOWN, ODD, words_of_call
from chibo.meetings.room.forms import CallForm, FeesForm, GuestForm, OpenForm
from chibo.meetings.room.openings import may_judge
from chibo.meetings.room.screens import (
    K,
    Screen,
    back,
    elsewhere,
    found_or_404,
    guests_of,
    meeting_of,
    screen_of,
    undo_url,
)
from chibo.meetings.room.verdicts import VOID
from chibo.members.models import Person

# What can be tapped at the roll; "không lý do" is a decision of the cell and stands with the corrections.
REASONS = [(one.value, one.label) for one in Reason if one != Reason.NONE]


@login_required
def room(request: Request, id: UUID) -> HttpResponse:
    """The door: open the meeting, or go to where it stands."""
    meeting = meeting_of(request, id)
    if meeting.is_before:
        return _open_page(request, meeting, _open_form(request, meeting))
    if meeting.state == State.CLOSED and log.room_of(meeting).needs_look:
        return redirect(f"/cuoc-hop/{meeting.pk}/phong/xem-lai/")
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    if screen.room.clerk is None:
        return redirect(f"{screen.path}thu-ky/")
    return redirect(_where(screen))


def _where(screen: Screen) -> str:
    """The step that is open; else the first that is not done."""
    for step in screen.steps:
        if step.item is not None and step.item.pk == screen.room.current:
            return step.url
    return next((step.url for step in screen.steps if not (step.done or step.put_off)), screen.steps[-1].url)


@login_required
@require_POST
def open_(request: Request, id: UUID) -> HttpResponse:
    """Open the meeting."""
    meeting = meeting_of(request, id)
    if not meeting.is_before:
        return elsewhere(request, meeting)
    form = _open_form(request, meeting)
    if not form.is_valid():
        return _open_page(request, meeting, form, status=422)
    pen = commands.Pen.of(request, meeting)
    commands.open_room(pen=pen, chair=UUID(form.cleaned_data["chair"]), **form.times())
    return redirect(f"/cuoc-hop/{meeting.pk}/phong/thu-ky/")


def _open_form(request: Request, meeting: Meeting) -> OpenForm:
    people = Person.objects.filter(pk__in=may_preside(meeting)).in_order()
    choices = [(str(person.pk), person.full_name) for person in people]
    mine = str(request.standing.person_id)
    chair = str(meeting.chair_id) if meeting.chair_id else mine if mine in dict(choices) else None
    early = not meeting.held_on_paper and meeting.day > today()
    data = request.POST if request.method == "POST" else None
    return OpenForm(data, meeting=meeting, people=choices, early=early, initial={"chair": chair})


def _open_page(request: Request, meeting: Meeting, form: OpenForm, status: int = 200) -> HttpResponse:
    may_open = request.standing.leads(meeting.cell_id) or request.standing.person_id == meeting.chair_id
    answers = Invitee.objects.filter(meeting=meeting, is_follower=False).values_list("answer", flat=True)
    context = {
        "meeting": meeting,
        "form": form,
        "may_open": may_open,
        "voided": Entry.objects.filter(meeting=meeting, kind=VOID).exists(),
        "coming": sum(one == Invitee.Answer.COMING for one in answers),
        "absent": sum(one == Invitee.Answer.ABSENT for one in answers),
        "silent": sum(not one for one in answers),
        "early_days": (meeting.day - today()).days,
        "changes": changes_since_the_plan(meeting, opening_day(meeting)),
    }
    return render(request, "meetings/room/open.html", context, status=status)


@login_required
def clerk(request: Request, id: UUID) -> HttpResponse:
    """Elect the clerk: one tap."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    able = [line for line in screen.lines if line.expected and line.kind != "temporary"]
    if request.method == "POST":
        chosen = found_or_404(next((line for line in able if str(line.person_id) == request.POST.get("member")), None))
        entry = commands.elect_clerk(pen=screen.pen, member=chosen.person_id)
        notices.done(request, f"Đồng chí {chosen.person.full_name} ghi biên bản.", undo_url(screen.meeting, entry))
        # A clerk who hands over may have no other part in the room.
        me, meeting = request.standing, screen.meeting
        stays = me.leads(meeting.cell_id) or me.person_id in (chosen.person_id, screen.room.chair)
        return redirect(f"{screen.path}diem-danh/" if stays else f"/cuoc-hop/{meeting.pk}/")
    proposed = next((line for line in able if line.person_id == screen.meeting.clerk_id), None)
    able = [line for line in able if line.person_id != screen.room.chair and line is not proposed]
    context = screen.context(
        K.OPENING, guided=False, able=able, proposed=proposed if screen.room.clerk is None else None
    )
    return render(request, "meetings/room/clerk.html", context)


@login_required
def roll(request: Request, id: UUID) -> HttpResponse:
    """Call the roll: absentees with their reason, then one tap for all the others."""
    if request.method == "POST":
        meeting = meeting_of(request, id)
        if meeting.state != State.OPEN:
            return elsewhere(request, meeting)
        if "confirm" in request.POST or "refuse" in request.POST:
            return answer_claims(request, meeting)
        return _call_rest(request, meeting) if "rest" in request.POST else _call_one(request, meeting)
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    _just_called(request, screen)
    return _roll_page(request, screen)


def _call_rest(request: Request, meeting: Meeting) -> HttpResponse:
    """Everyone who is called and has no state yet is present: only after a person has decided so."""
    expected = Attendance.objects.filter(meeting=meeting, state="", exempt=False, away=False, suspended=False)
    left = list(expected.values_list("person_id", flat=True))
    if left:
        entry = commands.call(pen=commands.Pen.of(request, meeting), members=left, state="present")
        who = f"{len(left)} đồng chí còn lại" if len(left) > 1 else "Đồng chí còn lại"
        notices.done(request, f"{who} có mặt.", undo_url(meeting, entry))
    return redirect(f"/cuoc-hop/{meeting.pk}/phong/diem-danh/")


def _call_one(request: Request, meeting: Meeting) -> HttpResponse:
    """One person: made by the dozen, so nothing is read that is not needed."""
    person, form = _person(request), CallForm(request.POST)
    require(commands.is_on_roll(meeting, person))
    if not form.is_valid():
        screen = screen_of(request, meeting.pk)
        assert isinstance(screen, Screen)  # noqa: S101 - it is open: seen above
        return _roll_page(request, screen, wrong=(person, form), status=422)
    values = dict(form.cleaned_data)
    if values["state"] == Attendance.State.PRESENT:
        values |= {"reason": "", "reason_text": ""}
    else:
        values |= {"late_minutes": None, "left_early": False}
    if values["state"] == Attendance.State.ABSENT:
        values["reason"] = values["reason"] or Reason.UNKNOWN
    entry = commands.call(pen=commands.Pen.of(request, meeting), members=[person], **values)
    # The page that comes says what was done: a notice in the session would cost a write for each person.
    return redirect(f"/cuoc-hop/{meeting.pk}/phong/diem-danh/?vua={entry.pk}")


def _just_called(request: Request, screen: Screen) -> None:
    """Say who has just been called, with the way back; nothing once it was undone."""
    try:
        id_ = UUID(request.GET.get("vua", ""))
    except ValueError:
        return
    entry = Entry.objects.filter(meeting=screen.meeting, kind="attend", pk=id_, payload__isnull=False).first()
    if entry is None or id_ in screen.room.undone:
        return
    payload = json.loads(entry.payload or "{}")
    names = ", ".join(screen.name_of(UUID(one)) for one in payload["members"])
    notices.done(request, f"{names}: {words_of_call(payload)}.", undo_url(screen.meeting, entry))


def _person(request: Request) -> UUID:
    """Who is called.

    Raises:
        Http404: it is nobody's id.
    """
    try:
        return UUID(request.POST.get("person", ""))
    except ValueError:
        raise Http404 from None


def _roll_page(
    request: Request, screen: Screen, wrong: tuple[UUID, CallForm] | None = None, status: int = 200
) -> HttpResponse:
    announced = {
        one.person_id: one for one in Invitee.objects.filter(meeting=screen.meeting, answer=Invitee.Answer.ABSENT)
    }
    for line in screen.lines:
        line.announced = announced.get(line.person_id)  # type: ignore[attr-defined]
        line.words = words_of_call(line.__dict__)  # type: ignore[attr-defined]
        line.wrong = wrong[1] if wrong and wrong[0] == line.person_id else None  # type: ignore[attr-defined]
    there = claims_on(screen)
    counts, quorum = screen.counts, screen.book.get("quorum_advice")
    official = sum(line.kind == "official" and line.expected for line in screen.lines)
    thin = counts.waiting == 0 and quorum is not None
    context = screen.context(
        K.OPENING,
        left=[line for line in screen.lines if line.expected and not line.state],
        done=[line for line in screen.lines if line.state],
        **there,
        others=[line for line in screen.lines if not line.expected and not line.state and not line.suspended],
        reasons=REASONS,
        decided=(Reason.NONE.value, Reason.NONE.label),
        guests=guests_of(screen),
        guest_form=GuestForm(),
        fees_form=FeesForm(initial={"text": screen.room.notes.get("fees", "")}),
        adopted=any(vote.subject == "agenda" for vote in screen.room.votes.values()),
        quorum=quorum if thin and counts.present_official * 3 < official * 2 else None,
        official_expected=official,
    )
    return render(request, "meetings/room/roll.html", context, status=status)


@login_required
@require_POST
def guest(request: Request, id: UUID) -> HttpResponse:
    """A guest has come."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    form = GuestForm(request.POST)
    if not form.is_valid():
        notices.fail(request, "Chưa ghi họ tên khách. Ghi họ tên rồi bấm Thêm khách.")
        return redirect(f"{screen.path}diem-danh/#khach")
    entry = screen.pen.write("guest", name=form.cleaned_data["name"], office=form.cleaned_data["office"] or None)
    notices.done(request, f"Đã thêm khách {form.cleaned_data['name']}.", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}diem-danh/#khach")


@login_required
@require_POST
def fees(request: Request, id: UUID) -> HttpResponse:
    """The report on fees, before the programme is adopted (domain.md 2.3)."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    form = FeesForm(request.POST)
    if not form.is_valid():
        notices.fail(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return redirect(f"{screen.path}diem-danh/#dang-phi")
    if form.cleaned_data["text"] != screen.room.notes.get("fees", ""):
        entry = screen.pen.write("note", about="fees", text=form.cleaned_data["text"])
        notices.done(request, "Đã ghi tình hình nộp đảng phí.", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}diem-danh/#dang-phi")


@login_required
@require_POST
def undo(request: Request, id: UUID, entry: UUID) -> HttpResponse:
    """Undo one thing just recorded; undoing the undo brings it back."""
    meeting = meeting_of(request, id)
    found = get_object_or_404(Entry.objects.visible_to(request.standing), meeting=meeting, pk=entry)
    if meeting.state not in (State.OPEN, State.CLOSED):
        return elsewhere(request, meeting)
    try:
        counter = commands.undo(pen=commands.Pen.of(request, meeting), entry=found)
    except commands.UrnGone:
        notices.warn(request, URN_GONE)
    else:
        notices.done(request, _undone(found), f"/cuoc-hop/{meeting.pk}/phong/hoan-tac/{counter.pk}/")
    return back(request, f"/cuoc-hop/{meeting.pk}/phong/")


URN_GONE = (
    "Bỏ phiếu trên máy đã có kết quả thì không hoàn tác được: hòm phiếu đã hủy, chỉ còn tổng số. "
    "Chi bộ muốn bỏ phiếu lại thì đưa ra lần nữa; biên bản ghi cả hai lần."
)


def _undone(entry: Entry) -> str:
    """What was taken back, in a sentence; or that it stands again."""
    when = f", ghi lúc {format_time_sentence(entry.at)}" if entry.at else ""
    if entry.kind == "undo":
        return "Đã ghi lại như trước khi hoàn tác."
    return f"Đã hoàn tác: {KIND_WORDS.get(entry.kind, 'Ghi chép').lower()}{when}."


@login_required
def look_again(request: Request, id: UUID) -> HttpResponse:
    """What does not fit together; each can be taken back, until the minutes are signed."""
    meeting = meeting_of(request, id)
    if meeting.state not in (State.OPEN, State.CLOSED):
        return elsewhere(request, meeting)
    room = log.room_of(meeting)
    if request.method == "POST":
        vote = next((one.entry for one in room.needs_look if str(one.entry) == request.POST.get("of")), None)
        if vote is not None:
            recount(pen=commands.Pen.of(request, meeting), room=room, vote=vote)
        return redirect(request.path)
    entries = Entry.objects.visible_to(request.standing).in_bulk([look.entry for look in room.needs_look])
    rows = []
    for look in room.needs_look:
        entry = entries[look.entry]
        why = ODD.get(look.why, NOT_KNOWN)
        mend = ("y-kien-khac/", "Xem ý kiến khác") if look.why.startswith("differing") else None
        if look.why == "opened_without_right" and may_judge(meeting, request.standing):
            mend = ("lan-mo/", "Xác nhận, hoặc bỏ")
        what, stays = KIND_WORDS.get(entry.kind, "Ghi chép"), look.why == "opened_without_right"
        again = look.why in ("vote_base", "too_many_hands", "base_not_on_the_roll") and fits_again(room, look.entry)
        rows.append((entry, what, why, mend, not stays, again))
    return render(request, "meetings/room/look.html", {"meeting": meeting, "rows": rows})
