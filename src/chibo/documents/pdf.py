"""A paper as PDF, set by typst with the bundled fonts: PDF/A-2b, tagged, the same bytes for the same content.

Content goes to typst as data and is never part of its program, so no typed text can be read as code. No package is
fetched and no font of the machine is used.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from chibo.documents import fonts
from chibo.documents.blocks import FICTITIOUS, Document, PageBreak, Run, Space, Table, text_of
from chibo.documents.flow import (
    Line,
    Part,
    annex_flow,
    flow,
    number_line,
    number_note,
    recipient_lines,
    signature_columns,
    text_lines,
)
from chibo.documents.layout import HD05, Layout, line_styles
from chibo.documents.qr import QR_LABEL, qr_svg

MEDIA_TYPE = "application/pdf"
_PROGRAM = Path(__file__).parent / "official.typ"


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of a paper that can be checked: the address in its QR, and each page's words.

    The words take no room of the text, so the text stands on the same pages before they are known.
    """

    address: str
    words: tuple[str, ...] = ()


def render_pdf(document: Document, *, made_at: datetime, layout: Layout = HD05, foot: Foot | None = None) -> bytes:
    """Return the paper as a PDF file. The same arguments give the same bytes.

    Arguments:
        document: the content.
        made_at: the moment written into the file's properties.
        layout: the layout in force on the day it is made (layout.layout_on).
        foot: what lets its pages be checked; only a paper that is signed has it.
    """
    moment = made_at.astimezone(UTC).replace(microsecond=0)
    return typst.compile(
        str(_PROGRAM),
        root=str(_PROGRAM.parent),
        font_paths=_faces(),
        sys_inputs={"data": _input(document, moment, layout, foot)},
        pdf_standards=["a-2b"],
        timestamp=int(moment.timestamp()),
    )


def page_texts(document: Document, *, made_at: datetime, foot: Foot, layout: Layout = HD05) -> list[str]:
    """Return what is printed on each page, a paragraph or a table's row a line, without page numbers and foot."""
    moment = made_at.astimezone(UTC).replace(microsecond=0)
    answer = typst.query(
        str(_PROGRAM),
        "<words>",
        field="value",
        one=True,
        root=str(_PROGRAM.parent),
        font_paths=_faces(),
        sys_inputs={"data": _input(document, moment, layout, foot)},
    )
    pages: dict[int, list[str]] = {}
    for page, word in json.loads(answer):
        pages.setdefault(page, []).append(word)
    return [_joined(pages.get(page, [])) for page in range(1, max(pages) + 1)]


def _joined(words: list[str]) -> str:
    """Words back as lines; the mark of a line is its end too."""
    lines = (" ".join(line.split(" ")).strip() for line in " ".join(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _input(document: Document, moment: datetime, layout: Layout, foot: Foot | None) -> str:
    return json.dumps(_data(document.printable(), moment, layout, foot), ensure_ascii=False)


@lru_cache(maxsize=1)
def _faces() -> typst.Fonts:
    """The bundled fonts and no others, read once a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])


def _data(document: Document, moment: datetime, layout: Layout, foot: Foot | None) -> dict[str, Any]:
    """All that the program needs; every text in it is only shown."""
    measures = {name: value for name, value in asdict(layout).items() if name not in {"sources", "valid_from"}}
    left, right = signature_columns(document)
    number, note = number_line(document, layout), number_note(document)
    return {
        "layout": measures,
        "styles": {name: asdict(look) for name, look in line_styles(layout).items()},
        "font": fonts.FAMILY,
        "title": document.title,
        "author": document.issuer_name,
        "made": [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second],
        "parent": document.parent_name.upper(),
        "issuer": document.issuer_name.upper(),
        "number": [number] if number else [],
        "number_note": [note] if note else [],
        "date_line": document.date_line,
        "parts": _parts(flow(document, layout), layout),
        "annex": [_part(part, layout) for part in annex_flow(document, layout)],
        "recipients": recipient_lines(document),
        "signs": [asdict(one) if one else None for one in (left, right)],
        "foot": FICTITIOUS if document.fictitious else "",
        "check": {"code": qr_svg(foot.address, QR_LABEL), "alt": QR_LABEL, "words": foot.words} if foot else None,
    }


def _parts(flowing: tuple[Part, ...], layout: Layout) -> list[dict[str, Any]]:
    parts = [_part(part, layout) for part in flowing]
    if parts[-1]["type"] == "line":
        parts[-1]["last"] = True
    return parts


def _part(part: Part, layout: Layout) -> dict[str, Any]:
    match part:
        case Line():
            return {"type": "line", "style": part.style, "runs": [asdict(run) for run in part.runs]}
        case Table():
            return _table(part, layout)
        case Space():
            return {"type": "space", "lines": part.lines}
        case PageBreak():
            return {"type": "page"}


def _table(table: Table, layout: Layout) -> dict[str, Any]:
    shares = sum(column.share for column in table.columns)
    widths = [layout.text_width * column.share / shares for column in table.columns]
    cells = []
    for row in table.rows:
        contents = [text_lines(cell) for cell in row]
        tall = any(_is_tall(lines, width, layout) for lines, width in zip(contents, widths, strict=True))
        cells += [
            {"lines": [[asdict(run) for run in line] for line in lines], "tall": tall, "first": place == 0}
            for place, lines in enumerate(contents)
        ]
    return {
        "type": "table",
        "widths": widths,
        "aligns": [column.align for column in table.columns],
        "header": [column.title for column in table.columns],
        "cells": cells,
    }


def _is_tall(lines: list[tuple[Run, ...]], width: float, layout: Layout) -> bool:
    """Whether a cell may fill more than half a page: such a row breaks, or it would run off the page."""
    points = width * 72 / 25.4
    face = fonts.font("Bold")
    count = sum(1 + face.width(text_of(line), layout.table_size) // (0.8 * points) for line in lines)
    return bool(count * layout.table_size > layout.paper_height * 72 / 25.4 / 2)
