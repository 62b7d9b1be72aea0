"""The steps of the room take as few taps as a person can be asked for, and fill nothing in that nobody has said."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Invitee, Meeting, Reason
from tests import make
from tests.browser.device import Device
from tests.browser.room_device import picture
from tests.browser.room_page import RoomPage
from tests.browser.room_screens import NOW, at_item, both, held, meeting
from tests.browser.village import Village

__all__ = ["meeting"]
pytestmark = pytest.mark.browser

Devices = Callable[..., Device]


def announced(village: Village, meeting: Meeting) -> None:
    """Two have said that they cannot come, each for a reason; Tâm is to be the clerk."""
    with system_scope():
        for who, reason in ((village.binh, Reason.HEALTH), (village.others[4], Reason.WORK)):
            line, _ = Invitee.objects.get_or_create(meeting=meeting, person=who, defaults=meeting.keys)
            line.answer, line.reason = Invitee.Answer.ABSENT, reason
            line.save()
        make.duty(meeting, village.tam, "clerk")


@both
def test_the_meeting_opens_with_what_is_known_and_those_who_said_so_are_absent_in_one_tap(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    announced(village, meeting)
    room = RoomPage(devices("lan", shape), meeting, NOW)
    with room.device.counting() as count:
        room.device.tap("Mở phòng họp")
        room.stands("Điểm danh: còn 20 đồng chí")
        picture(room.device, "diem-danh")
        room.device.tap("Cả hai đồng chí đã báo: vắng")
        room.device.tap("Cả 18 đồng chí còn lại có mặt")
        room.stands("Có mặt 18/20 đồng chí")
        picture(room.device, "chuong-trinh")
        room.device.tap("Cả 17 đồng chí tán thành chương trình")
        room.sees("17/17 tán thành, 100%. Cần ít nhất 9. Thông qua.", "Chi bộ đã thông qua chương trình")
    assert count.total == 4
    found = room.room()
    assert found.clerk == village.tam.pk
    assert {one: line.reason for one, line in found.roll.items() if line.state == "absent"} == {
        village.binh.pk: "health",
        village.others[4].pk: "work",
    }
    assert [vote.subject for vote in found.votes.values()] == ["agenda"] and found.needs_look == []


@both
def test_two_who_are_absent_take_five_taps_and_one_way_back_each(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = RoomPage(devices("lan", shape), meeting, NOW)
    room.page.get_by_label("Thư ký").select_option(label="Phạm Minh Tâm")
    room.tap("Mở phòng họp")
    with room.device.counting() as count:
        for name, reason in (("Đoàn Văn Lợi", "Sức khỏe"), ("Phan Thị Yến", "Chưa rõ lý do")):
            line = room.line(name)
            room.device.press(line.locator("summary"), f"Vắng {name}")
            room.device.tap(reason, within=line)
        room.device.tap("Cả 18 đồng chí còn lại có mặt")
    assert count.total == 5
    room.stands("Có mặt 18/20 đồng chí")
    room.tap("Hoàn tác")
    room.stands("Điểm danh: còn 18 đồng chí")


def test_the_chair_does_not_minute_and_nobody_is_clerk_unless_said(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = RoomPage(devices("lan"), meeting, NOW)
    room.page.get_by_label("Thư ký").select_option(label="Nguyễn Thị Lan")
    room.tap("Mở phòng họp")
    room.sees("Chủ trì không kiêm thư ký. Chọn đồng chí khác.")
    assert room.entries() == []
    room.page.get_by_label("Thư ký").select_option(label="Chi bộ cử tại buổi họp")
    room.tap("Mở phòng họp")
    room.stands("Cử thư ký ghi biên bản")
    assert room.room().clerk is None


def test_of_a_large_cell_somebody_is_found_by_a_few_letters_without_marks(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    with system_scope():
        for number in range(14):
            make.member(f"Nguyễn Văn Số {number}", village.cell)
    room = RoomPage(devices("lan"), meeting, NOW)
    room.page.get_by_label("Thư ký").select_option(label="Phạm Minh Tâm")
    room.tap("Mở phòng họp")
    room.stands("Điểm danh: còn 34 đồng chí")
    expect(room.line("Đoàn Văn Lợi")).to_be_hidden()
    room.page.get_by_label("Ai vắng", exact=True).fill("doan")
    line = room.page.locator("#todo").locator("xpath=../..").locator("li:visible", has_text="Đoàn Văn Lợi")
    line.locator("summary").click()
    room.tap("Sức khỏe", within=line)
    room.stands("Điểm danh: còn 33 đồng chí")


def test_fees_are_recorded_when_their_field_is_left_and_known_guests_are_one_tap(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    guests = [{"name": "Lý Quốc Khánh", "office": "Đảng ủy viên phụ trách chi bộ"}]
    room = held(devices("lan"), meeting, village, guests=guests)
    room.go("diem-danh", "Có mặt 20/20 đồng chí")
    room.page.get_by_label("Tình hình nộp đảng phí").fill("20/20 đồng chí đã nộp.")
    room.page.keyboard.press("Tab")
    room.sees("Đã ghi tình hình nộp đảng phí.")
    with room.device.counting() as count:
        room.device.press(room.page.get_by_role("button", name="Lý Quốc Khánh, có dự"), "Lý Quốc Khánh")
    room.sees("Đã thêm khách Lý Quốc Khánh.")
    found = room.room()
    assert count.total == 1 and found.notes["fees"] == "20/20 đồng chí đã nộp."
    assert [(one.name, one.office) for one in found.guests.values()] == [(guests[0]["name"], guests[0]["office"])]
    assert room.page.get_by_role("button", name="Lý Quốc Khánh, có dự").count() == 0


@both
def test_of_three_counts_two_are_typed_and_the_vote_belongs_to_the_item_that_was_chosen(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    first = at_item(room, "Thảo luận")
    room.go("bieu-quyet", "Biểu quyết việc gì")
    picture(room.device, "bieu-quyet-gi")
    items = [step for step in room.pack["steps"] if step["kind"] == "item" and step["item"] != first]
    chosen = next(step for step in items if not step["self_criticism"])
    room.tap(chosen["title"], within=room.page.locator("main ul.rows"))
    room.page.locator("summary", has_text="Có đồng chí không tán thành").click()
    room.page.get_by_label("Không tán thành", exact=True).fill("2")
    room.page.get_by_label("Không biểu quyết", exact=True).fill("1")
    room.sees("Tán thành: 16 tự tính: 19 − 2 − 1", "16 trên 19 là 84,21%. Cần ít nhất 10: đạt.")
    picture(room.device, "bieu-quyet-tu-tinh")
    room.page.get_by_label("Không tán thành", exact=True).fill("25")
    room.tap("Ghi kết quả")
    room.sees("25 nhiều hơn cơ sở tính 19. Đồng chí đếm lại.")
    room.page.get_by_label("Không tán thành", exact=True).fill("2")
    room.tap("Ghi kết quả")
    room.stands(chosen["title"])
    (vote,) = room.room().votes.values()
    assert (vote.in_favour, vote.against, vote.abstained) == (16, 2, 1)
    assert (str(vote.item), vote.title) == (chosen["item"], chosen["title"])
