"""Whether a backup can be restored: by restoring it into a database of its own and walking its chains.

Run as a process of its own: it turns Django's connection to that database.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chibo.ops import backup, backup_store, recovery_key, tenants
from chibo.ops.backup_store import READ, RESTORED
from chibo.ops.connection import DATABASE, ConfigurationError, database_settings, tenant_name
from chibo.ops.terminal import CommandError, Report
from chibo.ops.workspace import workspace


def verify(file: Path, *, report: Report, ask: recovery_key.Ask | None = None) -> str:
    """Check a backup as far as this machine allows: RESTORED, or READ without a login that may create databases.

    Raises Damaged with what is wrong with it, CommandError with what is missing here (a passphrase, a later version).
    """
    with workspace(backup_store.folder()) as folder:
        report("Đọc tệp…")
        manifest = backup.unpack(file, folder, ask=ask)
        backup.check(manifest, folder / backup.DUMP)
        try:
            tenants.administrator().close()
        except ConfigurationError:
            report("Đọc hết nội dung…")
            backup.run("pg_restore", "--file=/dev/null", str(folder / backup.DUMP), connect=False)
            return READ
        with scratch_database() as name:
            report("Khôi phục thử…")
            with tenants.administrator(name) as connection:
                tenants.create_schema(connection, tenant_name())
            load(folder, name)
            owner = database_settings("owner") | {"NAME": name}
            tenants.migrate_tenant(tenant_name(), settings=owner, progress=report)
            report("Kiểm tra các chuỗi nhật ký…")
            require_whole_chains(owner)
    return RESTORED


def load(folder: Path, database: str) -> None:
    """Restore into the scratch database; raises Damaged with PostgreSQL's words when it cannot be."""
    try:
        backup.load(folder, database=database)
    except CommandError as error:
        raise backup.Damaged(str(error)) from error


@contextlib.contextmanager
def scratch_database() -> Iterator[str]:
    """An empty database for the length of the block; what a killed check left is dropped first."""
    name = f"{DATABASE}_verify_{tenant_name()}"
    with tenants.administrator() as connection:
        tenants.execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        tenants.execute(connection, "CREATE DATABASE {}", name)
        try:
            yield name
        finally:
            tenants.execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def require_whole_chains(owner: dict[str, Any]) -> None:
    """Raise Damaged with the first broken chain; read as the owner, whom row-level security does not bind."""
    from chibo.audit.verify import breaks

    with tenants.as_owner(owner):
        if first := next(iter(breaks()), None):
            raise backup.Damaged(f"Chuỗi {first.chain}, mắt xích {first.seq}: {first.why}")
