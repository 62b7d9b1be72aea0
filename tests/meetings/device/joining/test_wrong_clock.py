"""A clock that was wrong as a device recorded and right as it sent: marked, and decided by whoever knows the time."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chibo.lib import dates
from chibo.lib.dates import now, today
from chibo.meetings.models import Entry, Meeting, RoomDevice
from chibo.meetings.room import log
from chibo.meetings.room.recorded import milliseconds
from tests import make
from tests.meetings.device.joining.conftest import Browser, Raw, opening
from tests.people import People

AGES = timedelta(days=9_131)


def held_long_ago(lan: Browser, people: People) -> list[Raw]:
    """An evening as a clock that stood at another year told it."""
    told = [lan.write("open", **opening(people)), lan.write("note", about="fees", text="đủ"), lan.write("close")]
    for minutes, entry in enumerate(told):
        entry["at"] = milliseconds(now() - AGES + timedelta(minutes=90 * minutes))
    return told


def doubts(meeting: Meeting) -> list[Any]:
    return [json.loads(one) for one in Entry.objects.filter(kind="time-doubt").values_list("payload", flat=True)]


def test_what_cannot_be_is_marked_once_for_all_that_was_sent_and_bars_signing(lan: Browser, people: People) -> None:
    told = held_long_ago(lan, people)
    lan.send()
    assert doubts(lan.meeting) == [{"of": [one["id"] for one in told]}]
    assert [one.why for one in log.room_of(lan.meeting).needs_look] == ["time_doubted"]
    assert len(lan.send(told)["answers"]) == 3 and len(doubts(lan.meeting)) == 1, "sent again, it is known"


def opened_by_right(who: Browser, opened: Raw) -> bool:
    return {"of": opened["id"]} not in [
        json.loads(one) for one in Entry.objects.filter(kind="opening-doubt").values_list("payload", flat=True)
    ]


def test_a_wrong_clock_neither_takes_nor_gives_the_right_to_open(
    lan: Browser, people: People, browser: Callable[[str], Browser]
) -> None:
    told: dict[str, Raw] = {}
    for who in (lan, browser("hung"), browser("tam")):
        (opened, *_) = held_long_ago(who, people)
        who.send()
        told[str(who.row.person_id)] = opened
    quyen = browser("quyen")
    told[str(people.quyen.pk)] = quyen.write("open", **opening(people))  # by a clock that was right
    quyen.send()
    by_right = {one for one, opened in told.items() if opened_by_right(lan, opened)}
    assert by_right == {str(one.pk) for one in (people.lan, people.hung, people.quyen)}


@pytest.mark.parametrize("planned", [0, -7])
def test_who_came_into_office_since_the_plan_opens_by_right_by_any_clock(
    people: People, browser: Callable[[str], Browser], meeting: Meeting, planned: int
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=now() + timedelta(days=planned))
    make.office(people.tam, people.cell, "committee_member", today())
    (opened, *_) = held_long_ago(tam := browser("tam"), people)
    tam.send()
    assert opened_by_right(tam, opened)


def test_the_time_that_somebody_chooses_is_the_time_of_the_meeting_everywhere(lan: Browser, people: People) -> None:
    held_long_ago(lan, people)
    lan.send()
    (doubt,) = Entry.objects.filter(kind="time-doubt")
    lan.take(json.loads(lan.hear().content))
    move = lan.write("time-move", of=str(doubt.pk), seconds=int(AGES.total_seconds()))
    lan.send()
    room, meeting = log.room_of(lan.meeting), Meeting.objects.get(pk=lan.meeting.pk)
    assert room.needs_look == []
    assert room.opened_at is not None and room.closed_at is not None
    assert abs(room.opened_at - now()) < timedelta(minutes=5)
    assert room.closed_at - room.opened_at == timedelta(minutes=180)
    assert (meeting.opened_at, meeting.closed_at) == (room.opened_at, room.closed_at)
    lan.write("undo", of=move["id"])
    lan.send()
    assert [one.why for one in log.room_of(lan.meeting).needs_look] == ["time_doubted"]


def test_a_clock_that_is_said_to_be_right_is_left_as_it_is(lan: Browser, people: People) -> None:
    told = held_long_ago(lan, people)
    lan.send()
    (doubt,) = Entry.objects.filter(kind="time-doubt")
    lan.write("time-move", of=str(doubt.pk), seconds=0)
    lan.send()
    room = log.room_of(lan.meeting)
    assert room.needs_look == [] and room.opened_at is not None
    assert milliseconds(room.opened_at) == told[0]["at"]


@pytest.mark.parametrize(("days", "late", "marked"), [(0, 0, False), (8, 0, False), (8, 1, True), (0, 8, False)])
def test_another_evening_is_believed_when_it_is_sent_as_it_happens(
    lan: Browser, people: People, days: int, late: int, marked: bool
) -> None:
    """days: from the plan to the meeting; late: days until it is sent."""
    Meeting.objects.filter(pk=lan.meeting.pk).update(starts_at=now())
    RoomDevice.objects.filter(pk=lan.device).update(registered_at=now() - timedelta(hours=1))
    lan.write("open", **opening(people))["at"] = milliseconds(now() + timedelta(days=days))
    with dates.at(now() + timedelta(days=days + late)):
        lan.send()
    assert bool(doubts(lan.meeting)) == marked


def test_remarks_alone_are_not_asked_about(lan: Browser, people: People, browser: Callable[[str], Browser]) -> None:
    lan.write("open", **opening(people))
    lan.send()
    tam = browser("tam")
    tam.take(json.loads(tam.hear().content))
    tam.write("guest", name="Ông Ba")["at"] = milliseconds(now() - AGES)
    tam.send()
    assert doubts(lan.meeting) == []


def test_a_meeting_from_the_paper_book_has_its_times_typed(lan: Browser, people: People) -> None:
    Meeting.objects.filter(pk=lan.meeting.pk).update(held_on_paper=True)
    held_long_ago(lan, people)
    lan.send()
    assert doubts(lan.meeting) == []
