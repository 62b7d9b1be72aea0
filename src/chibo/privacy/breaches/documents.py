"""The notice of a breach as a paper, from what was typed; what is not known is left visibly blank."""

from django.conf import settings

from chibo.documents.blocks import Block, Document, Heading, KeyValue, Paragraph, Signature
from chibo.lib.dates import format_date, format_time
from chibo.privacy.models import BreachEntry

BLANK = "……………………………………"


def notice(entry: BreachEntry, hours: int) -> Document:
    """The notice to A05 (Luật 91/2025/QH15, Điều 23): what, when, which data, how many, what was done, whom to ask."""
    top = entry.organisation
    found = f"{format_time(entry.detected_at)} ngày {format_date(entry.detected_at)}"
    deadline = entry.deadline(hours)
    about = f"khoảng {entry.people_about} người" if entry.people_about is not None else BLANK
    told = entry.persons_told_at
    persons = f"Đã báo lúc {format_time(told)} ngày {format_date(told)}." if told else f"Chưa báo. Dự kiến: {BLANK}"
    body: list[Block] = [
        KeyValue("Số trong sổ sự cố", f"{entry.number:02} (bản ghi thứ {entry.version})"),
        KeyValue("Phát hiện lúc", found),
        KeyValue("Hạn thông báo", f"{format_time(deadline)} ngày {format_date(deadline)} ({hours} giờ)"),
        Heading(2, "Diễn biến", 1),
        *(Paragraph(line) for line in entry.what.split("\n") if line.strip()),
        Heading(2, "Dữ liệu và số người bị ảnh hưởng", 2),
        Paragraph(f"Loại dữ liệu: {entry.kinds_in_words or BLANK}."),
        Paragraph(f"Số người: {about}."),
        Paragraph(
            "Trong đó có dữ liệu nhạy cảm theo luật (đảng tịch, quan điểm chính trị) hay không: " + BLANK, "body"
        ),
        Heading(2, "Hậu quả có thể xảy ra", 3),
        Paragraph(BLANK),
        Heading(2, "Biện pháp đã làm và sẽ làm", 4),
        *([Paragraph(line) for line in entry.measures.split("\n") if line.strip()] or [Paragraph(BLANK)]),
        Heading(2, "Thông báo cho người có dữ liệu", 5),
        Paragraph(persons),
        Heading(2, "Người liên hệ", 6),
        Paragraph(f"Họ tên, chức vụ, điện thoại: {BLANK}"),
    ]
    return Document(
        parent_name="",
        issuer_name=top.name,
        symbol="",
        place=top.locality or "…",
        date=None,
        kind_title="THÔNG BÁO",
        subject="Về sự cố vi phạm dữ liệu cá nhân",
        body=tuple(body),
        addressees=("Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao (A05), Bộ Công an",),
        recipients=("Như kính gửi", "Lưu"),
        signatures=(Signature("T/M CẤP ỦY"),),
        fictitious=settings.FICTITIOUS,
    )
