"""Screens of the room about tasks and the resolution: review the old, write the new, conclude."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.lib.dates import today
from chibo.lib.vietnamese import UNUSABLE
from chibo.look import notices
from chibo.meetings.room.screens import K, Screen, draft_title, found_or_404, screen_of, undo_url
from chibo.resolutions import wording
from chibo.resolutions.models import Resolution, Review
from chibo.resolutions.room import commands
from chibo.resolutions.room.forms import ConcludeForm, ReviewForm, TaskForm, as_date, initial_of
from chibo.resolutions.room.kinds import PARTS, Given, decisions
from chibo.resolutions.room.state import Answered, answers, earlier_tasks, last_resolution, past_work

R = Review.Result
ONE_TAP = [(R.DONE.value, "Xong"), (R.PARTLY.value, "Một phần"), (R.NOT_DONE.value, "Chưa")]


# ---------- Old tasks ----------
@login_required
def review(request: Request, id: UUID) -> HttpResponse:
    """Every old task gets its answer: one tap; cause and new deadline only when needed (M9)."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    answered = answers(screen.meeting, screen.room)
    if request.method != "POST":
        return _review_page(request, screen, answered)
    one = found_or_404(next((one for one in answered if str(one.task.pk) == request.POST.get("task")), None))
    form = ReviewForm(_with_former(request, one), meeting=screen.meeting)
    if not form.is_valid():
        return _review_page(request, screen, answered, wrong=(one, form), status=422)
    values = form.cleaned_data
    anchor = f"{screen.path}viec-cu/#viec-{one.task.pk}"
    former = (one.reviewed.result, one.reviewed.cause, one.reviewed.new_due) if one.reviewed else None
    if former == (values["result"], values["cause"], values["new_due"]):
        return redirect(anchor)
    entry = commands.review(pen=screen.pen, task=one.task, **values)
    notices.done(request, f"Việc {one.number}: {R(values['result']).label.lower()}.", undo_url(screen.meeting, entry))
    return redirect(anchor)


def _with_former(request: Request, one: Answered) -> dict[str, Any]:
    """A tap on an answer keeps cause and deadline that were typed before."""
    values = request.POST.dict()
    if one.reviewed is not None and "cause" not in values:
        values["cause"] = one.reviewed.cause
        values["new_due"] = one.reviewed.new_due.isoformat() if one.reviewed.new_due else ""
    return values


def _review_page(
    request: Request,
    screen: Screen,
    answered: list[Answered],
    wrong: tuple[Answered, ReviewForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = []
    for one in answered:
        form = None
        if wrong is not None and wrong[0] is one:
            form = wrong[1]
        elif one.reviewed is not None and one.result != R.DONE:
            initial = {"result": one.result, "cause": one.reviewed.cause, "new_due": one.reviewed.new_due}
            form = ReviewForm(meeting=screen.meeting, initial=initial, auto_id=f"id_{one.number}_%s")
        rows.append((one, form))
    context = screen.context(
        K.REVIEW,
        rows=rows,
        one_tap=ONE_TAP,
        unseen=sum(one.reviewed is None for one in answered),
        lacking=sum(bool(one.reviewed and one.lacks) for one in answered),
        last=last_resolution(screen.meeting),
    )
    return render(request, "resolutions/room/review.html", context, status=status)


# ---------- New tasks ----------
@login_required
def tasks(request: Request, id: UUID) -> HttpResponse:
    """Write a task: objected to where it cannot be checked next month, never rewritten (M10)."""
    return _task_screen(request, id, None)


@login_required
def task(request: Request, id: UUID, task: UUID) -> HttpResponse:
    """Write a drafted task anew, or take it off the list."""
    return _task_screen(request, id, task)


def _task_screen(request: Request, id: UUID, task: UUID | None) -> HttpResponse:
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    given = decisions(screen.room).tasks
    require(task is None or task in given)
    editing = given[task] if task else None
    if request.method == "POST" and editing is not None and "withdraw" in request.POST:
        entry = commands.withdraw(pen=screen.pen, task=editing.id)
        notices.done(request, f"Đã bỏ việc “{editing.what[:60]}”.", undo_url(screen.meeting, entry))
        return redirect(f"{screen.path}viec-moi/")
    form = _task_form(screen, request.POST if request.method == "POST" else None, editing)
    if request.method != "POST":
        return _task_page(request, screen, form, editing)
    if not form.is_valid():
        return _task_page(request, screen, form, editing, _objections(screen, form, editing), status=422)
    objections = _objections(screen, form, editing)
    if objections and "keep" not in request.POST:
        return _task_page(request, screen, form, editing, objections, kept=False, status=422)
    if editing is not None:
        entry = commands.rewrite(pen=screen.pen, task=editing.id, draft=form.draft)
        notices.done(request, "Đã sửa việc.", undo_url(screen.meeting, entry))
    else:
        entry = commands.give(pen=screen.pen, draft=form.draft)
        notices.done(request, f"Đã thêm việc {len(given) + 1}.", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}viec-moi/")


def _task_form(screen: Screen, data: Any, editing: Given | None) -> TaskForm:
    people = [(str(line.person_id), line.person.full_name) for line in screen.lines if not line.suspended]
    initial = initial_of(editing) if editing else None
    return TaskForm(data, meeting=screen.meeting, people=people, initial=initial)


def _objections(screen: Screen, form: TaskForm, editing: Given | None) -> list[wording.Objection]:
    """What makes the task hard to check, and whether the cell takes on more than it finishes.

    Nothing where a text cannot be kept at all: its field says so.
    """
    if form.is_bound and any(UNUSABLE.search(text) for text in form.data.values() if isinstance(text, str)):
        return []
    book, data = screen.book, form.data
    people = dict(form.fields["lead"].choices)  # type: ignore[attr-defined]
    lead = people.get(data.get("lead"), "") if data.get("lead") else ""
    found = list(
        wording.check(
            data.get("what", ""),
            lead,
            data.get("helpers_text", ""),
            as_date(data.get("due", "")),
            data.get("how_checked", ""),
            screen.meeting.day if screen.meeting.held_on_paper else today(),
            screen.meeting.day,
            milestones=sum(bool(data.get(f"milestone_{n}")) for n in (1, 2)),
            earlier=earlier_tasks(screen.meeting),
            milestone_days=book.number("task_milestones_after_days"),
            similar_percent=book.number("similar_sentence_percent"),
        )
    )
    wrong = set(form.errors) if form.is_bound else set()
    found = [one for one in found if one.field not in wrong]
    count = len(decisions(screen.room).tasks) + (editing is None)
    too_many = wording.check_count(count, past_work(screen.meeting), book.number("task_soft_cap"))
    return [*found, too_many] if too_many is not None else found


def _task_page(
    request: Request,
    screen: Screen,
    form: TaskForm,
    editing: Given | None,
    objections: list[wording.Objection] | None = None,
    kept: bool = True,
    status: int = 200,
) -> HttpResponse:
    past, names = past_work(screen.meeting), screen.names
    drafted = [
        (number, one, names.get(one.lead, ""), _helpers(one, names))
        for number, one in enumerate(decisions(screen.room).tasks.values(), 1)
    ]
    context = screen.context(
        K.NEW_TASKS,
        form=form,
        editing=editing,
        drafted=drafted,
        objections=objections or [],
        ask_to_keep=not kept,
        pattern=next((one.pattern_pieces for one in objections or [] if one.pattern_with_blanks), ()),
        heading=wording.HEADING,
        past=past,
        capacity=wording.capacity(past, screen.book.number("task_soft_cap")),
        title=draft_title(screen.meeting, decisions(screen.room).kind or _usual(screen)),
    )
    return render(request, "resolutions/room/tasks.html", context, status=status)


def _usual(screen: Screen) -> str:
    """In what a gathering ends before somebody has chosen: a group's never in a resolution."""
    return Resolution.Kind.CONCLUSION if screen.meeting.group_id else Resolution.Kind.RESOLUTION


def _helpers(one: Given, names: dict[UUID, str]) -> str:
    found = [names[person] for person in one.helpers if person in names]
    return ", ".join([*found, one.helpers_text] if one.helpers_text else found)


@login_required
@require_POST
def wording_of(request: Request, id: UUID) -> HttpResponse:
    """The objections to a sentence while it is typed; a fragment of the page."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return HttpResponse(status=204)
    what = request.POST.get("what", "")
    if len(what.split()) < 3:
        return HttpResponse("")
    found = [one for one in _objections(screen, _task_form(screen, request.POST, None), None) if one.field == "what"]
    pattern = next((one.pattern_pieces for one in found if one.pattern_with_blanks), ())
    context = {"objections": found, "pattern": pattern, "heading": wording.HEADING}
    return render(request, "resolutions/wording.html", context)


# ---------- Conclusion or resolution ----------
@login_required
def conclude(request: Request, id: UUID) -> HttpResponse:
    """Write the conclusion or the resolution, part by part; I.3 and the tasks of II follow from the record."""
    screen = screen_of(request, id)
    if isinstance(screen, HttpResponse):
        return screen
    found = decisions(screen.room)
    data = request.POST if request.method == "POST" else None
    initial = {"kind": found.kind or None, **found.texts}
    by_group = screen.meeting.group_id is not None
    form = ConcludeForm(data, current=found.texts, has_tasks=bool(found.tasks), by_group=by_group, initial=initial)
    if request.method != "POST":
        return _conclude_page(request, screen, form)
    if not form.is_valid():
        return _conclude_page(request, screen, form, status=409 if form.theirs else 422)
    kind = form.cleaned_data["kind"]
    if kind != found.kind or form.changed:
        entry = commands.conclude(pen=screen.pen, kind=kind if kind != found.kind else None, parts=form.changed)
        title = draft_title(screen.meeting, kind)
        notices.done(request, f"Đã ghi {title[0].lower()}{title[1:]}.", undo_url(screen.meeting, entry))
    return redirect(f"{screen.path}ket-luan/")


def _conclude_page(request: Request, screen: Screen, form: ConcludeForm, status: int = 200) -> HttpResponse:
    found, last = decisions(screen.room), last_resolution(screen.meeting)
    limit = screen.book.number("similar_sentence_percent")
    alike = []
    if last is not None:
        for name in PARTS:
            percent = wording.similar(found.texts.get(name, ""), getattr(last, name))
            if percent >= limit and len(found.texts.get(name, "").split()) > 5:
                alike.append((form.fields[name].label, percent, getattr(last, name)))
    names = screen.names
    context = screen.context(
        K.CONCLUSION,
        form=form,
        kind=found.kind,
        sheet=screen.sheet,
        answered=answers(screen.meeting, screen.room),
        drafted=[(one, names.get(one.lead, ""), _helpers(one, names)) for one in found.tasks.values()],
        alike=alike,
        last=last,
        theirs=form.theirs,
        title=draft_title(screen.meeting, found.kind or Resolution.Kind.CONCLUSION),
    )
    return render(request, "resolutions/room/conclude.html", context, status=status)
