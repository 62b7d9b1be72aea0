"""Reading the rows of all lists of one kind: each cell, what is wrong with it, and which rows are good."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from chibo.directory.spreadsheets.problems import Problem, Problems, Unreadable
from chibo.directory.spreadsheets.tables import Line, Table

T = TypeVar("T")
Row = TypeVar("Row")


def good_rows(
    tables: Sequence[Table], kind: str, problems: Problems, read: Callable[[Table, Line], Row | None]
) -> list[Row]:
    """What `read` makes of each row; rows with an error, found now or before, are left out."""
    found = []
    barred = set(problems.rows())
    for table in tables:
        for line in table.lines if table.kind == kind else []:
            row = read(table, line)
            if row is not None and (table.sheet, line.row) not in barred:
                found.append(row)
    return found


class Cells:
    """The cells of one row; `wrong` gathers what could not be read."""

    def __init__(self, table: Table, line: Line) -> None:
        self.table, self.line = table, line
        self.wrong: list[Problem] = []

    def read(self, key: str, function: Callable[[str], T]) -> T | None:
        """A cell as a function reads it; None where it is empty, or could not be read."""
        try:
            return function(self.line.cells[key]) if self.line.cells.get(key) else None
        except Unreadable as error:
            self.wrong.append(self.table.problem(error.code, str(error), self.line, key))
            return None
