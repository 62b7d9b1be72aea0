"""A sign-in lost while typing: what was typed comes along through the sign-in page and is sent by one tap."""

import re
from html import unescape

import pytest
from django.test import Client

from chibo.accounts.carried import MOST_CHARACTERS
from tests.people import People, sign_in

PASSWORD = "bàu sen ngã ba gương"
TYPED = {"full_name": "Lê Thị “Hoa” <b>", "note": "Dòng một\nDòng hai, có dấu & và <script>", "kind": "official"}
TARGET = "/so-chi-bo/dang-vien/"


def hidden(page: str, name: str) -> str:
    return unescape(re.findall(rf'name="{name}" value="([^"]*)"', page, re.S)[0])


@pytest.fixture
def lan(people: People) -> People:
    people.lan.user.set_password(PASSWORD)
    people.lan.user.save()
    return people


def test_it_works(client: Client, lan: People) -> None:
    lost = client.post(TARGET, TYPED)
    assert lost.status_code == 401
    page = lost.content.decode()
    assert "Nội dung đồng chí vừa gõ vẫn còn" in page
    signed_in = client.post("/dang-nhap/", {"name": "lan", "password": PASSWORD, "carried": hidden(page, "carried")})
    page = signed_in.content.decode()
    assert signed_in.status_code == 200
    assert "Nội dung đồng chí đã gõ vẫn còn" in page
    assert f'action="{TARGET}"' in page
    assert {name: hidden(page, name) for name in TYPED} == TYPED


def test_it_survives_a_wrong_password(client: Client, lan: People) -> None:
    page = client.post(TARGET, TYPED).content.decode()
    again = client.post("/dang-nhap/", {"name": "lan", "password": "sai", "carried": hidden(page, "carried")})
    assert "Nội dung đồng chí vừa gõ vẫn còn" in again.content.decode()


def test_passwords_and_tokens_do_not_come_along(client: Client, lan: People) -> None:
    page = client.post(TARGET, {"password": "bí mật", "csrfmiddlewaretoken": "x", "note": "giữ lại câu này"})
    answer = client.post(
        "/dang-nhap/",
        {"name": "lan", "password": PASSWORD, "carried": hidden(page.content.decode(), "carried")},
    )
    assert "bí mật" not in answer.content.decode()
    assert "giữ lại câu này" in answer.content.decode()


def test_a_form_that_we_did_not_carry_is_thrown_away(client: Client, lan: People) -> None:
    answer = client.post("/dang-nhap/", {"name": "lan", "password": PASSWORD, "carried": "eyJwYXRoIjoiLyJ9:x:y"})
    assert answer.status_code == 302


def test_text_beyond_the_limit_is_said_not_dropped_silently(client: Client, lan: People) -> None:
    page = client.post(TARGET, {"note": "a" * (MOST_CHARACTERS + 1)}).content.decode()
    assert "dài quá" in page
    assert len(page) < 20_000


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"HX-Request": "true"}])
def test_a_script_is_answered_401_in_its_own_language(client: Client, people: People, headers: dict[str, str]) -> None:
    for answer in (client.post(TARGET, TYPED, headers=headers), client.get(TARGET, headers=headers)):
        assert answer.status_code == 401
        assert "phiên đăng nhập" in answer.json()["error"]


def test_a_person_who_only_reads_is_led_to_the_sign_in_page(client: Client, people: People) -> None:
    assert client.get(TARGET).headers["Location"].startswith("/dang-nhap/?next=")


def test_nothing_typed_is_kept_on_the_server(client: Client, people: People) -> None:
    client.post(TARGET, TYPED)
    assert "Hoa" not in str(dict(client.session))


class TestACrossedForm:
    """A form whose token is no longer right: a page left open while signing in elsewhere, or an attack."""

    @pytest.fixture
    def strict(self, people: People) -> Client:
        return sign_in(Client(enforce_csrf_checks=True), people.lan)

    def test_from_our_own_page_it_is_offered_again(self, strict: Client) -> None:
        answer = strict.post(TARGET, TYPED, headers={"Origin": "http://testserver"})
        assert answer.status_code == 403
        assert hidden(answer.content.decode(), "note") == TYPED["note"]

    @pytest.mark.parametrize("headers", [{}, {"Origin": "https://example.org"}, {"Origin": "null"}])
    def test_from_another_site_it_is_thrown_away(self, strict: Client, headers: dict[str, str]) -> None:
        answer = strict.post(TARGET, TYPED, headers=headers)
        assert answer.status_code == 403
        assert "Hoa" not in answer.content.decode()

    def test_without_a_sign_in_it_is_carried_through_signing_in(self, people: People) -> None:
        answer = Client(enforce_csrf_checks=True).post(TARGET, TYPED, headers={"Origin": "http://testserver"})
        assert answer.status_code == 401
        assert hidden(answer.content.decode(), "carried")

    def test_an_old_sign_in_page_keeps_the_name(self, people: People) -> None:
        strict = Client(enforce_csrf_checks=True)
        form = {"name": "lan", "password": "x"}
        answer = strict.post("/dang-nhap/", form, headers={"Origin": "http://testserver"})
        assert answer.status_code == 403
        assert 'value="lan"' in answer.content.decode()
