"""bin/start as a process at a terminal."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops.conftest import environment

Started = subprocess.Popen[str]


@contextlib.contextmanager
def started(
    data: Path, port: int, *words: str, address: str = "http://127.0.0.1", **variables: str
) -> Iterator[tuple[Started, str]]:
    """A running bin/start, once it said that it is ready, and all that it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chibo.cli", "start", "--port", str(port), *words],
        env=environment(data) | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if line.startswith("Sẵn sàng:"):
                break
        else:
            pytest.fail("".join(said))
        assert said[-1] == f"Sẵn sàng: {address}:{port}\n"
        # What nobody reads would fill the pipe, and hold up the server.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield process, "".join(said)
    finally:
        if process.poll() is None:
            press_ctrl_c(process)
            process.wait(60)


def press_ctrl_c(process: Started) -> None:
    """A terminal sends the signal to the whole group at once."""
    os.killpg(process.pid, signal.SIGINT)
