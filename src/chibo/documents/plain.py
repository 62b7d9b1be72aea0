"""A paper as plain text, to paste into Zalo and to compare."""

from chibo.documents.blocks import FICTITIOUS, Document, PageBreak, Signature, Space, Table, text_of
from chibo.documents.flow import Part, annex_flow, flow, number_line, number_note, recipient_lines
from chibo.documents.layout import HD05, Layout

CELL_SEPARATOR = " | "


def plain_text(document: Document, layout: Layout = HD05) -> str:
    """Return every word of a paper, a paragraph a line, a table row a line with its cells between bars."""
    head = [
        document.parent_name.upper(),
        document.issuer_name.upper(),
        layout.issuer_star,
        layout.party_title,
        number_line(document, layout),
        number_note(document),
        document.date_line,
    ]
    lines = [line for line in head if line] + [body_text(document, layout)]
    if document.recipients:
        lines += ["Nơi nhận:", *recipient_lines(document)]
    for signature in document.signatures:
        lines += _signature(signature)
    lines += _lines(annex_flow(document, layout))
    if document.fictitious:
        lines.append(FICTITIOUS)
    return "\n".join(lines) + "\n"


def body_text(document: Document, layout: Layout = HD05) -> str:
    """Return the text from the title to the end of the body, without header, recipients and signatures."""
    return "\n".join(_lines(flow(document, layout)))


def _lines(parts: tuple[Part, ...]) -> list[str]:
    """A paragraph a line, a table's row a line."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Table):
            rows = [tuple(column.title for column in part.columns), *part.rows]
            lines += (CELL_SEPARATOR.join(" ".join(text_of(cell).split()) for cell in row) for row in rows)
        elif isinstance(part, Space | PageBreak):
            lines.append("")
        else:
            lines.append(text_of(part.runs))
    return lines


def _signature(signature: Signature) -> list[str]:
    parts = (signature.authority, signature.title, signature.note, signature.name)
    return [part for part in parts if part]
