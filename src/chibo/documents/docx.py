"""A paper as DOCX, written with python-docx.

Not docxtpl: the content is a list of blocks, so there is no template to fill, and typed text never meets a
template language.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any, Literal

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt

from chibo.documents import docx_tables as tables
from chibo.documents import fonts
from chibo.documents.blocks import FICTITIOUS, Document, PageBreak, Run, Signature, Space, Table
from chibo.documents.docx_base import base, style_id, twips
from chibo.documents.flow import (
    Line,
    annex_flow,
    flow,
    number_line,
    number_note,
    recipient_lines,
    signature_columns,
    text_lines,
)
from chibo.documents.layout import HD05, Layout, line_styles
from chibo.documents.qr import QR_LABEL, qr_png

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
FOOT_DISTANCE = 6
WORDS_IN_PDF = "Từ kiểm tra của từng trang in ở chân trang bản PDF."
# A file inside the DOCX has a date; a fixed one makes the same content the same bytes.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def render_docx(document: Document, *, made_at: datetime, layout: Layout = HD05, code: str = "") -> bytes:
    """Return the paper as a DOCX file. The same arguments give the same bytes.

    Arguments:
        document: the content.
        made_at: the moment written into the file's properties.
        layout: the layout in force on the day it is made (layout.layout_on).
        code: the address in the QR at its foot; only a paper that is signed has it. Pages fall otherwise in each word
            processor, so the check words stand in the PDF alone.
    """
    return _Writer(document.printable(), layout, code).write(made_at)


class _Writer:
    """Writes one paper from top to bottom."""

    def __init__(self, document: Document, layout: Layout, code: str) -> None:
        self.document = document
        self.code = code
        self.layout = layout
        self.file = docx.Document(io.BytesIO(base(layout)))
        self.styles = {name: style_id(name, look) for name, look in line_styles(layout).items()}

    def write(self, made_at: datetime) -> bytes:
        self._properties(made_at)
        self._header()
        for part in flow(self.document, self.layout):
            self._part(part)
        self._ending()
        self._annex()
        self._page_number()
        self._foot()
        buffer = io.BytesIO()
        self.file.save(buffer)
        return _fixed_dates(buffer.getvalue())

    def _properties(self, made_at: datetime) -> None:
        """The author is the issuer: no personal name is written into a file's properties."""
        properties = self.file.core_properties
        moment = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.title = self.document.title[:255]
        properties.subject = self.document.subject[:255]
        properties.author = properties.last_modified_by = self.document.issuer_name[:255]
        properties.created = properties.modified = moment
        properties.language, properties.comments, properties.revision = "vi-VN", "", 1

    def _header(self) -> None:
        """Two columns without rules: parent, issuer, star, number; the Party's title, place and date."""
        document, layout = self.document, self.layout
        widths = (layout.header_left_width, layout.text_width - layout.header_left_width)
        frame = tables.frame(self.file, widths, rows=2)
        (left, right), (below_left, below_right) = (row.cells for row in frame.rows)
        self._cell_line(left, document.parent_name.upper(), layout.parent_size)
        self._cell_line(left, document.issuer_name.upper(), layout.issuer_size, bold=True)
        self._cell_line(left, layout.issuer_star, layout.issuer_size)
        title = self._cell_line(right, layout.party_title, layout.party_size, bold=True)
        length = fonts.font("Bold").width(layout.party_title, layout.party_size)
        tables.rule_below(title, room=twips(widths[1]), length=round(length * 20))
        if document.symbol:
            self._cell_line(below_left, number_line(document, layout), layout.number_size)
        if document.lacks_number:
            self._cell_line(below_left, number_note(document), layout.recipients_size, italic=True)
        self._cell_line(below_right, document.date_line, layout.date_size, italic=True)
        tables.finish(frame)

    def _cell_line(
        self,
        cell: Any,
        text: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        align: Literal["left", "centre", "right"] = "centre",
    ) -> Any:
        paragraph = cell.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        self._run(paragraph, Run(text, bold, italic), size)
        return paragraph

    def _run(self, paragraph: Any, run: Run, size: float | None = None) -> Any:
        """Add a run; weight, slant and size are set for complex scripts too, as Word's own dialogs do."""
        written = paragraph.add_run(run.text)
        if run.bold:
            written.bold = written.font.cs_bold = True
        if run.italic:
            written.italic = written.font.cs_italic = True
        if size is not None:
            tables.set_size(written, size)
        return written

    def _part(self, part: Line | Table | Space | PageBreak) -> None:
        match part:
            case Line():
                paragraph = self._paragraph(part.style)
                for run in part.runs:
                    self._run(paragraph, run)
            case Table():
                self._table(part)
            case Space():
                for _ in range(part.lines):
                    self._paragraph("plain")
            case PageBreak():
                self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _paragraph(self, style: str) -> Any:
        paragraph = self.file.add_paragraph()
        paragraph._p.style = self.styles[style]
        return paragraph

    def _table(self, table: Table) -> None:
        shares = sum(column.share for column in table.columns)
        widths = tuple(self.layout.text_width * column.share / shares for column in table.columns)
        written = tables.ruled(self.file, widths, len(table.rows) + 1)
        head, *rows = written.rows
        size = self.layout.table_size
        for cell, column in zip(head.cells, table.columns, strict=True):
            self._cell_line(cell, column.title, size, bold=True)
        for row, contents in zip(rows, table.rows, strict=True):
            for cell, column, content in zip(row.cells, table.columns, contents, strict=True):
                for line in text_lines(content):
                    paragraph = cell.add_paragraph()
                    paragraph.alignment = _ALIGN[column.align]
                    for run in line:
                        self._run(paragraph, run, size)
        tables.repeat(head)
        tables.finish(written)
        self._after_table(self.layout.paragraph_spacing)

    def _after_table(self, points: float) -> None:
        """A thin paragraph: without one, two tables in a row join, and Word wants one at the end."""
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(max(points, 1))
        tables.set_size(paragraph.add_run(""), 1)

    def _ending(self) -> None:
        """Recipients left, signature right, in rows that stay together and with the line before them."""
        document, layout = self.document, self.layout
        if not document.signatures and not document.recipients:
            return
        self._keep_last_line()
        left_signature, right_signature = signature_columns(document)
        left = layout.text_width / 2 if left_signature else layout.signature_left_width
        rows = 2 if left_signature and document.recipients else 1
        frame = tables.frame(self.file, (left, layout.text_width - left), rows=rows)
        if left_signature:
            self._signature(frame.rows[0].cells[0], left_signature)
        if document.recipients:
            self._recipients(frame.rows[-1].cells[0])
        if right_signature:
            self._signature(frame.rows[0].cells[1], right_signature)
        tables.finish(frame)
        tables.keep_together(frame)
        self._after_table(1)

    def _annex(self) -> None:
        """What is attached, on a page of its own."""
        parts = annex_flow(self.document, self.layout)
        for part in (PageBreak(), *parts) if parts else ():
            self._part(part)

    def _keep_last_line(self) -> None:
        last = self.file.paragraphs[-1]
        last.paragraph_format.keep_with_next = True
        last.paragraph_format.space_after = Pt(2 * self.layout.paragraph_spacing)

    def _recipients(self, cell: Any) -> None:
        title = self._cell_line(cell, "Nơi nhận:", self.layout.recipients_title_size, align="left")
        title.runs[0].underline = True
        for text in recipient_lines(self.document):
            self._cell_line(cell, text, self.layout.recipients_size, align="left")

    def _signature(self, cell: Any, signature: Signature) -> None:
        """Authority in bold, title upright, room for the pen with a note in it, the name in bold."""
        size, blank = self.layout.signature_size, self.layout.signature_blank_lines
        self._cell_line(cell, signature.authority, size, bold=True)
        if signature.title:
            self._cell_line(cell, signature.title, size)
        for line in range(1, blank + 1):
            note = signature.note if line == (blank + 1) // 2 else ""
            paragraph = self._cell_line(cell, note, self.layout.recipients_size, italic=True)
            paragraph.paragraph_format.line_spacing = Pt(self.layout.line_spacing)
        self._cell_line(cell, signature.name, size, bold=True)

    def _page_number(self) -> None:
        """Top centre from page 2: the first page has a header of its own, which stays empty."""
        section = self.file.sections[0]
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        tables.page_field(paragraph, self.layout.page_number_size)
        section.first_page_header.is_linked_to_previous = False

    def _foot(self) -> None:
        """At the foot of every page: the QR of a signed paper; of a demonstration, that its figures are made up."""
        section = self.file.sections[0]
        if self.code:
            section.footer_distance = Mm(FOOT_DISTANCE)
        for footer in (section.footer, section.first_page_footer):
            if self.code:
                self._code(footer.paragraphs[0])
            elif self.document.fictitious:
                footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                self._run(footer.paragraphs[0], Run(FICTITIOUS, italic=True), self.layout.recipients_size)

    def _code(self, paragraph: Any) -> None:
        """The QR, and beside it where the check words are."""
        picture = paragraph.add_run().add_picture(io.BytesIO(qr_png(self.code)), width=Mm(self.layout.check_size))
        picture._inline.docPr.set("descr", QR_LABEL)
        said = f"  {WORDS_IN_PDF}" + (f" {FICTITIOUS}." if self.document.fictitious else "")
        self._run(paragraph, Run(said), self.layout.check_text_size)


def _fixed_dates(data: bytes) -> bytes:
    """Write the archive again with one date on every file in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
