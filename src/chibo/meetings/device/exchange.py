"""Joining up: a device sends what it recorded, and hears what the others did.

Entries arrive in any order, late, twice, or not at all when an answer is lost; each is known once by its id. What was
recorded is appended as it is, and what it means is judged by the fold (design.md section 3, rules 1 to 5).
"""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from chibo.access.standing import Standing
from chibo.audit import events
from chibo.audit.models import ChainHead
from chibo.meetings.device import late, wrong_clock
from chibo.meetings.device.incoming import Batch, Incoming, Named, Refusal
from chibo.meetings.minutes.freeze import lapse
from chibo.meetings.models import Meeting, RoomDevice, State
from chibo.meetings.room import log, openings
from chibo.meetings.room.commands import locked
from chibo.meetings.room.fold import Record
from chibo.meetings.room.project import BEFORE
from chibo.meetings.room.recorded import milliseconds

MOST_PULLED = 500
# An evening is some hundred entries, a hundred thousand at the very most. One counter near the greatest number there is
# would leave no number for all that comes after it, on every device.
MOST_AHEAD = 1_000_000

Answer = dict[str, Any]


def head_of(meeting: Meeting) -> int:
    """The number of the last entry of a meeting."""
    found = ChainHead.objects.filter(chain=meeting.pk).values_list("seq", flat=True).first()
    return found or 0


@dataclass(frozen=True)
class Taken:
    """What became of a batch. answers: for each entry in its order, `{id, seq}` or `{id, why}`; otherwise: those that
    are kept otherwise than they were sent (a clock set right, another spelling), which the device has to be told."""

    answers: list[Answer]
    otherwise: frozenset[UUID]

    @property
    def as_kept(self) -> dict[UUID, int]:
        """The numbers of those that the device holds just as they are kept."""
        numbers = ((UUID(one["id"]), one["seq"]) for one in self.answers if "seq" in one)
        return {id_: number for id_, number in numbers if id_ not in self.otherwise}


NOTHING_TAKEN = Taken([], frozenset())


@transaction.atomic
def take(*, meeting: Meeting, device: RoomDevice, batch: Batch, by: Standing) -> Taken:
    """Take a batch into the log.

    by: who sends, the device's own person or a keeper with its file. Whoever calls has the scope to write.
    """
    if not batch.entries:
        return NOTHING_TAKEN
    locked(meeting)  # of two devices at once, one waits
    judged = _judge(meeting, device, batch.entries)
    wanted = [one for one in judged if isinstance(one, Incoming)]
    numbers: dict[UUID, int] = {}
    full: set[UUID] = set()
    if meeting.state == State.SIGNED:
        full = late.keep(meeting=meeting, device=device, entries=wanted, why="signed", by=by)
    else:
        numbers = _append(meeting, device, wanted, by)
    otherwise = frozenset(one.id for one in judged if not isinstance(one, Refusal) and not one.as_sent)
    return Taken([_answer(one, numbers, full) for one in judged], otherwise)


@dataclass(frozen=True)
class _Known:
    """An entry that the log has already. as_sent: whether just so; its moment may have been set right in between."""

    id: UUID
    seq: int
    as_sent: bool


def _judge(
    meeting: Meeting, device: RoomDevice, entries: list[Incoming | Refusal]
) -> list[Incoming | Refusal | _Known]:
    """Each entry as new, as known, or as refused. The second of one id, or of one counter, in a batch is not new."""
    sent = [one for one in entries if isinstance(one, Incoming)]
    if not sent:
        return list(entries)
    known, counters = _known(meeting, device, sent)
    strange = _strange(meeting, [one for one in sent if one.id not in known])
    first: dict[UUID, Incoming] = {}
    most = _most_counter(meeting, sent)

    def judged(one: Incoming | Refusal) -> Incoming | Refusal | _Known:
        if isinstance(one, Refusal):
            return one
        if (before := known.get(one.id)) is not None:
            if not _is_same(before, one, device):
                return Refusal(str(one.id), "twice")
            return _Known(one.id, before.seq, one.as_sent and (before.at, before.seen) == (one.at, one.seen))
        if (same := first.get(one.id)) is not None:
            return same if same == one else Refusal(str(one.id), "twice")
        if one.id in strange:
            return Refusal(str(one.id), strange[one.id])
        if one.counter > most or counters.setdefault(one.counter, one.id) != one.id:
            return Refusal(str(one.id), "counter")
        first[one.id] = one
        return one

    return [judged(one) for one in entries]


@dataclass(frozen=True, slots=True)
class _InLog:
    """An entry that the log has with the id of a new one, or with its counter."""

    id: UUID
    device: UUID
    counter: int
    kind: str
    payload: str | None
    at: datetime | None
    seq: int
    seen: int | None


# As arrays: five hundred ids and counters as values of their own would be a new statement for each batch.
_KNOWN = (
    "SELECT id, device, counter, kind, payload, at, seq, seen FROM meetings_entry WHERE meeting_id = %s"
    " AND (id = ANY (%s::uuid[]) OR device = %s AND counter = ANY (%s::bigint[]))"
)


def _known(meeting: Meeting, device: RoomDevice, sent: list[Incoming]) -> tuple[dict[UUID, _InLog], dict[int, UUID]]:
    """The entries with these ids, and by whom this device's counters are used."""
    values: list[Any] = [meeting.pk, [one.id for one in sent], device.pk, [one.counter for one in sent]]
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, values)
        found = [_InLog(*row) for row in cursor.fetchall()]
    return {one.id: one for one in found}, {one.counter: one.id for one in found if one.device == device.pk}


def _most_counter(meeting: Meeting, sent: list[Incoming]) -> int:
    """The greatest counter that an entry may have: a device counts on from what it has heard."""
    if max(one.counter for one in sent) <= MOST_AHEAD:
        return MOST_AHEAD
    return MOST_AHEAD + log.latest_counter(meeting)


def _is_same(before: _InLog, one: Incoming, device: RoomDevice) -> bool:
    """Whether an entry was sent again: the text that was erased at signing cannot be compared."""
    if (before.device, before.counter, before.kind) != (device.pk, one.counter, one.kind):
        return False
    return before.payload is None or json.loads(before.payload) == one.payload


def _strange(meeting: Meeting, new: list[Incoming]) -> dict[UUID, str]:
    """Entries whose id another meeting knows, and those that name what is not there."""
    named = {one.id: Named.by(one.payload) for one in new}
    people, items, tasks = (
        list({value for one in named.values() for value in getattr(one, name)}) for name in ("people", "items", "tasks")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, id FROM meetings_strange_ids(%s, %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[])",
            [meeting.pk, list(named), items, people, tasks],
        )
        rows = cursor.fetchall()
    elsewhere = {id_ for what, id_ in rows if what == "entry"}
    missing = {str(id_) for what, id_ in rows if what != "entry"}
    found = {id_: "shape" for id_, one in named.items() if missing and missing & (one.items | one.people | one.tasks)}
    return {**found, **dict.fromkeys(elsewhere, "other_meeting")}


def _append(meeting: Meeting, device: RoomDevice, new: list[Incoming], by: Standing) -> dict[UUID, int]:
    """Append new entries and write the rows that follow, once; their numbers."""
    unique = list({one.id: one for one in new}.values())
    if not unique:
        return {}
    before = meeting.state
    records = [
        Record(one.id, device.pk, one.counter, one.kind, device.person_id, one.payload, one.at, seen=one.seen)
        for one in unique
    ]
    last = log.append_together(meeting, records)
    log.follow(meeting, records)
    lapse(meeting, by)
    _record(meeting, before, device, by)
    openings.doubt(meeting, records, wrong_clock.doubt(meeting, device, records))
    first = last - len(unique) + 1
    return {one.id: first + place for place, one in enumerate(unique)}


def _record(meeting: Meeting, before: str, device: RoomDevice, by: Standing) -> None:
    """A meeting that was opened or closed out of reach is so on the server now: once, with a mark of where from."""
    said: dict[str, Any] = {"where": "device"}
    if by.person_id != device.person_id:
        said["on_behalf_of"] = str(device.person_id)
    if before in BEFORE and meeting.state in (State.OPEN, State.CLOSED):
        events.record(
            "meeting.opened", chain=meeting.cell_id, by=by.person_id, obj=meeting, chair=str(meeting.chair_id), **said
        )
    if before == State.CLOSED and meeting.state == State.OPEN:
        events.record("meeting.end_taken_back", chain=meeting.cell_id, by=by.person_id, obj=meeting, **said)
    if before != State.CLOSED and meeting.state == State.CLOSED:
        kind = "meeting.broken_off" if meeting.aborted_why else "meeting.closed"
        events.record(kind, chain=meeting.cell_id, by=by.person_id, obj=meeting, **said)


def _answer(one: Incoming | Refusal | _Known, numbers: dict[UUID, int], full: set[UUID]) -> Answer:
    if isinstance(one, Refusal):
        return {"id": one.id, "why": one.why}
    number = one.seq if isinstance(one, _Known) else numbers.get(one.id)
    return {"id": str(one.id), **({"seq": number} if number is not None else {"why": late.told(one.id, full)})}


# ---------- What the others recorded ----------
@dataclass(frozen=True)
class Pulled:
    """Entries after a number, in the server's order; head: where to go on from."""

    entries: list[Answer]
    head: int
    more: bool


_PULL = (
    "SELECT id, device, counter, kind, author_id, payload, at, seq, seen FROM meetings_entry"
    " WHERE meeting_id = %s AND seq > %s AND payload IS NOT NULL"
)
_PULL_NEXT = f"{_PULL} AND id <> ALL (%s::uuid[]) ORDER BY seq LIMIT {MOST_PULLED + 1}"
_PULL_THESE = f"{_PULL} AND id = ANY (%s::uuid[]) ORDER BY seq"


def pull(
    meeting: Meeting, after: int, without: Mapping[UUID, int] | None = None, otherwise: Set[UUID] = frozenset()
) -> Pulled:
    """The entries after a number, at most 500.

    without: those whose sender has just been told their number, and holds them as they are kept. otherwise: those that
    it holds otherwise; they are told at once even beyond the 500, or it would take its own for the one that is kept.
    """
    without = without or {}
    rows = _rows(_PULL_NEXT, meeting, after, without)
    more, rows = len(rows) > MOST_PULLED, rows[:MOST_PULLED]
    head = rows[-1][7] if rows else after
    if more and otherwise:
        rows += _rows(_PULL_THESE, meeting, head, otherwise)
    if not more:  # all that there is has been told now or was told before, up to the last of both
        head = max([head, *without.values()])
    return Pulled([_told(row) for row in rows], head, more)


def _rows(statement: str, meeting: Meeting, after: int, ids: Iterable[UUID]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [meeting.pk, after, list(ids)])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _told(row: tuple[Any, ...]) -> Answer:
    """An entry as devices know it; times in milliseconds."""
    id_, device, counter, kind, author, payload, at, seq, seen = row
    return {
        "id": str(id_),
        "device": str(device),
        "counter": counter,
        "kind": kind,
        "author": str(author),
        "payload": json.loads(payload),
        "at": None if at is None else milliseconds(at),
        "seq": seq,
        "seen": seen,
    }
