"""Acts that wait take effect at the first moment that anybody asks on their day, or by the nightly job."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Lock

# The last day on which this process looked. A new day costs one query, every other request none.
_seen: date | None = None
_lock = Lock()


@contextmanager
def first_of(day: date) -> Iterator[bool]:
    """Whether this process has yet to look for acts that fall due on a day; others wait until it has."""
    global _seen
    if _seen == day:
        yield False
        return
    with _lock:
        yield _seen != day
        _seen = day


def look_again() -> None:
    """An act was decided for a day to come: look again when it comes.

    Takes no lock: whoever decides holds rows that the one who looks may be waiting for.
    """
    global _seen
    _seen = None
