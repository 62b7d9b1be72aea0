"""What the signatures under minutes cover of resolutions, tasks and figures; see meetings.minutes.signed_tables."""

from collections.abc import Iterator

from chibo.lib.dates import format_date
from chibo.meetings.minutes.signed_tables import LATER
from chibo.meetings.models import Meeting
from chibo.meetings.registries import Correctable, SignedTable, columns
from chibo.resolutions.models import MeetingFigures, Milestone, Resolution, Review, Task, TaskHelper

RECKONED = "reckoned anew from the reviews of later meetings, each under its own signatures"

TABLES = (
    SignedTable(
        Resolution,
        "nghị quyết, kết luận",
        root=columns(
            "cell_id body kind period ideology political_tasks praise shortcomings direction implementation conclusion"
            " vote_id version"
        ),
        seal=("number", "signed_at"),
        not_covered={"reported_at": LATER},
    ),
    SignedTable(
        Task,
        "việc được giao",
        root=columns(
            "cell_id body resolution_id what lead_id helpers_text first_due how_checked target unit order given_at"
            " withdrawn_at"
        ),
        not_covered={
            "due": RECKONED,
            "settled_at": RECKONED,
            "carried_from_id": "a link to the task before, taken away when that one is deleted",
            "reported_at": LATER,
        },
    ),
    SignedTable(TaskHelper, "người phối hợp", root=("cell_id", "body", "task_id", "person_id")),
    SignedTable(Milestone, "mốc của việc", root=("cell_id", "body", "task_id", "what", "due")),
    SignedTable(
        Review,
        "kết quả việc kỳ trước",
        root=columns("cell_id body task_id result cause new_due amount due_then order"),
    ),
    SignedTable(
        MeetingFigures,
        "số liệu của buổi họp",
        root=columns(
            "cell_id body period held_on expected present length_minutes tasks_reviewed tasks_done tasks_given"
            " gatherings"
        ),
    ),
)


def correctable(meeting: Meeting) -> Iterator[Correctable]:
    """What a correction may name of the tasks that a meeting gave, and of those that it reviewed."""
    for task in Task.objects.filter(meeting=meeting, withdrawn_at=None).select_related("lead"):
        name = f"Việc “{task.what}”"
        yield Correctable(f"task:{task.pk}", "what", name, "nội dung việc", task.what[:300])
        yield Correctable(f"task:{task.pk}", "lead_id", name, "người chủ trì", task.lead.full_name)
        yield Correctable(f"task:{task.pk}", "first_due", name, "hạn", format_date(task.first_due or task.due))
        yield Correctable(f"task:{task.pk}", "how_checked", name, "kiểm tra bằng", task.how_checked)
    for review in Review.objects.filter(meeting=meeting).select_related("task"):
        name = f"Việc kỳ trước “{review.task.what}”"
        yield Correctable(f"review:{review.pk}", "result", name, "kết quả", str(review.get_result_display()))
