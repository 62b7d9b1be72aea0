"""The papers of a meeting as blocks: giấy mời, chương trình, biên bản (domain.md 3.1 to 3.3)."""

from dataclasses import replace
from typing import Any

from django.conf import settings

from chibo.access.models import Office, TermOfOffice
from chibo.documents.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Item,
    KeyValue,
    Paragraph,
    Signature,
    Table,
    blocks_from_json,
)
from chibo.documents.kinds import Body as PaperBody
from chibo.documents.kinds import DocumentType
from chibo.lib.dates import (
    format_date,
    format_date_long,
    format_time,
    format_time_sentence,
    local_date,
    period_name,
    weekday_name,
)
from chibo.meetings import registries
from chibo.meetings.minutes.opening import kinds_in_words
from chibo.meetings.minutes.sections import ANNEX, sections_of
from chibo.meetings.models import AgendaItem, Annotation, Body, Meeting, Minutes, Question
from chibo.meetings.models import Signature as Signed
from chibo.meetings.prepare.programme import numbers_of

KINDS = ("giay-moi", "chuong-trinh", "bien-ban", "bien-ban-chi-uy", "nghi-quyet", "ket-luan", "du-thao")
ANNOTATION = "dinh-chinh-"


class NoSuchPaper(ValueError):
    """This meeting has no paper of this kind; the message says why, in Vietnamese."""


def minutes_kind(meeting: Meeting) -> str:
    """The kind of file that a meeting's minutes are."""
    return "bien-ban-chi-uy" if meeting.body == Body.COMMITTEE else "bien-ban"


def build(kind: str, meeting: Meeting) -> Document:
    """The paper of a kind as it would be printed now, without a number.

    Raises NoSuchPaper when the meeting has no such paper.
    """
    if kind == "giay-moi":
        return invitation(meeting)
    if kind == "chuong-trinh":
        return programme_document(meeting)
    if kind in ("bien-ban", "bien-ban-chi-uy"):
        if kind != minutes_kind(meeting):
            raise NoSuchPaper("Cuộc họp này không có loại biên bản đó.")
        return minutes_document(meeting, None)
    if (builder := registries.document_builders.get(kind)) is not None:
        return builder(meeting, None)
    raise NoSuchPaper("Không có loại văn bản này.")


def head(meeting: Meeting, document_type: DocumentType) -> dict[str, Any]:
    """What every paper of a meeting carries: issuer, symbol, place."""
    cell = meeting.cell
    parent = cell.parent
    return {
        "parent_name": parent.name if parent else "",
        "issuer_name": cell.name,
        "symbol": document_type.symbol(PaperBody(meeting.body)),
        "place": cell.locality or (parent.locality if parent else "") or "…",
        "fictitious": settings.FICTITIOUS,
    }


def signing_officer(meeting: Meeting) -> tuple[str, str]:
    """Title and name of who signs for the cell: its secretary, in whose absence the deputy who chaired."""
    offices = TermOfOffice.objects.on(meeting.day).filter(organisation=meeting.cell).select_related("person")
    by_office = {office.office: office for office in offices}
    deputy = by_office.get(Office.DEPUTY)
    if deputy is not None and deputy.person_id == meeting.chair_id:
        return "PHÓ BÍ THƯ", deputy.person.full_name
    secretary = by_office.get(Office.SECRETARY)
    return "BÍ THƯ", secretary.person.full_name if secretary else ""


def signature_for(meeting: Meeting) -> tuple[Signature, ...]:
    """ "T/M CHI BỘ" / "BÍ THƯ" / name."""
    title, name = signing_officer(meeting)
    authority = "T/M CHI ỦY" if meeting.body == Body.COMMITTEE else "T/M CHI BỘ"
    return (Signature(authority, title, name),)


def _when(meeting: Meeting) -> str:
    start = meeting.starts_at
    return f"{format_time_sentence(start)}, {weekday_name(start)}, {format_date_long(start)}"


def invitation(meeting: Meeting) -> Document:
    """Giấy mời (domain.md 3.1)."""
    what = (
        "Dự họp chi ủy"
        if meeting.body == Body.COMMITTEE
        else f"Dự sinh hoạt {meeting.group_words or 'chi bộ'} {kinds_in_words(meeting)}".strip()
    )
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("part__position", "position"))
    questions = list(
        Question.objects.filter(meeting=meeting).order_by("item__part__position", "item__position", "position")
    )
    body: list[Block] = [KeyValue("1. Nội dung", f"Sinh hoạt {period_name(meeting.period)}:")]
    body += [Item(item.title) for item in items if item.kind not in ("opening", "closing")]
    body += [
        KeyValue("2. Thời gian", f"{_when(meeting)}."),
        KeyValue("3. Địa điểm", f"{meeting.place}."),
        KeyValue("4. Yêu cầu", "Mang sổ tay, dự đúng giờ, chuẩn bị ý kiến phát biểu."),
    ]
    body += [Paragraph(text) for text in meeting.reasons]
    if questions:
        body.append(Paragraph("Những vấn đề cần tập trung thảo luận:"))
        body += [Item(question.text) for question in questions]
    parent = meeting.cell.parent
    recipients = ["Như kính gửi", f"{parent.name} (báo cáo)" if parent else "", "Lưu Chi bộ"]
    return Document(
        **head(meeting, DocumentType.INVITATION),
        date=None,
        kind_title="GIẤY MỜI",
        subject=f"{what} {period_name(meeting.period)}",
        body=tuple(body),
        addressees=(f"Các đồng chí đảng viên {meeting.who}",),
        recipients=tuple(one for one in recipients if one),
        signatures=signature_for(meeting),
    )


def programme_document(meeting: Meeting) -> Document:
    """Chương trình (domain.md 3.2), with the table STT, nội dung, người thực hiện, thời gian."""
    items = list(
        AgendaItem.objects.filter(meeting=meeting)
        .select_related("presenter")
        .prefetch_related("questions")
        .order_by("part__position", "position")
    )
    columns = (
        Column("STT", 0.09, "centre"),
        Column("Nội dung", 0.5),
        Column("Người thực hiện", 0.26),
        Column("Phút", 0.15, "centre"),
    )
    numbers = numbers_of(items)
    rows = tuple(
        (str(numbers.get(item.pk, "")), item.title, item.presented_by, str(item.minutes) if item.minutes else "")
        for item in items
    )
    total = sum(item.minutes or 0 for item in items)
    body: list[Block] = []
    number = 0

    def heading(text: str) -> None:
        nonlocal number
        number += 1
        body.append(Heading(1, text, number))

    if meeting.purpose:
        heading("Mục đích, yêu cầu")
        body.append(Paragraph(meeting.purpose))
    heading("Thời gian, địa điểm")
    body += [Paragraph(f"Thời gian: {_when(meeting)}."), Paragraph(f"Địa điểm: {meeting.place}.")]
    heading("Thành phần")
    all_of = f"Toàn thể đảng viên {meeting.group_words or 'chi bộ'}."
    who = "Các đồng chí chi ủy viên." if meeting.body == Body.COMMITTEE else all_of
    body.append(Paragraph(who))
    heading("Nội dung")
    body.append(Table(columns, rows))
    if total:
        start, end = format_time(meeting.starts_at), total
        body.append(Paragraph(f"Bắt đầu lúc {start}, dự kiến {end} phút."))
    questions = [(item, question) for item in items for question in item.questions.all()]
    if questions:
        heading("Vấn đề cần tập trung thảo luận")
        body += [Item(question.text, "number", place) for place, (_, question) in enumerate(questions, 1)]
    return Document(
        **head(meeting, DocumentType.PROGRAMME),
        date=None,
        kind_title="CHƯƠNG TRÌNH",
        subject=_meeting_name(meeting),
        body=tuple(body),
        recipients=("Đảng viên chi bộ" if meeting.body == Body.CELL else "Chi ủy viên", "Lưu Chi bộ"),
        signatures=signature_for(meeting),
    )


def _meeting_name(meeting: Meeting) -> str:
    """ "Họp chi bộ thường kỳ tháng 12/2026"."""
    if meeting.body == Body.COMMITTEE:
        return f"Họp chi ủy {period_name(meeting.period)}"
    who = f"Họp {meeting.group_words or 'chi bộ'} {kinds_in_words(meeting)}".strip()
    return f"{who}{',' if meeting.group_words else ''} {period_name(meeting.period)}"


def minutes_document(meeting: Meeting, number: int | None, *, with_closed: bool = True) -> Document:
    """Biên bản: from the frozen sections where they are, else assembled from the record.

    with_closed: whether the text of closed sections is in it; without, their place is marked.
    """
    minutes = Minutes.objects.filter(meeting=meeting).first()
    body: list[Block] = []
    annex: list[Block] = []
    if minutes is not None and minutes.frozen_at is not None:
        frozen = {row.position: row for row in minutes.sections.order_by("position")}
        for place, outline in enumerate(minutes.outline, 1):
            row = frozen.get(place)
            if row is None or (outline["data_class"] == "self_criticism" and not with_closed):
                body += closed_place(outline["title"])
            else:
                (annex if row.key == ANNEX else body).extend(blocks_from_json(row.content["blocks"]))
    else:
        for section in sections_of(meeting):
            (annex if section.key == ANNEX else body).extend(section.blocks)
    return replace(minutes_frame(meeting, minutes, number), body=tuple(body), annex=tuple(annex))


def minutes_frame(meeting: Meeting, minutes: Minutes | None, number: int | None = None) -> Document:
    """The minutes without what stands in them: issuer, number, date, title, signatures."""
    return Document(
        **head(meeting, DocumentType.MINUTES),
        number=number if number is not None else (minutes.number if minutes else None),
        date=meeting.day,
        kind_title="BIÊN BẢN",
        subject=_meeting_name(meeting),
        body=(),
        signatures=_minutes_signatures(meeting, minutes),
    )


def annotation_kind(number: int) -> str:
    """The kind of file that a correction is."""
    return f"{ANNOTATION}{number}"


def annotation_document(meeting: Meeting, annotation: Annotation) -> Document:
    """Đính chính: what is right, under the number of the minutes; signed by both as the minutes were."""
    minutes = annotation.minutes
    titles = {part["key"]: part["title"] for part in minutes.outline}
    body: list[Block] = [Paragraph(f"Biên bản {_meeting_name(meeting).lower()}, ngày {format_date(meeting.day)}.")]
    if title := titles.get(annotation.section_key):
        body.append(KeyValue("Mục đính chính", f"{title}."))
    if named := corrected_fact(annotation):
        body.append(KeyValue("Sửa", f"{named}."))
    body += [Paragraph(line) for line in annotation.text.splitlines() if line.strip()]
    symbol = DocumentType.MINUTES.symbol(PaperBody(meeting.body))
    return Document(
        **head(meeting, DocumentType.MINUTES) | {"symbol": ""},
        date=max(local_date(one.signed_at) for one in annotation.signatures.all()),
        kind_title="ĐÍNH CHÍNH",
        subject=f"Đính chính số {annotation.number} của biên bản số {minutes.number:02}-{symbol}",
        body=tuple(body),
        signatures=_signed_by(meeting, {one.role: one for one in annotation.signatures.all()}),
    )


def corrected_fact(annotation: Annotation) -> str:
    """ "Biểu quyết “…”, số tán thành: từ “15” thành “16”"; empty where a correction names no fact."""
    if not annotation.fact:
        return ""
    return f"{annotation.fact_name}: từ “{annotation.old_value}” thành “{annotation.new_value}”"


def closed_place(title: str) -> list[Block]:
    """Where a closed section stands, for those who may not read it."""
    return [Heading(1, title), Paragraph("Nội dung mục này chỉ người dự họp được đọc.")]


def _minutes_signatures(meeting: Meeting, minutes: Minutes | None) -> tuple[Signature, Signature]:
    """The clerk on the left, the chair on the right, with the moment of each signature."""
    signed = (
        {one.role: one for one in minutes.signatures.filter(annotation=None)}
        if minutes is not None and minutes.pk
        else {}
    )
    return _signed_by(meeting, signed)


def _signed_by(meeting: Meeting, signed: dict[str, Signed]) -> tuple[Signature, Signature]:
    def note(role: str) -> str:
        one = signed.get(role)
        return f"Đã ký lúc {format_time(one.signed_at)}, {format_date(one.signed_at)}" if one else ""

    clerk = meeting.clerk.full_name if meeting.clerk else ""
    chair = meeting.chair.full_name if meeting.chair else ""
    return (
        Signature("NGƯỜI GHI BIÊN BẢN", "", clerk, note(Signed.Role.CLERK)),
        Signature("CHỦ TRÌ HỘI NGHỊ", "", chair, note(Signed.Role.CHAIR)),
    )
