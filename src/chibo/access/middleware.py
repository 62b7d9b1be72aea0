"""Response headers, one transaction a request, and the standing of whoever asks."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from chibo.access import scope, staff
from chibo.access.account import standing_of_account
from chibo.access.standing import Standing, is_suspended

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class HeadersMiddleware:
    """A strict content policy on every answer. None is kept by any cache, the browser's own neither: whoever uses it
    next finds nothing there (decision 0067). What is no content of anybody says so itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 304:
            return response  # keeps the headers of the answer that it confirms; phones ask for it every few seconds
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=()")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class ScopeMiddleware:
    """Wrap all of a request, rendering too, in one transaction that begins with no right at all."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with scope.scope(Standing.nobody()):
            response = self.get_response(request)
            if response.status_code >= 500:
                # Exceptions are answers by now; what they left half done must not stay.
                transaction.set_rollback(True)
        return response


class PersonMiddleware:
    """Find who asks and tell the database; `request.standing` is there for every view."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        standing = Standing.nobody()
        if request.user.is_authenticated and (person_id := request.user.person_id) is not None:
            standing = standing_of_account(request.user, person_id)
            # Read already: `request.user.person` costs no query, and is there for a suspended person too.
            request.user.person = standing.person
        suspended = is_suspended(standing)
        if request.user.is_authenticated and request.user.is_operator and not suspended:
            standing = staff.as_administrator(standing, request.user.pk, request)
        if standing.person_id is not None or standing.account_id is not None:
            scope.enter(standing)
        request.standing = standing  # type: ignore[attr-defined]
        return self.get_response(request)
