"""`bin/chibo restore FILE`: a backup into an empty tenant, or with --force in place of what is there."""

import argparse
from pathlib import Path

from chibo.ops import machine, recovery_key, tenants
from chibo.ops.connection import is_embedded, tenant_name
from chibo.ops.restore import restore
from chibo.ops.terminal import Progress, say

HELP = "khôi phục một đơn vị từ tệp sao lưu"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, `--force`, `--broken-chains`."""
    parser.add_argument("file", type=Path, metavar="TỆP")
    parser.add_argument("--force", action="store_true", help="thay toàn bộ số liệu đang có của đơn vị")
    parser.add_argument("--broken-chains", action="store_true", help="nhận cả bản có chuỗi nhật ký bị đứt")


def run(options: argparse.Namespace) -> int:
    """Restore, then bring the data to the present version."""
    progress = Progress()
    with machine.database():
        if is_embedded():
            tenants.create_tenant(tenant_name())
        machine.set_up_django()
        how = {"force": options.force, "broken_chains": options.broken_chains}
        manifest = restore(options.file, **how, progress=progress, ask=recovery_key.ask)
    progress.finish()
    say(f"Đã khôi phục đơn vị “{tenant_name()}” từ bản sao lưu lúc {manifest['time']}.")
    return 0
