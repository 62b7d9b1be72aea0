"""A server that answers from threads of this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread


@contextmanager
def serving(**options: Any) -> Iterator[str]:
    """The server's address for the length of the block."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, **options)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
