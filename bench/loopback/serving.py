"""A granian with Chibo and the floors, as `bin/start` runs it: one worker for each core, two threads that block."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from chibo.ops.connection import PROJECT

WORKERS = 2


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """The port of a server on the database of this process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "bench.loopback.serving", str(port)]
    process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}"})
    try:
        wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until it takes connections; raises RuntimeError when it ended instead."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        if process.poll() is not None:
            raise RuntimeError("the server did not come up")
        time.sleep(0.1)
    raise RuntimeError("the server took too long to come up")


def main(port: int) -> None:
    """Serve until a signal."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "bench.loopback.floors:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=2,
        log_level=LogLevels.warning,
    ).serve(target_loader=application, wrap_loader=False)


def application(*_: Any) -> Any:
    """In each worker: Django is set up before the floors read its models."""
    import chibo.wsgi  # noqa: F401
    from bench.loopback import floors

    return floors.application


if __name__ == "__main__":
    main(int(sys.argv[1]))
