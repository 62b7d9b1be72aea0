"""What a file may cost to read; no file from a person comes near, a bomb meets one of them at once."""

import contextlib
import os
import resource
from pathlib import Path

MEMORY = 1 << 30
# What a file may unpack to, in all.
UNPACKED_BYTES = 100_000_000
PARTS = 2_000
PAGES = 1_000
OBJECTS = 100_000
# Files inside a file: a sheet behind a chart. Deeper there is nothing honest.
DEPTH = 2
# Larger than any scan of A3 at 600 dpi; beyond it a small picture may unpack into all of the memory.
PIXELS = 80_000_000
# Two seconds read most papers of a meeting; long ones are larger, and get more by their size. A page of text in PDF is
# read letter by letter, and is small; of a list every cell is read.
_SECONDS = 2
_BYTES_A_SECOND = {"pdf": 100_000, "list": 400_000, "other": 1_000_000}
_MOST_SECONDS = {"pdf": 20, "list": 60, "other": 20}


def seconds_for(task: str, name: str, size: int) -> int:
    """How many seconds of the processor a file of a size may cost."""
    kind = "list" if task == "workbook" else "pdf" if name.lower().endswith(".pdf") else "other"
    return min(_SECONDS + size // _BYTES_A_SECOND[kind], _MOST_SECONDS[kind])


def bind(seconds: int, written: int) -> None:
    """Bind this process. seconds: of the processor; written: bytes that it may write."""
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    os.nice(5)  # who is being served goes first
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
