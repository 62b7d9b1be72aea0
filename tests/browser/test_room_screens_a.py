"""Opening, roll, votes by hands and what needs a look, on a device that asks no server."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_page import RoomPage
from tests.browser.village import Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
NOW = evening(3, clock="19:25")
both = pytest.mark.parametrize("shape", [LAPTOP, PHONE], ids=["laptop", "phone"])


def opened(lan: Device, meeting: Meeting) -> RoomPage:
    """Opened by Lan."""
    room = RoomPage(lan, meeting, NOW)
    room.stands("Mở ")
    room.tap("Mở phòng họp")
    room.stands("Cử thư ký ghi biên bản")
    return room


def called(lan: Device, meeting: Meeting) -> RoomPage:
    """Opened, Tâm elected, everyone there."""
    room = opened(lan, meeting)
    room.tap("Cử đồng chí Phạm Minh Tâm")
    room.stands("Điểm danh: còn 20 đồng chí")
    room.tap("Cả 20 đồng chí còn lại có mặt")
    room.stands("Có mặt 20/20 đồng chí")
    return room


@both
def test_the_roll_is_called_with_no_network(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = opened(devices("lan", shape), meeting)
    room.tap("Cử đồng chí Phạm Minh Tâm")
    room.stands("Điểm danh: còn 20 đồng chí")
    room.sees("Đồng chí Phạm Minh Tâm ghi biên bản.")
    for name, reason in (("Đoàn Văn Lợi", "Sức khỏe"), ("Phan Thị Yến", "Chưa rõ lý do")):
        line = room.line(name)
        line.locator("summary").click()
        room.tap(reason, within=line)
        room.sees(f"{name}: vắng, {reason.lower()}.")
    room.tap("Cả 18 đồng chí còn lại có mặt")
    room.stands("Có mặt 18/20 đồng chí")
    here = room.line("Trần Văn Hùng")
    here.locator("summary").click()
    here.get_by_label("Muộn mấy phút").fill("0")
    room.tap("Ghi đến muộn", within=here)
    room.sees("“Muộn mấy phút” từ 1 trở lên.")
    here.get_by_label("Muộn mấy phút").fill("15")
    room.tap("Ghi đến muộn", within=here)
    room.sees("Trần Văn Hùng: có mặt, đến muộn 15 phút.")
    room.tap("Về sớm", within=here)
    room.sees("muộn 15 phút, về sớm")
    found = room.room()
    line = found.roll[village.hung.pk]
    assert (line.state, line.late_minutes, line.left_early) == ("present", 15, True)
    assert found.clerk == village.tam.pk and found.current is not None
    assert found.needs_look == []


def test_each_act_can_be_undone_and_errors_stand_beside_the_field(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = called(devices("lan"), meeting)
    room.tap("Hoàn tác")
    room.stands("Điểm danh: còn 20 đồng chí")
    room.tap("Hoàn tác")
    room.stands("Có mặt 20/20 đồng chí")
    room.page.locator("summary", has_text="Thêm khách").click()
    room.tap("Thêm khách")
    room.sees("Chưa ghi “Họ tên khách”.")
    expect(room.page.get_by_role("alert")).to_be_focused()
    room.page.get_by_label("Họ tên khách").fill("Lý Quốc Khánh")
    room.page.get_by_label("Chức vụ, đơn vị").fill("Ủy viên Ban Chấp hành Đảng bộ xã")
    room.tap("Thêm khách")
    room.sees("Đã thêm khách Lý Quốc Khánh.")
    room.page.get_by_label("Tình hình nộp đảng phí").fill("20/20 đồng chí đã nộp.")
    room.tap("Ghi đảng phí")
    room.sees("Đã ghi tình hình nộp đảng phí.")
    room.page.get_by_label("Tình hình nộp đảng phí").fill("Tài liệu tối mật: 20/20 đã nộp.")
    room.tap("Ghi đảng phí")
    room.sees("Phần chữ này có dấu “TỐI MẬT”.")
    assert "tối mật" not in room.page.evaluate("JSON.stringify([...session.drafts, ...Object.values(sessionStorage)])")
    room.tap("Thay bằng “mục họp kín, ghi sổ giấy”")
    expect(room.page.get_by_label("Tình hình nộp đảng phí")).to_have_value("Mục họp kín – ghi sổ giấy, trang …")
    found = room.room()
    assert [one.name for one in found.guests.values()] == ["Lý Quốc Khánh"]
    assert found.notes["fees"] == "20/20 đồng chí đã nộp."


def test_nothing_typed_is_lost_to_another_device_a_reload_or_a_full_disk(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = called(devices("lan"), meeting)
    fees = room.page.get_by_label("Tình hình nộp đảng phí")
    fees.focus()
    room.page.keyboard.type("20/20")
    here = {"members": [str(village.binh.pk)], "state": "present", "late_minutes": 5}
    room.comes("attend", village.tam.pk, here, seen=999)
    room.sees("muộn 5 phút")
    expect(fees).to_be_focused()
    room.page.keyboard.type(" đồng chí")
    expect(fees).to_have_value("20/20 đồng chí")
    room.page.reload()
    expect(room.page.get_by_label("Tình hình nộp đảng phí")).to_have_value("20/20 đồng chí")
    room.page.evaluate("window.full = true")
    room.tap("Ghi đảng phí")
    room.sees("Máy này chưa ghi được. Nội dung vẫn còn")
    expect(room.page.get_by_label("Tình hình nộp đảng phí")).to_have_value("20/20 đồng chí")


@both
def test_hands_are_counted_with_their_sum_checked_and_the_base_frozen(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = called(devices("lan", shape), meeting)
    room.go("bieu-quyet/agenda", "Biểu quyết chương trình họp tháng 12/2026")
    room.tap("Cả 19 đồng chí tán thành")
    room.stands("Có mặt 20/20 đồng chí")
    room.sees(
        "Chương trình họp tháng 12/2026: 19/19 tán thành, 100%. Cần ít nhất 10. Thông qua.",
        "Chi bộ đã thông qua chương trình",
    )
    room.go("bieu-quyet/resolution", "Biểu quyết nghị quyết tháng 12/2026")
    room.sees("Một đồng chí dự bị không biểu quyết.")
    room.page.locator("summary", has_text="Có đồng chí không tán thành").click()
    hands = {"Tán thành": "17", "Không tán thành": "1", "Không biểu quyết": "0"}
    for label, number in hands.items():
        room.page.get_by_label(label, exact=True).fill(number)
    room.tap("Ghi kết quả")
    room.sees("Cộng lại được 18, mà có 19 đồng chí chính thức có mặt. Đồng chí đếm lại.")
    room.page.get_by_label("Không biểu quyết", exact=True).fill("1")
    room.tap("Ghi kết quả")
    room.sees("Nghị quyết tháng 12/2026: 17/19 tán thành, 89,47%. Cần ít nhất 10. Thông qua.")
    vote = next(one for one in room.room().votes.values() if one.subject == "resolution")
    assert (vote.in_favour, vote.against, vote.abstained, vote.size) == (17, 1, 1, 19)
    assert [standing for _, standing in vote.excluded] == ["probationary"]


def test_several_matters_are_put_together_and_survive_a_reload(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = called(devices("lan"), meeting)
    room.go("bieu-quyet", "Biểu quyết việc gì")
    room.page.get_by_label("Biểu quyết việc gì").fill("Đề nghị khen thưởng")
    room.page.get_by_label("Gồm những việc nào").fill("- Đồng chí Hùng")
    room.tap("Đưa ra biểu quyết")
    room.sees("Mới có một việc.")
    room.page.get_by_label("Gồm những việc nào").fill("- Đồng chí Hùng\n- Đồng chí Bình")
    room.page.get_by_label("Cần bao nhiêu").select_option("two_thirds")
    room.tap("Đưa ra biểu quyết")
    room.stands("Biểu quyết: Đề nghị khen thưởng")
    room.page.reload()
    room.stands("Biểu quyết: Đề nghị khen thưởng")
    room.sees("Đồng chí Bình", "Cần ít nhất 13.")
    room.tap("Cả 19 đồng chí tán thành")
    room.stands("Biểu quyết việc gì")
    vote = next(iter(room.room().votes.values()))
    assert (vote.fraction, vote.matters) == ("two_thirds", ["Đồng chí Hùng", "Đồng chí Bình"])


def test_no_resolution_is_voted_while_a_differing_opinion_is_open(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = called(devices("lan"), meeting)
    item = next(step["item"] for step in room.pack["steps"] if step["key"].startswith("muc/"))
    opinion = room.page.evaluate(
        "payload => session.write('differ', payload)",
        {"item": item, "member": str(village.binh.pk), "text": "Phát quang trước đã."},
    )
    room.go("bieu-quyet/resolution", "Biểu quyết nghị quyết tháng 12/2026")
    room.sees("Còn một ý kiến khác chưa kết luận.")
    assert room.page.get_by_role("button", name="tán thành").count() == 0
    room.go(f"bieu-quyet/differing/{opinion}", "Biểu quyết ý kiến khác của đồng chí Đặng Văn Bình")
    for label, number in {"Tán thành": "4", "Không tán thành": "15", "Không biểu quyết": "0"}.items():
        room.page.get_by_label(label, exact=True).fill(number)
    room.tap("Ghi kết quả")
    room.sees("4/19 tán thành, 21,05%. Cần ít nhất 10. Không thông qua.")
    assert room.room().differing[UUID(opinion)].outcome == "not_adopted"
    room.go("bieu-quyet/resolution", "Biểu quyết nghị quyết tháng 12/2026")
    expect(room.page.get_by_role("button", name="Cả 19 đồng chí tán thành")).to_be_visible()


def test_those_who_say_that_they_are_there_are_confirmed_or_refused(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = opened(devices("lan"), meeting)
    room.tap("Cử đồng chí Phạm Minh Tâm")
    for one in (village.binh, village.hung):
        room.comes("claim", one.pk, {"member": str(one.pk), "how": "code"})
    room.sees("Hai đồng chí báo có mặt")
    room.page.get_by_role("button", name="Không thấy").filter(has_text="Trần Văn Hùng").click()
    room.sees("Chưa ghi đồng chí ấy có mặt.", "Một đồng chí báo có mặt")
    room.tap("Xác nhận 1 đồng chí tự quét")
    room.sees("Đã xác nhận 1 đồng chí có mặt.")
    room.stands("Điểm danh: còn 19 đồng chí")
    room.tap("Cả 19 đồng chí còn lại có mặt")
    room.sees("1 tự điểm danh, 19 thư ký ghi")


@both
def test_what_two_devices_wrote_apart_is_shown_and_taken_back(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = called(devices("lan", shape), meeting)
    room.comes("attend", village.hung.pk, {"members": [str(village.binh.pk)], "state": "absent", "reason": "work"})
    room.go("xem-lai", "Một chỗ cần xem lại trước khi ký")
    room.sees("Hai máy ghi khác nhau", "Đặng Văn Bình: vắng, công tác", "Đặng Văn Bình: có mặt")
    room.sees("Đồng chí Trần Văn Hùng ghi lúc", "trên máy khác", "Đồng chí Nguyễn Thị Lan ghi lúc")
    room.page.locator(".side", has_text="có mặt").get_by_role("button").click()
    room.stands("Không còn chỗ nào phải xem lại")
    room.tap("Hoàn tác")
    room.stands("Một chỗ cần xem lại trước khi ký")
    room.tap("Sửa điểm danh")
    room.stands("Có mặt 19/20 đồng chí")


def test_an_opening_asks_for_what_the_servers_page_asks_for(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    lan = devices("lan")
    me = {"person": str(village.tam.pk), "name": "Phạm Minh Tâm", "may_open": False}
    room = RoomPage(lan, meeting, NOW, me=me)
    room.sees("Khi buổi họp đã mở, đồng chí vào ghi được ở trang này.")
    assert room.page.get_by_role("button", name="Mở phòng họp").count() == 0
    room = RoomPage(lan, meeting, evening(1, clock="19:28"))
    assert set(room.pack["presidents"]) == {str(one.pk) for one in (village.lan, village.hung, village.others[0])}
    room.sees("Buổi họp định ngày 03/12/2026, còn hai ngày.")
    room.tap("Mở phòng họp")
    room.sees("Chưa đến ngày họp.")
    room.page.get_by_label("Chi bộ họp hôm nay, sớm hơn lịch").check()
    room.tap("Mở phòng họp")
    room.stands("Cử thư ký ghi biên bản")


def test_a_meeting_held_on_paper_is_opened_with_the_time_in_the_book(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    with system_scope():
        Meeting.objects.filter(pk=meeting.pk).update(held_on_paper=True)
    room = RoomPage(devices("lan"), meeting, evening(9))
    room.stands("Ghi lại buổi họp 03/12/2026")
    room.tap("Bắt đầu ghi lại")
    room.sees("Chưa ghi “Bắt đầu lúc”.")
    room.page.get_by_label("Bắt đầu lúc").fill("19:32")
    room.tap("Bắt đầu ghi lại")
    room.stands("Cử thư ký ghi biên bản")
    assert room.room().opened_at == evening(3, clock="19:32")


def test_the_keyboard_calls_one_after_another(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = opened(devices("lan"), meeting)
    room.tap("Cử đồng chí Phạm Minh Tâm")
    first = room.page.locator(".roll summary").nth(0)
    second = room.page.locator(".roll summary").nth(1).text_content()
    first.focus()
    room.page.keyboard.press("Enter")
    room.page.keyboard.press("Tab")
    room.page.keyboard.press("Enter")
    room.stands("Điểm danh: còn 19 đồng chí")
    assert room.page.evaluate("document.activeElement.textContent") == second
