"""A meeting of real length, held by two people on two laptops while the server is out of reach; then it joins up."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from chibo.access.scope import system_scope
from chibo.access.standing import standing_of
from chibo.audit.verify import breaks
from chibo.documents.plain import plain_text
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes import commands
from chibo.meetings.models import Entry, Meeting, State
from chibo.meetings.room import log
from tests.browser.acting import Hands
from tests.browser.device import LAPTOP, Device
from tests.browser.killing import Laptop, Reach
from tests.browser.room_device import prepare, says, sign_in_again, unlock
from tests.script import people as script
from tests.script.acts import acts
from tests.script.played import play

pytestmark = pytest.mark.browser
TAM_LOADS_AGAIN, LANS_BATTERY = 47, 71


@pytest.fixture
def reach(server: str, transactional_db: None) -> Iterator[Reach]:
    found = Reach(server)
    yield found
    found.go()


def at(device: Device, minute: float) -> None:
    """The device's own clock stands at a minute of the script."""
    device.page.context.clock.install(time=script.clock(minute))


def ready(device: Device, login: str, meeting: Meeting) -> None:
    """Beforehand, with the server in reach: sign in, take the meeting along under a PIN."""
    at(device, -8)
    device.sign_in(login)
    prepare(device, meeting)


def come_back(device: Device) -> None:
    """The page was closed or killed: the PIN opens what lies on the device."""
    says(device, "Nhập PIN để mở buổi họp")
    unlock(device)
    expect(device.page.locator(".room-bar")).to_be_visible()


def hold(lan: Laptop, tam: Device, cast: script.Cast) -> None:
    """All acts of the script; one page is loaded anew in the middle, the other's browser is killed."""
    hands = {"lan": Hands(lan, cast), "tam": Hands(tam, cast)}
    tam.tap("Ghi cùng máy điều hành")
    before = 0.0
    for act in acts():
        if before < TAM_LOADS_AGAIN <= act.minute:
            tam.page.reload()
            come_back(tam)
        if before < LANS_BATTERY <= act.minute:
            lan.kill()
            lan.start()
            at(lan, act.minute)
            lan.page.goto(f"/phong-hop/#{cast.meeting.pk}")
            come_back(lan)
        hands[act.device].take(act)
        before = act.minute


def join_up(device: Device, login: str) -> None:
    """It sends by itself; a browser that was killed may have lost its session, and is signed in in another window."""
    line = device.page.locator(".room-bar .save")
    expect(line).to_contain_text(re.compile("Đã gửi hết|chờ đăng nhập"), timeout=90_000)
    if "chờ đăng nhập" in line.inner_text():
        sign_in_again(device, login)
    expect(line).to_contain_text("Đã gửi hết", timeout=90_000)


def sign(device: Device, meeting: Meeting) -> None:
    """On one's own sign-in."""
    device.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    device.tap("Ký biên bản")
    device.enter("Mật khẩu", script.PASSWORD)
    device.tap("Ký biên bản")


def read(meeting: Meeting) -> list[str]:
    """What the minutes say, line by line, without what each paper has of its own."""
    meeting.refresh_from_db()
    assert meeting.state == State.SIGNED
    lines = plain_text(minutes_document(meeting, 1)).splitlines()
    return [line for line in lines if not line.startswith("Đã ký lúc")]


def kinds(meeting: Meeting) -> Counter[str]:
    """How many entries of each kind there are, but for two: by hands a person is called first, and late then; a task is
    answered in one tap, and its cause written then."""
    found = Counter(Entry.objects.filter(meeting=meeting).values_list("kind", flat=True))
    del found["attend"], found["review"]
    return found


def test_a_meeting_held_out_of_reach_is_minuted_as_it_was_entered(
    reach: Reach, browser: Browser, clock: Any, tmp_path: Path
) -> None:
    with system_scope():
        cast, other = script.build(), script.build(signing_in=False)
    clock.move_to(script.clock(-8))
    lan, tam = Laptop(browser, reach.address, tmp_path / "disk"), Device(browser, reach.address, LAPTOP)
    ready(lan, "lan", cast.meeting)
    ready(tam, "tam", cast.meeting)
    reach.go()
    hold(lan, tam, cast)
    with system_scope():
        assert not Entry.objects.filter(meeting=cast.meeting).exists()

    clock.move_to(script.clock(111))
    reach.come()
    join_up(tam, "tam")
    join_up(lan, "lan")
    with system_scope():
        cast.meeting.refresh_from_db()
        assert cast.meeting.state == State.CLOSED
        assert log.room_of(cast.meeting).needs_look == []
        assert list(breaks()) == []
    sign(tam, cast.meeting)
    sign(lan, cast.meeting)
    with system_scope():
        play(other)
        for name in (script.TAM, script.LAN):
            commands.sign(meeting=other.meeting, by=standing_of(other[name].pk))
        assert kinds(cast.meeting) == kinds(other.meeting)
        assert read(cast.meeting) == read(other.meeting)
