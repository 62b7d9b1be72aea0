"""One's own sign-in: the second factor in three steps, recovery codes, password. Changes ask for the password again."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chibo.access.request import Request
from chibo.access.second_factor import must_have
from chibo.access.standing import require
from chibo.accounts import passkeys, second_factor
from chibo.accounts import sign_in as door
from chibo.accounts.adapters import FactorAdapter
from chibo.accounts.attempts import Refused
from chibo.accounts.confirmation import ConfirmationForm
from chibo.accounts.encryption import decrypt, encrypt
from chibo.accounts.views import safe_next
from chibo.directory.account.forms import AppCodeForm, ChangePasswordForm, CredentialForm
from chibo.directory.account.telling import words_of
from chibo.directory.commands import own_account
from chibo.directory.views.invitations import qr_of
from chibo.look import notices

PAGE = "/tai-khoan/bao-mat/"
SHOW_CODES = f"{PAGE}ma-du-phong/"
_CODES = "new_codes"
_View = Callable[..., HttpResponse]


def confirmed(view: _View) -> _View:
    """Let through whoever typed the password within the last quarter of an hour: a copied cookie does not change it.

    Whoever has proved no second factor that the account has is sent to prove it.
    """

    @wraps(view)
    def inside(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        back = urlencode({"next": request.path if request.method == "GET" else PAGE})
        if not request.session.get(second_factor.PASSED) and second_factor.is_on(request.user):
            return redirect(f"{door.SECOND_STEP}?{back}")
        if not door.is_confirmed(request):
            return redirect(f"{PAGE}xac-nhan/?{back}")
        return view(request, *args, **kwargs)

    return inside


@login_required
@require_http_methods(["GET"])
def overview(request: Request) -> HttpResponse:
    """How one's own sign-in stands, and everything that can be changed about it."""
    user = request.user
    resets = [{"reset": one, "words": words_of(user, one)} for one in user.resets.order_by("-at")[:5]]
    context = {
        "factors": second_factor.factors_of(user),
        "must": must_have(user, request.standing),
        "devices": user.devices.signed_in().count(),
        "resets": resets,
        "few": second_factor.FEW_CODES,
    }
    return render(request, "directory/account/security.html", context)


@sensitive_post_parameters("password")
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: Request) -> HttpResponse:
    """Ask for the password again."""
    form = ConfirmationForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        door.confirm(request)
        return redirect(safe_next(request))
    target = request.POST.get("next") or request.GET.get("next", PAGE)
    status = 422 if form.is_bound else 200
    return render(request, "directory/account/confirm.html", {"form": form, "next": target}, status=status)


@login_required
@confirmed
@never_cache
@require_http_methods(["GET", "POST"])
def set_up(request: Request) -> HttpResponse:
    """Step one and two: take the key into an app, type the six digits that it shows. Or a passkey of this machine."""
    user = request.user
    form = AppCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if own_account.set_up_app(request=request, user=user, code=form.cleaned_data["code"]):
            return _after_set_up(request)
        form.add_error("code", "Mã chưa khớp. Đợi ứng dụng hiện mã mới, gõ lại; xem giờ của điện thoại có đúng không.")
    factors = second_factor.factors_of(user)
    secret = second_factor.pending_secret(request)
    address = FactorAdapter().build_totp_url(user, secret)
    context = {
        "form": form,
        "factors": factors,
        "must": must_have(user, request.standing) and not factors.is_on,
        "qr": qr_of(address),
        "address": address,
        "key": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "question": passkeys.question_for_adding(request, user),
    }
    return render(request, "directory/account/set_up.html", context, status=422 if form.is_bound else 200)


@login_required
@confirmed
@require_POST
def add_passkey(request: Request) -> HttpResponse:
    """Keep the passkey that the browser made."""
    form = CredentialForm(request.POST)
    try:
        if not form.is_valid():
            raise passkeys.NotProved
        own_account.add_passkey(request=request, user=request.user, answer=form.cleaned_data["credential"])
    except passkeys.NotProved:
        notices.fail(request, "Máy này chưa tạo được khóa. Thử lại, hoặc dùng ứng dụng trên điện thoại.")
        return redirect(f"{PAGE}bat/")
    return _after_set_up(request)


def _after_set_up(request: Request) -> HttpResponse:
    """Step three for whoever has no recovery codes yet."""
    if second_factor.factors_of(request.user).codes_left:
        notices.done(request, "Đã thêm một cách xác nhận.")
        return redirect(PAGE)
    _keep_for_showing(request)
    return redirect(SHOW_CODES)


def _keep_for_showing(request: Request) -> None:
    """New codes wait in the session, encrypted, until their owner says that they are put away."""
    request.session[_CODES] = encrypt(",".join(own_account.make_recovery_codes(request=request, user=request.user)))


@login_required
@confirmed
@never_cache
@require_http_methods(["GET", "POST"])
def recovery_codes(request: Request) -> HttpResponse:
    """Step three: ten codes to print, shown until one says that they are put away. Or ten new ones."""
    if request.method == "POST" and "kept" in request.POST:
        request.session.pop(_CODES, None)
        notices.done(request, "Tài khoản đã có lớp bảo vệ thứ hai.")
        return redirect("/")
    if request.method == "POST" and second_factor.is_on(request.user):
        _keep_for_showing(request)
    if not (sealed := request.session.get(_CODES)):
        return redirect(PAGE)
    context = {"codes": decrypt(sealed).split(","), "login": request.user.login, "host": request.get_host()}
    return render(request, "directory/account/codes.html", context)


@login_required
@confirmed
@require_POST
def remove(request: Request) -> HttpResponse:
    """Take a passkey or the app away. Who must have a second factor sets up another one first."""
    factors = second_factor.factors_of(request.user)
    number = request.POST.get("passkey", "")
    passkey = next((one.pk for one in factors.passkeys if str(one.pk) == number), None)
    require(passkey is not None or number == "")
    last = factors.has_app + len(factors.passkeys) == 1
    if last and must_have(request.user, request.standing):
        notices.fail(request, "Chức vụ của đồng chí cần lớp bảo vệ thứ hai. Thêm cách khác trước, rồi bỏ cách này.")
        return redirect(PAGE)
    own_account.remove_factor(request=request, user=request.user, passkey=passkey)
    notices.done(request, "Đã bỏ cách xác nhận đó.")
    return redirect(PAGE)


@sensitive_post_parameters("present", "password", "again")
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    """Choose another password; every other device is signed out."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _is_right(request, form):
        own_account.change_password(request=request, user=request.user, password=form.cleaned_data["password"])
        notices.done(request, "Đã đổi mật khẩu. Các thiết bị khác phải đăng nhập lại.")
        return redirect(PAGE)
    context = {"form": form, "login": request.user.login}
    status = 422 if form.is_bound else 200
    return render(request, "directory/account/password.html", context, status=status)


def _is_right(request: Request, form: ChangePasswordForm) -> bool:
    """Whether it is the present password."""
    try:
        door.check_present(request, request.user, form.cleaned_data["present"])
    except Refused as refusal:
        form.add_error("present", str(refusal))
        return False
    return True
