"""Signing in with a second factor, through the screens: an app of codes, a passkey of Chromium's own authenticator."""

import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import override_settings
from playwright.sync_api import expect
from pypdf import PdfReader

from chibo.access.scope import system_scope
from chibo.accounts.models import Device as Kept
from chibo.lib.dates import now
from tests.accounts.app_of_codes import code
from tests.browser.device import LAPTOP, PHONE, Device
from tests.browser.village import PASSWORD, Village

pytestmark = pytest.mark.browser

Devices = Callable[..., Device]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def required(village: Village) -> Iterator[None]:
    """As on a real site."""
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        yield


def seen(device: Device, name: str) -> None:
    """A picture to be looked at, where CHIBO_PICTURES names a folder."""
    if folder := os.environ.get("CHIBO_PICTURES"):
        device.page.screenshot(path=Path(folder) / f"{name}-{device.width}.png", full_page=True)


def give_password(device: Device, login: str, address: str = "/dang-nhap/") -> None:
    device.open(address)
    device.enter("Tên đăng nhập", login)
    device.enter("Mật khẩu", PASSWORD)
    device.tick("Máy của tôi, lần sau không hỏi lại")
    device.tap("Đăng nhập")


def ask_passkey(device: Device, name: str) -> None:
    """Press what asks the authenticator: the form is sent when that has answered, not with the press."""
    with device.page.expect_navigation(wait_until="load"):
        device.page.get_by_role("button", name=name).click()
    device.look()


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_an_officer_sets_up_an_app_in_three_steps_and_signs_in_with_it(
    devices: Devices, clock: Any, shape: dict[str, object]
) -> None:
    dung = devices(shape=shape)
    give_password(dung, "dung")
    expect(dung.page).to_have_url(re.compile(r"/tai-khoan/bao-mat/bat/$"))
    dung.look()
    dung.page.get_by_text("Không quét được").click()
    seen(dung, "bat")
    secret = dung.page.locator(".key-text").inner_text().replace(" ", "")
    dung.enter("Sáu số đang hiện trong ứng dụng", "000000" if code(secret) != "000000" else "111111")
    dung.tap("Tiếp tục, sang bước 3")
    dung.look()
    seen(dung, "bat-sai")
    dung.enter("Sáu số đang hiện trong ứng dụng", code(secret))
    dung.tap("Tiếp tục, sang bước 3")
    expect(dung.page.get_by_role("heading", level=1)).to_have_text("Bước 3. In mười mã dự phòng")
    dung.look()
    seen(dung, "ma-du-phong")
    paper = PdfReader(io.BytesIO(dung.page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    dung.tap("Đã cất mã, vào Chibo")
    expect(dung.page).to_have_url(re.compile(r":\d+/$"))
    for name, path in {"bao-mat": "bao-mat/", "thiet-bi": "thiet-bi/", "can-bo": "", "mat-khau": "mat-khau/"}.items():
        dung.open(f"/tai-khoan/{path}")
        seen(dung, name)
    dung.open("/tai-khoan/")
    dung.tap("Mở tài khoản của Nguyễn Thị Lan")
    seen(dung, "tai-khoan-cua-lan")
    dung.open("/vai/")
    dung.tap("Đăng xuất khỏi máy này")
    clock.shift(60)
    give_password(dung, "dung")
    dung.look()
    seen(dung, "buoc-hai")
    dung.enter("Mã sáu số trong ứng dụng", code(secret))
    dung.tap("Vào Chibo")
    expect(dung.page).to_have_url(re.compile(r":\d+/$"))


def test_a_passkey_takes_the_place_of_the_app(devices: Devices, server: str) -> None:
    lan = devices()
    here = server.replace("127.0.0.1", "localhost")  # an address in numbers has no passkeys
    session = lan.page.context.new_cdp_session(lan.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    give_password(lan, "lan", f"{here}/dang-nhap/")
    lan.open(f"{here}/tai-khoan/bao-mat/bat/")
    seen(lan, "khoa")
    ask_passkey(lan, "Tạo khóa trên máy này")
    expect(lan.page.get_by_role("heading", level=1)).to_have_text("Bước 3. In mười mã dự phòng")
    lan.tap("Đã cất mã, vào Chibo")
    lan.open(f"{here}/tai-khoan/bao-mat/")
    seen(lan, "bao-mat-khoa")
    lan.open(f"{here}/vai/")
    lan.tap("Đăng xuất khỏi máy này")
    give_password(lan, "lan", f"{here}/dang-nhap/")
    lan.look()
    seen(lan, "buoc-hai-khoa")
    ask_passkey(lan, "Dùng khóa của máy này")
    expect(lan.page).to_have_url(f"{here}/")


def test_a_passkey_of_another_person_does_not_open(devices: Devices, server: str) -> None:
    """The authenticator holds Lan's; Hùng's account has one that was made on a machine that is gone."""
    here = server.replace("127.0.0.1", "localhost")
    hung, lan = devices(), devices()
    for device, login in ((hung, "hung"), (lan, "lan")):
        session = device.page.context.new_cdp_session(device.page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        give_password(device, login, f"{here}/dang-nhap/")
        device.open(f"{here}/tai-khoan/bao-mat/bat/")
        ask_passkey(device, "Tạo khóa trên máy này")
        device.tap("Đã cất mã, vào Chibo")
    lan.open(f"{here}/vai/")
    lan.tap("Đăng xuất khỏi máy này")
    give_password(lan, "hung", f"{here}/dang-nhap/")
    lan.page.get_by_role("button", name="Dùng khóa của máy này").click()
    expect(lan.page.get_by_text("Máy chưa chứng nhận được. Bấm lại, hoặc dùng mã trong ứng dụng.")).to_be_visible()


def test_a_device_is_signed_out_from_another(devices: Devices) -> None:
    laptop, phone = devices("lan"), devices("lan", PHONE)
    phone.open("/tai-khoan/thiet-bi/")
    seen(phone, "thiet-bi-hai")
    phone.tap("Đăng xuất mọi thiết bị khác")
    expect(phone.page.get_by_text("Đã đăng xuất thiết bị đó.")).to_be_visible()
    laptop.page.goto("/so-chi-bo/")
    expect(laptop.page).to_have_url(re.compile(r"/dang-nhap/\?next="))
    with system_scope():
        assert Kept.objects.count() == 1
        assert Kept.objects.get().last_used_at <= now()


def test_invitations_of_a_cell_print_three_a_sheet_and_none_is_cut(devices: Devices) -> None:
    lan = devices("lan")
    lan.open("/so-chi-bo/loi-moi/")
    seen(lan, "to-moi")
    lan.page.get_by_role("button", name="In tờ mời cho cả").click()
    expect(lan.page.get_by_role("heading", level=1)).to_contain_text("sẵn sàng in")
    lan.look()
    cards = lan.page.locator(".card").count()
    pdf = lan.page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("CHIBO_PICTURES"):
        (Path(folder) / "to-moi.pdf").write_bytes(pdf)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert [text.count("Mời đồng chí") for text in pages] == [3] * (cards // 3) + ([cards % 3] if cards % 3 else [])
    assert all(text.count("Mã mời") == text.count("Không đưa tờ này") for text in pages)


@pytest.mark.parametrize("shape", [PHONE, LAPTOP], ids=["360", "1280"])
def test_the_provinces_sign_in_stands_below_the_password(devices: Devices, shape: dict[str, object]) -> None:
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [{"provider_id": "tinh"}]}}):
        stranger = devices(shape=shape)
        stranger.open("/dang-nhap/?next=/so-chi-bo/")
        seen(stranger, "dang-nhap-tinh")
        link = stranger.page.get_by_role("link", name="Đăng nhập bằng tài khoản của tỉnh")
        assert link.get_attribute("href") == "/dang-nhap/tinh/?next=/so-chi-bo/"
