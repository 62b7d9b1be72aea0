"""What the commands say to the person at the terminal."""

import sys
import time
from collections.abc import Callable

# Told the name of each step as it begins.
Report = Callable[[str], None]


class CommandError(Exception):
    """A command cannot be done as asked; the text says why and what to do. Ends with the given exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def say(text: str = "") -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


class Progress:
    """Names each step as it begins, and how long the last one took once it was longer than a second."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def __call__(self, step: str) -> None:
        self.finish()
        print(f"  {step}", end="", flush=True)
        self._open = True

    _open = False

    def finish(self) -> None:
        """End the line of the step under way."""
        if self._open:
            took = time.monotonic() - self._begun
            print(f" {took:.1f} giây".replace(".", ",") if took >= 1 else " xong", flush=True)
        self._open, self._begun = False, time.monotonic()


def table(headings: list[str], rows: list[list[str]]) -> str:
    """Lines of a table whose columns stand under each other."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    drawn = ["   ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([drawn[0], "─" * (sum(widths) + 3 * (len(widths) - 1)), *drawn[1:]])


def complain(text: str) -> None:
    """Print an error where errors belong."""
    print(text, file=sys.stderr, flush=True)
