"""`bin/chibo retention`: erase what is past its time, or say what would be."""

import argparse
import json

from chibo.ops import machine
from chibo.ops.terminal import say

HELP = "xóa dữ liệu đã hết hạn lưu; --dry-run chỉ đếm"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--dry-run`, `--json` and `--clock-is-right`."""
    parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không xóa gì")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument("--clock-is-right", action="store_true", help="máy nghỉ lâu, và ngày của máy nay là đúng")


def run(options: argparse.Namespace) -> int:
    """Print a line a class with what was, or would be, erased; nothing is while the clock is not believed."""
    with machine.application():
        from chibo.access.scope import system_scope
        from chibo.directory import clock
        from chibo.directory.tree.commands import apply_due
        from chibo.lib.dates import today
        from chibo.privacy.retention.classes import BY_KEY
        from chibo.privacy.retention.run import apply_retention

        if options.clock_is_right:
            clock.confirm()
            apply_due()
        elif not options.dry_run and (trouble := clock.contradicted()):
            say(trouble)
            return 1
        with system_scope():
            taken = apply_retention(today(), dry_run=options.dry_run)
    if options.json:
        say(json.dumps({"dry_run": options.dry_run, "classes": taken}, ensure_ascii=False))
        return 0
    for key, count in taken.items():
        say(f"{count:>8}  {BY_KEY[key].title}")
    say("Chưa xóa gì." if options.dry_run else f"Đã xóa {sum(taken.values())} dòng.")
    return 0
