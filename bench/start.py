"""The second bin/start of a machine: nothing to install, nothing to prepare."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.harness import Row, absolute
from bench.server import started

CASE = "start-again"
BUDGET_SECONDS = 5


def run() -> Iterator[Row]:
    """From the call to the line that says that it is ready."""
    with tempfile.TemporaryDirectory(prefix="chibo-start-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with started(Path(folder)):
            pass
        begun = time.perf_counter()
        with started(Path(folder)):
            seconds = time.perf_counter() - begun
    yield absolute(CASE, value=seconds, unit="s", budget=BUDGET_SECONDS)
