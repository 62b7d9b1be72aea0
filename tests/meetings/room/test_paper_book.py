"""A meeting held on paper, entered later: its own times, and what its book does not say."""

from uuid import uuid4

import pytest
from django.test import Client

from chibo.lib.dates import today
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.scoring.sheet import sheet_of
from tests import make
from tests.people import People

DAY = make.add_months(today(), -4)


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting of four months ago, in the paper book."""
    one = make.meeting(people.cell, starts_at=make.at(DAY), held_on_paper=True)
    make.item(one)
    return one


@pytest.fixture
def pen(meeting: Meeting, people: People) -> Pen:
    return Pen(meeting, people.standing("lan"), uuid4())


def url(meeting: Meeting, rest: str) -> str:
    return f"/cuoc-hop/{meeting.pk}/phong/{rest}"


# ---------- Its own times ----------
def test_it_is_as_long_as_its_book_says_and_never_until_it_was_typed(pen: Pen, people: People) -> None:
    ended = make.at(DAY, "20:45")
    commands.open_room(pen=pen, chair=people.lan.pk, started=make.at(DAY), ended=ended)
    sheet = sheet_of(log.room_of(pen.meeting), make.at(today()))
    assert sheet is not None
    assert sheet.lines[0].evidence == ["Bắt đầu lúc 19:30, theo sổ.", "Họp được 75 phút, quy định ít nhất 90 phút."]
    assert sheet.lines[0].points is None and sheet.lines[0].unclear


def test_without_its_end_its_length_is_not_known(pen: Pen, people: People) -> None:
    commands.open_room(pen=pen, chair=people.lan.pk, started=make.at(DAY))
    sheet = sheet_of(log.room_of(pen.meeting), make.at(today()))
    assert sheet is not None
    first = sheet.lines[0]
    assert first.evidence == ["Bắt đầu lúc 19:30, theo sổ."] and first.proposed is None and not first.unclear


def test_it_may_have_ended_after_midnight(lan: Client, meeting: Meeting, people: People) -> None:
    typed = {"chair": str(people.lan.pk), "started": "19:30", "ended": "00:20"}
    assert lan.post(url(meeting, "mo/"), typed).status_code == 302
    assert log.room_of(meeting).known_end == make.at(DAY + make.timedelta(days=1), "00:20")
    assert 'value="00:20"' in lan.get(url(meeting, "ket-thuc/")).content.decode()
    lan.post(url(meeting, "hoan/"), {"why": "Sổ ghi hoãn", "ended": "00:40"})
    meeting.refresh_from_db()
    assert meeting.closed_at == make.at(DAY + make.timedelta(days=1), "00:40") and meeting.length_minutes == 310


def test_an_end_twelve_hours_later_is_a_slip_and_said_so(lan: Client, meeting: Meeting, people: People) -> None:
    typed = {"chair": str(people.lan.pk), "started": "19:30", "ended": "19:00"}
    answer = lan.post(url(meeting, "mo/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "phải sau giờ bắt đầu 19:30" in page and 'value="19:00"' in page
