"""The room on a device, in a real browser: opened beforehand, then without a network, killed, locked, joined up."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Entry, Meeting, State
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.village import Village, planned

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
PIN = "280519"


@pytest.fixture
def meeting(village: Village, clock: Any) -> Meeting:
    """December, announced, a few minutes before it begins."""
    with system_scope():
        found = planned(village)
    clock.move_to(evening(3, clock="19:25"))
    return found


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_the_page_lies_on_the_device_and_opens_without_a_network(
    village: Village, devices: Devices, shape: dict[str, object]
) -> None:
    anyone = devices(shape=shape)
    anyone.open("/phong-hop/")
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("Chưa có buổi họp nào trên máy này")
    anyone.look()
    anyone.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    anyone.page.context.set_offline(True)
    anyone.page.reload()
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("Chưa có buổi họp nào trên máy này")
    anyone.look()
    anyone.page.context.set_offline(False)


def prepare(device: Device, meeting: Meeting) -> None:
    """Make a device ready: a PIN, twice; then into the room."""
    device.open(f"/phong-hop/#{meeting.pk}")
    says(device, "Đặt PIN cho máy này")
    device.look()
    device.enter("PIN sáu số", PIN)
    device.enter("Gõ lại PIN", PIN)
    device.tap("Chuẩn bị máy này")
    says(device, "Máy này sẵn sàng, mất mạng vẫn họp được")
    device.look()


def unlock(device: Device, pin: str = PIN) -> None:
    """The PIN, on a page that was opened anew."""
    device.enter("PIN sáu số", pin)
    device.tap("Mở")


def open_meeting(device: Device) -> None:
    """Open; the browser's day is not that of the plan."""
    expect(device.page.get_by_role("heading", level=1)).to_contain_text("Mở họp")
    if device.page.get_by_label("Chi bộ họp hôm nay").count():
        device.tick("Chi bộ họp hôm nay")
    device.tap("Mở phòng họp")


def signed(device: Device, words: str) -> None:
    """The line that says where things are; it takes its two seconds, and joining up its five."""
    expect(device.page.locator(".room-bar .save")).to_contain_text(words, timeout=40_000)


def own(device: Device, meeting: Meeting) -> None:
    """The screen of the machine itself."""
    device.page.goto(f"/phong-hop/#{meeting.pk}/may")
    expect(device.page.get_by_role("heading", level=1)).to_contain_text("Máy này")


def says(device: Device, words: str) -> None:
    expect(device.page.get_by_role("heading", level=1)).to_have_text(words)


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_a_meeting_is_opened_without_a_network_after_the_page_was_loaded_again(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    lan = devices("lan", shape)
    prepare(lan, meeting)
    lan.tap("Vào phòng họp")
    says(lan, "Mở họp chi bộ tháng 12/2026")
    lan.look()
    lan.page.context.set_offline(True)
    lan.page.reload()
    says(lan, "Nhập PIN để mở buổi họp")
    lan.look()
    unlock(lan)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    signed(lan, "Đã lưu trên máy này · chờ mạng (")
    own(lan, meeting)
    lan.look()
    with system_scope():
        assert not Entry.objects.filter(meeting=meeting).exists()
    lan.page.context.set_offline(False)
    signed(lan, "Đã gửi hết lúc ")
    with system_scope():
        kinds = list(Entry.objects.filter(meeting=meeting).order_by("seq").values_list("kind", flat=True))
        meeting.refresh_from_db()
    assert kinds[0] == "open" and kinds[-1] == "clerk" and len(set(kinds)) == len(kinds)
    assert meeting.state == State.OPEN
