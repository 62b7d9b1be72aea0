"""`bin/chibo WORDS`, killed just before its step N: `python -m tests.ops.killed_at N WORDS`; 0 for never.

A step is whatever can change what is kept: a statement to the database, the end of a transaction, a program that is
started or under way, a file or folder that is made, renamed, deleted. Each is written to the file named by STEPS.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import psycopg

from chibo import cli

CHANGES = {"subprocess.Popen", "os.rename", "os.remove", "os.mkdir", "shutil.rmtree", "tempfile.mkdtemp"}
READS = ("SELECT", "SHOW")


class Steps:
    """Counts the steps, writes each down, ends the process before one of them."""

    def __init__(self, last: int) -> None:
        self.last, self.number = last, 0
        self.file = os.open(os.environ["STEPS"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

    def step(self, words: str) -> None:
        self.number += 1
        os.write(self.file, " ".join(words.split())[:100].encode() + b"\n")
        if self.number == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def of_system(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in CHANGES:
            self.step(f"{event} {arguments[0]}")

    def count(self, owner: type, name: str) -> None:
        """Count the calls of a method."""
        method: Callable[..., Any] = getattr(owner, name)

        def counted(this: Any, *arguments: Any, **named: Any) -> Any:
            words = self.words(this, arguments) if name == "execute" else f"{name} {getattr(this, 'args', '')}"
            if not words.startswith(READS):
                self.step(words)
            return method(this, *arguments, **named)

        setattr(owner, name, counted)

    @staticmethod
    def words(this: Any, arguments: tuple[Any, ...]) -> str:
        query = arguments[0]
        return query.as_string(this) if hasattr(query, "as_string") else str(query).lstrip()


def main() -> int:
    steps = Steps(int(sys.argv[1]))
    steps.count(psycopg.Cursor, "execute")
    steps.count(psycopg.Connection, "commit")
    steps.count(subprocess.Popen, "communicate")  # the program runs, and goes on when we are killed
    sys.addaudithook(steps.of_system)
    return cli.main(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
