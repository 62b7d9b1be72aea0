"""Turns the redirect to the sign-in page into an answer that loses nothing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chibo.accounts.views import lost_sign_in, wants_json

# Both lead to the sign-in page on purpose.
DOORS = {settings.LOGIN_URL, "/dang-xuat/"}


class LostSignInMiddleware:
    """A form sent without a sign-in, or a script's request, is answered 401 instead of sent away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 302 or request.user.is_authenticated or request.path in DOORS:
            return response
        asked_to_sign_in = response.headers["Location"].startswith(settings.LOGIN_URL)
        keeps_something = request.method == "POST" or wants_json(request)
        return lost_sign_in(request) if asked_to_sign_in and keeps_something else response
