"""Joining up: what a device recorded out of reach stands in the log once, and the rows follow from it."""

import json
from collections.abc import Callable
from uuid import UUID

import pytest

from chibo.access.models import MeetingDuty
from chibo.audit.models import Event
from chibo.audit.verify import breaks
from chibo.lib.dates import now
from chibo.meetings.models import AgendaItem, Attendance, Entry, Meeting, Remark, State
from chibo.meetings.room import log
from chibo.resolutions.models import Task
from tests.meetings.device.joining.conftest import Browser, opening
from tests.people import People

Browsers = Callable[[str], Browser]


def whole(meeting: Meeting) -> None:
    """The chains hold, and the rows are those of the log."""
    assert list(breaks()) == []
    before = list(Attendance.objects.filter(meeting=meeting).order_by("id").values())
    said = list(Remark.objects.filter(meeting=meeting).order_by("id").values())
    log.rebuild(Meeting.objects.get(pk=meeting.pk))
    assert list(Attendance.objects.filter(meeting=meeting).order_by("id").values()) == before
    assert list(Remark.objects.filter(meeting=meeting).order_by("id").values()) == said


def test_it_works(lan: Browser, meeting: Meeting, item: AgendaItem, people: People) -> None:
    lan.write("open", **opening(people))
    lan.write("clerk", member=people.tam.pk)
    lan.write("attend", members=[people.binh.pk], state="absent", reason="health")
    remark = lan.write("remark", item=item.pk, text="Lắp gương trước Tết", member=people.mai.pk)
    found = lan.send()
    assert [one["seq"] for one in found["answers"]] == [1, 2, 3, 4]
    assert (found["entries"], found["head"], found["more"], found["state"]) == ([], 4, False, "open")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.chair_id, meeting.clerk_id) == (State.OPEN, people.lan.pk, people.tam.pk)
    assert Attendance.objects.get(meeting=meeting, person=people.binh).reason == "health"
    assert Remark.objects.get(pk=UUID(remark["id"])).text == "Lắp gương trước Tết"
    assert MeetingDuty.objects.filter(meeting_id=meeting.pk, duty="chair", person=people.lan).exists()
    event = Event.objects.get(kind="meeting.opened", object_id=meeting.pk)
    assert json.loads(event.payload or "")["where"] == "device"
    whole(meeting)


def test_a_batch_sent_twice_stands_once(lan: Browser, meeting: Meeting, people: People) -> None:
    lan.write("open", **opening(people))
    lan.write("guest", name="Ông Ba")
    sent = list(lan.outbox)
    first = lan.send()
    again = lan.send(sent, after=0)
    assert again["answers"] == first["answers"]
    assert Entry.objects.filter(meeting=meeting).count() == 2
    assert Event.objects.filter(kind="meeting.opened", object_id=meeting.pk).count() == 1
    whole(meeting)


def test_the_others_hear_it(browser: Browsers, lan: Browser, people: People) -> None:
    tam = browser("tam")
    lan.write("open", **opening(people))
    lan.send()
    answer = tam.hear()
    tam.take(json.loads(answer.content))
    assert [one["kind"] for one in tam.entries.values()] == ["open"]
    assert tam.head == 1
    quiet = tam.hear()
    assert json.loads(quiet.content) == {"entries": [], "head": 1, "more": False, "state": "open"}
    assert tam.hear(**{"If-None-Match": quiet.headers["ETag"]}).status_code == 304
    lan.write("guest", name="Ông Ba")
    lan.send()
    assert tam.hear(**{"If-None-Match": quiet.headers["ETag"]}).status_code == 200


def test_the_same_keys_come_back_to_their_own_account_alone(lan: Browser, browser: Browsers) -> None:
    first = lan.client.get(f"{lan.path}may/{lan.device}/").json()
    again = lan.client.post(f"{lan.path}may/", json.dumps({"device": lan.device}), content_type="application/json")
    assert again.json() == first
    assert len(first["unlock"]) == len(first["seal"]) == 64
    tam = browser("tam")
    assert tam.client.get(f"{lan.path}may/{lan.device}/").status_code == 404
    other = tam.client.post(f"{lan.path}may/", json.dumps({"device": lan.device}), content_type="application/json")
    assert other.json()["device"] not in (lan.device, tam.device)


@pytest.mark.parametrize("name", ["binh", "khanh", "dung", "phuc", "operator", "suspended"])
def test_it_checks_access(lan: Browser, people: People, name: str) -> None:
    from django.test import Client

    from tests.people import sign_in

    who = people.operator if name == "operator" else people.all()[name]
    stranger = Browser(sign_in(Client(), who), lan.meeting, device=lan.device)
    assert stranger.client.post(f"{lan.path}may/", "{}", content_type="application/json").status_code == 404
    assert stranger.post(stranger.body([])).status_code == 404
    assert stranger.hear().status_code == 404
    assert Client().get(f"{lan.path}nhat-ky/").json() == {"error": "signed_out"}


def test_a_moment_that_was_set_right_is_told_to_a_device_that_has_moved_it_since(lan: Browser, people: People) -> None:
    """The first answer was lost, and the device's clock set, before it sends again."""
    entry = lan.write("open", **opening(people))
    sent = lan.post(lan.body([entry]))
    kept = json.loads(sent.content)["answers"][0]["seq"]
    moved = {**entry, "at": entry["at"] - 90_000}
    again = json.loads(lan.post(lan.body([moved])).content)
    assert again["answers"] == [{"id": entry["id"], "seq": kept}]
    assert [(one["id"], one["at"]) for one in again["entries"]] == [(entry["id"], entry["at"])]
    same = json.loads(lan.post(lan.body([entry])).content)
    assert same["entries"] == []


# ---------- A whole meeting out of reach ----------
def test_closed_out_of_reach_its_tasks_are_given_and_the_old_ones_settled(
    lan: Browser, meeting: Meeting, people: People
) -> None:
    old = Task.objects.get(lead=people.binh)
    lan.write("open", **opening(people))
    task = lan.write("task", what="Lắp hai gương", lead=people.mai.pk, due="2027-01-20")
    lan.write("review", task=old.pk, result="done", due_then=str(old.due))
    lan.write("close")
    assert [one.get("seq") for one in lan.send()["answers"]] == [1, 2, 3, 4]
    meeting.refresh_from_db()
    old.refresh_from_db()
    assert meeting.state == State.CLOSED and meeting.closed_at is not None
    assert Task.objects.get(pk=task["id"]).given_at == meeting.closed_at
    assert old.settled_at is not None
    said = Event.objects.filter(object_id=meeting.pk, kind__in=("meeting.opened", "meeting.closed")).order_by("seq")
    assert [one.kind for one in said] == ["meeting.opened", "meeting.closed"]
    assert all(json.loads(one.payload or "{}")["where"] == "device" for one in said)
    lan.send([])
    assert said.count() == 2
    whole(meeting)


def test_broken_off_out_of_reach_nothing_is_given(lan: Browser, meeting: Meeting, people: People) -> None:
    lan.write("open", **opening(people))
    task = lan.write("task", what="Lắp hai gương", lead=people.mai.pk, due="2027-01-20")
    lan.write("abort", why="Mưa bão")
    lan.send()
    assert Task.objects.get(pk=task["id"]).given_at is None
    assert Event.objects.filter(kind="meeting.broken_off", object_id=meeting.pk).exists()
    whole(meeting)


def test_opened_on_two_devices_the_second_is_marked_and_can_be_taken_back(
    lan: Browser, browser: Browsers, meeting: Meeting, people: People
) -> None:
    hung = browser("hung")
    openings = [one.write("open", **opening(people))["id"] for one in (lan, hung)]
    lan.send()
    assert hung.send()["answers"][0]["seq"] == 2
    (look,) = log.room_of(meeting).needs_look
    assert look.why == "opened_twice" and str(look.entry) in openings
    first = next(one for one in openings if one != str(look.entry))
    path = f"/cuoc-hop/{meeting.pk}/phong/hoan-tac/"
    assert lan.client.post(f"{path}{first}/").status_code == 404
    assert lan.client.post(f"{path}{look.entry}/").status_code == 302
    assert not log.room_of(meeting).needs_look
    assert Event.objects.filter(kind="meeting.opened", object_id=meeting.pk).count() == 1
    whole(meeting)


def test_opened_on_the_server_meanwhile_it_is_a_second_opening(lan: Browser, meeting: Meeting, people: People) -> None:
    lan.write("open", **opening(people))
    lan.client.post(f"{lan.path}mo/", {"chair": people.lan.pk})
    meeting.refresh_from_db()
    assert meeting.state == State.OPEN
    assert lan.send()["answers"][0].get("seq") is not None
    assert [one.why for one in log.room_of(meeting).needs_look] == ["opened_twice"]


def test_a_cancelled_meeting_that_was_held_all_the_same_is_open(lan: Browser, meeting: Meeting, people: People) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=State.CANCELLED, cancelled_at=now())
    lan.write("open", **opening(people))
    lan.send()
    meeting.refresh_from_db()
    assert meeting.state == State.OPEN
    whole(meeting)


def test_what_comes_before_the_opening_waits_for_it(
    lan: Browser, browser: Browsers, meeting: Meeting, people: People
) -> None:
    tam = browser("tam")
    tam.write("guest", name="Ông Ba")
    assert tam.send()["state"] in ("draft", "announced")
    lan.write("open", **opening(people))
    assert lan.send()["state"] == "open"
    assert len(log.room_of(meeting).guests) == 1
    whole(meeting)
