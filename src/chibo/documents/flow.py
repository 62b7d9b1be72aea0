"""From blocks to lines: the one place that composes the text of a paper, for every renderer."""

from dataclasses import dataclass

from chibo.documents.blocks import (
    NO_NUMBER,
    Block,
    Content,
    Document,
    Heading,
    Item,
    KeyValue,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Space,
    Table,
    letter,
    roman,
    runs,
)
from chibo.documents.layout import Layout
from chibo.lib.vietnamese import NO_BREAK_SPACE

_DRAFTS = ("BB", "NQ", "KL")  # minutes, resolutions, conclusions


@dataclass(frozen=True)
class Line:
    """A paragraph with the name of its style (layout.line_styles)."""

    style: str
    runs: tuple[Run, ...]


Part = Line | Table | Space | PageBreak


def flow(document: Document, layout: Layout) -> tuple[Part, ...]:
    """Return the text of a paper from its title to the end of its body, in order."""
    parts: list[Part] = [Line("kind", (Run(document.kind_title.upper()),))]
    if document.subject:
        parts.append(Line("subject", (Run(document.subject),)))
    parts.append(Line("rule", (Run(layout.subject_rule),)))
    parts += (Line("addressee", (Run(text),)) for text in _addressees(document.addressees))
    for block in document.body:
        parts += _parts(block, layout)
    return tuple(parts)


def annex_flow(document: Document, layout: Layout) -> tuple[Part, ...]:
    """Return the text of what is attached below the signatures, in order; it begins on a page of its own."""
    return tuple(part for block in document.annex for part in _parts(block, layout))


def number_line(document: Document, layout: Layout) -> str:
    """ "Số 05-NQ/CB" (no colon, a 0 before numbers under 10), with a gap while there is no number, or nothing."""
    if not document.symbol:
        return ""
    gap = NO_BREAK_SPACE * 6
    number = gap if document.number is None else f"{document.number:0{layout.number_digits}}"
    return f"{layout.number_prefix}{number}-{document.symbol}"


def number_note(document: Document) -> str:
    """ "(chưa có số)" under the gap where the number will stand, or nothing.

    Minutes and what a meeting resolved get their number as they are signed: until then they are a draft, and say so.
    """
    if not document.lacks_number:
        return ""
    return f"(dự thảo, {NO_NUMBER})" if document.symbol.partition("/")[0] in _DRAFTS else f"({NO_NUMBER})"


def recipient_lines(document: Document) -> tuple[str, ...]:
    """ "- Đảng ủy xã (báo cáo)," … "- Lưu Chi bộ."."""
    last = len(document.recipients) - 1
    return tuple(
        f"- {text.rstrip(' ,.;')}{'.' if place == last else ','}" for place, text in enumerate(document.recipients)
    )


def signature_columns(document: Document) -> tuple[Signature | None, Signature | None]:
    """Who signs on the left and on the right: a single signature stands on the right."""
    if len(document.signatures) == 2:
        return document.signatures[0], document.signatures[1]
    return None, document.signatures[0] if document.signatures else None


def text_lines(content: Content) -> list[tuple[Run, ...]]:
    """Part a content at its line ends; empty lines go. A typed line end starts a paragraph: a mere line break in a
    justified paragraph would stretch the line before it."""
    lines: list[list[Run]] = [[]]
    for run in runs(content):
        first, *others = run.text.split("\n")
        if first:
            lines[-1].append(Run(first, run.bold, run.italic))
        lines += ([Run(text, run.bold, run.italic)] if text else [] for text in others)
    return [tuple(line) for line in lines if any(run.text.strip() for run in line)]


def _addressees(addressees: tuple[str, ...]) -> list[str]:
    if len(addressees) == 1:
        return [f"Kính gửi: {addressees[0].rstrip(' ,.;')}"]
    last = len(addressees) - 1
    lines = [f"- {text.rstrip(' ,.;')}{'.' if place == last else ','}" for place, text in enumerate(addressees)]
    return ["Kính gửi:", *lines] if lines else []


def _parts(block: Block, layout: Layout) -> list[Part]:
    match block:
        case Heading():
            label = _heading_label(block, layout)
            return _lines(f"heading{block.level}", block.content, (Run(label),) if label else ())
        case Paragraph():
            return _lines(block.style, block.content)
        case Item():
            return _lines("body", block.content, (Run(block.label),))
        case KeyValue():
            return _lines("body", block.content, (Run(f"{block.key}: ", bold=True),))
        case _:
            return [block]


def _lines(style: str, content: Content, before: tuple[Run, ...] = ()) -> list[Part]:
    """The lines of a content, what stands before it on the first."""
    first, *others = text_lines(content) or [()]
    if not first and not before:
        return []
    return [Line(style, before + first), *(Line(style, line) for line in others)]


def _heading_label(heading: Heading, layout: Layout) -> str:
    if heading.number is None:
        return ""
    count = (roman, str, letter)[heading.level - 1](heading.number)
    return layout.heading_labels[heading.level - 1].format(count)
