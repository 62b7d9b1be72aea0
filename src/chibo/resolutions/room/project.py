"""The rows of reviews, tasks and the resolution, written from the state of the room."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from chibo.meetings.models import Meeting
from chibo.meetings.room.fold import Room
from chibo.meetings.room.project import bring, kept_rows, same_everywhere
from chibo.resolutions.figures import record_figures
from chibo.resolutions.models import MeetingFigures, Milestone, Resolution, Review, Task, TaskHelper
from chibo.resolutions.room.kinds import PARTS, Decisions, Given, decisions


def rows(meeting: Meeting, room: Room) -> None:
    """Write everything that the meeting decided, drafts too; a task is given only when the meeting has closed."""
    found = decisions(room)
    closed = room.closed_at if not room.aborted else None
    resolution = _resolution(meeting, room, found)
    _tasks(meeting, found, resolution, closed)
    if resolution is None:
        Resolution.objects.filter(meeting=meeting).delete()
    _reviews(meeting, found)
    if closed is not None:
        _settle(meeting)
        record_figures(meeting)


def _resolution(meeting: Meeting, room: Room, found: Decisions) -> Resolution | None:
    if not found.version:
        return None
    kind = found.kind or Resolution.Kind.CONCLUSION
    votes = [vote for vote in room.votes.values() if vote.subject == kind]
    wanted = {
        **meeting.keys,
        "kind": kind,
        "period": meeting.period,
        "vote_id": max(votes, key=lambda vote: vote.order).id if votes else None,
        "version": found.version,
        **{name: found.texts.get(name, "") for name in PARTS},
    }
    resolution, _ = Resolution.objects.update_or_create(
        meeting=meeting,
        defaults=wanted,
        create_defaults={"id": same_everywhere(meeting, "resolution"), **wanted},
    )
    return resolution


def _tasks(meeting: Meeting, found: Decisions, resolution: Resolution | None, closed: datetime | None) -> None:
    """A task's helpers and milestones have ids that follow from it, so that rebuilding keeps them."""
    tasks = list(found.tasks.values())
    bring(
        kept_rows(Task, meeting),
        [_task(meeting, one, resolution, closed) for one in tasks],
        ["resolution_id", "what", "lead_id", "helpers_text", "due", "how_checked", "order", "given_at"],
    )
    bring(
        kept_rows(TaskHelper, meeting, "task__meeting"),
        [
            TaskHelper(id=same_everywhere(one.id, who), **meeting.keys, task_id=one.id, person_id=who)
            for one in tasks
            for who in dict.fromkeys(one.helpers)
        ],
        ["person_id"],
    )
    bring(
        kept_rows(Milestone, meeting, "task__meeting"),
        [
            Milestone(id=same_everywhere(one.id, number), **meeting.keys, task_id=one.id, what=what, due=due)
            for one in tasks
            for number, (what, due) in enumerate(one.milestones)
        ],
        ["what", "due"],
    )


def _task(meeting: Meeting, one: Given, resolution: Resolution | None, closed: datetime | None) -> Task:
    return Task(
        id=one.id,
        **meeting.keys,
        resolution=resolution,
        what=one.what,
        lead_id=one.lead,
        helpers_text=one.helpers_text,
        due=one.due,
        how_checked=one.how_checked,
        order=one.order,
        given_at=closed,
    )


def _reviews(meeting: Meeting, found: Decisions) -> None:
    bring(
        kept_rows(Review, meeting),
        [
            Review(
                id=review_id(meeting, one.task),
                **meeting.keys,
                task_id=one.task,
                result=one.result,
                cause=one.cause,
                new_due=one.new_due,
                due_then=one.due_then,
                order=one.order,
            )
            for one in found.reviews.values()
        ],
        ["result", "cause", "new_due", "due_then", "order"],
    )


def review_id(meeting: Meeting, task: UUID) -> UUID:
    """The id of a meeting's review of a task."""
    return same_everywhere(meeting, f"review {task}")


def take_back(meeting: Meeting) -> None:
    """What the closing of a meeting settled is open again, and its figures are gone: it is not closed after all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT resolutions_unsettle(%s)", [meeting.pk])
    MeetingFigures.objects.filter(meeting=meeting).delete()


def _settle(meeting: Meeting) -> None:
    """At closing, done tasks are settled and the others get their new deadline, once; from the reviews just written.

    They belong to earlier meetings, which a clerk outside the committee may not write: a database function does it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT resolutions_settle(%s)", [meeting.pk])
