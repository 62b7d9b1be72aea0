"""The meeting scores itself on a device that asks no server."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from chibo.meetings.models import Meeting
from chibo.meetings.scoring.sheet import sheet_of
from tests.browser.device import Device
from tests.browser.room_page import RoomPage
from tests.browser.room_screens import NOW, both, held, meeting
from tests.browser.village import Village

__all__ = ["meeting"]
pytestmark = pytest.mark.browser

Devices = Callable[..., Device]


def line(room: RoomPage, code: str) -> Locator:
    """A criterion."""
    return room.page.locator(f'[id="cham-diem-points-{code}"]')


def gives(room: RoomPage, code: str, points: int, note: str = "") -> None:
    """Points for a criterion: one tap where there is a button for each, else typed; with the reason."""
    found = line(room, code)
    if found.locator(".points").count():
        found.get_by_role("radio", name=re.compile(rf"^{points}\s")).check()
    else:
        found.get_by_role("textbox").first.fill(str(points))
    if note:
        found.get_by_label("Vì sao").fill(note)


@both
def test_each_criterion_is_scored_with_its_reason_and_the_total_comes_last(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    room.go("cham-diem", "Còn tám tiêu chí chưa chấm")
    room.sees("Dự 20 trên 20 đảng viên phải dự, đạt 100%.", "Bản ghi tính 5 điểm.", "Chưa đến hạn")
    assert room.page.locator("main input:checked").count() == 0
    assert not [one for one in room.entries() if one["kind"] == "score"]
    for code, points in (("1", 5), ("3.1", 5), ("3.2", 5), ("4.1", 5), ("4.3", 10), ("5", 5)):
        gives(room, code, points)
    expect(line(room, "4.2").get_by_label("Vì sao")).to_be_hidden()
    gives(room, "4.2", 26)
    room.tap("Ghi điểm")
    room.sees("Tiêu chí 4.2: ghi số điểm từ 0 đến 25.")
    gives(room, "4.2", 20)
    room.tap("Ghi điểm")
    room.sees("Tiêu chí 4.2: ghi vì sao chưa đạt 25 điểm.")
    assert not [one for one in room.entries() if one["kind"] == "score"]
    room.sees("Tiêu chí 1: bản ghi chưa đủ cho mức nào của bảng. Ghi vì sao chi bộ chấm như vậy.")
    gives(room, "4.2", 20, "ít ý kiến")
    gives(room, "1", 5, "nền nếp của cả năm")
    room.tap("Ghi điểm")
    room.sees("Đã chấm bảy tiêu chí.")
    room.stands("Còn một tiêu chí chưa chấm")
    line(room, "2").locator("summary").click()
    gives(room, "2", 4)
    gives(room, "6", 25, "một việc còn dở")
    room.tap("Ghi điểm")
    room.sees("Tiêu chí 2: bản ghi tính 5 điểm. Ghi vì sao chi bộ chấm khác.")
    gives(room, "2", 4, "một đồng chí đến muộn")
    room.tap("Ghi điểm")
    room.stands("84 trên 95 điểm")
    sheet = sheet_of(room.room(), NOW)
    assert sheet is not None and (sheet.total, sheet.due, sheet.left) == (8400, 9500, 0)
    assert sheet.grade and room.room().needs_look == []
    room.sees(f"Xếp loại {sheet.grade}", "Bản ghi tính 5 điểm. Chi bộ chấm 4 điểm.")
    gives(room, "4.1", 4, "bỏ sót bước báo đảng phí")
    room.tap("Ghi điểm")
    room.stands("83 trên 95 điểm")
    room.tap("Hoàn tác")
    room.stands("84 trên 95 điểm")


def test_two_who_score_at_once_replace_nothing_of_each_other(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = held(devices("lan"), meeting, village)
    room.go("cham-diem", "Còn tám tiêu chí chưa chấm")
    gives(room, "4.2", 20, "ít ý kiến")
    gives(room, "5", 5)
    key = room.pack["scoring"]["rubric"]["key"]
    theirs = {"rubric": key, "code": "4.2", "points": 2300, "note": "còn ít ý kiến"}
    room.comes("score", village.tam.pk, theirs, seen=0)
    room.stands("Còn bảy tiêu chí chưa chấm")
    room.page.reload()
    expect(line(room, "4.2").get_by_role("textbox").first).to_have_value("20")
    room.tap("Ghi điểm")
    room.sees("Tiêu chí 4.2: người khác vừa chấm 23 điểm, lý do “còn ít ý kiến”. Xem lại, rồi ghi.")
    room.tap("Ghi điểm")
    room.sees("Đã chấm hai tiêu chí.")
    assert {code: one.points for code, one in room.room().scores.items()} == {"4.2": 2000, "5": 500}


def test_the_sheet_stands_before_the_conclusion_and_bars_nothing(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = held(devices("lan"), meeting, village)
    titles = [step["title"] for step in room.pack["steps"]]
    assert titles.index("Chấm điểm") == titles.index("Kết luận, biểu quyết") - 1
    room.go("ket-luan", "Kết luận hay nghị quyết")
    room.page.locator(".order").get_by_role("link", name="Chấm điểm").click()
    room.stands("Còn tám tiêu chí chưa chấm")
    room.tap("Sang mục sau")
    room.stands("Kết luận hay nghị quyết")
    room.go("ket-thuc", "Còn hai điều trước khi kết thúc")
    room.sees("Chưa chấm điểm xong: còn tám tiêu chí.")


def test_a_meeting_that_is_not_scored_says_so(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = RoomPage(devices("lan"), meeting, NOW, scoring={})
    room.tap("Mở phòng họp")
    room.stands("Cử thư ký ghi biên bản")
    room.go("cham-diem", "Buổi họp này không chấm điểm")
    room.go("ket-thuc", "Còn bốn điều trước khi kết thúc")
    room.device.misses("chấm điểm")
