"""What decisions put onto the next programme: open tasks under the review, resolutions that an item may serve."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from chibo.access.standing import Standing
from chibo.lib.dates import format_date, today
from chibo.lib.vietnamese import number_word
from chibo.meetings.models import AgendaItem, Body, Meeting, Paper
from chibo.meetings.registries import AgendaLine
from chibo.orgs.models import Organisation
from chibo.resolutions.drafting.papers import DRAFTED, has_drafts
from chibo.resolutions.models import DraftedResolution, Progress, Resolution, Task
from chibo.resolutions.room.state import left_open

RESOLUTIONS_OFFERED = 24


def open_tasks(meeting: Meeting, item: AgendaItem) -> list[AgendaLine]:
    """Every task that is not settled, under the item that reviews them (M9)."""
    if item.kind != AgendaItem.Kind.REVIEW or meeting.is_over:
        return []
    tasks = left_open(meeting).select_related("lead").prefetch_related("progress").order_by("due", "order")
    return [_line(task) for task in tasks]


def draft(meeting: Meeting) -> list[AgendaLine]:
    """The draft of the resolution, beside the programme of a meeting that is prepared; one query."""
    if not has_drafts(meeting):
        return []
    url, standing = f"/cuoc-hop/{meeting.pk}/du-thao/", Q(meeting__drafted_tasks__removed_at=None)
    paper = Paper.objects.filter(meeting=meeting, pk=OuterRef("paper_id"))
    drafts = DraftedResolution.objects.filter(meeting=meeting)
    found = drafts.annotate(tasks=Count("meeting__drafted_tasks", filter=standing), along=Exists(paper))
    one = found.values("tasks", "along", *DRAFTED).first()
    if one is None or not any(one[name] for name in ("tasks", *DRAFTED)):
        return [AgendaLine("Soạn dự thảo nghị quyết", "Việc nào đã rõ thì ghi trước, vào phòng họp chỉ còn sửa.", url)]
    text = "Dự thảo nghị quyết" + (f": {number_word(one['tasks'])} việc" if one["tasks"] else "")
    return [AgendaLine(text, "Gửi kèm thông báo." if one["along"] else "Không gửi kèm thông báo.", url)]


def own_tasks(meeting: Meeting, person: UUID) -> list[AgendaLine]:
    """What this meeting gives a person to do, or to help with: shown on their own phone in the hall."""
    own = Q(lead=person) | Q(helpers=person)
    given = Task.objects.of_meeting(meeting).filter(own).distinct().order_by("order")
    return [
        AgendaLine(one.what, f"{'phụ trách' if one.lead_id == person else 'phối hợp'}, hạn {format_date(one.due)}", "")
        for one in given
    ]


def _line(task: Task) -> AgendaLine:
    """ "Phát quang hàng rào · Lan, quá 4 ngày": the leader's own word stands where there is one."""
    said = [one for one in task.progress.all() if one.withdrawn_at is None]
    latest = said[-1] if said else None
    name, url = task.lead.given_name, f"/cong-viec/{task.pk}/"
    if latest is not None and latest.state == Progress.State.DONE:
        return AgendaLine(task.what, f"{name} báo xong {format_date(latest.at)[:5]}", url, "ok", "Đã báo xong")
    if task.days_late:
        return AgendaLine(task.what, f"{name}, quá {task.days_late} ngày", url, "late", "Quá hạn")
    same_year = task.due.year == today().year
    due = format_date(task.due)[: 5 if same_year else 10]
    return AgendaLine(task.what, f"{name}, hạn {due}", url, "plan", "Đang làm")


def resolutions_to_serve(cell: Organisation, standing: Standing) -> list[tuple[str, str]]:
    """The cell's own resolutions, the newest first, by what they are called."""
    found = (
        Resolution.objects.visible_to(standing)
        .filter(cell=cell, body=Body.CELL, signed_at__isnull=False)
        .order_by("-period")[:RESOLUTIONS_OFFERED]
    )
    return [(str(one.pk), f"{one.get_kind_display()} tháng {one.period.month}/{one.period.year}") for one in found]
