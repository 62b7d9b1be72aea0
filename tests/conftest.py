"""The test database: real PostgreSQL, the application's own login, row-level security on.

The owner builds a template once for each state of the migrations and policies; each worker clones it.
A private server in var/test is started unless CHIBO_TEST_PG names an administrator's login, as in
"host=… user=… password=…".
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from chibo.ops import tenants
from chibo.ops.connection import PROJECT, role_name
from chibo.ops.postgres import Cluster

pytest_plugins = ["tests.people"]

TENANT = "chibo_test"
PASSWORD = "chibo_test"
# A crash of the test server costs a rebuild, so it need not wait for the disk.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}


def pytest_configure() -> None:
    """Files that a `bin/start` of this folder collected are not those under test."""
    from django.conf import settings

    settings.STATIC_ROOT = PROJECT / "var" / "test" / "nothing-collected"
    settings.TRANSFER_KEY_FILE = PROJECT / "var" / "test" / "transfer-key"
    settings.URN_DIR = PROJECT / "var" / "test" / "urns"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures that tests recorded with `record_property("figures", …)`, whichever worker ran them."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]
    lines = [value for one in reports for name, value in one.user_properties if name == "figures"]
    if lines:
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.write_line(line)


def schema_stamp() -> str:
    """A digest of every file that decides what an empty database holds."""
    from chibo.access import seal

    source = PROJECT / "src" / "chibo"
    patterns = [
        "*/migrations/*.py",
        "*/models.py",
        "*/models/*.py",
        "access/**/*",
        "rules/**/*",
        "ops/tenants.py",
    ]
    paths = {path for pattern in patterns for path in source.glob(pattern)} | {Path(__file__)}
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file() and path.suffix != ".pyc"):
        digest.update(os.fsencode(path.relative_to(PROJECT)) + b"\0" + path.read_bytes())
    digest.update(seal.key())  # the database holds it
    return digest.hexdigest()[:12]


class TestDatabase:
    """The database of one test process."""

    __test__ = False

    def __init__(self, address: str) -> None:
        self.address = address
        self.template = f"chibo_tmpl_{schema_stamp()}"
        self.name = f"chibo_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"

    def administrator(self, dbname: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(self.address, dbname=dbname, autocommit=True)

    def settings(self, dbname: str, role: Any) -> dict[str, Any]:
        """Keys of DATABASES["default"]."""
        with self.administrator() as connection:
            info = connection.info
            return {
                "NAME": dbname,
                "USER": role_name(TENANT, role),
                "PASSWORD": PASSWORD,
                "HOST": info.host,
                "PORT": str(info.port),
            }

    def point_django(self) -> None:
        """Make Django's connections, of this thread and of later ones, those of the application role."""
        from django.conf import settings
        from django.db import connection

        connection.close()
        keys = self.settings(self.name, "app")
        connection.settings_dict.update(keys)
        settings.DATABASES["default"].update(keys)

    def build_template(self) -> None:
        """As the owner, once; built under another name, so that a killed build never looks done."""
        with self.administrator() as connection:
            connection.execute("SELECT pg_advisory_lock(7700)")
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template]).fetchone():
                return
            for role in ("owner", "app"):
                tenants.create_role(connection, TENANT, role, with_password=False)  # type: ignore[arg-type]
                query = sql.SQL("ALTER ROLE {} PASSWORD {}")
                connection.execute(query.format(sql.Identifier(role_name(TENANT, role)), sql.Literal(PASSWORD)))
            new = f"{self.template}_new"
            self.execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", new)
            self.execute(connection, "CREATE DATABASE {}", new)
            with self.administrator(new) as inside:
                tenants.create_schema(inside, TENANT)
            tenants.migrate_tenant(TENANT, settings=self.settings(new, "owner"))
            self.execute(connection, "ALTER DATABASE {} RENAME TO {}", new, self.template)

    def clone(self) -> None:
        """A fresh copy of the template, in about 50 ms; whoever is connected to the old one is cut off."""
        from django.db import connection as django_connection

        django_connection.close()
        with self.administrator() as connection:
            self.execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)
            self.execute(connection, "CREATE DATABASE {} TEMPLATE {}", self.name, self.template)

    def drop(self) -> None:
        from django.db import connection as django_connection

        django_connection.close()
        with self.administrator() as connection:
            self.execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)

    def drop_leftovers(self) -> None:
        """Remove the clones of killed runs, and the templates of former states."""
        with self.administrator() as connection:
            connection.execute("SELECT pg_advisory_lock(7700)")
            for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
                owner = name.rpartition("_")[2] if name.startswith("chibo_test_") else None
                old_clone = owner is not None and not Path(f"/proc/{owner}").exists()
                old_template = name.startswith("chibo_tmpl_") and not name.startswith(self.template)
                if old_clone or old_template:
                    self.execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    @staticmethod
    def execute(connection: psycopg.Connection[Any], query: str, *names: str) -> None:
        connection.execute(sql.SQL(query).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


@contextlib.contextmanager
def test_server() -> Iterator[str]:
    """The address of an administrator's login on a running server."""
    if address := os.environ.get("CHIBO_TEST_PG"):
        yield address
        return
    data = Path(os.environ.get("CHIBO_TEST_DATA") or PROJECT / "var" / "test")
    with Cluster(data, settings=FAST).use() as cluster:
        cluster.admit(role_name(TENANT, "owner"), role_name(TENANT, "app"))
        address = psycopg.conninfo.make_conninfo(**{**cluster.address(), "dbname": None})
        if cluster.child is not None:  # started just now: no run of another state is using its template
            TestDatabase(address).drop_leftovers()
        yield address


test_server.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def test_database() -> Iterator[TestDatabase]:
    """A clone of the template for this process."""
    with test_server() as address:
        database = TestDatabase(address)
        yield database


@pytest.fixture(scope="session")
def django_db_setup(test_database: TestDatabase, django_db_blocker: Any) -> Iterator[None]:
    """Takes the place of pytest-django's own: the application role may create no database, nor flush one."""
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():
        test_database.build_template()
        test_database.clone()
        test_database.point_django()
        # A flush needs TRUNCATE, loses the rules and trips append-only tables.
        TransactionTestCase._fixture_teardown = lambda self: test_database.clone()  # type: ignore[attr-defined]
        yield
        test_database.drop()


@pytest.fixture(autouse=True)
def whole_tree(request: pytest.FixtureRequest) -> Iterator[None]:
    """Arrange and assert with the system's scope; a request sets its own and gives this one back.

    Tests of transactions enter the scope themselves: it lives in a transaction.
    """
    mark = request.node.get_closest_marker("django_db")
    asks = mark is not None or bool({"db", "client"} & set(request.fixturenames))
    transactional = "transactional_db" in request.fixturenames or bool(mark and mark.kwargs.get("transaction"))
    if not asks or transactional:
        yield
        return
    request.getfixturevalue("db")
    from chibo.access.scope import system_scope
    from chibo.directory.tree import due
    from chibo.lib.dates import today

    with due.first_of(today()):  # the first request of a day looks for acts that fall due; here it has been made
        pass
    with system_scope():
        yield
