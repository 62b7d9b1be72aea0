"""A list of offices, in cells and above them: read, held against who holds what, planned, written."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from chibo.access.models import ABOVE_CELLS, CELL_COMMITTEE, Office, TermOfOffice
from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.offices import appoint
from chibo.directory.paste import OFFICES
from chibo.directory.spreadsheets import values
from chibo.directory.spreadsheets.existing import Body, Tree
from chibo.directory.spreadsheets.plan import Entry
from chibo.directory.spreadsheets.problems import Problem, Problems
from chibo.directory.spreadsheets.rows import Cells, good_rows
from chibo.directory.spreadsheets.tables import Line, Table
from chibo.lib.dates import today
from chibo.lib.vietnamese import fold, word_key
from chibo.members.models import Membership, Person
from chibo.orgs.models import Kind, Organisation

T = TypeVar("T")
_STAFF = (
    r"(can bo|chuyen vien|nhan vien|cong chuc|(pho )?(chanh|truong|giam doc)|truong|pho|uy vien uy ban kiem tra)\b.*"
)
_MEMBER = (
    r"(pho bi thu|uy vien|uvbtv|uvbch|duv|uv ?btv|uv ?bch|dang uy vien|cap uy vien|thuong truc|thuong vu)"
    r"( thuong truc| ban thuong vu| ban chap hanh| thuong vu| chap hanh| dang uy| dang bo)*"
)
# What the words of an office mean, by the kind of body that it is held in.
_WORDS: dict[str, tuple[tuple[str, Office], ...]] = {
    Kind.CELL: (
        *((re.escape(words), Office(office)) for words, office in OFFICES.items()),
        (r"(cap uy vien|dang uy vien)?( duoc phan cong)? ?(phu trach|theo doi)( chi bo)?", Office.FOLLOWER),
    ),
    Kind.COMMITTEE: (
        (r"bi thu( dang uy| dang bo)?( xa| phuong)?", Office.UPPER_SECRETARY),
        (_MEMBER, Office.UPPER_MEMBER),
        (_STAFF, Office.UPPER_STAFF),
    ),
    Kind.PROVINCE: ((_STAFF, Office.PROVINCE_STAFF),),
}
_WORDS[Kind.BASE] = _WORDS[Kind.COMMITTEE]


@dataclass(slots=True)
class OfficeRow:
    """One office of a list: who holds what where, from when."""

    table: Table
    line: Line
    full_name: str
    key: str
    office: str
    code: str = ""
    birth_year: int | None = None
    since: date | None = None

    def problem(self, code: str, reason: str, key: str = "") -> Problem:
        return self.table.problem(code, reason, self.line, key)


@dataclass(slots=True)
class OfficeEntry:
    """What one row would write: an office begun."""

    row: OfficeRow
    body: Body
    person_id: UUID
    office: Office
    since: date


@dataclass
class OfficePlan:
    """All that an import of offices would write."""

    read: int = 0
    entries: list[OfficeEntry] = field(default_factory=list)
    same: int = 0

    @property
    def added(self) -> list[OfficeEntry]:
        return self.entries

    @property
    def changed(self) -> list[OfficeEntry]:
        """None: an office is begun by a list, never changed by one."""
        return []


def read_offices(tables: Sequence[Table], problems: Problems) -> list[OfficeRow]:
    """The offices of all lists; rows with an error are left out and the error is noted."""
    return good_rows(tables, "offices", problems, lambda table, line: _read(table, line, problems))


def _read(table: Table, line: Line, problems: Problems) -> OfficeRow | None:
    cells = Cells(table, line)
    read, wrong = cells.read, cells.wrong

    name = read("full_name", values.person_name)
    row = OfficeRow(
        table,
        line,
        name or "",
        word_key(name or ""),
        line.cells.get("office", ""),
        code=read("code", values.member_code) or "",
        birth_year=read("birth", values.birth_year),
        since=read("since", values.day),
    )
    if "full_name" not in line.cells:
        wrong.append(row.problem("name_missing", "Hàng này chưa có họ tên. Ghi họ tên, hoặc xóa hàng.", "full_name"))
    if not row.office:
        wrong.append(row.problem("office_missing", "Hàng này chưa ghi chức vụ. Ghi chức vụ, hoặc xóa hàng.", "office"))
    problems.errors.extend(wrong)
    return None if wrong else row


class OfficePlanner:
    """Plans the rows of one list. An office is begun, never taken from someone.

    Args:
        by: who imports, as far as people may be seen.
        tree: the bodies that may be named.
        root: the committee that imports; its own offices are given from above. None at the terminal.
        new: people whom the same file enters.
    """

    def __init__(
        self, *, by: Standing, tree: Tree, root: Organisation | None, new: Sequence[Entry], problems: Problems
    ) -> None:
        self.by, self.tree, self.root, self.new, self.problems = by, tree, root, new, problems
        self.plan = OfficePlan()
        self.people: dict[UUID, tuple[str, int | None, str]] = {}
        self.by_key: dict[str, set[UUID]] = defaultdict(set)
        self.by_code: dict[str, UUID] = {}
        self.cells: dict[UUID, set[UUID]] = defaultdict(set)
        self.held: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
        self.secretaries: dict[UUID, UUID] = {}
        self.seen: dict[tuple[UUID, UUID, str], OfficeRow] = {}

    def offices(self, rows: list[OfficeRow]) -> OfficePlan:
        """Plan every row; what is wrong with one bars that row alone."""
        self.plan.read = len(rows)
        self._look_up(rows)
        for row in rows:
            entry = self._entry(row)
            if entry is not None:
                self.plan.entries.append(entry)
        return self.plan

    def _look_up(self, rows: list[OfficeRow]) -> None:
        """Who the rows may mean, where they belong, what they and others hold."""
        wanted = Q(folded__in={fold(row.full_name) for row in rows}) | Q(
            code__in={row.code for row in rows if row.code}
        )
        people = visible(Person.objects.filter(wanted), self.by)
        for id_, name, year, code in people.values_list("id", "full_name", "birth_year", "code"):
            self._know(id_, word_key(name), year, code)
        of_these = visible(Membership.objects.filter(person__in=list(self.people), validity__contains=today()), self.by)
        for person, cell in of_these.values_list("person_id", "cell_id"):
            self.cells[person].add(cell)
        for entry in self.new:
            if entry.joins:
                self._know(entry.person_id, entry.row.key, entry.row.birth_year, entry.row.code)
                self.cells[entry.person_id].add(entry.cell.id)
        held = TermOfOffice.objects.on(today())
        for person, body, office in held.values_list("person_id", "organisation_id", "office"):
            self.held[person, body].add(office)
            if office == Office.SECRETARY:
                self.secretaries[body] = person

    def _know(self, id_: UUID, key: str, year: int | None, code: str) -> None:
        self.people[id_] = (key, year, code)
        self.by_key[key].add(id_)
        if code:
            self.by_code[fold(code)] = id_

    def _entry(self, row: OfficeRow) -> OfficeEntry | None:
        body = self._body(row)
        office = self._office(row, body) if body else None
        person = self._person(row, body) if body and office else None
        if body is None or office is None or person is None:
            return None
        if (other := self.seen.setdefault((person, body.id, office), row)) is not row:
            place = other.problem("", "", "full_name").address
            self._error(row, "office_twice", f"Chức vụ này đã ghi ở {place}. Xóa một hàng.", "office")
            return None
        held = self.held[person, body.id]
        if office in held:
            self.plan.same += 1
            return None
        if not self._may_be_given(row, body, office):
            return None
        if office in CELL_COMMITTEE and (other_office := held & set(CELL_COMMITTEE)):
            words = Office(other_office.pop()).label.lower()
            self._warn(row, "office_differs", f"Sổ đang ghi đồng chí này là {words}. Đổi ở trang Chức vụ.")
            return None
        secretary = self.secretaries.setdefault(body.id, person) if office == Office.SECRETARY else person
        if secretary != person:
            self._warn(row, "secretary_there", f"{body.name} đang có bí thư khác trong sổ. Đổi ở trang Chức vụ.")
            return None
        return OfficeEntry(row, body, person, office, row.since or today())

    def _body(self, row: OfficeRow) -> Body | None:
        """Where the office is held, or a note of why that is unclear."""
        code, name = row.line.cells.get("cell_code", ""), row.line.cells.get("cell_name", "") or row.line.group
        key = "cell_code" if code else "cell_name"
        if not code and not name:
            self._error(row, "body_missing", "Hàng này chưa ghi nơi giữ chức vụ. Ghi mã hoặc tên tổ chức.", key)
            return None
        found = self.tree.find(code, name)
        if len(found) != 1:
            said = f"mã {code}" if code else f"tên “{name}”"
            reason = (
                f"Có {len(found)} tổ chức {said}. Ghi mã." if found else f"Không có tổ chức {said}. Xem lại mã, tên."
            )
            self._error(row, "body_ambiguous" if found else "body_unknown", reason, key)
            return None
        return found[0]

    def _office(self, row: OfficeRow, body: Body) -> Office | None:
        """Which office the words mean in that body, or a note of why it cannot be given."""
        acts_for = self.tree.bodies.get(body.parent_id) if body.kind == Kind.DEPARTMENT and body.parent_id else body
        known = _WORDS.get(acts_for.kind if acts_for else body.kind, ())
        if body.kind == Kind.DEPARTMENT:  # whoever works there is staff
            known = tuple(one for one in known if one[1] in (Office.UPPER_STAFF, Office.PROVINCE_STAFF))
        for part in re.split(r"[,;/+]|\bkiêm\b", row.office):
            for words, office in known:
                if re.fullmatch(words, fold(part).strip(" .-")):
                    return office
        reason = (
            f"Chưa hiểu chức vụ “{row.office[:60]}” ở {body.name}. Ghi như trong tệp mẫu, ví dụ Bí thư, Đảng ủy viên."
        )
        self._error(row, "office_unreadable", reason, "office")
        return None

    def _may_be_given(self, row: OfficeRow, body: Body, office: Office) -> bool:
        """A committee's own offices are given from above it; the list of a commune gives those below."""
        of_commune = self.root is not None and self.root.kind != Kind.PROVINCE
        if of_commune and self.root is not None and office in ABOVE_CELLS and body.id == self.root.pk:
            self._error(row, "office_from_above", f"Chức vụ ở {body.name} do cấp trên ghi.", "cell_name")
            return False
        if office == Office.UPPER_MEMBER and "bi thu" in fold(row.office):
            self._warn(row, "office_as_member", "Phó bí thư Đảng ủy được ghi là Đảng ủy viên, quyền xem như nhau.")
        return True

    def _person(self, row: OfficeRow, body: Body) -> UUID | None:
        """Whom a row means: by code, else by name and year; of namesakes the one of that cell."""
        if row.code and (known := self.by_code.get(fold(row.code))):
            if self.people[known][0] == row.key:
                return known
            self._error(row, "person_unclear", f"Mã {row.code} trong sổ là của người khác. Xem lại mã, họ tên.", "code")
            return None
        found = [
            one
            for one in self.by_key.get(row.key, ())
            if not (row.birth_year and self.people[one][1] and self.people[one][1] != row.birth_year)
            and not (row.code and self.people[one][2])
        ]
        if len(found) > 1 and (here := [one for one in found if body.id in self.cells[one]]):
            found = here
        if len(found) == 1:
            return found[0]
        if found:
            reason = f"Có {len(found)} đồng chí {row.full_name}. Ghi thêm mã đảng viên hoặc năm sinh."
            self._error(row, "person_unclear", reason, "full_name")
        else:
            reason = f"Chưa có đồng chí {row.full_name} trong danh sách đảng viên. Xem lại họ tên, mã, hoặc nhập trước."
            self._error(row, "person_unknown", reason, "full_name")
        return None

    def _error(self, row: OfficeRow, code: str, reason: str, key: str) -> None:
        self.problems.errors.append(row.problem(code, reason, key))

    def _warn(self, row: OfficeRow, code: str, reason: str) -> None:
        self.problems.warnings.append(row.problem(code, reason, "office"))


@transaction.atomic
def write_offices(*, by: Standing, entries: Sequence[OfficeEntry]) -> list[Problem]:
    """Begin every office by the command that the screens use; what it refuses is given back.

    Raises:
        Http404: `by` may not record one of these offices.
    """
    refused: list[Problem] = []
    people = Person.objects.in_bulk({one.person_id for one in entries})
    bodies = Organisation.objects.in_bulk({one.body.id for one in entries})
    for one in entries:
        person, body = people[one.person_id], bodies[one.body.id]
        try:
            with transaction.atomic():
                appoint(by=by, person=person, organisation=body, office=one.office, since=one.since)
        except NotPossible as reason:
            refused.append(one.row.problem("office_refused", str(reason), "office"))
    return refused
