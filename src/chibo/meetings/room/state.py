"""The state of a meeting as plain values: what its twin on the devices is compared with, and what a device is shown."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chibo.meetings import registries
from chibo.meetings.room.deciding import ballots_of, secrets_of
from chibo.meetings.room.fold import Room
from chibo.meetings.room.hall import hall
from chibo.meetings.room.paper_book import Unsaid
from chibo.meetings.room.recorded import milliseconds

_LEFT_OUT = {
    "heads",
    "parts",
    "looks",
    "unjudged",
    "opening",
    "closing",
    "presided",
    "beside",
    "asked",
    "given",
    "of_the_book",
}


def state_of(room: Room) -> dict[str, Any]:
    """A room as JSON has it: ids as text, times in milliseconds, mappings as lists of pairs, sets sorted."""
    room = room.judged()
    found = {one.name: plain(getattr(room, one.name)) for one in fields(room) if one.name not in _LEFT_OUT}
    later = {name: plain(told(room)) for name, told in registries.room_states.items()}
    looks = sorted([str(one.entry), one.why, one.about, plain(one.against)] for one in room.needs_look)
    return {
        **found,
        **later,
        "hall": plain(hall(room)),
        "ballots": plain(ballots_of(room)),
        "secrets": plain(secrets_of(room)),
        "unsaid": plain(room.part(Unsaid)),
        "needs_look": looks,
    }


def plain(value: Any) -> Any:
    """One value of the state."""
    if isinstance(value, datetime):
        return milliseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return [[plain(key), plain(one)] for key, one in value.items()]
    if isinstance(value, set):
        return sorted(plain(one) for one in value)
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value
