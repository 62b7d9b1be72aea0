"""The signed minutes of a cell for its export: as they were issued; where a section is closed, without its text."""

from collections.abc import Iterator

from chibo.access.standing import Standing
from chibo.directory.exports.parts import ExportedFile
from chibo.documents.docx import render_docx
from chibo.documents.layout import layout_on
from chibo.documents.models import DataClass, IssuedDocument
from chibo.documents.pdf import render_pdf
from chibo.lib.dates import format_date
from chibo.meetings.documents import minutes_document, minutes_kind
from chibo.meetings.models import Body, Meeting, Minutes, State
from chibo.orgs.models import Organisation


def minutes(by: Standing, cell: Organisation) -> Iterator[ExportedFile]:
    """The cell's own meetings, oldest first; not those of its committee."""
    meetings = Meeting.objects.visible_to(by).filter(cell=cell, body=Body.CELL, state=State.SIGNED)
    numbers = dict(Minutes.objects.visible_to(by).filter(meeting__cell=cell).values_list("meeting_id", "number"))
    for meeting in meetings.select_related("cell__parent", "chair", "clerk").in_turn():
        number = numbers.get(meeting.pk)
        named = f"Biên bản số {number:02}" if number else "Biên bản"
        title = f"{named}, {meeting.title.lower()}, ngày {format_date(meeting.day)}"
        for ending, content in _files(by, meeting, number):
            yield ExportedFile(f"Biên bản/{meeting.day:%Y-%m-%d} {named}.{ending}", title, content)


def _files(by: Standing, meeting: Meeting, number: int | None) -> Iterator[tuple[str, bytes]]:
    """The files that were issued; a paper with a closed section in it is made anew without its text."""
    issued = IssuedDocument.objects.visible_to(by).filter(meeting_id=meeting.pk, kind=minutes_kind(meeting))
    one = issued.filter(data_class=DataClass.DISCUSSION).first()
    if one is not None:
        yield from (("docx", bytes(one.docx)), ("pdf", bytes(one.pdf)))
    elif meeting.signed_at is not None:
        document = minutes_document(meeting, number, with_closed=False)
        layout = layout_on(meeting.day)
        yield "docx", render_docx(document, made_at=meeting.signed_at, layout=layout)
        yield "pdf", render_pdf(document, made_at=meeting.signed_at, layout=layout)
