"""Signing in with the province's own account (OpenID Connect): off unless configured on the machine.

The province vouches for a member code; it opens the account of that code and never makes one. A code can be written
onto another person: so the first time the owner confirms that the two accounts are one person's, and the binding holds
for that code alone. allauth speaks the protocol; here stand the checks that it leaves out (decision 0062).
"""

import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

import requests
from allauth.core.internal.deferred import jwt
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from chibo.accounts.models import AccountReset, User
from chibo.lib.dates import now

PROVIDER = "tinh"
BACK = "/dang-nhap/tinh/ve/"
BINDING = "/dang-nhap/tinh/gan/"
WAITING_TIME = timedelta(minutes=10)
_WAITING = "province"
_SCOPE = ["openid", "profile"]
# Signatures of a key that the province alone has. Our shared secret, or none, proves nothing.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nonce"]
_LEEWAY = 60
_OLDEST = 900  # seconds since a token was made
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


class NotBound(Exception):
    """The account of the member code is bound to none of the province's: its owner has to confirm it first."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user


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
        claims = _claims_of(token["id_token"], adapter, app.client_id, state["nonce"])
        code = _member_code(adapter, claims, token["access_token"])
        return Vouched(str(claims["sub"]), code, state["target"])
    except requests.ConnectionError as error:
        raise Failed(NOT_REACHED) from error
    except _STUMBLES as error:
        raise Failed(NOT_SURE) from error


def _claims_of(token: str, adapter: _Adapter, client: str, nonce: str) -> dict[str, Any]:
    """What the province says in a token that it made for this machine and this question, a moment ago.

    Raises:
        OAuth2Error: it is not such a token.
    """
    algorithm, key = jwtkit.fetch_key(token, adapter.openid_config["jwks_uri"], jwtkit.lookup_kid_jwk)
    if algorithm not in _ALGORITHMS:
        raise OAuth2Error("a signature that proves nothing")
    issuer, options = adapter.openid_config["issuer"], {"require": _CLAIMS}
    known = {"algorithms": [algorithm], "audience": client, "issuer": issuer, "options": options, "leeway": _LEEWAY}
    try:
        claims: dict[str, Any] = jwt.decode(token, key=key, **known)
    except jwt.PyJWTError as error:
        raise OAuth2Error("an invalid token") from error
    shared = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if shared else client) != client:
        raise OAuth2Error("made for another client")
    if time.time() - claims["iat"] > _OLDEST or not constant_time_compare(str(claims["nonce"]), nonce):
        raise OAuth2Error("the answer to another question")
    return claims


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
    """The account that the province's one is bound to.

    Raises:
        NotBound: its owner has to bind it first.
        Failed: no active account has that code, or either of the two is bound elsewhere.
    """
    account = _with_code(vouched.code)
    user = User.objects.filter(pk=account).first() if account else None
    if user is None:
        raise Failed(UNKNOWN)
    own = SocialAccount.objects.filter(provider=PROVIDER)
    bindings = own.filter(Q(uid=vouched.subject) | Q(user=user)).select_related("user")
    holding = [one for one in bindings if not lapse(one)]
    if not holding:
        raise NotBound(user)
    if len(holding) > 1 or holding[0].user_id != user.pk or holding[0].uid != vouched.subject:
        raise Failed(BOUND)
    return user


def _with_code(code: str) -> UUID | None:
    """The one active account whose person has a member code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM accounts_with_code(%s)", [code.lower()])
        found = cursor.fetchall()
    return found[0][0] if len(found) == 1 else None


def lapse(binding: SocialAccount) -> bool:
    """Undo a binding whose member code is no longer its account's, and have the owner told; says whether it did.

    One from before owners were asked knows no code: it is made anew, with their confirmation.
    """
    code = binding.extra_data.get("code", "")
    if code and _with_code(code) == binding.user_id:
        return False
    if code:
        AccountReset.objects.create(user=binding.user, what=AccountReset.What.PROVINCE_UNBOUND)
    binding.delete()
    return True


def lapse_all(user: User) -> None:
    """The same for whatever is bound to an account."""
    for binding in SocialAccount.objects.filter(user=user) if is_on() else ():
        lapse(binding)


def bind(user: User, vouched: Vouched) -> None:
    """From now on the province's account opens this one. Its owner has confirmed it."""
    known = {"user": user, "extra_data": {"code": vouched.code}}
    SocialAccount.objects.update_or_create(provider=PROVIDER, uid=vouched.subject, defaults=known)


def is_bound(user: User) -> bool:
    """Whether an account of the province opens this one."""
    return bool(SocialAccount.objects.filter(user=user).exists())


def unbind(user: User) -> None:
    """Let the account be bound to another one of the province."""
    SocialAccount.objects.filter(user=user).delete()


# ---------- waiting for the owner's confirmation ----------
def keep(request: HttpRequest, user: User, vouched: Vouched) -> str:
    """Whom the province vouches for waits in the session, for ten minutes; gives the page that asks the owner."""
    until = now() + WAITING_TIME
    request.session[_WAITING] = {"user": str(user.pk), "vouched": asdict(vouched), "until": until.timestamp()}
    return BINDING


def kept(request: HttpRequest) -> tuple[User, Vouched] | None:
    """Whom the province vouched for in this session, and whose account that would be."""
    found = request.session.get(_WAITING)
    if not found or found["until"] < now().timestamp():
        return None
    user, vouched = User.objects.filter(pk=found["user"], is_active=True).first(), Vouched(**found["vouched"])
    return (user, vouched) if user is not None and _with_code(vouched.code) == user.pk else None


def drop(request: HttpRequest) -> None:
    """Nothing waits any more."""
    request.session.pop(_WAITING, None)
