"""Access tokens: digests alone, one's own rights of today, ended by whatever ends a sign-in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from chibo.access.standing import Standing
from chibo.accounts.models import AccountReset, FailedSignIn
from chibo.accounts.sign_in import _CONFIRMED
from chibo.api.middleware import MOST_BYTES, WRONG_TOKENS_A_MINUTE
from chibo.api.models import BEGINNING, MOST_TOKENS, AccessToken
from chibo.audit.models import Event
from chibo.lib.dates import now, today
from chibo.ops.server.accounts import end_devices
from tests import make
from tests.api.calling import V1, Caller, token_of
from tests.api.conftest import As
from tests.people import People, sign_in

PAGE = "/tai-khoan/ma-truy-cap/"
TYPED = {"name": "Phần mềm của Văn phòng", "scope": "read", "days": "90"}


@pytest.fixture
def lan(people: People) -> Client:
    """Lan, who typed her password a moment ago."""
    return confirmed(sign_in(Client(), people.lan))


def confirmed(client: Client) -> Client:
    session = client.session
    session[_CONFIRMED] = now().timestamp()
    session.save()
    return client


def made(client: Client) -> str:
    """Make a token on the page; its text, from the answer."""
    page = client.post(f"{PAGE}moi/", TYPED).content.decode()
    return page.partition('id="token">')[2].partition("<")[0]


def test_it_works(lan: Client, people: People) -> None:
    text = made(lan)
    assert text.startswith(BEGINNING)
    token = AccessToken.objects.get()
    assert text not in str(AccessToken.objects.values().get())
    assert token.last_day == today() + timedelta(days=90)
    assert Caller(text).get("me").json()["person"]["name"] == people.lan.full_name
    token.refresh_from_db()
    assert token.last_used_on == today()
    page = lan.get(PAGE).content.decode()
    assert token.beginning in page
    assert text not in page
    assert escape(TYPED["name"]) in page


def test_it_validates_what_for_what_and_how_long(lan: Client) -> None:
    answer = lan.post(f"{PAGE}moi/", {"name": "Một tên", "scope": "all", "days": "3650"})
    assert answer.status_code == 422
    assert "Một tên" in answer.content.decode()
    assert not AccessToken.objects.exists()


def test_making_one_asks_for_the_password_again(people: People) -> None:
    client = sign_in(Client(), people.lan)
    assert client.post(f"{PAGE}moi/", TYPED).headers["Location"].startswith("/tai-khoan/bao-mat/xac-nhan/")
    assert not AccessToken.objects.exists()


def test_an_account_has_ten_at_most(lan: Client) -> None:
    for _ in range(MOST_TOKENS):
        made(lan)
    assert lan.post(f"{PAGE}moi/", TYPED).status_code == 422
    assert AccessToken.objects.count() == MOST_TOKENS


def test_making_and_cutting_off_are_recorded_without_words(lan: Client, people: People) -> None:
    text = made(lan)
    lan.post(f"{PAGE}{AccessToken.objects.get().pk}/")
    assert Caller(text).get("me").status_code == 401
    events = Event.objects.filter(chain=people.lan.pk).order_by("seq")
    assert [one.kind for one in events] == ["account.token_made", "account.token_cut_off"]
    assert TYPED["name"] not in str(events.values_list("payload", flat=True))


def test_nobody_cuts_off_anothers(lan: Client, people: People) -> None:
    text = token_of(people, "binh")
    lan.post(f"{PAGE}{AccessToken.objects.get().pk}/")
    assert Caller(text).get("me").status_code == 200


class TestItEnds:
    """With its day, the password, a reset, the account; and changes with the person's rights."""

    def test_after_its_last_day(self, people: People) -> None:
        caller = Caller(token_of(people, "binh", days=0))
        assert caller.get("me").status_code == 200
        AccessToken.objects.update(last_day=today() - timedelta(days=1))
        assert caller.get("me").json()["code"] == "token_refused"

    def test_with_another_password(self, people: People) -> None:
        caller = Caller(token_of(people, "binh"))
        user = people.binh.user
        user.set_password("một mật khẩu khác")
        user.save()
        assert caller.get("me").status_code == 401

    def test_when_someone_gives_the_account_another_way_in(self, people: People) -> None:
        caller = Caller(token_of(people, "binh"))
        AccountReset.objects.create(user=people.binh.user, what=AccountReset.What.SECOND_FACTOR)
        assert caller.get("me").status_code == 401

    def test_when_the_account_is_locked(self, people: People) -> None:
        caller = Caller(token_of(people, "binh"))
        type(people.binh.user).objects.filter(pk=people.binh.user.pk).update(is_active=False)
        assert caller.get("me").status_code == 401

    def test_when_the_it_officer_signs_the_account_out_everywhere(self, people: People) -> None:
        caller = Caller(token_of(people, "binh"))
        end_devices(by=Standing(account_id=people.operator.pk), user=people.binh.user)
        assert caller.get("me").status_code == 401

    def test_it_sees_nothing_more_from_the_day_of_a_suspension(self, people: People) -> None:
        caller = Caller(token_of(people, "binh"))
        assert caller.get("meetings").json()["items"]
        make.suspension(people.binh, people.cell, since=today())
        assert caller.get("meetings").json()["items"] == []
        assert caller.get("me").json()["hats"] == []


class TestSecondFactor:
    """Whoever must have one for the pages must have proved it when the token was made, and have it still."""

    def test_an_officer_without_one_is_refused(self, people: People) -> None:
        answer = Caller(token_of(people, "dung", proved=True)).get("me")
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")

    def test_so_is_a_token_from_before_the_office(self, calling: As) -> None:
        assert calling("dung", proved=False).get("me").status_code == 403
        assert calling("dung", proved=True).get("me").status_code == 200

    def test_a_session_that_owes_it_is_told_in_json(self, people: People) -> None:
        client = Client()
        client.force_login(people.dung.user)
        answer = client.get(f"{V1}me")
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")

    def test_a_member_needs_none(self, people: People) -> None:
        assert Caller(token_of(people, "binh", proved=False)).get("me").status_code == 200


class TestUnderAttack:
    """What a program must not do, and what is tried."""

    def test_a_token_opens_no_page(self, people: People) -> None:
        text = token_of(people, "lan")
        answer = Client().get("/so-chi-bo/", headers={"Authorization": f"Bearer {text}"})
        assert answer.status_code == 302

    def test_a_token_makes_no_session_and_no_device(self, people: People) -> None:
        caller = Caller(token_of(people, "lan"))
        answer = caller.get("me")
        assert not answer.cookies
        assert not people.lan.user.devices.exists()

    def test_a_cookie_beside_a_token_counts_for_nothing(self, people: People) -> None:
        client = sign_in(Client(), people.lan)
        binh = {"Authorization": f"Bearer {token_of(people, 'binh')}"}
        assert client.get(f"{V1}me", headers=binh).json()["login"] == "binh"
        assert client.get(f"{V1}me", headers={"Authorization": "Bearer chibo_no"}).status_code == 401

    @pytest.mark.parametrize("name", ["token", "access_token", "x"])
    def test_a_token_in_the_address_is_refused(self, people: People, name: str) -> None:
        answer = Caller().get("me", {name: token_of(people, "binh")})
        assert (answer.status_code, answer.json()["code"]) == (400, "token_in_address")

    @pytest.mark.parametrize(
        "header", ["Bearer", "Bearer ", "Bearer chibo_x", "Basic bGFuOng=", "chibo_x", "Bearer \x00"]
    )
    def test_a_header_that_is_no_token_is_refused(self, people: People, header: str) -> None:
        answer = Caller().get("me", Authorization=header)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_refused")

    def test_guessing_is_slowed_down_and_locks_nobody_out(self, people: People) -> None:
        guesser, binh = Caller("chibo_guess"), Caller(token_of(people, "binh"))
        codes = [guesser.get("me").status_code for _ in range(WRONG_TOKENS_A_MINUTE + 1)]
        assert codes == [401] * WRONG_TOKENS_A_MINUTE + [429]
        assert binh.get("me").status_code == 200
        assert not FailedSignIn.objects.exists()

    def test_one_caller_takes_the_machine_from_nobody(self, people: People, settings) -> None:
        settings.API_REQUESTS_A_MINUTE = 3
        binh, mai = Caller(token_of(people, "binh")), Caller(token_of(people, "mai"))
        answers = [binh.get("me") for _ in range(4)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
        assert mai.get("me").status_code == 200

    def test_what_another_site_sends_with_the_cookie_is_refused(self, people: People) -> None:
        task = make.task(make.signed(people.cell), people.binh)
        client = sign_in(Client(enforce_csrf_checks=True), people.binh)
        path, body = f"{V1}tasks/{task.pk}/progress", {"state": "done"}
        answer = client.post(path, body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_from_our_pages")
        csrf = {"X-CSRFToken": client.get("/tai-khoan/mat-khau/").cookies["csrftoken"].value}
        assert client.post(path, body, content_type="application/json", headers=csrf).status_code == 201

    def test_a_body_that_is_too_long_is_not_read(self, people: People) -> None:
        task = make.task(make.signed(people.cell), people.binh)
        caller = Caller(token_of(people, "binh", scope="progress"))
        answer = caller.post(f"tasks/{task.pk}/progress", b'{"note": "' + b"x" * MOST_BYTES + b'"}')
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
