"""How columns were matched by a person, kept for the next file of the same place."""

from collections import defaultdict
from collections.abc import Mapping

from chibo.access.standing import Standing
from chibo.directory.models import ColumnMatching, ImportRun
from chibo.directory.spreadsheets import staging
from chibo.directory.spreadsheets.columns import LABELS, NEVER, Matching
from chibo.directory.spreadsheets.tables import Table, rematched
from chibo.lib.dates import now
from chibo.orgs.models import Organisation


class Twice(ValueError):
    """Two columns of one table cannot hold the same thing; the message names it."""


def remembered(by: Standing, root: Organisation) -> Matching:
    """What this person said of headings in files for this place."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    kept = ColumnMatching.objects.visible_to(by).filter(person=by.me, organisation=root)
    for kind, words, key in kept.values_list("kind", "words", "key"):
        if key == "" or key in LABELS.get(kind, {}):
            found[kind][words] = key
    return Matching(found)


def match_columns(*, by: Standing, run: ImportRun, keys: Mapping[tuple[int, str], str]) -> None:
    """Match the columns of a file as its person says, and remember it.

    keys: by the number of the table and the letter of the column what it holds, "" to leave it.

    Raises:
        Twice: two columns of one table are said to hold the same thing; nothing was changed.
    """
    rows = sorted(staging.take(run.pieces.all()), key=lambda one: (one.table, one.line.row))
    tables = staging.tables_of(run, rows)
    new = [
        rematched(table, {letter: key for (at, letter), key in keys.items() if at == place})
        for place, table in enumerate(tables)
    ]
    for table in new:
        _require_each_once(table)
    for old, table in zip(tables, new, strict=True):
        _remember(by, run.organisation, old, table)
    run.pieces.all().delete()
    run.tables = staging.described(new)
    lines = (staging.Staged(place, line) for place, table in enumerate(new) for line in table.lines)
    staging.put(run, staging.Part.REST, lines)
    run.state = ImportRun.State.READ
    run.save(update_fields=["tables", "state"])


def _require_each_once(table: Table) -> None:
    seen: dict[str, str] = {}
    for column in table.columns:
        if column.key and column.key in seen:
            label = LABELS[table.kind][column.key]
            raise Twice(f"Cột {seen[column.key]} và cột {column.letter} cùng là {label}. Giữ một cột, cột kia bỏ qua.")
        seen[column.key] = column.letter


def _remember(by: Standing, root: Organisation, old: Table, new: Table) -> None:
    before = {one.letter: one for one in old.columns}
    for column in new.columns:
        was = before[column.letter]
        if not column.chosen or (was.chosen and was.key == column.key) or NEVER.fullmatch(column.words):
            continue
        ColumnMatching.objects.update_or_create(
            person_id=by.me,
            organisation=root,
            kind=new.kind,
            words=column.words,
            defaults={"key": column.key, "chosen_at": now()},
        )
