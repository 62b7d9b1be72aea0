"""The page of one's own access tokens: made, shown once, cut off."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.request import Request
from chibo.access.standing import require
from chibo.accounts import second_factor
from chibo.api import commands
from chibo.api.forms import TokenForm
from chibo.api.models import MOST_TOKENS, AccessToken, Made, shown
from chibo.directory.account.security import confirmed
from chibo.look import notices

PAGE = "/tai-khoan/ma-truy-cap/"


@login_required
@require_GET
def tokens(request: Request) -> HttpResponse:
    """All that still work."""
    require(request.standing.person_id is not None)
    return render(request, "api/tokens.html", {"rows": list(shown(request.user)), "most": MOST_TOKENS})


@login_required
@confirmed
@never_cache
@require_http_methods(["GET", "POST"])
def new_token(request: Request) -> HttpResponse:
    """Make one, after the password was typed again; its text is on the answer and nowhere else."""
    require(request.standing.person_id is not None)
    form = TokenForm(request.POST or None, initial={"scope": AccessToken.Scope.READ})
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, form)
        except commands.TooMany as reason:
            form.add_error("name", str(reason))
    return render(request, "api/new_token.html", {"form": form}, status=422 if form.is_bound else 200)


def _made(request: Request, form: TokenForm) -> HttpResponse:
    """The new token, to be copied now.

    Raises:
        TooMany: cut one off first.
    """
    proved = bool(request.session.get(second_factor.PASSED)) and second_factor.is_on(request.user)
    made: Made = commands.make_token(by=request.standing, user=request.user, proved=proved, **form.cleaned_data)
    return render(request, "api/made.html", {"made": made, "host": request.build_absolute_uri("/api/v1/me")})


@login_required
@require_POST
def cut_off(request: Request, token_id: UUID) -> HttpResponse:
    """End one at once."""
    if commands.cut_off_token(by=request.standing, user=request.user, token_id=token_id):
        notices.done(request, "Đã cắt mã truy cập. Phần mềm dùng mã ấy không đọc được nữa.")
    else:
        notices.tell(request, "Mã này đã bị cắt từ trước.")
    return redirect(PAGE)
