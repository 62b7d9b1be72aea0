"""Resolution and conclusion as papers (domain.md 3.4), of the same draft as the minutes."""

from datetime import datetime
from uuid import UUID

from chibo.documents.blocks import Block, Column, Document, Heading, Item, Paragraph, Signature, Table
from chibo.documents.kinds import Body as PaperBody
from chibo.documents.kinds import DocumentType
from chibo.documents.models import DataClass, IssuedDocument
from chibo.lib.dates import add_months, format_date, format_date_long, period_name
from chibo.meetings.documents import NoSuchPaper, head, signing_officer
from chibo.meetings.minutes.commands import number_series
from chibo.meetings.minutes.draft import Draft
from chibo.meetings.minutes.opening import from_the_book
from chibo.meetings.minutes.read_facts import draft_of
from chibo.meetings.minutes.votes import unsaid_sentence, vote_sentence
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.room.paper_book import unsaid, unsaid_vote_on
from chibo.meetings.scoring.papers import self_assessment
from chibo.resolutions.in_minutes import result_words, task_of, task_sentence
from chibo.resolutions.models import Resolution
from chibo.resolutions.room.kinds import decisions

Kind = Resolution.Kind
PAPERS = {
    "nghi-quyet": (Kind.RESOLUTION, DocumentType.RESOLUTION, "NGHỊ QUYẾT"),
    "ket-luan": (Kind.CONCLUSION, DocumentType.CONCLUSION, "KẾT LUẬN"),
}


def review_table(draft: Draft) -> Table:
    """TT, nhiệm vụ đề ra, tình trạng đầu kỳ, kết quả thực hiện (domain.md 3.4)."""
    columns = (
        Column("TT", 0.07, "centre"),
        Column("Nhiệm vụ đề ra", 0.43),
        Column("Hạn", 0.16, "centre"),
        Column("Kết quả thực hiện", 0.34),
    )
    rows = []
    for place, one in enumerate(decisions(draft.room).reviews.values(), 1):
        task = task_of(draft, one)
        rows.append((str(place), f"{task.what} ({task.lead})", format_date(one.due_then), result_words(one)))
    return Table(columns, tuple(rows))


def build_resolution(meeting: Meeting, number: int | None) -> Document:
    """Nghị quyết in its four parts; III and IV (the cell's own score) only where there is something to say.

    Raises NoSuchPaper when the meeting ended in a conclusion or in nothing yet.
    """
    resolution = _resolution(meeting, Kind.RESOLUTION)
    previous = period_name(add_months(resolution.period, -1))
    draft = draft_of(meeting)
    body: list[Block] = [Paragraph(_opening(meeting, draft))]
    body.append(Heading(1, f"Đánh giá kết quả lãnh đạo thực hiện nhiệm vụ {previous}", 1))
    body += _assessment(draft, resolution)
    body.append(Heading(1, f"Phương hướng, nhiệm vụ {period_name(resolution.period)}", 2))
    body += [Paragraph(resolution.direction)] if resolution.direction else []
    body += _task_list(draft)
    if resolution.implementation:
        body += [Heading(1, "Phân công và tổ chức thực hiện", 3), Paragraph(resolution.implementation)]
    if score := self_assessment(draft.room):
        body += [Heading(1, "Tự đánh giá chất lượng kỳ sinh hoạt", 4 if resolution.implementation else 3), *score]
    body += _vote(draft, resolution)
    return _paper(meeting, resolution, number, "nghi-quyet", tuple(body))


def build_conclusion(meeting: Meeting, number: int | None) -> Document:
    """Kết luận: what the chair concluded, the tasks, the vote.

    Raises NoSuchPaper when the meeting ended in a resolution or in nothing yet.
    """
    resolution = _resolution(meeting, Kind.CONCLUSION)
    draft = draft_of(meeting)
    body: list[Block] = [Paragraph(_opening(meeting, draft))]
    texts = [resolution.conclusion, resolution.direction, resolution.implementation]
    body += [Paragraph(text) for text in texts if text]
    if found := [*_assessed(resolution), *_reviewed(draft)]:
        body += [Paragraph("Kết quả thực hiện nhiệm vụ kỳ trước:"), *found]
    body += _task_list(draft)
    body += _vote(draft, resolution)
    return _paper(meeting, resolution, number, "ket-luan", tuple(body))


def _resolution(meeting: Meeting, kind: str) -> Resolution:
    found = Resolution.objects.filter(meeting=meeting).first()
    if found is None or found.kind != kind:
        word = "nghị quyết" if kind == Kind.RESOLUTION else "kết luận"
        raise NoSuchPaper(f"Cuộc họp này không có {word}.")
    return found


def _vote(draft: Draft, resolution: Resolution) -> list[Block]:
    """The vote that decided it: the last on its kind."""
    votes = [one for one in draft.room.votes.values() if one.subject == resolution.kind]
    if not votes and (told := unsaid_vote_on(draft.room, resolution.kind)) is not None:
        return [Paragraph(unsaid_sentence(told))]
    return [Paragraph(vote_sentence(votes[-1]))] if votes else []


def _attendance(draft: Draft) -> str:
    """ "Có mặt 15/17 đảng viên được triệu tập, chưa điểm danh 1." Nobody is present or absent before being called."""
    if (book := unsaid(draft.room)).roll:
        number = "" if book.present is None else f"Có mặt {book.present} đồng chí theo sổ. "
        return f"{number}Sổ không ghi danh sách dự họp."
    called = [line for line in draft.room.roll.values() if line.expected]
    left = sum(not line.state for line in called)
    if left == len(called):
        return f"Chưa điểm danh {left} đảng viên được triệu tập."
    present = sum(line.state == Attendance.State.PRESENT for line in called)
    unknown = f", chưa điểm danh {left}" if left else ""
    return f"Có mặt {present}/{len(called)} đảng viên được triệu tập{unknown}."


def _opening(meeting: Meeting, draft: Draft) -> str:
    """Date, place, counts, length, chair and clerk: from the roll and the clock (domain.md 3.4)."""
    length = f", trong {meeting.length_minutes} phút" if meeting.length_minutes else ""
    chair = meeting.chair.full_name if meeting.chair else ""
    clerk = meeting.clerk.full_name if meeting.clerk else ""
    text = f"{format_date_long(meeting.day).capitalize()}, tại {meeting.place}, {meeting.who} họp{length}. "
    text += _attendance(draft)
    if chair:
        text += f" Chủ trì: đồng chí {chair}."
    text += f" Thư ký: đồng chí {clerk}." if clerk else ""
    return " ".join((text, *(one.replace("Biên bản này", "Buổi họp") for one in from_the_book(draft))))


def _assessment(draft: Draft, resolution: Resolution) -> list[Block]:
    """I: written parts stand as written; 3 is computed from the reviews; a part without text is left out."""
    parts: list[tuple[str, list[Block]]] = [
        ("Công tác chính trị, tư tưởng", [Paragraph(resolution.ideology)] if resolution.ideology else []),
        ("Nhiệm vụ chính trị", _assessed(resolution)),
        ("Kết quả thực hiện nghị quyết kỳ trước", _reviewed(draft)),
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


def _assessed(resolution: Resolution) -> list[Block]:
    """How last month went, as it was written at the old tasks."""
    return [Paragraph(resolution.political_tasks)] if resolution.political_tasks else []


def _reviewed(draft: Draft) -> list[Block]:
    return [review_table(draft)] if decisions(draft.room).reviews else []


def _task_list(draft: Draft) -> list[Block]:
    """Each đầu việc with its letter: a b c d đ e g h i k."""
    tasks = decisions(draft.room).tasks.values()
    return [Item(task_sentence(draft, task), "letter", place) for place, task in enumerate(tasks, 1)]


def _paper(meeting: Meeting, resolution: Resolution, number: int | None, key: str, body: tuple[Block, ...]) -> Document:
    _, document_type, title = PAPERS[key]
    officer, name = signing_officer(meeting)
    parent = meeting.cell.parent
    recipients = [f"{parent.name} (báo cáo)"] if parent else []
    recipients += ["Cấp ủy viên phụ trách", "Đảng viên chi bộ", "Lưu Chi bộ"]
    return Document(
        **head(meeting, document_type),
        number=number if number is not None else resolution.number,
        date=meeting.day,
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
