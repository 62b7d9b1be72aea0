"""Two windows make one machine ready, and a row that no key opens: nothing else on the machine is lost (finding R9)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chibo.meetings.models import Meeting
from tests.browser.device import Device
from tests.browser.room_device import held, open_meeting, says

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
# Replaces what is sealed in the newest entry by bytes that another key might have made.
SPOIL = """async () => {
  const opened = indexedDB.open("chibo-phong-hop");
  const database = await new Promise((done) => { opened.onsuccess = () => done(opened.result); });
  const store = database.transaction("entries", "readwrite").objectStore("entries");
  const asked = store.getAll();
  const rows = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const last = rows.reduce((one, other) => (other.counter > one.counter ? other : one));
  const put = store.put({ ...last, data: crypto.getRandomValues(new Uint8Array(64)).buffer });
  await new Promise((done) => { put.onsuccess = done; });
  database.close();
}"""


def test_the_second_of_two_windows_replaces_no_key_and_an_unreadable_row_hides_no_other(
    meeting: Meeting, devices: Devices
) -> None:
    lan = devices("lan")
    address = f"/phong-hop/#{meeting.pk}"
    lan.open(address)
    window = lan.page
    second = lan.page.context.new_page()
    second.goto(address)
    says(lan, "Mở họp chi bộ tháng 12/2026", 20)
    expect(second.get_by_role("heading", level=1)).to_contain_text("Mở họp chi bộ tháng 12/2026", timeout=20_000)
    assert held(lan, "meetings") == 1
    open_meeting(lan)
    says(lan, "Cử thư ký ghi biên bản")
    lan.tap("Cử đồng chí Phạm Minh Tâm")
    count = held(lan, "entries")

    expect(second.get_by_role("heading", level=1)).to_contain_text("Điểm danh", timeout=20_000)
    second.close()
    window.reload()
    says(lan, "Điểm danh: còn 20 đồng chí", 20)
    assert held(lan, "entries") == count

    window.evaluate(SPOIL)
    window.reload()
    expect(window.get_by_text("1 dòng trên máy này không đọc được.")).to_be_visible(timeout=20_000)
    assert held(lan, "entries") == count, "what cannot be read stays where it is"
