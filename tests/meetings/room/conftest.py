"""A meeting of today in the room, and who records it."""

from uuid import uuid4

import pytest
from django.test import Client

from chibo.lib.dates import today
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands
from chibo.meetings.room.commands import Pen
from tests import make
from tests.people import People, sign_in


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting of today, not yet opened, with two items and an old task to review."""
    before = make.signed(people.cell, present=(people.lan,))
    make.task(before, people.binh, due=today())
    one = make.meeting(people.cell, starts_at=make.at(today()))
    make.item(one)
    make.item(one, "Việc tháng tới", kind="new_tasks")
    return one


@pytest.fixture
def pen(meeting: Meeting, people: People) -> Pen:
    """Lan's pen, the room open."""
    found = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=found, chair=people.lan.pk)
    return found


@pytest.fixture
def lan(client: Client, people: People) -> Client:
    """The secretary's sign-in."""
    return sign_in(client, people.lan)
