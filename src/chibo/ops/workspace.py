"""A folder for one piece of work with content of the tables in it: it never outlives that work for long."""

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".chibo-work-"
PREFIXES = (PREFIX, ".chibo-backup-")  # the second: of the version before
LOCK = "lock"
FORSAKEN_AFTER_SECONDS = 3600.0


@contextmanager
def workspace(parent: Path) -> Iterator[Path]:
    """A new folder for the length of the block. What killed processes left beside it is cleared first."""
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for prefix in PREFIXES:
        for left in parent.glob(f"{prefix}*"):
            if _is_forsaken(left):
                shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    with (made / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _is_forsaken(folder: Path) -> bool:
    """Whether nobody works in it: the lock ends with its process. One without a lock may be a moment old."""
    try:
        with (folder / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except BlockingIOError:
        return False
    except OSError:
        return is_old(folder)


def is_old(path: Path) -> bool:
    """Whether it was left an hour ago or more."""
    try:
        return time.time() - path.stat().st_mtime > FORSAKEN_AFTER_SECONDS
    except OSError:
        return False
