"""Every screen at 360 and 1280 pixels, for each person of the demo: `bin/screenshots DIR`.

A demo of its own is made in a temporary folder, and a month is walked through it: the notice is sent, the room is
opened, the minutes are signed. `--guide` takes the pictures of the guide too, into docs/users/images.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from chibo.ops.connection import PROJECT
from chibo.ops.terminal import complain, say

PASSWORD = "xem-thu-chibo"  # the demo's, public by design
WIDTHS = {360: 740, 1280: 800}
TO_CANCEL = 61
IMAGES = PROJECT / "docs" / "users" / "images"

BOOK = {
    "so": "/so-chi-bo/",
    "dang-vien": "/so-chi-bo/dang-vien/",
    "dan": "/so-chi-bo/dang-vien/dan/",
    "them-mot": "/so-chi-bo/dang-vien/moi/",
    "chuc-vu": "/so-chi-bo/chuc-vu/",
    "chuyen-sinh-hoat": "/so-chi-bo/chuyen-sinh-hoat/",
    "so-lieu": "/so-chi-bo/so-lieu/",
    "to-dang": "/so-chi-bo/to-dang/",
    "to-moi": "/so-chi-bo/loi-moi/",
    "thong-tin": "/so-chi-bo/thong-tin/",
    "so-van-ban": "/so-chi-bo/so-van-ban/",
    "ai-xem-duoc-gi": "/so-chi-bo/ai-xem-duoc-gi/",
}
CELL = {"trang-dau": "/", "cuoc-hop": "/cuoc-hop/", "cong-viec": "/cong-viec/", "so-chi-bo": "/so-chi-bo/"}
ABOVE = {"trang-dau": "/", "lich-hop": "/lich-hop/", "chi-bo": "/chi-bo/", "vai": "/vai/", "can-bo": "/tai-khoan/"}
ACCOUNT = {one: f"/tai-khoan/{one}/" for one in ("bao-mat", "bao-mat/bat", "thiet-bi", "mat-khau", "ma-truy-cap")}
# What each person of the demo has beside what the month below passes.
ROUNDS = {
    "binh": {**CELL, "thong-tin-cua-toi": "/so-chi-bo/dang-vien/", "du-lieu-cua-toi": "/du-lieu-cua-toi/"},
    "mai": CELL,
    "bithu-thon-dan-hiep": CELL,
    "bithu-van-phong-xa": {**CELL, "cuoc-hop-moi": "/cuoc-hop/moi/", "ghi-lai": "/cuoc-hop/ghi-lai/"},
    "khanh": {"trang-dau": "/", "vai": "/vai/"},
    "dung": {**ABOVE, "chi-bo-moi": "/chi-bo/moi/"},
    "hoa": ABOVE,
    "thu": {
        "trang-dau": "/",
        "bao-ve-du-lieu": "/bao-ve-du-lieu/",
        "thoi-han-luu": "/thoi-han-luu/",
        "su-co": "/su-co-du-lieu/",
        "ngay-nghi": "/ngay-nghi/",
        "phieu-kin-tren-may": "/phieu-kin-tren-may/",
    },
    "vinh": {"trang-dau": "/"},
}


class Person:
    """Someone at a laptop and at a phone, with a photographer behind."""

    def __init__(self, browser: Browser, address: str, login: str, folder: Path, *, guide: bool) -> None:
        self.login, self.folder, self.guide = login, folder, guide
        self.pages: dict[int, Page] = {}
        for width, height in WIDTHS.items():
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
                reduced_motion="reduce",
            )
            context.set_default_timeout(15_000)
            self.pages[width] = context.new_page()
            if login:
                self._sign_in(self.pages[width])

    @property
    def laptop(self) -> Page:
        """Where this person acts."""
        return self.pages[1280]

    def _sign_in(self, page: Page) -> None:
        page.goto("/dang-nhap/")
        page.fill("input[name=name]", self.login)
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/dang-nhap/" not in url)

    def shoot(self, name: str, path: str, *, picture: str = "", at: str = "") -> None:
        """Both widths of a page, whole; `picture`: its name in the guide, seen from the element `at` on."""
        for width, page in self.pages.items():
            page.goto(path)
            page.wait_for_load_state("networkidle")
            self.keep(name, width)
        if picture and self.guide:
            self.take(picture, at=at)

    def keep(self, name: str, width: int) -> None:
        """What stands on one of the two widths, whole."""
        page = self.pages[width]
        page.screenshot(path=self.folder / f"{self.login or 'chua-dang-nhap'}-{name}-{width}.png", full_page=True)

    def take(self, picture: str, *, width: int = 1280, at: str = "") -> None:
        """A picture for the guide: what is in sight, without scrolling or from an element on."""
        page = self.pages[width]
        if at:
            page.locator(at).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 96)")
        page.screenshot(path=IMAGES / f"{picture}.png")
        reduce(IMAGES / f"{picture}.png")

    def round(self, paths: dict[str, str]) -> None:
        """A list of pages."""
        for name, path in paths.items():
            self.shoot(name, path)

    def tap(self, text: str) -> None:
        """Press the first button or link of this name on the laptop."""
        page = self.laptop
        named = re.compile(text)
        page.get_by_role("button", name=named).or_(page.get_by_role("link", name=named)).first.click()
        page.wait_for_load_state("networkidle")


def reduce(path: Path) -> None:
    """Sixty-four colours are enough for a page of text, and a third of the size."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(64).save(path, optimize=True)


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """The address of a demo of its own."""
    with tempfile.TemporaryDirectory(prefix="chibo-screens-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-m", "chibo.cli", "start", "--demo"]
        environment = {**os.environ, "CHIBO_DATA": folder, "PYTHONPATH": str(PROJECT / "src")}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            lines = (re.match(r"Sẵn sàng: (\S+)", line) for line in process.stdout)
            yield next(found[1] for found in lines if found)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def walk(browser: Browser, address: str, folder: Path, *, guide: bool) -> None:
    """The month of Phú Hòa, and everybody else's pages."""

    def person(login: str) -> Person:
        return Person(browser, address, login, folder, guide=guide)

    stranger = person("")
    stranger.round({"dang-nhap": "/dang-nhap/", "loi-moi": "/loi-moi/", "huong-dan": "/huong-dan/", "khong-co": "/x/"})
    stranger.round({"kieu-mau": "/kieu-mau/", "huong-dan-bien-ban": "/huong-dan/bien-ban/"})
    lan = person("lan")
    lan.shoot("trang-dau", "/", picture="trang-bi-thu")
    meeting = prepare(lan)
    sent = announce(lan, meeting)
    lan.round({f"so-{name}": path for name, path in BOOK.items()})
    lan.round({f"tai-khoan-{name.replace('/', '-')}": path for name, path in ACCOUNT.items()})
    lan.shoot("cong-viec", "/cong-viec/", picture="cong-viec")
    task = lan.laptop.locator("main a[href^='/cong-viec/']").first.get_attribute("href")
    lan.shoot("mot-viec", str(task))
    for login, paths in ROUNDS.items():
        who = person(login)
        who.round(paths)
        if login == "dung" and guide:
            who.laptop.goto("/")
            who.take("dang-uy")
    time.sleep(max(0, TO_CANCEL - (time.monotonic() - sent)))
    binh = person("binh")
    binh.shoot("cuoc-hop-toi", meeting)
    if guide:
        binh.take("dang-vien", width=360, at="main section:nth-of-type(2), main .section")
    lan.shoot("da-thong-bao", f"{meeting}thong-bao/")
    lan.shoot("cuoc-hop", meeting)
    hold(lan, meeting)
    sign(lan, person("tam"), meeting)


def prepare(lan: Person) -> str:
    """The programme of the coming meeting; gives its address."""
    lan.shoot("cuoc-hop-moi", "/cuoc-hop/moi/")
    lan.shoot("ghi-lai", "/cuoc-hop/ghi-lai/")
    lan.shoot("danh-sach-cuoc-hop", "/cuoc-hop/")
    link = lan.laptop.get_by_role("link", name=re.compile("Soạn tiếp")).first.get_attribute("href")
    meeting = str(link).removesuffix("chuan-bi/")
    lan.shoot("soan", f"{meeting}chuan-bi/", picture="soan-chuong-trinh")
    edit = lan.laptop.locator("a[href*='/noi-dung/']").nth(2).get_attribute("href")
    lan.shoot("sua-muc", str(edit).partition("#")[0])
    for name in ("doi-lich", "hoi-y", "so-tay"):
        lan.shoot(name, f"{meeting}{name}/")
    return meeting


def announce(lan: Person, meeting: str) -> float:
    """Send; gives the moment."""
    lan.shoot("thong-bao", f"{meeting}thong-bao/", picture="thong-bao")
    lan.tap("^Gửi thông báo")
    lan.shoot("vua-gui", f"{meeting}thong-bao/")
    return time.monotonic()


def ready(lan: Person, meeting: str) -> None:
    """The machine made ready beforehand, on both widths; the room on it, without a network."""
    address = f"/phong-hop/#{meeting.strip('/').split('/')[-1]}/giu"
    for width, page in lan.pages.items():
        page.goto(f"{address}/giu")
        page.get_by_label("PIN sáu số").fill("280519")
        page.get_by_label("Gõ lại PIN").fill("280519")
        lan.keep("dat-pin", width)
        page.get_by_role("button", name="Đặt PIN cho máy này").click()
        page.get_by_role("heading", name="Máy này sẵn sàng").wait_for()
        lan.keep("may-san-sang", width)
    if lan.guide:
        lan.take("may-san-sang")


def out_of_reach(lan: Person, meeting: str) -> None:
    """The room on the machine: the step at hand, and the network goes."""
    for width, page in lan.pages.items():
        page.goto(f"/phong-hop/#{meeting.strip('/').split('/')[-1]}")
        page.get_by_role("heading", name=re.compile("^Có mặt")).wait_for()
        page.context.set_offline(True)
        lan.keep("phong-tren-may", width)
    if lan.guide:
        lan.take("phong-tren-may")
    for page in lan.pages.values():
        page.context.set_offline(False)


def hold(lan: Person, meeting: str) -> None:
    """The evening in the room."""
    room = f"{meeting}phong/"
    ready(lan, meeting)
    lan.shoot("mo-phong", room)
    if lan.laptop.get_by_label(re.compile("họp hôm nay")).count():
        lan.laptop.get_by_label(re.compile("họp hôm nay")).check()
    lan.tap("^Mở phòng họp")
    lan.shoot("cu-thu-ky", f"{room}thu-ky/")
    lan.laptop.get_by_role("button", name=re.compile("Cử.*Võ Minh Tâm")).first.click()
    lan.shoot("diem-danh", f"{room}diem-danh/")
    lan.laptop.locator(".roll summary", has_text="Vắng").nth(3).click()
    lan.laptop.locator(".roll details[open] button", has_text="Sức khỏe").first.click()
    lan.laptop.wait_for_load_state("networkidle")
    if lan.guide:
        lan.take("diem-danh")
    lan.tap("^Cả .* còn lại có mặt")
    lan.shoot("du-diem-danh", f"{room}diem-danh/")
    items = [str(one.get_attribute("href")) for one in lan.laptop.locator("a[href*='/phong/muc/']").all()]
    lan.shoot("lan-mo", f"{room}lan-mo/")
    out_of_reach(lan, meeting)
    remarks(lan, items)
    review(lan, room)
    give(lan, room)
    decide(lan, room, meeting)


def remarks(lan: Person, items: list[str]) -> None:
    """Two people speak to the item with questions."""
    page = lan.laptop
    for path in items:
        page.goto(path)
        if page.locator(".say-list").count():
            break
    for number, text in enumerate(
        (
            "Ngã ba Bàu Sen tối không có đèn, xe tải cua lấn đường. Đề nghị lắp gương trước Tết.",
            "Tổ tự quản xóm 2 nhận phát quang hai bên đường, làm sáng Chủ nhật.",
        )
    ):
        page.locator("select[name=speaker]").select_option(index=3 + number)
        page.locator("#ghi textarea[name=text]").fill(text)
        page.get_by_role("button", name="Ghi vào biên bản").first.click()
        page.wait_for_load_state("networkidle")
    lan.shoot("ghi-y-kien", page.url.partition("#")[0], picture="ghi-y-kien")


def review(lan: Person, room: str) -> None:
    """Every old task gets its answer."""
    page = lan.laptop
    page.goto(f"{room}viec-cu/")
    rows = page.locator("li.task")
    for number in range(rows.count()):
        if number == 1 and lan.guide:
            lan.take("viec-cu")
        rows.nth(number).get_by_role("button", name=re.compile("^Xong")).first.click()
        page.wait_for_load_state("networkidle")
    lan.shoot("viec-cu", f"{room}viec-cu/")


def give(lan: Person, room: str) -> None:
    """A vague task is objected to, a specific one is given."""
    page = lan.laptop
    page.goto(f"{room}viec-moi/")
    fields = ("Tăng cường tuyên truyền an toàn giao thông", "2026-12-28", "Báo cáo ở kỳ họp sau")
    due = time.strftime("%Y-%m-%d", time.localtime(time.time() + 20 * 86400))
    page.fill("[name=what]", fields[0])
    page.locator("select[name=lead]").select_option(index=2)
    page.fill("[name=due]", due)
    page.fill("[name=how_checked]", fields[2])
    page.get_by_role("button", name="Thêm việc này").click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=lan.folder / "lan-viec-chung-chung-1280.png", full_page=True)
    if lan.guide:
        lan.take("viec-moi", at="h1")
    page.fill("[name=what]", "Lắp hai gương cầu lồi ở ngã ba Bàu Sen")
    page.get_by_role("button", name="Thêm việc này").click()
    page.wait_for_load_state("networkidle")
    lan.shoot("viec-moi", f"{room}viec-moi/")


def decide(lan: Person, room: str, meeting: str) -> None:
    """Resolution, vote, reading, end."""
    page = lan.laptop
    page.goto(f"{room}ket-luan/")
    page.locator("input[name=kind][value=resolution]").check(force=True)
    page.fill("[name=conclusion]", "Chi bộ tập trung xóa điểm đen ở ngã ba Bàu Sen trước Tết.")
    page.get_by_role("button", name="Ghi dự thảo").click()
    page.wait_for_load_state("networkidle")
    lan.shoot("ket-luan", f"{room}ket-luan/")
    lan.shoot("chon-bieu-quyet", f"{room}bieu-quyet/")
    lan.shoot("bieu-quyet", f"{room}bieu-quyet/?noi-dung=resolution", picture="bieu-quyet")
    lan.tap("^Cả .* tán thành")
    lan.shoot("con-thieu", f"{room}ket-thuc/")
    lan.shoot("doc-lai", f"{meeting}bien-ban/")
    lan.tap("^Đã đọc lại")
    lan.shoot("ket-thuc", f"{room}ket-thuc/")
    lan.tap("^Kết thúc buổi họp")


def sign(lan: Person, tam: Person, meeting: str) -> None:
    """The clerk, then the chair."""
    path = f"{meeting}bien-ban/"
    tam.shoot("bien-ban", path, picture="bien-ban")
    tam.laptop.fill("input[name=password]", PASSWORD)
    tam.tap("^Ký biên bản")
    lan.shoot("bien-ban-cho-ky", path)
    lan.laptop.fill("input[name=password]", PASSWORD)
    lan.tap("^Ký biên bản")
    lan.shoot("bien-ban-da-ky", path)
    lan.shoot("dinh-chinh", f"{path}dinh-chinh/")
    lan.shoot("trang-dau-sau-hop", "/")


def main() -> int:
    """Take them all; say how many."""
    parser = argparse.ArgumentParser(prog="bin/screenshots", description="Mọi màn hình, ở 360 và 1280 điểm ảnh.")
    parser.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    parser.add_argument("--guide", action="store_true", help="thêm các hình của hướng dẫn vào docs/users/images")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        complain("Máy thiếu chromium: apt install chromium")
        return 1
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        walk(browser, address, options.folder, guide=options.guide)
        browser.close()
    names = sorted(one.name for one in options.folder.glob("*.png"))
    (options.folder / "screens.json").write_text(json.dumps(names, indent=1), encoding="utf-8")
    say(f"{len(names)} ảnh trong {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
