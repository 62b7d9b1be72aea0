"""The rows of reviews, tasks and the resolution, written from the state of the room."""

from copy import copy
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import connection

from chibo.lib.dates import now
from chibo.meetings.models import Meeting
from chibo.meetings.room.fold import Room
from chibo.meetings.room.paper_book import unsaid
from chibo.meetings.room.project import bring, kept_rows, same_everywhere
from chibo.resolutions.figures import record_figures
from chibo.resolutions.models import MeetingFigures, Milestone, Resolution, Review, Task, TaskHelper
from chibo.resolutions.room.kinds import PARTS, Decisions, Given, decisions


def rows(meeting: Meeting, room: Room) -> None:
    """Write everything that the meeting decided, drafts too; a task is given only when the meeting has closed."""
    found = decisions(room)
    closed = room.closed_at if not room.aborted else None
    resolution = _resolution(meeting, room, found)
    touched = _tasks(meeting, found, resolution, closed)
    if resolution is None:
        Resolution.objects.filter(meeting=meeting).delete()
    touched |= _reviews(meeting, found)
    _reckon(touched)
    if closed is not None:
        record_figures(meeting, unsaid(room).present)
    else:
        MeetingFigures.objects.filter(meeting=meeting).delete()


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


def _tasks(meeting: Meeting, found: Decisions, resolution: Resolution | None, closed: datetime | None) -> set[UUID]:
    """The ids of all tasks of the meeting. Their helpers and milestones have ids that follow from them, so that
    rebuilding keeps them."""
    tasks = list(found.tasks.values())
    before = cast("list[Task]", kept_rows(Task, meeting))
    wanted = [_task(meeting, one, resolution, closed) for one in tasks]
    bring(
        before,
        [*wanted, *_taken_back([row for row in before if row.pk not in found.tasks])],
        ["resolution_id", "what", "lead_id", "helpers_text", "first_due", "how_checked", "order", *_STANDS],
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
    return {row.pk for row in before} | found.tasks.keys()


_STANDS = ("given_at", "withdrawn_at")


def _taken_back(gone: list[Task]) -> list[Task]:
    """Of tasks that the meeting gives no more, those of which others have spoken: what they said is kept with them."""
    if not gone:
        return []
    kept = {task for task, spoken_of in _known(gone[0].meeting_id, [row.pk for row in gone]) if spoken_of}
    rows = [copy(row) for row in gone if row.pk in kept]
    for row in rows:
        row.resolution, row.given_at, row.withdrawn_at = None, None, row.withdrawn_at or now()
    return rows


def _task(meeting: Meeting, one: Given, resolution: Resolution | None, closed: datetime | None) -> Task:
    return Task(
        id=one.id,
        **meeting.keys,
        resolution=resolution,
        what=one.what,
        lead_id=one.lead,
        helpers_text=one.helpers_text,
        due=one.due,
        first_due=one.due,
        how_checked=one.how_checked,
        order=one.order,
        given_at=closed,
    )


def _reviews(meeting: Meeting, found: Decisions) -> set[UUID]:
    """The ids of all tasks that the meeting reviews now, or did before."""
    known = {task for task, _ in _known(meeting.pk, list(found.reviews))} if found.reviews else set()
    before = cast("list[Review]", kept_rows(Review, meeting))
    bring(
        before,
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
            # Of a task that was taken back before anyone spoke of it there is no row, nor of another cell's.
            if one.task in known
        ],
        ["result", "cause", "new_due", "due_then", "order"],
    )
    return {row.task_id for row in before} | known


def review_id(meeting: Meeting, task: UUID) -> UUID:
    """The id of a meeting's review of a task."""
    return same_everywhere(meeting, f"review {task}")


def _known(meeting: UUID, tasks: list[UUID]) -> list[tuple[UUID, bool]]:
    """Which of some tasks a meeting can speak of, and whether anyone but their own did; for whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task, spoken_of FROM resolutions_known_tasks(%s, %s)", [tasks, meeting])
        found: list[tuple[UUID, bool]] = cursor.fetchall()
    return found


def _reckon(tasks: set[UUID]) -> None:
    """Deadline and settlement of tasks, anew from the reviews of all meetings.

    Most belong to earlier meetings, which a clerk outside the committee may not write: a database function does it.
    """
    if tasks:
        with connection.cursor() as cursor:
            cursor.execute("SELECT resolutions_reckon(%s)", [list(tasks)])
