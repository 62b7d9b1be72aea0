"""What stands around every screen of the room on a device: the word of what was just done, the step, the acts below."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.lib.vietnamese import number_word
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.prepare.programme import numbers_of
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_device import prepare, says, unlock
from tests.browser.speaking import concludes
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
    expect(room.page.locator(".rail [aria-current=step]")).to_contain_text("Mở đầu")
    room.go("bieu-quyet/resolution", "Biểu quyết nghị quyết tháng 12/2026")
    expect(room.page.locator(".rail [aria-current=step]")).to_contain_text("Kết luận")


def test_the_steps_carry_the_numbers_of_the_programme(village: Village, meeting: Meeting, devices: Devices) -> None:
    with system_scope():
        items = list(AgendaItem.objects.filter(meeting=meeting).order_by("part__position", "position"))
    room = called(devices("lan", LAPTOP), meeting)
    lines = room.page.locator(".rail .steps li")
    numbers = {item.title: number for item in items if (number := numbers_of(items).get(item.pk))}
    assert numbers
    for title, number in numbers.items():
        expect(lines.filter(has_text=title)).to_contain_text(re.compile(rf"^{number}\D"))
    expect(lines.filter(has_text="Mở đầu")).not_to_contain_text(re.compile(r"^\d"))


def test_a_step_that_is_not_finished_is_marked_and_a_coming_one_is_not(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = opened(devices("lan", LAPTOP), meeting)
    lines = room.page.locator(".rail .steps li")
    expect(lines.filter(has_text="Mở đầu")).to_contain_text("chưa cử thư ký")
    expect(lines.filter(has_text="Kết luận").locator(".status")).to_have_count(0)
    room.tap("Cử đồng chí Phạm Minh Tâm")
    room.tap("Cả 20 đồng chí còn lại có mặt")
    expect(lines.filter(has_text="Mở đầu").locator(".status")).to_have_count(0)
    item = next(step["item"] for step in room.pack["steps"] if step["title"] == "Thảo luận")
    for act in ({"item": item, "state": "open"},):
        room.page.evaluate("payload => session.write('item', payload)", act)
    opinion = {"item": item, "member": str(village.binh.pk), "text": "Phát quang trước đã."}
    room.page.evaluate("payload => session.write('differ', payload)", opinion)
    expect(lines.filter(has_text="Thảo luận")).to_contain_text("một ý kiến khác")
    expect(lines.filter(has_text="Kiểm điểm việc kỳ trước")).to_contain_text("một việc chưa xem")


def test_until_nothing_bars_the_end_the_steps_say_how_much_does(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = opened(devices("lan", LAPTOP), meeting)
    way = room.page.locator(".rail").get_by_role("link", name="thì kết thúc được")
    bars = room.page.evaluate(
        "import('/static/meetings/device/ending.js').then(({ closingBars }) => closingBars(session).length)"
    )
    expect(way).to_have_text(f"Còn {number_word(bars)} điều thì kết thúc được")
    way.click()
    room.stands(f"Còn {number_word(bars)} điều trước khi kết thúc")


def test_on_a_phone_the_steps_are_a_drawer_that_gives_the_focus_back(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = called(devices("lan", PHONE), meeting)
    opener, drawer = room.page.locator(".to-steps"), room.page.locator("#rail")
    expect(drawer).to_be_hidden()
    opener.click()
    expect(drawer.get_by_role("button", name="Đóng")).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")
    room.page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    drawer.get_by_role("link", name="Nhiệm vụ kỳ tới").click()
    room.stands("Việc giao trong nghị quyết tháng 12/2026")
    expect(drawer).to_be_hidden()


def test_the_rule_behind_what_is_said_is_one_tap_away(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = called(devices("lan", PHONE), meeting)
    said = next(step["guide"] for step in room.pack["steps"] if step["kind"] == "opening")
    line = room.page.locator(".advice")
    expect(line).to_contain_text("Nói:")
    rule = line.get_by_text(said["rule"], exact=False)
    expect(rule).to_be_hidden()
    line.locator("summary").click()
    expect(rule).to_be_visible()


def test_a_screen_reader_hears_each_act_once(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = called(devices("lan", LAPTOP), meeting)
    assert room.page.locator("[aria-live], [role=status], [role=log]").count() == 1
    expect(room.page.get_by_role("status")).to_contain_text("20 đồng chí còn lại có mặt")


@both
def test_what_was_just_done_is_in_sight_where_the_hand_is(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = called(devices("lan", shape), meeting)
    room.go(next(step["key"] for step in room.pack["steps"] if step["title"] == "Thảo luận"), "Thảo luận")
    concludes(room.page, "Lắp gương trước.")
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
    lan.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    lan.page.context.set_offline(True)
    lan.page.reload()
    says(lan, "Nhập PIN để mở buổi họp")
    lan.page.evaluate(TYPE_AT_ONCE)
    unlock(lan, "111222")
    expect(lan.page.locator(".error-text")).to_contain_text("Còn 4 lần")
    lan.page.wait_for_timeout(500)
    expect(lan.page.get_by_label("PIN sáu số")).to_have_value("111")
