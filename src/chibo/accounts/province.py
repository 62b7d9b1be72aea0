"""Signing in with the province's own account (OpenID Connect): off unless configured on the machine.

The province vouches for a member code; it opens the account of that code and never makes one. The first time binds the
province's account to ours, so that neither can be claimed by a second one. allauth speaks the protocol; here stand the
checks that it leaves out: the signature, the nonce, the issuer.
"""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

import requests
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from chibo.accounts.models import User

PROVIDER = "tinh"
BACK = "/dang-nhap/tinh/ve/"
_SCOPE = ["openid", "profile"]
_STUMBLES = (
    OAuth2Error,
    requests.RequestException,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)

NOT_REACHED = "Chưa liên lạc được với hệ thống đăng nhập của tỉnh. Thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu."
BROKEN_OFF = "Lần đăng nhập bằng tài khoản của tỉnh chưa xong hoặc đã quá lâu. Bấm lại từ đầu."
NOT_SURE = "Chưa xác nhận được tài khoản của tỉnh. Bấm lại từ đầu; vẫn không được thì đăng nhập bằng mật khẩu."
NO_CODE = "Tài khoản của tỉnh chưa ghi số hiệu đảng viên. Nhờ bộ phận quản lý tài khoản của tỉnh ghi vào."
UNKNOWN = "Chưa có tài khoản Chibo nào mang số hiệu đảng viên này. Nhờ bí thư chi bộ in tờ mời trước."
BOUND = "Số hiệu đảng viên này đã gắn với một tài khoản khác của tỉnh. Nhờ bí thư chi bộ in tờ mời mới để gắn lại."


class Failed(Exception):
    """The province's account did not open one of ours; the message says in Vietnamese what to do."""


@dataclass(frozen=True)
class Vouched:
    """Whom the province vouches for: its own name of the account, the member code, and where one was going."""

    subject: str
    code: str
    target: str


class _Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """allauth's, on our path, with the issuer held to the one that was configured."""

    @property
    def openid_config(self) -> dict[str, Any]:
        found: dict[str, Any] = super().openid_config
        wanted = self.get_provider().app.settings["server_url"]
        if str(found["issuer"]).rstrip("/") != wanted.rstrip("/"):
            raise OAuth2Error("another issuer than the one configured")
        return found

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(BACK)


def is_on() -> bool:
    """Whether this machine offers it."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS)


def question(request: HttpRequest, target: str) -> str:
    """The address at the province to go to; what must come back with the answer waits in the session.

    Raises:
        Failed: the province does not answer.
    """
    adapter = _Adapter(request, PROVIDER)
    provider = adapter.get_provider()
    proof, nonce = provider.get_pkce_params(), token_urlsafe(24)
    state = {"target": target, "nonce": nonce, "verifier": proof.pop("code_verifier", "")}
    try:
        client, authorize_url = adapter.get_client(request, provider.app), adapter.authorize_url
    except _STUMBLES as error:
        raise Failed(NOT_REACHED) from error
    client.state = statekit.stash_state(request, provider_id=PROVIDER, state=state)
    address: str = client.get_redirect_url(authorize_url, _SCOPE, {"nonce": nonce, **proof})
    return address


def answer(request: HttpRequest) -> Vouched:
    """Whom the province vouches for in the answer that it sent the browser back with.

    Raises:
        Failed: no such question in this session, it was asked too long ago, or the answer does not hold.
    """
    state = statekit.unstash_state(request, provider_id=PROVIDER, state_id=request.GET.get("state", ""))
    if state is None or "code" not in request.GET:
        raise Failed(BROKEN_OFF)
    adapter = _Adapter(request, PROVIDER)
    app = adapter.get_provider().app
    try:
        client = adapter.get_client(request, app)
        token = client.get_access_token(request.GET["code"], pkce_code_verifier=state["verifier"])
        claims = jwtkit.verify_and_decode(
            credential=token["id_token"],
            keys_url=adapter.openid_config["jwks_uri"],
            issuer=adapter.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not constant_time_compare(str(claims.get("nonce", "")), state["nonce"]):
            raise Failed(NOT_SURE)
        code = _member_code(adapter, claims, token["access_token"])
        return Vouched(str(claims["sub"]), code, state["target"])
    except requests.ConnectionError as error:
        raise Failed(NOT_REACHED) from error
    except _STUMBLES as error:
        raise Failed(NOT_SURE) from error


def _member_code(adapter: _Adapter, claims: dict[str, Any], access_token: str) -> str:
    """The member code among the claims, or among those that the province gives out on asking.

    Raises:
        Failed: there is none.
    """
    claim = adapter.get_provider().app.settings["member_code_claim"]
    if claim not in claims and "userinfo_endpoint" in adapter.openid_config:
        more = adapter._fetch_user_info(access_token)
        if more.get("sub") == claims["sub"]:
            claims = more
    code = claims.get(claim)
    if not isinstance(code, str) or not code.strip():
        raise Failed(NO_CODE)
    return code.strip()


def account_of(vouched: Vouched) -> User:
    """The account that the province's one stands for, bound to it the first time.

    Raises:
        Failed: no active account has that code, or either of the two is bound elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM accounts_with_code(%s)", [vouched.code.lower()])
        found = [row[0] for row in cursor.fetchall()]
    user = User.objects.filter(pk__in=found).first() if len(found) == 1 else None
    if user is None:
        raise Failed(UNKNOWN)
    bound, _ = SocialAccount.objects.get_or_create(
        provider=PROVIDER, uid=vouched.subject, defaults={"user": user, "extra_data": {}}
    )
    if bound.user_id != user.pk:
        raise Failed(BOUND)
    if SocialAccount.objects.filter(provider=PROVIDER, user=user).exclude(pk=bound.pk).exists():
        bound.delete()
        raise Failed(BOUND)
    return user


def unbind(user: User) -> None:
    """Let the account be bound to another one of the province."""
    SocialAccount.objects.filter(user=user).delete()
