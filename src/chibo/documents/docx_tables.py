"""Word structures that python-docx has no words for: frames without rules, ruled tables, a page field."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chibo.documents.docx_base import twips


def frame(file: Any, widths: Sequence[float], *, rows: int) -> Any:
    """Add a table without rules and without inner margins, for the header and the signatures."""
    table = _table(file, widths, rows)
    _set_cell_margins(table, left=0, right=0)
    return table


def ruled(file: Any, widths: Sequence[float], rows: int) -> Any:
    """Add a table with rules."""
    table = _table(file, widths, rows)
    table._tbl.tblPr.style = "TableGrid"
    _set_cell_margins(table, top=0.5, left=1, bottom=0.5, right=1)
    return table


def _table(file: Any, widths: Sequence[float], rows: int) -> Any:
    """Add a table of fixed widths in millimetres; no row breaks across pages."""
    table = file.add_table(rows, len(widths))
    table.autofit = False
    width = table._tbl.tblPr.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(twips(sum(widths))))
    for column, length in zip(table.columns, widths, strict=True):
        column.width = Mm(length)
    for row in table.rows:
        _child(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, length in zip(row.cells, widths, strict=True):
            cell.width = Mm(length)
    return table


def _set_cell_margins(table: Any, **sides: float) -> None:
    """Set the inner margins, in millimetres; the schema wants them before the table's look."""
    margins = OxmlElement("w:tblCellMar")
    for side, length in sides.items():
        _child(margins, f"w:{side}", w=twips(length), type="dxa")
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), margins)


def finish(table: Any) -> None:
    """Drop the empty paragraph that each cell is born with, where another follows it (a cell needs one)."""
    for cell in table._cells:
        first, *others = cell.paragraphs
        if others:
            cell._tc.remove(first._p)


def repeat(row: Any) -> None:
    """Repeat a row at the top of each page that its table reaches."""
    _child(row._tr.get_or_add_trPr(), "w:tblHeader")


def keep_together(table: Any) -> None:
    """Keep every row of a table on one page: each paragraph but those of the last row stays with the next."""
    for row in table.rows[:-1] if len(table.rows) > 1 else table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def rule_below(paragraph: Any, *, room: int, length: int) -> None:
    """Draw a solid line under a paragraph, as long as its text.

    A paragraph's border is as wide as the paragraph, so its indents leave just the text's length (in twips); one
    point more at each end keeps the text on one line where a reader's font is a hair wider.
    """
    spare = max(room - length - 40, 0) // 2
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt(spare / 20)
    borders = OxmlElement("w:pBdr")
    _child(borders, "w:bottom", val="single", sz=6, space=1, color="auto")
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc"
    )


def set_size(run: Any, size: float) -> None:
    """Set the type size, for complex scripts too."""
    run.font.size = Pt(size)
    properties = run._r.get_or_add_rPr()
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(round(size * 2)))
    properties.find(qn("w:sz")).addnext(complex_size)


def page_field(paragraph: Any, size: float) -> None:
    """Write the number of the page, as a field that the reader's program fills."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "2"), ("end", "")):
        run = paragraph.add_run(text if text == "2" else "")
        set_size(run, size)
        if kind:
            _child(run._r, "w:fldChar", fldCharType=kind)
        elif text == "PAGE":
            _child(run._r, "w:instrText").text = text


def _child(parent: Any, tag: str, **attributes: object) -> Any:
    """Add a child element at the end."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element
