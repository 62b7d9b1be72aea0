"""Folders and commands for tests that run the machine side as real processes."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chibo.ops.connection import PROJECT

Run = Callable[..., subprocess.CompletedProcess[str]]


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """An empty data directory whose path has spaces, a comma and Vietnamese letters.

    Not pytest's own: that is closed to the account that root runs the server under.
    """
    top = Path(tempfile.mkdtemp(prefix="chibo-test-"))
    top.chmod(0o755)
    inside = top / "Đảng ủy xã, dữ liệu"
    inside.mkdir()
    yield inside
    shutil.rmtree(top)


def environment(data: Path) -> dict[str, str]:
    """The environment of a process of this test: its own data, no server of anybody else."""
    dropped = {"DATABASE_URL", "DATABASE_OWNER_URL", "CHIBO_TENANT", "CHIBO_DB_ROLE", "CHIBO_FICTITIOUS"}
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    return kept | {"CHIBO_DATA": str(data), "PYTHONPATH": str(PROJECT / "src")}


def run_chibo(data: Path, *words: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `bin/chibo WORDS` on a data directory, with more variables of the environment."""
    command, known = [sys.executable, "-m", "chibo.cli", *words], environment(data) | variables
    return subprocess.run(command, env=known, input=stdin, capture_output=True, text=True, timeout=180)


@pytest.fixture
def data() -> Iterator[Path]:
    """A data directory for one test."""
    with folder() as one:
        yield one


@pytest.fixture
def chibo(data: Path) -> Run:
    """Run `bin/chibo WORDS` on the data directory of the test."""
    return lambda *words, **keywords: run_chibo(data, *words, **keywords)


@pytest.fixture(scope="module")
def shared() -> Iterator[Path]:
    """A data directory with a tenant, for the tests of one file."""
    with folder() as one:
        made = run_chibo(one, "tenant", "create", "chibo")
        assert made.returncode == 0, made.stderr
        yield one


@pytest.fixture
def shared_chibo(shared: Path) -> Run:
    """Run `bin/chibo WORDS` on the data directory of the file."""
    return lambda *words, **keywords: run_chibo(shared, *words, **keywords)


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
