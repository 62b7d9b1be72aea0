"""A meeting of today in the room, scored by the table that comes with the program."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from chibo.lib.dates import now, today
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.scoring.commands import score
from chibo.meetings.scoring.sheet import Line, Sheet, sheet_of
from chibo.members.models import Person
from tests import make
from tests.people import People, sign_in

# What the record cannot settle alone: in hundredths, the most that the table allows.
JUDGED = {"3.1": 500, "3.2": 500, "4.1": 500, "4.2": 2500, "4.3": 1000, "5": 500, "6": 3000}


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting of today, begun an hour ago as planned, with one item; no old task waits."""
    one = make.meeting(people.cell, starts_at=now().replace(second=0, microsecond=0) - timedelta(hours=1))
    make.item(one)
    return one


@pytest.fixture
def pen(meeting: Meeting, people: People) -> Pen:
    """Lan's pen, the room open."""
    return opened(meeting, people)


def opened(meeting: Meeting, people: People, started: datetime | None = None) -> Pen:
    """Lan opens the room."""
    found = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=found, chair=people.lan.pk, started=started or meeting.starts_at)
    return found


@pytest.fixture
def lan(client: Client, people: People) -> Client:
    """The secretary's sign-in."""
    return sign_in(client, people.lan)


@pytest.fixture
def expected(people: People) -> list[Person]:
    """Those who must come."""
    return [people.lan, people.hung, people.quyen, people.tam, people.binh, people.mai, people.son]


@pytest.fixture
def sheet(pen: Pen) -> Callable[..., Sheet]:
    """The sheet of the meeting, so many minutes after its beginning."""

    def read(minutes: int = 60) -> Sheet:
        found = sheet_of(log.room_of(pen.meeting), pen.meeting.starts_at + timedelta(minutes=minutes))
        assert found is not None
        return found

    return read


def line(sheet: Sheet, code: str) -> Line:
    return next(one for one in sheet.lines if one.code == code)


def give(pen: Pen, code: str, points: int, note: str = "") -> None:
    score(pen=pen, room=log.room_of(pen.meeting), code=code, points=points, note=note)


def all_present(pen: Pen, people: list[Person]) -> None:
    commands.call(pen=pen, members=[one.pk for one in people], state="present")


def an_item(meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting)


def old_task(people: People) -> None:
    """A task of a meeting before, not settled."""
    make.task(make.signed(people.cell, present=(people.lan,)), people.binh, due=today())
