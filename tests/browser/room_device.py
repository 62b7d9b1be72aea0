"""A machine that holds a meeting without a network: how it is made ready, opened, looked into."""

import os
import re
from pathlib import Path

from playwright.sync_api import expect

from chibo.meetings.models import Meeting
from tests.browser.device import Device
from tests.browser.village import PASSWORD

PIN = "280519"
# Every value that lies on the device, as text that can be searched.
DUMP = r"""async () => {
  const opened = indexedDB.open("chibo-phong-hop");
  const database = await new Promise((done) => { opened.onsuccess = () => done(opened.result); });
  const said = [];
  const text = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) said.push(new TextDecoder().decode(value));
    else if (value === null || typeof value !== "object") said.push(String(value));
    else for (const [key, one] of Object.entries(value)) { said.push(key); text(one); }
  };
  for (const name of database.objectStoreNames) {
    const asked = database.transaction(name).objectStore(name).getAll();
    const rows = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    said.push(`${name}: ${rows.length}`);
    rows.forEach(text);
  }
  for (const [key, value] of Object.entries(localStorage)) said.push(key, value);
  for (const [key, value] of Object.entries(sessionStorage)) said.push(key, value);
  database.close();
  return said.join("\n");
}"""


def dump(device: Device) -> str:
    """All that lies on the device of any meeting."""
    return str(device.page.evaluate(DUMP))


def held(device: Device, store: str) -> int:
    """How many rows a store of the device has."""
    found = re.search(rf"^{store}: (\d+)$", dump(device), re.MULTILINE)
    assert found is not None
    return int(found[1])


def enter(device: Device, meeting: Meeting) -> None:
    """Into the room by the sign-in: nothing is asked."""
    device.open(f"/phong-hop/#{meeting.pk}")
    says(device, "Mở họp chi bộ tháng 12/2026", 20)


def keep_offline(device: Device, pin: str = PIN) -> None:
    """A PIN, twice, so that the room opens again without a network; on the screen that asks for it."""
    says(device, "Giữ được khi mất mạng", 20)
    device.enter("PIN sáu số", pin)
    device.enter("Gõ lại PIN", pin)
    device.tap("Đặt PIN cho máy này")
    says(device, "Máy này sẵn sàng, mất mạng vẫn họp được", 60)


def prepare(device: Device, meeting: Meeting) -> None:
    """Make a device ready to open again without a network; then into the room."""
    device.open(f"/phong-hop/#{meeting.pk}/giu")
    keep_offline(device)
    device.look()
    device.tap("Vào phòng họp")
    says(device, "Mở họp chi bộ tháng 12/2026")


def unlock(device: Device, pin: str = PIN) -> None:
    """Into the room on a page that was opened anew: with a network it opens by itself, else by the PIN."""
    field = device.page.get_by_label("PIN sáu số")
    expect(field.or_(device.page.locator(".room-bar")).first).to_be_visible(timeout=20_000)
    if field.count():
        device.enter("PIN sáu số", pin)
        device.tap("Mở")


def open_meeting(device: Device) -> None:
    """Open; the browser's day is not that of the plan."""
    expect(device.page.get_by_role("heading", level=1)).to_contain_text("Mở họp")
    if device.page.get_by_label("Chi bộ họp hôm nay").count():
        device.tick("Chi bộ họp hôm nay")
    device.tap("Mở phòng họp")


def signed(device: Device, words: str) -> None:
    """The line that says where things are; it takes its two seconds, and joining up its five."""
    expect(device.page.locator(".room-bar .save")).to_contain_text(words, timeout=40_000)


def sign_in_again(device: Device, login: str) -> None:
    """In another window of the same browser, as the page says."""
    page = device.page.context.new_page()
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    page.close()
    device.page.evaluate("window.dispatchEvent(new Event('online'))")


def own(device: Device) -> None:
    """The screen of the machine itself, by the link at the side, or on a phone in what folds."""
    way = device.page.locator("a:visible", has_text="Máy này, bản sao")
    folded = device.page.locator(".to-steps:visible")
    expect(way.or_(folded).first).to_be_visible()
    if way.count() == 0:
        folded.click()
    way.first.click()
    expect(device.page.get_by_role("heading", level=1)).to_contain_text("Máy này")


def picture(device: Device, name: str) -> None:
    """What stands on a screen, where somebody asks to see it."""
    if folder := os.environ.get("CHIBO_PICTURES", ""):
        device.picture(Path(folder) / f"{name}-{device.width}.png")


def says(device: Device, words: str, seconds: int = 10) -> None:
    """Hold the page to its heading; an item has its number before it."""
    spaced = r"\s".join(map(re.escape, words.split(" ")))
    heading = re.compile(rf"^(\d+\.\s)?{spaced}$")
    expect(device.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=seconds * 1000)
