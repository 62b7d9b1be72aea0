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
from tests.accounts.app_of_codes import PASSWORD, STEP_TWO, code, enter, set_up, with_password
from tests.accounts.oidc_provider import Provider
from tests.people import People

GO = "/dang-nhap/tinh/"
BINDING = "/dang-nhap/tinh/gan/"


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
        with_password(people.lan.user)
        yield found


def go(client: Client, provider: Provider, target: str = "", password: str = PASSWORD):
    """There and back; where the account is not bound yet, its owner confirms it."""
    asked = client.get(GO, {"next": target} if target else {})
    assert asked.headers["Location"].startswith(provider.issuer)
    answer = client.get(provider.authorise(asked.headers["Location"]))
    if answer.status_code == 302 and answer.headers["Location"] == BINDING and password:
        return client.post(BINDING, {"password": password})
    return answer


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
    assert SocialAccount.objects.get().extra_data == {"code": "45.001201"}
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
        {"exp": None},
        {"iat": None},
        {"iat": 1},
        {"iat": 9_999_999_999},
        {"sub": None},
        {"iss": None},
        {"azp": "another"},
        {"aud": ["chibo", "another"]},
        {"aud": ["chibo", "another"], "azp": "another"},
    ],
)
def test_a_token_that_was_not_made_for_this_question_is_refused(
    client: Client, provider: Provider, wrong: dict
) -> None:
    provider.wrong = wrong
    refused(client, go(client, provider), province.NOT_SURE)


def test_a_token_for_several_is_ours_when_it_says_that_we_asked(client: Client, provider: Provider) -> None:
    provider.wrong = {"aud": ["chibo", "another"], "azp": "chibo"}
    assert go(client, provider).status_code == 302


def test_a_token_signed_with_our_own_secret_is_refused(client: Client, provider: Provider) -> None:
    provider.algorithm, provider.secret_key = "HS256", oidc_provider.SECRET
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
    with_password(people.dung.user)
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
    with_password(people.hung.user)
    provider.subject, provider.claims = "nguoi-1", {"member_code": people.hung.code}
    assert go(client, provider).status_code == 403
    assert SocialAccount.objects.get().user_id == people.lan.user.pk


def test_a_new_invitation_lets_it_be_bound_anew(client: Client, provider: Provider, people: People) -> None:
    provider.claims = {"member_code": people.binh.code}
    with_password(people.binh.user)
    go(Client(), provider)
    invite(by=people.standing("lan"), cell=people.cell, people=[people.binh.pk])
    provider.subject = "nguoi-2"
    assert go(client, provider).status_code == 302


class TestTheOwnerConfirms:
    """A member code is a field that a committee writes: it does not make somebody the owner of an account."""

    def test_a_secretary_who_gives_her_code_to_a_member_does_not_enter_as_that_member(
        self, client: Client, provider: Provider, people: People
    ) -> None:
        with_password(people.binh.user)
        Person.objects.filter(pk=people.lan.pk).update(code="")
        Person.objects.filter(pk=people.binh.pk).update(code="45.001201")  # which the province vouches for, of Lan
        assert go(client, provider, password="").headers["Location"] == BINDING
        assert client.get("/").status_code == 302
        page = client.post(BINDING, {"password": "mật khẩu của Lan"})
        assert page.status_code == 422 and "Mật khẩu chưa đúng" in page.content.decode()
        for _ in range(5):
            client.post(BINDING, {"password": "sai"})
        assert "Đợi" in client.post(BINDING, {"password": PASSWORD}).content.decode()
        assert "_auth_user_id" not in client.session and not SocialAccount.objects.exists()

    def test_whoever_has_no_password_confirms_with_a_printed_sheet(
        self, client: Client, provider: Provider, people: People
    ) -> None:
        provider.claims = {"member_code": people.binh.code}
        card = invite(by=people.standing("lan"), cell=people.cell, people=[people.binh.pk])[0]
        assert go(client, provider, "/so-chi-bo/", password="").headers["Location"] == BINDING
        assert "Ghi một trong hai" in client.post(BINDING, {}).content.decode()
        assert "Mã mời chưa đúng" in client.post(BINDING, {"code": "0000 0000 0000"}).content.decode()
        assert client.post(BINDING, {"code": card.issued.spaced_code}).headers["Location"] == "/so-chi-bo/"
        assert client.session["_auth_user_id"] == str(people.binh.user.pk)
        card.issued.invitation.refresh_from_db()
        assert card.issued.invitation.used_at is not None
        assert go(Client(), provider, password="").headers["Location"] == "/"

    def test_a_binding_is_told_to_the_owners_other_devices(self, provider: Provider, people: People) -> None:
        own = Client()
        enter(own, "lan")
        go(Client(), provider)
        with dates.at(dates.now() + timedelta(hours=2)):
            assert "một tài khoản của tỉnh đã được gắn" in own.get("/", follow=True).content.decode()

    def test_a_changed_code_unbinds_and_tells_the_owner(
        self, client: Client, provider: Provider, people: People
    ) -> None:
        go(Client(), provider)
        Person.objects.filter(pk=people.lan.pk).update(code="45.009999")
        Person.objects.filter(pk=people.hung.pk).update(code="45.001201")
        assert go(client, provider, password="").headers["Location"] == BINDING, "nor does it follow the code to Hùng"
        enter(client, "lan")
        assert not SocialAccount.objects.exists()
        assert "tài khoản của tỉnh đã gỡ khỏi đây" in client.get("/", follow=True).content.decode()

    def test_a_binding_from_before_is_confirmed_once(self, client: Client, provider: Provider, people: People) -> None:
        SocialAccount.objects.create(user=people.lan.user, provider=province.PROVIDER, uid="nguoi-1")
        assert go(client, provider, password="").headers["Location"] == BINDING
        assert client.post(BINDING, {"password": PASSWORD}).headers["Location"] == "/"
        assert go(Client(), provider, password="").headers["Location"] == "/"

    def test_nobody_reaches_the_page_without_the_provinces_word(self, provider: Provider, people: People) -> None:
        assert Client().get(BINDING).headers["Location"] == "/dang-nhap/"
        assert Client().post(BINDING, {"password": PASSWORD}).headers["Location"] == "/dang-nhap/"
        late = Client()
        go(late, provider, password="")
        with dates.at(dates.now() + timedelta(minutes=11)):
            assert late.post(BINDING, {"password": PASSWORD}).headers["Location"] == "/dang-nhap/"
