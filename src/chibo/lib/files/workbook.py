"""Opening an XLSX file that a stranger may have made: nothing is run, and nothing swells past what was allowed."""

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

NOT_A_WORKBOOK, TOO_WIDE, TOO_LARGE = "not_a_workbook", "too_wide", "too_large"
# The reader lays out every cell up to the last one, so a single cell far away would fill the memory: beyond BZ.
_FAR_COLUMN = re.compile(rb"""\br\s*=\s*["'](?:[A-Z]{3}|[C-Z][A-Z])\d+""", re.IGNORECASE)
_PIECE = 1 << 20


class NotRead(ValueError):
    """The file cannot be read; its code says why."""


@dataclass(frozen=True)
class Sheet:
    """A visible sheet of a workbook."""

    name: str
    source: CalamineSheet

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.source.start is None

    @property
    def merged(self) -> list[tuple[int, int, int]]:
        """Merged cells as (row, first column, last column), from 0."""
        return [(first[0], first[1], last[1]) for first, last in self.source.merged_cell_ranges or []]

    def rows(self) -> Iterator[list[Any]]:
        """Every row from the first, as wide as what stands in it; the first column is A."""
        if self.source.start is None:
            return
        left = [""] * self.source.start[1]
        for row in self.source.iter_rows():
            yield left + row


def sheets_of(file: IO[bytes], *, digits: int, unpacked_bytes: int) -> list[Sheet]:
    """The visible sheets.

    Args:
        file: the workbook.
        digits: as many rows are read as can be counted with so many.
        unpacked_bytes: what it may unpack to.

    Raises:
        NotRead: it is no XLSX file, it is locked by a password, or it is larger than that.
    """
    _check(file, digits, unpacked_bytes)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        return [Sheet(name, book.get_sheet_by_name(name)) for name in visible]
    except (CalamineError, OSError, ValueError) as error:
        raise NotRead(NOT_A_WORKBOOK) from error


def _check(file: IO[bytes], digits: int, unpacked_bytes: int) -> None:
    """Walk through the packed sheets without laying them out."""
    far = rb"\d{%d,}" % (digits + 1)
    far_row = re.compile(
        rb"""\br\s*=\s*["'][A-Z]{1,3}%b|[<:]row\b[^<>]{0,300}?\br\s*=\s*["']%b""" % (far, far), re.IGNORECASE
    )
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            if sum(one.file_size for one in entries) > unpacked_bytes:
                raise NotRead(TOO_LARGE)
            for one in entries:
                with packed.open(one) as part:
                    _check_part(part, far_row)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotRead(NOT_A_WORKBOOK) from error


def _check_part(part: IO[bytes], far_row: re.Pattern[bytes]) -> None:
    """A part may be a sheet whatever it is called."""
    rest = b""
    while piece := part.read(_PIECE):
        piece = rest + piece
        if _FAR_COLUMN.search(piece):
            raise NotRead(TOO_WIDE)
        if far_row.search(piece):
            raise NotRead(TOO_LARGE)
        rest = piece[-400:]


# ---------- From one process to another ----------
def lines_of(sheets: list[Sheet]) -> Iterator[bytes]:
    """Every row as a line of JSON after the number of its sheet."""
    for number, sheet in enumerate(sheets):
        for row in sheet.rows():
            yield b"%d %b\n" % (number, json.dumps([_packed(cell) for cell in row]).encode())


def row_of(line: bytes) -> list[Any]:
    """A row as it was before."""
    return [_unpacked(cell) for cell in json.loads(line.partition(b" ")[2])]


def _packed(cell: Any) -> Any:
    """A cell as JSON; a day, a time, a length of time as a list of its kind and its words."""
    if isinstance(cell, (datetime, date)):
        return ["day", cell.isoformat()]
    if isinstance(cell, time):
        return ["time", cell.isoformat()]
    return ["length", cell.total_seconds()] if isinstance(cell, timedelta) else cell


def _unpacked(cell: Any) -> Any:
    if not isinstance(cell, list):
        return cell
    kind, value = cell
    if kind == "length":
        return timedelta(seconds=value)
    return time.fromisoformat(value) if kind == "time" else datetime.fromisoformat(value)
