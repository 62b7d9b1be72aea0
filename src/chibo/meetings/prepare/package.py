"""The package for the national handbook app: the papers of a meeting in one file, ready to be posted by hand."""

import io
import zipfile
from pathlib import PurePath

from chibo.documents.docx import render_docx
from chibo.documents.models import IssuedDocument, IssuedDocumentQuerySet
from chibo.documents.pdf import render_pdf
from chibo.lib.dates import now
from chibo.meetings import documents
from chibo.meetings.models import Meeting, Paper, State

BEFORE = (("giay-moi", "Giấy mời"), ("chuong-trinh", "Chương trình"))
AFTER = {
    "bien-ban": "Biên bản",
    "bien-ban-chi-uy": "Biên bản họp chi ủy",
    "nghi-quyet": "Nghị quyết",
    "ket-luan": "Kết luận",
}


def kinds_for(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Which papers there are to post: before the meeting its notice and programme, after signing what was issued."""
    if meeting.state != State.SIGNED:
        return BEFORE
    issued = set(_issued(meeting).values_list("kind", flat=True))
    return tuple((kind, title) for kind, title in AFTER.items() if kind in issued)


def package(meeting: Meeting) -> bytes:
    """All papers of the meeting's phase, each as DOCX and PDF, and before the meeting what members are to read.

    After the signatures these are the files that were issued: they are never rendered again (design.md 3, rule 8).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if meeting.state == State.SIGNED:
            for paper in _issued(meeting):
                archive.writestr(f"{AFTER[paper.kind]}.docx", bytes(paper.docx))
                archive.writestr(f"{AFTER[paper.kind]}.pdf", bytes(paper.pdf))
        else:
            _add_drafts(archive, meeting)
            _add_papers(archive, meeting)
    return out.getvalue()


def _issued(meeting: Meeting) -> IssuedDocumentQuerySet:
    return IssuedDocument.objects.filter(meeting_id=meeting.pk, kind__in=AFTER).order_by("made_at", "id")


def _add_drafts(archive: zipfile.ZipFile, meeting: Meeting) -> None:
    """Notice and programme as they would be printed now."""
    at = now()
    for kind, title in BEFORE:
        document = documents.build(kind, meeting)
        archive.writestr(f"{title}.docx", render_docx(document, made_at=at))
        archive.writestr(f"{title}.pdf", render_pdf(document, made_at=at))


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
