"""A trial is a trial: the room is tried before the meeting, and nothing of it reaches the meeting or stays."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Entry, Meeting, State
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_device import held, keep_offline, open_meeting, says, signed
from tests.browser.village import Village

pytestmark = pytest.mark.browser
Devices = Callable[..., Device]
PICTURES = os.environ.get("CHIBO_PICTURES", "")


def picture(device: Device, name: str) -> None:
    if PICTURES:
        device.picture(Path(PICTURES) / f"{name}.png")


@pytest.mark.parametrize("shape", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_machine_is_tried_at_home_and_the_meeting_opens_in_the_hall_as_if_nothing_had_been(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    hung = devices("hung", shape)
    hung.open(f"/cuoc-hop/{meeting.pk}/")
    hung.tap("Giữ được khi mất mạng")
    keep_offline(hung)
    picture(hung, "thu-san-sang")
    hung.tap("Thử phòng họp")
    expect(hung.page.get_by_text("Đang thử.")).to_be_visible()
    open_meeting(hung)
    says(hung, "Cử thư ký ghi biên bản")
    picture(hung, "thu-dang-thu")
    hung.look()
    hung.tap("Cử đồng chí Phạm Minh Tâm")
    says(hung, "Điểm danh: còn 20 đồng chí")
    hung.tap("Cả 20 đồng chí còn lại có mặt")
    hung.page.goto(f"/phong-hop/#{meeting.pk}/ket-thuc")
    hung.press(hung.page.locator("summary", has_text="Hoãn giữa chừng"), "Hoãn giữa chừng")
    hung.enter("Vì sao hoãn giữa chừng", "hết giờ tập")
    hung.tap("Hoãn buổi họp")
    hung.sees("Lần thử này không gửi gì, không ai ký")
    hung.look()
    assert held(hung, "entries") == 0
    hung.tap("Thôi thử, xóa hết")
    says(hung, "Mở họp chi bộ tháng 12/2026")
    hung.misses("Đang thử")
    picture(hung, "thu-da-thoi")
    hung.tap("Thử phòng họp")
    expect(hung.page.get_by_text("Đang thử.")).to_be_visible()
    says(hung, "Mở họp chi bộ tháng 12/2026")
    hung.tap("Thôi thử, xóa hết")
    with system_scope():
        assert not Entry.objects.filter(meeting=meeting).exists()
    open_meeting(hung)
    says(hung, "Cử thư ký ghi biên bản")
    signed(hung, "Đã gửi hết lúc ")
    with system_scope():
        assert Entry.objects.filter(meeting=meeting, kind="open").count() == 1
        assert Meeting.objects.get(pk=meeting.pk).state == State.OPEN
