"""Who asks is sealed: SQL under the application's login can neither make a scope, nor change one, nor keep one."""

from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from chibo.access import seal
from chibo.access.scope import person_scope, scope, system_scope
from chibo.access.standing import Standing
from chibo.ops import health
from tests.people import People, gather


@pytest.fixture
def committed(transactional_db: None) -> People:
    """People who are really there."""
    with system_scope():
        return gather()


def one(query: str, *params: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()[0]


def say(value: str) -> None:
    """Set the scope by hand, for this transaction."""
    one("SELECT set_config('app.scope', %s, true)", value)


def people_seen() -> int:
    return int(one("SELECT count(*) FROM members_membership"))


def by_system() -> str:
    """What the system's scope says in this transaction."""
    with system_scope():
        return str(one("SELECT current_setting('app.scope', true)"))


def test_a_scope_that_is_written_by_hand_opens_nothing(committed: People) -> None:
    claims = f"|{committed.lan.pk}|on" + "|" * (len(seal.CLAIMS) - 2)
    for made in (claims, "on", "0" * 64 + claims, "x", "|" * 20, "ễ" * 70):
        with transaction.atomic():
            say(made)
            assert people_seen() == 0, made
            assert not one("SELECT access_sealed()")


def test_a_changed_claim_breaks_the_seal(committed: People) -> None:
    with person_scope(committed.binh.pk):
        own = str(one("SELECT current_setting('app.scope', true)"))
        seen = people_seen()
        assert seen > 0
        parts = own.split("|")
        for place in range(1, len(parts)):
            say("|".join([*parts[:place], "on", *parts[place + 1 :]]))
            assert people_seen() == 0, seal.CLAIMS[place - 1]
        say(own + "|")
        assert people_seen() == 0
        say(own)
        assert people_seen() == seen


def test_a_seal_is_worth_nothing_in_a_later_transaction_nor_on_another_connection(committed: People) -> None:
    with transaction.atomic():
        kept = by_system()
        say(kept)
        assert people_seen() > 0, "in its own transaction it is right"
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT set_config('app.scope', %s, true)", [kept])
            cursor.execute("SELECT count(*) FROM members_membership")
            assert cursor.fetchone()[0] == 0
        other.close()
    for _ in range(2):
        with transaction.atomic():
            say(kept)
            assert people_seen() == 0
    one("SELECT set_config('app.scope', %s, false)", kept)
    assert people_seen() == 0
    one("SELECT set_config('app.scope', '', false)")


def test_a_savepoint_that_is_undone_takes_its_scope_with_it(committed: People) -> None:
    with scope(Standing.nobody()):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), scope(Standing.for_system()):
            raise ZeroDivisionError
        assert people_seen() == 0
        with scope(Standing.for_system()):
            assert people_seen() > 0


def test_a_request_seals_its_scope_without_a_further_statement(committed: People, client) -> None:
    client.force_login(committed.lan.user)
    client.get("/so-chi-bo/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/so-chi-bo/").status_code == 200
    said = [query["sql"] for query in captured.captured_queries]
    assert sum("set_config" in text for text in said) == 1
    assert not [text for text in said if text.startswith(f"SELECT {seal.MOMENT}")]


def test_one_statement_checks_the_seal_once_for_each_table_not_for_each_row(committed: People) -> None:
    with person_scope(committed.lan.pk), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, VERBOSE, COSTS OFF) SELECT * FROM members_exemption")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    checks = [line for line in plan.splitlines() if "access_sealed()" in line]
    assert len(checks) == 1, plan
    assert "InitPlan" in plan


def test_a_site_whose_key_is_not_the_databases_says_so(committed: People, settings) -> None:
    assert health.login_trouble() == ""
    settings.SECRET_KEY = "another"
    assert "CHIBO_SECRET_KEY" in health.login_trouble()
