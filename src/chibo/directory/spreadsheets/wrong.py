"""The rows that could not be taken, as sheets to mend and load again."""

from typing import Any

from chibo.directory.models import ImportPiece, ImportRun
from chibo.directory.spreadsheets import staging

REASON = "Cần sửa"
WIDTHS = {"full_name": 28, "name": 36, "cell_name": 30, "office": 24, "post": 24, "place": 30}


def sheets(run: ImportRun) -> list[tuple[str, list[tuple[str, int]], list[list[str]]]]:
    """A sheet for each table with wrong rows: the columns that were read, under their own headings, and the reason."""
    rows = list(staging.take(run.pieces.of(ImportPiece.Part.WRONG)))
    tables = staging.tables_of(run, [])
    found: list[Any] = []
    for place, table in enumerate(tables):
        mine = [one for one in rows if one.table == place]
        if not mine:
            continue
        kept = [one for one in table.columns if one.key]
        # The group that a row stood in is no row of its own here, so each row names its cell.
        groups = table.kind == "people" and "cell_name" not in table.letters and any(one.line.group for one in mine)
        headings = [(one.heading, WIDTHS.get(one.key, 18)) for one in kept]
        headings += [("Tên chi bộ", 30)] if groups else []
        lines = [
            [
                *(one.line.cells.get(column.key, "") for column in kept),
                *([one.line.group] if groups else []),
                one.reason,
            ]
            for one in mine
        ]
        found.append((table.sheet[:31] or "Cần sửa", [*headings, (REASON, 90)], lines))
    return found
