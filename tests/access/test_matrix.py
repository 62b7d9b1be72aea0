"""Who may see what: every specimen × every person, through the code and in the database, and the two always agree."""

from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import connection

from chibo.access.matrix import GUARDED, OPEN, TABLES
from chibo.access.models import Office, TermOfOffice
from chibo.access.scope import scope, system_scope
from chibo.access.standing import Standing, standing_of
from chibo.access.visible import visible
from chibo.documents.models import IssuedDocument
from chibo.lib.dates import now, today
from chibo.meetings.models import AgendaItem, Attendance, Meeting, Minutes, MinutesSection, Opinion, Part, Vote
from chibo.members.models import Contact, Membership, Person
from chibo.orgs.models import Kind, Organisation
from chibo.resolutions.models import MeetingFigures, Resolution, Task
from tests import make
from tests.access.expected import ALWAYS_NOTHING, ANYONE, EVERYONE_SIGNED_IN, EXPECTED
from tests.access.table import Everyone, by_code, by_database, standings
from tests.access.world import World, build, issued
from tests.people import HANDED_OVER, People


@pytest.fixture
def everyone(people: People, world: World) -> Everyone:
    """The standing of the whole cast, in the world as it is built."""
    return standings(people)


@pytest.fixture
def world(people: People) -> World:
    return build(people)


def test_through_the_code(world: World, everyone: Everyone) -> None:
    assert by_code(world, everyone) == EXPECTED


def test_as_sql_under_the_applications_role(world: World, everyone: Everyone) -> None:
    assert by_database(world, everyone) == EXPECTED


def test_some_never_see_anything() -> None:
    # The administrator keeps the register of breaches, which names nobody and holds no content.
    guarded = {name: readers for name, readers in EXPECTED.items() if readers != ANYONE and name != "breach"}
    assert not any(ALWAYS_NOTHING & readers for readers in guarded.values())


def test_every_guarded_table_has_a_specimen(world: World) -> None:
    assert {row._meta.db_table for row in world.values()} == set(TABLES)


def test_every_table_has_its_line_and_no_line_is_stale(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = {name for (name,) in cursor.fetchall()}
    assert tables == set(TABLES) | set(OPEN)
    assert not set(TABLES) & set(OPEN)
    assert set(GUARDED) <= set(OPEN), "read by all, written by some"


def test_row_level_security_is_on_for_every_guarded_table_and_binds_the_application(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = current_schema() AND c.relkind = 'r'"
        )
        rows = cursor.fetchall()
    assert {name for name, guarded, _ in rows if guarded} == set(TABLES) | set(GUARDED)
    assert not [name for name, _, owned in rows if owned]


def test_no_temporary_table_stands_in_for_one_that_a_function_reads_with_the_owners_rights(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, coalesce(array_to_string(proconfig, ';'), '') FROM pg_proc"
            " WHERE prosecdef AND pronamespace = current_schema()::regnamespace"
        )
        paths = dict(cursor.fetchall())
        assert len(paths) > 20 and [name for name, path in paths.items() if not path.endswith(", pg_temp")] == []
        cursor.execute("CREATE TEMPORARY TABLE meetings_entry (id uuid, meeting_id uuid) ON COMMIT DROP")
        cursor.execute("INSERT INTO meetings_entry VALUES (gen_random_uuid(), gen_random_uuid())")
        cursor.execute(
            "SELECT count(*) FROM meetings_strange_ids(gen_random_uuid(), (SELECT array_agg(id) FROM meetings_entry),"
            " '{}', '{}', '{}')"
        )
        assert cursor.fetchone() == (0,)


def test_policies_and_code_agree_on_every_row(world: World, everyone: Everyone) -> None:
    """Over the whole world, the rows of the cast's own making too, each table and each person."""
    models = {type(row)._meta.db_table: type(row) for row in world.values()}
    for who, standing in everyone.items():
        for table, model in models.items():
            by_code = set(visible(model._default_manager.all(), standing).values_list("pk", flat=True))
            with scope(standing):
                by_database = set(model._default_manager.values_list("pk", flat=True))
            assert by_code == by_database, (who, table)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_policies_and_code_agree_on_a_generated_world(people: People, everyone: Everyone, seed: int) -> None:
    """Meetings of both cells in random states, random rolls, duties, follow-ups and moves; every person, every row."""
    chance = Random(seed)
    persons = list(people.all().values())
    meetings = [generated(people, persons, chance) for _ in range(6)]
    for who in chance.sample(persons, 3):
        make.duty(chance.choice(meetings), who, chance.choice(("clerk", "guest", "guest")))
    with system_scope():
        everyone = everyone | {name: people.standing(name) for name in people.all()}
    models = {
        Meeting, Part, AgendaItem, Attendance, Vote, Minutes, MinutesSection, Opinion, Resolution, Task, IssuedDocument,
        Person, Membership, Contact, TermOfOffice, MeetingFigures,
    }  # fmt: skip
    for who, standing in everyone.items():
        for model in models:
            by_code = set(visible(model._default_manager.all(), standing).values_list("pk", flat=True))
            with scope(standing):
                by_database = set(model._default_manager.values_list("pk", flat=True))
            assert by_code == by_database, (seed, who, model)


def generated(people: People, persons: list[Person], chance: Random) -> Meeting:
    """One meeting with rows of every kind under it."""

    def sometimes() -> datetime | None:
        return now() if chance.random() < 0.5 else None

    cell = chance.choice((people.cell, people.sibling))
    body = chance.choice(("cell", "cell", "committee"))
    present = tuple(chance.sample(persons, 8))
    meeting = make.signed(
        cell, body=body, present=present, signed_at=sometimes(), submitted_at=sometimes(), reported_at=sometimes()
    )
    minutes = Minutes.objects.create(**meeting.keys)
    for position, data_class in enumerate(("discussion", "self_criticism", "discussion")):
        fields = {"key": str(position), "title": "Phần", "content": [], "salt": b"", "digest": b""}
        MinutesSection.objects.create(
            **meeting.keys, minutes=minutes, position=position, data_class=data_class, **fields
        )
    for data_class in ("agenda", "discussion", "self_criticism", "resolution"):
        issued(meeting, data_class)
    author = chance.choice(persons)
    Opinion.objects.create(**meeting.keys, author=author, text="Ý kiến", handed_in_at=sometimes())
    resolution = make.resolution(meeting, reported_at=sometimes())
    make.task(meeting, author, resolution=resolution, reported_at=sometimes())
    phone = f"09{chance.randrange(10**8):08}"
    Contact.objects.update_or_create(person=author, defaults={"phone": phone, "shared_with_cell": bool(sometimes())})
    return meeting


def test_a_guest_reads_the_programme_of_that_meeting_and_no_more(world: World, people: People) -> None:
    make.duty(people.meeting, people.former, "guest")
    with system_scope():
        guest = people.standing("former")
    seen = {
        name for name, row in world.items() if visible(type(row)._default_manager.filter(pk=row.pk), guest).exists()
    }
    programme = {"meeting", "part", "postponement", "item", "question", "paper", "announcement", "posting"}
    known_to_all = {name for name, readers in EXPECTED.items() if readers >= EVERYONE_SIGNED_IN}
    assert seen == known_to_all | {f"coming {one}" for one in programme | {"document agenda"}}


def department(people: People, of: Organisation, office: Office) -> Standing:
    """Somebody who holds an office in a department of a committee, and nothing else."""
    body = Organisation.objects.plant(name="Ban Xây dựng Đảng", kind=Kind.DEPARTMENT, parent=of, founded=make.FOUNDED)
    who = make.person("Lương Thị Yên")
    make.office(who, body, office)
    with system_scope():
        return standing_of(who.pk)


@pytest.mark.parametrize(("office", "like"), [(Office.UPPER_STAFF, "dung"), (Office.PROVINCE_STAFF, "thu")])
def test_staff_of_a_department_read_as_the_committees_own(
    world: World, people: People, office: Office, like: str
) -> None:
    of = people.commune if like == "dung" else people.province
    staff = {"yen": department(people, of, office)}
    own = {name for name in EXPECTED if name.endswith(f" by {like}")}
    expected = {name: {"yen"} if like in who else set() for name, who in EXPECTED.items() if name not in own}
    for found in (by_code(world, staff), by_database(world, staff)):
        assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("office", [Office.UPPER_SECRETARY, Office.UPPER_MEMBER, Office.UPPER_STAFF])
def test_an_office_of_any_name_in_the_province_sees_figures_alone(people: People, office: Office) -> None:
    who = make.person("Lương Thị Yên")
    make.office(who, people.province, office)
    for standing in (standing_of(who.pk), department(people, people.province, office)):
        assert standing.commune_paths == ()
        assert standing.province_paths == (people.province.path,)


def test_the_day_after_a_former_secretary_sees_nothing_more(world: World, people: People) -> None:
    with system_scope():
        before = people.standing("former", HANDED_OVER - timedelta(days=1))
        after = people.standing("former", HANDED_OVER)
    minutes = visible(Minutes.objects.filter(meeting__cell=people.cell), before)
    assert minutes.count() == 4
    assert not visible(Minutes.objects.filter(meeting__cell=people.cell), after).exists()
    assert not visible(Meeting.objects.filter(cell=people.cell), after).exists()


def test_who_moved_reads_the_minutes_of_meetings_attended_for_thirty_days(world: World, people: People) -> None:
    def reads(days: int) -> bool:
        with system_scope():
            standing = people.standing("left", today() - timedelta(days=10) + timedelta(days=days))
        return visible(Minutes.objects.filter(pk=world["signed minutes"].pk), standing).exists()

    assert reads(29)
    assert not reads(30)
