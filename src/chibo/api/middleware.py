"""What surrounds the API: tokens instead of sessions, limits, answers that are JSON whatever happens, ETag and 304."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from chibo.accounts import device, second_factor
from chibo.accounts.attempts import address_of
from chibo.api import limits
from chibo.api.models import BEGINNING, AccessToken
from chibo.api.problems import Refusal, of_status
from chibo.lib.dates import now

PATH = "/api/"
MOST_BYTES = 64 * 1024
WRONG_TOKENS_A_MINUTE = 30
# Names under which other programs put tokens into addresses.
TOKEN_NAMES = {"token", "access_token", "api_key", "apikey", "authorization"}


class ApiMiddleware:
    """Stands between finding the session and finding the person: whoever shows a token is its account, and no session.

    What follows (standing, scope, second factor) is the same for a token as for a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATH):
            return self.get_response(request)
        try:
            _admit(request)
            response = _as_json(self.get_response(request))
        except Refusal as refusal:
            response = refusal.response()
        patch_vary_headers(response, ("Authorization", "Cookie"))
        return _unless_known(request, response)


def _admit(request: HttpRequest) -> None:
    """Find the token's account; hold what is refused before anything is read.

    Raises:
        Refusal: too large, a token in the address, a token that does not work, too many requests.
    """
    if _length(request) > MOST_BYTES:
        raise Refusal("too_large")
    if any(name.lower() in TOKEN_NAMES or str(value).startswith(BEGINNING) for name, value in request.GET.items()):
        raise Refusal("token_in_address")
    address = address_of(request) or ""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        _enter_by_token(request, text.strip() if scheme.lower() == "bearer" else "", address)
    caller = str(request.user.pk) if request.user.is_authenticated else address
    if wait := limits.requests.wait(caller, settings.API_REQUESTS_A_MINUTE):
        raise Refusal("too_many_requests", wait=wait)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _enter_by_token(request: HttpRequest, text: str, address: str) -> None:
    """Make the request its account's. Cookies that came along count for nothing."""
    token = AccessToken.objects.by_text(text)
    if token is None:
        wait = limits.wrong_tokens.wait(address, WRONG_TOKENS_A_MINUTE)
        raise Refusal("too_many_requests", wait=wait) if wait else Refusal("token_refused")
    request.user = token.user
    request.access_token = token  # type: ignore[attr-defined]
    # A token has no session. What the middlewares ask one is answered here, and nothing of it is kept.
    proved = token.proved and second_factor.is_on(token.user)
    request.session = {second_factor.PASSED: proved, device.SEEN: now().timestamp()}  # type: ignore[assignment]
    token.note_use()


def _as_json(response: HttpResponse) -> HttpResponse:
    """What was not answered by the API itself: the second factor that is owed, no such path, an error."""
    if response.status_code in (301, 302):
        return Refusal("second_factor_required").response()
    if response.status_code >= 400 and response.headers.get("Content-Type", "").partition(";")[0] != "application/json":
        return of_status(response.status_code).response()
    return response


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 where the caller has just this answer already."""
    if request.method != "GET" or response.status_code != 200:
        return response
    set_response_etag(response)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
