"""What stands around every screen of the room on a device: the word of what was just done, the step, the acts below."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chibo.meetings.models import Meeting
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_device import prepare, unlock
from tests.browser.test_room_screens_a import called, opened
from tests.browser.village import Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
both = pytest.mark.parametrize("shape", [LAPTOP, PHONE], ids=["laptop", "phone"])


def test_what_was_just_done_goes_along_with_its_act_and_no_further(meeting: Meeting, devices: Devices) -> None:
    room = called(devices("lan", LAPTOP), meeting)
    done = room.page.locator("main .notice-ok")
    expect(done).to_contain_text("20 đồng chí còn lại có mặt")
    room.tap("Có đồng chí không tán thành")
    room.stands("Biểu quyết chương trình họp tháng 12/2026")
    expect(done).to_have_count(0)
    room.tap("Cả 19 đồng chí tán thành")
    room.stands("Có mặt 20/20 đồng chí")
    expect(done).to_contain_text("19/19 tán thành")
    room.go("viec-moi", "Việc giao trong nghị quyết tháng 12/2026")
    expect(done).to_have_count(0)


def test_the_vote_on_the_programme_belongs_to_the_opening(meeting: Meeting, devices: Devices) -> None:
    room = called(devices("lan", LAPTOP), meeting)
    room.go("bieu-quyet/agenda", "Biểu quyết chương trình họp tháng 12/2026")
    expect(room.page.locator(".steps-desk [aria-current=step]")).to_contain_text("Mở đầu")
    room.go("bieu-quyet/resolution", "Biểu quyết nghị quyết tháng 12/2026")
    expect(room.page.locator(".steps-desk [aria-current=step]")).to_contain_text("Kết luận")


def test_no_empty_bar_lies_over_a_phones_screen(meeting: Meeting, devices: Devices) -> None:
    room = opened(devices("lan", PHONE), meeting)
    bar = room.page.locator(".room-actions")
    expect(bar).to_be_visible()
    room.page.evaluate("id => { location.hash = `${id}/y-kien-khac` }", str(meeting.pk))
    expect(bar.get_by_role("link", name="Biểu quyết")).to_be_visible()
    room.page.evaluate("id => { location.hash = `${id}/xem-lai` }", str(meeting.pk))
    room.stands("Không còn chỗ nào phải xem lại")
    expect(bar).to_be_hidden()


@both
def test_what_was_just_done_is_in_sight_where_the_hand_is(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = called(devices("lan", shape), meeting)
    room.go(next(step["key"] for step in room.pack["steps"] if step["title"] == "Thảo luận"), "Thảo luận")
    room.page.get_by_label("Kết luận của chủ trì").fill("Lắp gương trước.")
    room.tap("Ghi kết luận của chủ trì")
    said = room.page.locator("main [role=status]")
    expect(said).to_contain_text("Đã ghi kết luận của chủ trì")
    expect(said.get_by_role("button", name="Hoàn tác")).to_be_in_viewport()


def test_a_vote_that_did_not_pass_is_not_said_with_the_mark_of_what_is_done(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = called(devices("lan", PHONE), meeting)
    room.go("bieu-quyet/resolution", "Biểu quyết nghị quyết tháng 12/2026")
    room.page.locator("summary", has_text="Có đồng chí không tán thành").click()
    for label, number in {"Tán thành": "7", "Không tán thành": "12", "Không biểu quyết": "0"}.items():
        room.page.get_by_label(label, exact=True).fill(number)
    room.tap("Ghi kết quả")
    expect(room.page.locator("main .notice-late")).to_contain_text("Không thông qua.")
    expect(room.page.locator("main .notice-ok")).to_have_count(0)


def test_an_act_that_was_slow_leads_nobody_away_who_has_gone_on(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = called(devices("lan", LAPTOP), meeting)
    room.go("bieu-quyet/agenda", "Biểu quyết chương trình họp tháng 12/2026")
    room.hold_back()
    room.tap("Cả 19 đồng chí tán thành")
    room.go("viec-moi", "Việc giao trong nghị quyết tháng 12/2026")
    room.let_go()
    room.sees("Chương trình họp tháng 12/2026: 19/19 tán thành")
    room.stands("Việc giao trong nghị quyết tháng 12/2026")


def test_what_is_typed_while_a_form_is_being_kept_stays(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = called(devices("lan", LAPTOP), meeting)
    room.page.locator("summary", has_text="Thêm khách").click()
    name = room.page.get_by_label("Họ tên khách")
    name.fill("Lý Quốc Khánh")
    room.page.get_by_label("Chức vụ, đơn vị").fill("Đảng ủy xã")
    room.hold_back()
    room.tap("Thêm khách")
    name.fill("Hồ Văn Bảy")
    room.let_go()
    room.sees("Đã thêm khách Lý Quốc Khánh.")
    expect(room.page.get_by_label("Chức vụ, đơn vị")).to_have_value("")
    expect(name).to_have_value("Hồ Văn Bảy")
    room.page.reload()
    expect(name).to_have_value("Hồ Văn Bảy")


# Types as soon as the words stand there: before anything that the page does only after it has been painted.
TYPE_AT_ONCE = """() => {
  const watch = new MutationObserver(() => {
    if (!document.querySelector(".error-text")) return;
    watch.disconnect();
    document.getElementById("pin").value = "111";
  });
  watch.observe(document.body, { childList: true, subtree: true });
}"""


def test_what_is_typed_at_once_after_a_wrong_pin_is_kept(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    lan.page.reload()
    lan.page.evaluate(TYPE_AT_ONCE)
    unlock(lan, "111222")
    expect(lan.page.locator(".error-text")).to_contain_text("Còn 4 lần")
    lan.page.wait_for_timeout(500)
    expect(lan.page.get_by_label("PIN sáu số")).to_have_value("111")
