"""What is kept as the score is what was signed, whatever was recorded between the signatures or brought along."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chibo.audit.models import Event
from chibo.lib.dates import now
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.models import Entry, Meeting, Minutes, Rating
from chibo.meetings.prepare.checks import book_of
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.fold import Record
from chibo.meetings.scoring.facts import scoring_of
from chibo.members.models import Person
from tests.meetings.scoring.test_papers import annex, close, scored
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
    assert annex(meeting)[-1] == ("", "Tổng điểm, không kể tiêu chí 7", "95", "93")


def scored_by(table: dict[str, Any], meeting: Meeting, people: People, expected: list[Person]) -> Meeting:
    """A device opens with a table that it brings along, and scores by it; the minutes wait for their signatures."""
    device, lan = uuid4(), people.lan.pk
    roll = [{"person": str(one.pk), "kind": "official"} for one in expected]
    opening = Record(uuid4(), device, 1, "open", lan, {"chair": str(lan), "rubric": table, "roll": roll}, now())
    due = [one for one in table["criteria"] if not one.get("later")]
    points = [{"rubric": table["key"], "code": one["code"], "points": one["maximum"]} for one in due]
    scores = [Record(uuid4(), device, place, "score", lan, one, now()) for place, one in enumerate(points, 2)]
    log.append_together(meeting, [opening, *scores])
    log.rebuild(meeting)
    return close(Pen(meeting, people.standing("lan"), device), people)


@pytest.mark.parametrize("forged", [False, True])
def test_whoever_signs_is_told_of_a_table_that_the_book_does_not_have(
    meeting: Meeting, people: People, expected: list[Person], lan: Client, forged: bool
) -> None:
    """The table that comes with the program, with the best word from nought on: it counts, and nobody is deceived."""
    table = scoring_of(meeting, book_of(people.cell, meeting))["rubric"]
    if forged:
        table["grades"] = [{**one, "at_least": 0} for one in table["grades"]]
    meeting = scored_by(table, meeting, people, expected)
    page = lan.get(f"/cuoc-hop/{meeting.pk}/bien-ban/").content.decode()
    assert ("khác bảng hiện có cho ngày họp" in page) is forged
    for name in ("tam", "lan"):
        minutes.sign(meeting=meeting, by=people.standing(name))
    said = json.loads(Event.objects.get(kind="minutes.rated").payload or "")
    assert said.get("table") == ("other" if forged else None)


def test_no_table_that_an_opening_brings_along_stops_the_signatures(
    meeting: Meeting, people: People, expected: list[Person]
) -> None:
    """A title without end, more points than a column holds: cut in the row, whole in the minutes."""
    meeting = scored_by(HUGE, meeting, people, expected)
    for name in ("tam", "lan"):
        minutes.sign(meeting=meeting, by=people.standing(name))
    found = Rating.objects.get(meeting=meeting)
    assert found.total == MOST and len(found.title) == 300 and len(found.rubric) == 100
    assert annex(meeting)[-1] == ("", "Tổng điểm", *["64424509,41"] * 2)
    assert str(HUGE["title"]).strip() in str(minutes_document(meeting, None).annex[0])
