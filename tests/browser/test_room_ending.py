"""Minutes read back, the end of a meeting, a secret vote on paper, on a device that asks no server."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting
from chibo.meetings.room.deciding import ballots_of, secrets_of
from tests.browser.device import Device
from tests.browser.room_page import RoomPage
from tests.browser.room_screens import at_item, both, held, meeting, opens, write
from tests.browser.village import Village

__all__ = ["meeting"]
pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
SLOGAN = "Tiếp tục đẩy mạnh tuyên truyền, bảo đảm trật tự an toàn giao thông"
SENTENCE = "Lắp 2 gương cầu lồi ở ngã ba Bàu Sen"


def finished(room: RoomPage, village: Village) -> None:
    """All that a closing asks for."""
    write(room, "review", {"task": str(village.task.pk), "result": "done", "due_then": "2026-11-30"})
    write(room, "conclude", {"kind": "conclusion", "parts": {"conclusion": "Chi bộ thống nhất lắp gương."}})
    room.go("bieu-quyet/conclusion", "Biểu quyết kết luận tháng 12/2026")
    room.tap("Cả 19 đồng chí tán thành")
    room.stands("Đủ các bước, kết thúc được")


@both
def test_the_minutes_are_read_back_and_the_meeting_closes_with_no_network(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    item = at_item(room, "Thảo luận")
    write(room, "remark", {"item": item, "member": str(village.binh.pk), "text": "Nên lắp gương trước Tết."})
    room.go("ket-thuc", "Còn hai điều trước khi kết thúc")
    room.tap("Kết thúc buổi họp")
    room.sees("Buổi họp chưa kết thúc được. Còn một việc chưa xem.")
    assert room.room().closed_by is None
    finished(room, village)
    room.tap("Xem biên bản")
    room.stands("Biên bản: dự thảo, chưa có số")
    room.sees("Tổng số đảng viên: 20", "Đồng chí Đặng Văn Bình: Nên lắp gương trước Tết.", "Xem lại 1 việc kỳ trước")
    opens(room, "Ghi ý kiến đính chính").get_by_label("Ý kiến đính chính").fill("Sửa “Tết” thành “tháng Chạp”.")
    room.tap("Ghi ý kiến đính chính")
    room.sees("Khi đọc lại biên bản, có ý kiến đính chính:")
    room.tap("Đã đọc lại, chi bộ thông qua")
    room.sees("Đã đọc lại lúc")
    room.tap("Kết thúc")
    room.stands("Đủ các bước, kết thúc được")
    room.tap("Kết thúc buổi họp")
    expect(room.page.locator("h1")).to_have_text(re.compile(r"Đã kết thúc lúc 19\sgiờ\s\d\d"))
    room.sees("Khi có mạng, máy gửi hết rồi hai đồng chí ký", "dòng chưa gửi")
    room.device.look()
    found = room.room()
    assert found.closed_by == village.lan.pk and found.needs_look == []
    room.go(f"muc/{item}", "Buổi họp đã kết thúc")
    room.go("bien-ban", "Biên bản: dự thảo, chưa có số")
    room.page.locator("section", has_text="Sửa trước khi ký").get_by_role("link", name="Sửa").click()
    room.stands("Sửa ý kiến của Đặng Văn Bình")
    room.page.get_by_label("Ý kiến").fill("Nên lắp gương trước tháng Chạp.")
    room.tap("Ghi bản sửa")
    room.stands("Biên bản: dự thảo, chưa có số")
    room.sees("Lời ghi ở trên đã sửa theo ý kiến đính chính: ý kiến của đồng chí Đặng Văn Bình.")


@both
def test_what_the_minutes_leave_out_stands_beside_them_with_its_reason(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    item = at_item(room, "Tự phê bình và phê bình")
    write(room, "keep-as", {"item": item, "how": "full"})
    write(room, "remark", {"item": item, "member": str(village.binh.pk), "text": "Tôi chậm báo cáo."})
    write(room, "keep-as", {"item": item, "how": "conclusion"})
    room.go("bien-ban", "Biên bản: dự thảo, chưa có số")
    expect(room.page.locator("article")).not_to_contain_text("Tôi chậm báo cáo.")
    section = room.page.locator("section", has_text="Không ghi vào biên bản")
    expect(section).to_contain_text("Ý kiến của đồng chí Đặng Văn Bình, mục “Tự phê bình và phê bình”")
    expect(section).to_contain_text("Chi bộ chọn chỉ ghi kết luận ở mục này.")
    opens(room, "Xem lời ghi")
    room.sees("Tôi chậm báo cáo.")
    room.device.look()


def test_a_meeting_is_broken_off_with_a_reason(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = held(devices("lan"), meeting, village)
    room.go("ket-thuc", "Còn hai điều trước khi kết thúc")
    opens(room, "Hoãn giữa chừng")
    room.tap("Hoãn buổi họp")
    room.sees("Chưa ghi “Vì sao hoãn giữa chừng”.")
    room.page.get_by_label("Vì sao hoãn giữa chừng").fill("mất điện")
    room.tap("Hoãn buổi họp")
    room.sees("Đã hoãn giữa chừng lúc", "Vì sao hoãn: mất điện.")
    assert room.room().aborted == "mất điện"


def test_a_meeting_held_on_paper_ends_at_the_time_in_the_book(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    with system_scope():
        Meeting.objects.filter(pk=meeting.pk).update(held_on_paper=True)
    room = held(devices("lan"), meeting, village)
    finished(room, village)
    write(room, "read", {})
    room.go("ket-thuc", "Đủ các bước, kết thúc được")
    room.tap("Kết thúc buổi họp")
    room.sees("Chưa ghi “Kết thúc lúc”.")
    room.page.get_by_label("Kết thúc lúc").first.fill("19:00")
    room.tap("Kết thúc buổi họp")
    room.sees("Giờ kết thúc phải sau giờ bắt đầu 19:28.")
    room.page.get_by_label("Kết thúc lúc").first.fill("21:05")
    room.tap("Kết thúc buổi họp")
    room.stands("Đã kết thúc lúc 21 giờ 05")


@both
def test_a_secret_vote_is_put_on_paper_and_its_sums_are_checked(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    room.go("bo-phieu-kin", "Bỏ phiếu kín")
    room.page.get_by_label("Bỏ phiếu kín việc gì").fill("Chọn đại biểu")
    room.page.get_by_label("Danh sách trên phiếu").fill("Trần Văn Hùng\nĐặng Văn Bình")
    room.page.get_by_label("Trần Văn Hùng").check()
    room.tap("Đưa ra bỏ phiếu kín")
    room.sees("Đồng chí Trần Văn Hùng có tên trên phiếu nên không kiểm phiếu.")
    room.page.get_by_label("Trần Văn Hùng").uncheck()
    room.page.get_by_label("Phạm Minh Tâm").check()
    room.tap("Đưa ra bỏ phiếu kín")
    room.stands("Chọn đại biểu")
    room.tap("In 19 phiếu")
    room.stands("19 phiếu, sẵn sàng in")
    assert room.page.locator(".ballot").count() == 19
    room.tap("Ghi kết quả")
    room.stands("Chọn đại biểu")
    counts = ["20", "19", "1", "15", "2", "1", "10", "6", "2"]
    fields = room.page.locator(".counts input")
    for place, number in enumerate(counts):
        fields.nth(place).fill(number)
    room.tap("Ghi kết quả kiểm phiếu")
    room.sees("mà có 19 đồng chí chính thức có mặt. Đếm lại số phiếu phát.")
    fields.nth(0).fill("19")
    fields.nth(8).fill("1")
    room.tap("Ghi kết quả kiểm phiếu")
    room.sees("Đặng Văn Bình: cộng lại được 17, mà có 18 phiếu hợp lệ. Đếm lại.")
    fields.nth(8).fill("2")
    room.tap("Ghi kết quả kiểm phiếu")
    room.sees("Đã ghi kết quả kiểm phiếu: Chọn đại biểu.", "78,95%", "52,63%")
    room.stands("Chọn đại biểu")
    found = room.room()
    (secret,) = secrets_of(found).values()
    (ballot,) = ballots_of(found).values()
    assert (secret.issued, secret.returned, secret.invalid, secret.size) == (19, 19, 1, 19)
    assert ballot.tellers == [village.tam.pk] and found.needs_look == []
