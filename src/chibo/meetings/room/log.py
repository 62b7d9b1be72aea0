"""The log of a meeting: append an entry, read the state, rebuild the rows, check the chain.

Everything recorded from the opening on is an entry, whoever's device made it (design.md section 3, rule 1).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection

from chibo.access.request import Request
from chibo.access.standing import Standing
from chibo.audit import chains
from chibo.lib.bulk_insert import insert
from chibo.lib.dates import now
from chibo.lib.uuid7 import uuid7
from chibo.lib.vietnamese import normalise
from chibo.look import gate
from chibo.meetings.models import Entry, Meeting, State
from chibo.meetings.room import known, project
from chibo.meetings.room.fold import THE_SERVER, Record, Room
from chibo.meetings.room.kinds import Misshapen, kind_of

DEVICE_KEY = "device"
# Of more at once, as a device brings them after an evening, the rows together cost less than each by itself.
FEW = 20


class Sealed(Exception):
    """The minutes are signed: what comes now is kept aside as a correction (design.md section 3, rule 10)."""


@dataclass(slots=True)
class Link:
    """An entry at its place of the chain, not yet written: by the columns of its table, as a batch has hundreds."""

    id: UUID
    meeting_id: UUID
    cell_id: UUID
    body: str
    device: UUID
    counter: int
    kind: str
    kind_version: int
    author_id: UUID
    seq: int
    seen: int | None
    at: datetime | None
    received_at: datetime
    payload: str
    salt: bytes
    previous: bytes
    digest: bytes = b""
    hash: bytes = b""

    @property
    def next(self) -> chains.Place:
        """The place after it."""
        return chains.Place(self.seq + 1, self.hash)


def device_of(request: Request) -> UUID:
    """The device of this session: a random id that says nothing about the machine."""
    found = request.session.get(DEVICE_KEY)
    if found is None:
        found = request.session[DEVICE_KEY] = str(uuid4())
    return UUID(found)


def append(
    meeting: Meeting,
    *,
    by: Standing,
    device: UUID,
    kind: str,
    payload: Mapping[str, Any],
    id: UUID | None = None,
    at: datetime | None = None,
) -> Entry:
    """Write one entry and the rows that follow from it. Sent again with the same id, it changes nothing.

    by: who records it; whether they may is the caller's question. at: the device's clock, never used for order.

    Raises:
        Misshapen: unknown kind, or a payload of another shape.
        Sealed: the minutes are signed.
        UnusableText: text that cannot be kept.
    """
    if meeting.state == State.SIGNED:
        raise Sealed(str(meeting.pk))
    rule, clean = kind_of(kind), checked(kind, payload)
    if rule.apply is None:
        _hold(meeting)  # its rows touch the meeting's own, which is held before the chain, as everywhere
    place, latest = _next_place(meeting)  # locks the chain: entries of a meeting are written one after another
    if id is not None and (sent := Entry.objects.filter(meeting=meeting, pk=id).first()) is not None:
        chains.set_head(meeting.pk, place.seq - 1, place.previous)
        return sent
    author = by.person_id or THE_SERVER
    # Whoever records through a page of the server has seen all that stands there.
    seen = place.seq - 1
    record = Record(id or uuid7(), device, latest + 1, kind, author, clean, at or now(), seen=seen)
    entry = _insert(_linked(meeting, record, place))
    if rule.apply is not None:
        rule.apply(meeting, record)
    else:
        follow(meeting, [record])
    return entry


def _next_place(meeting: Meeting) -> tuple[chains.Place, int]:
    """Reserve the next place of the meeting's chain until the transaction ends; and the greatest counter before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, previous, latest FROM meetings_next_place(%s)", [meeting.pk])
        seq, previous, latest = cursor.fetchone()
    return chains.Place(seq, bytes(previous)), latest


def _hold(meeting: Meeting) -> None:
    """Hold the meeting's row until the transaction ends.

    Raises:
        Sealed: the minutes were signed in between.
    """
    rows = Meeting.objects.select_for_update(no_key=True).filter(pk=meeting.pk)
    if rows.values_list("state", flat=True).first() == State.SIGNED:
        raise Sealed(str(meeting.pk))


def latest_counter(meeting: Meeting) -> int:
    """The greatest counter of a meeting's entries; call with its chain locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_latest_counter(%s)", [meeting.pk])  # members write entries, and read none
        latest: int = cursor.fetchone()[0]
    return latest


# Written out: the ORM would build these statements anew for every line of every roll (half of what one costs).
_COLUMNS = [field.attname for field in Entry._meta.concrete_fields]
_INSERT = (
    "WITH head AS (UPDATE audit_chainhead SET seq = %s, hash = %s WHERE chain = %s)"  # noqa: S608
    f" INSERT INTO meetings_entry ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
)


def _insert(link: Link) -> Entry:
    """Write one new entry, the newest of its chain."""
    values = attrgetter(*_COLUMNS)(link)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [link.seq, link.hash, link.meeting_id, *values])
    return Entry.from_db(DEFAULT_DB_ALIAS, _COLUMNS, values)


def append_together(meeting: Meeting, records: Sequence[Record]) -> int:
    """Write what one device recorded, in its order, in three statements; `follow`, or closing, writes the rows.

    Gives the number of the last one; nought when there is none.

    Raises:
        Sealed: the minutes are signed.
    """
    if meeting.state == State.SIGNED:
        raise Sealed(str(meeting.pk))
    if not records:
        return 0
    place = chains.next_place(meeting.pk)
    before = known.log_of(meeting)
    links: list[Link] = []
    for record in records:
        links.append(_linked(meeting, record, links[-1].next if links else place))
    # One array a column: five hundred rows as a list of VALUES cost the driver most of the time of a batch.
    insert(Entry, _COLUMNS, map(attrgetter(*_COLUMNS), links))
    chains.set_head(meeting.pk, links[-1].seq, links[-1].hash)
    if before.seq == place.seq - 1:  # else the log is not for whoever sends to read
        known.add(meeting, before, records, links[-1].hash)
    return links[-1].seq


def checked(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload as it is kept.

    Raises:
        Misshapen: unknown kind, or a payload of another shape.
    """
    clean = as_kept(payload)
    if not kind_of(kind).fits(clean):
        raise Misshapen(f"{kind}: {sorted(clean)}")
    return clean


def as_kept(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Text in one spelling, identifiers as text, nothing that is empty-handed.

    What happened is never refused (design.md section 3, rule 4): an entry whose words are marked as classified, from a
    device that was offline, is kept with the placeholder in their place. The forms of the room refuse them before.
    """

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return gate.kept(normalise(str(value)))
        if isinstance(value, UUID):
            return str(value)
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return [clean(one) for one in value]
        if isinstance(value, Mapping):
            return {str(key): clean(one) for key, one in value.items() if one is not None}
        return value

    found: dict[str, Any] = clean(payload)
    return found


def _linked(meeting: Meeting, record: Record, place: chains.Place) -> Link:
    """The entry at its place of the chain."""
    link = Link(
        id=record.id,
        meeting_id=meeting.pk,
        cell_id=meeting.cell_id,
        body=meeting.body,
        device=record.device,
        counter=record.counter,
        kind=record.kind,
        kind_version=kind_of(record.kind).version,
        author_id=record.author,
        seq=place.seq,
        seen=record.seen,
        at=record.at,
        received_at=now(),
        payload=json.dumps(record.payload, ensure_ascii=False, separators=(",", ":")),
        salt=chains.new_salt(),
        previous=place.previous,
    )
    link.digest = chains.digest_of(link.salt, sealed_text(link))
    link.hash = chains.link(link.previous, header_of(link), link.digest)
    return link


def header_of(entry: Entry | Link) -> list[Any]:
    """What of an entry is never erased, in a fixed order; `seen` last, which the first entries did not have."""
    header = [
        entry.meeting_id,
        entry.seq,
        entry.id,
        entry.device,
        entry.counter,
        entry.kind,
        entry.kind_version,
        entry.author_id,
    ]
    return header if entry.seen is None else [*header, entry.seen]


def sealed_text(entry: Entry | Link) -> str:
    """What the digest covers: the payload's bytes, the device's time and the server's, all erased at signing."""
    times = (f"{moment.timestamp():.6f}" if moment else "" for moment in (entry.at, entry.received_at))
    return "\n".join((entry.payload or "", *times))


def records_of(meeting: Meeting) -> list[Record]:
    """The entries of a meeting as the fold reads them, in their order; empty once they are erased."""
    return list(known.log_of(meeting).records)


def room_of(meeting: Meeting) -> Room:
    """The state of a meeting, from its log. Whoever gets it only reads it: others may have the same."""
    return known.log_of(meeting).room


def follow(meeting: Meeting, records: Sequence[Record]) -> None:
    """Write the rows that follow from entries which were just appended.

    Of entries that come last in a meeting that goes on, each writes its own rows: they cost the same however long the
    meeting is. Whatever says something of others, or belongs between them, has all rows compared with the whole log.
    """
    found = known.log_of(meeting)
    last = found.records[-len(records) :]
    come_last = [one.id for one in last] == [one.id for one in records]
    alone = come_last and meeting.state == State.OPEN and not found.looks_ahead
    rules = [kind_of(one.kind) for one in records]
    if alone and len(rules) <= FEW and all(rule.apply is not None for rule in rules):
        for rule, record in zip(rules, last, strict=True):
            if rule.apply is not None:
                rule.apply(meeting, record)
    else:
        project.rows(meeting, found.room, remarks=not (alone and all(rule.spares_remarks for rule in rules)))


def rebuild(meeting: Meeting) -> Room:
    """Write all rows of a meeting anew from its log; they come out as they were."""
    room = room_of(meeting)
    project.rows(meeting, room)
    return room


def read_link(entry: Entry) -> chains.Link:
    """An entry as a link of its meeting's chain."""
    salt, digest = None if entry.salt is None else bytes(entry.salt), bytes(entry.digest)
    text = None if entry.payload is None else sealed_text(entry)
    if text is not None and salt is not None and chains.digest_of(salt, text) != digest:
        # Entries of the first release were sealed without the server's time.
        text = text.rpartition("\n")[0]
    return chains.Link(
        entry.meeting_id, entry.seq, bytes(entry.previous), bytes(entry.hash), header_of(entry), digest, salt, text
    )
