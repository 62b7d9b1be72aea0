"""A meeting of today and the browsers of those who keep it, each with a device of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from chibo.lib.dates import now, today
from chibo.lib.uuid7 import uuid7
from chibo.meetings.models import AgendaItem, Meeting, RoomDevice
from chibo.meetings.room.recorded import milliseconds
from tests import make
from tests.people import People, sign_in

Raw = dict[str, Any]


@dataclass
class Browser:
    """A browser with a device of one meeting: counts, writes, sends, hears, as the program on the device does."""

    client: Client
    meeting: Meeting
    device: str = ""
    counter: int = 0
    head: int = 0
    outbox: list[Raw] = field(default_factory=list)
    entries: dict[str, Raw] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/cuoc-hop/{self.meeting.pk}/phong/"

    def register(self) -> Raw:
        answer = self.client.post(f"{self.path}may/", "{}", content_type="application/json")
        assert answer.status_code == 200, answer.content
        found: Raw = answer.json()
        self.device = found["device"]
        return found

    def write(self, kind: str, /, **payload: Any) -> Raw:
        """Record one thing, out of reach."""
        known = [one["counter"] for one in (*self.entries.values(), *self.outbox)]
        self.counter = max([self.counter, *known]) + 1
        entry = {
            "id": str(uuid7()),
            "counter": self.counter,
            "kind": kind,
            "version": 1,
            "payload": json.loads(json.dumps(payload, default=str)),
            "at": milliseconds(now()),
            "seen": self.head,
        }
        self.outbox.append(entry)
        return entry

    def forget(self) -> None:
        """Begin anew with the same device."""
        self.counter, self.head, self.outbox, self.entries = 0, 0, [], {}

    def post(self, body: Any) -> HttpResponse:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(f"{self.path}nhat-ky/", text, content_type="application/json")  # type: ignore[return-value]

    def body(self, entries: list[Raw], **more: Any) -> Raw:
        found = {"device": self.device, "sent": milliseconds(now()), "after": self.head, "unsent": len(self.outbox)}
        return {**found, "entries": entries, **more}

    def send(self, entries: list[Raw] | None = None, **more: Any) -> Raw:
        """Send what waits, or just these; what is acknowledged waits no more."""
        answer = self.post(self.body(self.outbox if entries is None else entries, **more))
        assert answer.status_code == 200, answer.content
        found: Raw = json.loads(answer.content)
        self.take(found)
        return found

    def take(self, found: Raw) -> None:
        numbers = {one["id"]: one["seq"] for one in found.get("answers", []) if "seq" in one}
        for one in self.outbox:
            if one["id"] in numbers:
                self.entries[one["id"]] = {**one, "seq": numbers[one["id"]], "device": self.device}
        self.outbox = [one for one in self.outbox if one["id"] not in numbers]
        self.entries |= {one["id"]: one for one in found["entries"]}
        self.head = found["head"]

    def hear(self, **headers: str) -> HttpResponse:
        return self.client.get(f"{self.path}nhat-ky/", {"may": self.device, "sau": self.head}, headers=headers)  # type: ignore[return-value]

    @property
    def row(self) -> RoomDevice:
        return RoomDevice.objects.get(pk=self.device)


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting of today, not yet opened, with two items and an old task; Tâm is to minute it."""
    before = make.signed(people.cell, present=(people.lan,))
    make.task(before, people.binh, due=today())
    one = make.meeting(people.cell, starts_at=make.at(today()))
    make.duty(one, people.tam, "clerk")
    make.item(one)
    make.item(one, "Việc tháng tới", kind="new_tasks")
    return one


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    found = AgendaItem.objects.filter(meeting=meeting).first()
    assert found is not None
    return found


@pytest.fixture
def browser(meeting: Meeting, people: People) -> Callable[[str], Browser]:
    """A registered browser of one of the cast."""

    def made(name: str) -> Browser:
        found = Browser(sign_in(Client(), people.all()[name]), meeting)
        found.register()
        return found

    return made


@pytest.fixture
def lan(browser: Callable[[str], Browser]) -> Browser:
    return browser("lan")


def roll_of(people: People) -> list[Raw]:
    """A roll as a pack gives it."""
    kinds = {"mai": "probationary"}
    return [
        {"person": str(people.all()[name].pk), "kind": kinds.get(name, "official")}
        for name in ("lan", "hung", "quyen", "tam", "binh", "mai")
    ]


def opening(people: People) -> Raw:
    """The payload of an opening by the secretary."""
    keepers = sorted(str(people.all()[name].pk) for name in ("lan", "hung", "quyen", "tam"))
    return {"chair": str(people.lan.pk), "keepers": keepers, "roll": roll_of(people)}
