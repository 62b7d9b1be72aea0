"""`bin/chibo prepare` while the server runs: nobody reads a table in a moment without its policies."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from chibo.access import policies, seal
from chibo.access.scope import system_scope
from chibo.ops.connection import role_name
from chibo.ops.tenants import as_owner
from tests import make
from tests.conftest import PASSWORD, TENANT, TestDatabase

pytestmark = pytest.mark.django_db(transaction=True)


Reader = psycopg.Connection[tuple[int]]


@contextmanager
def application(test_database: TestDatabase) -> Iterator[Reader]:
    """The application's login, beside Django's own connection."""
    with test_database.administrator() as administrator:
        host, port = administrator.info.host, administrator.info.port
    login = role_name(TENANT, "app")
    with psycopg.connect(host=host, port=port, user=login, password=PASSWORD, dbname=test_database.name) as one:
        yield one


@pytest.fixture
def reader(test_database: TestDatabase) -> Iterator[Reader]:
    with application(test_database) as one:
        yield one


@contextmanager
def prepared(test_database: TestDatabase) -> Iterator[threading.Thread]:
    """Policies applied again and again by the owner, in a thread."""

    def work() -> None:
        for _ in range(3):
            policies.apply(connection)
        connection.close()

    with as_owner(test_database.settings(test_database.name, "owner")):
        thread = threading.Thread(target=work)
        thread.start()
        yield thread
        thread.join()


def test_every_reader_sees_the_rows_all_the_while(test_database: TestDatabase, reader: Reader) -> None:
    with system_scope():
        make.member("Đặng Văn Bình", make.cell(make.commune(make.province())))
    seen, asked = set(), 0
    with prepared(test_database) as thread:
        while thread.is_alive() or not asked:
            moment = reader.execute(f"SELECT {seal.MOMENT}").fetchone()[0]  # type: ignore[index]
            reader.execute("SELECT set_config('app.scope', %s, true)", [seal.sealed({"system": "on"}, moment)])
            row = reader.execute("SELECT count(*) FROM members_membership").fetchone()
            reader.commit()
            seen.add(row[0] if row else None)
            asked += 1
    assert asked > 20
    assert seen == {1}


def test_a_long_transaction_is_waited_for_without_holding_up_the_others(
    test_database: TestDatabase, reader: Reader
) -> None:
    reader.execute("SELECT count(*) FROM members_membership")  # held open, as a long import would
    with prepared(test_database) as thread, application(test_database) as another:
        time.sleep(3)  # until the owner has come to this table, and waits for it
        another.execute("SET statement_timeout = '15s'")
        another.execute("SELECT count(*) FROM members_membership")
        assert thread.is_alive()
        another.rollback()
        reader.rollback()
