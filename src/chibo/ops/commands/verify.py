"""`bin/chibo verify`: walk every hash chain (events of each cell, entries of each meeting) to its first break."""

import argparse

from chibo.ops import machine
from chibo.ops.terminal import complain, say

HELP = "kiểm tra chuỗi nhật ký và chuỗi ghi chép các cuộc họp; mã thoát 1 khi có chỗ bị đổi"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing more."""


def run(options: argparse.Namespace) -> int:
    """Name each checker's first break; the exit code is 1 when there is one."""
    with machine.application():
        from chibo.access.scope import system_scope
        from chibo.audit.chains import CHECKERS

        broken = False
        with system_scope():
            for name, checker in CHECKERS.items():
                first = next(iter(checker()), None)
                if first is None:
                    say(f"{name}: nguyên vẹn")
                else:
                    broken = True
                    complain(f"{name}: chuỗi {first.chain}, mắt xích {first.seq}: {first.why}")
        return 1 if broken else 0
