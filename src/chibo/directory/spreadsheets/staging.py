"""Rows of a file while they wait to be written: packed into pieces, nothing in them that Chibo does not hold."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from chibo.directory.models import ImportPiece, ImportRun
from chibo.directory.spreadsheets.problems import Problem, Problems
from chibo.directory.spreadsheets.tables import UNKNOWN, Column, Line, Table

Part = ImportPiece.Part
# How many rows are written in one transaction.
ROWS = 2_000
SAMPLES = 5


@dataclass(slots=True)
class Staged:
    """One row with the table that it stands in, and what is wrong with it."""

    table: int
    line: Line
    reason: str = ""


def put(run: ImportRun, part: str, rows: Iterable[Staged], *, first: int = 1) -> int:
    """Keep rows as pieces of a run; how many rows there were."""
    kept: list[Staged] = []
    count, number = 0, first
    for row in rows:
        kept.append(row)
        count += 1
        if len(kept) == ROWS:
            _put(run, part, number, kept)
            kept, number = [], number + 1
    if kept:
        _put(run, part, number, kept)
    return count


def _put(run: ImportRun, part: str, number: int, rows: list[Staged]) -> None:
    packed = [[one.table, one.line.row, one.line.cells, one.line.group, one.reason] for one in rows]
    content = zlib.compress(json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode(), 3)
    ImportPiece.objects.create(
        run=run, person_id=run.person_id, part=part, number=number, rows=len(rows), content=content
    )


def take(pieces: Iterable[ImportPiece]) -> Iterator[Staged]:
    """The rows of some pieces, in their order."""
    for piece in pieces:
        for table, row, cells, group, reason in json.loads(zlib.decompress(bytes(piece.content))):
            yield Staged(table, Line(row, cells, group), reason)


def described(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """Tables without their rows, to be kept with the run."""
    return [{"kind": one.kind, "sheet": one.sheet, "columns": [asdict(c) for c in one.columns]} for one in tables]


def tables_of(run: ImportRun, rows: Iterable[Staged]) -> list[Table]:
    """The tables of a run with some of its rows."""
    tables = [Table(one["kind"], one["sheet"], [Column(**c) for c in one["columns"]]) for one in run.tables]
    for one in rows:
        tables[one.table].lines.append(one.line)
    return tables


def samples(run: ImportRun) -> dict[tuple[int, str], list[str]]:
    """The first values of each column, by table and slot: for a guess, and for a person who says what it holds."""
    found: dict[tuple[int, str], list[str]] = {}
    for one in take(run.pieces.order_by("part", "number")[:1]):
        for slot, text in one.line.cells.items():
            kept = found.setdefault((one.table, slot), [])
            if len(kept) < SAMPLES and text not in kept:
                kept.append(text)
    return found


def without_unknown(rows: Iterable[Staged]) -> Iterator[Staged]:
    """The rows without what stands in columns that nobody matched."""
    for one in rows:
        cells = {slot: text for slot, text in one.line.cells.items() if not slot.startswith(UNKNOWN)}
        yield Staged(one.table, Line(one.line.row, cells, one.line.group), one.reason)


def listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems, to be kept with the run."""
    return [asdict(one) for one in problems]


def problems_of(kept: dict[str, Any]) -> Problems:
    """Problems as they were kept."""
    return Problems(
        [Problem(**one) for one in kept.get("errors", [])], [Problem(**one) for one in kept.get("warnings", [])]
    )
