"""Sessions: found by one statement, changed by one, and never brought back once they are gone."""

from importlib import import_module

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.accounts.sessions import SessionStore
from tests.people import People, sign_in


@pytest.fixture
def session(db: None) -> SessionStore:
    """A session that is kept."""
    made = SessionStore()
    made["seen"] = 1
    made.save()
    return SessionStore(made.session_key)


def test_it_works(session: SessionStore) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert session["seen"] == 1
        session["seen"] = 2
        session.save()
    assert len(asked) == 2
    assert SessionStore(session.session_key)["seen"] == 2


def test_whoever_reads_the_table_has_no_key(session: SessionStore) -> None:
    row = Session.objects.get()
    assert row.session_key != session.session_key
    assert SessionStore(row.session_key).get("seen") is None
    session.cycle_key()
    assert SessionStore(session.session_key)["seen"] == 1 and session.exists(session.session_key or "")
    session.delete()
    assert not Session.objects.exists()


def test_a_session_of_before_the_digests_goes_on(session: SessionStore) -> None:
    Session.objects.update(session_key=session.session_key)
    with connection.cursor() as cursor:
        cursor.execute(import_module("chibo.accounts.migrations.0005_sessions_by_digest").DIGEST)
    assert SessionStore(session.session_key)["seen"] == 1


def test_a_session_that_is_gone_is_not_written_anew(session: SessionStore) -> None:
    assert session["seen"] == 1
    Session.objects.all().delete()
    session["seen"] = 2
    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()


@pytest.mark.parametrize("key", ["unknown-and-long-enough", "short", ""])
def test_an_unknown_key_is_an_empty_session_and_is_not_taken(key: str, db: None) -> None:
    session = SessionStore(key)
    assert session.get("seen") is None
    session["seen"] = 1
    session.save()
    assert session.session_key not in (None, key)


def test_a_session_past_its_time_holds_nothing(session: SessionStore) -> None:
    session.set_expiry(-1)
    session.save()
    assert SessionStore(session.session_key).get("seen") is None


def test_whoever_signed_in_before_stays_signed_in(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    session = client.session
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    assert client.get("/so-chi-bo/").status_code == 200


def test_account_and_standing_are_found_in_one_statement(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    client.get("/tro-giup/")  # a process asks once a day which acts on the tree are due
    with CaptureQueriesContext(connection) as asked:
        client.get("/tai-khoan/")
    about = [one["sql"] for one in asked if "accounts_user" in one["sql"] or "access_standing" in one["sql"]]
    assert len([one for one in about if "access_standing" in one]) == 1
    assert "accounts_user" in about[0] and "access_standing" in about[0]


def test_an_account_that_was_closed_is_nobody_from_then_on(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    assert client.get("/so-chi-bo/").status_code == 200
    people.lan.user.is_active = False
    people.lan.user.save()
    assert client.get("/so-chi-bo/").status_code == 302


def test_a_password_that_was_changed_ends_the_session(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    people.lan.user.set_password("bàu sen ngã ba gương")
    people.lan.user.save()
    assert client.get("/so-chi-bo/").status_code == 302
