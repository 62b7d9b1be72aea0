"""No entry that the log took can make the server fail: whatever devices bring, the rows follow and the pages answer."""

import json
from collections.abc import Callable
from itertools import groupby
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.lib.dates import now
from chibo.meetings.models import AgendaItem, Meeting, State
from chibo.meetings.room import log
from chibo.meetings.room.fold import Record
from chibo.meetings.room.recorded import milliseconds
from chibo.resolutions.models import MeetingFigures, Task
from tests.meaning.logs import DEVICES, ITEMS, PERSONS, logs
from tests.meetings.device.joining.conftest import Browser, opening
from tests.people import People

Browsers = Callable[[str], Browser]
WHO = ("lan", "hung", "tam")
# What no evening has, and the log takes.
MOMENTS = [
    "1900-01-01T00:00:00Z",
    "2099-12-31T23:59:59+07:00",
    "2026-12-03T19:30:00+07:00",
    "2000-02-29T00:00:00-11:30",
]
PAGES = (
    "",
    "phong/",
    "phong/xem-lai/",
    "phong/lan-mo/",
    "phong/diem-danh/",
    "phong/ket-thuc/",
    "phong/goi/",
    "bien-ban/",
)


def test_a_closing_before_the_opening_leaves_a_length_that_nobody_knows(
    browser: Browsers, meeting: Meeting, people: People
) -> None:
    lan = browser("lan")
    lan.write("open", **opening(people))
    lan.write("close")["at"] -= 3_600_000
    lan.send()
    meeting.refresh_from_db()
    assert meeting.state == State.CLOSED and meeting.length_minutes is None
    assert MeetingFigures.objects.get(meeting=meeting).length_minutes == 0


def test_a_deputy_who_tried_the_machine_at_home_does_not_keep_the_chair_from_opening(
    browser: Browsers, meeting: Meeting, people: People
) -> None:
    hung, lan = browser("hung"), browser("lan")
    hung.write("open", **{**opening(people), "chair": str(people.hung.pk)})
    hung.write("close")
    hung.send()
    for counter in range(1, 4):
        lan.write("open", **opening(people))["at"] += 60_000 * counter
        lan.write("attend", members=[str(people.lan.pk)], state="present")
        lan.write("close")["at"] -= 60_000
    assert all("seq" in one for one in lan.send()["answers"])
    _pages_answer(lan, meeting)


@pytest.mark.parametrize("how_many", [25, pytest.param(1500, marks=[pytest.mark.long, pytest.mark.longest])])
def test_whatever_devices_bring_the_rows_follow_and_the_pages_answer(
    how_many: int, browser: Browsers, meeting: Meeting, people: People
) -> None:
    browsers = [browser(name) for name in WHO]

    @settings(max_examples=how_many, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(logs(size=24), st.data())
    def bring(records: list[Record], data: st.DataObject) -> None:
        with transaction.atomic():
            started = {"started": data.draw(st.sampled_from([None, *MOMENTS]))}
            browsers[0].write("open", **opening(people), **started)
            browsers[0].send()
            for device, entries in groupby(records, key=lambda one: one.device):
                browsers[DEVICES.index(device)].send([_as_sent(one, meeting, people, data) for one in entries])
            browsers[0].write("close", ended=data.draw(st.sampled_from([None, *MOMENTS])))
            browsers[0].send()
            log.rebuild(meeting)
            _pages_answer(browsers[0], meeting)
            transaction.set_rollback(True)
        meeting.refresh_from_db()
        for one in browsers:
            one.forget()

    bring()


def _as_sent(one: Record, meeting: Meeting, people: People, data: st.DataObject) -> dict[str, Any]:
    """A drawn entry about people, items and tasks that there are."""
    there = [str(people.all()[name].pk) for name in ("lan", "hung", "quyen", "tam", "binh")]
    items = [str(pk) for pk in AgendaItem.objects.filter(meeting=meeting).values_list("pk", flat=True)]
    text = json.dumps(one.payload)
    for drawn, real in zip((*PERSONS, *ITEMS), (*there, *items, items[0]), strict=True):
        text = text.replace(drawn, real)
    payload = json.loads(text)
    if one.kind == "review":
        payload["task"] = str(Task.objects.exclude(meeting=meeting).values_list("pk", flat=True)[0])
    for key in ("started", "ended"):
        if payload.get(key):
            payload[key] = data.draw(st.sampled_from(MOMENTS))
    at = milliseconds(now()) - data.draw(st.sampled_from([0, 0, 60_000, 10**9, 10**12, -(10**12)]))
    return {
        "id": str(one.id),
        "counter": one.counter + 5,
        "kind": one.kind,
        "payload": payload,
        "at": at,
        "seen": one.seen,
    }


def _pages_answer(who: Browser, meeting: Meeting) -> None:
    for page in PAGES:
        answer = who.client.get(f"/cuoc-hop/{meeting.pk}/{page}")
        assert answer.status_code in (200, 302, 404), (page, answer.status_code)
    assert who.client.get("/").status_code in (200, 302)
