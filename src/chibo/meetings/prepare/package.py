"""The package for the national handbook app: the papers of a meeting in one file, ready to be posted by hand."""

import io
import zipfile
from pathlib import PurePath

from chibo.documents.docx import render_docx
from chibo.documents.pdf import render_pdf
from chibo.lib.dates import now
from chibo.meetings import documents
from chibo.meetings.models import Body, Meeting, Paper, State

BEFORE = (("giay-moi", "Giấy mời"), ("chuong-trinh", "Chương trình"))
AFTER = (("bien-ban", "Biên bản"), ("nghi-quyet", "Nghị quyết"), ("ket-luan", "Kết luận"))


def kinds_for(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Which papers there are to post: before the meeting its notice and programme, after signing what it decided."""
    if meeting.state != State.SIGNED:
        return BEFORE
    return (("bien-ban-chi-uy", "Biên bản họp chi ủy"),) if meeting.body == Body.COMMITTEE else AFTER


def package(meeting: Meeting) -> bytes:
    """All papers of the meeting's phase, each as DOCX and PDF, and before the meeting what members are to read."""
    out, at = io.BytesIO(), now()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, title in kinds_for(meeting):
            try:
                document = documents.build(kind, meeting)
            except documents.NoSuchPaper:
                continue
            archive.writestr(f"{title}.docx", render_docx(document, made_at=at))
            archive.writestr(f"{title}.pdf", render_pdf(document, made_at=at))
        if meeting.state != State.SIGNED:
            _add_papers(archive, meeting)
    return out.getvalue()


def _add_papers(archive: zipfile.ZipFile, meeting: Meeting) -> None:
    """The members' papers in a folder, two of one name told apart."""
    there: set[str] = set()
    for paper in Paper.objects.filter(meeting=meeting, item__removed_at=None).order_by("item__position", "added_at"):
        name, number = paper.name, 2
        while name in there:
            path = PurePath(paper.name)
            name, number = f"{path.stem} ({number}){path.suffix}", number + 1
        there.add(name)
        archive.writestr(f"Tài liệu/{name}", bytes(paper.content))
