"""An opening out of reach that was a mistake, or that another made: judged on the server, told on the device."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.access.models import TermOfOffice
from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting
from tests import make
from tests.browser.device import PHONE, Device
from tests.browser.room_device import open_meeting, prepare, says, signed
from tests.browser.village import Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
PICTURES = os.environ.get("CHIBO_PICTURES", "")


def picture(device: Device, name: str) -> None:
    if PICTURES:
        device.picture(Path(PICTURES) / f"{name}.png")


def opened_out_of_reach(device: Device, meeting: Meeting) -> None:
    """Opened with no network, which comes back only now."""
    prepare(device, meeting)
    device.page.context.set_offline(True)
    open_meeting(device)
    says(device, "Cử thư ký ghi biên bản")


def back(device: Device) -> None:
    device.page.context.set_offline(False)
    device.page.evaluate("window.dispatchEvent(new Event('online'))")
    signed(device, "Đã gửi hết lúc ")


def test_a_mistaken_opening_is_voided_and_its_device_says_why(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan", PHONE)
    opened_out_of_reach(lan, meeting)
    back(lan)
    hung = devices("hung")
    hung.open(f"/cuoc-hop/{meeting.pk}/")
    hung.tap("Mở nhầm, hoặc buổi này chưa họp")
    hung.page.get_by_text("Bỏ lần mở này", exact=True).click()
    hung.look()
    picture(hung, "lan-mo-bo")
    hung.tap("Bỏ lần mở của đồng chí Nguyễn Thị Lan")
    hung.sees("Chưa ghi “Vì sao bỏ lần mở này”")
    hung.look()
    hung.enter("Vì sao bỏ lần mở này", "Đồng chí Lan tập trên máy, chi bộ chưa họp")
    hung.tap("Bỏ lần mở của đồng chí Nguyễn Thị Lan")
    says(hung, "Cuộc họp chưa mở, lần mở trước đã bỏ")
    hung.page.get_by_text("dòng để riêng", exact=False).last.click()
    picture(hung, "lan-mo-da-bo")
    hung.look()
    expect(lan.page.get_by_text("Lần mở buổi họp trên máy này không tính.")).to_be_visible(timeout=40_000)
    says(lan, "Mở họp chi bộ tháng 12/2026")
    lan.sees("Đồng chí Lan tập trên máy, chi bộ chưa họp")
    lan.look()
    picture(lan, "may-lan-mo-da-bo")
    hung.tap("Lần mở này đúng, lấy lại")
    says(hung, "Đồng chí Nguyễn Thị Lan mở cuộc họp")
    expect(lan.page.get_by_text("Lần mở buổi họp trên máy này không tính.")).to_be_hidden(timeout=40_000)


def test_whoever_opened_without_right_is_confirmed_on_a_phone(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    hung = devices("hung")
    opened_out_of_reach(hung, meeting)
    with system_scope():
        TermOfOffice.objects.filter(person__full_name__contains="Hùng").update(
            validity=make.days(make.JOINED, meeting.day)
        )
    back(hung)
    lan = devices("lan", PHONE)
    lan.open(f"/cuoc-hop/{meeting.pk}/phong/xem-lai/")
    picture(lan, "xem-lai")
    lan.tap("Xác nhận, hoặc bỏ")
    expect(lan.page.get_by_role("heading", level=1)).to_contain_text("cần đồng chí xác nhận")
    picture(lan, "lan-mo-can-xac-nhan")
    lan.look()
    lan.page.get_by_role("button", name="mở thay").click()
    lan.sees("lần mở ấy được tính")
    lan.look()
