"""What is wrong, or doubtful, at one place of a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass, field


class Unreadable(ValueError):
    """What stands in a cell cannot be taken.

    Args:
        code: a short English word for programs.
        reason: a sentence in Vietnamese that says what to do.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Problem:
    """One error or warning with its place. `column` is empty where the whole row is meant, `row` 0 for the file."""

    code: str
    reason: str
    row: int = 0
    column: str = ""
    sheet: str = ""

    @property
    def address(self) -> str:
        """B17, "hàng 17" or "cột B"; with the sheet where a workbook has several."""
        if self.row and self.column:
            place = f"{self.column}{self.row}"
        elif self.row:
            place = f"hàng {self.row}"
        else:
            place = f"cột {self.column}" if self.column else "cả tệp"
        return f"{self.sheet}!{place}" if self.sheet else place


@dataclass
class Problems:
    """Errors bar a row from being written; warnings do not."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[str, int]]:
        """The rows that are barred, each once."""
        return iter(dict.fromkeys((one.sheet, one.row) for one in self.errors))

    def in_order(self) -> "Problems":
        """The same, sheet by sheet from the top."""
        return Problems(sorted(self.errors, key=_place), sorted(self.warnings, key=_place))


def _place(one: Problem) -> tuple[str, int, int, str]:
    return one.sheet, one.row, len(one.column), one.column
