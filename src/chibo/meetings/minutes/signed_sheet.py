"""The sheet of signed minutes as a page shows it, kept by what it was made of: after signing nothing in it changes.

Who may read is asked before, each time. Kept is what one kind of reader sees, under a digest over all that stands in it
as the database gives it to this reader now: frame, outline, each section with its content. A section that was erased,
changed or is not theirs gives another digest, and the sheet is made anew.
"""

from hashlib import sha256

from django.db import connection
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from chibo.documents.blocks import Document
from chibo.documents.flow import annex_flow, flow, number_line, number_note
from chibo.documents.layout import Layout
from chibo.lib.recent import Recent
from chibo.meetings.documents import minutes_document
from chibo.meetings.models import Meeting

MOST_SHEETS, SECONDS = 64, 600

_kept = {closed: Recent[tuple[bytes, SafeString]](MOST_SHEETS, SECONDS) for closed in (False, True)}

_SECTIONS = (
    "SELECT s.position, s.key, s.data_class, encode(s.digest, 'hex'), md5(s.content::text), md5(m.outline::text)"
    " FROM meetings_minutes m LEFT JOIN meetings_minutessection s ON s.minutes_id = m.id"
    " AND s.position <= jsonb_array_length(m.outline)"  # figures stand behind it, for others
    " WHERE m.meeting_id = %s ORDER BY s.position"
)


def signed_sheet(meeting: Meeting, frame: Document, layout: Layout, *, with_closed: bool) -> SafeString:
    """The sheet. frame: its document without what stands in it. with_closed: whether the reader has closed sections."""
    mark, kept = _mark(meeting, frame, layout), _kept[with_closed]
    found = kept.get(meeting.pk)
    if found is None or found[0] != mark:
        document = minutes_document(meeting, None, with_closed=with_closed)
        found = (mark, SafeString(render_to_string("meetings/minutes/_sheet.html", in_sheet(document, layout))))
        kept.set(meeting.pk, found)
    return found[1]


def in_sheet(document: Document, layout: Layout) -> dict[str, object]:
    """What the template of the sheet asks for."""
    return {
        "document": document,
        "lines": flow(document, layout),
        "annex": annex_flow(document, layout),
        "number": number_line(document, layout),
        "number_note": number_note(document),
    }


def _mark(meeting: Meeting, frame: Document, layout: Layout) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(_SECTIONS, [meeting.pk])
        rows = cursor.fetchall()
    return sha256(repr((frame, layout, rows)).encode()).digest()
