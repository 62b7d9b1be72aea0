"""Finding the table in a sheet: its headings, its rows; titles above, totals and signatures below are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice, zip_longest
from typing import Any

from chibo.directory.spreadsheets import columns
from chibo.directory.spreadsheets.columns import NOTHING_CHOSEN, Matched, Matching
from chibo.directory.spreadsheets.problems import Problem, Problems, Unreadable
from chibo.directory.spreadsheets.unneeded import is_never_held
from chibo.directory.spreadsheets.workbook import Sheet, letters, text_of
from chibo.lib.never_held import is_citizen_number
from chibo.lib.vietnamese import fold

ROWS_ABOVE = 40
# What stands under a column that nobody has matched yet is kept under this and the column's letter.
UNKNOWN = "?"
# Columns that an offices' list never has: with one of them it is a list of members.
_OF_MEMBERS = {"kind", "official", "probationary", "joined", "exempt", "phone"}
# Headings that may mean something else: ĐT is a telephone, DT a people.
_MISTAKEN = {"phone", "code", "post", "office"}
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


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letter, its heading, the words that its matching is remembered by, and what it holds.

    never: Chibo does not hold such a thing. notes: free text, not kept either. chosen: a person said what it holds.
    """

    letter: str
    heading: str
    words: str
    key: str = ""
    never: bool = False
    notes: bool = False
    chosen: bool = False

    @property
    def slot(self) -> str:
        """Where a line keeps what stands in this column."""
        return self.key or UNKNOWN + self.letter

    @property
    def is_open(self) -> bool:
        """Whether a person may say what it holds."""
        return not self.never and not self.notes

    def __str__(self) -> str:
        return f"{self.heading} ({self.letter})"


@dataclass
class Table:
    """A table found in a sheet. `kind` is "people", "organisations" or "offices"."""

    kind: str
    sheet: str
    columns: list[Column] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of the column that holds each thing."""
        return {one.key: one.letter for one in self.columns if one.key}

    @property
    def matched(self) -> list[str]:
        """The columns that are read, and as what."""
        labels = columns.LABELS[self.kind]
        return [f"{one}: {labels[one.key]}" for one in self.columns if one.key]

    @property
    def never(self) -> list[str]:
        """The columns that hold what Chibo does not."""
        return [str(one) for one in self.columns if one.never]

    @property
    def unknown(self) -> list[str]:
        """The columns that are not read."""
        return [str(one) for one in self.columns if not one.key and not one.never]

    @property
    def lacks_names(self) -> bool:
        """Whether no column is known to hold the names: a person has to say which."""
        return columns.NAME_COLUMN[self.kind] not in self.letters

    def problem(self, code: str, reason: str, line: Line, key: str = "") -> Problem:
        """A problem of one cell, or of the row where no column is named."""
        return Problem(code, reason, line.row, self.letters.get(key, ""), self.sheet)

    def with_lines(self, lines: list[Line]) -> "Table":
        """The same table with other lines."""
        return Table(self.kind, self.sheet, self.columns, lines)


def read_tables(
    sheets: list[Sheet], problems: Problems, matching: Matching = NOTHING_CHOSEN, *, only: str = ""
) -> list[Table]:
    """Every table of a workbook. Sheets without one are named in a warning.

    Args:
        sheets: the visible sheets.
        problems: what is wrong is added.
        matching: headings that people have matched.
        only: the one kind of list that is looked for.
    """
    several = len(sheets) > 1
    found = []
    for sheet in sheets:
        table = _Reader(sheet, sheet.name if several else "", problems, matching, only).read()
        if table is not None:
            found.append(table)
        elif not sheet.is_empty and several:
            reason = f"Không thấy cột “Họ và tên” hay “Tên chi bộ” ở trang tính “{sheet.name}”, nên bỏ qua trang ấy."
            problems.warnings.append(Problem("no_table", reason, sheet=sheet.name))
    if any(not one.lacks_names for one in found):  # a list without names may be meant where there is no other
        found = [one for one in found if not one.lacks_names]
    if not found:
        reason = "Không thấy cột “Họ và tên” hay “Tên chi bộ” trong 40 hàng đầu. Ghi tên cột ở hàng trên danh sách."
        problems.errors.append(Problem("no_table", reason))
    return found


class _Reader:
    """Reads one sheet from top to bottom."""

    def __init__(self, sheet: Sheet, name: str, problems: Problems, matching: Matching, only: str) -> None:
        self.sheet, self.name, self.problems, self.matching = sheet, name, problems, matching
        self.kinds = [only] if only else ["offices", "people", "organisations"]
        self.repeated: set[str] = set()
        self.height = 1
        self.places: dict[str, int] = {}
        self.others: dict[str, int] = {}
        self.wanted = ""
        self.group = ""
        self.since_group = 0
        self.below = False  # a total or a signature was met: what follows may be more of them

    def read(self) -> Table | None:
        """The sheet's table, or None."""
        rows = enumerate(self.sheet.rows(), start=1)
        top = list(islice(rows, ROWS_ABOVE))
        for find in (self._table, self._table_without_names):
            for position, (_, row) in enumerate(top):
                upper = _spread(row, position, self.sheet.merged)
                lower = [_text(value) for value in top[position + 1][1]] if position + 1 < len(top) else []
                if (table := find(upper, lower)) is not None:
                    self._read_lines(table, chain(top[position + self.height :], rows))
                    return _without_unneeded(table, self.problems)
        return None

    def _table(self, upper: list[str], lower: list[str]) -> Table | None:
        """The table whose headings stand in one row, or in this and the next one; None when they do not."""
        pairs = list(zip_longest(upper, lower, fillvalue=""))
        for kind in self.kinds:
            wanted, patterns = columns.NAME_COLUMN[kind], columns.PATTERNS[kind]
            chosen = self.matching.of(kind)
            alone = columns.match(patterns, [("", text) for text in upper], chosen)
            both = columns.match(patterns, pairs, chosen)
            place = both.places.get(wanted, -1)
            in_two_rows = place >= 0 and not pairs[place][1] and len(both.places) > len(alone.places)
            matched = both if in_two_rows else alone
            if self._is_of(kind, matched, upper):
                self.wanted, self.height = wanted, 2 if in_two_rows else 1
                self.repeated = {fold(upper[matched.places[wanted]])}
                return self._described(kind, matched, pairs if in_two_rows else [("", text) for text in upper])
        return None

    def _is_of(self, kind: str, matched: Matched, headings: list[str]) -> bool:
        """Whether a row of headings is that of one kind of list."""
        if columns.NAME_COLUMN[kind] not in matched.places or len(matched.places) < 2:
            return False
        if kind != "offices" or len(self.kinds) == 1:
            return True
        of_members = columns.match(columns.PEOPLE, [("", text) for text in headings]).places
        return {"office", "cell_name"} <= matched.places.keys() and not _OF_MEMBERS & of_members.keys()

    def _table_without_names(self, upper: list[str], lower: list[str]) -> Table | None:
        """A row of three headings of which we know one, and not the name: a person can match the rest."""
        kind = self.kinds[0] if len(self.kinds) == 1 else "people"
        pairs = [("", text) for text in upper]
        matched = columns.match(columns.PATTERNS[kind], pairs, self.matching.of(kind))
        known = matched.places.keys() - {"order"}
        short = all(len(text) < 60 for text in upper)
        if not known or not matched.unknown or len(known) + len(matched.unknown) < 3 or not short:
            return None
        self.wanted, self.height = columns.NAME_COLUMN[kind], 1
        return self._described(kind, matched, pairs)

    def _described(self, kind: str, matched: Matched, pairs: list[tuple[str, str]]) -> Table:
        keys = {place: key for key, place in matched.places.items() if key != "order"}
        found = []
        for place, pair in enumerate(pairs):
            words = columns.words_of(*pair)
            if not words or place == matched.places.get("order"):
                continue
            found.append(
                Column(
                    letters(place),
                    " ".join(filter(None, dict.fromkeys(pair)))[:100],
                    words,
                    keys.get(place, ""),
                    never=place in matched.never,
                    notes=place not in keys and place not in matched.never and bool(columns.NOTES.fullmatch(words)),
                    chosen=place in matched.chosen,
                )
            )
            if found[-1].is_open and not found[-1].key and (place in matched.unknown):
                self.others[found[-1].slot] = place
        self.places = {key: place for place, key in keys.items()}
        return Table(kind, self.name, found)

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
                self._read_others(line, row)
                table.lines.append(line)
                self.since_group += 1

    def _read_others(self, line: Line, row: list[Any]) -> None:
        """What stands in columns that nobody has matched yet."""
        for slot, place in self.others.items():
            if place < len(row) and (text := _text(row[place])):
                line.cells[slot] = text[:200]

    def _is_furniture(self, table: Table, number: int, row: list[Any], filled: list[Any]) -> bool:
        """Whether a row is a total, the heading again, the numbers of the columns, a group's heading."""
        if isinstance(filled[0], str) and _TOTAL.match(_text(filled[0]).lower()):
            self._compare(table, number, [_text(value) for value in filled])
            self.below = True
            return True
        if self.wanted in self.places and fold(_text(row[self.places[self.wanted]])) in self.repeated:
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


def _without_unneeded(table: Table, problems: Problems) -> Table:
    """Leave out what Chibo does not hold, told by what stands there where no heading told it (never hold 8)."""
    found = []
    for column in table.columns:
        looked_at = column.is_open and (not column.key or column.key in _MISTAKEN)
        values = [text for line in table.lines if (text := line.cells.get(column.slot))] if looked_at else []
        if is_never_held(values):
            for line in table.lines:
                line.cells.pop(column.slot, None)
            column = Column(column.letter, column.heading, column.words, never=True)
        found.append(column)
    table = Table(table.kind, table.sheet, found, table.lines)
    for line in table.lines if "code" in table.letters and table.kind != "organisations" else []:
        if is_citizen_number(line.cells.get("code", "")):
            del line.cells["code"]
            reason = "Mã này giống số căn cước công dân, Chibo không giữ, nên bỏ qua. Ghi mã đảng viên, hoặc để trống."
            problems.warnings.append(table.problem("citizen_number", reason, line, "code"))
    return table


def rematched(table: Table, keys: dict[str, str]) -> Table:
    """The table with its columns matched as a person says: by the letter of each what it holds, "" to leave it."""
    found, moved = [], {}
    for column in table.columns:
        if column.is_open and column.letter in keys:
            key = keys[column.letter]
            # What was understood without being told stays as it was.
            chosen = column.chosen or not key or key != column.key
            new = Column(column.letter, column.heading, column.words, key, chosen=chosen)
            moved[column.slot] = new.slot
            column = new
        found.append(column)
    lines = [
        Line(line.row, {moved.get(slot, slot): text for slot, text in line.cells.items()}, line.group)
        for line in table.lines
    ]
    return Table(table.kind, table.sheet, found, lines)


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
