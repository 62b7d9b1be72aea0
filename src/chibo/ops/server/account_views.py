"""Accounts as the IT officer sees them: login, state, last day, second factor, number of devices; never a name."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from chibo.access.request import Request
from chibo.access.standing import found
from chibo.accounts.models import User
from chibo.look import notices, searching
from chibo.ops.server.accounts import end_devices, switch_off, switch_on
from chibo.ops.server.guard import for_operator

ONE_PAGE = 50
_PROVING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def known() -> QuerySet[User]:
    """Every account with what may be told of it."""
    proving = Authenticator.objects.filter(user=OuterRef("pk"), type__in=_PROVING)
    return User.objects.annotate(second_factor=Exists(proving), device_count=Count("devices"))


@for_operator
@require_GET
@never_cache
def accounts(request: Request) -> HttpResponse:
    """Accounts by the beginning of their login, a page at a time."""
    sought = searching.sought(request).lower()
    after = searching.sought(request, "sau")
    matching = known().filter(login__startswith=sought)
    rows = list(matching.filter(login__gt=after).order_by("login")[: ONE_PAGE + 1])
    context = {
        "rows": rows[:ONE_PAGE],
        "next": rows[ONE_PAGE - 1].login if len(rows) > ONE_PAGE else "",
        "sought": sought,
        "total": User.objects.count(),
        "off": User.objects.filter(is_active=False).count(),
    }
    return render(request, "ops/server/accounts.html", context)


@for_operator
@require_GET
@never_cache
def account(request: Request, user_id: UUID) -> HttpResponse:
    """One account, and what can be done with it."""
    user = found(known().filter(pk=user_id).first())
    own = user.pk == request.standing.account_id
    return render(request, "ops/server/account.html", {"account": user, "own": own})


@for_operator
@require_POST
def set_state(request: Request, user_id: UUID) -> HttpResponse:
    """Switch an account off, or on again."""
    user = found(User.objects.select_for_update().filter(pk=user_id).first())
    if user.is_active:
        switch_off(by=request.standing, user=user)
        notices.done(request, f"Đã khóa tài khoản “{user.login}” và đăng xuất mọi thiết bị của nó.")
    else:
        switch_on(by=request.standing, user=user)
        notices.done(request, f"Đã mở lại tài khoản “{user.login}”, với mật khẩu như trước.")
    return redirect(f"/may-chu/tai-khoan/{user.pk}/")


@for_operator
@require_POST
def sign_out(request: Request, user_id: UUID) -> HttpResponse:
    """End every device of an account."""
    user = found(User.objects.filter(pk=user_id).first())
    number = end_devices(by=request.standing, user=user)
    notices.done(request, f"Đã đăng xuất {number} thiết bị của tài khoản “{user.login}”.")
    return redirect(f"/may-chu/tai-khoan/{user.pk}/")
