"""One import from the file to the plan: the same for a screen and for the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from chibo.access.standing import Standing
from chibo.directory.spreadsheets.columns import NOTHING_CHOSEN, Matching
from chibo.directory.spreadsheets.existing import Book, Tree
from chibo.directory.spreadsheets.offices import OfficePlan, OfficePlanner, read_offices
from chibo.directory.spreadsheets.organisations import OrganisationPlan, OrganisationPlanner, read_organisations
from chibo.directory.spreadsheets.people import PersonRow, read_people
from chibo.directory.spreadsheets.plan import Plan, Planner
from chibo.directory.spreadsheets.problems import Problem, Problems
from chibo.directory.spreadsheets.tables import Table, read_tables
from chibo.directory.spreadsheets.workbook import Limits, open_pasted, open_workbook
from chibo.orgs.models import Kind, Organisation


@dataclass
class Import:
    """What was read of one or two workbooks, and what it would do."""

    tables: list[Table]
    problems: Problems
    organisations: OrganisationPlan = field(default_factory=OrganisationPlan)
    people: Plan = field(default_factory=Plan)
    offices: OfficePlan = field(default_factory=OfficePlan)

    @property
    def writes(self) -> int:
        """How many rows there are to write."""
        return len(self.organisations.entries) + len(self.people.entries) + len(self.offices.entries)

    @property
    def same(self) -> int:
        """How many rows say what the book says already."""
        return self.organisations.same + self.people.same + self.offices.same

    @property
    def wrong_rows(self) -> int:
        return sum(1 for _ in self.problems.rows())


def read_file(
    file: IO[bytes], limits: Limits, problems: Problems, matching: Matching = NOTHING_CHOSEN, *, only: str = ""
) -> list[Table]:
    """The tables of one workbook.

    Raises:
        Unreadable: it cannot be opened.
    """
    return read_tables(open_workbook(file, limits), problems, matching, only=only)


def read_pasted(text: str, limits: Limits, problems: Problems, matching: Matching = NOTHING_CHOSEN) -> list[Table]:
    """The table that was copied in a spreadsheet and pasted.

    Raises:
        Unreadable: it is too long.
    """
    return read_tables(open_pasted(text, limits), problems, matching)


def plan_import(
    tables: Sequence[Table],
    problems: Problems,
    *,
    by: Standing,
    root: Organisation | None,
    since: date,
    kind_for_all: str = "",
    narrow: bool = False,
) -> Import:
    """Hold what was read against what is there.

    Args:
        tables: the tables of the workbooks.
        problems: what is known to be wrong already; more is added.
        by: who imports.
        root: the cell or the committee whose people these are; None at the terminal, where all may be named.
        since: from when people belong to their cell where no row says it.
        kind_for_all: "official" or "probationary" for rows that do not say it.
        narrow: a piece of a list that was looked at as a whole: only the cells that it names are read.
    """
    found = Import(list(tables), problems)
    tree = Tree(root)
    _plan_organisations(found, tree, root)
    lists = [one for one in found.tables if one.kind == "people"]
    if lists:
        people = read_people(lists, problems, kind_for_all)
        scope = _named(people, tree) if narrow else {}
        book = Book(by, tree, everywhere=not narrow and (root is None or root.kind == Kind.PROVINCE), **scope)
        discreet = root is not None and root.kind == Kind.PROVINCE
        planner = Planner(by=by, tree=tree, book=book, since=since, problems=problems, discreet=discreet)
        found.people = planner.people(people)
        found.people.read = sum(len(one.lines) for one in lists)
    _plan_offices(found, tree, root, by)
    found.problems = problems.in_order()
    return found


def _plan_organisations(found: Import, tree: Tree, root: Organisation | None) -> None:
    bodies = [one for one in found.tables if one.kind == "organisations"]
    if not bodies:
        return
    if root is not None and root.kind == Kind.CELL:
        reason = "Danh sách tổ chức do Đảng ủy nhập, nên trang tính này bỏ qua."
        found.problems.warnings.append(Problem("organisations_elsewhere", reason, sheet=bodies[0].sheet))
    else:
        rows = read_organisations(bodies, found.problems)
        planner = OrganisationPlanner(tree=tree, root=root, problems=found.problems)
        found.organisations = planner.organisations(rows)
    found.organisations.read = sum(len(one.lines) for one in bodies)


def _plan_offices(found: Import, tree: Tree, root: Organisation | None, by: Standing) -> None:
    lists = [one for one in found.tables if one.kind == "offices"]
    if not lists:
        return
    if root is not None and root.kind == Kind.CELL:
        reason = (
            "Danh sách chức vụ do Đảng ủy nhập. Chi bộ ghi chức vụ trong danh sách đảng viên, nên bỏ qua trang này."
        )
        found.problems.warnings.append(Problem("offices_elsewhere", reason, sheet=lists[0].sheet))
    else:
        rows = read_offices(lists, found.problems)
        planner = OfficePlanner(by=by, tree=tree, root=root, new=found.people.entries, problems=found.problems)
        found.offices = planner.offices(rows)
    found.offices.read = sum(len(one.lines) for one in lists)


def _named(rows: Sequence[PersonRow], tree: Tree) -> dict[str, set[Any]]:
    """The cells that some rows name, and the codes in them."""
    named = {(row.cell_code, row.cell_name) for row in rows}
    cells = {body.id for code, name in named for body in tree.find(code, name)} if named != {("", "")} else set()
    cells = cells or {body.id for body in tree.cells()}
    codes = {row.code for row in rows if row.code}
    return {"cells": cells, "codes": codes | {one.upper() for one in codes} | {one.lower() for one in codes}}
