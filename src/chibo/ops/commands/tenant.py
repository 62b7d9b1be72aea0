"""`bin/chibo tenant create NAME`: a schema with its two logins, brought to the present version."""

import argparse

from chibo.ops import machine, tenants
from chibo.ops.connection import is_embedded
from chibo.ops.terminal import Progress, say

HELP = "tạo đơn vị (một đảng bộ trực thuộc Trung ương là một lược đồ)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `create NAME`."""
    parser.add_argument("action", choices=["create"], metavar="create")
    parser.add_argument("name", metavar="TÊN", help="chữ thường không dấu, chữ số, gạch dưới")


def run(options: argparse.Namespace) -> int:
    """Create, then migrate; on a server of one's own the passwords of the logins are printed once."""
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
