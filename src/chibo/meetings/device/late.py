"""What comes too late for the minutes is set aside: chair and clerk may make a correction of it (rule 10)."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Func, IntegerField, Sum

from chibo.access.standing import Standing, require
from chibo.audit import chains, events
from chibo.lib.dates import now
from chibo.meetings.device.incoming import Batch, Incoming
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.models import Annotation, Entry, Meeting, RoomDevice, SetAside
from chibo.meetings.room.commands import locked

# Of one person in one meeting: several evenings. A device that was cut off may be in anybody's hands.
MOST_ROWS = 2_000
MOST_BYTES = 2_000_000


def keep(*, meeting: Meeting, device: RoomDevice, entries: Iterable[Incoming], why: str, by: Standing) -> set[UUID]:
    """Set entries aside that the log does not take; sent again, each stands there once.

    Gives those that are not kept: beyond `MOST_ROWS` or `MOST_BYTES` of their author. why: of `SetAside.Why`. Whoever
    calls holds the meeting, or two requests would both find room, and has the scope to write.
    """
    wanted = list({one.id: one for one in entries}.values())
    ids = [one.id for one in wanted]
    known = set(SetAside.objects.filter(meeting=meeting, entry__in=ids).values_list("entry", flat=True))
    # An entry whose answer was lost stands in the log, and nowhere else.
    known |= set(Entry.objects.filter(meeting=meeting, pk__in=ids).values_list("pk", flat=True))
    rows = [_row(meeting, device, one, why) for one in wanted if one.id not in known]
    number, size = _held(meeting, device.person_id)
    new: list[SetAside] = []
    for row in rows:
        size += len((row.payload or "").encode())
        if number + len(new) >= MOST_ROWS or size > MOST_BYTES:
            break  # what follows belongs to it: an edit is nothing without its remark
        new.append(row)
    if new:
        SetAside.objects.bulk_create(new)
        said = {} if by.person_id == device.person_id else {"on_behalf_of": str(device.person_id)}
        events.record(
            "minutes.set_aside", chain=meeting.cell_id, by=by.me, obj=meeting, number=len(new), why=why, **said
        )
    return {row.entry for row in rows[len(new) :]}


_size = Sum(Func("payload", function="octet_length", output_field=IntegerField()), default=0)


def _held(meeting: Meeting, author: UUID) -> tuple[int, int]:
    """How much of a person is set aside in a meeting: rows, those dealt with among them, and bytes of text."""
    found = SetAside.objects.filter(meeting=meeting, author=author).aggregate(number=Count("pk"), size=_size)
    return found["number"], found["size"]


def nearly_full(meeting: Meeting, by: Standing) -> list[str]:
    """The names of those of whom nearly as much is set aside as is kept at all: more of them may have been refused."""
    rows = SetAside.objects.visible_to(by).filter(meeting=meeting).values("author__full_name")
    held = rows.annotate(number=Count("pk"), size=_size).order_by("author__full_name")
    return [
        one["author__full_name"] for one in held if one["number"] >= MOST_ROWS * 0.9 or one["size"] >= MOST_BYTES * 0.9
    ]


def _row(meeting: Meeting, device: RoomDevice, one: Incoming, why: str) -> SetAside:
    salt, payload = chains.new_salt(), json.dumps(one.payload, ensure_ascii=False, separators=(",", ":"))
    return SetAside(
        **meeting.keys,
        entry=one.id,
        device=device.pk,
        counter=one.counter,
        kind=one.kind,
        author_id=device.person_id,
        at=one.at,
        seen=one.seen,
        payload=payload,
        salt=salt,
        digest=chains.digest_of(salt, payload),
        why=why,
    )


@transaction.atomic
def take(*, meeting: Meeting, device: RoomDevice, batch: Batch, by: Standing) -> list[dict[str, Any]]:
    """Set a batch aside that comes from a device that was cut off; answered as what comes after the signatures."""
    wanted = [one for one in batch.entries if isinstance(one, Incoming)]
    if not wanted:
        return [{"why": one.why} for one in batch.entries if not isinstance(one, Incoming)]
    locked(meeting)
    full = keep(meeting=meeting, device=device, entries=wanted, why=SetAside.Why.CUT_OFF, by=by)
    return [{"why": one.why if not isinstance(one, Incoming) else told(one.id, full)} for one in batch.entries]


def joined(meeting: Meeting, entries: Iterable[UUID], by: Standing) -> None:
    """Entries that were set aside stand in the log now, and in no second place."""
    rows = SetAside.objects.filter(meeting=meeting, entry__in=list(entries), settled_at=None)
    rows.update(settled_at=now(), settled_by=by.person_id, payload=None, salt=None, at=None)


def told(entry: UUID, full: set[UUID]) -> str:
    """What a device hears of an entry that was to be set aside. full: those for which there was no room."""
    return "full" if entry in full else "signed"


def waiting(meeting: Meeting, by: Standing) -> list[SetAside]:
    """What chair and clerk still have to look at; nothing for anyone else."""
    if not minutes.role_of(meeting, by):
        return []
    return list(SetAside.objects.visible_to(by).waiting().filter(meeting=meeting).select_related("author"))


@transaction.atomic
def correct(*, row: SetAside, text: str, section_key: str, by: Standing) -> Annotation:
    """Make a correction of the minutes of something that came late; what was set aside is erased.

    Raises:
        Http404: neither clerk nor chair. NotNow: before the signatures, or without text.
    """
    found = minutes.annotate(meeting=row.meeting, text=text, section_key=section_key, by=by)
    _settle(row, by)
    return found


@transaction.atomic
def put_away(*, row: SetAside, by: Standing) -> None:
    """Put something away that came late: its text is erased at once.

    Raises:
        Http404: neither clerk nor chair.
    """
    require(bool(minutes.role_of(row.meeting, by)))
    if row.settled_at is None:
        _settle(row, by)
        events.record("minutes.late_put_away", chain=row.cell_id, by=by.person_id, obj=row.meeting)


def _settle(row: SetAside, by: Standing) -> None:
    row.settled_at, row.settled_by = now(), by.person_id
    row.payload = row.salt = row.at = None
    row.save(update_fields=["settled_at", "settled_by", "payload", "salt", "at"])
