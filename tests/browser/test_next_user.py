"""One browser, used by several people one after another: the next finds nothing of the one before."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.killing import Laptop
from tests.browser.village import OLD_TASK, Village

pytestmark = pytest.mark.browser

TYPED = "Kimtuyen7731"


@pytest.fixture
def laptop(village: Village, browser: Browser, server: str, tmp_path: Path) -> Iterator[Laptop]:
    """The laptop of the house of culture, with its disk."""
    found = Laptop(browser, server, tmp_path / "disk")
    yield found
    found.close()


def on_disk(disk: Path, text: str) -> list[str]:
    """The files of a browser in which a text stands, as browsers write text."""
    written = (text.encode(), text.encode("utf-16-le"))
    files = [one for one in disk.rglob("*") if one.is_file()]
    return [str(one.relative_to(disk)) for one in files if any(word in one.read_bytes() for word in written)]


def test_the_next_user_of_a_browser_finds_nothing_of_the_one_before(laptop: Laptop) -> None:
    """Signed minutes lay in the disk cache after the sign-out, what was typed and not sent in the store, in clear."""
    page = laptop.page
    laptop.sign_in("lan")
    laptop.tap("Công việc")
    laptop.sees(OLD_TASK)
    laptop.tap("Sổ chi bộ")
    laptop.tap("Danh sách đảng viên")
    laptop.tap("Thêm một đồng chí")
    laptop.enter("Họ và tên", TYPED)
    expect(page.locator("[data-save]")).to_have_text("Đã lưu trên máy này, chưa gửi", timeout=8000)
    laptop.tap("Trang đầu")
    page.locator("a.where").click()
    laptop.tap("Đăng xuất khỏi máy này")
    expect(page).to_have_url(re.compile(r"/dang-nhap/"))
    for _ in range(4):  # the way back through all that was open
        page.go_back()
        expect(page).to_have_url(re.compile(r"/dang-nhap/"))
        assert OLD_TASK not in page.content() and TYPED not in page.content()
    stores = page.evaluate(
        """async () => JSON.stringify([
          {...localStorage}, {...sessionStorage}, await caches.keys(), await indexedDB.databases()
        ])"""
    )
    assert TYPED not in stores and OLD_TASK not in stores
    page.context.close()
    assert on_disk(laptop.disk, "dang-nhap"), "the browser writes where we look"
    for text in (TYPED, OLD_TASK):
        assert on_disk(laptop.disk, text) == []
    laptop.start()
    laptop.sign_in("hung")
    assert TYPED not in laptop.page.content()
    laptop.page.context.clear_cookies()
    laptop.sign_in("lan")  # who typed it gets it back
    laptop.tap("Sổ chi bộ")
    laptop.tap("Danh sách đảng viên")
    laptop.tap("Thêm một đồng chí")
    laptop.tap("Khôi phục nội dung đang gõ")
    expect(laptop.page.get_by_label("Họ và tên")).to_have_value(TYPED)
