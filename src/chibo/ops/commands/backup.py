"""`bin/chibo backup FILE`: everything a tenant holds, in one file with a manifest."""

import argparse
from pathlib import Path

from chibo.ops import backup, machine
from chibo.ops.connection import tenant_name
from chibo.ops.terminal import say

HELP = "sao lưu một đơn vị vào một tệp (chạy được khi máy chủ đang hoạt động)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", type=Path, metavar="TỆP")


def run(options: argparse.Namespace) -> int:
    """Write the file, then say what it holds."""
    with machine.application():
        manifest = backup.write(options.file)
    size = options.file.stat().st_size / 1_000_000
    say(f"Đã sao lưu đơn vị “{tenant_name()}” lúc {manifest['time']} vào {options.file} ({size:.1f} MB).")
    say("Tệp có số liệu của đảng viên: cất nơi chỉ người được giao mở được.")
    return 0
