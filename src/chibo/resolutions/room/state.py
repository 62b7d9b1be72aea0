"""What the room reads of tasks: the old ones to review, how much the cell finishes, what bars the closing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.utils.text import capfirst

from chibo.lib.vietnamese import number_word
from chibo.meetings.models import HELD, Body, Meeting, Part
from chibo.meetings.models.gathering import begins_at
from chibo.meetings.registries import ClosingBar, Matter
from chibo.meetings.room import log
from chibo.meetings.room.called import roll_at_opening
from chibo.meetings.room.fold import Room
from chibo.meetings.room.paper_book import unsaid_vote_on
from chibo.meetings.room.screens import Screen, draft_title
from chibo.resolutions.models import Progress, Resolution, Review, Task, TaskQuerySet
from chibo.resolutions.room.kinds import Decisions, Reviewed, decisions
from chibo.resolutions.wording import NO_RESOLUTION, EarlierTask, MonthWork

MONTHS_BACK = 3


def old_tasks(meeting: Meeting) -> list[Task]:
    """Every task that an earlier meeting of this body gave and none has settled, the earliest deadline first.

    The review sticks to the previous resolution (the seed; rule `review_previous_tasks`), and what was put off
    before is still there. Only the regular part reviews (rule `definition_review_lock`).
    """
    if not _reviews(meeting):
        return []
    words = Progress.objects.filter(withdrawn_at__isnull=True).select_related("by").order_by("-at")
    return list(
        left_open(meeting)
        .select_related("lead", "meeting")
        .prefetch_related(Prefetch("progress", words))
        .order_by("due", "order", "id")
    )


def _reviews(meeting: Meeting) -> bool:
    return meeting.body != Body.CELL or meeting.parts.filter(kind=Part.Kind.REGULAR).exists()


def how_many_old(meeting: Meeting) -> int:
    """How many old tasks wait for a review."""
    return left_open(meeting).count() if _reviews(meeting) else 0


def left_open(meeting: Meeting) -> TaskQuerySet:
    """What earlier meetings of this body gave and none has settled.

    A group looks at what its own people lead, and not at what another group has given for the same month.
    """
    found = (
        Task.objects.open()
        .in_care_of(meeting.cell_id)
        .filter(body=meeting.body)
        .alias(begins=begins_at("meeting__"))
        .filter(begins__lt=meeting.begins_at)
        .exclude(meeting=meeting)
    )
    if meeting.group_id is None:
        return found
    people = [line.person_id for line in roll_at_opening(meeting)]
    return found.filter(lead__in=people).exclude(meeting__group__isnull=False, meeting__period=meeting.period)


def _before(meeting: Meeting) -> Q:
    """Rows of the meetings that a gathering follows on; of a group's gathering not those of other groups."""
    own = Q(meeting__group=None) | Q(meeting__group=meeting.group_id) if meeting.group_id else Q()
    return own & Q(begins__lt=meeting.begins_at) & ~Q(meeting=meeting)


def unreviewed(screen: Screen) -> list[Matter]:
    """How many old tasks have no answer yet, for the chair, in one query."""
    meeting, reviews = screen.meeting, decisions(screen.room).reviews
    if meeting.body == Body.CELL and not screen.regular:
        return []
    left = sum(pk not in reviews for pk in left_open(meeting).values_list("pk", flat=True))
    if not left:
        return []
    return [Matter(f"{capfirst(number_word(left))} việc kỳ trước chưa xem", f"{screen.path}viec-cu/", "list-checks")]


def lacks(task: Task, reviewed: Reviewed | None, day: date) -> str:
    """What an answer to a task still lacks, in words; empty when it is complete."""
    if reviewed is None:
        return "chưa xem"
    if reviewed.result == Review.Result.DONE:
        return ""
    if reviewed.result == Review.Result.PUT_OFF:
        return "" if reviewed.cause else "chưa ghi lý do chuyển kỳ sau"
    if task.due > day:  # its day has not come: there is nothing to explain
        return ""
    missing = [words for words, there in (("vì sao", reviewed.cause), ("hạn mới", reviewed.new_due)) if not there]
    return f"chưa ghi {' và '.join(missing)}" if missing else ""


def past_work(meeting: Meeting) -> list[MonthWork]:
    """What the last months gave, and how much of it was done (newest last)."""
    own = Q(group=None) | Q(group=meeting.group_id) if meeting.group_id else Q()
    before = Meeting.objects.filter(
        own,
        cell_id=meeting.cell_id,
        body=meeting.body,
        state__in=HELD,
    ).annotate(
        given=Count("tasks", filter=Q(tasks__given_at__isnull=False)),
        done=Count("tasks", filter=Q(tasks__given_at__isnull=False, tasks__settled_at__isnull=False)),
    )
    newest = before.before(meeting).filter(given__gt=0).in_turn().reverse()[:MONTHS_BACK]
    return [MonthWork(*row) for row in reversed(newest.values_list("period", "given", "done"))]


def earlier_tasks(meeting: Meeting) -> list[EarlierTask]:
    """The tasks of the months before, to compare a new sentence with."""
    given = Task.objects.given().filter(cell_id=meeting.cell_id, body=meeting.body).exclude(meeting=meeting)
    given = given.alias(begins=begins_at("meeting__")).filter(begins__lt=meeting.begins_at)
    rows = given.order_by("-given_at").values_list("what", "meeting__period")[:60]
    return [EarlierTask(what, period) for what, period in rows]


def last_resolution(meeting: Meeting) -> Resolution | None:
    """What the meeting before decided."""
    found = Resolution.objects.filter(cell_id=meeting.cell_id, body=meeting.body)
    return found.alias(begins=begins_at("meeting__")).filter(_before(meeting)).order_by("-begins").first()


@dataclass(frozen=True)
class Answered:
    """An old task with its answer; what part I.3 of the resolution is computed from (domain.md 3.4)."""

    number: int
    task: Task
    reviewed: Reviewed | None
    lacks: str
    latest: Progress | None

    @property
    def result(self) -> str:
        """The answer's value, for the buttons."""
        return self.reviewed.result if self.reviewed else ""

    @property
    def words(self) -> str:
        """The answer in words."""
        return Review.Result(self.reviewed.result).label if self.reviewed else ""


def answers(meeting: Meeting, room: Room) -> list[Answered]:
    """All old tasks with their answers."""
    found = decisions(room).reviews
    return [
        Answered(
            number,
            task,
            found.get(task.pk),
            lacks(task, found.get(task.pk), meeting.day),
            next(iter(task.progress.all()), None),
        )
        for number, task in enumerate(old_tasks(meeting), 1)
    ]


def has_text(found: Decisions) -> bool:
    """Whether there is something to decide on: a kind, and words or tasks."""
    if found.kind == Resolution.Kind.CONCLUSION:
        return bool(found.texts.get("conclusion", "").strip())
    return bool(found.kind) and (any(text.strip() for text in found.texts.values()) or bool(found.tasks))


def closing_bars(meeting: Meeting) -> list[ClosingBar]:
    """What bars a closing: tasks not reviewed, no conclusion, a resolution without its vote (domain.md 2.8)."""
    room = log.room_of(meeting)
    return [*_bars_of_review(meeting, room), *_bars_of_conclusion(meeting, room)]


def _bars_of_review(meeting: Meeting, room: Room) -> list[ClosingBar]:
    path, bars = f"/cuoc-hop/{meeting.pk}/phong/viec-cu/", []
    answered = answers(meeting, room)
    if unseen := sum(one.reviewed is None for one in answered):
        bars.append(ClosingBar(f"Còn {number_word(unseen)} việc chưa xem.", path, "Xem việc kỳ trước"))
    bars += [
        ClosingBar(f"Việc {one.number} {one.lacks}.", f"{path}#viec-{one.task.pk}", "Ghi thêm")
        for one in answered
        if one.reviewed is not None and one.lacks
    ]
    return bars


def _bars_of_conclusion(meeting: Meeting, room: Room) -> list[ClosingBar]:
    path, found = f"/cuoc-hop/{meeting.pk}/phong/", decisions(room)
    if meeting.group_id and found.kind == Resolution.Kind.RESOLUTION:
        return [ClosingBar(NO_RESOLUTION, f"{path}ket-luan/", "Viết kết luận")]
    if not has_text(found):
        return [ClosingBar("Chưa có kết luận hoặc nghị quyết.", f"{path}ket-luan/", "Viết kết luận")]
    if meeting.body == Body.COMMITTEE:
        return []
    title, votes = draft_title(meeting, found.kind), [v for v in room.votes.values() if v.subject == found.kind]
    to_vote = f"{path}bieu-quyet/?noi-dung={found.kind}"
    if not votes:
        # The chair concludes; a resolution is adopted by hands, of which the paper book may not say the counts.
        if found.kind == Resolution.Kind.CONCLUSION or unsaid_vote_on(room, found.kind):
            return []
        return [ClosingBar(f"Chưa biểu quyết: {title}.", to_vote, "Biểu quyết")]
    last = max(votes, key=lambda vote: vote.order)
    if decisions(room.judged()).not_voted:
        return [ClosingBar("Dự thảo được sửa sau khi biểu quyết.", to_vote, "Biểu quyết lại")]
    if not last.passed:
        other = "" if found.kind == Resolution.Kind.CONCLUSION else ", hoặc kết thúc bằng kết luận"
        why = f"{title} chưa đủ số tán thành. Sửa rồi biểu quyết lại{other}."
        return [ClosingBar(why, f"{path}ket-luan/", "Sửa dự thảo")]
    return []
