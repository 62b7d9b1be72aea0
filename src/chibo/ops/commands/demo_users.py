"""`bin/chibo demo-users [--json]`: the sign-ins of the fictitious data."""

import argparse
import json
from collections.abc import Sequence
from typing import TypedDict

from chibo.ops import machine
from chibo.ops.terminal import CommandError, say, table

HELP = "bảng đăng nhập của số liệu hư cấu"


class DemoUser(TypedDict):
    """One sign-in of the demo; its password is public by design."""

    name: str
    office: str
    cell: str
    login: str
    password: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--json`."""
    parser.add_argument("--json", action="store_true", help="in dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Print the table, or the same rows as JSON."""
    users = read()
    if not users:
        raise CommandError("Chưa nạp số liệu hư cấu. Hãy chạy: bin/start --demo")
    say(json.dumps(users, ensure_ascii=False, indent=2) if options.json else drawn(users))
    return 0


def write(users: Sequence[DemoUser]) -> None:
    """Keep the sign-ins; that this file exists says that the tenant's data are fictitious."""
    machine.demo_mark().write_text(json.dumps(list(users), ensure_ascii=False, indent=2), encoding="utf-8")


def read() -> list[DemoUser]:
    """The sign-ins kept when the demo was loaded; none when it was not."""
    mark = machine.demo_mark()
    return json.loads(mark.read_text(encoding="utf-8")) if mark.exists() else []


def drawn(users: Sequence[DemoUser]) -> str:
    """The table for the terminal."""
    rows = [[user["name"], user["office"], user["cell"], user["login"], user["password"]] for user in users]
    return table(["Họ tên", "Chức vụ", "Nơi", "Tên đăng nhập", "Mật khẩu"], rows)
