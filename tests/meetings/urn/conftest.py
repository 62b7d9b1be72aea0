"""A meeting going on in a commune that allows ballots on devices; urns in a folder of memory of this test's own."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from chibo.lib.dates import today
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.deciding import ballots_of
from chibo.meetings.urn.allowing import allow
from chibo.members.models import Person
from tests import make
from tests.meetings.urn.voting import Voting
from tests.people import People, sign_in

MEMORY = Path("/dev/shm")


@pytest.fixture
def urns() -> Iterator[Path]:
    """A folder in memory; gone after the test."""
    folder = Path(tempfile.mkdtemp(prefix="chibo-test-", dir=MEMORY if MEMORY.exists() else None))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def voters(people: People) -> list[Person]:
    """Six official members who are there and have accounts; with two more there are eight of them."""
    return [people.lan, people.hung, people.quyen, people.tam, people.binh, people.tu]


@pytest.fixture
def meeting(people: People, settings: Any, urns: Path) -> Meeting:
    """Today's, not yet opened."""
    settings.URN_DIR, settings.SERVER_KEEPER = urns, "Văn phòng Tỉnh ủy"
    allow(by=people.standing("dung"), organisation=people.commune, allowed=True, source="Kết luận 12-KL/ĐU")
    one = make.meeting(people.cell, starts_at=make.at(today()))
    make.item(one)
    return one


@pytest.fixture
def pen(meeting: Meeting, people: People, voters: list[Person]) -> Pen:
    """Lan's, the room open; six official members and two who have no vote are there."""
    found = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=found, chair=people.lan.pk)
    here = [*voters, people.mai, people.son]
    commands.call(pen=found, members=[one.pk for one in here], state="present")
    commands.go_to(pen=found, item=AgendaItem.objects.get(meeting=meeting))
    return found


@pytest.fixture
def lan(people: People) -> Client:
    """The secretary's sign-in."""
    return sign_in(Client(), people.lan)


@pytest.fixture
def room(pen: Pen) -> str:
    """The address of secret votes in the room."""
    return f"/cuoc-hop/{pen.meeting.pk}/phong/bo-phieu-kin/"


@pytest.fixture
def put(lan: Client, pen: Pen, room: str, people: People) -> Callable[..., UUID]:
    """Put something to a vote on devices; the ballot's id."""

    def run(**more: object) -> UUID:
        values = {
            "title": "Giới thiệu nhân sự",
            "names": "",
            "fraction": "half",
            "tellers": [people.mai.pk],
            "election": "no",
            "medium": "device",
        }
        answer = lan.post(room, {**values, **more})
        assert answer.status_code == 302, answer.content.decode()
        return list(ballots_of(log.room_of(pen.meeting)))[-1]

    return run


@pytest.fixture
def phone(people: People) -> Callable[[Person], Client]:
    """The sign-in of a member."""
    return lambda who: sign_in(Client(), who)


@pytest.fixture
def vote(
    pen: Pen,
    people: People,
    voters: list[Person],
    lan: Client,
    phone: Callable[[Person], Client],
    put: Callable[..., UUID],
    django_capture_on_commit_callbacks: Any,
) -> Voting:
    """All of it together."""
    return Voting(pen, people, voters, lan, phone, put, django_capture_on_commit_callbacks)
