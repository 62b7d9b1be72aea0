"""`bin/chibo manage …`: Django's own commands on this tenant, as the application or (--owner) as the owner."""

import argparse
import os

from chibo.ops import machine, tenants
from chibo.ops.commands import prepare
from chibo.ops.connection import is_embedded, tenant_name
from chibo.ops.terminal import Progress

HELP = "các lệnh của Django (thêm --owner để dùng quyền chủ sở hữu bảng)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take Django's own words after the options."""
    parser.add_argument("--owner", action="store_true", help="nối bằng tài khoản chủ sở hữu bảng")
    parser.add_argument("--prepare", action="store_true", help="cập nhật cơ sở dữ liệu trước")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…")


def run(options: argparse.Namespace) -> int:
    """Run the words as manage.py would."""
    from django.core.management import execute_from_command_line

    if options.owner:
        os.environ["CHIBO_DB_ROLE"] = "owner"
    with machine.database():
        if is_embedded():
            tenants.create_tenant(tenant_name())
        if options.prepare and not prepare.is_prepared(demo=False):
            progress = Progress()
            prepare.prepare(progress, demo=False)
            progress.finish()
        execute_from_command_line(["bin/chibo manage", *options.words])
    return 0
