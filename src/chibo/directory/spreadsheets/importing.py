"""One import from the file to the plan: the same for a screen and for the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from chibo.access.standing import Standing
from chibo.directory.spreadsheets.existing import Book, Tree
from chibo.directory.spreadsheets.organisations import OrganisationPlan, OrganisationPlanner, read_organisations
from chibo.directory.spreadsheets.people import read_people
from chibo.directory.spreadsheets.plan import Plan, Planner
from chibo.directory.spreadsheets.problems import Problem, Problems
from chibo.directory.spreadsheets.tables import Table, read_tables
from chibo.directory.spreadsheets.workbook import Limits, open_workbook
from chibo.orgs.models import Kind, Organisation


@dataclass
class Import:
    """What was read of one or two workbooks, and what it would do."""

    tables: list[Table]
    problems: Problems
    organisations: OrganisationPlan = field(default_factory=OrganisationPlan)
    people: Plan = field(default_factory=Plan)

    @property
    def writes(self) -> int:
        """How many rows there are to write."""
        return len(self.organisations.entries) + len(self.people.entries)

    @property
    def wrong_rows(self) -> int:
        return sum(1 for _ in self.problems.rows())


def read_file(file: IO[bytes], limits: Limits, problems: Problems) -> list[Table]:
    """The tables of one workbook.

    Raises:
        Unreadable: it cannot be opened.
    """
    return read_tables(open_workbook(file, limits), problems)


def plan_import(
    tables: Sequence[Table],
    problems: Problems,
    *,
    by: Standing,
    root: Organisation | None,
    since: date,
    kind_for_all: str = "",
) -> Import:
    """Hold what was read against what is there.

    Args:
        tables: the tables of the workbooks.
        problems: what is known to be wrong already; more is added.
        by: who imports.
        root: the cell or the committee whose people these are; None at the terminal, where all may be named.
        since: from when people belong to their cell where no row says it.
        kind_for_all: "official" or "probationary" for rows that do not say it.
    """
    found = Import(list(tables), problems)
    tree = Tree(root)
    bodies = [one for one in found.tables if one.kind == "organisations"]
    if bodies and root is not None and root.kind == Kind.CELL:
        reason = "Danh sách tổ chức do Đảng ủy nhập, nên trang tính này bỏ qua."
        problems.warnings.append(Problem("organisations_elsewhere", reason, sheet=bodies[0].sheet))
    elif bodies:
        rows = read_organisations(bodies, problems)
        found.organisations = OrganisationPlanner(tree=tree, root=root, problems=problems).organisations(rows)
    lists = [one for one in found.tables if one.kind == "people"]
    if lists:
        people = read_people(lists, problems, kind_for_all)
        book = Book(by, tree, everywhere=root is None)
        planner = Planner(by=by, tree=tree, book=book, since=since, problems=problems)
        found.people = planner.people(people)
        found.people.read = sum(len(one.lines) for one in lists)
    if bodies:
        found.organisations.read = sum(len(one.lines) for one in bodies)
    found.problems = problems.in_order()
    return found
