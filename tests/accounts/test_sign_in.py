"""Signing in: by login, member code or phone; slowed down after wrong attempts; never losing where one was going."""

from datetime import timedelta

import pytest
from django.test import Client

from chibo.accounts.models import FailedSignIn
from chibo.accounts.sign_in import account_named
from chibo.lib import dates
from chibo.members.models import Person
from tests import make
from tests.people import People, sign_in

PASSWORD = "bàu sen ngã ba gương"
WRONG = "Tên hoặc mật khẩu chưa đúng"


@pytest.fixture
def lan(people: People) -> People:
    """Lan has a password."""
    people.lan.user.set_password(PASSWORD)
    people.lan.user.save()
    return people


def post(client: Client, name: str, password: str = PASSWORD, **fields: str):
    return client.post("/dang-nhap/", {"name": name, "password": password, **fields})


def test_it_works(client: Client, lan: People) -> None:
    assert "Đăng nhập" in client.get("/dang-nhap/").content.decode()
    answer = post(client, " LAN ")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(lan.lan.user.pk)
    assert len(client.session["device"]) == 36


def test_a_member_code_signs_in_as_well(client: Client, lan: People) -> None:
    assert post(client, "45.001201").status_code == 302


def test_a_phone_signs_in_however_it_is_spaced(client: Client, lan: People) -> None:
    make.contact(lan.lan, "0912345678")
    assert post(client, "+84 912 345 678").status_code == 302


def test_with_a_phone_that_two_share_the_member_code_is_asked_for(client: Client, lan: People) -> None:
    make.contact(lan.lan, "0912345678")
    make.contact(lan.hung, "0912345678")
    make.contact(lan.binh, "0987654321")
    answer = post(client, "0912 345 678")
    assert answer.status_code == 422
    assert "ghi mã đảng viên" in answer.content.decode()


def test_a_phone_is_its_own_holders_however_many_others_have_one(client: Client, lan: People) -> None:
    """Three people with phones, two of them sharing one."""
    make.contact(lan.hung, "0912345678")
    make.contact(lan.quyen, "0912345678")
    make.contact(lan.lan, "0987654321")
    assert account_named("0987 654 321") == lan.lan.user.pk
    assert account_named("0912 345 678") is account_named("0900 000 000") is account_named("ai-do") is None
    assert post(client, "0987 654 321").status_code == 302


def test_a_login_means_its_own_account_whatever_another_writes_into_a_field(client: Client, lan: People) -> None:
    """Somebody who is given "lan" as a member code does not take the sign-in of Lan away."""
    Person.objects.filter(pk=lan.hung.pk).update(code="LAN")
    assert post(client, "lan").status_code == 302


def test_ones_own_device_stays_signed_in_another_does_not(client: Client, lan: People) -> None:
    post(client, "lan")
    assert client.session.get_expiry_age() <= 12 * 3600
    client.logout()
    post(client, "lan", keep="on")
    assert client.session.get_expiry_age() > 100 * 24 * 3600


def test_it_validates_name_and_password(client: Client, lan: People) -> None:
    answer = post(client, "lan", "sai")
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()
    assert 'value="lan"' in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert WRONG in post(client, "khong-co-ai", "sai").content.decode()


def test_an_account_that_is_switched_off_does_not_open(client: Client, lan: People) -> None:
    lan.lan.user.is_active = False
    lan.lan.user.save()
    assert WRONG in post(client, "lan").content.decode()


def test_an_account_without_a_password_does_not_open(client: Client, lan: People) -> None:
    assert WRONG in post(client, "hung", "").content.decode() or "Chưa ghi" in post(client, "hung", "").content.decode()
    assert WRONG in post(client, "hung", "!").content.decode()


def test_after_five_wrong_attempts_even_the_right_password_must_wait(client: Client, lan: People) -> None:
    for _ in range(5):
        post(client, "lan", "sai")
    answer = post(client, "45.001201")
    assert answer.status_code == 422
    assert "Đợi 30 giây" in answer.content.decode()
    with dates.at(dates.now() + timedelta(seconds=31)):
        assert post(client, "lan").status_code == 302
    assert not FailedSignIn.objects.exists()


def test_the_wait_grows_and_ends(people: People) -> None:
    for _ in range(7):
        FailedSignIn.objects.note("lan", None)
    assert timedelta(seconds=110) < FailedSignIn.objects.wait("lan", None) <= timedelta(seconds=120)
    for _ in range(20):
        FailedSignIn.objects.note("lan", None)
    assert FailedSignIn.objects.wait("lan", None) <= timedelta(minutes=15)
    assert FailedSignIn.objects.wait("hung", None) == timedelta()


def test_an_address_is_slowed_down_whatever_the_names(people: People) -> None:
    for number in range(40):
        FailedSignIn.objects.note(f"ai-do-{number}", "203.0.113.9")
    assert timedelta() < FailedSignIn.objects.wait("lan", "203.0.113.9") <= timedelta(seconds=10)
    assert FailedSignIn.objects.wait("lan", "203.0.113.10") == timedelta()


def test_a_wrong_attempt_keeps_no_name(client: Client, lan: People) -> None:
    post(client, "Nguyễn Thị Lan", "sai")
    assert "lan" not in str(FailedSignIn.objects.values().get()).lower().replace("false", "")


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org/x", "javascript:alert(1)", "\\\\example.org"]
)
def test_it_never_leads_to_another_site(client: Client, lan: People, target: str) -> None:
    assert post(client, "lan", next=target).headers["Location"] == "/"


def test_it_leads_on_to_where_one_was_going(client: Client, lan: People) -> None:
    answer = client.get("/so-chi-bo/")
    assert answer.headers["Location"] == "/dang-nhap/?next=/so-chi-bo/"
    assert 'name="next" value="/so-chi-bo/"' in client.get(answer.headers["Location"]).content.decode()
    assert post(client, "lan", next="/so-chi-bo/").headers["Location"] == "/so-chi-bo/"


def test_signing_out_is_a_form_and_ends_the_session(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").headers["Location"] == "/dang-nhap/"
    assert "_auth_user_id" not in client.session
