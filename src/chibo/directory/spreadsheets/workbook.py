"""A list as it comes in: an XLSX file, or rows copied from one. Files are opened by chibo.lib.files.workbook, in a
process of its own unless they were given at the terminal."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import IO, Any, Protocol

from chibo.directory.spreadsheets.problems import Unreadable
from chibo.lib.dates import format_date
from chibo.lib.files import reader, workbook
from chibo.lib.files.refusal import Refusal
from chibo.lib.vietnamese import UnusableText, normalise

MOST_COLUMNS = 78  # up to BZ
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@dataclass(frozen=True)
class Limits:
    """How much is read at most: as many rows as can be counted with some digits."""

    digits: int
    unpacked_bytes: int
    # Whether a process of its own opens the file: somebody else may be waiting for this one.
    apart: bool = True

    @property
    def rows(self) -> int:
        return int(10**self.digits) - 1


# On the screen some thousands of rows; at the terminal the largest province.
IN_A_REQUEST = Limits(digits=4, unpacked_bytes=60_000_000)
# The province's own list on the screen.
OF_A_PROVINCE = Limits(digits=6, unpacked_bytes=300_000_000)
AT_THE_TERMINAL = Limits(digits=6, unpacked_bytes=2_000_000_000, apart=False)


class Sheet(Protocol):
    """One sheet: its cells row by row, and those that were merged (first row, first column, last column)."""

    @property
    def name(self) -> str:
        """What stands on its tab."""

    def rows(self) -> Iterator[list[Any]]:
        """Every row from the first, as wide as what stands in it; the first column is A."""

    @property
    def merged(self) -> list[tuple[int, int, int]]:
        """Merged cells as (row, first column, last column), from 0."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""


@dataclass
class ReadSheet:
    """A sheet that another process has read: its rows are lines of what that process wrote."""

    name: str
    is_empty: bool
    merged: list[tuple[int, int, int]]
    number: int
    lines: IO[bytes]

    def rows(self) -> Iterator[list[Any]]:
        """Its rows among those of all sheets."""
        self.lines.seek(0)
        mine = b"%d " % self.number
        return (workbook.row_of(line) for line in self.lines if line.startswith(mine))


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
    bounds = {"digits": limits.digits, "unpacked_bytes": limits.unpacked_bytes}
    try:
        if not limits.apart:
            return list(workbook.sheets_of(file, **bounds))
        answer, lines = reader.read("workbook", "danh-sach.xlsx", file.read(), **bounds)
    except workbook.NotRead as reason:
        raise _unreadable(str(reason), limits) from reason
    except reader.TooHeavy as reason:
        raise _too_large(limits) from reason
    except Refusal as reason:
        raise Unreadable("busy", str(reason)) from reason
    if code := answer.get("code"):
        raise _unreadable(code, limits)
    return [
        ReadSheet(one["name"], one["is_empty"], [tuple(cell) for cell in one["merged"]], number, lines)
        for number, one in enumerate(answer["sheets"])
    ]


def _unreadable(code: str, limits: Limits) -> Unreadable:
    if code == workbook.TOO_LARGE:
        return _too_large(limits)
    if code == workbook.TOO_WIDE:
        return Unreadable(code, f"Trang tính rộng quá {MOST_COLUMNS} cột. Xóa các cột thừa ở bên phải.")
    return Unreadable(
        code, "Không mở được tệp. Mở tệp bằng Excel, bỏ mật khẩu nếu có, lưu lại dạng .xlsx rồi chọn lại."
    )


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
