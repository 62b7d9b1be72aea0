"""The scope lasts a transaction and no longer: on a fresh and on a reused connection nothing is readable without it."""

from uuid import UUID

import pytest
from django.db import DataError, connection, connections, transaction

from chibo.access.matrix import TABLES, Term
from chibo.access.scope import NOBODY, current, person_scope, scope, system_scope
from chibo.access.standing import Standing
from chibo.meetings.models import Meeting
from tests import make
from tests.access.world import build
from tests.people import People, gather


def rows() -> dict[str, int]:
    """How many rows of each guarded table are readable now; the tree is no secret inside the tenant."""
    found = {}
    with connection.cursor() as cursor:
        for table in (table for table, rule in TABLES.items() if Term.ANYONE not in rule.read):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return {table: number for table, number in found.items() if number}


@pytest.fixture
def committed(transactional_db: None) -> People:
    """A world that is really there."""
    with system_scope():
        people = gather()
        build(people)
    return people


def test_nothing_is_readable_without_a_scope(committed: People) -> None:
    connections["default"].close()
    assert rows() == {}, "a fresh connection"
    with person_scope(committed.lan.pk):
        assert len(rows()) > 20
    assert rows() == {}, "a reused connection, after the transaction"
    with system_scope():
        assert set(rows()) == {table for table, rule in TABLES.items() if Term.ANYONE not in rule.read}
    assert rows() == {}, "after the system's"
    with pytest.raises(ZeroDivisionError), person_scope(committed.lan.pk):
        raise ZeroDivisionError
    assert rows() == {}, "after a transaction that failed"


def test_a_request_leaves_nothing_behind_on_its_connection(committed: People, client) -> None:
    client.force_login(committed.lan.user)
    assert client.get("/so-chi-bo/").status_code == 200
    assert rows() == {}
    client.logout()
    assert client.get("/so-chi-bo/").status_code == 302
    assert rows() == {}


def test_a_prepared_query_shows_each_person_ones_own_and_nobody_nothing(committed: People) -> None:
    """One plan serves all who come by the same connection, as behind a pool: its settings are asked each time."""

    def meetings() -> set[UUID]:
        return set(Meeting.objects.filter(state__in=["draft", "announced"]).values_list("pk", flat=True))

    with system_scope():
        far = make.meeting(committed.sibling)
    seen: dict[str, set[UUID]] = {}
    for _ in range(8):
        for name in ("lan", "phuc", "thu"):
            with person_scope(committed.all()[name].pk):
                found = meetings()
            assert seen.setdefault(name, found) == found
            with transaction.atomic():
                assert meetings() == set(), f"after {name}, without a scope"
    assert committed.meeting.pk in seen["lan"]
    assert seen["phuc"] == {far.pk}
    assert seen["thu"] == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%meetings_meeting%'")
        assert cursor.fetchone()[0] >= 1, "the query was prepared at all"


def test_an_error_inside_a_scope_leaves_the_outer_one_or_none(committed: People) -> None:
    with person_scope(committed.binh.pk):
        seen = rows()
        with pytest.raises(ZeroDivisionError), person_scope(committed.lan.pk):
            raise ZeroDivisionError
        assert rows() == seen
        with pytest.raises(DataError), person_scope(committed.lan.pk), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert rows() == seen
    assert rows() == {}


def test_a_nested_scope_gives_the_outer_one_back(people: People) -> None:
    with scope(people.standing("binh")) as outer:
        seen = rows()
        with scope(Standing.nobody()):
            assert rows() == {}
            assert current() == NOBODY
        assert rows() == seen
        assert current() == outer


def test_a_request_that_failed_leaves_nothing_half_done(committed: People, client, monkeypatch) -> None:
    from chibo.directory.views import members

    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(members.notices, "done", break_down)
    client.raise_request_exception = False
    client.force_login(committed.lan.user)
    answer = client.post("/so-chi-bo/dang-vien/moi/", {"full_name": "Trương Văn Bảy", "kind": "official"})
    assert answer.status_code == 500
    with system_scope():
        from chibo.members.models import Person

        assert not Person.objects.filter(full_name="Trương Văn Bảy").exists()
