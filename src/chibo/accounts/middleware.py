"""Notes the device of a session now and then; turns the redirect to the sign-in page into one that loses nothing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chibo.accounts import attempts, device
from chibo.accounts.models import User
from chibo.accounts.sign_in import tell
from chibo.accounts.views import lost_sign_in, wants_json

# These lead to the sign-in page on purpose.
DOORS = (settings.LOGIN_URL, "/dang-xuat/")


class DeviceMiddleware:
    """Writes when a device was last used, at most once an hour, and what it is known by to an account.

    A session that was cut off is no session by then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and device.is_due(request):
            device.note(request, request.user)
            tell(request, request.user)
        response = self.get_response(request)
        attempts.write_marks(request, response)
        return response


class LostSignInMiddleware:
    """A form sent without a sign-in, or a script's request, is answered 401 instead of sent away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 302 or request.user.is_authenticated or request.path.startswith(DOORS):
            return response
        asked_to_sign_in = response.headers["Location"].partition("?")[0] == settings.LOGIN_URL
        keeps_something = request.method == "POST" or wants_json(request)
        return lost_sign_in(request) if asked_to_sign_in and keeps_something else response
