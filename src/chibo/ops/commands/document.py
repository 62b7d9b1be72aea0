"""`bin/chibo document KIND …`: one paper of one meeting as DOCX or PDF.

The frozen file once it is signed, else as it would be printed now.
"""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.ops import machine
from chibo.ops.terminal import CommandError, say

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from chibo.meetings.models import Meeting
    from chibo.orgs.models import Organisation

HELP = "xuất một văn bản của một cuộc họp ra tệp .docx hoặc .pdf"
KINDS = {
    "giay-moi": "giấy mời",
    "chuong-trinh": "chương trình",
    "bien-ban": "biên bản",
    "bien-ban-chi-uy": "biên bản chi ủy",
    "nghi-quyet": "nghị quyết",
    "ket-luan": "kết luận",
}
TYPES = {"thuong-ky": "regular", "chuyen-de": "thematic", "bat-thuong": "extraordinary", "chi-uy": "committee"}
# Papers of what was held; the others are of what is planned.
OF_A_HELD_MEETING = ("bien-ban", "bien-ban-chi-uy", "nghi-quyet", "ket-luan")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the kind, the cell, the month, the file, and what tells several meetings apart."""
    parser.add_argument("kind", choices=KINDS, metavar="LOẠI", help=", ".join(KINDS))
    parser.add_argument("--cell", required=True, metavar="MÃ", help="mã chi bộ (xem: bin/chibo cells)")
    parser.add_argument("--month", required=True, type=month, metavar="YYYY-MM")
    parser.add_argument("--out", required=True, type=output, metavar="TỆP", help="TỆP.docx hoặc TỆP.pdf")
    parser.add_argument("--type", choices=TYPES, metavar="KIỂU", help=", ".join(TYPES))
    parser.add_argument("--group", metavar="TÊN", help='buổi của một tổ đảng, ví dụ: --group "Tổ đảng số 2"')
    parser.add_argument("--meeting", type=UUID, metavar="ID", help="đúng một cuộc họp")


def month(text: str) -> date:
    """The first day of a month written YYYY-MM."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"“{text}” không phải tháng: viết như 2026-11")
    return date(int(text[:4]), int(text[5:]), 1)


def output(text: str) -> Path:
    """A file whose ending says what to write."""
    path = Path(text)
    if path.suffix.lower() not in {".docx", ".pdf"}:
        raise argparse.ArgumentTypeError(f"“{text}”: tên tệp phải kết thúc bằng .docx hoặc .pdf")
    return path


def run(options: argparse.Namespace) -> int:
    """Write the paper of the one meeting that fits.

    Raises CommandError: nothing fits (1); several meetings fit, or no group is called so (2, with their list).
    """
    with machine.application():
        from chibo.access.scope import system_scope

        with system_scope():
            found = papers(options)
    if not found:
        raise CommandError(f"Tháng {options.month:%m/%Y} chi bộ {options.cell} không có {KINDS[options.kind]} nào.")
    if len(found) > 1:
        lines = [f"  --meeting {meeting.pk}   {describe(meeting)}" for meeting, _, _ in found]
        raise CommandError(
            "\n".join(["Có nhiều cuộc họp khớp. Chọn một bằng --meeting, --group hoặc --type:", *lines]), code=2
        )
    meeting, content, signed = found[0]
    options.out.write_bytes(content)
    say(f"Đã ghi {options.out}: {describe(meeting)}, {'bản đã ký' if signed else 'bản chưa ký'}.")
    return 0


def papers(options: argparse.Namespace) -> "list[tuple[Meeting, bytes, bool]]":
    """Every meeting that has such a paper, with the file and whether it is the signed one."""
    found = []
    for meeting in meetings(cell_of(options.cell), options):
        content = frozen(meeting, options.kind, options.out.suffix.lower())
        signed = content is not None
        content = content or rendered(meeting, options.kind, options.out.suffix.lower())
        if content is not None:
            found.append((meeting, content, signed))
    return found


def cell_of(code: str) -> "Organisation":
    """The cell of a code; raises CommandError when there is none."""
    from chibo.orgs.models import Organisation

    cell = Organisation.objects.cells().filter(code=code).first()
    if cell is None:
        raise CommandError(f"Không có chi bộ mang mã “{code}”. Xem các mã: bin/chibo cells")
    return cell


def meetings(cell: "Organisation", options: argparse.Namespace) -> "QuerySet[Meeting]":
    """The cell's meetings of the month that the call may mean, oldest first."""
    from chibo.meetings.models import Meeting
    from chibo.meetings.models.gathering import Body, State

    committee = options.kind == "bien-ban-chi-uy" or options.type == "chi-uy"
    found = Meeting.objects.filter(cell=cell, period=options.month).exclude(state=State.CANCELLED)
    if options.kind in OF_A_HELD_MEETING:
        found = found.filter(state__in=[State.CLOSED, State.SIGNED])
    if options.meeting:
        return found.filter(pk=options.meeting)
    found = found.filter(body=Body.COMMITTEE if committee else Body.CELL)
    if options.type:
        found = found.filter(parts__kind=TYPES[options.type]).distinct()
    if options.group:
        found = found.filter(pk__in=of_the_group(found, options.group))
    return found.in_turn()


def of_the_group(found: "QuerySet[Meeting]", name: str) -> list[UUID]:
    """The gatherings of the group of a name, whatever its capitals; raises CommandError (2) when there is none."""
    from chibo.lib.vietnamese import normalise

    groups = [one for one in found if one.group_name]
    wanted = normalise(name).casefold()
    fitting = [one.pk for one in groups if wanted in (one.group_name.casefold(), one.group_words.casefold())]
    if not fitting:
        names = sorted({one.group_name for one in groups})
        there = f"Các tổ có buổi họp: {', '.join(names)}." if names else "Tháng ấy không có buổi nào của tổ đảng."
        raise CommandError(f"Không có buổi nào của tổ “{name}”. {there}", code=2)
    return fitting


def frozen(meeting: "Meeting", kind: str, suffix: str) -> bytes | None:
    """The file that was signed, if there is one."""
    from chibo.documents.models import IssuedDocument

    issued = IssuedDocument.objects.filter(meeting_id=meeting.pk, kind=kind).first()
    if issued is None:
        return None
    return bytes(issued.docx if suffix == ".docx" else issued.pdf)


def rendered(meeting: "Meeting", kind: str, suffix: str) -> bytes | None:
    """The paper as it would be printed now; None when the meeting has no such paper."""
    from chibo.documents.docx import render_docx
    from chibo.documents.layout import layout_on
    from chibo.documents.pdf import render_pdf
    from chibo.lib.dates import now, today
    from chibo.meetings.documents import NoSuchPaper, build

    render = render_docx if suffix == ".docx" else render_pdf
    try:
        return render(build(kind, meeting), made_at=now(), layout=layout_on(today()))
    except NoSuchPaper:
        return None


def describe(meeting: "Meeting") -> str:
    """What a meeting is, and when."""
    from chibo.lib.dates import format_date, format_time

    return f"{meeting.title}, {format_time(meeting.begins_at)} ngày {format_date(meeting.day)}"
