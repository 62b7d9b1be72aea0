"""A tenant is one committee directly under the Centre: one schema, an owner role and an application role.

The owner changes tables; the application lives under row-level security, which binds all but the owner.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

from chibo.ops.connection import (
    DATABASE,
    EXTENSION_SCHEMA,
    EXTENSIONS,
    TIME_ZONE,
    ConfigurationError,
    Role,
    check_tenant_name,
    data_directory,
    database_settings,
    is_embedded,
    role_name,
)
from chibo.ops.postgres import Cluster
from chibo.ops.terminal import CommandError, Report

Administrator = psycopg.Connection[Any]
# Filled by migrations and loaders, so they say nothing about whether somebody has begun to work.
FILLED_BY_ITSELF = ("django_", "rules_", "auth_", "procrastinate_", "ops_", "audit_checkpoint", "access_sealkey")


def administrator(dbname: str = DATABASE) -> Administrator:
    """A connection that may create roles and schemas: the embedded server's own, else DATABASE_ADMIN_URL.

    Raises ConfigurationError when DATABASE_URL is set and DATABASE_ADMIN_URL is not.
    """
    if is_embedded():
        return psycopg.connect(**Cluster(data_directory()).address(dbname=dbname), autocommit=True)
    if address := os.environ.get("DATABASE_ADMIN_URL"):
        return psycopg.connect(address, autocommit=True)
    raise ConfigurationError("Thiếu biến DATABASE_ADMIN_URL: địa chỉ của tài khoản được tạo vai trò và lược đồ.")


def create_tenant(name: str) -> dict[Role, str]:
    """Create the roles and the empty schema of a tenant, and give the passwords of its two logins.

    Nothing is changed where they exist (then no password is given). The embedded server knows its callers by
    their account, so its logins have none. Raises ConfigurationError for a name that cannot be a schema.
    """
    check_tenant_name(name)
    if is_embedded():
        _create_embedded_database(name)
    with administrator() as connection:
        hold(connection, name)
        bring_back(connection, name)
        roles: tuple[Role, ...] = ("owner", "app")
        made = {role: create_role(connection, name, role, with_password=not is_embedded()) for role in roles}
        create_schema(connection, name)
    return {role: password for role, password in made.items() if password}


def _create_embedded_database(tenant: str) -> None:
    Cluster(data_directory()).admit(role_name(tenant, "owner"), role_name(tenant, "app"))
    with administrator("postgres") as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def create_role(connection: Administrator, tenant: str, role: Role, *, with_password: bool) -> str | None:
    """Create one login of a tenant unless it exists; give its new password, if it has one.

    The settings hang on the role alone: tied to a database they would be lost by a clone or a restore.
    """
    login = role_name(tenant, role)
    password = secrets.token_urlsafe(24) if with_password else None
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone():
        password = None
    else:
        query = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(sql.Identifier(login))
        if password:
            query += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
        connection.execute(query)
    for statement in (
        "GRANT {login} TO CURRENT_USER",
        "ALTER ROLE {login} SET search_path = {tenant}, {extensions}",
        "ALTER ROLE {login} SET TimeZone = {zone}",
        # Policies make a query look dear; compiling it took 55 ms of 60 where it took anything (docs/decisions/0022).
        "ALTER ROLE {login} SET jit = off",
    ):
        connection.execute(
            sql.SQL(statement).format(
                login=sql.Identifier(login),
                tenant=sql.Identifier(tenant),
                extensions=sql.Identifier(EXTENSION_SCHEMA),
                zone=sql.Literal(TIME_ZONE),
            )
        )
    return password if with_password else None


def create_schema(connection: Administrator, tenant: str) -> None:
    """Create the schema of a tenant and the shared one of the extensions, with the grants on them.

    Default privileges reach the tables that come later; append-only tables lose UPDATE and DELETE again in
    chibo.access.policies.
    """
    names = {
        "tenant": sql.Identifier(tenant),
        "extensions": sql.Identifier(EXTENSION_SCHEMA),
        "owner": sql.Identifier(role_name(tenant, "owner")),
        "app": sql.Identifier(role_name(tenant, "app")),
    }
    statements = [
        "CREATE SCHEMA IF NOT EXISTS {extensions}",
        *(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA {{extensions}}" for extension in EXTENSIONS),
        "CREATE SCHEMA IF NOT EXISTS {tenant} AUTHORIZATION {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA {extensions} TO {owner}, {app}",
        "GRANT USAGE ON SCHEMA {tenant} TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {tenant}"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {tenant} GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    ]
    for statement in statements:
        connection.execute(sql.SQL(statement).format(**names))


def holds_data(connection: Administrator, tenant: str) -> bool:
    """Whether any table has rows that did not come with the program."""
    query = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1"
    for (table,) in connection.execute(query, [tenant]).fetchall():
        if table.startswith(FILLED_BY_ITSELF):
            continue
        found = connection.execute(
            sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(tenant, table))
        ).fetchone()
        if found and found[0]:
            return True
    return False


# A schema with tables of ours is a tenant.
SIZES = (
    "SELECT n.nspname, sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind = 'r' AND n.nspname IN (SELECT schemaname FROM pg_tables WHERE tablename = 'accounts_user')"
    " GROUP BY 1 ORDER BY 1"
)


def one(connection: Administrator, query: str, schema: str, name: str) -> Any:
    """The one value that a query on a table of a schema gives."""
    row = connection.execute(sql.SQL(query).format(sql.Identifier(schema, name))).fetchone()
    return row[0] if row else None


def execute(connection: Administrator, statement: str, *names: str) -> None:
    """Run a statement with these names in its places."""
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def empty_tenant(name: str) -> None:
    """Drop all that a tenant holds; its tables come back with the next migration."""
    with administrator() as connection:
        execute(connection, "DROP SCHEMA {} CASCADE", name)
        create_schema(connection, name)


# ── what a restore replaces ──

SET_ASIDE = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
CUT_OFF = (
    "Một lần khôi phục đang chạy hoặc đã bị ngắt; số liệu trước đó vẫn còn nguyên. Chạy lại bin/chibo restore TỆP"
    " --force, hoặc khởi động lại bin/start để dùng số liệu trước đó."
)


def name_aside(tenant: str) -> str:
    """Where the data stand that a restore is about to replace; no tenant can have this name."""
    return f"{tenant}-before"


def hold(connection: Administrator, tenant: str) -> None:
    """Be the only one that creates or restores this tenant, for the length of the connection.

    Raises CommandError when another one does.
    """
    connection.execute("SET lock_timeout = '60s'")
    try:
        connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 7700))", [name_aside(tenant)])
    except psycopg.errors.LockNotAvailable as error:
        raise CommandError(f"Đang có một lệnh khác khôi phục đơn vị “{tenant}”. Đợi nó xong rồi làm lại.") from error
    connection.execute("RESET lock_timeout")


def is_set_aside(connection: Administrator, tenant: str) -> bool:
    """Whether a restore is under way, or was cut off."""
    return connection.execute(SET_ASIDE, [name_aside(tenant)]).fetchone() is not None


def set_aside(connection: Administrator, tenant: str) -> None:
    """Put a tenant's data aside, and an empty schema in their place that the application may not enter yet."""
    with connection.transaction():
        execute(connection, "ALTER SCHEMA {} RENAME TO {}", tenant, name_aside(tenant))
        create_schema(connection, tenant)
        execute(connection, "REVOKE USAGE ON SCHEMA {} FROM {}", tenant, role_name(tenant, "app"))


def bring_back(connection: Administrator, tenant: str) -> None:
    """Make what stands aside the tenant's data again; nobody has worked on what takes their place so far."""
    with connection.transaction():
        if is_set_aside(connection, tenant):
            execute(connection, "DROP SCHEMA IF EXISTS {} CASCADE", tenant)
            execute(connection, "ALTER SCHEMA {} RENAME TO {}", name_aside(tenant), tenant)


def replace(connection: Administrator, tenant: str) -> None:
    """Drop what stands aside, and open what has taken its place to the application: both or neither."""
    with connection.transaction():
        execute(connection, "DROP SCHEMA {} CASCADE", name_aside(tenant))
        execute(connection, "GRANT USAGE ON SCHEMA {} TO {}", tenant, role_name(tenant, "app"))


@contextlib.contextmanager
def as_owner(settings: dict[str, Any] | None = None) -> Iterator[None]:
    """Django's connection as the owner of the tables for the length of the block, then as it was.

    `settings` are the owner's keys of DATABASES["default"]; by default those of this machine.
    """
    from django.db import connection

    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    owner = settings or database_settings("owner")
    before = {key: connection.settings_dict[key] for key in keys}
    connection.close()
    connection.settings_dict.update({key: owner[key] for key in keys if key in owner})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def migrate_tenant(name: str, *, settings: dict[str, Any] | None = None, progress: Report | None = None) -> None:
    """Bring the tenant of this process to the present version: tables, policies, grants, rules.

    Needs Django set up and the tenant created. Raises ConfigurationError if this process serves another one.
    """
    from django.core.management import call_command
    from django.db import connection

    from chibo.access import policies
    from chibo.rules import load

    with as_owner(settings):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            if (schema := cursor.fetchone()[0]) != name:
                raise ConfigurationError(f"Đang kết nối với đơn vị “{schema}”, không phải “{name}”.")
        if progress:
            progress("Cập nhật các bảng…")
        call_command("migrate", verbosity=0, interactive=False)
        policies.apply(connection)
        load.load(connection)
