"""This machine for the length of one command: its settings, its database running, Django set up."""

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg

from chibo.ops import tenants
from chibo.ops.connection import DATABASE, data_directory, is_embedded, role_name, tenant_name
from chibo.ops.postgres import Cluster
from chibo.ops.terminal import CommandError


def choose(*, data: str | None = None, tenant: str | None = None) -> None:
    """Set what the whole process means by its data directory and its tenant."""
    if data:
        os.environ["CHIBO_DATA"] = str(Path(data).absolute())
    if tenant:
        os.environ["CHIBO_TENANT"] = tenant
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
    if demo_mark().exists():
        os.environ["CHIBO_FICTITIOUS"] = "1"
        os.environ.setdefault("CHIBO_SECOND_FACTOR", "optional")


def demo_mark() -> Path:
    """The file that says that this tenant holds fictitious data."""
    return data_directory() / f"demo-{tenant_name()}"


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The database for the length of the block; the embedded one is started when it does not run."""
    if not is_embedded():
        yield
        return
    with Cluster(data_directory()).use():
        yield


@contextlib.contextmanager
def application(*, needs_tenant: bool = True) -> Iterator[None]:
    """Database and Django for the length of the block.

    Raises CommandError when the tenant was not created here.
    """
    with database():
        if needs_tenant and is_embedded():
            require_tenant(tenant_name())
        set_up_django()
        require_same_key()
        yield


def require_same_key() -> None:
    """Raise CommandError where the database holds the key of another secret: the system would find every table empty.

    What was not prepared yet, or is away just now, is for the command itself to say.
    """
    from django.db import Error, connection

    from chibo.ops import health

    with contextlib.suppress(Error):
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regprocedure('access_sealed()') IS NOT NULL")
            prepared = cursor.fetchone()[0]
        trouble = health.seal_trouble() if prepared else ""
        connection.close()
        if trouble:
            raise CommandError(trouble)


def set_up_django() -> None:
    """Set Django up for a command, whose own lines say what is done."""
    import django

    django.setup()
    logging.getLogger("chibo").setLevel(logging.WARNING)


def require_tenant(name: str) -> None:
    """Raise CommandError unless the embedded database has this tenant, and no restore of it is under way."""
    cluster = Cluster(data_directory())
    try:
        with psycopg.connect(**cluster.address(dbname=DATABASE)) as connection:
            if tenants.is_set_aside(connection, name):
                raise CommandError(tenants.CUT_OFF)
            query = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
            if connection.execute(query, [name]).fetchone():
                cluster.admit(role_name(name, "owner"), role_name(name, "app"))
                return
    except psycopg.OperationalError:
        pass
    raise CommandError(f"Chưa có đơn vị “{name}” trong {data_directory()}. Hãy chạy: bin/chibo tenant create {name}")
