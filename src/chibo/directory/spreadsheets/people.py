"""A row of a list of members, as read: who it names and what it says of them. Nothing is compared or written here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from chibo.directory.spreadsheets import values
from chibo.directory.spreadsheets.problems import Problem, Problems, Unreadable
from chibo.directory.spreadsheets.rows import good_rows
from chibo.directory.spreadsheets.tables import Line, Table
from chibo.lib.vietnamese import fold, word_key
from chibo.members.models import Membership, Person

Kind = Membership.Kind
T = TypeVar("T")


@dataclass(slots=True)
class PersonRow:
    """One person of a list. What the row does not say is empty, and changes nothing."""

    table: Table
    line: Line
    full_name: str
    key: str
    kind: str
    code: str = ""
    birth_year: int | None = None
    sex: str = ""
    official_on: date | None = None
    joined_on: date | None = None
    since: date | None = None
    phone: str = ""
    office: str = ""
    post: str = ""
    exempt: bool = False
    exempt_on: date | None = None

    @property
    def cell_code(self) -> str:
        return self.line.cells.get("cell_code", "")

    @property
    def cell_name(self) -> str:
        """The cell that the row names, else the group that it stands in."""
        return self.line.cells.get("cell_name", "") or self.line.group

    def problem(self, code: str, reason: str, key: str = "") -> Problem:
        return self.table.problem(code, reason, self.line, key)


def read_people(tables: list[Table], problems: Problems, kind_for_all: str = "") -> list[PersonRow]:
    """The people of all lists of a workbook; rows with an error are left out and the error is noted.

    kind_for_all: "official" or "probationary" where whoever imports says that it holds for every row that does not say
    otherwise.
    """
    return good_rows(tables, "people", problems, lambda table, line: _Reader(table, line, problems).row(kind_for_all))


class _Reader:
    """Reads one row and notes every problem of it."""

    def __init__(self, table: Table, line: Line, problems: Problems) -> None:
        self.table, self.line, self.problems = table, line, problems
        self.wrong = False

    def row(self, kind_for_all: str) -> PersonRow | None:
        """The row, or None where something of it is wrong."""
        name = self.read("full_name", values.person_name)
        if name is None and "full_name" not in self.line.cells:
            self.error("name_missing", "Hàng này chưa có họ tên. Ghi họ tên, hoặc xóa hàng.", "full_name")
        year, sex = self._birth_and_sex()
        kind, official_on, joined_on = self._kind(kind_for_all)
        exempt = self.read("exempt", _exempt) or (False, None)
        office, other = self.read("office", values.office) or ("", [])
        post = self.read("post", lambda text: values.about_person(text, 120)) or ""
        if other:
            self.warn(
                "office_unknown",
                f"“{', '.join(other)}” không phải chức vụ trong chi ủy, nên không nhập. Nếu là chức vụ đơn vị, ghi ở "
                "cột Chức vụ đơn vị.",
                "office",
            )
        code, since = self.read("code", values.member_code), self.read("since", values.day)
        phone = self.read("phone", values.phone)
        if office and kind not in ("", Kind.OFFICIAL):
            words = Kind(kind).label
            self.error("office_not_official", f"Đảng viên {words} chưa giữ chức vụ trong chi ủy được.", "office")
        if self.wrong or name is None:
            return None
        return PersonRow(
            self.table,
            self.line,
            name,
            word_key(name),
            kind,
            birth_year=year,
            sex=sex,
            official_on=official_on,
            joined_on=joined_on,
            office=office,
            post=post,
            exempt=exempt[0],
            exempt_on=exempt[1],
            code=code or "",
            since=since,
            phone=phone or "",
        )

    def _birth_and_sex(self) -> tuple[int | None, str]:
        """From the columns that lists keep: one of each, or the year under Nam or under Nữ, or a tick."""
        year, sex = self.read("birth", values.birth_year), self.read("sex", values.sex) or ""
        said = {sex} if sex else set()
        for birth, tick, value in (
            ("birth_male", "male", Person.Sex.MALE),
            ("birth_female", "female", Person.Sex.FEMALE),
        ):
            found = self.read(birth, values.birth_year)
            ticked = self.read(tick, values.mark_or_day)
            if found is not None or birth in self.line.cells or (ticked and ticked[0]):
                said.add(value.value)
            year = year or found
        if len(said) > 1:
            self.error("sex_twice", "Hàng này ghi cả nam và nữ. Giữ lại một.", "sex")
        return year, next(iter(said), "")

    def _kind(self, kind_for_all: str) -> tuple[str, date | None, date | None]:
        """Official or probationary, the day of becoming official, the day of joining. Never guessed."""
        kind = self.read("kind", values.kind) or ""
        official = self.read("official", values.mark_or_day) or (False, None)
        probationary = self.read("probationary", values.mark_or_day) or (False, None)
        joined = self.read("joined", values.mark_or_day, bars=False) or (False, None)
        if official[0] and probationary[0] and not (official[1] or probationary[1]):
            self.error("kind_twice", "Hàng này đánh dấu cả chính thức và dự bị. Giữ lại một.", "official")
        marked = Kind.OFFICIAL.value if official[0] else Kind.PROBATIONARY.value if probationary[0] else ""
        if kind and marked and kind != marked and kind != Kind.TEMPORARY:
            self.error("kind_twice", "Hai cột nói khác nhau về chính thức và dự bị. Giữ lại một.", "kind")
        kind = kind or marked or kind_for_all
        said = {"kind", "official", "probationary"} & self.line.cells.keys()
        if not kind and not (self.wrong and said):
            column = next((one for one in ("kind", "official", "probationary") if one in self.table.letters), "")
            self.error("kind_missing", "Chưa rõ chính thức hay dự bị. Ghi vào hàng này.", column)
        return kind, official[1], joined[1] or probationary[1]

    def read(self, key: str, function: Callable[[str], T], *, bars: bool = True) -> T | None:
        """What a column says; None where it is blank or wrong. bars: whether what is wrong bars the row."""
        if not (text := self.line.cells.get(key, "")):
            return None
        try:
            return function(text)
        except Unreadable as error:
            (self.error if bars else self.warn)(error.code, str(error), key)
            return None

    def error(self, code: str, reason: str, key: str) -> None:
        self.wrong = True
        self.problems.errors.append(self.table.problem(code, reason, self.line, key))

    def warn(self, code: str, reason: str, key: str) -> None:
        self.problems.warnings.append(self.table.problem(code, reason, self.line, key))


def _exempt(text: str) -> tuple[bool, date | None]:
    """A tick, a day, or the words themselves."""
    return (True, None) if fold(text).startswith(("mien", "duoc mien")) else values.mark_or_day(text)
