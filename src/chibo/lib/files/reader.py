"""Has a file read by a process of its own, so that no file can hold up or bring down what serves the others.

The process gets the file and its name on its input, an empty environment, and limits that it sets on itself before it
reads anything: seconds of the processor by the size of the file, memory, no other processes. Of this process one thread
waits for it, without the interpreter's lock. Only one file is read at a time: with two threads that serve, the other
one goes on serving.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from chibo.lib.files.limits import seconds_for
from chibo.lib.files.refusal import TOO_HEAVY, Refusal

ENVIRONMENT = {"LC_ALL": "C.UTF-8"}
logger = logging.getLogger(__name__)
PROCESS = Path(__file__).with_name("process.py")
# How long a second file waits for the first. Whoever waits holds a thread, so it is short.
WAITS = 0.3
BUSY = "Máy đang đọc một tệp khác. Chờ vài giây rồi chọn lại tệp này."


class TooHeavy(Refusal):
    """The file goes over what a file of its size may cost."""


one_at_a_time = threading.BoundedSemaphore(1)


def read(task: str, name: str, content: bytes, **options: Any) -> tuple[Mapping[str, Any], IO[bytes]]:
    """What a task made of a file: its answer, and what it wrote after it.

    Args:
        task: a name in `chibo.lib.files.process`.
        name: the file's name.
        content: its bytes.
        options: what the task asks for.

    Raises:
        Refusal: the file cannot be taken, in words; TooHeavy when it goes over the limits.
    """
    if not one_at_a_time.acquire(timeout=WAITS):
        raise Refusal(BUSY)
    try:
        return _answer(_run({"task": task, "name": name, "size": len(content), **options}, content), name)
    except OSError as error:  # the machine has no room for one more process
        logger.warning("no process to read a file: %s", type(error).__name__)
        raise Refusal(BUSY) from error
    finally:
        one_at_a_time.release()


def _run(asked: Mapping[str, Any], content: bytes) -> tuple[int, IO[bytes]]:
    """The process's way of ending, and what it wrote."""
    written = os.fdopen(os.memfd_create("answer"), "w+b")
    # In memory, not on a disk: nothing of a refused file stays anywhere.
    with os.fdopen(os.memfd_create("file"), "w+b") as given:
        given.write(json.dumps(asked).encode() + b"\n" + content)
        given.seek(0)
        command = [sys.executable, "-I", str(PROCESS)]
        with subprocess.Popen(
            command, stdin=given, stdout=written, stderr=subprocess.DEVNULL, cwd="/", env=ENVIRONMENT
        ) as process:
            try:
                # The process ends itself by the processor's time; this is for a machine that gives it none.
                process.wait(timeout=10 + 5 * seconds_for(asked["task"], asked["name"], len(content)))
            except subprocess.TimeoutExpired:
                process.kill()
    written.seek(0)
    return process.returncode, written


def _answer(done: tuple[int, IO[bytes]], name: str) -> tuple[Mapping[str, Any], IO[bytes]]:
    code, written = done
    answer: dict[str, Any] = {} if code else json.loads(written.readline())
    if message := answer.get("refused"):
        raise Refusal(message)
    if failed := answer.get("failed"):
        logger.warning("a file was not read: %s", failed)
    if code or failed:
        raise TooHeavy(TOO_HEAVY.format(name=name))
    return answer, written
