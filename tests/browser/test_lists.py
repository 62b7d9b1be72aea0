"""Lists in Excel in a real browser: strange headings, the preview, a long list with its bar, the export of a cell."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from chibo.access.scope import system_scope
from chibo.directory.models import CellExport
from chibo.directory.spreadsheets import runs, staging
from chibo.members.models import Person
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.village import Village
from tests.directory.spreadsheets.sheets import xlsx

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
PAGE = "/so-chi-bo/dang-vien/nhap/"
HEADING = ("STT", "Thành viên", "Năm sinh", "Diện", "Số máy", "Dân tộc", "Ghi chú")
NAMES = ["Trương Văn Bảy", "Lâm Thị Yến", "Cao Văn Phú", "Hồ Văn Chín", "Lê Thị Mười", "Võ Văn Út"]
ROWS = [(1, name, 1980, "chính thức", "0912345678", "Kinh", "") for name in NAMES]
WRONG = (7, "Phan Văn Tám", "12/3/58", "chính thức", "12345", "Kinh", "")


def choose(device: Device, tmp_path: Path) -> None:
    """Choose the list and go on."""
    file = tmp_path / "dang-vien.xlsx"
    file.write_bytes(xlsx([("DANH SÁCH ĐẢNG VIÊN",), HEADING, *ROWS, WRONG]))
    device.open(PAGE)
    device.page.set_input_files("input[type=file]", str(file))
    device.page.get_by_role("button", name="Xem lại danh sách").click()
    device.page.get_by_role("heading", level=1).wait_for()


def match(device: Device) -> None:
    """Say that Thành viên is the name; the guess of the telephone stands."""
    device.page.get_by_label("Cột B: Thành viên").select_option("full_name")
    device.page.get_by_role("button", name="Xem lại danh sách").click()


def picture(device: Device, name: str) -> None:
    """For a look, where CHIBO_PICTURES names a folder."""
    if folder := os.environ.get("CHIBO_PICTURES"):
        device.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_a_list_with_strange_headings_is_matched_looked_at_and_written(
    village: Village, devices: Devices, tmp_path: Path, shape: dict[str, object]
) -> None:
    lan, size = devices("lan", shape), "phone" if shape is PHONE else "laptop"
    choose(lan, tmp_path)
    lan.look()
    picture(lan, f"columns-{size}")
    match(lan)
    lan.page.get_by_text("6 hàng nhập được, 1 hàng cần sửa").wait_for()
    lan.page.get_by_text("Xem và đổi cách ghép cột").click()
    lan.look()
    picture(lan, f"look-{size}")
    lan.page.get_by_role("button", name="Nhập 6 hàng đúng").click()
    lan.page.get_by_text("Còn 1 hàng chưa nhập được").wait_for()
    lan.look()
    picture(lan, f"done-{size}")
    lan.open(PAGE)
    picture(lan, f"choose-{size}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_long_list_is_written_piece_by_piece(
    village: Village, devices: Devices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: bool
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    monkeypatch.setattr(staging, "ROWS", 2)
    lan = devices("lan", PHONE, script=script)
    choose(lan, tmp_path)
    match(lan)
    if not script:
        lan.page.get_by_role("button", name="Xem đến đâu rồi").click()
    lan.page.get_by_role("button", name="Nhập 6 hàng đúng").click()
    if not script:
        picture(lan, "progress-phone")
        while lan.page.get_by_role("button", name="Nhập tiếp").count():
            lan.page.get_by_role("button", name="Nhập tiếp").click()
    lan.page.get_by_text("Còn 1 hàng chưa nhập được").wait_for()
    with system_scope():
        assert Person.objects.filter(full_name__in=NAMES).count() == len(NAMES)


def test_two_persons_take_the_whole_of_a_cell_out(village: Village, devices: Devices) -> None:
    lan = devices("lan", PHONE)
    lan.open("/so-chi-bo/ho-so/")
    lan.page.get_by_role("button", name="Yêu cầu xuất hồ sơ").click()
    lan.look()
    hung = devices("hung", PHONE)
    hung.open("/so-chi-bo/ho-so/")
    picture(hung, "export-answer-phone")
    hung.page.get_by_role("button", name="Đồng ý cho xuất").click()
    lan.open("/so-chi-bo/ho-so/")
    picture(lan, "export-take-phone")
    with lan.page.expect_download() as download:
        lan.page.get_by_role("link", name="Tải tệp").click()
    assert download.value.suggested_filename == "ho-so-chi-bo.zip"
    with system_scope():
        assert CellExport.objects.get().allowed
