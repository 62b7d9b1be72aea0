"""A meeting of today that a device is prepared for."""

import pytest
from django.test import Client

from chibo.lib.dates import today
from chibo.meetings.models import Meeting
from tests import make
from tests.people import People, sign_in


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting of today, not yet opened, whose clerk is to be Tâm, with an old task to review."""
    before = make.signed(people.cell, present=(people.lan,))
    make.task(before, people.binh, due=today())
    one = make.meeting(people.cell, starts_at=make.at(today()))
    make.duty(one, people.tam, "clerk")
    make.question(make.item(one))
    make.item(one, "Việc tháng tới", kind="new_tasks")
    return one


@pytest.fixture
def lan(client: Client, people: People) -> Client:
    """The secretary's sign-in."""
    return sign_in(client, people.lan)
