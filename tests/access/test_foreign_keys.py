"""Every foreign key × two cells: under the application's role, a committee points rows of its cell at another's."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import Model

from chibo.access import keys
from chibo.access.matrix import OPEN, TABLES, Term
from chibo.access.models import MeetingDuty
from chibo.access.scope import scope, system_scope
from chibo.access.standing import Standing, standing_of
from chibo.directory.models import ImportRun
from chibo.documents.models import NumberSeries
from chibo.lib.dates import today
from chibo.lib.uuid7 import uuid7
from chibo.meetings.models import AgendaItem, Annotation, Minutes, Vote
from chibo.members.models import Contact, Person
from chibo.orgs.models import Organisation, TreeAct
from tests import make
from tests.access.test_writes import a_copy, insert, key_column
from tests.access.world import World, build
from tests.people import People

Column = tuple[str, str]
# What of another cell a row may point at beside people (`keys.FROM_ELSEWHERE`), each with the reason.
ALLOWED: dict[Column, str] = {
    ("members_transfer", "to_cell_id"): "a member is introduced to another cell, which receives or sends back",
    ("directory_importrun", "organisation_id"): "read by its maker alone; writing the list asks the policies again",
    ("directory_columnmatching", "organisation_id"): "read by its maker alone",
}
# Tables without row-level security: `matrix.OPEN` says why. Of these, what is of a cell is tried all the same.
TRIED_ALL_THE_SAME = {"access_meetingduty", "documents_numberseries"}
KEY, POLICY, NOT_WRITTEN, ACCEPTED = (
    "refused by a key of several columns",
    "refused by the policy of its table",
    "no committee writes the table",
    "accepted",
)


@pytest.fixture
def world(people: People) -> World:
    return build(people)


@pytest.fixture
def far_cell(people: People) -> Organisation:
    """A cell beside the own one, that never had to do with it."""
    return make.cell(people.commune, "Chi bộ thôn Bàu Sen")


@pytest.fixture
def stranger(far_cell: Organisation) -> Person:
    """A member there, of whom nobody in the own cell knows anything."""
    who = make.member("Ngô Thị Xa", far_cell)
    make.contact(who, "0933333333")
    return who


@pytest.fixture
def far(people: People, far_cell: Organisation, stranger: Person) -> dict[str, UUID]:
    """A row of the other cell in every table that a foreign key points at."""
    held, planned = make.signed(far_cell), make.meeting(far_cell)
    planned.parts.all().delete()  # so that no place in it is taken already
    minutes = Minutes.objects.create(**held.keys, number=1)
    counts = {"base_size": 1, "needed": 1, "in_favour": 1, "against": 0, "abstained": 0, "passed": True, "order": 1}
    rows: list[Any] = [
        far_cell,
        stranger,
        planned,
        held.parts.get(),
        AgendaItem.objects.get(meeting=held),
        Vote.objects.create(**held.keys, subject="other", title="Việc khác", base={}, **counts),
        minutes,
        Annotation.objects.create(**held.keys, minutes=minutes, number=77, text="Đính chính", written_by=stranger.pk),
        make.resolution(held),
        make.task(held, stranger),
        make.group(far_cell),
        far_cell.terms.get(),
        NumberSeries.objects.create(organisation=far_cell, body="cell", document_type="minutes"),
        TreeAct.objects.create(kind="rename", organisation=far_cell, place=people.commune, effective=today()),
        ImportRun.objects.create(person=people.phuc, organisation=far_cell, since=today()),
        people.phuc.user,
    ]
    return {row._meta.db_table: row.pk for row in rows}


@pytest.fixture
def near(people: People, world: World) -> dict[str, Model]:
    """A row of the own cell in every table that points at something, written by its secretary where that counts."""
    rows: list[Any] = [
        *world.values(),
        MeetingDuty.objects.filter(person=people.lan).get(),
        NumberSeries.objects.create(
            organisation=people.cell, body="cell", document_type="minutes", term=people.cell.terms.get()
        ),
    ]
    found: dict[str, Model] = {}
    for row in rows:
        found.setdefault(row._meta.db_table, row)
    found["orgs_treeact"] = TreeAct.objects.create(
        kind="rename", organisation=people.cell, place=people.commune, effective=today()
    )
    for table, rule in TABLES.items():
        if {Term.OWN, Term.OWN_HERE} & {*rule.write} and table != "members_contact" and not rule.append_only:
            run(f"UPDATE {table} SET {rule.own} = %s WHERE id = %s", [people.lan.pk, found[table].pk])
    return found


def run(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def tried(who: Standing, act: Callable[[], int | None], then: Callable[[], None] = lambda: None) -> str:
    """What comes of an act under a standing, checked as at the end of its transaction; then all is as before.

    then: what is looked at once it was accepted.
    """
    with scope(who):
        sid = transaction.savepoint()
        try:
            changed = act()
            run("SET CONSTRAINTS ALL IMMEDIATE", [])
            if changed != 0:
                then()
        except IntegrityError as error:
            assert isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation), error
            return KEY
        except ProgrammingError as error:
            assert isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege), error
            return POLICY
        finally:
            transaction.savepoint_rollback(sid)
    return NOT_WRITTEN if changed == 0 else ACCEPTED


def answer(who: Standing, row: Model, column: str, value: UUID, then: Callable[[], None]) -> str:
    """What comes of pointing a row at another cell's; where it is out of reach, of a new one that does."""
    table, key = row._meta.db_table, key_column(row._meta.db_table)

    def pointed(at: str, *values: UUID) -> str:
        statement = f"UPDATE {table} SET {column} = {at} WHERE {key} = %s"
        return tried(who, lambda: run(statement, [*values, row.pk]), then if values else lambda: None)

    append_only = table in TABLES and TABLES[table].append_only
    if append_only or pointed(column) == NOT_WRITTEN:
        copy = a_copy(row) | {column: value}
        copy |= {name: 99 for name in ("seq", "counter") if name in copy}
        found = tried(who, lambda: insert(table, copy), then)
        return NOT_WRITTEN if found == POLICY and not append_only else found
    return pointed("%s", value)


def test_no_row_points_at_another_cells_but_for_a_closed_list(
    people: People,
    near: dict[str, Model],
    far: dict[str, UUID],
    stranger: Person,
    record_property: Callable[[str, object], None],
) -> None:
    with system_scope():
        lan, before = people.standing("lan"), standing_of(stranger.pk)

    def nothing_of_the_stranger_is_opened_or_taken() -> None:
        assert not Person.objects.filter(pk=stranger.pk).exists()
        assert not Contact.objects.filter(pk=stranger.pk).exists()
        assert Person.objects.filter(pk=stranger.pk).update(full_name="Tên Khác") == 0
        assert set(standing_of(stranger.pk).member_cells) == set(before.member_cells)

    answers: dict[str, list[str]] = defaultdict(list)
    accepted = set()
    for table, column, target in sorted(set(keys.references())):
        if table in OPEN and table not in TRIED_ALL_THE_SAME:
            answers["of a table that is read before anyone is known"].append(f"{table}.{column}")
            continue
        found = answer(lan, near[table], column, far[target], nothing_of_the_stranger_is_opened_or_taken)
        answers[found].append(f"{table}.{column}")
        if found == ACCEPTED:
            accepted.add((table, column))
    for said, columns in sorted(answers.items()):
        record_property("figures", f"foreign keys, {said} ({len(columns)}): {', '.join(columns)}")
    assert accepted <= ALLOWED.keys() | keys.FROM_ELSEWHERE.keys()
    assert accepted >= ALLOWED.keys(), "a line that is not needed any more"


def days_from(since: str, until: str = "") -> str:
    return f"[{since},{until})"


def test_nobody_brings_a_stranger_onto_a_list_to_rename_them(people: People, stranger: Person) -> None:
    with system_scope():
        lan, dung = people.standing("lan"), people.standing("dung")
    guest = {"cell_id": people.cell.pk, "kind": "temporary", "validity": days_from("2026-01-01")}
    guest |= {"admitted_on": None, "probation_ends": None}

    def brought_by(by: Standing, who: Person) -> str:
        return tried(by, lambda: insert("members_membership", guest | fresh(who)))

    # Of another cell; of none, but with an office; gone to another cell.
    assert {brought_by(lan, who) for who in (stranger, people.thu, people.left)} == {POLICY}
    assert brought_by(dung, people.thu) == POLICY
    again = "UPDATE members_membership SET kind = 'temporary', validity = %s WHERE person_id = %s AND cell_id = %s"
    assert tried(lan, lambda: run(again, [days_from("2015-01-01"), people.left.pk, people.cell.pk])) == POLICY
    longer = "UPDATE members_membership SET validity = %s WHERE person_id = %s AND cell_id = %s"
    stay = [people.son.pk, people.cell.pk]
    assert tried(lan, lambda: run(longer, [days_from("2025-12-01"), *stay])) == POLICY
    assert tried(lan, lambda: run(longer, [days_from("2026-01-01", "2026-02-01"), *stay])) == ACCEPTED


def fresh(who: Person) -> dict[str, Any]:
    return {"id": uuid7(), "person_id": who.pk}


def test_a_list_is_kept_for_those_who_belong_to_the_cell(people: People) -> None:
    with system_scope():
        lan, dung = people.standing("lan"), people.standing("dung")
    columns = {"cell_id": people.cell.pk, "admitted_on": None, "probation_ends": None}
    official = columns | {"kind": "official", "validity": days_from("2026-01-01")}
    newcomer = make.person("Hà Thị Mới")
    assert tried(lan, lambda: insert("members_membership", official | fresh(newcomer))) == ACCEPTED
    # What was written of former days is put right, and of a member who stays elsewhere for a time.
    earlier = "UPDATE members_membership SET validity = %s WHERE person_id = %s AND cell_id = %s"
    gone = str(people.left.memberships.get(cell=people.cell).validity.upper)
    past = [days_from("2014-01-01", gone), people.left.pk, people.cell.pk]
    assert tried(lan, lambda: run(earlier, past)) == ACCEPTED
    away = [days_from("2014-01-01"), people.vinh.pk, people.cell.pk]
    assert tried(lan, lambda: run(earlier, away)) == ACCEPTED
    # Whoever covers both cells from above moves a member between them.
    move = "UPDATE members_membership SET cell_id = %s WHERE person_id = %s AND cell_id = %s"
    assert tried(dung, lambda: run(move, [people.sibling.pk, people.binh.pk, people.cell.pk])) == ACCEPTED
    assert tried(lan, lambda: run(move, [people.sibling.pk, people.binh.pk, people.cell.pk])) == POLICY


def test_a_suspension_holds_as_long_as_its_person_belongs_to_the_cell_that_wrote_it(people: People) -> None:
    make.suspension(people.left, people.cell)
    make.suspension(people.binh, people.cell)
    assert standing_of(people.left.pk).member_cells == (people.sibling.pk,)
    assert standing_of(people.binh.pk).member_cells == ()


def test_a_part_in_a_meeting_is_of_the_cell_that_meets(people: People, far_cell: Organisation) -> None:
    far = make.meeting(far_cell)
    duty = {"id": uuid7(), "meeting_id": far.pk, "person_id": people.lan.pk, "duty": "chair", "until": None}
    with system_scope():
        lan = people.standing("lan")
    assert tried(lan, lambda: insert("access_meetingduty", duty | {"cell_id": people.cell.pk})) == KEY
