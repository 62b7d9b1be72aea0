"""Who may call: whoever shows an access token, or is signed in on a page of this site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from chibo.accounts.models import User
from chibo.api.models import AccessToken
from chibo.api.problems import Refusal

READING = ("GET", "HEAD", "OPTIONS")


class Token(HttpBearer):
    """An access token, found and admitted by the middleware; one that only reads writes nothing."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        found: AccessToken | None = getattr(request, "access_token", None)
        if found is None:
            return None
        if request.method not in READING and found.scope != AccessToken.Scope.PROGRESS:
            raise Refusal("read_only")
        return found.user


class Session(APIKeyCookie):
    """The sign-in of a page of this site; what changes something must come from there (CSRF)."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise Refusal("not_from_our_pages")
        return request.user
