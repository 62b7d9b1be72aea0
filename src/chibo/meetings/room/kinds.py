"""What an entry may hold: its kind, the shape of its payload, and how it is folded into the state of the room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chibo.meetings import registries
from chibo.meetings.models import Meeting

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record, Room

LONGEST_TEXT = 20_000

Check = Callable[[Any], bool]


class Misshapen(ValueError):
    """An entry of an unknown kind, or with a payload that its kind does not allow."""


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    shape: every key that the payload may have, with its check; `optional(…)` where it may be missing.
    fold: puts a record into the state; called in the order of meaning, never for one that was undone.
    apply: writes the rows of a record that comes last, without folding the log; for the kinds made by the dozen.
    final: cannot be undone.
    """

    name: str
    shape: Mapping[str, Check]
    fold: Callable[[Room, Record], None]
    apply: Callable[[Meeting, Record], None] | None = None
    final: bool = False
    version: int = 1

    def fits(self, payload: Any) -> bool:
        """Whether a payload has this kind's shape."""
        if not isinstance(payload, dict) or not payload.keys() <= self.shape.keys():
            return False
        return all(check(payload.get(key)) for key, check in self.shape.items())


def register(*kinds: Kind) -> None:
    """Add kinds of entries; from AppConfig.ready."""
    for kind in kinds:
        registries.entry_kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    """The kind with this name.

    Raises:
        Misshapen: there is none.
    """
    found = registries.entry_kinds.get(name)
    if not isinstance(found, Kind):
        raise Misshapen(f"unknown kind of entry: {name}")
    return found


# ---------- Checks of values, as JSON has them ----------
def optional(check: Check) -> Check:
    """Missing, or right."""
    return lambda value: value is None or check(value)


def identifier(value: Any) -> bool:
    """A UUID in its usual writing."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def words(value: Any) -> bool:
    """Text with something in it."""
    return text(value) and bool(value.strip())


def text(value: Any) -> bool:
    """Text that PostgreSQL can keep; may be empty."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return False
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in value)


def whole(value: Any) -> bool:
    """A count: True is not one."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def flag(value: Any) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def day(value: Any) -> bool:
    """2026-12-03."""
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def moment(value: Any) -> bool:
    """A moment with its time zone."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def one_of(*allowed: str) -> Check:
    """One of some words."""
    return lambda value: isinstance(value, str) and value in allowed


def listed(check: Check) -> Check:
    """A list, each of whose values is right."""
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


def shaped(**shape: Check) -> Check:
    """An object of a shape of its own."""

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or not value.keys() <= shape.keys():
            return False
        return all(check(value.get(key)) for key, check in shape.items())

    return fits
