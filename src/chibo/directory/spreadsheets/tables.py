"""Finding the table in a sheet: its headings, its rows; titles above, totals and signatures below are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from typing import Any

from chibo.directory.spreadsheets import columns
from chibo.directory.spreadsheets.columns import Matched
from chibo.directory.spreadsheets.problems import Problem, Problems, Unreadable
from chibo.directory.spreadsheets.workbook import Sheet, letters, text_of
from chibo.lib.vietnamese import fold

ROWS_ABOVE = 40
_KEYS = {"people": ("full_name", columns.PEOPLE), "organisations": ("name", columns.ORGANISATIONS)}
# With its marks: Tống is a family name.
_TOTAL = re.compile(r"(tổng|cộng|tong cong|tong so)\b")
_NUMBER = re.compile(r"\d+")
_COUNTING = re.compile(r"\(?(\d{1,2}|[a-z])\)?")
_SIGNING = re.compile(
    r"(t/m|tm\.?|k/t|thay mat|nguoi lap|nguoi ghi|nguoi lap bieu|noi nhan|thu truong|xac nhan"
    r"|bi thu( chi bo)?|pho bi thu|chi uy|ky ten|.*ngay[ .…]*\d*[ .…]*thang.*"
    r"|\(?(da ky|ky.*ghi ro ho ten|ky ten.*)\)?|ghi chu)\b.*"
)
_GROUP = re.compile(r"^(?:[ivxlc]+|\d{1,3}|[a-z])\s*[.)/-]\s*", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """One row of a table: its number, what its columns say, and the heading of the group that it stands in."""

    row: int
    cells: dict[str, str]
    group: str = ""


@dataclass
class Table:
    """A table found in a sheet. `kind` is "people" or "organisations"."""

    kind: str
    sheet: str
    letters: dict[str, str]
    matched: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def problem(self, code: str, reason: str, line: Line, key: str = "") -> Problem:
        """A problem of one cell, or of the row where no column is named."""
        return Problem(code, reason, line.row, self.letters.get(key, ""), self.sheet)


def read_tables(sheets: list[Sheet], problems: Problems) -> list[Table]:
    """Every table of a workbook. Sheets without one are named in a warning."""
    several = len(sheets) > 1
    found = []
    for sheet in sheets:
        table = _Reader(sheet, sheet.name if several else "", problems).read()
        if table is not None:
            found.append(table)
        elif sheet.source.start is not None and several:
            reason = f"Không thấy cột “Họ và tên” hay “Tên chi bộ” ở trang tính “{sheet.name}”, nên bỏ qua trang ấy."
            problems.warnings.append(Problem("no_table", reason, sheet=sheet.name))
    if not found:
        reason = "Không thấy cột “Họ và tên” hay “Tên chi bộ” trong 40 hàng đầu. Ghi tên cột ở hàng trên danh sách."
        problems.errors.append(Problem("no_table", reason))
    return found


class _Reader:
    """Reads one sheet from top to bottom."""

    def __init__(self, sheet: Sheet, name: str, problems: Problems) -> None:
        self.sheet, self.name, self.problems = sheet, name, problems
        self.repeated: set[str] = set()
        self.height = 1
        self.places: dict[str, int] = {}
        self.wanted = ""
        self.group = ""
        self.since_group = 0
        self.below = False  # a total or a signature was met: what follows may be more of them

    def read(self) -> Table | None:
        """The sheet's table, or None."""
        rows = enumerate(self.sheet.rows(), start=1)
        top = list(islice(rows, ROWS_ABOVE))
        for position, (_, row) in enumerate(top):
            upper = _spread(row, position, self.sheet.merged)
            lower = [_text(value) for value in top[position + 1][1]] if position + 1 < len(top) else []
            if (table := self._table(upper, lower)) is not None:
                self._read_lines(table, chain(top[position + self.height :], rows))
                return table
        return None

    def _table(self, upper: list[str], lower: list[str]) -> Table | None:
        """The table whose headings stand in one row, or in this and the next one; None when they do not."""
        pairs = list(zip_longest(upper, lower, fillvalue=""))
        for kind, (wanted, patterns) in _KEYS.items():
            alone = columns.match(patterns, [("", text) for text in upper])
            both = columns.match(patterns, pairs)
            place = both.places.get(wanted, -1)
            in_two_rows = place >= 0 and not pairs[place][1] and len(both.places) > len(alone.places)
            matched = both if in_two_rows else alone
            if wanted in matched.places and len(matched.places) > 1:
                self.wanted = wanted
                self.height = 2 if in_two_rows else 1
                self.repeated = {fold(upper[matched.places[wanted]])}
                names = [" ".join(filter(None, dict.fromkeys(pair))) for pair in pairs] if in_two_rows else upper
                return self._described(kind, matched, names)
        return None

    def _described(self, kind: str, matched: Matched, headings: list[str]) -> Table:
        labels = columns.LABELS[kind]

        def named(column: int) -> str:
            return f"{headings[column]} ({letters(column)})"

        self.places = {key: place for key, place in matched.places.items() if key != "order"}
        return Table(
            kind,
            self.name,
            {key: letters(place) for key, place in self.places.items()},
            [f"{named(place)}: {labels[key]}" for key, place in self.places.items()],
            [named(one) for one in matched.never],
            [named(one) for one in matched.unknown],
        )

    def _read_lines(self, table: Table, rows: Iterator[tuple[int, list[Any]]]) -> None:
        """Every row that is one of the table's."""
        for number, row in rows:
            filled = [value for value in row if value not in ("", None)]
            if not filled or self._is_furniture(table, number, row, filled):
                continue
            line = Line(number, {}, self.group)
            for key, place in self.places.items():
                try:
                    if place < len(row) and (text := text_of(row[place])):
                        line.cells[key] = text
                except Unreadable as error:
                    self.problems.errors.append(table.problem(error.code, str(error), line, key))
            if not self._is_aside(line, filled):
                self.below = False
                table.lines.append(line)
                self.since_group += 1

    def _is_furniture(self, table: Table, number: int, row: list[Any], filled: list[Any]) -> bool:
        """Whether a row is a total, the heading again, the numbers of the columns, a group's heading."""
        if isinstance(filled[0], str) and _TOTAL.match(_text(filled[0]).lower()):
            self._compare(table, number, [_text(value) for value in filled])
            self.below = True
            return True
        if fold(_text(row[self.places[self.wanted]])) in self.repeated:
            return True
        if not table.lines and len(filled) > 2 and all(_COUNTING.fullmatch(fold(_text(one))) for one in filled):
            return True
        if table.kind == "people" and len(filled) <= 2 and (name := _group_name([_text(one) for one in filled])):
            self.group, self.since_group, self.below = name, 0, False
            return True
        return False

    def _is_aside(self, line: Line, filled: list[Any]) -> bool:
        """Whether a row is a signature or a remark below the list."""
        if not line.cells:
            return True
        if len(filled) > 3:
            return False
        own, texts = line.cells.get(self.wanted, ""), [_text(value) for value in filled]
        if not own or _SIGNING.fullmatch(fold(own)):
            if any(_SIGNING.fullmatch(fold(text)) for text in texts):
                self.below = True
                return True
            return len(texts) == 1
        # A name under a signature stands alone; a row of the list says at least something of its person.
        return self.below and len(texts) <= 2 and len(line.cells) < 2

    def _compare(self, table: Table, number: int, texts: list[str]) -> None:
        """Hold a total in the sheet against the rows above it."""
        said = [int(found) for text in texts for found in _NUMBER.findall(text)]
        counts = (self.since_group, len(table.lines))
        if said and not any(count in said for count in counts):
            reason = f"Hàng tổng ghi {said[0]}, ở trên có {counts[0]} hàng. Xem có hàng nào thiếu hay thừa."
            self.problems.warnings.append(Problem("total_differs", reason, number, sheet=table.sheet))


def _spread(row: list[Any], number: int, merged: list[tuple[int, int, int]]) -> list[str]:
    """The texts of a heading row, each repeated over the columns that its merged cell covers. number: from 0."""
    texts = [_text(value) for value in row]
    for merged_row, first, last in merged:
        if merged_row == number and first < len(texts):
            texts += [""] * (last + 1 - len(texts))
            texts[first : last + 1] = [texts[first]] * (last + 1 - first)
    return texts


def _text(value: Any) -> str:
    """A cell as text, nothing where it holds what cannot be kept."""
    try:
        return text_of(value)
    except Unreadable:
        return ""


def _group_name(texts: list[str]) -> str:
    """The cell that a heading inside the table names: "I. Chi bộ thôn Phú Hòa"."""
    for text in texts:
        bare = _GROUP.sub("", text)
        if re.match(r"chi bo\b", fold(bare)):
            return re.sub(r"\s*[:(].*$", "", bare)
    return ""
