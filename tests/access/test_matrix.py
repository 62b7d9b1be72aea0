"""Who may see what: every specimen × every person, through the code and in the database, and the two always agree."""

import pytest
from django.db import connection

from chibo.access.matrix import OPEN, TABLES
from chibo.access.scope import scope, system_scope
from chibo.access.standing import Standing
from chibo.access.visible import visible
from tests.access.expected import ALWAYS_NOTHING, EXPECTED
from tests.access.world import World, build
from tests.people import People

Everyone = dict[str, Standing]


@pytest.fixture
def everyone(people: People) -> Everyone:
    """The standing of the whole cast."""
    with system_scope():
        found = {name: people.standing(name) for name in people.all()}
    return found | {"operator": Standing.nobody(), "anonymous": Standing.nobody()}


@pytest.fixture
def world(people: People) -> World:
    return build(people)


def readable_in_database(table: str, key: object) -> bool:
    """Whether the application's role, in the scope that is on, gets the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT 1 FROM "{table}" WHERE id = %s'
            if table != "members_contact"
            else "SELECT 1 FROM members_contact WHERE person_id = %s",
            [key],
        )
        return cursor.fetchone() is not None


def test_through_the_code(world: World, everyone: Everyone) -> None:
    found = {
        name: {
            who
            for who, standing in everyone.items()
            if visible(type(row)._default_manager.filter(pk=row.pk), standing).exists()
        }
        for name, row in world.items()
    }
    assert found == EXPECTED


def test_as_sql_under_the_applications_role(world: World, everyone: Everyone) -> None:
    found: dict[str, set[str]] = {name: set() for name in world}
    for who, standing in everyone.items():
        with scope(standing):
            for name, row in world.items():
                if readable_in_database(row._meta.db_table, row.pk):
                    found[name].add(who)
    assert found == EXPECTED


def test_some_never_see_anything() -> None:
    assert not any(ALWAYS_NOTHING & readers for readers in EXPECTED.values())


def test_every_guarded_table_has_a_specimen(world: World) -> None:
    assert {row._meta.db_table for row in world.values()} == set(TABLES)


def test_every_table_has_its_line_and_no_line_is_stale(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = {name for (name,) in cursor.fetchall()}
    assert tables == set(TABLES) | set(OPEN)
    assert not set(TABLES) & set(OPEN)


def test_row_level_security_is_on_for_every_guarded_table_and_binds_the_application(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = current_schema() AND c.relkind = 'r'"
        )
        rows = cursor.fetchall()
    assert {name for name, guarded, _ in rows if guarded} == set(TABLES)
    assert not [name for name, _, owned in rows if owned]


def test_policies_and_code_agree_on_every_row(world: World, everyone: Everyone) -> None:
    """Over the whole world, the rows of the cast's own making too, each table and each person."""
    models = {type(row)._meta.db_table: type(row) for row in world.values()}
    for who, standing in everyone.items():
        for table, model in models.items():
            by_code = set(visible(model._default_manager.all(), standing).values_list("pk", flat=True))
            with scope(standing):
                by_database = set(model._default_manager.values_list("pk", flat=True))
            assert by_code == by_database, (who, table)
