"""Resolution and conclusion as papers, and what they put into the minutes (domain.md 3.3, 3.4)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chibo.documents.blocks import Block, Column, Document, Heading, Item, Paragraph, Signature, Table
from chibo.documents.kinds import Body as PaperBody
from chibo.documents.kinds import DocumentType
from chibo.documents.models import DataClass, IssuedDocument
from chibo.lib.dates import add_months, format_date, format_date_long, period_name
from chibo.meetings.documents import NoSuchPaper, head, signing_officer
from chibo.meetings.minutes.commands import number_series
from chibo.meetings.minutes.sections import vote_sentence
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.room.log import room_of
from chibo.meetings.scoring.papers import self_assessment
from chibo.resolutions.models import Resolution, Review, Task

Kind = Resolution.Kind
PAPERS = {
    "nghi-quyet": (Kind.RESOLUTION, DocumentType.RESOLUTION, "NGHỊ QUYẾT"),
    "ket-luan": (Kind.CONCLUSION, DocumentType.CONCLUSION, "KẾT LUẬN"),
}


def tasks_of(meeting: Meeting) -> list[Task]:
    """The tasks that a meeting gave, in their order, with who helps."""
    return list(
        Task.objects.filter(meeting=meeting)
        .select_related("lead")
        .prefetch_related("helper_rows__person", "milestones")
        .order_by("order", "id")
    )


def task_sentence(task: Task) -> str:
    """One task as a paper says it: what, who leads, who helps, by when, how it is checked."""
    helpers = [row.person.full_name for row in task.helper_rows.all()]
    helpers += [task.helpers_text] if task.helpers_text else []
    text = f"{task.what.rstrip('.')}. Đồng chí {task.lead.full_name} chủ trì"
    text += f", phối hợp: {', '.join(helpers)}" if helpers else ""
    text += f"; hạn đến hết ngày {format_date(task.due)}"
    steps = [f"{one.what.rstrip('.')} (đến {format_date(one.due)})" for one in task.milestones.all()]
    text += f"; các mốc: {', '.join(steps)}" if steps else ""
    text += f"; kiểm tra bằng: {task.how_checked.rstrip('.')}" if task.how_checked else ""
    return f"{text}."


def _reviews(meeting: Meeting) -> list[Review]:
    return list(Review.objects.filter(meeting=meeting).select_related("task__lead").order_by("order", "id"))


def _result_words(review: Review) -> str:
    """ "Một phần: còn 2 hộ; hạn mới 06/12/2026"."""
    words = review.get_result_display()
    words += f": {review.cause.rstrip('.')}" if review.cause else ""
    return words + (f"; hạn mới {format_date(review.new_due)}" if review.new_due else "")


def review_table(reviews: Iterable[Review]) -> Table:
    """TT, nhiệm vụ đề ra, tình trạng đầu kỳ, kết quả thực hiện (domain.md 3.4)."""
    columns = (
        Column("TT", 0.07, "centre"),
        Column("Nhiệm vụ đề ra", 0.43),
        Column("Hạn", 0.16, "centre"),
        Column("Kết quả thực hiện", 0.34),
    )
    rows = tuple(
        (str(place), f"{r.task.what} ({r.task.lead.full_name})", format_date(r.due_then), _result_words(r))
        for place, r in enumerate(reviews, 1)
    )
    return Table(columns, rows)


def minutes_blocks(meeting: Meeting) -> dict[str, tuple[Block, ...]]:
    """What the decisions put into the minutes."""
    parts: dict[str, tuple[Block, ...]] = {}
    if reviews := _reviews(meeting):
        done = sum(one.result == Review.Result.DONE for one in reviews)
        head_line = Paragraph(f"Xem lại {len(reviews)} việc kỳ trước, xong {done} việc:")
        lines = [Item(f"{r.task.what.rstrip('.')} ({r.task.lead.full_name}): {_result_words(r)}.") for r in reviews]
        parts["review"] = (head_line, *lines)
    resolution = Resolution.objects.filter(meeting=meeting).first()
    if resolution is not None:
        texts = [resolution.conclusion]
        parts["conclusion"] = tuple(Paragraph(text) for text in texts if text)
    if tasks := tasks_of(meeting):
        lines = [Item(task_sentence(task)) for task in tasks]
        parts["tasks"] = (Paragraph("Phân công nhiệm vụ:"), *lines)
    return parts


def build_resolution(meeting: Meeting, number: int | None) -> Document:
    """Nghị quyết in its four parts; III and IV (the cell's own score) only where there is something to say.

    Raises NoSuchPaper when the meeting ended in a conclusion or in nothing yet.
    """
    resolution = _resolution(meeting, Kind.RESOLUTION)
    previous = period_name(add_months(resolution.period, -1))
    body: list[Block] = [Paragraph(_opening(meeting))]
    body.append(Heading(1, f"Đánh giá kết quả lãnh đạo thực hiện nhiệm vụ {previous}", 1))
    body += _assessment(meeting, resolution)
    body.append(Heading(1, f"Phương hướng, nhiệm vụ {period_name(resolution.period)}", 2))
    body += [Paragraph(resolution.direction)] if resolution.direction else []
    body += _task_list(meeting)
    if resolution.implementation:
        body += [Heading(1, "Phân công và tổ chức thực hiện", 3), Paragraph(resolution.implementation)]
    if score := self_assessment(room_of(meeting)):
        body += [Heading(1, "Tự đánh giá chất lượng kỳ sinh hoạt", 4 if resolution.implementation else 3), *score]
    if resolution.vote is not None:
        body.append(Paragraph(vote_sentence(resolution.vote)))
    return _paper(meeting, resolution, number, "nghi-quyet", tuple(body))


def build_conclusion(meeting: Meeting, number: int | None) -> Document:
    """Kết luận: what the chair concluded, the tasks, the vote.

    Raises NoSuchPaper when the meeting ended in a resolution or in nothing yet.
    """
    resolution = _resolution(meeting, Kind.CONCLUSION)
    body: list[Block] = [Paragraph(_opening(meeting))]
    texts = [resolution.conclusion, resolution.direction, resolution.implementation]
    body += [Paragraph(text) for text in texts if text]
    if reviews := _reviews(meeting):
        body += [Paragraph("Kết quả thực hiện nhiệm vụ kỳ trước:"), review_table(reviews)]
    body += _task_list(meeting)
    if resolution.vote is not None:
        body.append(Paragraph(vote_sentence(resolution.vote)))
    return _paper(meeting, resolution, number, "ket-luan", tuple(body))


def _resolution(meeting: Meeting, kind: str) -> Resolution:
    found = Resolution.objects.filter(meeting=meeting).select_related("vote").first()
    if found is None or found.kind != kind:
        word = "nghị quyết" if kind == Kind.RESOLUTION else "kết luận"
        raise NoSuchPaper(f"Cuộc họp này không có {word}.")
    return found


def _opening(meeting: Meeting) -> str:
    """Date, place, counts, length, chair and clerk: from the roll and the clock (domain.md 3.4)."""
    lines = list(Attendance.objects.filter(meeting=meeting))
    called = [line for line in lines if line.expected]
    present = sum(line.state == Attendance.State.PRESENT for line in called)
    length = f", trong {meeting.length_minutes} phút" if meeting.length_minutes else ""
    chair = meeting.chair.full_name if meeting.chair else ""
    clerk = meeting.clerk.full_name if meeting.clerk else ""
    text = f"{format_date_long(meeting.starts_at).capitalize()}, tại {meeting.place}, {meeting.who} họp{length}. "
    text += f"Có mặt {present}/{len(called)} đảng viên được triệu tập."
    if chair:
        text += f" Chủ trì: đồng chí {chair}."
    return text + (f" Thư ký: đồng chí {clerk}." if clerk else "")


def _assessment(meeting: Meeting, resolution: Resolution) -> list[Block]:
    """I: written parts stand as written; 3 is computed from the reviews; a part without text is left out."""
    reviews = _reviews(meeting)
    parts: list[tuple[str, list[Block]]] = [
        ("Công tác chính trị, tư tưởng", [Paragraph(resolution.ideology)] if resolution.ideology else []),
        ("Nhiệm vụ chính trị", [Paragraph(resolution.political_tasks)] if resolution.political_tasks else []),
        ("Kết quả thực hiện nghị quyết kỳ trước", [review_table(reviews)] if reviews else []),
        ("Biểu dương, nhắc nhở", [Paragraph(resolution.praise)] if resolution.praise else []),
        (
            "Hạn chế, khuyết điểm và nguyên nhân",
            [Paragraph(resolution.shortcomings)] if resolution.shortcomings else [],
        ),
    ]
    found: list[Block] = []
    for number, (title, blocks) in enumerate((one for one in parts if one[1]), 1):
        found += [Heading(2, title, number), *blocks]
    return found or [Paragraph("Không có nội dung đánh giá được ghi lại.")]


def _task_list(meeting: Meeting) -> list[Block]:
    """Each đầu việc with its letter: a b c d đ e g h i k."""
    tasks = tasks_of(meeting)
    return [Item(task_sentence(task), "letter", place) for place, task in enumerate(tasks, 1)]


def _paper(meeting: Meeting, resolution: Resolution, number: int | None, key: str, body: tuple[Block, ...]) -> Document:
    _, document_type, title = PAPERS[key]
    officer, name = signing_officer(meeting)
    parent = meeting.cell.parent
    recipients = [f"{parent.name} (báo cáo)"] if parent else []
    recipients += ["Cấp ủy viên phụ trách", "Đảng viên chi bộ", "Lưu Chi bộ"]
    return Document(
        **head(meeting, document_type),
        number=number if number is not None else resolution.number,
        date=meeting.held_day,
        kind_title=title,
        subject=f"Lãnh đạo thực hiện nhiệm vụ {period_name(resolution.period)}",
        body=body,
        recipients=tuple(recipients),
        signatures=(Signature("T/M CHI BỘ", officer, name),),
    )


def issue_with_minutes(meeting: Meeting, by: UUID, moment: datetime) -> None:
    """At the second signature the resolution or conclusion takes its number and is frozen as files."""
    resolution = Resolution.objects.filter(meeting=meeting).first()
    if resolution is None:
        return
    key = "nghi-quyet" if resolution.kind == Kind.RESOLUTION else "ket-luan"
    build = build_resolution if key == "nghi-quyet" else build_conclusion
    series = number_series(meeting, PAPERS[key][1])
    resolution.number, resolution.signed_at = series.take(), moment
    resolution.save(update_fields=["number", "signed_at"])
    IssuedDocument.objects.freeze(
        build(meeting, resolution.number),
        cell=meeting.cell,
        body=PaperBody(meeting.body),
        meeting_id=meeting.pk,
        kind=key,
        document_type=PAPERS[key][1],
        data_class=DataClass.RESOLUTION,
        made_at=moment,
        made_by=by,
        series=series,
    )
