"""What a device brings along of tasks and resolutions to a meeting that may be held with no network."""

from typing import Any

from chibo.access.standing import Standing
from chibo.lib.dates import local_date, period_name
from chibo.lib.vietnamese import no_break
from chibo.meetings.models import Meeting, State
from chibo.resolutions import vague_words
from chibo.resolutions.drafting.papers import brought_along
from chibo.resolutions.in_minutes import label_of
from chibo.resolutions.models import Resolution, Review, Task
from chibo.resolutions.room.kinds import PARTS
from chibo.resolutions.room.state import earlier_tasks, last_resolution, old_tasks, past_work
from chibo.rules.book import RuleBook

# Each list of `vague_words` by its name on the device.
LISTS = (
    *("vague", "leading", "thin", "concrete", "themes", "places", "vague_times", "everyone", "nobody", "empty_checks"),
    *("labels", "number_words", "not_one"),
)


def decisions(meeting: Meeting, standing: Standing, book: RuleBook) -> dict[str, Any]:
    """The part of a pack that says what the meeting decides on: see static/meetings/device/pack.js."""
    last = last_resolution(meeting)
    return {
        "old_tasks": [_old_task(number, one, last) for number, one in enumerate(_old_tasks(meeting), 1)],
        "results": Review.Result.choices,
        "parts": [[name, label_of(name)] for name in PARTS],
        "wording": {**_words(), **_measures(meeting, book)},
        "last_texts": _texts(last),
        "draft": brought_along(meeting),
    }


def _old_tasks(meeting: Meeting) -> list[Task]:
    """Those to review; after the closing also those that it has settled."""
    found = old_tasks(meeting)
    if meeting.state != State.CLOSED:
        return found
    answered = Task.objects.filter(reviews__meeting=meeting).exclude(pk__in=[one.pk for one in found])
    more = answered.select_related("lead", "meeting").prefetch_related("progress")
    # With the deadline that this meeting reviewed, not the one that follows from what it found.
    then = dict(Review.objects.filter(meeting=meeting).values_list("task_id", "due_then"))
    tasks = [*found, *more]
    for task in tasks:
        task.due = then.get(task.pk, task.due)
    return sorted(tasks, key=lambda one: (one.due, one.order, one.pk))


def _old_task(number: int, task: Task, last: Resolution | None) -> dict[str, Any]:
    told = [one for one in task.progress.all() if one.withdrawn_at is None]
    said = max(told, key=lambda one: one.at, default=None)
    by_last = last is not None and task.meeting_id == last.meeting_id
    return {
        "id": task.pk,
        "number": number,
        "what": task.what,
        "lead": task.lead_id,
        "lead_name": task.lead.full_name,
        "due": task.due,
        "given": "" if by_last else period_name(task.meeting.period),
        "latest": said and {"day": local_date(said.at), "words": said.get_state_display().lower(), "note": said.note},
    }


def _words() -> dict[str, list[str]]:
    """The words by which a slogan is known from a task."""
    return {name: sorted(getattr(vague_words, name.upper())) for name in LISTS}


def _measures(meeting: Meeting, book: RuleBook) -> dict[str, Any]:
    """What a sentence is compared with, and how many tasks the cell finishes."""
    return {
        "soft_cap": book.number("task_soft_cap"),
        "similar_percent": book.number("similar_sentence_percent"),
        "milestone_days": book.number("task_milestones_after_days"),
        "past": [
            {"month": no_break(f"tháng {one.period.month}"), "given": one.given, "done": one.done}
            for one in past_work(meeting)
        ],
        "earlier": [
            {"what": one.what, "month": no_break(f"tháng {one.period.month}")} for one in earlier_tasks(meeting)
        ],
    }


def _texts(last: Resolution | None) -> dict[str, str]:
    """The parts of the last resolution, with what it is called."""
    if last is None:
        return {}
    texts = {name: getattr(last, name) for name in PARTS}
    title = f"{last.get_kind_display()} {period_name(last.period)}"
    return {"title": title, **{name: text for name, text in texts.items() if text}}
