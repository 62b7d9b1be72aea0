"""Memory of an idle bin/start with its database: proportional share of all its processes."""

import re
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.harness import Row, absolute
from bench.server import descendants, started

CASE = "memory"
BUDGET_MB = 250


def run() -> Iterator[Row]:
    """After the first requests, at rest."""
    with tempfile.TemporaryDirectory(prefix="chibo-memory-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with started(Path(folder)) as (address, pid):
            for _ in range(20):
                urllib.request.urlopen(f"{address}/dang-nhap/").read()
            time.sleep(2)
            total = sum(share(one) for one in descendants(pid))
    yield absolute(CASE, value=total, unit="MB", budget=BUDGET_MB)


def share(pid: int) -> float:
    """The proportional share of one process in MB."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
