"""A file on its way into the book: read and kept, looked at, written in pieces, each of them once.

Small files are looked at and written while one waits. A long one is worked off by a job, or by the page that waits for
it, whichever comes first; a killed server goes on where it was, for a piece and the note that it is written are one
transaction (decision 0020).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from chibo.access.scope import scope
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.models import ImportPiece, ImportRun
from chibo.directory.spreadsheets import staging
from chibo.directory.spreadsheets.importing import Import, plan_import
from chibo.directory.spreadsheets.offices import write_offices
from chibo.directory.spreadsheets.problems import Problem, Problems
from chibo.directory.spreadsheets.report import report_of
from chibo.directory.spreadsheets.staging import Staged
from chibo.directory.spreadsheets.tables import Line, Table
from chibo.directory.spreadsheets.write import write_organisations, write_people
from chibo.lib.dates import now
from chibo.orgs.models import Kind, Organisation

Part, State = ImportPiece.Part, ImportRun.State
# Up to so many rows one waits for the answer; more are worked off beside.
AT_ONCE = 3_000


def may_import(by: Standing, root: Organisation) -> bool:
    """The committee of a cell for its cell, the committee above for what stands under it, the province for all."""
    return by.leads(root.pk) or by.oversees(root.path)


@contextmanager
def acting(by: Standing, root: Organisation) -> Iterator[Standing]:
    """In whose name a file is held against the book.

    The province's staff see figures alone (design.md section 4), yet a list of the whole province has to be held
    against what is there: the system looks for them, names nobody, and the events say who it was.

    Raises:
        Http404: `by` keeps the lists of root neither from inside nor from above.
    """
    require(may_import(by, root))
    if root.kind != Kind.PROVINCE:
        yield by
        return
    with scope(replace(by, system=True)) as system:
        yield system


def begin(
    *, by: Standing, root: Organisation, tables: Sequence[Table], problems: Problems, since: date, kind_for_all: str
) -> ImportRun:
    """Keep what was read of a file; what one had under way here goes.

    Raises:
        Http404: `by` keeps the lists of root neither from inside nor from above.
    """
    require(may_import(by, root))
    ImportRun.objects.filter(person=by.me, organisation=root).exclude(state=State.WRITING).delete()
    run = ImportRun.objects.create(
        person_id=by.me,
        organisation=root,
        since=since,
        kind_for_all=kind_for_all,
        tables=staging.described(tables),
        report={"errors": staging.listed(problems.errors), "warnings": staging.listed(problems.warnings)},
    )
    run.report = {"read": run.report}
    lines = (Staged(place, line) for place, table in enumerate(tables) for line in table.lines)
    run.rows = staging.put(run, Part.REST, lines)
    run.save(update_fields=["report", "rows"])
    return run


def is_short(run: ImportRun) -> bool:
    """Whether one waits for it."""
    return run.rows <= AT_ONCE


def look(*, by: Standing, run: ImportRun) -> None:
    """Hold every row against the others and against the book, and sort them by what is to be done with them."""
    root = run.organisation
    rows = sorted(staging.take(run.pieces.all()), key=lambda one: (one.table, one.line.row))
    tables = staging.tables_of(run, rows)
    problems = staging.problems_of(run.report["read"])
    with acting(by, root) as who:
        found = plan_import(tables, problems, by=who, root=root, since=run.since, kind_for_all=run.kind_for_all)
    _sort(run, tables, found)
    run.report = {"read": run.report["read"], **report_of(found)}
    run.to_write, run.state = found.writes, State.LOOKED
    run.save(update_fields=["report", "to_write", "state"])


def _sort(run: ImportRun, tables: Sequence[Table], found: Import) -> None:
    """Bodies first, then people cell by cell, new ones first, then offices: so a piece finds what it stands on."""
    places = {id(table): place for place, table in enumerate(tables)}
    people = sorted(found.people.entries, key=lambda one: (one.joins and not one.new_person, one.cell.id))
    ordered: list[Any] = [*found.organisations.entries, *people, *found.offices.entries]
    right = [Staged(places[id(one.row.table)], one.row.line) for one in ordered]
    reasons: dict[tuple[str, int], list[str]] = defaultdict(list)
    for one in found.problems.errors:
        reasons[one.sheet, one.row].append(f"{one.column}{one.row}: {one.reason}" if one.column else one.reason)
    taken = {id(one.line) for one in right}
    rest, wrong = [], []
    for place, table in enumerate(tables):
        for line in table.lines:
            if said := reasons.get((table.sheet, line.row)):
                wrong.append(Staged(place, line, " ".join(said)))
            elif id(line) not in taken:
                rest.append(Staged(place, line))
    run.pieces.all().delete()
    for part, rows in ((Part.RIGHT, right), (Part.WRONG, wrong), (Part.REST, rest)):
        staging.put(run, part, rows)


def start(*, by: Standing, run: ImportRun, whole: bool) -> None:
    """Write the right rows: at once, or from now on piece by piece."""
    _hold(run)
    if run.state in (State.WRITING, State.DONE):
        return
    require(run.state == State.LOOKED and run.to_write > 0)
    run.state, run.whole = State.WRITING, whole or is_short(run)
    run.save(update_fields=["state", "whole"])
    if is_short(run):
        advance(by=by, run_id=run.pk)


def stop(*, by: Standing, run: ImportRun) -> None:
    """Write nothing more; what was written stays, and is said."""
    require(may_import(by, run.organisation))
    _hold(run)
    if run.state in (State.DONE, State.CANCELLED):
        return
    run.pieces.all().delete()
    if run.written:
        _record(by, run)
    run.state = State.CANCELLED
    run.save(update_fields=["state"])


def _hold(run: ImportRun) -> None:
    """The run as it stands now, kept from others: a button pressed twice, or the job that writes, comes one by one.

    Raises:
        Http404: another file has taken its place.
    """
    require(ImportRun.objects.select_for_update().filter(pk=run.pk).first() is not None)
    run.refresh_from_db()


def advance(*, by: Standing, run_id: UUID) -> bool:
    """Do the next piece of what waits, in the transaction of whoever calls; whether there is more to do.

    Whoever else is at it already is waited for.
    """
    waiting = ImportRun.objects.filter(person=by.me, pk=run_id, state__in=(State.READ, State.WRITING))
    run = waiting.select_for_update().first()
    if run is None:
        return False
    if run.state == State.READ:
        look(by=by, run=run)
        return False
    with acting(by, run.organisation) as who:
        _one_import_at_a_time()
        pieces = run.pieces.of(Part.RIGHT).filter(written_at=None)
        for piece in list(pieces if run.whole else pieces[:1]):
            _write(who, run, piece)
        if not pieces.all().exists():
            _finish(by, run)
    run.save(update_fields=["written", "report", "state"])
    return run.state == State.WRITING


def _one_import_at_a_time() -> None:
    """Two people with one list would each find it new: whoever comes second waits, and finds it written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.import'))")


def _write(by: Standing, run: ImportRun, piece: ImportPiece) -> None:
    """Write one piece, held once more against what is there by now."""
    rows = list(staging.take([piece]))
    tables = staging.tables_of(run, rows)
    found = plan_import(
        tables,
        Problems(),
        by=by,
        root=run.organisation,
        since=run.since,
        kind_for_all=run.kind_for_all,
        narrow=not is_short(run),
    )
    refused = _write_all(by, run, found)
    _keep_refused(run, tables, [*found.problems.errors, *refused])
    done = run.report.setdefault("done", {"rows": 0, "added": 0, "changed": 0, "organisations": 0, "offices": 0})
    done["rows"] += found.writes - len(refused)
    done["added"] += len(found.people.added)
    done["changed"] += len(found.people.changed)
    done["organisations"] += len(found.organisations.entries)
    done["offices"] += len(found.offices.entries)
    run.written += len(rows)
    piece.written_at, piece.content = now(), b""
    piece.save(update_fields=["written_at", "content"])


def _write_all(by: Standing, run: ImportRun, found: Import) -> list[Problem]:
    """Write what was planned; people whom the database refuses are tried one by one, and given back."""
    if found.organisations.entries:
        write_organisations(by=by, entries=found.organisations.entries, since=run.since)
    try:
        with transaction.atomic():
            refused = write_people(by=by, entries=found.people.entries)
    except IntegrityError:
        refused = []
        for entry in found.people.entries:
            try:
                with transaction.atomic():
                    refused += write_people(by=by, entries=[entry])
            except IntegrityError:
                reason = f"Chưa ghi được đồng chí {entry.row.full_name}: trùng với phần vừa ghi. Xem lại rồi nhập lại."
                refused.append(entry.row.problem("refused", reason, "full_name"))
    return refused + write_offices(by=by, entries=found.offices.entries)


def _keep_refused(run: ImportRun, tables: Sequence[Table], problems: Sequence[Problem]) -> None:
    """What could not be written after all joins the rows to be mended."""
    lines = {(table.sheet, line.row): (place, line) for place, table in enumerate(tables) for line in table.lines}
    rows = []
    for one in problems:
        place, line = lines.get((one.sheet, one.row), (0, Line(one.row, {})))
        rows.append(Staged(place, line, f"{one.column}{one.row}: {one.reason}" if one.column else one.reason))
    if rows:
        last = run.pieces.of(Part.WRONG).values_list("number", flat=True).last() or 0
        staging.put(run, Part.WRONG, rows, first=last + 1)
        run.report.setdefault("refused", []).extend(staging.listed(problems))


def _finish(by: Standing, run: ImportRun) -> None:
    """Nothing is left to write: only the wrong rows stay a while, to be mended, without columns that nobody matched."""
    wrong = list(staging.without_unknown(staging.take(run.pieces.of(Part.WRONG))))
    run.pieces.all().delete()
    staging.put(run, Part.WRONG, wrong)
    run.state = State.DONE
    _record(by, run)


def _record(by: Standing, run: ImportRun) -> None:
    done = run.report.get("done", {})
    figures = {name: done.get(name, 0) for name in ("organisations", "added", "changed", "offices")}
    events.record("members.imported", chain=run.organisation_id, by=by.person_id, obj=run.organisation, **figures)
