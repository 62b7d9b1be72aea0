"""Acts that wait take effect at the first moment that anybody asks on their day, or by the nightly job."""

from datetime import date
from threading import Lock

# The last day on which this process looked. A new day costs one query, every other request none.
_seen: date | None = None
_lock = Lock()


def must_look(day: date) -> bool:
    """Whether this process has yet to look for acts that fall due on a day; from then on it has."""
    global _seen
    if _seen == day:
        return False
    with _lock:
        first, _seen = _seen != day, day
    return first


def look_again() -> None:
    """An act was decided for a day to come, or could not be applied: look again."""
    global _seen
    with _lock:
        _seen = None
