"""Meetings that the devices of three people hold with a server that dies, and what must be true of them afterwards."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from chibo.access.scope import system_scope
from chibo.lib.dates import today
from chibo.meetings.models import AgendaItem, Entry, Meeting
from chibo.meetings.room import log
from chibo.meetings.room.fold import fold
from chibo.meetings.room.state import state_of
from tests import make
from tests.meaning.logs import ITEMS, PERSONS
from tests.meaning.machine import PAYLOADS
from tests.meaning.reading import as_record
from tests.meetings.device.dying.server import Visitor
from tests.meetings.device.joining.conftest import opening
from tests.people import People, gather

PASSWORD = "gương cầu lồi ngã ba"
KEEPERS = ("lan", "hung", "quyen")  # of the committee: an election changes nothing for them
OF_EACH_KIND = 40


@dataclass
class Stage:
    """The cast, and meetings to hold: each with its items and an old task of its own."""

    people: People
    meetings: list[Meeting]
    old_tasks: dict[UUID, str]

    @classmethod
    def build(cls, how_many: int) -> "Stage":
        """Call in the system's scope."""
        people = gather()
        for name in KEEPERS:
            account = people.all()[name].user
            account.set_password(PASSWORD)
            account.save()
        before = make.signed(people.cell, present=(people.lan,))
        meetings, old_tasks = [], {}
        for number in range(how_many):
            one = make.meeting(people.cell, starts_at=make.at(today() + timedelta(days=number)), kind="extraordinary")
            make.duty(one, people.tam, "clerk")
            for title in ("An toàn giao thông", "Việc tháng tới"):
                make.item(one, title)
            old_tasks[one.pk] = str(make.task(before, people.binh, due=today()).pk)
            meetings.append(one)
        return cls(people, meetings, old_tasks)

    def said(self, meeting: Meeting) -> dict[str, list[Any]]:
        """What the vectors say, about the people, the items and the task of this meeting."""
        names = ("lan", "hung", "quyen", "binh", "mai")
        items = [
            str(one)
            for one in AgendaItem.objects.filter(meeting=meeting).order_by("position").values_list("pk", flat=True)
        ]
        known = dict(zip(PERSONS, (str(self.people.all()[name].pk) for name in names), strict=True))
        known |= dict(zip(ITEMS, [*items, items[0]], strict=True))
        found = {}
        for kind, payloads in PAYLOADS.items():
            text = json.dumps(payloads[:: max(1, len(payloads) // OF_EACH_KIND)])
            for before, now in known.items():
                text = text.replace(before, now)
            found[kind] = json.loads(text)
        for one in found["review"]:
            one["task"] = self.old_tasks[meeting.pk]
        return {**found, "open": [json.loads(json.dumps(opening(self.people), default=str))]}


def invited(visitors: dict[str, Visitor], stage: Stage, meeting: Meeting, number: int) -> dict[str, Any]:
    """A meeting with a device of each of three, registered, and what they may say."""
    devices = []
    for name, visitor in visitors.items():
        device = visitor.post(f"/cuoc-hop/{meeting.pk}/phong/may/", {})["device"]
        devices.append({"cookie": visitor.header, "person": str(stage.people.all()[name].pk), "device": device})
    with system_scope():
        return {"id": str(meeting.pk), "number": number, "people": devices, "said": stage.said(meeting)}


def rows_of(meeting: Meeting) -> dict[str, list[dict[str, Any]]]:
    """Every row of a meeting, of whatever table, but its log."""
    models: Iterable[type[Model]] = apps.get_models()
    with_meeting = [one for one in models if one is not Entry and any(f.name == "meeting" for f in one._meta.fields)]
    found = {
        one.__name__: list(one._base_manager.filter(meeting=meeting).order_by("pk").values()) for one in with_meeting
    }
    return {**found, "Meeting": list(Meeting.objects.filter(pk=meeting.pk).values())}


def judge(meeting: Meeting, devices: list[dict[str, Any]]) -> None:
    """Every entry once, everywhere the same, rows as the log says."""
    assert [one["refused"] for one in devices] == [[], [], []]
    written = sorted(id_ for one in devices for id_ in one["written"])
    kept = list(Entry.objects.filter(meeting=meeting).order_by("seq"))
    assert sorted(str(one.pk) for one in kept) == written
    assert [one.seq for one in kept] == list(range(1, len(kept) + 1))
    assert len({(one.device, one.counter) for one in kept}) == len(kept)
    means = json.loads(json.dumps(state_of(log.room_of(meeting))))
    for one in devices:
        assert one["trouble"] == "sent"
        assert sorted(entry["id"] for entry in one["entries"]) == written
        assert one["state"] == means
        assert json.loads(json.dumps(state_of(fold(as_record(entry) for entry in one["entries"])))) == means
    before = rows_of(meeting)
    log.rebuild(Meeting.objects.get(pk=meeting.pk))
    assert rows_of(meeting) == before
