"""Who must have a second factor: offices above the cells, whoever follows a cell, whoever keeps the machine."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from chibo.access.hats import is_cell_hat
from chibo.access.request import Request
from chibo.access.standing import Standing
from chibo.accounts import second_factor
from chibo.accounts.models import User
from chibo.accounts.sign_in import SECOND_STEP

SET_UP = "/tai-khoan/bao-mat/bat/"
# What stays open to somebody who has not proved it: setting it up, proving it, leaving, the guide.
_STEPS = (SET_UP, *(f"/tai-khoan/bao-mat/{step}/" for step in ("khoa", "ma-du-phong", "xac-nhan")))
_OPEN = (*_STEPS, settings.LOGIN_URL, "/dang-xuat/", "/huong-dan/", "/suc-khoe/")


def must_have(user: User, standing: Standing) -> bool:
    """Whether an account reaches further than one cell from inside, or keeps the machine."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_operator or not all(is_cell_hat(hat) for hat in standing.hats)


class SecondFactorMiddleware:
    """Lets nobody in who must have a second factor and has not proved it: to the page that sets it up, or asks for it.

    Costs no query where the session has proved it, or where the person acts inside a cell alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if not _owes(request) or request.path.startswith(_OPEN):
            return self.get_response(request)
        if second_factor.is_on(request.user):
            target = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{SECOND_STEP}?{urlencode(target)}")
        return redirect(SET_UP)


def _owes(request: Request) -> bool:
    """Whether the second factor is still to be proved in this session."""
    if not request.user.is_authenticated or request.session.get(second_factor.PASSED):
        return False
    return must_have(request.user, request.standing)
