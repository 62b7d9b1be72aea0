"""What a device sends, read with suspicion: authenticity alone refuses an entry (design.md section 3, rule 4)."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chibo.lib.dates import now
from chibo.lib.vietnamese import UnusableText
from chibo.meetings.device.answers import Refused
from chibo.meetings.models import Meeting, RoomDevice
from chibo.meetings.room import log
from chibo.meetings.room.kinds import Misshapen, identifier, kind_of
from chibo.meetings.room.recorded import EPOCH, milliseconds
from chibo.members.base_of_vote import Standing as PlaceOfVoter

MOST_ENTRIES = 500
MOST_ANSWERED = 10 * MOST_ENTRIES
MOST_CHARACTERS = 200_000  # of one payload; the longest text of a kind is a tenth of it
MOST_COUNTED = 2**53  # what JavaScript counts exactly
# A device's clock that is further off than this is set right by what it says the time is as it sends.
CLOCKS_DIFFER = timedelta(minutes=2)
EARLIEST = milliseconds(datetime(2000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Incoming:
    """One entry as it is to be kept. as_sent: whether the device holds just this, or has to be told otherwise."""

    id: UUID
    counter: int
    kind: str
    payload: dict[str, Any]
    at: datetime
    seen: int
    as_sent: bool


@dataclass(frozen=True)
class Refusal:
    """An entry that is not taken, by the id that was given to it."""

    id: str | None
    why: str


@dataclass
class Batch:
    """A body of `nhat-ky/`. after: the server's number of the last entry that the device has."""

    entries: list[Incoming | Refusal] = field(default_factory=list)
    after: int = 0
    unsent: int = 0


def read_json(body: bytes) -> dict[str, Any]:
    """A body as a JSON object.

    Raises:
        Refused: it is none.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("not_json", 400) from error
    if not isinstance(found, dict):
        raise Refused("not_json", 400)
    return found


def read_batch(body: Mapping[str, Any], device: RoomDevice, meeting: Meeting, head: int) -> Batch:
    """A batch with each entry judged by itself; more than 500 at once are not looked at.

    head: the server's last number; nobody has seen more.

    Raises:
        Refused: `entries` is no list, or so long that even an answer for each would be too much.
    """
    entries = body.get("entries", [])
    if not isinstance(entries, list):
        raise Refused("shape", 400)
    if len(entries) > MOST_ANSWERED:
        raise Refused("too_big", 413)
    reader = _Reader(device, meeting, head, _shift(body.get("sent")))
    return Batch(
        entries=[
            *(reader.read(one) for one in entries[:MOST_ENTRIES]),
            *(Refusal(_written_id(one), "too_many") for one in entries[MOST_ENTRIES:]),
        ],
        after=min(whole(body.get("after")), head),
        unsent=min(whole(body.get("unsent")), 2**31 - 1),
    )


def whole(value: Any) -> int:
    """A count that a device told; what is none counts as nought."""
    return value if _is_whole(value) else 0


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_COUNTED


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    # A whole number may be greater than any float, and asking that of one raises.
    return isinstance(value, int) and not isinstance(value, bool)


def _shift(sent: Any) -> int:
    """By how many milliseconds the clock of a device is behind; nought within two minutes, or when it does not say."""
    if not _is_number(sent) or abs(sent) > MOST_COUNTED:
        return 0
    behind = milliseconds(now()) - round(sent)
    return behind if abs(behind) > CLOCKS_DIFFER // timedelta(milliseconds=1) else 0


def _written_id(raw: Any) -> str | None:
    """The id of an entry, for the answer; never longer than an id."""
    found = raw.get("id") if isinstance(raw, dict) else None
    return found if identifier(found) else None


@dataclass(frozen=True)
class _Reader:
    """Reads entries of one device in one meeting. shift: milliseconds that its clock is behind."""

    device: RoomDevice
    meeting: Meeting
    head: int
    shift: int

    def read(self, raw: Any) -> Incoming | Refusal:
        id_ = _written_id(raw)
        if id_ is None:
            return Refusal(None, "shape")
        why = self._forged(raw)
        found = None if why else self._shaped(UUID(id_), raw)
        return found or Refusal(id_, why or "shape")

    def _forged(self, raw: Mapping[str, Any]) -> str:
        """Whose an entry says to be, where it says so."""
        said = (
            ("meeting", self.meeting.pk, "other_meeting"),
            ("device", self.device.pk, "device"),
            ("author", self.device.person_id, "author"),
        )
        return next((why for key, own, why in said if raw.get(key) not in (None, str(own))), "")

    def _shaped(self, id_: UUID, raw: Mapping[str, Any]) -> Incoming | None:
        kind, payload, counter = raw.get("kind"), raw.get("payload"), raw.get("counter")
        at, seen = raw.get("at"), raw.get("seen")
        right = (
            isinstance(kind, str)
            and _is_whole(counter)
            and counter != 0
            and (seen is None or _is_whole(seen))
            and (at is None or _is_number(at))
        )
        if not right or (clean := _payload(str(kind), payload, raw.get("version"))) is None:
            return None
        moment, known = self._moment(at), min(seen or 0, self.head)
        as_sent = clean == payload and known == seen and milliseconds(moment) == at
        return Incoming(id_, counter, str(kind), clean, moment, known, as_sent)  # type: ignore[arg-type]

    def _moment(self, at: Any) -> datetime:
        """When it was recorded, by a clock set right; never later than now. The order does not depend on it."""
        today = milliseconds(now())
        said = today if at is None else max(-MOST_COUNTED, min(MOST_COUNTED, round(at))) + self.shift
        return EPOCH + timedelta(milliseconds=max(EARLIEST, min(said, today)))


def _payload(kind: str, payload: Any, version: Any) -> dict[str, Any] | None:
    """A payload as it is kept; none where its kind does not allow it."""
    try:
        rule = kind_of(kind)
        if rule.by_server or (version is not None and version != rule.version):
            return None
        if not rule.fits(payload) or not _voters(payload):
            return None
        clean = log.as_kept(payload)
        if clean != payload and not rule.fits(clean):
            return None
    except (Misshapen, UnusableText, RecursionError):
        return None
    return clean if len(json.dumps(clean, ensure_ascii=False)) <= MOST_CHARACTERS else None


_PLACES = frozenset(one.value for one in PlaceOfVoter)


def _voters(payload: Mapping[str, Any]) -> bool:
    """Whether the base of a vote, if there is one, names people and why they count or do not."""
    places = [place for name in ("included", "excluded") for place in payload.get(name) or []]
    return all(len(one) == 2 and identifier(one[0]) and one[1] in _PLACES for one in places)


# ---------- What an entry names ----------
_PERSON = frozenset(("chair", "member", "lead", "person"))
_PEOPLE = frozenset(("members", "helpers", "keepers", "tellers"))


@dataclass
class Named:
    """The rows that some entries name: they must be there, or the rows that follow could not be written."""

    items: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    tasks: set[str] = field(default_factory=set)

    @classmethod
    def by(cls, payload: Mapping[str, Any]) -> "Named":
        """What one payload names."""
        found = cls()
        for name, value in _fields(payload):
            if name == "item":
                found.items.add(value)
            elif name == "task":
                found.tasks.add(value)
            elif name in _PERSON:
                found.people.add(value)
            elif name in _PEOPLE:
                found.people.update(value)
        return found


def _fields(payload: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in payload.items():
        if name == "roll":
            yield from (("person", line["person"]) for line in value)
        elif value is not None:
            yield name, value
