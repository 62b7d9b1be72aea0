"""What stands in the database already, as far as whoever imports may see it, in forms to look things up by."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chibo.access.models import CELL_COMMITTEE, TermOfOffice
from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.lib.dates import today
from chibo.lib.vietnamese import fold, word_key
from chibo.members.models import Contact, Exemption, Membership, Person, UnitPost
from chibo.orgs.models import Kind, Organisation

_PREFIX = ("chi bộ ", "đảng bộ ", "đảng ủy ", "đảng uỷ ")


@dataclass(slots=True)
class Body:
    """An organisation, there already or about to be created by the same import."""

    id: UUID
    kind: str
    name: str
    code: str
    path: str
    parent_id: UUID | None


@dataclass(slots=True)
class Belonging:
    """A person's membership in a cell."""

    id: UUID
    cell_id: UUID
    kind: str
    since: date
    until: date | None

    def lasts(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


@dataclass(slots=True)
class Known:
    """A person in the database with all memberships."""

    id: UUID
    full_name: str
    birth_year: int | None
    sex: str
    code: str
    belongings: list[Belonging] = field(default_factory=list)

    def in_cell(self, cell_id: UUID) -> Belonging | None:
        """The membership of today in a cell."""
        return next((one for one in self.belongings if one.cell_id == cell_id and one.lasts(today())), None)

    def at_home(self) -> Belonging | None:
        """The membership of today that counts in đảng số."""
        found = (one for one in self.belongings if one.kind != Membership.Kind.TEMPORARY and one.lasts(today()))
        return next(found, None)


class Tree:
    """The organisations that an import may write in, by code and by name.

    Args:
        root: the organisation under which everything must stand, itself included; None at the terminal.
    """

    def __init__(self, root: Organisation | None) -> None:
        self.bodies: dict[UUID, Body] = {}
        self.by_code: dict[str, list[Body]] = defaultdict(list)
        self.by_name: dict[str, list[Body]] = defaultdict(list)
        rows = Organisation.objects.filter(dissolved=None)
        if root is not None:
            rows = rows.under([root.path])
        for values in rows.values_list("id", "kind", "name", "code", "path", "parent_id"):
            self.add(Body(*values))

    def add(self, body: Body) -> None:
        """Let a body be found."""
        self.bodies[body.id] = body
        if body.code:
            self.by_code[fold(body.code)].append(body)
        for key in {name_key(body.name), short_key(body.name)}:
            self.by_name[key].append(body)

    def find(self, code: str, name: str) -> list[Body]:
        """The bodies of a code, else of a name; "Thôn Phú Hòa" finds Chi bộ thôn Phú Hòa."""
        if code:
            return self.by_code.get(fold(code), [])
        return self.by_name.get(name_key(name), []) or self.by_name.get(short_key(name), [])

    def cells(self) -> list[Body]:
        return [one for one in self.bodies.values() if one.kind == Kind.CELL]


def name_key(name: str) -> str:
    """Equal for one name in any letter case, Unicode form and place of the tone."""
    return word_key(name)


def short_key(name: str) -> str:
    """The same without "Chi bộ" in front."""
    low = name.lower()
    return word_key(next((name[len(one) :] for one in _PREFIX if low.startswith(one)), name))


class Book:
    """The people of some cells, and what is recorded of them.

    Args:
        by: who may see them.
        tree: the organisations that the import may write in.
        everywhere: all people there are.
        cells, codes: these cells' people alone, and whoever has one of these codes wherever they belong; for one
            piece of a long list, where all others were looked at before.
    """

    def __init__(
        self,
        by: Standing,
        tree: Tree,
        *,
        everywhere: bool,
        cells: Collection[UUID] | None = None,
        codes: Collection[str] = (),
    ) -> None:
        self.people: dict[UUID, Known] = {}
        self.by_code: dict[str, Known] = {}
        self.by_name: dict[tuple[UUID, str], list[Known]] = defaultdict(list)
        # Namesakes of one year elsewhere under the same committee.
        self.namesakes: dict[tuple[UUID | None, str, int], list[str]] = defaultdict(list)
        if cells is None and not everywhere:
            cells = [one.id for one in tree.cells()]
        self._people(by, cells, codes)
        for known in self.people.values():
            self._index(known, tree)
        self.phones: dict[UUID, str] = dict(self._of_cells(Contact, by, cells).values_list("person_id", "phone"))
        self.exempt = self._pairs(Exemption, by, cells)
        posts = self._of_cells(UnitPost, by, cells).filter(validity__contains=today())
        self.posts = {(p, c, fold(title)) for p, c, title in posts.values_list("person_id", "cell_id", "title")}
        self.offices: dict[tuple[UUID, UUID], str] = {}
        self.secretaries: dict[UUID, UUID] = {}
        held = TermOfOffice.objects.on(today()).filter(office__in=CELL_COMMITTEE)
        if cells is not None:
            held = held.filter(organisation__in=cells)
        for person, cell, office in held.values_list("person_id", "organisation_id", "office"):
            self.offices[person, cell] = office
            if office == "secretary":
                self.secretaries[cell] = person

    def _people(self, by: Standing, cells: Collection[UUID] | None, codes: Collection[str]) -> None:
        rows = visible(Membership.objects.all(), by)
        if cells is not None:
            people = set(visible(Membership.objects.filter(cell__in=cells), by).values_list("person_id", flat=True))
            people |= set(visible(Person.objects.filter(code__in=codes), by).values_list("id", flat=True))
            rows = rows.filter(person__in=people)
        values = rows.values_list(
            "person_id", "person__full_name", "person__birth_year", "person__sex", "person__code",
            "id", "cell_id", "kind", "validity",
        )  # fmt: skip
        for person_id, name, year, sex, code, id_, cell_id, kind, validity in values.iterator(chunk_size=5000):
            known = self.people.get(person_id)
            if known is None:
                known = self.people[person_id] = Known(person_id, name, year, sex, code)
            known.belongings.append(Belonging(id_, cell_id, kind, validity.lower, validity.upper))
        if cells is None or codes:
            self._unplaced(codes)

    def _unplaced(self, codes: Collection[str]) -> None:
        """People who belong nowhere yet: staff of committees, those who await a cell."""
        rows = Person.objects.filter(memberships=None).exclude(code="")
        if codes:
            rows = rows.filter(code__in=codes)
        for values in rows.values_list("id", "full_name", "birth_year", "sex", "code"):
            self.people[values[0]] = Known(*values)

    def _index(self, known: Known, tree: Tree) -> None:
        if known.code:
            self.by_code[fold(known.code)] = known
        key = word_key(known.full_name)
        for one in known.belongings:
            if one.lasts(today()):
                self.by_name[one.cell_id, key].append(known)
                body = tree.bodies.get(one.cell_id)
                if known.birth_year and body is not None and one.kind != Membership.Kind.TEMPORARY:
                    self.namesakes[body.parent_id, key, known.birth_year].append(body.name)

    @staticmethod
    def _of_cells(model: type[Any], by: Standing, cells: Collection[UUID] | None) -> Any:
        rows = visible(model.objects.all(), by)
        if cells is None:
            return rows
        if model is Contact:
            return rows.filter(person__memberships__cell__in=cells)
        return rows.filter(cell__in=cells)

    def _pairs(self, model: type[Any], by: Standing, cells: Collection[UUID] | None) -> set[tuple[UUID, UUID]]:
        rows = self._of_cells(model, by, cells).filter(validity__contains=today())
        return set(rows.values_list("person_id", "cell_id"))
