"""Screens are reached: on a narrow phone, at twice the size, by the keyboard alone, and on paper."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from chibo.access.scope import system_scope
from chibo.meetings.models import Meeting
from tests import make
from tests.browser import holding
from tests.browser.conftest import evening
from tests.browser.device import LAPTOP, PHONE, ZOOMED, Device
from tests.browser.village import PASSWORD, Village, begun, planned

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
DATA = ("/du-lieu-cua-toi/", "/du-lieu-cua-toi/yeu-cau/", "/yeu-cau-du-lieu/")
BEFORE = ("", "ai-xem/", "chuan-bi/", "thong-bao/", "hoi-y/", "doi-lich/", "so-tay/", "phong/")
ROOM = ("diem-danh/", "thu-ky/", "viec-cu/", "viec-moi/", "ket-luan/", "bieu-quyet/", "ket-thuc/")
CELL = ("/", "/cuoc-hop/", "/cuoc-hop/moi/", "/cuoc-hop/ghi-lai/", "/cong-viec/", "/so-chi-bo/", "/vai/")
ACCOUNT = (
    "bao-mat/",
    "bao-mat/bat/",
    "thiet-bi/",
    "mat-khau/",
    "bao-mat/xac-nhan/",
    "ma-truy-cap/",
    "ma-truy-cap/moi/",
)
PEOPLE = ("chuyen-sinh-hoat/", "chuyen-sinh-hoat/den/", "chuyen-sinh-hoat/goi/", "so-lieu/", "to-dang/")
BOOK = (
    *PEOPLE,
    "dang-vien/",
    "dang-vien/dan/",
    "dang-vien/nhap/",
    "ho-so/",
    "chuc-vu/",
    "loi-moi/",
    "thong-tin/",
    "ai-xem-duoc-gi/",
)
LOG = ("/so-chi-bo/nhat-ky/?group=cuoc-hop", "/so-chi-bo/nhat-ky/ben-ngoai/", "/nhat-ky/cua-toi/")
RIGHTS = ("/quyen-cua-toi/", "/cua-kiem-tra/")
UPWARD = (
    "/",
    "/lich-hop/",
    "/chi-bo/",
    "/chi-bo/moi/",
    "/chi-bo/nhap/",
    "/chi-bo/ho-so/",
    "/yeu-cau-du-lieu/",
    "/bao-ve-du-lieu/",
    "/ngay-nghi/",
    "/phieu-kin-tren-may/",
)


@pytest.fixture
def meeting(village: Village) -> Meeting:
    """December, announced."""
    with system_scope():
        return planned(village)


@pytest.fixture
def room(village: Village, meeting: Meeting, clock: Any) -> str:
    """The room of December, the roll called."""
    clock.move_to(evening(3, clock="19:28"))
    with system_scope():
        begun(village, meeting)
        return holding.room(meeting)


def pages(meeting: Meeting) -> list[str]:
    """Every screen of a cell before its meeting."""
    own = [*(f"/tai-khoan/{one}" for one in ACCOUNT), *(f"/so-chi-bo/{one}" for one in BOOK)]
    of_meeting = [f"/nhat-ky/cuoc-hop/{meeting.pk}/", *(f"/cuoc-hop/{meeting.pk}/{one}" for one in BEFORE)]
    return [*CELL, *DATA, *LOG, *RIGHTS, *own, *of_meeting]


@pytest.mark.parametrize("shape", [PHONE, ZOOMED], ids=["360", "200 %"])
def test_no_screen_of_a_cell_scrolls_sideways(meeting: Meeting, devices: Devices, shape: dict[str, object]) -> None:
    lan = devices("lan", shape)
    for path in pages(meeting):
        lan.open(path)
    binh = devices("binh", shape)
    for path in ("/", "/cuoc-hop/", f"/cuoc-hop/{meeting.pk}/", "/cong-viec/"):
        binh.open(path)


@pytest.mark.parametrize("shape", [PHONE, ZOOMED], ids=["360", "200 %"])
def test_no_screen_of_the_room_scrolls_sideways(
    village: Village, meeting: Meeting, room: str, devices: Devices, shape: dict[str, object]
) -> None:
    lan = devices("lan", shape)
    with system_scope():
        discussion = holding.item(meeting, "discussion")
        make.item(meeting, "Tự phê bình và phê bình", kind="self_criticism", position=90)
        criticism = holding.item(meeting, "self_criticism")
    for path in (discussion, criticism, *(f"{room}{one}" for one in ROOM)):
        lan.open(path)
    lan.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")


@pytest.mark.parametrize("shape", [PHONE, ZOOMED], ids=["360", "200 %"])
def test_no_screen_of_the_commune_scrolls_sideways(
    village: Village, meeting: Meeting, devices: Devices, shape: dict[str, object]
) -> None:
    dung = devices("dung", shape)
    doors = ("/cua-kiem-tra/?tim=phu", f"/cua-kiem-tra/chi-bo/{village.cell.pk}/", "/phien-quan-tri/")
    for path in (*UPWARD, *doors, "/chi-bo/so-lieu/", "/khoa-don-vi/", f"/chi-bo/{village.cell.pk}/"):
        dung.open(path)
    body = f"/to-chuc/{village.cell.pk}/"
    acts = (f"{body}ghi/{one}/" for one in ("doi-ten", "sap-nhap", "chia-tach", "giai-the"))
    for path in ("/to-chuc/", "/to-chuc/?tim=phu", "/chi-bo/phu-trach/", body, f"{body}nhiem-ky/", *acts):
        dung.open(path)


@pytest.mark.parametrize("shape", [PHONE, ZOOMED], ids=["360", "200 %"])
def test_no_screen_of_the_machine_scrolls_sideways(
    village: Village, devices: Devices, shape: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIBO_BACKUPS", str(tmp_path))
    with system_scope():
        operator = make.account(None, "quantri", PASSWORD, is_operator=True)
        make.failed_job("ops.backup")
    officer = devices("quantri", shape)
    for path in ("", "tai-khoan/", f"tai-khoan/{operator.pk}/", "viec-nen/", "sao-luu/"):
        officer.open(f"/may-chu/{path}")


def test_the_keyboard_reaches_the_main_button_of_every_screen(
    village: Village, meeting: Meeting, devices: Devices, clock: Any
) -> None:
    lan = devices("lan", LAPTOP)
    reached = [path for path in pages(meeting) if reaches_main_button(lan, path)]
    clock.move_to(evening(3, clock="19:28"))
    with system_scope():
        room = holding.room(begun(village, meeting))
        paths = [holding.item(meeting, "discussion"), *(f"{room}{one}" for one in ROOM)]
    reached += [path for path in paths if reaches_main_button(lan, path)]
    assert len(reached) >= 15, reached


def reaches_main_button(device: Device, path: str) -> bool:
    """Whether the page has a main button; where it has, the Tab key must come to it and show that it is there."""
    device.page.goto(path)
    if device.page.locator(".button-main").filter(visible=True).count() == 0:
        return False
    for _ in range(80):
        device.page.keyboard.press("Tab")
        width = device.page.evaluate(
            """() => {
              const one = document.activeElement;
              return one.matches(".button-main") ? parseFloat(getComputedStyle(one).outlineWidth) : -1;
            }"""
        )
        if width >= 0:
            assert width >= 2, f"{path}: the focus does not show"
            return True
    raise AssertionError(f"{path}: the keyboard does not reach the main button")


def test_minutes_print_as_paper(meeting: Meeting, room: str, devices: Devices) -> None:
    lan = devices("lan")
    with system_scope():
        discussion = holding.item(meeting, "discussion")
    lan.open(discussion)
    holding.say(lan, "Đặng Văn Bình", holding.REMARK)
    lan.open(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    lan.page.emulate_media(media="print")
    assert lan.page.locator("nav, .button, .tool, .notice").filter(visible=True).count() == 0
    paper = PdfReader(io.BytesIO(lan.page.pdf(prefer_css_page_size=True)))
    width, height = (round(float(side) / 72 * 25.4) for side in paper.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
    words = " ".join(" ".join(page.extract_text().split()) for page in paper.pages)
    for one in ("ĐẢNG CỘNG SẢN VIỆT NAM", "BIÊN BẢN", holding.REMARK, "Phạm Minh Tâm"):
        assert one.casefold() in words.replace("\u00a0", " ").casefold(), words
    assert "Ký biên bản" not in words
