"""The figures of a meeting that go up the tree: counted from its rows at closing (M19)."""

from collections import Counter
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from chibo.meetings.models import Attendance, Body, Meeting
from chibo.resolutions.models import MeetingFigures, Review, Task

# Clocks may be a century apart; the column holds three weeks.
MOST_MINUTES = 32_767


def record_figures(meeting: Meeting, by_the_book: int | None = None) -> MeetingFigures | None:
    """Count a closed meeting of a cell; None for the committee's own meetings, which leave no figures above.

    expected and present count those called to the meeting; a probationary member counts, an exempt one does not.
    Who came is not known while somebody was not called. by_the_book: how many came by a paper book that has no names.
    """
    if meeting.body != Body.CELL:
        return None
    called = [line for line in Attendance.objects.filter(meeting=meeting) if line.expected]
    reviews = Review.objects.filter(meeting=meeting)
    figures, _ = MeetingFigures.objects.update_or_create(
        meeting=meeting,
        defaults={
            **meeting.keys,
            "period": meeting.period,
            "held_on": meeting.day,
            "expected": len(called),
            "present": by_the_book if by_the_book is not None else _present(called),
            "length_minutes": min(meeting.length_minutes or 0, MOST_MINUTES),
            "tasks_reviewed": reviews.count(),
            "tasks_done": reviews.filter(result=Review.Result.DONE).count(),
            "tasks_given": Task.objects.of_meeting(meeting).count(),
            "gatherings": meeting.gatherings,
        },
    )
    return figures


def _present(called: list[Attendance]) -> int | None:
    if any(not line.state for line in called):
        return None
    return sum(line.state == Attendance.State.PRESENT for line in called)


def held_by_parent(figures: QuerySet[MeetingFigures]) -> dict[UUID, int]:
    """Under each body, how many cells have held the month whose figures these are; one by groups, all gatherings."""
    cells = figures.values("cell__parent_id", "cell_id").annotate(split=Max("gatherings"), closed=Count("meeting_id"))
    found: Counter[UUID] = Counter()
    for parent, split, closed in cells.values_list("cell__parent_id", "split", "closed"):
        if parent is not None and (split == 1 or closed >= split):
            found[parent] += 1
    return dict(found)
