"""The devices on which one is signed in: seen, and signed out from afar."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chibo.access.request import Request
from chibo.accounts.device import device_of
from chibo.directory.commands import own_account
from chibo.look import notices

PAGE = "/tai-khoan/thiet-bi/"


@login_required
@require_GET
def devices(request: Request) -> HttpResponse:
    """All of them, the one in use first."""
    here = device_of(request)
    rows = sorted(request.user.devices.signed_in().order_by("-last_used_at"), key=lambda device: device.pk != here)
    return render(request, "directory/account/devices.html", {"rows": rows, "here": here})


@login_required
@require_POST
def cut_off_others(request: Request) -> HttpResponse:
    """Sign every device out but this one."""
    return _said(request, own_account.cut_off(request=request, user=request.user, one=None))


@login_required
@require_POST
def cut_off(request: Request, device_id: UUID) -> HttpResponse:
    """Sign one device out. One that is not one's own, or is gone already, changes nothing."""
    return _said(request, own_account.cut_off(request=request, user=request.user, one=device_id))


def _said(request: Request, number: int) -> HttpResponse:
    """Say how many were signed out, and go back to the list."""
    if number:
        notices.done(request, "Đã đăng xuất thiết bị đó." if number == 1 else f"Đã đăng xuất {number} thiết bị.")
    else:
        notices.tell(request, "Không còn thiết bị nào khác đang đăng nhập.")
    return redirect(PAGE)
