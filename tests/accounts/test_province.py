"""Signing in with the province's account: against a real provider, which sometimes lies."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from chibo.accounts import province
from chibo.accounts.models import User
from chibo.directory.commands.accounts import invite
from chibo.lib import dates
from chibo.members.models import Person
from tests import make
from tests.accounts import oidc_provider
from tests.accounts.app_of_codes import STEP_TWO, code, set_up, with_password
from tests.accounts.oidc_provider import Provider
from tests.people import People

GO = "/dang-nhap/tinh/"


@pytest.fixture
def provider(people: People, settings) -> Iterator[Provider]:
    with oidc_provider.running() as found:
        app = {
            "provider_id": province.PROVIDER,
            "name": "tỉnh",
            "client_id": oidc_provider.CLIENT,
            "secret": oidc_provider.SECRET,
            "settings": {
                "server_url": found.issuer,
                "oauth_pkce_enabled": True,
                "member_code_claim": "member_code",
            },
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield found


def go(client: Client, provider: Provider, target: str = ""):
    """There and back."""
    asked = client.get(GO, {"next": target} if target else {})
    assert asked.headers["Location"].startswith(provider.issuer)
    return client.get(provider.authorise(asked.headers["Location"]))


def refused(client: Client, answer, why: str) -> None:
    assert answer.status_code == 403
    assert why in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


def test_it_works(client: Client, provider: Provider, people: People) -> None:
    page = client.get("/dang-nhap/?next=/so-chi-bo/").content.decode()
    assert "Đăng nhập bằng tài khoản của tỉnh" in page
    assert 'href="/dang-nhap/tinh/?next=/so-chi-bo/"' in page
    assert go(client, provider, "/so-chi-bo/").headers["Location"] == "/so-chi-bo/"
    assert client.session["_auth_user_id"] == str(people.lan.user.pk)
    assert go(Client(), provider).headers["Location"] == "/"


def test_it_is_off_by_default(client: Client, people: People) -> None:
    assert "tài khoản của tỉnh" not in client.get("/dang-nhap/").content.decode()
    assert client.get(GO).status_code == 404
    assert client.get(f"{GO}ve/?code=x&state=y").status_code == 404


def test_it_makes_nobody_and_keeps_no_profile_nor_token(client: Client, provider: Provider, people: People) -> None:
    before = User.objects.count(), Person.objects.count()
    provider.claims |= {"name": "Nguyễn Thị Lan", "email": "lan@example.org"}
    go(client, provider)
    assert (User.objects.count(), Person.objects.count()) == before
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize("found", ["99.999999", "lan", "0912345678", " ", "%", "45.00120_"])
def test_a_code_that_no_active_account_has_opens_nothing(
    client: Client, provider: Provider, people: People, found: str
) -> None:
    make.contact(people.lan, "0912345678")
    provider.claims = {"member_code": found}
    refused(client, go(client, provider), province.UNKNOWN if found.strip() else province.NO_CODE)


def test_an_account_that_is_switched_off_is_not_opened(client: Client, provider: Provider, people: People) -> None:
    User.objects.filter(login="lan").update(is_active=False)
    refused(client, go(client, provider), province.UNKNOWN)


@pytest.mark.parametrize("claims", [{}, {"member_code": None}, {"member_code": ["45.001201"]}, {"member_code": 45}])
def test_without_a_member_code_it_says_whom_to_ask(client: Client, provider: Provider, claims: dict) -> None:
    provider.claims = claims
    refused(client, go(client, provider), province.NO_CODE)


def test_the_code_may_be_given_out_on_asking_for_the_same_person_alone(client: Client, provider: Provider) -> None:
    provider.claims, provider.userinfo = {}, {"sub": "nguoi-2", "member_code": "45.001201"}
    refused(client, go(client, provider), province.NO_CODE)
    provider.userinfo["sub"] = "nguoi-1"
    assert go(client, provider).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another"},
        {"iss": "https://example.org"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"aud": None},
        {"exp": "x"},
    ],
)
def test_a_token_that_was_not_made_for_this_question_is_refused(
    client: Client, provider: Provider, wrong: dict
) -> None:
    provider.wrong = wrong
    refused(client, go(client, provider), province.NOT_SURE)


def test_a_token_signed_by_another_is_refused(client: Client, provider: Provider) -> None:
    provider.key = oidc_provider.ANOTHER_KEY
    refused(client, go(client, provider), province.NOT_SURE)


def test_an_unsigned_token_is_refused(client: Client, provider: Provider) -> None:
    provider.algorithm = "none"
    refused(client, go(client, provider), province.NOT_SURE)


def test_another_issuer_than_the_one_configured_is_not_followed(client: Client, provider: Provider) -> None:
    provider.told_issuer = "https://example.org"
    refused(client, client.get(GO), province.NOT_REACHED)


@pytest.mark.parametrize("answer", ["", "no json", "[]", "{}", "null"])
def test_a_provider_that_answers_nonsense_is_said_not_to_be_reached(
    client: Client, provider: Provider, answer: str
) -> None:
    provider.broken = answer or " "
    refused(client, client.get(GO), province.NOT_REACHED)
    provider.broken = ""
    back = provider.authorise(client.get(GO).headers["Location"])
    provider.broken = answer or " "
    refused(client, client.get(back), province.NOT_SURE)


def test_a_provider_that_is_down_leaves_the_password(client: Client, provider: Provider, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = client.get(GO)
    refused(client, answer, province.NOT_REACHED)
    assert 'name="password"' in answer.content.decode()


class TestState:
    """The answer belongs to a question of the same browser, asked once, not long ago."""

    def test_a_state_that_was_not_asked_is_refused(self, client: Client, provider: Provider) -> None:
        back = provider.authorise(client.get(GO).headers["Location"])
        refused(client, client.get(f"{back}x"), province.BROKEN_OFF)
        refused(client, client.get(f"{GO}ve/?code=x"), province.BROKEN_OFF)
        refused(client, client.get(f"{GO}ve/"), province.BROKEN_OFF)

    def test_of_another_browser_it_is_refused(self, client: Client, provider: Provider) -> None:
        back = provider.authorise(Client().get(GO).headers["Location"])
        refused(client, client.get(back), province.BROKEN_OFF)

    def test_it_serves_once(self, client: Client, provider: Provider) -> None:
        back = provider.authorise(client.get(GO).headers["Location"])
        assert client.get(back).status_code == 302
        client.logout()
        assert client.get(back).status_code == 403

    def test_a_refusal_at_the_province_is_said(self, client: Client, provider: Provider) -> None:
        asked = provider.authorise(client.get(GO).headers["Location"])
        state = asked.partition("state=")[2]
        refused(client, client.get(f"{GO}ve/?error=access_denied&state={state}"), province.BROKEN_OFF)


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "\\\\example.org", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(client: Client, provider: Provider, people: People, target: str) -> None:
    assert go(client, provider, target).headers["Location"] == "/"


def test_the_second_factor_is_asked_for_all_the_same(client: Client, provider: Provider, people: People) -> None:
    provider.claims = {"member_code": people.dung.code}
    go(client, provider)
    secret, _ = set_up(client)
    other = Client()
    assert go(other, provider, "/chi-bo/").headers["Location"] == STEP_TWO
    with dates.at(dates.now() + timedelta(minutes=1)):
        assert other.post(STEP_TWO, {"code": code(secret)}).headers["Location"] == "/chi-bo/"


def test_a_second_account_of_the_province_does_not_claim_a_code_that_is_bound(
    client: Client, provider: Provider, people: People
) -> None:
    go(Client(), provider)
    provider.subject = "nguoi-2"
    answer = go(client, provider)
    assert answer.status_code == 403
    assert province.BOUND in answer.content.decode()
    provider.subject, provider.claims = "nguoi-1", {"member_code": people.hung.code}
    assert go(client, provider).status_code == 403
    assert SocialAccount.objects.get().user_id == people.lan.user.pk


def test_a_new_invitation_lets_it_be_bound_anew(client: Client, provider: Provider, people: People) -> None:
    provider.claims = {"member_code": people.binh.code}
    go(Client(), provider)
    with_password(people.binh.user)
    invite(by=people.standing("lan"), cell=people.cell, people=[people.binh.pk])
    provider.subject = "nguoi-2"
    assert go(client, provider).status_code == 302
