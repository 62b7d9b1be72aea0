"""The screen of an item: short with ninety members, by the keyboard alone, above the keyboard of a phone."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect

from chibo.access.scope import system_scope
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.room.in_short import agreed_at
from tests import make
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_device import picture
from tests.browser.room_page import RoomPage
from tests.browser.room_screens import at_item, both, held, meeting, write
from tests.browser.speaking import put_away, speaks
from tests.browser.village import Village

__all__ = ["meeting"]
pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
# How long the page takes to answer a tap on a name: until the next frame that shows it.
ANSWER = """(name) => new Promise((done) => {
  const chip = [...document.querySelectorAll(".chip")].find((one) => one.textContent.startsWith(name));
  const began = performance.now();
  chip.click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""
CALLED = """() => {
  const { activeElement: here } = document;
  return (here.labels && here.labels.length ? here.labels[0] : here).textContent;
}"""
# The keyboard of a phone that lies over the page, as iOS does it: what is seen is less, the page keeps its size.
LAY_OVER = """(height) => {
  Object.defineProperty(window.visualViewport, "height", { value: window.innerHeight - height, configurable: true });
  window.visualViewport.dispatchEvent(new Event("resize"));
}"""


def text(room: RoomPage) -> Locator:
    """The field where remarks are typed."""
    return room.page.get_by_label("Ý kiến", exact=True)


@both
def test_the_next_name_keeps_the_remark_and_the_next_step_too(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    at_item(room, "Thảo luận")
    speaks(room.page, "Trần Văn Hùng")
    text(room).fill("Đường dốc, khó thấy xe.")
    speaks(room.page, "Đặng Văn Bình")
    expect(text(room)).to_have_value("")
    expect(text(room)).to_be_focused()
    text(room).fill("Phát quang trước đã.")
    picture(room.device, "muc")
    put_away(room.page)
    room.page.get_by_role("button", name=re.compile("^Xong mục 3, sang mục 4$")).click()
    room.stands("Tự phê bình và phê bình")
    found = [(one.person, one.text) for one in room.room().remarks.values()]
    assert found == [
        (village.hung.pk, "Đường dốc, khó thấy xe."),
        (village.binh.pk, "Phát quang trước đã."),
    ]


def test_the_hall_does_not_go_on_over_words_without_a_speaker(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    room = held(devices("lan"), meeting, village)
    at_item(room, "Thảo luận")
    text(room).fill("Ai đã nói câu này?")
    room.tap("Xong mục 3, sang mục 4")
    room.sees("Chưa chọn người phát biểu.")
    room.stands("Thảo luận")
    expect(text(room)).to_have_value("Ai đã nói câu này?")
    speaks(room.page, "Trần Văn Hùng")
    expect(text(room)).to_have_value("Ai đã nói câu này?")
    assert room.room().remarks == {}


@both
def test_prepared_and_handed_in_texts_are_one_tap_with_their_source(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    with system_scope():
        topic = AgendaItem.objects.get(meeting=meeting, title="Thảo luận")
        topic.presenter, topic.text = village.hung, "Từ tháng 6 có 3 vụ va chạm."
        topic.save()
    room = held(devices("lan", shape), meeting, village)
    at_item(room, "Thảo luận")
    with room.device.counting() as count:
        room.device.tap("Ghi bài của Trần Văn Hùng vào biên bản")
    assert count.total == 1
    room.sees("Từ tháng 6 có 3 vụ va chạm.", "Trình bày · Từ bài chuẩn bị")
    room.page.keyboard.type("Vụ ngày 28/11 có người bị thương.")
    speaks(room.page, "Đặng Văn Bình")
    put_away(room.page)
    room.tap("Ghi bài của Đặng Văn Bình vào biên bản")
    room.sees("Từ ý kiến đã gửi")
    found = list(room.room().remarks.values())
    assert [(one.person, one.presenting) for one in found] == [
        (village.hung.pk, True),
        (village.hung.pk, True),
        (village.binh.pk, False),
    ]


@both
def test_who_only_agrees_is_one_tap_beside_the_name_and_a_number_stands_for_those_unnamed(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    room = held(devices("lan", shape), meeting, village)
    item = at_item(room, "Thảo luận")
    find = room.page.get_by_role("combobox", name="Người phát biểu")
    find.fill("binh")
    room.page.get_by_role("option", name=re.compile("^Nhất trí ?: Đặng Văn Bình$")).click()
    room.sees("Đã ghi nhất trí: Đặng Văn Bình.")
    speaks(room.page, "Trần Văn Hùng")
    text(room).fill("Nhất trí, thêm một gương ở cầu.")
    room.tap("Nhất trí")
    room.sees("Đã ghi nhất trí: Trần Văn Hùng.")
    find.fill("3 đồng chí")
    room.page.get_by_role("option", name="3 đồng chí phát biểu, không nêu tên").click()
    room.sees("Đã ghi: ba đồng chí phát biểu, không nêu tên.")
    put_away(room.page)
    expect(room.page.locator(".said-short")).to_be_visible()
    room.sees("Một đồng chí nhất trí", "Ba đồng chí phát biểu, không nêu tên.")
    room.device.look()
    picture(room.device, "muc-nhat-tri")
    found = room.room()
    assert [one.text for one in found.remarks.values()] == ["Nhất trí, thêm một gương ở cầu."]
    assert agreed_at(found, UUID(item)) == [village.binh.pk]
    assert found.items[UUID(item)].unnamed == 3
    room.page.locator("summary", has_text="Một đồng chí nhất trí").click()
    room.page.get_by_role("button", name="Bỏ nhất trí của Đặng Văn Bình").click()
    room.sees("Đã bỏ nhất trí: Đặng Văn Bình.")
    assert agreed_at(room.room(), UUID(item)) == []


def test_with_ninety_members_and_sixty_remarks_it_stays_within_two_screens_of_a_phone(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    with system_scope():
        for number in range(70):
            make.member(f"Nguyễn Văn Số {number}", village.cell)
    room = held(devices("lan", PHONE), meeting, village)
    assert len(room.pack["people"]) == 90
    item = at_item(room, "Thảo luận")
    acts = [
        ["remark", {"item": item, "member": one["id"], "text": f"Ý kiến thứ {place}: nên lắp gương cầu lồi, " * 8}]
        for place, one in enumerate(room.pack["people"][:60])
    ]
    room.page.evaluate("acts => session.writeAll(acts)", acts)
    expect(room.page.get_by_role("button", name="Xem cả 60 ý kiến đã ghi")).to_be_attached()
    height = room.page.evaluate("document.documentElement.scrollHeight")
    nodes = room.page.evaluate("document.querySelectorAll('#here *').length")
    assert height <= 2 * 740, height
    assert nodes <= 250, nodes
    room.device.look()
    picture(room.device, "muc-60-y-kien")
    room.page.get_by_role("combobox", name="Người phát biểu").fill("so 69")
    room.page.keyboard.press("Enter")
    expect(room.page.get_by_role("button", name="Nguyễn Văn Số 69", pressed=True)).to_be_visible()
    # The time is the machine's: it is printed, not held.
    session = room.page.context.new_cdp_session(room.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    name = room.page.locator(".chip[aria-pressed=false]").first.inner_text().split("\n")[0]
    print("nodes:", nodes, "height:", height, "a tap on a name, ms, 4x slower:", room.page.evaluate(ANSWER, name))  # noqa: T201


def test_on_a_phone_the_entry_stands_above_the_keyboard(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = held(devices("lan", PHONE), meeting, village)
    item = at_item(room, "Thảo luận")
    for _ in range(6):
        write(room, "remark", {"item": item, "member": str(village.binh.pk), "text": "Nên lắp gương trước Tết. " * 6})
    speaks(room.page, "Trần Văn Hùng")
    enters = room.page.get_by_role("button", name="Ghi vào biên bản")
    # A keyboard that makes the page smaller …
    room.page.set_viewport_size({"width": 360, "height": 460})
    for part in (text(room), enters, room.page.locator(".said > :last-child")):
        expect(part).to_be_in_viewport()
    picture(room.device, "muc-ban-phim")
    # … and one that lies over it.
    room.page.set_viewport_size({"width": 360, "height": 740})
    room.page.evaluate(LAY_OVER, 290)
    room.page.wait_for_timeout(300)
    for part in (text(room), enters):
        box = part.bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 740 - 290, box


def test_an_item_is_recorded_by_the_keyboard_alone(village: Village, meeting: Meeting, devices: Devices) -> None:
    room = held(devices("lan", LAPTOP), meeting, village)
    item = at_item(room, "Thảo luận")
    keys = room.page.keyboard

    def reach(name: str) -> None:
        """Forward until what has the focus is called so."""
        for _ in range(40):
            keys.press("Tab")
            said = room.page.evaluate(CALLED)
            if said.startswith(name):
                return
        raise AssertionError(name)

    reach("Người phát biểu")
    keys.type("hung")
    keys.press("Enter")
    keys.type("Đường dốc, khó thấy xe.")
    keys.press("Control+Enter")
    room.sees("Đã ghi ý kiến: Trần Văn Hùng.")
    keys.type("binh")
    keys.press("Enter")
    keys.type("Phát quang trước đã.")
    reach("Ý kiến khác")
    keys.press("Enter")
    room.sees("Đã ghi ý kiến khác: Đặng Văn Bình.")
    reach("Kết luận")
    keys.press("Enter")
    expect(room.page.get_by_label("Kết luận của chủ trì", exact=True)).to_be_focused()
    keys.type("Lắp gương trước.")
    keys.press("Control+Enter")
    room.sees("Đã ghi kết luận của chủ trì: Nguyễn Thị Lan.")
    reach("Xong mục 3, sang mục 4")
    keys.press("Enter")
    room.stands("Tự phê bình và phê bình")
    found = room.room()
    assert [(one.text, one.is_answer) for one in found.remarks.values()] == [
        ("Đường dốc, khó thấy xe.", False),
        ("Lắp gương trước.", True),
    ]
    assert [str(one.item) for one in found.differing.values()] == [item]
