"""Devices: each session has a name that its owner knows again, and is cut off at once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.accounts.device import name_of
from chibo.accounts.models import Device
from chibo.accounts.sessions import digest_of
from chibo.audit.models import Event
from chibo.lib import dates
from tests.accounts.app_of_codes import PASSWORD, enter, with_password
from tests.people import People, sign_in

PAGE = "/tai-khoan/thiet-bi/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0"


@pytest.fixture
def lan(people: People) -> People:
    with_password(people.lan.user)
    return people


@pytest.fixture
def phone(lan: People) -> Client:
    client = Client(headers={"User-Agent": PHONE})
    enter(client, "lan", keep="on")
    return client


@pytest.fixture
def laptop(lan: People) -> Client:
    client = Client(headers={"User-Agent": LAPTOP})
    enter(client, "lan")
    return client


def stolen(client: Client) -> Client:
    """Another machine with a copy of the cookie."""
    copy = Client()
    copy.cookies.load(client.cookies.output(header="", sep=";"))
    assert copy.get("/so-chi-bo/").status_code == 200
    return copy


def test_it_works(phone: Client, laptop: Client) -> None:
    page = phone.get(PAGE).content.decode()
    assert "trên 2 thiết bị" in page
    assert "Chrome trên điện thoại Android" in page
    assert "Firefox trên máy tính Windows" in page
    assert page.count("Máy này") == 1
    assert page.index("Chrome trên") < page.index("Máy này") < page.index("Firefox trên")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("", "Trình duyệt trên máy không rõ loại"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) Version/17.2 Mobile Safari/604.1",
            "Safari trên iPhone",
        ),
        (LAPTOP.replace("Firefox/121.0", "Chrome/120 Safari/537 Edg/120"), "Edge trên máy tính Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120 Chrome/114 Safari/537", "Cốc Cốc trên máy tính Windows"),
        ("x" * 100_000, "Trình duyệt trên máy không rõ loại"),
        ("<script>alert(1)</script>", "Trình duyệt trên máy không rõ loại"),
    ],
)
def test_a_device_is_named_in_vietnamese(rf, said: str, name: str) -> None:
    assert name_of(rf.get("/", headers={"User-Agent": said})) == name


def test_one_is_cut_off_and_a_copied_cookie_is_dead_at_once(phone: Client, laptop: Client, lan: People) -> None:
    copy = stolen(laptop)
    device = Device.objects.get(name__startswith="Firefox")
    assert phone.post(f"{PAGE}{device.pk}/").headers["Location"] == PAGE
    for dead in (laptop, copy):
        assert dead.get("/so-chi-bo/").headers["Location"].startswith("/dang-nhap/")
        assert dead.post("/so-chi-bo/dang-vien/", {"note": "x"}).status_code == 401
    assert phone.get("/so-chi-bo/").status_code == 200
    assert Event.objects.filter(kind="account.devices_cut_off", chain=lan.lan.pk, actor_id=lan.lan.pk).count() == 1


def test_all_others_are_cut_off_and_this_one_stays(phone: Client, laptop: Client, lan: People) -> None:
    third = Client()
    enter(third, "lan")
    assert "Đã đăng xuất 2 thiết bị" in phone.post(f"{PAGE}khac/", follow=True).content.decode()
    assert phone.get("/so-chi-bo/").status_code == 200
    assert {laptop.get("/so-chi-bo/").status_code, third.get("/so-chi-bo/").status_code} == {302}
    assert "chỉ đăng nhập trên thiết bị này" in phone.get(PAGE).content.decode()


def test_anothers_device_is_out_of_reach(phone: Client, people: People) -> None:
    device = Device.objects.get()
    hung = sign_in(Client(), people.hung)
    hung.post(f"{PAGE}{device.pk}/")
    assert phone.get("/so-chi-bo/").status_code == 200
    assert "Chrome" not in hung.get(PAGE).content.decode()


def test_the_device_in_use_is_left_by_signing_out_only(phone: Client) -> None:
    phone.post(f"{PAGE}{Device.objects.get().pk}/")
    assert phone.get("/so-chi-bo/").status_code == 200
    phone.post("/dang-xuat/")
    assert not Device.objects.signed_in().exists()


def test_a_changed_password_cuts_the_others_off(phone: Client, laptop: Client) -> None:
    new = "bốn từ dễ nhớ thôi"
    form = {"present": PASSWORD, "password": new, "again": new}
    assert phone.post("/tai-khoan/mat-khau/", form).headers["Location"] == "/tai-khoan/bao-mat/"
    assert phone.get("/so-chi-bo/").status_code == 200
    assert laptop.get("/so-chi-bo/").status_code == 302
    assert Device.objects.get().session_key == digest_of(phone.session.session_key or "")


def test_it_validates_the_present_password_and_keeps_the_old_one(phone: Client, lan: People) -> None:
    form = {"present": "sai", "password": "bốn từ dễ nhớ thôi", "again": "bốn từ dễ nhớ thôi"}
    answer = phone.post("/tai-khoan/mat-khau/", form)
    assert answer.status_code == 422
    assert "Mật khẩu chưa đúng" in answer.content.decode()
    assert enter(Client(), "lan").status_code == 302


def test_guessing_the_present_password_waits(phone: Client) -> None:
    form = {"present": "sai", "password": "bốn từ dễ nhớ thôi", "again": "bốn từ dễ nhớ thôi"}
    for _ in range(5):
        phone.post("/tai-khoan/mat-khau/", form)
    assert "Đợi" in phone.post("/tai-khoan/mat-khau/", form | {"present": PASSWORD}).content.decode()


def test_last_used_is_written_once_an_hour_and_no_more(phone: Client) -> None:
    first = Device.objects.get().last_used_at
    with dates.at(dates.now() + timedelta(minutes=59)):
        phone.get("/so-chi-bo/")
        assert Device.objects.get().last_used_at == first
    with dates.at(dates.now() + timedelta(minutes=61)):
        phone.get("/so-chi-bo/")
        assert Device.objects.get().last_used_at - first > timedelta(hours=1)


def test_a_request_costs_no_query_for_devices_or_the_second_factor(phone: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        phone.get("/so-chi-bo/")
    tables = " ".join(one["sql"] for one in queries.captured_queries)
    assert "django_session" in tables
    assert "accounts_device" not in tables
    assert "mfa_authenticator" not in tables
    assert "UPDATE" not in tables


def test_a_session_from_before_devices_were_kept_gets_its_row(people: People) -> None:
    old = Client()
    old.force_login(people.lan.user)
    old.get("/so-chi-bo/")
    assert Device.objects.get(user=people.lan.user).session_key == digest_of(old.session.session_key or "")


def test_a_kept_device_lasts_half_a_year_from_its_last_use(phone: Client) -> None:
    assert timedelta(days=179) < Session.objects.get().expire_date - dates.now() <= timedelta(days=180)


def test_devices_whose_session_is_over_are_forgotten(phone: Client, lan: People) -> None:
    Session.objects.all().delete()
    enter(Client(), "lan")
    assert Device.objects.count() == 1


def test_no_address_is_kept(people: People) -> None:
    names = {field.name for field in Device._meta.get_fields()}
    assert names == {"id", "user", "session_key", "name", "first_used_at", "last_used_at"}
