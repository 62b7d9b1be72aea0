"""The page of the draft: parts and tasks, checked as they are typed, before the meeting that decides on them."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.dates import today
from chibo.lib.vietnamese import UNUSABLE
from chibo.look import notices
from chibo.meetings.models import Meeting
from chibo.meetings.prepare.checks import book_of
from chibo.meetings.prepare.commands import TooLate
from chibo.meetings.prepare.views.finding import GONE, led_meeting, version_in
from chibo.members.roster import roster
from chibo.resolutions import wording
from chibo.resolutions.drafting import commands
from chibo.resolutions.drafting.commands import paper_of
from chibo.resolutions.drafting.forms import DraftedTaskForm, PartsForm, initial_of
from chibo.resolutions.drafting.papers import DRAFTED, has_drafts, parts_of, tasks_of
from chibo.resolutions.in_minutes import label_of
from chibo.resolutions.models import DraftedResolution, DraftedTask
from chibo.resolutions.room.state import earlier_tasks, past_work


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: Request, meeting_id: UUID) -> HttpResponse:
    """The draft as it stands; its written parts are saved by their button."""
    meeting = _meeting(request, meeting_id)
    if request.method != "POST":
        return _render(request, meeting) if meeting.is_before else redirect(f"/cuoc-hop/{meeting.pk}/")
    form = PartsForm(request.POST)
    if not form.is_valid():
        return _render(request, meeting, form=form, status=422)
    version, parts = version_in(request), {name: form.cleaned_data[name] for name in DRAFTED}
    try:
        commands.save_parts(meeting=meeting, version=version, parts=parts, by=request.standing)
    except commands.Stale as stale:
        return _render(request, meeting, form=form, theirs=_apart(stale.current, parts), status=409)
    except TooLate:
        return _gone(request, meeting)
    notices.done(request, "Đã lưu các phần của dự thảo.")
    return redirect(_here(meeting))


def _apart(current: DraftedResolution, typed: dict[str, str]) -> list[tuple[str, str]]:
    """The parts that somebody else has written otherwise, by what they are called."""
    return [(label_of(name), text) for name in DRAFTED if (text := getattr(current, name)) not in ("", typed[name])]


@login_required
@require_POST
def send_along(request: Request, meeting_id: UUID) -> HttpResponse:
    """The draft goes out with the notice, or no longer does."""
    meeting = _meeting(request, meeting_id)
    try:
        if request.POST.get("gui") == "1":
            commands.send_along(meeting=meeting, by=request.standing)
            notices.done(request, "Dự thảo gửi kèm thông báo.")
        else:
            commands.keep_back(meeting=meeting, by=request.standing)
            notices.done(request, "Dự thảo không gửi kèm thông báo.")
    except commands.NothingToSend:
        notices.fail(request, "Chưa có gì để gửi. Ghi một việc hoặc một phần của dự thảo trước.")
    except TooLate:
        return _gone(request, meeting)
    return redirect(f"{_here(meeting)}#gui-kem")


@login_required
@require_POST
def new_task(request: Request, meeting_id: UUID) -> HttpResponse:
    """Add a task."""
    meeting = _meeting(request, meeting_id)
    return _save_task(request, meeting, None)


@login_required
@require_http_methods(["GET", "POST"])
def task(request: Request, meeting_id: UUID, task_id: UUID) -> HttpResponse:
    """One task, open in its place; or taken off the draft."""
    meeting = _meeting(request, meeting_id)
    drafted = DraftedTask.objects.visible_to(request.standing).filter(meeting=meeting, removed_at=None)
    one: DraftedTask = get_object_or_404(drafted, pk=task_id)
    if request.method != "POST":
        return _render(request, meeting, editing=one) if meeting.is_before else redirect(f"/cuoc-hop/{meeting.pk}/")
    if "remove" not in request.POST:
        return _save_task(request, meeting, one)
    try:
        commands.remove_task(meeting=meeting, task=one.pk, by=request.standing)
    except TooLate:
        return _gone(request, meeting)
    undo = f"{_here(meeting)}viec/{one.pk}/khoi-phuc/"
    notices.done(request, f"Đã bỏ việc “{one.what[:60]}” khỏi dự thảo.", undo_url=undo)
    return redirect(_here(meeting))


@login_required
@require_POST
def restore(request: Request, meeting_id: UUID, task_id: UUID) -> HttpResponse:
    """Put a task back that was taken off."""
    meeting = _meeting(request, meeting_id)
    try:
        commands.restore_task(meeting=meeting, task=task_id, by=request.standing)
    except TooLate:
        return _gone(request, meeting)
    return redirect(f"{_here(meeting)}#viec-{task_id}")


def _save_task(request: Request, meeting: Meeting, editing: DraftedTask | None) -> HttpResponse:
    """What is hard to check is said once, beside what was typed; whoever wrote it may keep it."""
    form = _task_form(meeting, request.POST, editing)
    found = _objections(meeting, form)
    if not form.is_valid() or (found and "keep" not in request.POST):
        return _render(request, meeting, editing=editing, task_form=form, objections=found, status=422)
    try:
        commands.save_task(meeting=meeting, text=form.text, task=editing.pk if editing else None, by=request.standing)
    except TooLate:
        return _gone(request, meeting)
    notices.done(request, "Đã sửa việc." if editing else "Đã thêm việc vào dự thảo.")
    return redirect(f"{_here(meeting)}#viet")


@login_required
@require_POST
def wording_of(request: Request, meeting_id: UUID) -> HttpResponse:
    """The objections to a sentence while it is typed; a fragment of the page."""
    meeting = _meeting(request, meeting_id)
    if len(request.POST.get("what", "").split()) < 3:
        return HttpResponse("")
    found = [one for one in _objections(meeting, _task_form(meeting, request.POST, None)) if one.field == "what"]
    return render(request, "resolutions/wording.html", _said(found))


def _meeting(request: Request, meeting_id: UUID) -> Meeting:
    """A meeting of the person's committee that decides on a resolution.

    Raises:
        Http404: it is not theirs, or it decides on none.
    """
    meeting = led_meeting(request, meeting_id)
    require(has_drafts(meeting))
    return meeting


def _here(meeting: Meeting) -> str:
    return f"/cuoc-hop/{meeting.pk}/du-thao/"


def _gone(request: Request, meeting: Meeting) -> HttpResponse:
    notices.warn(request, GONE)
    return redirect(f"/cuoc-hop/{meeting.pk}/")


def _task_form(meeting: Meeting, data: Any, editing: DraftedTask | None) -> DraftedTaskForm:
    lines = roster(meeting.cell_id, meeting.day)
    people = [(str(line.person_id), line.full_name) for line in lines if not line.suspended]
    initial = initial_of(editing) if editing else None
    return DraftedTaskForm(data, meeting=meeting, people=people, initial=initial)


def _objections(meeting: Meeting, form: DraftedTaskForm) -> list[wording.Objection]:
    """What makes the sentences hard to check, as the room says it; a field that is left open is not objected to."""
    data = form.data
    if any(UNUSABLE.search(text) for text in data.values() if isinstance(text, str)):
        return []
    book = book_of(meeting.cell, meeting)
    leads = dict(form.fields["lead"].choices)  # type: ignore[attr-defined]
    typed = {"lead": data.get("lead"), "due": data.get("due"), "how_checked": data.get("how_checked")}
    found = wording.check(
        data.get("what", ""),
        leads.get(typed["lead"], "") if typed["lead"] else "",
        data.get("helpers_text", ""),
        form.typed_day(),
        typed["how_checked"] or "",
        today(),
        meeting.day,
        earlier=earlier_tasks(meeting),
        milestone_days=book.number("task_milestones_after_days"),
        similar_percent=book.number("similar_sentence_percent"),
    )
    open_fields = {name for name, value in typed.items() if not value}
    wrong = set(form.errors) if form.is_bound else set()
    return [one for one in found if one.field not in open_fields | wrong]


def _said(objections: list[wording.Objection]) -> dict[str, Any]:
    pattern = next((one.pattern_pieces for one in objections if one.pattern_with_blanks), ())
    return {"objections": objections, "pattern": pattern, "heading": wording.HEADING}


def _render(
    request: Request,
    meeting: Meeting,
    *,
    form: PartsForm | None = None,
    theirs: list[tuple[str, str]] | None = None,
    editing: DraftedTask | None = None,
    task_form: DraftedTaskForm | None = None,
    objections: list[wording.Objection] | None = None,
    status: int = 200,
) -> HttpResponse:
    one = DraftedResolution.objects.filter(meeting=meeting).first()
    tasks, cap = tasks_of(meeting), book_of(meeting.cell, meeting).number("task_soft_cap")
    parts = parts_of(one)
    context = {
        "meeting": meeting,
        "draft": one,
        "form": form or PartsForm(initial=parts),
        "theirs": theirs,
        "tasks": tasks,
        "is_drafted": bool(tasks or parts),
        "goes_along": paper_of(one) is not None,
        "editing": editing,
        "task_form": task_form or _task_form(meeting, None, editing),
        "too_many": wording.check_count(len(tasks) + 1, past_work(meeting), cap) if tasks else None,
        "ask_to_keep": bool(objections),
        **_said(objections or []),
    }
    return render(request, "resolutions/drafting/draft.html", context, status=status)
