"""A running bin/start for the cases that need the whole program."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from chibo.ops.connection import PROJECT


@contextlib.contextmanager
def started(data: Path) -> Iterator[tuple[str, int]]:
    """The address of a server on this data directory, and the process that started it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chibo.cli", "start"],
        env={**os.environ, "CHIBO_DATA": str(data), "PYTHONPATH": str(PROJECT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.match(r"Sẵn sàng: (\S+)", line):
                yield found[1], process.pid
                break
        else:
            raise RuntimeError("bin/start did not come up")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in descendants(int(child)))]
