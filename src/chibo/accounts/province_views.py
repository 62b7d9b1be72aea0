"""To the province's sign-in and back."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from chibo.accounts import province
from chibo.accounts import sign_in as door
from chibo.accounts.forms import SignInForm
from chibo.accounts.views import safe_next


@never_cache
@require_GET
def go(request: HttpRequest) -> HttpResponse:
    """Send the browser to the province; it comes back with an answer to this session's question."""
    if not province.is_on():
        raise Http404
    try:
        return redirect(province.question(request, safe_next(request)))
    except province.Failed as reason:
        return _explain(request, reason)


@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Take the province's answer: enter, or go on to the second factor, which is asked for here too."""
    if not province.is_on():
        raise Http404
    try:
        vouched = province.answer(request)
        user = province.account_of(vouched)
    except province.NotBound as first:
        return redirect(province.keep(request, first.user, vouched))
    except province.Failed as reason:
        return _explain(request, reason)
    return redirect(door.proceed(request, user, keep=False, target=vouched.target or settings.LOGIN_REDIRECT_URL))


def _explain(request: HttpRequest, reason: province.Failed) -> HttpResponse:
    """The sign-in page with the reason on top, and the password as the other way."""
    context = {"form": SignInForm(), "notice": str(reason), "province": True}
    return render(request, "accounts/sign_in.html", context, status=403)
