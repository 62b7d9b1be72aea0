"""The logs that a process knows, with their folds: of a log that was read before, only what came since is read.

Entries are append-only, and each hash covers all before it. So what is known of a meeting is held against the hash of
its last entry, in the statement that reads what came after it; and it is asked as the person who asks now, so that
whoever may not read the log gets nothing of it. An entry that was rolled back, or erased at signing, has no such row:
then all is read anew (decision 0039).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import connection

from chibo.lib.recent import Recent
from chibo.meetings.models import Meeting
from chibo.meetings.room.fold import Record, Room, in_order
from chibo.meetings.room.one_fold import LOOKS_AHEAD, OneFold

MOST_LOGS, SECONDS = 16, 600

_READ = (
    "SELECT id, device, counter, kind, author_id, payload, at, seq, seen, hash FROM meetings_entry"
    " WHERE meeting_id = %s AND seq >= %s AND payload IS NOT NULL ORDER BY seq"
)


@dataclass(frozen=True)
class Known:
    """A log up to an entry. records: in the order of meaning. They and the room are shared: nobody changes them.

    looks_ahead: whether an entry says something of entries that may come yet.
    """

    seq: int
    hash: bytes
    records: tuple[Record, ...]
    looks_ahead: bool = False
    fold: OneFold = field(default_factory=OneFold, repr=False, compare=False)

    @cached_property
    def room(self) -> Room:
        """What it means."""
        return self.fold.room_of(self.records)

    def come_last(self, records: Iterable[Record]) -> bool:
        """Whether new entries stand in the order of meaning as they are given, behind all that are known."""
        before = self.records[-1].place if self.records else None
        for one in records:
            if before is not None and one.place <= before:
                return False
            before = one.place
        return True

    def followed_by(self, records: Sequence[Record], seq: int, hash_: bytes) -> "Known":
        """The same log with more entries, up to a later one."""
        ahead = self.looks_ahead or any(one.kind in LOOKS_AHEAD for one in records)
        if self.records and self.come_last(records):
            return Known(seq, hash_, (*self.records, *records), ahead, self.fold)
        return Known(seq, hash_, tuple(in_order([*self.records, *records])), ahead)


NOTHING = Known(0, b"", ())
_known: Recent[Known] = Recent(MOST_LOGS, SECONDS)


def log_of(meeting: Meeting) -> Known:
    """The log of a meeting as it stands now for whoever asks; empty once it is erased."""
    before = _known.get(meeting.pk) or NOTHING
    rows = _rows(meeting, before.seq)
    if before is not NOTHING:
        if not rows or (rows[0][7], bytes(rows[0][9])) != (before.seq, before.hash):
            _known.drop(meeting.pk)
            before, rows = NOTHING, _rows(meeting, 0)
        else:
            rows = rows[1:]
    if not rows:
        return before if before is not NOTHING else Known(0, b"", ())
    found = before.followed_by(list(map(_record, rows)), rows[-1][7], bytes(rows[-1][9]))
    _known.set(meeting.pk, found)
    return found


def add(meeting: Meeting, before: Known, records: Sequence[Record], head: bytes) -> None:
    """Keep what was just appended to a known log, so that it need not be read back.

    If the transaction is rolled back, the next who asks finds no entry with its hash, and all is read anew.
    """
    placed = [
        # With the zone in which the database gives times, so that nobody can tell it from what is read.
        replace(one, seq=number, at=None if one.at is None else one.at.astimezone(connection.timezone))
        for number, one in enumerate(records, before.seq + 1)
    ]
    _known.set(meeting.pk, before.followed_by(placed, before.seq + len(placed), head))


def _rows(meeting: Meeting, since: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [meeting.pk, since])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _record(row: tuple[Any, ...]) -> Record:
    id_, device, counter, kind, author, payload, at, seq, seen, _ = row
    return Record(id_, device, counter, kind, author, json.loads(payload), at, seq, seen)
