"""The draft of a resolution as a paper, "Dự thảo" at its head, with no number and no signature; and for a device."""

from typing import Any

from chibo.documents.blocks import Block, Document, Heading, Item, Paragraph
from chibo.documents.kinds import DocumentType
from chibo.lib.dates import add_months, format_date, period_name
from chibo.meetings.documents import NoSuchPaper, head
from chibo.meetings.models import Body, Meeting
from chibo.resolutions.models import DraftedResolution, DraftedTask
from chibo.resolutions.room.kinds import PARTS

KIND = "du-thao"
# What chi ủy writes beforehand; the chair's conclusion is spoken in the room.
DRAFTED = tuple(name for name in PARTS if name != "conclusion")
ASSESSMENT = {
    "ideology": "Công tác chính trị, tư tưởng",
    "political_tasks": "Nhiệm vụ chính trị",
    "praise": "Biểu dương, nhắc nhở",
    "shortcomings": "Hạn chế, khuyết điểm và nguyên nhân",
}


def has_drafts(meeting: Meeting) -> bool:
    """Whether a meeting decides on a resolution that can be drafted: one of the whole cell, not one held on paper."""
    return meeting.body == Body.CELL and meeting.group_id is None and not meeting.held_on_paper


def tasks_of(meeting: Meeting) -> list[DraftedTask]:
    """The tasks of the draft in their order."""
    return list(DraftedTask.objects.standing_in(meeting).select_related("lead"))


def parts_of(draft: DraftedResolution | None) -> dict[str, str]:
    """The parts that are written, by name."""
    return {name: text for name in DRAFTED if (text := getattr(draft, name, "").strip())}


def build_draft(meeting: Meeting, number: int | None) -> Document:
    """Dự thảo nghị quyết, in the parts of the resolution; what follows from the meeting is not there yet.

    Raises NoSuchPaper while nothing is drafted.
    """
    parts, tasks = parts_of(DraftedResolution.objects.filter(meeting=meeting).first()), tasks_of(meeting)
    if not parts and not tasks:
        raise NoSuchPaper("Cuộc họp này chưa có dự thảo.")
    previous, period = period_name(add_months(meeting.period, -1)), period_name(meeting.period)
    assessment: list[Block] = []
    for place, name in enumerate((name for name in ASSESSMENT if name in parts), 1):
        assessment += [Heading(2, ASSESSMENT[name], place), *_paragraphs(parts[name])]
    chapters = (
        (f"Đánh giá kết quả lãnh đạo thực hiện nhiệm vụ {previous}", assessment),
        (
            f"Phương hướng, nhiệm vụ {period}",
            [*_paragraphs(parts.get("direction", "")), *_items(tasks)],
        ),
        ("Phân công và tổ chức thực hiện", _paragraphs(parts.get("implementation", ""))),
    )
    body: list[Block] = []
    for place, (title, blocks) in enumerate((one for one in chapters if one[1]), 1):
        body += [Heading(1, title, place), *blocks]
    body.append(Paragraph("Dự thảo để chi bộ thảo luận, sửa đổi và biểu quyết tại cuộc họp."))
    return Document(
        **head(meeting, DocumentType.RESOLUTION) | {"symbol": ""},
        date=None,
        kind_title="DỰ THẢO NGHỊ QUYẾT",
        subject=f"Lãnh đạo thực hiện nhiệm vụ {period}",
        body=tuple(body),
        recipients=("Đảng viên chi bộ", "Lưu Chi bộ"),
    )


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def _items(tasks: list[DraftedTask]) -> list[Block]:
    return [Item(sentence(task), "letter", place) for place, task in enumerate(tasks, 1)]


def sentence(task: DraftedTask) -> str:
    """A task as the resolution will say it; what is still open is said to be open."""
    text = f"{task.what.rstrip('. ')}. "
    text += f"Đồng chí {task.lead.full_name} chủ trì" if task.lead else "Chưa phân công chủ trì"
    text += f", phối hợp: {task.helpers_text.rstrip('. ')}" if task.helpers_text else ""
    text += f"; hạn đến hết ngày {format_date(task.due)}" if task.due else "; chưa định hạn"
    text += f"; kiểm tra bằng: {task.how_checked.rstrip('. ')}" if task.how_checked else ""
    return f"{text}."


def brought_along(meeting: Meeting) -> dict[str, Any] | None:
    """The draft as a device brings it to the room; None where nothing was drafted."""
    draft = DraftedResolution.objects.filter(meeting=meeting).first() if has_drafts(meeting) else None
    if draft is None:
        return None
    parts, tasks = parts_of(draft), tasks_of(meeting)
    if not parts and not tasks:
        return None
    return {
        "parts": parts,
        "tasks": [
            {
                "id": one.pk,
                "what": one.what,
                "lead": one.lead_id,
                "helpers_text": one.helpers_text,
                "due": one.due,
                "how_checked": one.how_checked,
            }
            for one in tasks
        ],
    }
