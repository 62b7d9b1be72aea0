"""The room of a device by itself: the real screens on the real pack, entries and drafts in the page's own storage.

Lock, outbox and shell are held by test_room_device.py; here it is what the screens do.
"""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from playwright.sync_api import Locator, Route, expect

from chibo.meetings.models import Meeting
from chibo.meetings.room.fold import Room, fold
from chibo.meetings.room.kinds import kind_of
from tests.browser.device import Device
from tests.meaning.reading import as_record

DEVICE = "11111111-1111-4111-8111-111111111111"
ANOTHER = "22222222-2222-4222-8222-222222222222"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
PAGE = """<!doctype html><html lang="vi" data-icons="/static/look/icons.svg"
 data-ballots="/static/meetings/ballots.css"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Phòng họp</title>
<link rel="stylesheet" href="/static/look/chibo.css"><link rel="stylesheet" href="/static/meetings/room.css">
<link rel="stylesheet" href="/static/meetings/device.css">
<link rel="icon" href="/static/look/ring.svg"></head><body class="room-page"><div id="here"></div>
<script type="module" src="/thu-phong/start.js"></script></body></html>"""
SCRIPT = """
import { RoomPage, placeOf } from "/static/meetings/device/main.js";
import { Session } from "/static/meetings/device/session.js";
import { html, render, useEffect, useState } from "/static/meetings/device/view.js";
const kept = JSON.parse(sessionStorage.getItem("entries") || "[]");
const drafts = new Map(JSON.parse(sessionStorage.getItem("drafts") || "[]"));
const save = () => {
  sessionStorage.setItem("entries", JSON.stringify(kept));
  sessionStorage.setItem("drafts", JSON.stringify([...drafts]));
};
const store = {
  entries: async () => kept.slice(),
  add: async (all) => {
    await window.slow;
    if (window.full) throw new Error("full");
    kept.push(...all);
    save();
    return all;
  },
  drafts: async () => [...drafts],
  keepDraft: async (key, text) => { if (text === null) drafts.delete(key); else drafts.set(key, text); save(); },
};
const clock = { now: () => Math.floor(MOMENT + performance.now()) };
const session = new Session({ pack: PACK, device: DEVICE, store, clock });
await session.load();
window.session = session;
const machine = { id: session.pack.meeting.id, pin: {} }; // a machine that has a PIN
const parts = { session, kept: machine, store: { failing: false }, sync: { state: "offline", sent: null } };
window.came = (entry) => { kept.push(entry); save(); session.take([entry]); };
function App() {
  const [place, move] = useState(placeOf(location.hash));
  useEffect(() => {
    const moved = () => move(placeOf(location.hash));
    window.addEventListener("hashchange", moved);
    return () => window.removeEventListener("hashchange", moved);
  }, []);
  return html`<${RoomPage} parts=${parts} place=${place} />`;
}
render(html`<${App} />`, document.getElementById("here"));
"""


class RoomPage:
    """The room on a person's device, opened from the pack that the server gives them."""

    def __init__(self, device: Device, meeting: Meeting, now: datetime, **changed: Any) -> None:
        self.device, self.page, self.meeting, self.now = device, device.page, meeting, now
        answer = self.page.request.get(f"/cuoc-hop/{meeting.pk}/phong/goi/")
        assert answer.ok, answer.status
        self.pack: dict[str, Any] = answer.json() | changed
        self.asked: list[str] = []
        self.page.route("**/thu-phong/**", self._answer)
        self.page.on("request", lambda request: self.asked.append(urlsplit(request.url).path))
        self.page.goto(f"/thu-phong/?{uuid4()}#{meeting.pk}/")
        expect(self.page.locator("h1")).to_be_visible()

    def _answer(self, route: Route) -> None:
        values = {
            "MOMENT": str(int(self.now.timestamp() * 1000)),
            "PACK": json.dumps(self.pack),
            "DEVICE": f'"{DEVICE}"',
        }
        script = SCRIPT
        for name, value in values.items():
            script = script.replace(name, value, 1)
        is_script = route.request.url.endswith(".js")
        route.fulfill(
            body=script if is_script else PAGE,
            content_type="text/javascript" if is_script else "text/html; charset=utf-8",
            headers={"Content-Security-Policy": POLICY},
        )

    def go(self, key: str, heading: str) -> None:
        """To another step, by its address."""
        self.page.evaluate("key => { location.hash = key }", f"{self.meeting.pk}/{key}")
        self.stands(heading)

    def stands(self, heading: str) -> None:
        """Hold the page to its heading, look at it, and see that no server was asked."""
        expect(self.page.locator("h1")).to_have_text(_spaced(heading))
        assert all(path.startswith(("/static/", "/thu-phong/")) for path in self.asked), self.asked
        self.device.look()

    def tap(self, name: str, *, within: Locator | None = None) -> None:
        """Press a button or follow a link."""
        place = within or self.page
        found = place.get_by_role("button", name=name, exact=True).or_(place.get_by_role("link", name=name, exact=True))
        found.filter(visible=True).first.click()

    def hold_back(self) -> None:
        """What is recorded from now on is not safe on the device yet."""
        self.page.evaluate("window.slow = new Promise((done) => { window.release = done; }); undefined")

    def let_go(self) -> None:
        """What was held back is safe."""
        self.page.evaluate("release()")

    def line(self, name: str) -> Locator:
        """The line of a list that names someone."""
        return self.page.locator("li", has_text=name).first

    def sees(self, *words: str) -> None:
        """Hold the page to what it must say, as soon as it says it."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(_spaced(one))

    def entries(self) -> list[dict[str, Any]]:
        """What was recorded on the device."""
        found = self.page.evaluate("[...session.entries.values()]")
        assert isinstance(found, list)
        return found

    def room(self) -> Room:
        """What it means on the server; each entry has its shape there."""
        entries = self.entries()
        assert all(kind_of(one["kind"]).fits(one["payload"]) for one in entries)
        return fold(map(as_record, entries))

    def comes(self, kind: str, author: UUID, payload: dict[str, Any], *, seen: int | None = 0) -> str:
        """An entry of another device comes from the server. seen: what that device had pulled."""
        id_ = str(uuid4())
        numbers = [one["counter"] for one in self.entries()]
        entry = {
            "id": id_,
            "device": ANOTHER,
            "counter": max(numbers, default=0) + 1,
            "kind": kind,
            "author": str(author),
            "payload": payload,
            "at": int(self.now.timestamp() * 1000),
            "seen": seen,
            "seq": 900 + len(numbers),
        }
        self.page.evaluate("entry => came(entry)", entry)
        return id_


def _spaced(text: str) -> re.Pattern[str]:
    """Words with any space between them: some of ours do not break."""
    return re.compile(r"\s".join(re.escape(part) for part in text.split(" ")))
