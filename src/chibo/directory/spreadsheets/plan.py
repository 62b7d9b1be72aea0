"""What an import of people would do: every row held against the others and against the database. Nothing is written."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chibo.access.models import NAMES_OF_OFFICES, Office
from chibo.access.standing import Standing
from chibo.directory.spreadsheets.existing import Belonging, Body, Book, Known, Tree
from chibo.directory.spreadsheets.people import PersonRow
from chibo.directory.spreadsheets.problems import Problems
from chibo.lib.dates import format_date, today
from chibo.lib.uuid7 import uuid7
from chibo.lib.vietnamese import fold, word_key
from chibo.members.models import Membership, Person
from chibo.orgs.models import Kind as BodyKind

Kind = Membership.Kind
SEXES = dict(Person.Sex.choices)
FIELDS = {"birth_year": "năm sinh", "sex": "giới tính", "code": "mã"}


@dataclass(slots=True)
class Entry:
    """What one row would write. `memberships` are those to begin: (kind, first day, day after the last)."""

    row: PersonRow
    cell: Body
    person_id: UUID
    new_person: bool = False
    memberships: list[tuple[str, date, date | None]] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    official: tuple[Belonging, date] | None = None
    phone: str = ""
    office: str = ""
    post: str = ""
    exempt_on: date | None = None
    words: list[str] = field(default_factory=list)

    @property
    def kind_name(self) -> str:
        """Official, probationary or a temporary arrival, in words."""
        return str(Kind(self.row.kind).label)

    @property
    def joins(self) -> bool:
        """Whether the person becomes one of the cell by this row."""
        return bool(self.memberships)

    @property
    def writes(self) -> bool:
        return bool(
            self.memberships or self.fields or self.official or self.phone or self.office or self.post or self.exempt_on
        )


@dataclass
class Plan:
    """All that an import of people would write."""

    read: int = 0
    entries: list[Entry] = field(default_factory=list)
    same: int = 0
    # Columns that the committee of each cell keeps, not the committee above.
    withheld: set[str] = field(default_factory=set)

    @property
    def added(self) -> list[Entry]:
        return [one for one in self.entries if one.joins]

    @property
    def changed(self) -> list[Entry]:
        return [one for one in self.entries if not one.joins]


class Planner:
    """Plans the rows of one import.

    Args:
        by: who imports. The committee of a cell keeps everything of its people; the committee above enters people and
            offices, but not phones, exemptions and posts, nor does it change what a cell has written.
        tree: the cells that may be named; of a single one the rows need not name it.
        discreet: whoever imports sees figures alone (the province's staff): nobody of the book is named to them, and
            what a cell keeps stays as it is.
        since: from when people belong to their cell where no row says it.
    """

    def __init__(
        self, *, by: Standing, tree: Tree, book: Book, since: date, problems: Problems, discreet: bool = False
    ) -> None:
        self.by, self.tree, self.book, self.since, self.problems = by, tree, book, since, problems
        self.discreet = discreet
        cells = tree.cells()
        self.only = cells[0] if len(cells) == 1 else None
        # By code, and whether as a temporary arrival: such a person stands in two lists.
        self.codes: dict[tuple[str, bool], PersonRow] = {}
        self.new: dict[str, Entry] = {}
        self.names: dict[tuple[UUID, str], list[PersonRow]] = defaultdict(list)
        self.secretaries: dict[UUID, PersonRow] = {}
        self.undated: dict[str, list[PersonRow]] = defaultdict(list)
        self.plan = Plan()

    def people(self, rows: list[PersonRow]) -> Plan:
        """Plan every row; what is wrong with one bars that row alone."""
        self.plan.read = len(rows)
        for row in rows:
            before = len(self.problems.errors)
            entry = self._entry(row)
            if entry is None or len(self.problems.errors) > before:
                continue
            if entry.writes:
                self.plan.entries.append(entry)
            else:
                self.plan.same += 1
        for undated in self.undated.values():
            where = f"Từ đây có {len(undated)} hàng" if len(undated) > 1 else "Hàng này"
            reason = f"{where} miễn sinh hoạt mà không ghi ngày, nên ghi từ hôm nay. Có ngày thì ghi ngày thay dấu x."
            self._warn(undated[0], "exempt_since_when", reason, "exempt")
        return self.plan

    def _entry(self, row: PersonRow) -> Entry | None:
        cell = self._cell(row)
        if cell is None or not self._is_alone(row, cell):
            return None
        known = self._known(row, cell)
        if isinstance(known, str):
            self._error(row, "person_unclear", known, "full_name")
            return None
        entry = Entry(row, cell, known.id if known else uuid7(), new_person=known is None)
        if known is None and row.code:
            first = self.new.setdefault(fold(row.code), entry)
            entry.person_id, entry.new_person = first.person_id, first is entry
        here = known.in_cell(cell.id) if known else None
        if here is None:
            self._join(entry, known)
        elif known is not None:
            self._stay(entry, known, here)
        self._beside(entry)
        if row.office and here is not None and here.kind != Kind.OFFICIAL and entry.official is None:
            self._warn(row, "office_not_official", "Sổ đang ghi dự bị, nên chưa ghi chức vụ trong chi ủy.", "office")
        elif row.office:
            self._office(entry)
        return entry

    def _cell(self, row: PersonRow) -> Body | None:
        """The cell that a row means, or a note of why there is none."""
        code, name = row.cell_code, row.cell_name
        if not code and not name:
            if self.only is None:
                self._error(row, "cell_missing", "Hàng này chưa ghi chi bộ. Ghi mã hoặc tên chi bộ.", "cell_name")
            return self.only
        found = self.tree.find(code, name)
        key = "cell_code" if code else "cell_name"
        said = f"mã {code}" if code else f"tên “{name}”"
        if not found:
            where = f"Tệp này chỉ nhập cho {self.only.name}." if self.only else "Xem lại, hoặc lập chi bộ trước."
            self._error(row, "cell_unknown", f"Không có chi bộ {said}. {where}", key)
            return None
        if len(found) > 1:
            self._error(row, "cell_ambiguous", f"Có {len(found)} chi bộ {said}. Ghi mã chi bộ.", key)
            return None
        if found[0].kind != BodyKind.CELL:
            self._error(row, "cell_is_not_one", f"{found[0].name} không phải chi bộ. Ghi chi bộ của đồng chí này.", key)
            return None
        if code and name and found[0] not in self.tree.find("", name):
            reason = f"Mã {code} là của {found[0].name}, tên ghi “{name}”. Đã theo mã."
            self.problems.warnings.append(row.problem("cell_name_differs", reason, "cell_name"))
        return found[0]

    def _is_alone(self, row: PersonRow, cell: Body) -> bool:
        """Hold a row against those above it: one person twice, one code twice, two secretaries."""
        arrives = row.kind == Kind.TEMPORARY
        for temporary in (True, False) if row.code else ():
            same_code = self.codes.get((fold(row.code), temporary))
            if same_code is not None and (same_code.key != row.key or temporary == arrives):
                reason = f"Mã {row.code} đã có ở {_place(same_code)}. Mỗi mã là của một người."
                self._error(row, "code_twice", reason, "code")
                return False
        if row.code:
            self.codes[fold(row.code), arrives] = row
        for other in self.names[cell.id, row.key]:
            years = {row.birth_year, other.birth_year}
            if row.code and other.code:
                continue
            if None in years or len(years) == 1:
                reason = (
                    f"{row.full_name} đã có ở {_place(other)}. Nếu là hai người, ghi năm sinh hoặc mã ở cả hai hàng."
                )
                self._error(row, "person_twice", reason, "full_name")
                return False
        self.names[cell.id, row.key].append(row)
        if row.office == Office.SECRETARY and (other := self.secretaries.setdefault(cell.id, row)) is not row:
            self._error(row, "secretary_twice", f"Bí thư đã ghi ở {_place(other)}. Giữ lại một.", "office")
            return False
        return True

    def _known(self, row: PersonRow, cell: Body) -> Known | str | None:
        """Who in the database a row means: by code, else by name and year in the cell. A string: what is unclear."""
        if row.code and (known := self.book.by_code.get(fold(row.code))):
            if word_key(known.full_name) != row.key:
                whose = "người khác" if self.discreet else f"đồng chí {known.full_name}"
                return f"Mã {row.code} trong sổ là của {whose}. Xem lại mã hoặc họ tên."
            return known
        of_the_name = self.book.by_name.get((cell.id, row.key), [])
        found = [
            one
            for one in of_the_name
            if not (row.birth_year and one.birth_year and row.birth_year != one.birth_year)
            and not (row.code and one.code)
        ]
        if len(found) > 1:
            return f"Sổ có {len(found)} đồng chí {row.full_name}. Ghi thêm năm sinh hoặc mã đảng viên."
        if not found and of_the_name:
            year = "" if self.discreet or not of_the_name[0].birth_year else f", sinh {of_the_name[0].birth_year}"
            reason = f"Sổ đã có một đồng chí {row.full_name}{year}. Xem có phải một người không."
            self.problems.warnings.append(row.problem("namesake", reason, "full_name"))
        elif not found and row.birth_year:
            self._warn_of_namesake(row, row.birth_year, cell)
        return found[0] if found else None

    def _warn_of_namesake(self, row: PersonRow, year: int, cell: Body) -> None:
        """The same name and year in another cell of the committee may be one person in two lists."""
        places = self.book.namesakes[cell.parent_id, row.key, year]
        elsewhere = [one for one in places if one != cell.name]
        if elsewhere and row.kind != Kind.TEMPORARY:
            where = "Một chi bộ khác" if self.discreet else elsewhere[0]
            reason = f"{where} cũng có {row.full_name}, sinh {year}. Xem có phải một người không."
            self.problems.warnings.append(row.problem("namesake", reason, "full_name"))
        places.append(cell.name)

    def _join(self, entry: Entry, known: Known | None) -> None:
        """A new person, or one who comes to this cell."""
        row = entry.row
        since = row.since or max(self.since, row.joined_on or self.since)
        if known is not None:
            home = known.at_home()
            if home is not None and row.kind != Kind.TEMPORARY:
                body = self.tree.bodies.get(home.cell_id)
                where = body.name if body and not self.discreet else "chi bộ khác"
                reason = f"Đồng chí {known.full_name} đang sinh hoạt ở {where}. Ghi chuyển đi ở chi bộ ấy trước."
                self._error(row, "in_another_cell", reason, "full_name")
                return
            last = max((one.until for one in known.belongings if one.until), default=None)
            if last is not None and since < last:
                reason = f"Đồng chí {known.full_name} đã rời chi bộ ngày {format_date(last)}. Ghi ngày về từ ngày ấy."
                self._error(row, "comes_before_leaving", reason, "since")
                return
            entry.fields = self._differences(entry, known) if self._keeps(entry.cell) else {}
        if row.kind == Kind.OFFICIAL and row.official_on and since < row.official_on:
            entry.memberships = [(Kind.PROBATIONARY, since, row.official_on), (Kind.OFFICIAL, row.official_on, None)]
        else:
            entry.memberships = [(row.kind, since, None)]

    def _stay(self, entry: Entry, known: Known, here: Belonging) -> None:
        """Someone of the cell already: what the row says otherwise than the book."""
        row, fields = entry.row, self._differences(entry, known)
        if fields and not self._keeps(entry.cell):
            said = ", ".join(FIELDS[one] for one in fields) if self.discreet else "; ".join(entry.words)
            self._warn(row, "kept_by_the_cell", f"Sổ ghi khác: {said}. Chi ủy chi bộ sửa.", "full_name")
            fields, entry.words = {}, []
        entry.fields = fields
        if row.kind == here.kind:
            return
        if here.kind == Kind.PROBATIONARY and row.kind == Kind.OFFICIAL and self._keeps(entry.cell):
            if row.official_on is None or row.official_on <= here.since:
                self._warn(row, "official_since_when", "Sổ đang ghi dự bị. Ghi ngày chính thức để chuyển.", "official")
                return
            entry.official = (here, row.official_on)
            entry.words.append(f"dự bị → chính thức từ {format_date(row.official_on)}")
            return
        words = Kind(here.kind).label
        self._warn(row, "kind_differs", f"Sổ đang ghi {words}. Nếu sổ sai, sửa ở trang của đồng chí ấy.", "kind")

    def _differences(self, entry: Entry, known: Known) -> dict[str, Any]:
        """What the row says of a person that the book does not, or says otherwise."""
        row, found = entry.row, {}
        for name, label in FIELDS.items():
            new, old = getattr(row, name), getattr(known, name)
            if new and new != old:
                found[name] = new
                shown = (SEXES.get(str(old), ""), SEXES[new]) if name == "sex" else (old or "", new)
                entry.words.append(" ".join(f"{label} {shown[0] or 'chưa ghi'} → {shown[1]}".split()))
        return found

    def _beside(self, entry: Entry) -> None:
        """Phone, exemption, post of the unit, office: what stands beside the membership."""
        row, cell, person = entry.row, entry.cell, entry.person_id
        keeps = self._keeps(cell)
        for key, said in (("phone", row.phone), ("exempt", row.exempt), ("post", row.post)):
            if said and not keeps:
                self.plan.withheld.add(key)
        if keeps:
            old = self.book.phones.get(person, "")
            if row.phone and row.phone != old:
                entry.phone = row.phone
                entry.words.append(row.phone if entry.joins else f"điện thoại {old or 'chưa ghi'} → {row.phone}")
            if row.exempt and (person, cell.id) not in self.book.exempt:
                entry.exempt_on = row.exempt_on or today()
                entry.words.append(f"miễn sinh hoạt từ {format_date(entry.exempt_on)}")
                if row.exempt_on is None:
                    self.undated[row.table.sheet].append(row)
            if row.post and (person, cell.id, fold(row.post)) not in self.book.posts:
                entry.post = row.post
                entry.words.append(row.post)

    def _office(self, entry: Entry) -> None:
        """An office is begun, never taken from someone: a change of secretary is made on its own page."""
        row, cell = entry.row, entry.cell
        held = self.book.offices.get((entry.person_id, cell.id))
        if held == row.office:
            return
        if held:
            reason = f"Sổ đang ghi đồng chí này là {NAMES_OF_OFFICES[held]}. Đổi chức vụ ở trang Chức vụ."
            self._warn(row, "office_differs", reason, "office")
            return
        secretary = self.book.secretaries.get(cell.id)
        if row.office == Office.SECRETARY and secretary is not None:
            known = self.book.people.get(secretary)
            name = f"đồng chí {known.full_name}" if known else "một đồng chí khác"
            self._warn(row, "secretary_there", f"Sổ đang ghi bí thư là {name}. Đổi bí thư ở trang Chức vụ.", "office")
            return
        entry.office = row.office
        entry.words.append(NAMES_OF_OFFICES[row.office])

    def _keeps(self, cell: Body) -> bool:
        """Whether the list of a cell is one's own to keep."""
        return not self.discreet and self.by.leads(cell.id)

    def _error(self, row: PersonRow, code: str, reason: str, key: str) -> None:
        self.problems.errors.append(row.problem(code, reason, key))

    def _warn(self, row: PersonRow, code: str, reason: str, key: str) -> None:
        self.problems.warnings.append(row.problem(code, reason, key))


def _place(row: PersonRow) -> str:
    """Where another row stands."""
    return row.problem("", "", "full_name").address
