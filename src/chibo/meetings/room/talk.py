"""Screens of an item: what is said, by whom; what was handed in beforehand; who has long been silent."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.look import notices
from chibo.meetings.hall import commands as speaking
from chibo.meetings.models import AgendaItem, Attendance, Opinion, Question
from chibo.meetings.room import commands, criticism, dissent, kept
from chibo.meetings.room.differing import shown as shown_differing
from chibo.meetings.room.fold import Remark
from chibo.meetings.room.forms import EditRemarkForm, RemarkForm
from chibo.meetings.room.hall import hall
from chibo.meetings.room.screens import Screen, found_or_404, screen_of, undo_url
from chibo.meetings.room.silence import long_silent
from chibo.meetings.room.speaking import asked_by, queue


def seen(text: str) -> str:
    """A short digest of a text, to notice that somebody else has changed it since."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _item_of(screen: Screen, item: UUID) -> AgendaItem:
    return found_or_404(next((one for one in screen.items if one.pk == item), None))


def _may_speak(line: Attendance) -> bool:
    """Who is in the room, or may be while the roll is not called yet."""
    return line.state == Attendance.State.PRESENT or (line.expected and not line.state)


def _form(screen: Screen, item: AgendaItem, data: Any = None, speaker: str = "") -> RemarkForm:
    here = [line for line in screen.lines if _may_speak(line)]
    speakers = [(f"person:{line.person_id}", line.person.full_name) for line in here]
    speakers += [(f"guest:{one.name}", f"{one.name} (khách)") for one in screen.room.guests.values()]
    keep = f"phong {screen.meeting.pk} {item.pk}"
    return RemarkForm(data, speakers=speakers, keep=keep, initial={"speaker": speaker})


@login_required
def item(request: Request, id: UUID, item: UUID) -> HttpResponse:
    """The item that the hall speaks of."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    found = _item_of(screen, item)
    if request.method == "POST":
        form = _form(screen, found, request.POST)
        way = kept.way_of(screen.room, found)
        require(way != kept.PAPER)
        if way != kept.FULL and not (way == kept.CONCLUSION and request.POST.get("as") == "answer"):
            form.add_error(None, NOT_IN_FULL if way else NOT_CHOSEN)
        if not form.is_valid():
            return _page(request, screen, found, form, status=422)
        return _record(request, screen, found, form)
    person = request.GET.get("noi", "")
    return _page(request, screen, found, _form(screen, found, speaker=person))


def _record(request: Request, screen: Screen, found: AgendaItem, form: RemarkForm) -> HttpResponse:
    how = request.POST.get("as", "")
    if how == "differing":
        return _differ(request, screen, found, form)
    member, guest = (screen.room.chair, "") if how == "answer" else (form.member, form.guest)
    entry = commands.record_remark(
        pen=screen.pen,
        item=found,
        text=form.cleaned_data["text"],
        member=member,
        guest=guest,
        presenting=how == "presenting",
        is_answer=how == "answer",
        ask=asked_by(screen, member) if how == "" else None,
    )
    what = {"answer": "kết luận của chủ trì", "presenting": "phần trình bày"}.get(how, "ý kiến")
    notices.done(request, f"Đã ghi {what}: {screen.name_of(member) or guest}.", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}muc/{found.pk}/")


def _differ(request: Request, screen: Screen, found: AgendaItem, form: RemarkForm) -> HttpResponse:
    """A differing opinion: of a member, since the cell owes its author an answer."""
    if form.member is None:
        form.add_error("speaker", "Ý kiến khác phải của một đảng viên. Ý kiến của khách thì ghi vào biên bản.")
        return _page(request, screen, found, form, status=422)
    entry = dissent.raise_differing(pen=screen.pen, item=found, text=form.cleaned_data["text"], member=form.member)
    speaking.strike(pen=screen.pen, hall=hall(screen.room), member=form.member)
    notices.done(request, f"Đã ghi ý kiến khác: {screen.name_of(form.member)}.", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}muc/{found.pk}/#khac")


def _page(request: Request, screen: Screen, found: AgendaItem, form: RemarkForm, status: int = 200) -> HttpResponse:
    remarks = [one for one in screen.room.remarks.values() if one.item == found.pk]
    read = {one.opinion for one in screen.room.remarks.values()}
    handed_in = Opinion.objects.visible_to(request.standing).filter(
        meeting=screen.meeting, item=found, handed_in_at__isnull=False
    )
    opinions = [one for one in handed_in.select_related("author").order_by("handed_in_at") if one.pk not in read]
    spoken = {one.person for one in screen.room.remarks.values() if not (one.presenting or one.is_answer)}
    spoken |= {one.person for one in screen.room.differing.values()}
    way = kept.way_of(screen.room, found)
    context = screen.context(
        "item",
        found,
        guided=way == kept.FULL,
        form=form,
        remarks=[_shown(screen, one) for one in reversed(remarks)],
        differing=shown_differing(screen, found),
        opinions=opinions,
        questions=list(Question.objects.filter(item=found)),
        present=[(line, line.person_id in spoken) for line in screen.lines if _may_speak(line)],
        silent=long_silent(screen) if screen.is_chair else [],
        **queue(request, screen),
        is_current=screen.room.current == found.pk,
        keep_as=criticism.form_of(screen.room, found),
        way=way,
        page=kept.page_of(screen.room, found),
    )
    return render(request, "meetings/room/item.html", context, status=status)


NOT_CHOSEN = "Chi bộ chưa chọn cách ghi mục này. Chọn trước, rồi ghi."
NOT_IN_FULL = "Chi bộ chọn chỉ ghi kết luận của chủ trì ở mục này. Muốn ghi ý kiến thì đổi cách ghi trước."


def _shown(screen: Screen, one: Remark) -> dict[str, Any]:
    """A remark as the list shows it."""
    return {
        "id": one.id,
        "at": one.at if not screen.meeting.held_on_paper else None,
        "who": screen.name_of(one.person) or one.guest,
        "text": one.text,
        "presenting": one.presenting,
        "is_answer": one.is_answer,
        "written": one.opinion is not None,
    }


@login_required
@require_POST
def read_out(request: Request, id: UUID, item: UUID, opinion: UUID) -> HttpResponse:
    """A handed-in opinion is read out: one tap records it."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    found = _item_of(screen, item)
    require(kept.way_of(screen.room, found) == kept.FULL)
    one = get_object_or_404(
        Opinion.objects.visible_to(request.standing), meeting=screen.meeting, item=found, pk=opinion
    )
    if not any(remark.opinion == one.pk for remark in screen.room.remarks.values()):
        entry = commands.read_out(pen=screen.pen, opinion=one)
        notices.done(
            request, f"Đã ghi ý kiến đọc hộ: {screen.name_of(one.author_id)}.", undo_url(screen.meeting, entry)
        )
    return redirect(f"{screen.path}muc/{found.pk}/")


@login_required
@require_POST
def progress(request: Request, id: UUID, item: UUID) -> HttpResponse:
    """Turn to an item, finish it and go on, or put it off."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    found = _item_of(screen, item)
    step = screen.following(found)
    state = request.POST.get("state")
    if state == "open":
        commands.go_to(pen=screen.pen, item=found)
        return redirect(next(one.url for one in screen.steps if one.item == found))
    if state == "put_off":
        why = request.POST.get("why", "").strip()
        if not why or len(why) > 300:
            notices.fail(request, "Chưa hoãn mục này: ghi lý do, không quá 300 chữ cái.")
            return redirect(f"{screen.path}muc/{found.pk}/")
        entry = commands.put_off(pen=screen.pen, item=found, why=why)
        if step is not None and step.item is not None:
            commands.go_to(pen=screen.pen, item=step.item)
        notices.done(request, f"Hoãn mục “{found.title}”.", undo_url(screen.meeting, entry))
    else:
        require(state == "done")
        if criticism.unchosen(screen, found):
            notices.fail(request, "Chưa xong mục này: chi bộ chọn cách ghi trước.")
            return redirect(f"{screen.path}muc/{found.pk}/")
        commands.finish(pen=screen.pen, item=found, following=step.item if step else None)
    return redirect(step.url if step else f"{screen.path}ket-thuc/")


@login_required
def remark(request: Request, id: UUID, remark: UUID) -> HttpResponse:
    """Edit a remark; two who edit at once both see both versions, and nothing is replaced silently."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    one = found_or_404(screen.room.remarks.get(remark))
    if request.method == "POST" and "withdraw" in request.POST:
        entry = screen.pen.write("remark-withdraw", of=one.id)
        notices.done(request, "Đã bỏ ý kiến này khỏi biên bản.", undo_url(screen.meeting, entry))
        return redirect(f"{screen.path}muc/{one.item}/")
    keep = f"y-kien {one.id}"
    form = EditRemarkForm(request.POST or None, keep=keep, initial={"text": one.text, "seen": seen(one.text)})
    theirs, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            text = form.cleaned_data["text"]
            if form.cleaned_data["seen"] == seen(one.text) or text == one.text:
                if text != one.text:
                    entry = screen.pen.write("remark-edit", of=one.id, text=text)
                    notices.done(request, "Đã sửa ý kiến.", undo_url(screen.meeting, entry))
                return redirect(f"{screen.path}muc/{one.item}/")
            theirs, status = one.text, 409
            form = EditRemarkForm(keep=keep, initial={"text": text, "seen": seen(one.text)})
    found = next((item for item in screen.items if item.pk == one.item), None)
    context = screen.context("item", found, guided=False, form=form, theirs=theirs, remark=_shown(screen, one))
    return render(request, "meetings/room/remark.html", context, status=status)
