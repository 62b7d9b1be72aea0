"""A meeting of today that is going on, its clerk's pen, and a phone for each of the cast."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from chibo.access.scope import scope
from chibo.lib.dates import today
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands
from chibo.meetings.room.commands import Pen
from tests import make
from tests.people import People, sign_in


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting going on, at its first item, which has a question."""
    one = make.meeting(people.cell, starts_at=make.at(today()))
    make.question(make.item(one))
    make.item(one, "Việc tháng tới", kind="new_tasks")
    commands.open_room(pen=Pen(one, people.standing("lan"), uuid4()), chair=people.lan.pk)
    return one


@pytest.fixture
def pen(meeting: Meeting, people: People) -> Pen:
    """Lan's pen."""
    return Pen(meeting, people.standing("lan"), uuid4())


@pytest.fixture
def phone(people: People) -> Callable[[str], Client]:
    """The sign-in of a person of the cast."""
    return lambda name: sign_in(Client(), getattr(people, name))


@pytest.fixture
def seen_by(people: People) -> Callable[..., object]:
    """Something done as a person of the cast, under their own scope of the database."""

    def run(name: str, act: Callable[..., object], *args: object) -> object:
        with scope(people.standing(name)):
            return act(*args)

    return run
