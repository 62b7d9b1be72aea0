"""Two machines with no server in reach: what one wrote is carried to the other as a file, and joins up once."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Entry, Meeting
from chibo.meetings.room import log
from tests.browser.device import PHONE, Device
from tests.browser.room_device import open_meeting, own, prepare, says, signed, unlock
from tests.browser.speaking import put_away, speaks

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
PICTURES = os.environ.get("CHIBO_PICTURES", "")
WAITS = "chưa về máy chủ, chờ máy của đồng chí Nguyễn Thị Lan."


def remark(device: Device, meeting: Meeting, text: str, speaker: str) -> None:
    """Write what somebody said to the item that is discussed."""
    href = device.page.locator(".rail a", has_text="Thảo luận").first.get_attribute("href")
    device.page.goto(f"/phong-hop/{href}")
    says(device, "Thảo luận")
    device.page.get_by_label("Ý kiến", exact=True).first.fill(text)
    speaks(device.page, speaker)
    device.tap("Ghi vào biên bản")
    expect(device.page.get_by_text(text)).to_be_visible()
    put_away(device.page)


def saved(device: Device, meeting: Meeting, folder: Path) -> Path:
    """The copy of a machine, as a file."""
    own(device)
    with device.page.expect_download() as download:
        device.page.get_by_role("button", name="Lưu bản sao ra tệp").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def taken_in(device: Device, meeting: Meeting, file: Path, words: str) -> None:
    own(device)
    device.page.get_by_text("Lấy từ bản sao").click()
    device.page.get_by_label("Tệp bản sao").set_input_files(file)
    expect(device.page.get_by_text(words)).to_be_visible()


def test_what_one_machine_wrote_is_carried_to_the_other_and_stands_once_when_both_are_back(
    meeting: Meeting, devices: Devices, tmp_path: Path
) -> None:
    lan, hung = devices("lan"), devices("hung", PHONE)
    for one in (lan, hung):
        prepare(one, meeting)
        one.page.context.set_offline(True)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    remark(lan, meeting, "Lắp gương ở ngã ba trước Tết", "Đặng Văn Bình")
    file = saved(lan, meeting, tmp_path)
    hung.tap("Ghi cùng máy điều hành")
    remark(hung, meeting, "Mỗi xóm một cột đèn", "Phạm Minh Tâm")
    taken_in(hung, meeting, file, "của đồng chí Nguyễn Thị Lan vào máy này.")
    hung.look()
    expect(hung.page.get_by_text(WAITS)).to_be_visible()
    if PICTURES:
        hung.picture(Path(PICTURES) / "lay-tu-tep.png")
    taken_in(hung, meeting, file, "Bản sao của đồng chí Nguyễn Thị Lan không có gì mà máy này chưa có.")
    other = tmp_path / "khac.json"
    other.write_text(file.read_text().replace(str(meeting.pk), str(meeting.cell_id)))
    taken_in(hung, meeting, other, "Bản sao này của buổi họp khác.")
    hung.page.reload()
    unlock(hung)
    expect(hung.page.get_by_text(WAITS)).to_be_visible()
    remark(hung, meeting, "Ghi sau khi lấy tệp", "Phạm Minh Tâm")
    expect(hung.page.get_by_text("Lắp gương ở ngã ba trước Tết")).to_be_visible()

    hung.page.context.set_offline(False)
    signed(hung, "Đã gửi hết lúc ")
    expect(hung.page.get_by_text(WAITS)).to_be_visible()
    with system_scope():
        kinds = list(Entry.objects.filter(meeting=meeting).values_list("kind", flat=True))
    assert kinds == ["remark", "remark"], "nobody sends what another wrote"
    lan.page.context.set_offline(False)
    signed(lan, "Đã gửi hết lúc ")
    expect(hung.page.get_by_text(WAITS)).to_be_hidden(timeout=40_000)
    with system_scope():
        room = log.room_of(meeting)
        ids = list(Entry.objects.filter(meeting=meeting).values_list("device", "counter"))
    assert sorted(one.text for one in room.remarks.values()) == [
        "Ghi sau khi lấy tệp",
        "Lắp gương ở ngã ba trước Tết",
        "Mỗi xóm một cột đèn",
    ]
    assert len(ids) == len(set(ids)) and room.needs_look == []
    hung.look()
