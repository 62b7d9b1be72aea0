"""What a row may point at: rows of its own meeting or cell, since foreign keys do not ask row-level security.

A key of several columns, such as (item, meeting), cannot lead into another meeting. The keys follow from the models: a
new foreign key has its own by itself. Where two rows share no column a condition of the policy stands in its place.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models
from django.db.backends.base.base import BaseDatabaseWrapper

from chibo.access.matrix import TABLES
from chibo.access.models import CELL_COMMITTEE

log = logging.getLogger("chibo.access")
Column = tuple[str, str]

PERSON, ORGANISATION, MEETING = "members_person", "orgs_organisation", "meetings_meeting"
# Access and documents stand below meetings in the order of imports: there a meeting is a plain id.
_PLAIN: dict[Column, str] = {
    ("access_meetingduty", "meeting_id"): MEETING,
    ("access_inspectiondoor", "meeting_id"): MEETING,
    ("documents_issueddocument", "meeting_id"): MEETING,
}
# A task goes on in later meetings, of the successor too that keeps the archive: the policy asks.
TASKS: frozenset[Column] = frozenset({("resolutions_task", "carried_from_id"), ("resolutions_review", "task_id")})
# A cell's committee may record an act of its own cell, whatever body the act says that it stands under.
_TWICE: dict[Column, str] = {("orgs_treeact", "undoes_id"): "organisation_id"}

_COMMITTEE = ", ".join(f"'{one.value}'" for one in CELL_COMMITTEE)
# What the policy asks of a column, where it is not that a person belongs, or once belonged, to the cell of the row.
_ASKED: dict[Column, str] = {
    ("members_membership", "person_id"): "members_may_belong({0}.id, {0}.person_id, {0}.cell_id, {0}.validity)",
    # The side that has, or has just entered, the member.
    ("members_transfer", "person_id"): "({0}.person_id IS NULL OR members_of_cell({0}.person_id,"
    " coalesce({0}.from_cell_id, {0}.to_cell_id)))",
    ("access_termofoffice", "person_id"): "({0}.office NOT IN ({1}) OR"
    " members_of_cell({0}.person_id, {0}.organisation_id))",
    ("privacy_datarequest", "person_id"): "(members_of_cell({0}.person_id, {0}.answerer_id) OR EXISTS"
    " (SELECT 1 FROM orgs_organisation o WHERE o.id = {0}.answerer_id AND o.kind <> 'cell'))",
    # A cell's committee describes and names its own cell; its place in the tree is given from above.
    ("orgs_organisation", "parent_id"): "orgs_in_place({0}.id, {0}.parent_id, {0}.path, {0}.kind)",
    ("orgs_treeact", "place_id"): "({0}.kind <> 'rename' OR EXISTS (SELECT 1 FROM orgs_organisation o"
    " WHERE o.id = {0}.organisation_id AND position(replace({0}.place_id::text, '-', '') IN o.path) > 0))",
}

# Columns that may name a person who never belonged to the cell, each with the reason. Nothing is opened or taken by it.
FROM_ELSEWHERE: dict[Column, str] = {
    ("meetings_meeting", "chair_id"): "follows from the log, where a name gives no part in the meeting",
    ("meetings_meeting", "clerk_id"): "follows from the log, where a name gives no part in the meeting",
    ("meetings_attendance", "person_id"): "follows from the log; who does not stand on the roll counts nowhere",
    ("meetings_remark", "person_id"): "follows from the log, which may name whoever spoke",
    ("resolutions_task", "lead_id"): "follows from the log, which may name anybody",
    ("resolutions_taskhelper", "person_id"): "follows from the log, which may name anybody",
    ("meetings_invitee", "person_id"): "whoever is invited may come from above or from another cell",
    ("meetings_opinion", "author_id"): "written by its author alone, who may be a guest",
    ("meetings_roomdevice", "person_id"): "chair and clerk may come from another cell",
    ("meetings_setaside", "author_id"): "chair and clerk may come from another cell",
    ("meetings_signature", "person_id"): "chair and clerk may come from another cell",
    ("resolutions_progress", "by_id"): "chair and clerk may come from another cell",
    ("access_meetingduty", "person_id"): "chair, clerk and guests may come from another cell",
    ("access_inspectiondoor", "person_id"): "an inspector comes from outside; written by officers above alone",
    ("directory_importrun", "person_id"): "written and read by its maker alone",
    ("directory_columnmatching", "person_id"): "written and read by its maker alone",
    ("directory_cellexport", "asked_by_id"): "an export is asked for by a cell or from above",
    ("directory_cellexport", "answered_by_id"): "an export is answered from above",
}


@dataclass(frozen=True)
class Key:
    """A key of several columns: `columns` of `table` stand together in `there` of `target`."""

    table: str
    columns: tuple[str, ...]
    target: str
    there: tuple[str, ...]

    @property
    def name(self) -> str:
        """Of the constraint."""
        return "_".join([self.table, *(one.removesuffix("_id") for one in self.columns)])

    @property
    def index(self) -> str:
        """Of the unique index that it needs."""
        return "_".join([self.target, *(one.removesuffix("_id") for one in self.there if one != "id"), "key"])


def references() -> Iterator[tuple[str, str, str]]:
    """Every foreign key of our own tables: table, column, target."""
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("chibo."):
            continue
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey):
                yield model._meta.db_table, field.column, field.related_model._meta.db_table
    for (table, column), target in _PLAIN.items():
        yield table, column, target


def _columns() -> dict[str, set[str]]:
    return {one._meta.db_table: {str(field.column) for field in one._meta.local_fields} for one in apps.get_models()}


def _place(table: str, columns: set[str]) -> str | None:
    """The column that says of which cell or body a row is."""
    named = TABLES[table].cell if table in TABLES else ""
    return next((one for one in ("cell_id", named, "organisation_id") if one in columns), None)


def composite() -> Iterator[Key]:
    """The keys of several columns, each once."""
    columns = _columns()
    for table, column, target in references():
        by_system = table in TABLES and not TABLES[table].write
        if by_system or target in (PERSON, ORGANISATION) or (table, column) in TASKS:
            continue
        for shared in _shared(table, columns[table], target, columns[target], column):
            yield Key(table, (column, *(one for one, _ in shared)), target, ("id", *(one for _, one in shared)))


def _shared(table: str, own: set[str], target: str, there: set[str], column: str) -> Iterator[list[Column]]:
    """Pairs of columns in which a row and the one that it points at must agree."""
    place, place_there = _place(table, own), _place(target, there)
    if target == MEETING:
        yield [(one, one) for one in ("cell_id", "body") if one in own]
    elif "meeting_id" in own & there:
        yield [("meeting_id", "meeting_id")]
    elif place and place_there:
        yield [(place, place_there)]
    elif "person_id" in own & there:  # a row of whoever made it
        yield [("person_id", "person_id")]
    if more := _TWICE.get((table, column)):
        yield [(more, more)]


def conditions(table: str) -> list[str]:
    """What the policy asks of a new or changed row beside who writes it."""
    place = _place(table, _columns().get(table, set()))
    found = []
    for from_, column, target in references():
        at = (table, column)
        if from_ != table or at in FROM_ELSEWHERE:
            continue
        if at in _ASKED:
            found.append(_ASKED[at].format(table, _COMMITTEE))
        elif at in TASKS:
            found.append(f"({table}.{column} IS NULL OR resolutions_in_care({table}.{column}, {table}.{place}))")
        elif target == PERSON and place is not None:
            found.append(f"({table}.{column} IS NULL OR members_of_cell({table}.{column}, {table}.{place}))")
    return found


def apply(connection: BaseDatabaseWrapper, together: Callable[[list[str]], None]) -> None:
    """Put up the keys that are not there yet, as the owner, without holding up whoever works meanwhile.

    together: does some statements in a transaction that waits for the table a moment at a time. The rows that are
    there are checked last; where one points elsewhere the log says so, and the key binds all later rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS)
        known = dict(cursor.fetchall())
        cursor.execute(_INDEXES)
        indexes = dict(cursor.fetchall())
    for key in composite():
        if key.name not in known:
            if not _is_unique(key) and not indexes.get(key.index):
                _index(connection, key, broken=key.index in indexes)
                indexes[key.index] = True
            together([_add(key)])
        if not known.get(key.name):
            _validate(key, together)


_CONSTRAINTS = (
    "SELECT conname, convalidated FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
)
_INDEXES = (
    "SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
    " WHERE c.relnamespace = current_schema()::regnamespace"
)


def _is_unique(key: Key) -> bool:
    """Whether the model itself has the index that the key needs."""
    model: Any = next(one for one in apps.get_models() if one._meta.db_table == key.target)
    names = {field.column: field.name for field in model._meta.local_fields}
    wanted = tuple(names[one] for one in key.there)
    return any(tuple(one.fields) == wanted for one in model._meta.total_unique_constraints)


def _index(connection: BaseDatabaseWrapper, key: Key, *, broken: bool) -> None:
    """Build the unique index while others write. One that was cut off is of no use and is built anew."""
    how = "" if connection.in_atomic_block else "CONCURRENTLY"
    with connection.cursor() as cursor:
        if broken:
            cursor.execute(f"DROP INDEX {how} {key.index}")
        cursor.execute(f"CREATE UNIQUE INDEX {how} {key.index} ON {key.target} ({', '.join(key.there)})")


def _add(key: Key) -> str:
    return (
        f"ALTER TABLE {key.table} ADD CONSTRAINT {key.name} FOREIGN KEY ({', '.join(key.columns)})"
        f" REFERENCES {key.target} ({', '.join(key.there)}) DEFERRABLE INITIALLY DEFERRED NOT VALID"
    )


def _validate(key: Key, together: Callable[[list[str]], None]) -> None:
    try:
        together([f"ALTER TABLE {key.table} VALIDATE CONSTRAINT {key.name}"])
    except IntegrityError:
        log.error("rows of %s point elsewhere: %s holds for later rows alone", key.table, key.name)
