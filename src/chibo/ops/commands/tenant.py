"""`bin/chibo tenant create NAME | list`: a schema with its two logins; all tenants of the database."""

import argparse

from chibo.ops import machine, tenants
from chibo.ops.connection import is_embedded
from chibo.ops.terminal import CommandError, Progress, say, table

HELP = "tạo đơn vị (một đảng bộ trực thuộc Trung ương là một lược đồ), liệt kê các đơn vị"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `create NAME` or `list`."""
    parser.add_argument("action", choices=["create", "list"], metavar="create|list")
    parser.add_argument("name", nargs="?", metavar="TÊN", help="chữ thường không dấu, chữ số, gạch dưới")


def run(options: argparse.Namespace) -> int:
    """List; or create, then migrate. On a server of one's own the passwords of the logins are printed once.

    Raises CommandError when a name is missing.
    """
    if options.action == "list":
        return show()
    if not options.name:
        raise CommandError("Thiếu tên đơn vị: bin/chibo tenant create TÊN", code=2)
    machine.choose(tenant=options.name)
    with machine.database():
        passwords = tenants.create_tenant(options.name)
        if not is_embedded() and passwords:
            say("Ghi lại ngay, các mật khẩu này không hiện lần nữa:")
            for role, password in passwords.items():
                say(f"  {options.name}_{role}: {password}")
            say("Đặt chúng vào DATABASE_URL (app) và DATABASE_OWNER_URL (owner), rồi chạy: bin/chibo prepare")
            return 0
        machine.set_up_django()
        progress = Progress()
        tenants.migrate_tenant(options.name, progress=progress)
        progress.finish()
    say(f"Đã có đơn vị “{options.name}”.")
    return 0


def show() -> int:
    """Every tenant of the database with its size, its accounts and its newest table change, as the administrator."""
    rows = []
    with machine.database(), tenants.administrator() as connection:
        for name, size in connection.execute(tenants.SIZES).fetchall():
            accounts = tenants.one(connection, "SELECT count(*) FROM {}", name, "accounts_user")
            steps = tenants.one(connection, "SELECT count(*) FROM {}", name, "django_migrations")
            rows.append([name, f"{size / 1_000_000:.1f} MB", str(accounts), str(steps)])
    say(table(["Đơn vị", "Số liệu", "Tài khoản", "Bước cập nhật bảng"], rows) if rows else "Chưa có đơn vị nào.")
    return 0
