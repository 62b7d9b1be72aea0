"""The second factor: asked of whoever reaches above a cell, set up in three steps, asked at each sign-in."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from chibo.access.second_factor import must_have
from chibo.access.standing import Standing
from chibo.audit.models import Event
from chibo.lib import dates
from tests.accounts.app_of_codes import PASSWORD, SET_UP, STEP_TWO, code, enter, set_up, with_password, wrong
from tests.people import People, sign_in

PAGE = "/tai-khoan/bao-mat/"


@pytest.fixture
def dung(people: People) -> People:
    """Dũng, an officer of the commune, has a password."""
    with_password(people.dung.user)
    return people


@pytest.fixture
def lan(people: People) -> People:
    """Lan, a secretary, has a password."""
    with_password(people.lan.user)
    return people


def test_it_works(client: Client, dung: People) -> None:
    assert enter(client, "dung").headers["Location"] == "/"
    assert client.get("/chi-bo/").headers["Location"] == SET_UP
    secret, codes = set_up(client)
    assert len(codes) == len(set(codes)) == 10
    assert client.get("/chi-bo/").status_code == 200
    other = Client()
    with dates.at(dates.now() + timedelta(minutes=1)):
        assert enter(other, "dung", next="/chi-bo/").headers["Location"] == STEP_TWO
        assert other.get("/chi-bo/").headers["Location"].startswith("/dang-nhap/?next=")
        assert "Mở ứng dụng" in other.get(STEP_TWO).content.decode()
        assert other.post(STEP_TWO, {"code": code(secret)}).headers["Location"] == "/chi-bo/"
        assert other.get("/chi-bo/").status_code == 200


def test_it_is_asked_of_offices_above_the_cells_of_followers_and_of_the_machines_keeper(people: People) -> None:
    asked = {name for name, person in people.all().items() if must_have(person.user, people.standing(name))}
    assert asked == {"khanh", "dung", "hoa", "thu"}
    assert must_have(people.operator, Standing.nobody())


@pytest.mark.parametrize("path", ["/", "/chi-bo/", "/lich-hop/", "/vai/", "/tai-khoan/", "/tai-khoan/mat-khau/", "/x/"])
def test_until_it_is_set_up_every_page_leads_there(client: Client, dung: People, path: str) -> None:
    enter(client, "dung")
    assert client.get(path).headers["Location"] == SET_UP
    assert client.post(path).headers["Location"] == SET_UP


def test_until_it_is_set_up_one_may_still_leave_and_read_the_guide(client: Client, dung: People) -> None:
    enter(client, "dung")
    assert client.get("/huong-dan/").status_code == 200
    assert client.post("/dang-xuat/").headers["Location"] == "/dang-nhap/"


def test_a_session_from_before_one_had_the_office_is_asked_too(client: Client, dung: People) -> None:
    client.force_login(dung.dung.user)
    assert client.get("/chi-bo/").headers["Location"] == SET_UP
    Authenticator.objects.create(user=dung.dung.user, type="totp", data={"secret": ""})
    assert client.get("/chi-bo/").headers["Location"] == f"{STEP_TWO}?next=%2Fchi-bo%2F"


def test_it_can_be_left_optional_for_trying_out(client: Client, dung: People, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    enter(client, "dung")
    assert client.get("/chi-bo/").status_code == 200


def test_a_member_may_switch_it_on_and_off(client: Client, lan: People) -> None:
    enter(client, "lan")
    assert "chỉ có mật khẩu" in client.get(PAGE).content.decode()
    set_up(client)
    assert "hai lớp bảo vệ" in client.get(PAGE).content.decode()
    assert enter(Client(), "lan").headers["Location"] == STEP_TWO
    client.post(f"{PAGE}bo/")
    assert not Authenticator.objects.exists()
    assert enter(Client(), "lan").headers["Location"] == "/"
    kinds = list(Event.objects.filter(chain=lan.lan.pk).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["account.second_factor_on", "account.codes_made", "account.second_factor_off"]


def test_who_must_have_it_does_not_take_the_last_one_away(client: Client, dung: People) -> None:
    enter(client, "dung")
    set_up(client)
    assert "Thêm cách khác trước" in client.post(f"{PAGE}bo/", follow=True).content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_switching_it_on_ends_sessions_that_only_knew_the_password(client: Client, lan: People) -> None:
    stolen = Client()
    enter(stolen, "lan")
    enter(client, "lan")
    set_up(client)
    assert stolen.get("/so-chi-bo/").status_code == 302
    assert client.get("/so-chi-bo/").status_code == 200


class TestCodes:
    """What is typed in the second step."""

    @pytest.fixture
    def secret(self, client: Client, dung: People) -> str:
        enter(client, "dung")
        self.recovery: list[str]
        secret, self.recovery = set_up(client)
        return secret

    def test_a_code_works_once(self, secret: str) -> None:
        with dates.at(dates.now() + timedelta(minutes=1)):
            shown = code(secret)
            for browser, status in ((Client(), 302), (Client(), 422)):
                enter(browser, "dung")
                assert browser.post(STEP_TWO, {"code": shown}).status_code == status

    def test_the_code_that_set_it_up_does_not_sign_in(self, secret: str) -> None:
        other = Client()
        enter(other, "dung")
        assert other.post(STEP_TWO, {"code": code(secret)}).status_code == 422

    def test_an_older_code_does_not_work_after_a_newer_one(self, secret: str) -> None:
        start = dates.now() + timedelta(minutes=2)
        with dates.at(start):
            older, newer = code(secret, start - timedelta(seconds=30)), code(secret)
            for typed, status in ((newer, 302), (older, 422)):
                browser = Client()
                enter(browser, "dung")
                assert browser.post(STEP_TWO, {"code": typed}).status_code == status

    @pytest.mark.parametrize("away", [timedelta(minutes=-2), timedelta(minutes=2)])
    def test_a_code_of_another_time_does_not_work(self, secret: str, away: timedelta) -> None:
        moment = dates.now() + timedelta(minutes=10)
        with dates.at(moment):
            other = Client()
            enter(other, "dung")
            answer = other.post(STEP_TWO, {"code": code(secret, moment + away)})
            assert answer.status_code == 422
            assert "Mã chưa đúng" in answer.content.decode()

    def test_a_clock_half_a_minute_wrong_is_forgiven(self, secret: str) -> None:
        moment = dates.now() + timedelta(minutes=10)
        with dates.at(moment):
            other = Client()
            enter(other, "dung")
            answer = other.post(STEP_TWO, {"code": code(secret, moment - timedelta(seconds=30))})
            assert answer.status_code == 302

    def test_a_recovery_code_works_once_and_its_loss_is_counted(self, secret: str) -> None:
        used = self.recovery[3]
        for browser, status in ((Client(), 302), (Client(), 422)):
            enter(browser, "dung")
            assert browser.post(STEP_TWO, {"code": used}).status_code == status
            if status == 302:
                assert "còn 9 mã" in browser.get("/").content.decode()

    def test_new_recovery_codes_end_the_old_ones(self, client: Client, secret: str) -> None:
        client.post("/tai-khoan/bao-mat/ma-du-phong/")
        other = Client()
        enter(other, "dung")
        assert other.post(STEP_TWO, {"code": self.recovery[0]}).status_code == 422

    def test_guessing_waits_even_with_the_right_password(self, secret: str) -> None:
        other = Client()
        enter(other, "dung")
        for _ in range(5):
            other.post(STEP_TWO, {"code": wrong(secret)})
        assert "Đợi" in other.post(STEP_TWO, {"code": wrong(secret)}).content.decode()
        again = Client()
        assert enter(again, "dung").headers["Location"] == STEP_TWO
        assert "Đợi" in again.post(STEP_TWO, {"code": code(secret)}).content.decode()

    def test_a_patient_guesser_has_twenty_a_day(self, secret: str) -> None:
        moment = dates.now()
        for _ in range(20):
            moment += timedelta(minutes=20)
            with dates.at(moment):
                browser = Client()
                enter(browser, "dung")
                assert "Mã chưa đúng" in browser.post(STEP_TWO, {"code": wrong(secret)}).content.decode()
        with dates.at(moment + timedelta(minutes=20)):
            browser = Client()
            assert enter(browser, "dung").headers["Location"] == STEP_TWO
            assert "Đợi đến ngày mai" in browser.post(STEP_TWO, {"code": code(secret)}).content.decode()
        with dates.at(moment + timedelta(days=1, hours=1)):
            browser = Client()
            enter(browser, "dung")
            assert browser.post(STEP_TWO, {"code": code(secret)}).status_code == 302

    def test_nothing_typed_is_said_beside_the_field(self, secret: str) -> None:
        other = Client()
        enter(other, "dung")
        answer = other.post(STEP_TWO, {"code": ""})
        assert answer.status_code == 422
        assert "Chưa ghi mã" in answer.content.decode()

    @pytest.mark.parametrize("typed", ["١٢٣٤٥٦", "abcdef", "0" * 40, "%", "１２３４５６"])
    def test_what_is_no_code_is_refused_in_words(self, secret: str, typed: str) -> None:
        other = Client()
        enter(other, "dung")
        assert other.post(STEP_TWO, {"code": typed}).status_code == 422

    def test_the_second_step_is_open_for_ten_minutes(self, secret: str) -> None:
        other = Client()
        enter(other, "dung")
        moment = dates.now() + timedelta(minutes=11)
        with dates.at(moment):
            assert other.post(STEP_TWO, {"code": code(secret)}).headers["Location"] == "/dang-nhap/"

    def test_a_changed_password_closes_a_second_step_that_is_open(self, secret: str, dung: People) -> None:
        other = Client()
        enter(other, "dung")
        dung.dung.user.set_password("mật khẩu mới đặt lại")
        dung.dung.user.save()
        with dates.at(dates.now() + timedelta(minutes=1)):
            assert other.post(STEP_TWO, {"code": code(secret)}).headers["Location"] == "/dang-nhap/"

    def test_secrets_are_encrypted_where_they_lie(self, secret: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT data::text FROM mfa_authenticator")
            stored = " ".join(row for (row,) in cursor.fetchall())
            cursor.execute("SELECT session_data FROM django_session")
            stored += " ".join(row for (row,) in cursor.fetchall())
        assert secret not in stored
        assert not [one for one in self.recovery if one in stored or one.replace(" ", "") in stored]


def test_secrets_of_another_key_open_nothing_and_break_nothing(client: Client, lan: People, settings) -> None:
    enter(client, "lan")
    secret, codes = set_up(client)
    settings.FACTOR_KEY = "khóa của máy khác"
    other = Client()
    enter(other, "lan")
    with dates.at(dates.now() + timedelta(minutes=1)):
        for typed in (code(secret), codes[0]):
            assert other.post(STEP_TWO, {"code": typed}).status_code == 422
    assert client.get(PAGE).status_code == 200


def test_what_was_typed_when_the_sign_in_was_lost_goes_through_both_steps(client: Client, lan: People) -> None:
    enter(client, "lan")
    secret, _ = set_up(client)
    client.logout()
    lost = client.post("/so-chi-bo/dang-vien/", {"note": "giữ lại câu này giúp tôi"}).content.decode()
    packed = lost.split('name="carried" value="')[1].split('"')[0]
    page = enter(client, "lan", carried=packed).content.decode()
    assert "Còn một bước" in page
    packed = page.split('name="carried" value="')[1].split('"')[0]
    with dates.at(dates.now() + timedelta(minutes=1)):
        answer = client.post(STEP_TWO, {"code": code(secret), "carried": packed})
    assert "giữ lại câu này giúp tôi" in answer.content.decode()


def test_changes_to_the_sign_in_ask_for_the_password_again(client: Client, lan: People) -> None:
    enter(client, "lan")
    with dates.at(dates.now() + timedelta(minutes=20)):
        asked = client.get(SET_UP).headers["Location"]
        assert asked == "/tai-khoan/bao-mat/xac-nhan/?next=%2Ftai-khoan%2Fbao-mat%2Fbat%2F"
        wrong_one = client.post("/tai-khoan/bao-mat/xac-nhan/", {"password": "sai"})
        assert wrong_one.status_code == 422
        assert client.get(SET_UP).status_code == 302
        answer = client.post("/tai-khoan/bao-mat/xac-nhan/", {"password": PASSWORD, "next": SET_UP})
        assert answer.headers["Location"] == SET_UP
        assert client.get(SET_UP).status_code == 200


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"id": 1}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
        '{"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":{},'
        '"response":{"clientDataJSON":"AA","attestationObject":"oA","authenticatorData":"AA","signature":"AA"}}',
        '{"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":{},"response":'
        '{"clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0","attestationObject":"v////w"}}',
        "[" * 10_000,
        "\x00",
    ],
)
def test_a_passkey_that_is_none_is_refused_in_words(client: Client, lan: People, credential: str) -> None:
    enter(client, "lan")
    client.get(SET_UP)
    answer = client.post("/tai-khoan/bao-mat/khoa/", {"credential": credential}, follow=True)
    assert "Máy này chưa tạo được khóa" in answer.content.decode()
    set_up(client)
    other = Client()
    enter(other, "lan")
    other.get(STEP_TWO)
    assert other.post(STEP_TWO, {"credential": credential}).status_code == 422
    assert "_auth_user_id" not in other.session


def test_the_page_says_nothing_in_english(client: Client, dung: People) -> None:
    enter(client, "dung")
    page = client.get(SET_UP).content.decode()
    for word in ("Recovery", "Activate", "Security", "Two-Factor", "Code"):
        assert word not in page


def test_no_page_of_allauth_is_reachable(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/2fa/", "/accounts/", "/accounts/password/reset/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", ["9" * 5000, "²", "x", "-1"])
def test_a_passkey_that_nobody_has_takes_nothing_away(client: Client, lan: People, number: str) -> None:
    enter(client, "lan")
    set_up(client)
    assert client.post(f"{PAGE}bo/", {"passkey": number}).status_code == 404
    assert Authenticator.objects.filter(user=lan.lan.user, type=Authenticator.Type.TOTP).exists()
