"""The room on a device, in a real browser: opened beforehand, then without a network, killed, locked, joined up."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chibo.access.scope import system_scope
from chibo.lib.dates import now
from chibo.meetings.models import Entry, Meeting, State
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.room_device import PIN, dump, held, open_meeting, own, prepare, says, signed, unlock
from tests.browser.village import Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_the_page_lies_on_the_device_and_opens_without_a_network(
    village: Village, devices: Devices, shape: dict[str, object]
) -> None:
    anyone = devices(shape=shape)
    anyone.open("/phong-hop/")
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("Chưa có buổi họp nào trên máy này")
    anyone.look()
    anyone.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    anyone.page.context.set_offline(True)
    anyone.page.reload()
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("Chưa có buổi họp nào trên máy này")
    anyone.look()
    anyone.page.context.set_offline(False)


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_a_meeting_is_opened_without_a_network_after_the_page_was_loaded_again(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    lan = devices("lan", shape)
    prepare(lan, meeting)
    lan.look()
    lan.page.context.set_offline(True)
    lan.page.reload()
    says(lan, "Nhập PIN để mở buổi họp")
    lan.look()
    unlock(lan)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    signed(lan, "Đã lưu trên máy này · chờ mạng (")
    own(lan)
    lan.look()
    with system_scope():
        assert not Entry.objects.filter(meeting=meeting).exists()
    lan.page.context.set_offline(False)
    signed(lan, "Đã gửi hết lúc ")
    with system_scope():
        kinds = list(Entry.objects.filter(meeting=meeting).order_by("seq").values_list("kind", flat=True))
        meeting.refresh_from_db()
    assert kinds[0] == "open" and kinds[-1] == "clerk" and len(set(kinds)) == len(kinds)
    assert meeting.state == State.OPEN


def test_what_lies_on_the_device_is_not_to_be_read_and_a_wrong_pin_opens_nothing(
    village: Village, meeting: Meeting, devices: Devices
) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    lan.page.context.set_offline(True)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    place = lan.page.locator(".rail a", has_text="Thảo luận").get_attribute("href")
    lan.page.goto(f"/phong-hop/{place}")
    lan.enter("Ý kiến", "Gương cầu lồi che khuất")
    lan.page.wait_for_timeout(1000)
    lies = dump(lan)
    assert held(lan, "entries") >= 1 and held(lan, "drafts") == 1
    for words in ("Nguyễn", "Lan", "Phú Hòa", "Gương", "official", "Thảo luận", str(village.hung.pk), PIN):
        assert words not in lies, words

    lan.page.goto("/phong-hop/")  # loaded anew, as is the address of the meeting below
    lan.page.reload()
    says(lan, "Các buổi họp trên máy này")
    lan.look()
    lan.page.get_by_role("link", name="Mở buổi họp").click()
    says(lan, "Nhập PIN để mở buổi họp")
    for left in (4, 3, 2, 1):
        unlock(lan, "111222")
        expect(lan.page.locator(".error-text")).to_contain_text(f"Còn {left} lần")
    lan.look()
    unlock(lan, "111222")
    says(lan, "2 dòng chưa gửi đang chờ, đã mã hóa")
    lan.sees("PIN đã hủy sau năm lần sai", "Chưa nối được với máy chủ")
    lan.look()
    lan.page.reload()
    says(lan, "2 dòng chưa gửi đang chờ, đã mã hóa")

    lan.page.context.set_offline(False)
    expect(lan.page.locator(".room-bar")).to_be_visible(timeout=20_000)
    signed(lan, "Đã gửi hết lúc ")
    lan.page.goto(f"/phong-hop/{place}")
    expect(lan.page.get_by_label("Ý kiến").first).to_have_value("Gương cầu lồi che khuất")


def test_two_windows_of_one_machine_never_share_a_counter_and_see_each_other(
    meeting: Meeting, devices: Devices
) -> None:
    hung, lan = devices("hung"), devices("lan")
    prepare(lan, meeting)
    prepare(hung, meeting)
    open_meeting(hung)  # and so leads
    says(hung, "Cử thư ký ghi biên bản")
    signed(hung, "Đã gửi hết lúc ")
    own(lan)
    expect(lan.page.get_by_text("Máy khác đang điều hành")).to_be_visible(timeout=40_000)
    other = lan.page.context.new_page()
    other.goto(lan.page.url)
    expect(other.get_by_text("Máy khác đang điều hành")).to_be_visible(timeout=40_000)
    lan.page.context.set_offline(True)
    for page, seen in 2 * [(lan.page, other), (other, lan.page)]:
        page.get_by_role("button", name="Máy này điều hành").click()
        expect(seen.get_by_text("Máy này điều hành. Máy khác ghi cùng")).to_be_visible(timeout=10_000)
        page.get_by_role("button", name="Hoàn tác").click()
        expect(seen.get_by_text("Máy khác đang điều hành")).to_be_visible(timeout=10_000)
    lan.page.context.set_offline(False)
    signed(lan, "Đã gửi hết lúc ")
    with system_scope():
        rows = Entry.objects.filter(meeting=meeting).values_list("counter", "kind")
        counters = [counter for counter, _ in rows]
        assert [kind for _, kind in rows].count("lead") == 4
    assert len(set(counters)) == len(counters)
    lan.look()


def test_what_fails_half_way_leaves_nothing_on_the_device(village: Village, devices: Devices) -> None:
    anyone = devices()
    anyone.open("/phong-hop/")
    says(anyone, "Chưa có buổi họp nào trên máy này")
    kept = anyone.page.evaluate("""async () => {
      const { ofMeeting, transact } = await import("/static/meetings/device/database.js");
      const work = (store) => {
        store("drafts").add({ meeting: "m", key: "k" });
        throw new Error("half way");
      };
      const failed = await transact(["drafts"], "readwrite", work).catch((error) => error.message);
      const rows = await transact(["drafts"], "readonly", (store) => ofMeeting(store("drafts"), "m"));
      return [failed, rows.length];
    }""")
    assert kept == ["half way", 0]


def test_a_clock_that_was_set_moves_what_waits_once_in_two_windows(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    context = lan.page.context
    context.set_offline(True)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    other = context.new_page()
    other.goto(lan.page.url)
    other.get_by_label("PIN sáu số").fill(PIN)
    other.get_by_role("button", name="Mở", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Cử thư ký ghi biên bản")
    context.clock.install()
    year = 365 * 24 * 3600
    context.clock.set_system_time(lan.page.evaluate("Date.now()") / 1000 - year)
    for page in (lan.page, other):
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_timeout(2000)
    own(lan)
    context.set_offline(False)
    signed(lan, "Đã gửi hết lúc ")
    with system_scope():
        (opening,) = Entry.objects.filter(meeting=meeting, kind="open")
        assert abs((now() - opening.at).total_seconds()) < 3600


def test_a_meeting_that_is_over_and_sent_is_forgotten_on_a_tap(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan", PHONE)
    prepare(lan, meeting)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.page.context.set_offline(True)
    lan.page.goto(f"/phong-hop/#{meeting.pk}/ket-thuc")
    lan.page.locator("summary", has_text="Hoãn giữa chừng").click()
    lan.enter("Vì sao", "Mưa bão, đường ngập")
    lan.page.get_by_role("button", name="Hoãn buổi họp").last.click()
    expect(lan.page.get_by_role("heading", level=1)).to_contain_text("Đã hoãn giữa chừng lúc ")
    own(lan)
    lan.sees("Máy này giữ cho đến khi gửi hết")
    lan.page.context.set_offline(False)
    lan.page.evaluate("window.dispatchEvent(new Event('online'))")
    signed(lan, "Đã gửi hết lúc ")
    lan.look()
    lan.page.get_by_role("button", name="Xong, xóa khỏi máy này").click()
    says(lan, "Chưa có buổi họp nào trên máy này")
    assert held(lan, "meetings") == held(lan, "entries") == held(lan, "drafts") == 0
