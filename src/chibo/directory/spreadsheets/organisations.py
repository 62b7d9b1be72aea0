"""A list of organisations: read, held against the tree, planned. Nothing is written."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeVar
from uuid import UUID

from chibo.directory.spreadsheets import values
from chibo.directory.spreadsheets.existing import Body, Tree, name_key
from chibo.directory.spreadsheets.problems import Problem, Problems
from chibo.directory.spreadsheets.rows import Cells, good_rows
from chibo.directory.spreadsheets.tables import Line, Table
from chibo.lib.dates import today
from chibo.lib.uuid7 import uuid7
from chibo.lib.vietnamese import fold
from chibo.orgs.models import Category, Kind, Organisation

T = TypeVar("T")
# What a name tells by how it begins, where no column says it.
_BEGINNINGS = (
    ("chi bo", Kind.CELL),
    ("ban to chuc", Kind.DEPARTMENT),
    ("ban xay dung dang", Kind.DEPARTMENT),
    ("ban tuyen giao", Kind.DEPARTMENT),
    ("van phong", Kind.DEPARTMENT),
    ("uy ban kiem tra", Kind.DEPARTMENT),
    ("dang bo bo phan", Kind.BASE),
    ("dang uy xa", Kind.COMMITTEE),
    ("dang uy phuong", Kind.COMMITTEE),
    ("dang uy dac khu", Kind.COMMITTEE),
    ("dang bo xa", Kind.COMMITTEE),
    ("dang bo phuong", Kind.COMMITTEE),
    ("tinh uy", Kind.PROVINCE),
    ("thanh uy", Kind.PROVINCE),
)
# What may stand directly under what (domain.md 1.3).
_ABOVE = {
    Kind.CELL: (Kind.BASE, Kind.COMMITTEE, Kind.PROVINCE),
    Kind.BASE: (Kind.COMMITTEE,),
    Kind.COMMITTEE: (Kind.PROVINCE,),
    Kind.DEPARTMENT: (Kind.COMMITTEE, Kind.PROVINCE),
    Kind.PROVINCE: (),
}
DESCRIBED = ("category", "registered_day", "registered_time", "meeting_place", "locality")
LABELS = {
    "name": "tên",
    "category": "loại hình",
    "registered_day": "ngày họp",
    "registered_time": "giờ họp",
    "meeting_place": "nơi họp",
    "locality": "địa danh",
    "code": "mã",
}


@dataclass(slots=True)
class OrganisationRow:
    """One organisation of a list. What the row does not say is empty, and changes nothing."""

    table: Table
    line: Line
    name: str
    kind: str
    code: str = ""
    parent: str = ""
    founded: date | None = None
    category: str = ""
    registered_day: int | None = None
    registered_time: time | None = None
    meeting_place: str = ""
    locality: str = ""

    def problem(self, code: str, reason: str, key: str = "") -> Problem:
        return self.table.problem(code, reason, self.line, key)


@dataclass(slots=True)
class OrganisationEntry:
    """What one row would write: a new organisation, or what changes of one that is there."""

    row: OrganisationRow
    body: Body
    new: bool
    locality: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


@dataclass
class OrganisationPlan:
    """All that an import of organisations would write; parents stand before their children."""

    read: int = 0
    entries: list[OrganisationEntry] = field(default_factory=list)
    same: int = 0

    @property
    def added(self) -> list[OrganisationEntry]:
        return [one for one in self.entries if one.new]

    @property
    def changed(self) -> list[OrganisationEntry]:
        return [one for one in self.entries if not one.new]


def read_organisations(tables: list[Table], problems: Problems) -> list[OrganisationRow]:
    """The organisations of all lists of a workbook; rows with an error are left out and the error is noted."""
    return good_rows(tables, "organisations", problems, lambda table, line: _read(table, line, problems))


def _read(table: Table, line: Line, problems: Problems) -> OrganisationRow | None:
    cells = Cells(table, line)
    read, wrong = cells.read, cells.wrong

    def text(key: str, longest: int) -> str:
        return read(key, lambda typed: values.plain(typed, longest)) or ""

    name = text("name", 200)
    kind = read("kind", values.body_kind) or _kind_of(name)
    row = OrganisationRow(
        table,
        line,
        name,
        kind,
        code=read("code", values.member_code) or "",
        parent=line.cells.get("parent", ""),
        founded=read("founded", values.day),
        category=read("category", values.category) or "",
        registered_day=read("day", values.meeting_day),
        registered_time=read("time", values.meeting_time),
        meeting_place=text("place", 200),
        locality=text("locality", 100),
    )
    if not line.cells.get("name"):
        wrong.append(row.problem("name_missing", "Hàng này chưa có tên. Ghi tên, hoặc xóa hàng.", "name"))
    elif not kind and not wrong:
        reason = f"Chưa rõ “{name}” là chi bộ hay đảng ủy. Ghi đủ tên, ví dụ Chi bộ {name}."
        wrong.append(row.problem("body_unclear", reason, "kind" if "kind" in table.letters else "name"))
    problems.errors.extend(wrong)
    return None if wrong else row


def _kind_of(name: str) -> str:
    return next((kind.value for start, kind in _BEGINNINGS if fold(name).startswith(start)), "")


class OrganisationPlanner:
    """Plans the rows of one list; new bodies are added to the tree, so that people may belong to them.

    Args:
        tree: what stands there; what is planned is added to it.
        root: the committee that imports; everything stands under it. None at the terminal.
    """

    def __init__(self, *, tree: Tree, root: Organisation | None, problems: Problems) -> None:
        self.tree, self.root, self.problems = tree, root, problems
        self.plan = OrganisationPlan()
        self.seen: dict[UUID, OrganisationRow] = {}
        self.codes: dict[str, OrganisationRow] = {}
        ids = list(tree.bodies)
        described = Organisation.objects.values_list("id", *DESCRIBED)
        if root is not None:
            described = described.filter(id__in=ids)
        self.described: dict[UUID, tuple[Any, ...]] = {one[0]: one[1:] for one in described}

    def organisations(self, rows: list[OrganisationRow]) -> OrganisationPlan:
        """Plan every row, from the top of the tree down, whatever their order in the list."""
        self.plan.read = len(rows)
        order = (Kind.PROVINCE, Kind.COMMITTEE, Kind.DEPARTMENT, Kind.BASE, Kind.CELL)
        for row in sorted(rows, key=lambda one: order.index(Kind(one.kind))):
            self._row(row)
        return self.plan

    def _row(self, row: OrganisationRow) -> None:
        if row.code and (other := self.codes.setdefault(fold(row.code), row)) is not row:
            self._error(row, "code_twice", f"Mã {row.code} đã có ở {_place(other)}.", "code")
            return
        parent = self._parent(row)
        body = self._known(row, parent)
        if body is not None:
            if (other := self.seen.setdefault(body.id, row)) is not row:
                self._error(row, "organisation_twice", f"{body.name} đã có ở {_place(other)}. Xóa một hàng.", "name")
            else:
                self._change(row, body, parent)
        elif parent is not None or (row.kind == Kind.PROVINCE and self.root is None):
            self._add(row, parent)

    def _parent(self, row: OrganisationRow) -> Body | None:
        """What the organisation stands under, or a note of why that is unclear."""
        if row.kind == Kind.PROVINCE:
            return None
        if not row.parent:
            return self._parent_unsaid(row)
        found = self.tree.find(row.parent, "") or self.tree.find("", row.parent)
        if len(found) > 1:
            self._error(
                row, "parent_ambiguous", f"Có {len(found)} tổ chức tên “{row.parent}”. Ghi mã cấp trên.", "parent"
            )
            return None
        if not found:
            reason = f"Không có cấp trên “{row.parent}”. Ghi mã hoặc tên như trong danh sách tổ chức."
            self._error(row, "parent_unknown", reason, "parent")
            return None
        if found[0].kind not in _ABOVE[Kind(row.kind)]:
            self._error(
                row, "parent_wrong", f"{row.name} không trực thuộc {found[0].name} được. Xem lại cấp trên.", "parent"
            )
            return None
        return found[0]

    def _parent_unsaid(self, row: OrganisationRow) -> Body | None:
        """The committee that imports, or the only one that may stand above."""
        of_province = self.root is not None and self.root.kind == Kind.PROVINCE
        if self.root is not None and not (of_province and row.kind in (Kind.CELL, Kind.BASE)):
            return self.tree.bodies[self.root.pk]
        tops = [one for one in self.tree.bodies.values() if one.kind == Kind.PROVINCE]
        if row.kind == Kind.COMMITTEE and len(tops) == 1:
            return tops[0]
        self._error(row, "parent_missing", f"Chưa rõ {row.name} trực thuộc đâu. Ghi mã hoặc tên cấp trên.", "parent")
        return None

    def _known(self, row: OrganisationRow, parent: Body | None) -> Body | None:
        """The body that a row means: by code, else by name under the same parent."""
        if row.code and (found := self.tree.find(row.code, "")):
            return found[0]
        key = name_key(row.name)
        same = [one for one in self.tree.by_name.get(key, []) if one.kind == row.kind and name_key(one.name) == key]
        same = [one for one in same if one.parent_id == (parent.id if parent else None)]
        same = [one for one in same if not (row.code and one.code)]
        return same[0] if same else None

    def _add(self, row: OrganisationRow, parent: Body | None) -> None:
        of_commune = self.root is not None and self.root.kind != Kind.PROVINCE
        if of_commune and row.kind not in (Kind.CELL, Kind.BASE, Kind.DEPARTMENT):
            self._error(row, "not_below", f"Đảng ủy chỉ lập chi bộ trực thuộc. {row.name} do cấp trên lập.", "name")
            return
        new = uuid7()
        body = Body(
            new,
            row.kind,
            row.name,
            row.code,
            f"{parent.path if parent else '/'}{new.hex}/",
            parent.id if parent else None,
        )
        self.tree.add(body)
        self.seen[new] = row
        entry = OrganisationEntry(row, body, new=True, locality=row.locality)
        if row.kind == Kind.CELL and not row.category:
            reason = "Chưa ghi loại hình, nên chưa có chương trình mẫu đúng loại. Ghi sau ở sổ chi bộ cũng được."
            self.problems.warnings.append(row.problem("category_missing", reason, "category"))
        if row.category:
            entry.words.append(str(Category(row.category).label))
        self.plan.entries.append(entry)

    def _change(self, row: OrganisationRow, body: Body, parent: Body | None) -> None:
        """What the row says otherwise than the tree."""
        if row.kind != body.kind:
            self._error(row, "kind_differs", f"{body.name} trong sổ là tổ chức loại khác. Xem lại mã.", "kind")
            return
        if row.parent and parent is not None and parent.id != body.parent_id:
            reason = f"{body.name} trong sổ trực thuộc nơi khác. Đổi cấp trên không làm bằng tệp. Xem lại ô này."
            self._error(row, "parent_differs", reason, "parent")
            return
        entry = OrganisationEntry(row, body, new=False)
        now = dict(zip(DESCRIBED, self.described.get(body.id, ("", None, None, "", "")), strict=True))
        now |= {"name": body.name, "code": body.code}
        for key, label in LABELS.items():
            new = getattr(row, key)
            if new in ("", None) or new == now[key] or (key == "name" and name_key(new) == name_key(now[key])):
                continue
            entry.fields[key] = new
            entry.words.append(f"{label} {_shown(key, now[key]) or 'chưa ghi'} → {_shown(key, new)}")
        if entry.fields:
            self.plan.entries.append(entry)
        else:
            self.plan.same += 1

    def _error(self, row: OrganisationRow, code: str, reason: str, key: str) -> None:
        self.problems.errors.append(row.problem(code, reason, key))


def _shown(key: str, value: Any) -> str:
    if key == "category" and value:
        return str(Category(value).label)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")


def _place(row: OrganisationRow) -> str:
    return row.problem("", "", "name").address


def founded(row: OrganisationRow, since: date) -> date:
    """From when an organisation stands in the tree where the row does not say it."""
    return row.founded or min(since, today())
