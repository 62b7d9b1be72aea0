"""What an entry may hold: its kind, the shape of its payload, and how it is folded into the state of the room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chibo.meetings import registries
from chibo.meetings.models import Meeting

if TYPE_CHECKING:
    from chibo.meetings.room.doubles import Text
    from chibo.meetings.room.fold import Record, Room

LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Check:
    """A check of one value. `spec` says the same as plain values, for the twin that runs on devices."""

    spec: Any
    fits: Callable[[Any], bool]

    def __call__(self, value: Any) -> bool:
        return self.fits(value)


class Misshapen(ValueError):
    """An entry of an unknown kind, or with a payload that its kind does not allow."""


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    shape: every key that the payload may have, with its check; `optional(…)` where it may be missing.
    fold: puts a record into the state; called in the order of meaning, never for one that was undone.
    apply: writes the rows of a record that comes last, without folding the log; for the kinds made by the dozen.
    spares_remarks: one that comes last changes no row of what was said, which is by far the longest list of a meeting.
    final: cannot be undone.
    several: the key of the payload that holds several fields, each of which is undone by itself.
    texts: what stands of it in a room, where two of it that are nearly the same are pointed at (`doubles`).
    by_server: written by the server alone, for what only it knows; no device may send it.
    about: whom a record is about, for kinds that anyone on the roll may write about themselves; all others are for
        chair, clerk and committee.
    """

    name: str
    shape: Mapping[str, Check]
    fold: Callable[[Room, Record], None]
    apply: Callable[[Meeting, Record], None] | None = None
    final: bool = False
    about: Callable[[Room, Record], UUID | None] | None = None
    version: int = 1
    by_server: bool = False
    several: str = ""
    spares_remarks: bool = False
    texts: Callable[[Room], Iterable[Text]] | None = None

    def fits(self, payload: Any) -> bool:
        """Whether a payload has this kind's shape."""
        if not isinstance(payload, dict) or not payload.keys() <= self.shape.keys():
            return False
        # No generator: five hundred entries of a device are a few thousand values.
        for key, check in self.shape.items():  # noqa: SIM110
            if not check.fits(payload.get(key)):
                return False
        return True


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
# Each has a twin on the devices, held equal by vectors: no regular expression but of ASCII, no notion of a space but
# the character, no length but that of code points.
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Of two centuries: no zone moves such a moment out of the years that a database and both languages can count.
_MOMENT = re.compile(
    r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])",
    re.ASCII,
)


def optional(check: Check) -> Check:
    """Missing, or right."""
    return Check({"optional": check.spec}, lambda value: value is None or check(value))


def _is_identifier(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_text(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return False
    try:  # what PostgreSQL's text cannot hold: no loop over letters, an evening is a hundred thousand of them
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return "\0" not in value


def _is_words(value: Any) -> bool:
    return _is_text(value) and any(letter > " " for letter in value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _is_signed(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -(2**31) < value < 2**31


def _is_time(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    def fits(value: Any) -> bool:
        try:
            return isinstance(value, str) and bool(pattern.fullmatch(value) and datetime.fromisoformat(value))
        except ValueError:
            return False

    return fits


identifier = Check("id", _is_identifier)  # a UUID in its usual writing
text = Check("text", _is_text)  # text that PostgreSQL can keep; may be empty
words = Check("words", _is_words)  # text with something in it
whole = Check("whole", _is_whole)  # a count: True is not one
signed = Check("signed", _is_signed)  # the same, below nought as well
flag = Check("flag", lambda value: isinstance(value, bool))
day = Check("day", _is_time(_DAY))  # 2026-12-03
moment = Check("moment", _is_time(_MOMENT))  # with its time zone


def one_of(*allowed: str) -> Check:
    """One of some words."""
    return Check({"one_of": list(allowed)}, lambda value: isinstance(value, str) and value in allowed)


def listed(check: Check) -> Check:
    """A list, each of whose values is right."""
    return Check({"list": check.spec}, lambda value: isinstance(value, list) and all(check(one) for one in value))


def shaped(**shape: Check) -> Check:
    """An object of a shape of its own."""

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or not value.keys() <= shape.keys():
            return False
        return all(check(value.get(key)) for key, check in shape.items())

    return Check({"shape": {key: check.spec for key, check in shape.items()}}, fits)
