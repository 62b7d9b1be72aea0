"""What is kept as the score is what was signed, whatever was recorded between the signatures or brought along."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chibo.lib.dates import now
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.models import Entry, Meeting, Minutes, Rating
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.fold import Record
from chibo.members.models import Person
from tests.meetings.scoring.test_papers import annex, close, scored, signed
from tests.people import People

pytestmark = pytest.mark.django_db

MOST = 2**31 - 1
HUGE: dict[str, Any] = {
    "key": "k" * 200,
    "title": "Bảng " * 100,
    "step": 0,
    "attendance": "expected",
    "criteria": [{"code": code, "words": "Nền nếp", "maximum": MOST} for code in "123"],
    "grades": [{"word": "Tốt" * 60, "at_least": 0}],
}


def test_what_is_recorded_after_the_first_signature_takes_it_back(
    pen: Pen, expected: list[Person], people: People, lan: Client
) -> None:
    """Else the minutes would say 87 points, and the row and the resolution 93."""
    scored(pen, expected)
    last = Entry.objects.filter(meeting=pen.meeting, kind="score").latest("seq")
    meeting = close(pen, people)
    minutes.sign(meeting=meeting, by=people.standing("tam"))
    lan.post(f"/cuoc-hop/{meeting.pk}/phong/hoan-tac/{last.pk}/")
    assert Minutes.objects.get(meeting=meeting).frozen_at is None
    with pytest.raises(minutes.NotNow):
        minutes.sign(meeting=meeting, by=people.standing("lan"))
    for name in ("tam", "lan"):
        minutes.sign(meeting=meeting, by=people.standing(name))
    assert Rating.objects.get(meeting=meeting).total == 9300
    meeting.refresh_from_db()
    assert annex(meeting)[-1] == ("", "Tổng điểm", "95", "93")


def test_no_table_that_an_opening_brings_along_stops_the_signatures(
    meeting: Meeting, people: People, expected: list[Person]
) -> None:
    """A title without end, more points than a column holds: cut in the row, whole in the minutes."""
    device, lan = uuid4(), people.lan.pk
    roll = [{"person": str(one.pk), "kind": "official"} for one in expected]
    opening = Record(uuid4(), device, 1, "open", lan, {"chair": str(lan), "rubric": HUGE, "roll": roll}, now())
    points = [{"rubric": HUGE["key"], "code": code, "points": MOST} for code in "123"]
    scores = [Record(uuid4(), device, place, "score", lan, one, now()) for place, one in enumerate(points, 2)]
    log.append_together(meeting, [opening, *scores])
    log.rebuild(meeting)
    signed(Pen(meeting, people.standing("lan"), device), people)
    found = Rating.objects.get(meeting=meeting)
    assert found.total == MOST and len(found.title) == 300 and len(found.rubric) == 100
    assert annex(meeting)[-1] == ("", "Tổng điểm", *["64424509,41"] * 2)
    assert str(HUGE["title"]).strip() in str(minutes_document(meeting, None).annex[0])
