"""`bin/chibo prepare`: bring the database and the static files to the present version; `start` runs it."""

import argparse
import hashlib
import os
from pathlib import Path

from chibo.ops import machine, tenants
from chibo.ops.commands import demo_users
from chibo.ops.connection import PROJECT, data_directory, is_embedded, tenant_name
from chibo.ops.terminal import CommandError, Progress, Report

HELP = "cập nhật cơ sở dữ liệu và các tệp tĩnh theo phiên bản đang có"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--demo`."""
    parser.add_argument("--demo", action="store_true", help="nạp số liệu hư cấu để dùng thử")


def run(options: argparse.Namespace) -> int:
    """Create the tenant unless it exists, migrate it, collect static files, load the demo unless loaded."""
    progress = Progress()
    with machine.database():
        if is_embedded():
            tenants.create_tenant(tenant_name())
        if options.demo:
            os.environ["CHIBO_FICTITIOUS"] = "1"
        prepare(progress, demo=options.demo)
    progress.finish()
    return 0


def prepare(progress: Report, *, demo: bool) -> None:
    """Do the work inside a running database."""
    from django.core.management import call_command

    wants_demo = demo and not machine.demo_mark().exists()
    if wants_demo:
        make_room_for_demo()
    machine.set_up_django()
    require_no_restore()
    tenants.migrate_tenant(tenant_name(), progress=progress)
    progress("Xếp các tệp tĩnh…")
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    if wants_demo:
        from chibo.ops.demo import build

        loading_path().touch()
        demo_users.write(build.load(progress))
        loading_path().unlink()
    stamp_path().write_text(source_stamp())


def require_no_restore() -> None:
    """Raise CommandError in the middle of a restore, or after one that was cut off."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(tenants.SET_ASIDE, [tenants.name_aside(tenant_name())])
        if cursor.fetchone():
            raise CommandError(tenants.CUT_OFF)


def make_room_for_demo() -> None:
    """Clear what a broken-off loading left; raises CommandError rather than mix fictitious with real data."""
    tenant = tenant_name()
    if loading_path().exists():
        tenants.empty_tenant(tenant)
        return
    with tenants.administrator() as connection:
        if tenants.holds_data(connection, tenant):
            raise CommandError(
                f"Đơn vị “{tenant}” đang có số liệu, nên không nạp số liệu hư cấu vào. "
                "Hãy dùng thư mục khác: bin/start --demo --data THƯ_MỤC"
            )


def is_prepared(*, demo: bool) -> bool:
    """Whether `prepare` has nothing to do; never assumed of a database that others may change."""
    if not is_embedded() or (demo and not machine.demo_mark().exists()):
        return False
    path = stamp_path()
    if not path.exists() or path.read_text() != source_stamp():
        return False
    with tenants.administrator() as connection:
        return not tenants.is_set_aside(connection, tenant_name())


def source_stamp() -> str:
    """A digest of names, sizes and times of all source files, and of the secret: the database holds a key made of it.

    It takes about ten milliseconds.
    """
    file = Path(os.environ.get("CHIBO_SECRET_KEY_FILE") or data_directory() / "secret-key")
    kept = file.read_text() if file.exists() else ""
    digest = hashlib.sha256((os.environ.get("CHIBO_SECRET_KEY") or kept).encode())
    for path in sorted((PROJECT / "src" / "chibo").rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found = path.stat()
            digest.update(f"{path.relative_to(PROJECT)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def loading_path() -> Path:
    """The file that stands while the demo is being loaded."""
    return data_directory() / f"demo-{tenant_name()}.loading"


def stamp_path() -> Path:
    """Where the digest of the last prepared source is kept."""
    return data_directory() / f"prepared-{tenant_name()}"
