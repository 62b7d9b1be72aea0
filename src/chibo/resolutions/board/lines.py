"""The lines of the board: open tasks with their latest word, grouped by time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch
from django.utils.text import capfirst

from chibo.access.standing import Standing
from chibo.directory.history.readings import capacity_of
from chibo.lib.dates import period_name, today
from chibo.lib.vietnamese import number_word
from chibo.orgs.models import Organisation, Succession
from chibo.resolutions.models import Progress, Review, Task, TaskHelper, TaskQuerySet


@dataclass(frozen=True)
class Line:
    """One task as the board shows it."""

    id: UUID
    what: str
    lead_id: UUID
    lead_name: str  # empty for those above the cell
    helpers: str
    due: date
    days_late: int  # 0 where its leader has said that it is done: then the cell's word is awaited, not theirs
    times_carried: int
    first_period: str
    latest: Progress | None
    settled: bool
    mine: bool
    of_committee: bool

    @property
    def reported_done(self) -> bool:
        """Whether its leader says that it is done; a meeting has the last word."""
        return self.latest is not None and self.latest.state == Progress.State.DONE

    @property
    def days_late_text(self) -> str:
        """ "4 ngày"."""
        return f"{self.days_late} ngày"

    @property
    def lead_given_name(self) -> str:
        """By which one is addressed."""
        return self.lead_name.rpartition(" ")[2]


@dataclass(frozen=True)
class Group:
    """Lines under one heading of time."""

    key: str
    title: str
    lines: list[Line]


def shows_who(task: Task, standing: Standing) -> bool:
    """Whether names stand beside how a task goes: for the cell's own people.

    Above the cell one reads what is late, never of whom: it would be a completion rate of a person (mission.md, never
    hold 4).
    """
    return capacity_of(standing, task.cell_id, task.meeting_id) is None


def lines_of(tasks: list[Task], standing: Standing) -> list[Line]:
    """Turn tasks (fetched by `with_board_rows`) into lines."""
    return [_line(task, standing) for task in tasks]


def with_board_rows(cell: Organisation, standing: Standing) -> "list[Task]":
    """The cell's given tasks that a person may see, with helpers, latest words and reviews, in four queries."""
    return _with_rows(Task.objects.visible_to(standing).given().in_care_of(cell))


def late_by_cell(cells: Sequence[UUID], standing: Standing) -> Counter[UUID]:
    """How many tasks of some cells wait for their leader past their day, in five queries; of a merged cell too."""
    found = Succession.objects.filter(successor_id__in=cells, keeps_archive=True)
    keeper = {one: one for one in cells} | dict(found.values_list("predecessor_id", "successor_id"))
    tasks = _with_rows(Task.objects.visible_to(standing).given().overdue().filter(cell_id__in=keeper))
    return Counter(keeper[task.cell_id] for task in tasks if _line(task, standing).days_late)


def _with_rows(tasks: TaskQuerySet) -> list[Task]:
    return list(
        tasks.select_related("lead", "meeting")
        .prefetch_related(
            Prefetch("helper_rows", TaskHelper.objects.select_related("person")),
            Prefetch("progress", Progress.objects.filter(withdrawn_at__isnull=True).select_related("by")),
            Prefetch("reviews", Review.objects.that_count()),
        )
        .order_by("due", "order", "id")
    )


def _line(task: Task, standing: Standing) -> Line:
    """One line; a task was carried once for each meeting that left it open."""
    progress = list(task.progress.all())
    named = shows_who(task, standing)
    helpers = [row.person.full_name for row in task.helper_rows.all()] if named else []
    if task.helpers_text:
        helpers.append(task.helpers_text)
    latest = progress[-1] if progress else None
    waits_for_lead = task.settled_at is None and (latest is None or latest.state != Progress.State.DONE)
    carried = sum(review.result != Review.Result.DONE for review in task.reviews.all())
    return Line(
        id=task.pk,
        what=task.what,
        lead_id=task.lead_id,
        lead_name=task.lead.full_name if named else "",
        helpers=", ".join(helpers),
        due=task.due,
        days_late=task.days_late if waits_for_lead else 0,
        times_carried=carried if task.settled_at is None else 0,
        first_period=period_name(task.meeting.period),
        latest=latest,
        settled=task.settled_at is not None,
        mine=standing.person_id == task.lead_id,
        of_committee=task.body == "committee",
    )


def groups_of(lines: list[Line], day: date | None = None) -> list[Group]:
    """Open lines by time: overdue, within a week, afterwards; last what its leader says is done."""
    day = day or today()
    week = day + timedelta(days=7)
    doing = [line for line in lines if not line.reported_done]
    groups = [
        Group("late", "Quá hạn", [line for line in doing if line.due < day]),
        Group("week", "Bảy ngày tới", [line for line in doing if day <= line.due <= week]),
        Group("after", "Sau đó", [line for line in doing if line.due > week]),
        Group("done", "Đã báo xong, chờ chi bộ xem", [line for line in lines if line.reported_done]),
    ]
    return [group for group in groups if group.lines]


def title_of(lines: list[Line]) -> str:
    """How open lines stand, in a sentence: "Hai trong bốn việc đang làm đã quá hạn"."""
    late, number = sum(line.days_late > 0 for line in lines), number_word(len(lines))
    if not lines:
        return "Không có việc nào đang làm"
    if not late:
        return f"{capfirst(number)} việc đang làm, không việc nào quá hạn"
    if late == len(lines):
        return "Một việc đang làm, đã quá hạn" if late == 1 else f"Cả {number} việc đang làm đã quá hạn"
    return f"{capfirst(number_word(late))} trong {number} việc đang làm đã quá hạn"
