"""The room on a device when things break: browser killed, server gone, sign-in lost, machine cut off."""

import base64
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.test.utils import override_settings
from playwright.sync_api import Browser, Locator, expect

from chibo.access.scope import system_scope
from chibo.lib.dates import now
from chibo.meetings.models import Entry, Meeting, RoomDevice, SetAside
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.killing import Laptop, kill
from tests.browser.room_device import (
    held,
    open_meeting,
    own,
    picture,
    prepare,
    says,
    sign_in_again,
    signed,
    unlock,
)
from tests.browser.serving import serving
from tests.browser.speaking import speaks
from tests.browser.village import Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
SPOKEN = "Đường cong sát cột mốc km 4 xe tải che khuất người đi bộ đề nghị lắp gương trước Tết "


def remark(device: Device, meeting: Meeting) -> Locator:
    """The field of what is said, on the item that is discussed."""
    step = device.page.locator(".rail a", has_text="Thảo luận")
    device.page.goto(f"/phong-hop/{step.get_attribute('href')}")
    says(device, "Thảo luận")
    return device.page.get_by_label("Ý kiến", exact=True).first


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Path]:
    """A folder of a browser, which is not left running."""
    yield tmp_path / "profile"
    kill(tmp_path / "profile")


def test_server_gone_and_browser_killed_in_the_middle_of_a_word(
    browser: Browser, village: Village, meeting: Meeting, profile: Path
) -> None:
    """The server is away from before the opening; the browser is killed three times. Nothing that was recorded is
    missing, and of what was being typed less than two seconds."""
    with serving() as address:
        lan = Laptop(browser, address, profile)
        lan.sign_in("lan")
        prepare(lan, meeting)
        lan.page.context.set_offline(True)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    lost = []
    for _ in range(3):
        field = remark(lan, meeting)
        field.fill("")
        field.focus()
        typed = [(0.0, 0)]
        until = time.monotonic() + random.uniform(1.5, 4)
        while time.monotonic() < until:
            lan.page.keyboard.type(SPOKEN[(len(typed) - 1) % len(SPOKEN)])
            typed.append((time.monotonic(), len(typed)))
        killed = time.monotonic()
        lan.kill()
        lan.start()
        lan.page.goto(f"/phong-hop/#{meeting.pk}")
        says(lan, "Nhập PIN để mở buổi họp", 20)
        unlock(lan)
        expect(lan.page.locator(".room-bar")).to_be_visible(timeout=10_000)
        kept = len(remark(lan, meeting).input_value())
        assert kept > 0
        lost.append(killed - next((at for at, number in typed if number > kept), killed))
    assert max(lost) < 2, lost
    print("seconds of typing lost:", [round(one, 2) for one in lost])  # noqa: T201
    speaks(lan.page, "Đặng Văn Bình")
    lan.tap("Ghi vào biên bản")
    signed(lan, "chờ mạng (")
    with serving(port=urlsplit(address).port):
        signed(lan, "chờ đăng nhập (")  # a browser that is killed forgets a young sign-in
        sign_in_again(lan, "lan")
        signed(lan, "Đã gửi hết lúc ")
        with system_scope():
            kinds = list(Entry.objects.filter(meeting=meeting).order_by("seq").values_list("kind", flat=True))
        assert kinds.count("open") == kinds.count("clerk") == kinds.count("remark") == 1
        lan.look()


# The battery goes in the middle of keeping the second of two things: the page says so and never comes back.
DIES_AT_THE_SECOND = """() => {
  const add = IDBObjectStore.prototype.add;
  let kept = 0;
  IDBObjectStore.prototype.add = function (row) {
    if (this.name === "entries" && (kept += 1) === 2) {
      console.log("dies");
      for (;;);
    }
    return add.call(this, row);
  };
  const leave = [...document.querySelectorAll("button")].find((one) => one.textContent === "Xong mục này");
  setTimeout(() => leave.click(), 200);
}"""


def test_a_battery_that_goes_between_two_items_leaves_the_hall_at_the_first(
    village: Village, meeting: Meeting, devices: Devices, browser: Browser, server: str, profile: Path
) -> None:
    lan = Laptop(browser, server, profile)
    lan.sign_in("lan")
    prepare(lan, meeting)
    lan.page.context.set_offline(True)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    says(lan, "Điểm danh: còn 20 đồng chí")
    with lan.page.expect_console_message(lambda said: said.text == "dies"):
        lan.page.evaluate(DIES_AT_THE_SECOND)
    lan.kill()
    lan.start()
    lan.page.goto(f"/phong-hop/#{meeting.pk}")
    says(lan, "Nhập PIN để mở buổi họp", 20)
    unlock(lan)
    says(lan, "Điểm danh: còn 20 đồng chí")
    lan.tap("Xong mục này")
    says(lan, "Thông tin, quán triệt")


def test_nothing_goes_out_under_another_sign_in_and_all_of_it_under_ones_own(
    meeting: Meeting, devices: Devices
) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    lan.page.context.clear_cookies()
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    signed(lan, "Đã lưu trên máy này · chờ đăng nhập (")
    own(lan)
    lan.look()

    sign_in_again(lan, "hung")
    signed(lan, "Đã lưu trên máy này · chờ đúng người đăng nhập (")
    own(lan)
    lan.look()
    with system_scope():
        assert not Entry.objects.filter(meeting=meeting).exists()
    lan.page.context.clear_cookies()
    sign_in_again(lan, "lan")
    signed(lan, "Đã gửi hết lúc ")
    with system_scope():
        assert set(Entry.objects.filter(meeting=meeting).values_list("author_id", flat=True)) == {
            RoomDevice.objects.get(meeting=meeting).person_id
        }


def test_anothers_sign_in_before_the_opening_does_not_take_the_machine_over(meeting: Meeting, devices: Devices) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    lan.page.context.clear_cookies()
    sign_in_again(lan, "hung")
    with lan.page.expect_response(lambda answer: answer.url.endswith("/goi/")):
        lan.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    lan.page.context.clear_cookies()
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    sign_in_again(lan, "lan")
    signed(lan, "Đã gửi hết lúc ")
    with system_scope():
        assert Entry.objects.filter(meeting=meeting, kind="open").count() == 1


def test_a_copy_is_made_without_a_network_and_opens_with_the_key_of_the_server(
    meeting: Meeting, devices: Devices, tmp_path: Path
) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    lan.page.context.set_offline(True)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    own(lan)
    with lan.page.expect_download() as download:
        lan.page.get_by_role("button", name="Lưu bản sao ra tệp").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.startswith("chibo-ban-sao-2026-12-03-")
    outside = json.loads(file.read_text())
    with system_scope():
        device = RoomDevice.objects.get(meeting=meeting)
    assert (outside["meeting"], outside["device"]) == (str(meeting.pk), str(device.pk))
    key = HKDF(algorithm=SHA256(), length=32, salt=b"", info=b"chibo ban sao").derive(bytes(device.seal or b""))
    iv, data = base64.b64decode(outside["iv"]), base64.b64decode(outside["data"])
    inside = json.loads(AESGCM(key).decrypt(iv, data, f"{meeting.pk}{device.pk}".encode()))
    assert inside["author"] == str(device.person_id) and inside["entries"][0]["kind"] == "open"
    lan.page.get_by_text("Lấy từ bản sao").click()
    lan.page.get_by_label("Tệp bản sao").set_input_files(file)
    expect(lan.page.get_by_text("Bản sao không có gì mà máy này chưa có.")).to_be_visible()
    file.write_text(file.read_text().replace(str(meeting.pk), str(device.pk)))
    lan.page.get_by_label("Tệp bản sao").set_input_files(file)
    expect(lan.page.get_by_text("Bản sao này của buổi họp khác.")).to_be_visible()
    lan.look()


def test_a_machine_that_was_cut_off_by_mistake_is_taken_back_with_all_that_it_holds(
    meeting: Meeting, devices: Devices
) -> None:
    hung = devices("hung", PHONE)
    prepare(hung, meeting)
    lan = devices("lan")
    prepare(lan, meeting)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    signed(hung, "Có mạng")
    field = remark(hung, meeting)
    hung.page.context.set_offline(True)
    speaks(hung.page, "Đặng Văn Bình")
    field.fill("Gương lắp ở khúc cua trước trường")
    hung.tap("Ghi vào biên bản")
    remark(hung, meeting).fill("Đang gõ dở câu thứ hai")
    signed(hung, "chờ mạng (")

    lan.tap("Máy này, bản sao")
    lan.tap("Máy trong phòng họp")
    row = lan.page.locator("li.row", has_text="Trần Văn Hùng")
    lan.press(row.locator("summary"), "Ngắt máy này")
    lan.tap("Ngắt máy của đồng chí Hùng")
    hung.page.context.set_offline(False)
    says(hung, "Máy này đã bị ngắt khỏi buổi họp", 40)
    hung.look()
    picture(hung, "ngat")
    assert held(hung, "entries") > 0 and held(hung, "drafts") > 0
    with system_scope():
        assert not Entry.objects.filter(meeting=meeting, kind="remark").exists()
        assert SetAside.objects.waiting().filter(meeting=meeting, why="cut_off").count() == 1

    lan.page.reload()
    lan.look()
    picture(lan, "may-da-ngat")
    lan.tap("Nhận lại máy này của đồng chí Trần Văn Hùng")
    lan.sees("Đã nhận lại máy của đồng chí Trần Văn Hùng. 1 dòng đã giao lại nay vào buổi họp.")
    expect(hung.page.locator(".room-bar")).to_be_visible(timeout=30_000)
    expect(remark(hung, meeting)).to_have_value("Đang gõ dở câu thứ hai")
    speaks(hung.page, "Đặng Văn Bình")
    hung.tap("Ghi vào biên bản")
    own(hung)
    says(hung, "Máy này đã gửi hết", 40)  # the line at the top is calm, and says so later
    with system_scope():
        said = Entry.objects.filter(meeting=meeting, kind="remark").order_by("seq")
        assert [json.loads(one.payload or "")["text"] for one in said] == [
            "Gương lắp ở khúc cua trước trường",
            "Đang gõ dở câu thứ hai",
        ]
        assert not SetAside.objects.waiting().exists()


def test_a_machine_that_is_given_up_hands_over_what_it_has_and_forgets_the_meeting(
    meeting: Meeting, devices: Devices
) -> None:
    lan = devices("lan")
    prepare(lan, meeting)
    lan.page.context.set_offline(True)
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    with system_scope():
        RoomDevice.objects.filter(meeting=meeting).update(removed_at=now(), given_up_at=now())
    lan.page.context.set_offline(False)
    says(lan, "Buổi họp không còn trên máy này", 40)
    lan.look()
    assert held(lan, "meetings") == held(lan, "entries") == held(lan, "drafts") == 0
    with system_scope():
        assert not Entry.objects.filter(meeting=meeting).exists()
        assert SetAside.objects.filter(meeting=meeting, why="cut_off").exists()


def test_a_server_that_refuses_or_is_silent_is_said_before_the_next_half_minute(
    meeting: Meeting, devices: Devices
) -> None:
    """A page that somebody looks at asks every few seconds, and waits for an answer no longer than that."""
    lan = devices("lan")
    prepare(lan, meeting)
    log = "**/phong/nhat-ky/*"
    for way in (lambda route: route.abort("connectionrefused"), lambda route: None):
        signed(lan, "Có mạng · máy này sẵn sàng")
        lan.page.route(log, way)
        expect(lan.page.locator(".room-bar .save")).to_contain_text("Không có mạng", timeout=25_000)
        lan.page.unroute(log, way)
        lan.page.evaluate("window.dispatchEvent(new Event('online'))")
    lan.look()


def test_a_browser_without_https_is_told_what_to_do(meeting: Meeting, browser: Browser, server: str) -> None:
    """Over plain http only a machine's own name is secure."""
    other = Device(browser, server.replace("127.0.0.1", "0.0.0.0"), LAPTOP)
    with override_settings(ALLOWED_HOSTS=["*"]):
        other.page.goto(f"/phong-hop/#{meeting.pk}")
        assert not other.page.evaluate("window.isSecureContext")
        says(other, "Trình duyệt này không mở được phòng họp")
        other.sees("https")
        expect(other.page.get_by_role("link", name="Xem cuộc họp, in chương trình")).to_have_attribute(
            "href", f"/cuoc-hop/{meeting.pk}/"
        )
    other.close()
