"""Opening an XLSX file that a stranger may have made: nothing is run, and nothing swells past what was allowed."""

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import IO, Any, Protocol

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from chibo.directory.spreadsheets.problems import Unreadable
from chibo.lib.dates import format_date
from chibo.lib.vietnamese import UnusableText, normalise

MOST_COLUMNS = 78  # up to BZ
# The reader lays out every cell up to the last one, so a single cell far away would fill the memory.
_FAR_COLUMN = re.compile(rb"""\br\s*=\s*["'](?:[A-Z]{3}|[C-Z][A-Z])\d+""", re.IGNORECASE)
_PIECE = 1 << 20
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@dataclass(frozen=True)
class Limits:
    """How much is read at most: as many rows as can be counted with some digits."""

    digits: int
    unpacked_bytes: int

    @property
    def rows(self) -> int:
        return int(10**self.digits) - 1

    @property
    def far_row(self) -> re.Pattern[bytes]:
        """A cell or a row beyond the last one allowed."""
        far = rb"\d{%d,}" % (self.digits + 1)
        cell, row = rb"""\br\s*=\s*["'][A-Z]{1,3}""" + far, rb"""[<:]row\b[^>]*?\br\s*=\s*["']""" + far
        return re.compile(rb"%b|%b" % (cell, row), re.IGNORECASE)


# On the screen some thousands of rows; at the terminal the largest province.
IN_A_REQUEST = Limits(digits=4, unpacked_bytes=60_000_000)
# The province's own list on the screen.
OF_A_PROVINCE = Limits(digits=6, unpacked_bytes=300_000_000)
AT_THE_TERMINAL = Limits(digits=6, unpacked_bytes=2_000_000_000)


class Sheet(Protocol):
    """One sheet: its cells row by row, and those that were merged (first row, first column, last column)."""

    name: str

    def rows(self) -> Iterator[list[Any]]:
        """Every row from the first, as wide as what stands in it; the first column is A."""

    @property
    def merged(self) -> list[tuple[int, int, int]]:
        """Merged cells as (row, first column, last column), from 0."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""


@dataclass
class ExcelSheet:
    """A visible sheet of a workbook."""

    name: str
    source: CalamineSheet

    @property
    def is_empty(self) -> bool:
        return self.source.start is None

    def rows(self) -> Iterator[list[Any]]:
        if self.source.start is None:
            return
        left = [""] * self.source.start[1]
        for row in self.source.iter_rows():
            yield left + row

    @property
    def merged(self) -> list[tuple[int, int, int]]:
        found = self.source.merged_cell_ranges or []
        return [(first[0], first[1], last[1]) for first, last in found]


@dataclass
class PastedSheet:
    """Rows copied in a spreadsheet: tabs between cells; a cell of several lines, or with marks, stands in quotes."""

    text: str
    name: str = ""
    merged: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()

    def rows(self) -> Iterator[list[Any]]:
        """Every row of the text."""
        yield from csv.reader(StringIO(self.text), delimiter="\t")


def open_pasted(text: str, limits: "Limits") -> list[Sheet]:
    """Pasted rows as a sheet.

    Raises:
        Unreadable: there are more rows than the limits allow.
    """
    if text.count("\n") > limits.rows:
        raise _too_large(limits)
    return [PastedSheet(text)]


def open_workbook(file: IO[bytes], limits: Limits) -> list[Sheet]:
    """The visible sheets of a file.

    Raises:
        Unreadable: it is no XLSX file, it is locked by a password, or it is larger than the limits.
    """
    _check(file, limits)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        return [ExcelSheet(name, book.get_sheet_by_name(name)) for name in visible]
    except (CalamineError, OSError, ValueError) as error:
        raise _not_a_workbook() from error


def _not_a_workbook() -> Unreadable:
    return Unreadable(
        "not_a_workbook",
        "Không mở được tệp. Mở tệp bằng Excel, bỏ mật khẩu nếu có, lưu lại dạng .xlsx rồi chọn lại.",
    )


def _check(file: IO[bytes], limits: Limits) -> None:
    """Walk through the packed sheets without laying them out."""
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            if sum(one.file_size for one in entries) > limits.unpacked_bytes:
                raise _too_large(limits)
            for one in entries:
                with packed.open(one) as part:
                    _check_part(part, limits)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise _not_a_workbook() from error


def _check_part(part: IO[bytes], limits: Limits) -> None:
    """A part may be a sheet whatever it is called."""
    far_row, rest = limits.far_row, b""
    while piece := part.read(_PIECE):
        piece = rest + piece
        if _FAR_COLUMN.search(piece):
            raise Unreadable("too_wide", f"Trang tính rộng quá {MOST_COLUMNS} cột. Xóa các cột thừa ở bên phải.")
        if far_row.search(piece):
            raise _too_large(limits)
        rest = piece[-200:]


def _too_large(limits: Limits) -> Unreadable:
    rows = f"{limits.rows:,}".replace(",", ".")
    return Unreadable(
        "too_large",
        f"Tệp có ô ở dưới hàng {rows} hoặc nặng quá. Xóa các hàng trống có kẻ khung ở cuối; nếu danh sách dài thật, "
        "chia thành nhiều tệp, hoặc nhờ người quản trị máy nhập bằng lệnh bin/chibo import people.",
    )


def text_of(value: Any) -> str:
    """What a person reads in a cell, in one spelling: a day as 03/12/1958, a whole number without a point.

    Raises:
        Unreadable: the text holds what cannot be kept.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        if value.isascii() and "\0" not in value:  # codes, days, numbers: one spelling already
            return " ".join(value.split())
        try:
            return " ".join(normalise(value).translate(_INVISIBLE).split())
        except UnusableText as error:
            raise Unreadable("unusable_text", str(error)) from error
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, (date, datetime)):
        return format_date(value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        value = time(minutes // 60 % 24, minutes % 60)
    return f"{value.hour:02}:{value.minute:02}" if isinstance(value, time) else str(value)


def letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
