"""What the hall does: opens its check-in, says that it is there, asks to speak. The clerk confirms."""

import secrets
from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction

from chibo.access.standing import require
from chibo.audit import events
from chibo.lib.dates import now
from chibo.meetings.models import CheckIn, Entry, Meeting, State
from chibo.meetings.room import commands as room
from chibo.meetings.room.commands import NotOpen, Pen
from chibo.meetings.room.hall import Hall


class Tried(StrEnum):
    """What came of four digits."""

    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used_up"  # wrong five times: a new code, or the clerk calls this person
    CLOSED = "closed"
    OPEN = "open"  # nothing was tried yet


@transaction.atomic
def open_check_in(*, pen: Pen) -> CheckIn:
    """Put four digits on the wall; when some stand there, new ones take their place.

    Raises:
        Http404: not a keeper of this meeting.
        NotOpen: the meeting is not going on.
    """
    meeting = pen.meeting
    require(pen.by.keeps(meeting.pk, meeting.cell_id))
    if meeting.state != State.OPEN:
        raise NotOpen
    new = {"code": f"{secrets.randbelow(10_000):04}", "opened_at": now(), "tries": 0, "wrong": {}}
    found, _ = CheckIn.objects.update_or_create(
        meeting_id=meeting.pk, defaults=new, create_defaults={**meeting.keys, **new}
    )
    events.record("meeting.check_in_opened", chain=meeting.cell_id, by=pen.by.person_id, obj=meeting)
    return found


@transaction.atomic
def close_check_in(*, pen: Pen) -> None:
    """Take the digits down; closing what is closed changes nothing.

    Raises:
        Http404: not a keeper of this meeting.
    """
    meeting = pen.meeting
    require(pen.by.keeps(meeting.pk, meeting.cell_id))
    if CheckIn.objects.filter(meeting=meeting).delete()[0]:
        events.record("meeting.check_in_closed", chain=meeting.cell_id, by=pen.by.person_id, obj=meeting)


def try_code(meeting: Meeting, code: str | None) -> Tried:
    """What comes of four digits; without any, whether digits of this person would be looked at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT meetings_try_code(%s, %s::text)", [meeting.pk, code])
        return Tried(cursor.fetchone()[0])


def claim(*, pen: Pen, code: str, scanned: bool = False) -> Tried:
    """Say that one is there, with the digits of the wall. It is a claim until the clerk confirms it (domain.md 2.8).

    Raises:
        Http404: not on the roll.
        NotOpen: the meeting is not going on.
    """
    if pen.meeting.state != State.OPEN:
        raise NotOpen
    tried = try_code(pen.meeting, code)
    if tried == Tried.RIGHT:
        pen.write_own("claim", member=pen.by.me, how="qr" if scanned else "code")
    return tried


def confirm(*, pen: Pen, hall: Hall, members: Iterable[UUID]) -> Entry | None:
    """The clerk has looked round: those of these who say that they are there are present. One entry, one undo."""
    wanted = [one for one in members if one in hall.claims]
    return room.call(pen=pen, members=wanted, state="present") if wanted else None


def refuse(*, pen: Pen, hall: Hall, member: UUID) -> Entry | None:
    """The clerk does not see this person: not called yet, as before."""
    return room.call(pen=pen, members=[member], state="") if member in hall.claims else None


def ask(*, pen: Pen, hall: Hall) -> None:
    """Ask to speak; whoever stands in the queue already keeps the place."""
    if not any(one.person == pen.by.me for one in hall.waiting):
        pen.write_own("ask", member=pen.by.me)


def take_back(*, pen: Pen, hall: Hall) -> None:
    """Not wish to speak after all."""
    for one in hall.waiting:
        if one.person == pen.by.me:
            pen.write_own("unask", of=one.id)


def put_down(*, pen: Pen, hall: Hall, member: UUID) -> None:
    """Put someone into the queue who has raised a hand."""
    if not any(one.person == member for one in hall.waiting):
        pen.write("ask", member=member)


def strike(*, pen: Pen, hall: Hall, member: UUID) -> None:
    """Take someone out of the queue: has spoken, or does not wish to any more."""
    for one in hall.waiting:
        if one.person == member:
            pen.write("unask", of=one.id)
