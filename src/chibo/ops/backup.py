"""Backup and restore of one tenant: PostgreSQL's own dump of its schema beside a manifest, in one zip.

Papers and files stand in the database, so one file holds all. The secret key is left out: it signs sign-ins alone.
"""

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from chibo import __version__
from chibo.ops import backup_store, encryption, machine, recovery_key
from chibo.ops.backup_store import MANIFEST
from chibo.ops.connection import (
    data_directory,
    database_settings,
    is_embedded,
    role_name,
    tenant_name,
)
from chibo.ops.postgres import Cluster
from chibo.ops.terminal import CommandError, Report
from chibo.ops.workspace import workspace

FORMAT = 1
DUMP, DEMO = "tenant.dump", "demo-users.json"


class Damaged(CommandError):
    """The backup itself is no good: changed, cut off, not restorable."""


class Manifest(TypedDict):
    """What a backup says about itself. erasable: how many texts in it the coming signatures will erase."""

    format: int
    version: str
    tenant: str
    time: str
    postgres: int
    migrations: list[str]
    erasable: NotRequired[int]
    sha256: str


def make(*, report: Report) -> backup_store.Backup:
    """A backup with its record in the folder of backups; then what is kept no longer goes.

    Raises CommandError when one is being made already, or the disk has no room for it.
    """
    from chibo.directory import clock

    try:
        with backup_store.only_one():
            require_room(backup_store.folder())
            file = backup_store.new_file()
            manifest = write(file, passphrase=backup_store.sealing_words(), report=report)
            record = backup_store.Record(
                made_at=manifest["time"],
                version=manifest["version"],
                bytes=file.stat().st_size,
                sha256=digest(file),
                encrypted=encryption.is_encrypted(file),
                erasable=manifest["erasable"],
            )
            backup_store.write_record(file, record)
            if not clock.contradicted():
                report("Dọn bản cũ…")
                backup_store.prune()
    except BlockingIOError as error:
        raise CommandError("Đang có một lần sao lưu khác. Đợi nó xong rồi làm lại.") from error
    return backup_store.Backup(file, record)


def require_room(folder: Path) -> None:
    """Raise CommandError unless the disk holds twice the tenant: the dump and its archive stand side by side."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            # As last counted, and without a lock: a size that is asked for waits for whoever alters the table.
            "SELECT coalesce(sum(c.relpages + coalesce(t.relpages, 0)), 0) * current_setting('block_size')::int"
            " FROM pg_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
        )
        wanted = 2 * int(cursor.fetchone()[0])
    if (free := shutil.disk_usage(folder).free) < wanted:
        raise CommandError(
            f"Đĩa của {folder} còn {free // 1_000_000} MB, cần chừng {wanted // 1_000_000} MB. Hãy dọn chỗ rồi làm lại."
        )


def erasable_texts() -> int:
    """How many texts the coming signatures will erase: a backup with such may not be kept for months."""
    from chibo.meetings.models import Entry, Opinion, Remark

    return Entry.objects.exclude(payload=None).count() + Opinion.objects.count() + Remark.objects.count()


def write(file: Path, *, passphrase: str = "", report: Report = lambda _: None) -> Manifest:
    """Dump the tenant of this process; the file appears whole or not at all, readable by its owner alone.

    passphrase: encrypts the file; "" leaves it in the clear.
    """
    with workspace(file.absolute().parent) as folder:
        dump, new = folder / DUMP, folder / "backup.zip"
        report("Xuất số liệu…")
        manifest = dump_tenant(dump)
        report("Xếp thành một tệp…")
        new.touch(mode=0o600)
        with zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
            if machine.demo_mark().exists():
                archive.write(machine.demo_mark(), DEMO)
            archive.write(dump, DUMP)
        dump.unlink()
        if passphrase:
            report("Mã hóa…")
            encryption.encrypt(new, folder / "encrypted", passphrase)
            new.unlink()  # what is in the clear goes first, whatever ends this process
            new = folder / "encrypted"
        put_in_place(new, file)
    return manifest


def dump_tenant(dump: Path) -> Manifest:
    """Write the dump, and what is to be said of it as of the very moment that it shows."""
    from chibo.access.scope import system_snapshot
    from chibo.lib.dates import now

    with system_snapshot():
        snapshot = one_value("SELECT pg_export_snapshot()")
        manifest = Manifest(
            format=FORMAT,
            version=__version__,
            tenant=tenant_name(),
            time=now().isoformat(timespec="seconds"),
            postgres=int(one_value("SHOW server_version_num")) // 10000,
            migrations=applied_migrations(),
            erasable=erasable_texts(),
            sha256="",
        )
        # Others see the snapshot while this transaction lasts.
        run("pg_dump", "--format=custom", f"--schema={tenant_name()}", f"--snapshot={snapshot}", f"--file={dump}")
    return manifest | {"sha256": digest(dump)}


def put_in_place(new: Path, file: Path) -> None:
    """Give a finished file its name once its bytes are on the disk."""
    with new.open("rb") as content:
        os.fsync(content.fileno())
    new.replace(file)
    folder = os.open(file.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def unpack(file: Path, folder: Path, *, ask: recovery_key.Ask | None = None) -> Manifest:
    """Take the archive apart, decrypting it; raises CommandError when it is none of ours or nothing opens it.

    ask: asks at the terminal for the recovery key, where this machine knows none that opens the file.
    """
    try:
        file = decrypted(file, folder, ask)
        with zipfile.ZipFile(file) as archive:
            for name in {MANIFEST, DUMP, DEMO} & set(archive.namelist()):
                archive.extract(name, folder)
        manifest: Manifest = json.loads(Path(folder, MANIFEST).read_text(encoding="utf-8"))
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise Damaged(f"{file} không phải tệp sao lưu của Chibo, hoặc đã hỏng: {error}") from error
    if manifest.get("format") != FORMAT:
        raise CommandError(f"{file} là bản sao lưu dạng {manifest.get('format')}; bản Chibo này đọc dạng {FORMAT}.")
    return manifest


def decrypted(file: Path, folder: Path, ask: recovery_key.Ask | None = None) -> Path:
    """The file itself, or its content in the clear in `folder`; raises CommandError when nothing known opens it."""
    if not encryption.is_encrypted(file):
        return file
    target, known = folder / "backup.zip", [one for one in (backup_store.passphrase(), recovery_key.known()) if one]
    if any(_opens(file, target, words) for words in known):
        return target
    typed = ask() if ask else ""
    if typed and _opens(file, target, recovery_key.tidy(typed)):
        recovery_key.adopt(recovery_key.tidy(typed))
        return target
    if typed and _opens(file, target, typed):  # the words of CHIBO_BACKUP_PASSPHRASE_FILE
        return target
    if known or typed:
        raise CommandError(f"Không mở được {file}: khóa khôi phục, mật khẩu sao lưu không đúng, hoặc tệp đã hỏng.")
    raise CommandError(
        f"{file} có mã hóa. Chạy lại lệnh này, gõ khóa khôi phục đã chép ra giấy; "
        "hoặc đặt CHIBO_BACKUP_PASSPHRASE_FILE: tệp chứa mật khẩu sao lưu."
    )


def _opens(file: Path, target: Path, words: str) -> bool:
    """Write the content in the clear, if these are the words that it was encrypted with."""
    target.unlink(missing_ok=True)
    try:
        encryption.decrypt(file, target, words)
    except encryption.WrongPassphrase:
        target.unlink(missing_ok=True)
        return False
    return True


def check(manifest: Manifest, dump: Path) -> None:
    """Raise CommandError unless the dump is whole, of this tenant, and not of a later version."""
    if not dump.exists() or digest(dump) != manifest["sha256"]:
        raise Damaged("Tệp sao lưu đã hỏng hoặc bị sửa: dấu kiểm tra không khớp. Hãy dùng bản khác.")
    if manifest["tenant"] != tenant_name():
        raise CommandError(f"Tệp này của đơn vị “{manifest['tenant']}”. Hãy thêm: --tenant {manifest['tenant']}")
    if unknown := sorted(set(manifest["migrations"]) - known_migrations()):
        raise CommandError(
            f"Bản sao lưu từ Chibo {manifest['version']}, mới hơn bản đang cài (không có {unknown[0]}). "
            "Hãy nâng cấp Chibo trước."
        )


def load(folder: Path, *, database: str = "") -> None:
    """Restore the dump into the empty schema as its owner, all or nothing.

    database: another one than the tenant's own.
    """
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
        f"--dbname={database or database_settings('owner')['NAME']}",
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


def one_value(query: str) -> str:
    """What a query gives, on Django's connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])


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
