"""Whoever may not write a row does not change it, by whatever statement, under the application's own role."""

from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from chibo.access import keys
from chibo.access.matrix import TABLES
from chibo.access.scope import scope, system_scope
from chibo.access.standing import Standing
from chibo.audit import events
from chibo.lib.uuid7 import uuid7
from chibo.meetings.models import Attendance, Entry, Opinion, Remark
from chibo.members.models import Person
from tests import make
from tests.access.world import World, build
from tests.people import People

# Rows that everyone may write who is signed in: one's own acts.
OWN_ACTS = {"audit_event"}
# Offices give no right to write here, whatever they let one read.
OUTSIDERS = ("khanh", "thu", "phuc", "former", "left", "suspended", "inspector")
# What their own office lets them write: the province doors for others, keys of other provinces and breaches; the
# secretary of the sibling cell its own side of a transfer.
BY_OFFICE = {
    "thu": {"known tenant", "door open", "door closed", "breach"},
    "phuc": {"transfer from elsewhere"},
}


@pytest.fixture
def world(people: People) -> World:
    return build(people)


def standings(people: People, names: tuple[str, ...]) -> dict[str, Standing]:
    with system_scope():
        return {name: people.standing(name) for name in names} | {"nobody": Standing.nobody()}


def key_column(table: str) -> str:
    return "person_id" if table == "members_contact" else "id"


def a_copy(row: Any) -> dict[str, Any]:
    """The columns of a row, with a key of its own, as a fresh row would have them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {row._meta.db_table} WHERE {key_column(row._meta.db_table)} = %s", [row.pk])
        found = dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
    found[key_column(row._meta.db_table)] = uuid4() if isinstance(row.pk, UUID) else -1
    return found


def insert(table: str, columns: dict[str, Any]) -> None:
    names, holes = ", ".join(f'"{name}"' for name in columns), ", ".join("%s" for _ in columns)
    values = [psycopg.types.json.Json(v) if isinstance(v, dict | list) else v for v in columns.values()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({holes})", values)


def test_outsiders_change_and_delete_nothing(world: World, people: People) -> None:
    for who, standing in standings(people, OUTSIDERS).items():
        for name, row in world.items():
            table = row._meta.db_table
            if TABLES[table].append_only or name in BY_OFFICE.get(who, ()):
                continue
            key = key_column(table)
            with scope(standing), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {key} = {key} WHERE {key} = %s", [row.pk])
                assert cursor.rowcount == 0, (who, name)
                cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [row.pk])
                assert cursor.rowcount == 0, (who, name)


def test_outsiders_insert_nothing_into_the_cell(world: World, people: People) -> None:
    copies = {name: (row._meta.db_table, a_copy(row)) for name, row in world.items()}
    for who, standing in standings(people, OUTSIDERS).items():
        for name, (table, columns) in copies.items():
            if table in OWN_ACTS or table == "members_person" or name in BY_OFFICE.get(who, ()):
                continue
            with scope(standing), pytest.raises(ProgrammingError, match="row-level security"):
                insert(table, columns)
                pytest.fail(f"{who} inserted {name}")


def test_members_change_nothing_but_their_own_and_the_progress_of_tasks(world: World, people: People) -> None:
    own = {"contact binh", "coming invitee binh", "coming opinion draft binh", "coming opinion handed in binh"}
    own |= {"data request of binh", "files taken by binh"}
    progress = {f"{state} progress" for state in ("unsigned", "signed", "submitted")}
    changed = set()
    with scope(standings(people, ("binh",))["binh"]), connection.cursor() as cursor:
        for name, row in world.items():
            table, key = row._meta.db_table, key_column(row._meta.db_table)
            if not TABLES[table].append_only:
                cursor.execute(f"UPDATE {table} SET {key} = {key} WHERE {key} = %s", [row.pk])
                if cursor.rowcount:
                    changed.add(name)
    assert changed == own | progress


def test_the_committee_above_writes_no_content(world: World, people: People) -> None:
    standing = standings(people, ("dung",))["dung"]
    with scope(standing), connection.cursor() as cursor:
        for name, row in world.items():
            table = row._meta.db_table
            if table.startswith(("meetings_", "resolutions_", "documents_")) and not TABLES[table].append_only:
                cursor.execute(f"UPDATE {table} SET id = id WHERE id = %s", [row.pk])
                assert cursor.rowcount == 0, name


def test_the_secretary_of_a_sibling_cell_hangs_no_row_on_a_meeting_here(people: People) -> None:
    """Foreign keys ignore row-level security: the composite key (meeting, cell, body) does not."""
    item = make.item(people.meeting)
    own_cell = {"meeting_id": people.meeting.pk, "cell_id": people.sibling.pk, "body": "cell"}
    fields = {"item": item, "person": people.phuc, "text": "Chen vào", "order": 1, "written_by": people.phuc.pk}
    with scope(standings(people, ("phuc",))["phuc"]), pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(**own_cell, **fields)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_row_may_not_pass_from_the_committees_meeting_to_the_cells(people: People) -> None:
    item = make.item(people.meeting)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_agendaitem SET body = 'committee' WHERE id = %s", [item.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_every_key_of_several_columns_stands_and_every_row_was_checked(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND cardinality(conkey) > 1 AND convalidated"
        )
        standing = set(cursor.fetchall())
    assert standing == {(key.table, key.name) for key in keys.composite()}
    to_meetings = {key.table for key in keys.composite() if key.columns == ("meeting_id", "cell_id", "body")}
    assert to_meetings == {table for table, rule in TABLES.items() if rule.body and table != "meetings_meeting"}


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", [table for table, rule in TABLES.items() if rule.append_only])
def test_append_only_tables_refuse_even_the_system(people: People, table: str, statement: str) -> None:
    events.record("test.done", chain=people.cell.pk, by=None)
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_append_only_tables_are_the_log_and_the_events(db: None) -> None:
    append_only = {table for table, rule in TABLES.items() if rule.append_only}
    assert append_only == {"audit_event", "audit_reading", "meetings_entry", "privacy_breachentry"}
    assert Entry._meta.db_table == "meetings_entry"


def test_an_own_row_is_written_only_where_one_belongs(people: People) -> None:
    far = make.meeting(people.sibling)
    with scope(standings(people, ("binh",))["binh"]), pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.create(**far.keys, author=people.binh, text="chen vào")


def test_nobody_marks_oneself_present(people: People) -> None:
    held = make.opened(people.cell)
    with scope(standings(people, ("binh",))["binh"]):
        assert Attendance.objects.filter(meeting=held, person=people.binh).update(state="present") == 0


def test_a_former_committee_keeps_no_list_of_whoever_left(people: People) -> None:
    with scope(standings(people, ("lan",))["lan"]):
        assert Person.objects.filter(pk=people.binh.pk).update(birth_year=1970) == 1
        assert Person.objects.filter(pk=people.left.pk).update(birth_year=1970) == 0


def test_nobody_gives_oneself_an_office(people: People) -> None:
    since = people.lan.offices.get().validity
    columns = {"id": uuid7(), "organisation_id": people.cell.pk, "office": "committee_member", "validity": since}
    for who in ("binh", "khanh", "phuc", "thu", "former"):
        with scope(standings(people, (who,))[who]), pytest.raises(ProgrammingError, match="row-level security"):
            insert("access_termofoffice", columns | {"person_id": people.all()[who].pk})
