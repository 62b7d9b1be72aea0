"""A meeting on a device that asks no server, with all that its screens can come to."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator

from chibo.access.scope import system_scope
from chibo.lib.dates import now
from chibo.meetings.models import AgendaItem, Meeting, Opinion
from tests import make
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_page import RoomPage
from tests.browser.village import Village, planned

NOW = evening(3, clock="19:28")
both = pytest.mark.parametrize("shape", [LAPTOP, PHONE], ids=["laptop", "phone"])


@pytest.fixture
def meeting(village: Village, clock: Any) -> Meeting:
    """Announced for this evening, with questions, an opinion that Bình handed in, and self-criticism."""
    clock.move_to(NOW)
    with system_scope():
        one = planned(village)
        topic = AgendaItem.objects.get(meeting=one, title="Thảo luận")
        make.question(topic)
        make.item(one, "Tự phê bình và phê bình", kind="self_criticism", position=4)
        Opinion.objects.create(**one.keys, item=topic, author=village.binh, text="Nên lắp gương.", handed_in_at=now())
        return one


def held(lan: Device, meeting: Meeting, village: Village, **changed: Any) -> RoomPage:
    """Open: Lan presides, Tâm minutes, all are there. changed: what is otherwise in the pack."""
    room = RoomPage(lan, meeting, NOW, **changed)
    roll = [{key: one[key] for key in ("kind", "exempt", "away", "suspended")} for one in room.pack["people"]]
    roll = [{"person": one["id"], **line} for one, line in zip(room.pack["people"], roll, strict=True)]
    opening = {"chair": str(village.lan.pk), "roll": roll, "keepers": room.pack["keepers"], **room.pack["scoring"]}
    write(room, "open", opening)
    write(room, "clerk", {"member": str(village.tam.pk)})
    write(room, "attend", {"members": [one["person"] for one in roll], "state": "present"})
    return room


def write(room: RoomPage, kind: str, payload: dict[str, Any]) -> str:
    entry = room.page.evaluate("([kind, payload]) => session.write(kind, payload)", [kind, payload])
    assert isinstance(entry, str)
    return entry


def at_item(room: RoomPage, title: str) -> str:
    """Turn the hall to an item and stand on its screen."""
    item = next(step["item"] for step in room.pack["steps"] if step["title"] == title)
    write(room, "item", {"item": item, "state": "open"})
    room.go(f"muc/{item}", title)
    return str(item)


def press(room: RoomPage, words: str) -> None:
    """Press what begins with some words; the rest is for those who do not see what it stands beside."""
    name = re.compile(words.replace(" ", r"\s+"))
    room.page.get_by_role("button", name=name).or_(room.page.get_by_role("link", name=name)).first.click()


def opens(room: RoomPage, words: str) -> Locator:
    """Open what is folded under some words."""
    found = room.page.locator("details", has=room.page.locator("summary", has_text=words)).first
    found.locator("summary").first.click()
    return found
