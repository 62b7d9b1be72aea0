"""The draft of a resolution as a paper, "Dự thảo" at its head, with no number and no signature; and for a device."""

from typing import Any

from chibo.documents.blocks import Block, Document, Heading, Item, Paragraph
from chibo.documents.kinds import DocumentType
from chibo.lib.dates import format_date, period_name
from chibo.meetings.documents import NoSuchPaper, head
from chibo.meetings.models import Meeting
from chibo.resolutions.models import DraftedResolution, DraftedTask

KIND = "du-thao"
FILE_NAME = "Dự thảo nghị quyết.docx"


def tasks_of(meeting: Meeting) -> list[DraftedTask]:
    """The tasks of the draft in their order."""
    return list(DraftedTask.objects.filter(meeting=meeting).select_related("lead"))


def points_of(draft: DraftedResolution | None) -> list[str]:
    """Its points, a line each."""
    return [line.strip() for line in draft.points.splitlines() if line.strip()] if draft else []


def build_draft(meeting: Meeting, number: int | None) -> Document:
    """Dự thảo: points, then the tasks with their letters.

    Raises NoSuchPaper while nothing is drafted.
    """
    points, tasks = points_of(DraftedResolution.objects.filter(meeting=meeting).first()), tasks_of(meeting)
    if not points and not tasks:
        raise NoSuchPaper("Cuộc họp này chưa có dự thảo.")
    body: list[Block] = []
    if points:
        body += [Heading(1, "Đánh giá, phương hướng", 1), *(Item(one) for one in points)]
    if tasks:
        body.append(Heading(1, f"Nhiệm vụ {period_name(meeting.period)}", 2 if points else 1))
        body += [Item(sentence(task), "letter", place) for place, task in enumerate(tasks, 1)]
    body.append(Paragraph("Dự thảo để chi bộ thảo luận, sửa đổi và biểu quyết tại cuộc họp."))
    return Document(
        **head(meeting, DocumentType.RESOLUTION) | {"symbol": ""},
        date=None,
        kind_title="DỰ THẢO NGHỊ QUYẾT",
        subject=f"Lãnh đạo thực hiện nhiệm vụ {period_name(meeting.period)}",
        body=tuple(body),
        recipients=("Đảng viên chi bộ", "Lưu Chi bộ"),
    )


def sentence(task: DraftedTask) -> str:
    """A task in one sentence; what is still open is said to be open."""
    what = task.what.rstrip(". ")
    lead = f"Đồng chí {task.lead.full_name} chủ trì" if task.lead else "Chưa phân công chủ trì"
    helpers = f", phối hợp: {task.helpers_text.rstrip('. ')}" if task.helpers_text else ""
    due = f"Xong đến hết ngày {format_date(task.due)}" if task.due else "Chưa định hạn"
    how = f" Kiểm tra: {task.how_checked.rstrip('. ')}." if task.how_checked else ""
    return f"{what}. {lead}{helpers}. {due}.{how}"


def brought_along(meeting: Meeting) -> dict[str, Any] | None:
    """The draft as a device brings it to the room; None where nothing was drafted."""
    points, tasks = points_of(DraftedResolution.objects.filter(meeting=meeting).first()), tasks_of(meeting)
    if not points and not tasks:
        return None
    return {
        "title": f"Dự thảo nghị quyết {period_name(meeting.period)}",
        "points": points,
        "tasks": [
            {
                "id": one.pk,
                "what": one.what,
                "owner": one.lead_id,
                "helpers": one.helpers_text,
                "due": one.due,
                "how": one.how_checked,
            }
            for one in tasks
        ],
    }
