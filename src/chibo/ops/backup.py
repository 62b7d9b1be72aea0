"""Backup and restore of one tenant: PostgreSQL's own dump of its schema beside a manifest, in one zip.

Papers and files stand in the database, so one file holds all. The secret key is left out: it signs sign-ins alone.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any, TypedDict

from chibo import __version__
from chibo.ops import machine, tenants
from chibo.ops.connection import (
    data_directory,
    database_settings,
    is_embedded,
    role_name,
    tenant_name,
)
from chibo.ops.postgres import Cluster
from chibo.ops.terminal import CommandError, Report

FORMAT = 1
DUMP, MANIFEST, DEMO = "tenant.dump", "manifest.json", "demo-users.json"


class Manifest(TypedDict):
    """What a backup says about itself."""

    format: int
    version: str
    tenant: str
    time: str
    postgres: int
    migrations: list[str]
    sha256: str


def write(file: Path) -> Manifest:
    """Dump the tenant of this process; the file appears whole or not at all, readable by its owner alone."""
    from chibo.lib.dates import now

    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".chibo-backup-") as folder:
        dump, new = Path(folder, DUMP), Path(folder, "backup.zip")
        run("pg_dump", "--format=custom", f"--schema={tenant_name()}", f"--file={dump}")
        manifest = Manifest(
            format=FORMAT,
            version=__version__,
            tenant=tenant_name(),
            time=now().isoformat(timespec="seconds"),
            postgres=server_major(),
            migrations=applied_migrations(),
            sha256=digest(dump),
        )
        new.touch(mode=0o600)
        with zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
            if machine.demo_mark().exists():
                archive.write(machine.demo_mark(), DEMO)
            archive.write(dump, DUMP)
        new.replace(file)
    return manifest


def restore(file: Path, *, force: bool, progress: Report) -> Manifest:
    """Put a backup in the place of the tenant of this process, then migrate it.

    What was there is kept aside until the dump stands, and comes back when that fails. Raises CommandError when the
    file is no sound backup of this tenant, is of a later version, or would replace data without `force`.
    """
    with tempfile.TemporaryDirectory(prefix="chibo-restore-") as folder:
        progress("Kiểm tra tệp sao lưu…")
        manifest = unpack(file, Path(folder))
        check(manifest, Path(folder, DUMP))
        tenant, aside = tenant_name(), f"{tenant_name()}_before"
        with tenants.administrator() as connection:
            if not force and tenants.holds_data(connection, tenant):
                raise CommandError(
                    f"Đơn vị “{tenant}” đang có số liệu. Thêm --force nếu muốn thay toàn bộ bằng bản sao lưu."
                )
            progress("Khôi phục số liệu…")
            tenants.execute(connection, "DROP SCHEMA IF EXISTS {} CASCADE", aside)
            tenants.execute(connection, "ALTER SCHEMA {} RENAME TO {}", tenant, aside)
            try:
                tenants.create_schema(connection, tenant)
                load(Path(folder))
            except BaseException:
                tenants.execute(connection, "DROP SCHEMA IF EXISTS {} CASCADE", tenant)
                tenants.execute(connection, "ALTER SCHEMA {} RENAME TO {}", aside, tenant)
                raise
            tenants.execute(connection, "DROP SCHEMA {} CASCADE", aside)
        if Path(folder, DEMO).exists():
            shutil.copyfile(Path(folder, DEMO), machine.demo_mark())
        else:
            machine.demo_mark().unlink(missing_ok=True)
        tenants.migrate_tenant(tenant, progress=progress)
    return manifest


def unpack(file: Path, folder: Path) -> Manifest:
    """Take the archive apart; raises CommandError when it is none of ours."""
    try:
        with zipfile.ZipFile(file) as archive:
            for name in {MANIFEST, DUMP, DEMO} & set(archive.namelist()):
                archive.extract(name, folder)
        manifest: Manifest = json.loads(Path(folder, MANIFEST).read_text(encoding="utf-8"))
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise CommandError(f"{file} không phải tệp sao lưu của Chibo, hoặc đã hỏng: {error}") from error
    if manifest.get("format") != FORMAT:
        raise CommandError(f"{file} là bản sao lưu dạng {manifest.get('format')}; bản Chibo này đọc dạng {FORMAT}.")
    return manifest


def check(manifest: Manifest, dump: Path) -> None:
    """Raise CommandError unless the dump is whole, of this tenant, and not of a later version."""
    if not dump.exists() or digest(dump) != manifest["sha256"]:
        raise CommandError("Tệp sao lưu đã hỏng hoặc bị sửa: dấu kiểm tra không khớp. Hãy dùng bản khác.")
    if manifest["tenant"] != tenant_name():
        raise CommandError(f"Tệp này của đơn vị “{manifest['tenant']}”. Hãy thêm: --tenant {manifest['tenant']}")
    if unknown := sorted(set(manifest["migrations"]) - known_migrations()):
        raise CommandError(
            f"Bản sao lưu từ Chibo {manifest['version']}, mới hơn bản đang cài (không có {unknown[0]}). "
            "Hãy nâng cấp Chibo trước."
        )


def load(folder: Path) -> None:
    """Restore the dump into the empty schema as its owner, all or nothing."""
    listing = run("pg_restore", "--list", str(folder / DUMP), connect=False)
    # The schema stands already, made by the administrator: an owner may not create it.
    wanted = [line for line in listing.splitlines() if " SCHEMA - " not in line]
    (folder / "list").write_text("\n".join(wanted) + "\n", encoding="utf-8")
    run(
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        f"--use-list={folder / 'list'}",
        f"--dbname={database_settings('owner')['NAME']}",
        str(folder / DUMP),
    )


def run(program: str, *words: str, connect: bool = True) -> str:
    """Run one of PostgreSQL's programs as the owner; raises CommandError with its words when it fails."""
    done = subprocess.run(
        [binaries() / program, *words],
        env={**os.environ, **(connection_environment() if connect else {}), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CommandError(f"{program} không làm được:\n{done.stderr.strip()[-1500:]}")
    return done.stdout


def binaries() -> Path:
    """The folder of pg_dump and pg_restore that fit the server."""
    if is_embedded():
        return Cluster(data_directory()).binaries
    found = shutil.which("pg_dump")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"), key=lambda path: -int(path.parts[-3]))
    if not (system or found):
        raise CommandError("Máy không có pg_dump. Hãy cài: apt install postgresql-client")
    return system[0].parent if system else Path(str(found)).parent


def connection_environment() -> dict[str, str]:
    """libpq's variables for the owner of the tenant's tables."""
    owner: dict[str, Any] = database_settings("owner")
    variables = {
        "PGHOST": owner["HOST"],
        "PGPORT": owner["PORT"],
        "PGUSER": owner["USER"] or role_name(tenant_name(), "owner"),
        "PGDATABASE": owner["NAME"],
        "PGPASSWORD": owner["PASSWORD"],
    }
    return {key: value for key, value in variables.items() if value}


def server_major() -> int:
    """The major version of the server that Django is connected to."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10000


def applied_migrations() -> list[str]:
    """The migrations of the present database, as app.name."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def known_migrations() -> set[str]:
    """The migrations of the present program, as app.name."""
    from django.db.migrations.loader import MigrationLoader

    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def digest(file: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
