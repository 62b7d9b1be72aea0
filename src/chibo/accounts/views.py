"""Signing in and out, and what happens when a sign-in is lost while typing."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chibo.accounts import passkeys, province, second_factor
from chibo.accounts import sign_in as door
from chibo.accounts.attempts import Refused
from chibo.accounts.carried import Carried
from chibo.accounts.forms import CodeForm, SignInForm
from chibo.accounts.models import User
from chibo.look import notices

SIGNED_OUT = "Đã hết phiên đăng nhập. Nội dung đang gõ vẫn còn; đăng nhập rồi gửi lại."


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is; then go on to where one was going, with what was typed there."""
    carried = Carried.read(request.POST.get("carried"))
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect(safe_next(request))
        return _ask(request, SignInForm())
    form = SignInForm(request.POST)
    if form.is_valid():
        try:
            user = door.check(request, form.cleaned_data["name"], form.cleaned_data["password"])
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            address = door.proceed(request, user, keep=form.cleaned_data["keep"], target=safe_next(request))
            return redirect(address) if carried is None else _go_on(request, carried)
    return _ask(request, form, carried, status=422)


@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Prove the second factor after the password, or in a session that has not proved it yet."""
    owing = door.pending(request) or _owing_inside(request)
    carried = Carried.read(request.POST.get("carried"))
    if owing is None:
        return redirect(settings.LOGIN_URL if not request.user.is_authenticated else settings.LOGIN_REDIRECT_URL)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proved = door.prove(request, owing.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            door.enter(request, owing.user, keep=owing.keep, passed=True)
            _say_codes_left(request, owing.user, proved)
            return redirect(owing.target) if carried is None else _go_on(request, carried)
    return _ask_second(request, owing.user, form, carried, status=422 if request.method == "POST" else 200)


def _owing_inside(request: HttpRequest) -> door.Pending | None:
    """Someone signed in whose session has not proved the second factor that the account has."""
    user = request.user
    if not isinstance(user, User) or request.session.get(second_factor.PASSED) or not second_factor.is_on(user):
        return None
    keep = request.session.get_expiry_age() > door.SHORT_SESSION
    return door.Pending(user, keep, safe_next(request))


def _ask_second(
    request: HttpRequest, user: User, form: CodeForm, carried: Carried | None, *, status: int
) -> HttpResponse:
    """The page of the second step: a passkey where there is one, a code of the app, a recovery code."""
    factors = second_factor.factors_of(user)
    question = passkeys.question_for_proving(request, user) if factors.passkeys else ""
    target = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "factors": factors, "question": question, "carried": carried, "next": target}
    return render(request, "accounts/second_step.html", context, status=status)


def _say_codes_left(request: HttpRequest, user: User, proved: str) -> None:
    """After a recovery code: how many are left, and what to do when they run out."""
    if proved != Authenticator.Type.RECOVERY_CODES:
        return
    left = second_factor.factors_of(user).codes_left
    words = f"Đã dùng một mã dự phòng, còn {left} mã." if left else "Đã dùng mã dự phòng cuối cùng."
    if left <= second_factor.FEW_CODES:
        notices.warn(request, f"{words} Vào phần Bảo mật in mã mới.")
    else:
        notices.tell(request, words)


def _go_on(request: HttpRequest, carried: Carried) -> HttpResponse:
    """With something typed on its way: to where it can be sent, or to the second step with it."""
    owing = door.pending(request)
    if owing is not None:
        return _ask_second(request, owing.user, CodeForm(), carried, status=200)
    return render(request, "accounts/carried.html", {"carried": carried, "just_signed_in": True})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on this device."""
    logout(request)
    return redirect(settings.LOGIN_URL)


def lost_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer a form that came without a sign-in: ask for it, carrying along what was typed."""
    if wants_json(request):
        return JsonResponse({"error": SIGNED_OUT}, status=401)
    return _ask(request, SignInForm(), Carried.of(request), status=401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was opened before signing in elsewhere, or the form came from another site.

    From our own pages nothing typed is lost; what another site sent is thrown away.
    """
    if wants_json(request):
        if request.user.is_authenticated:
            return JsonResponse({"error": "csrf"}, status=403)  # a script fetches a fresh token and asks again
        return JsonResponse({"error": SIGNED_OUT}, status=401)
    if not from_our_pages(request):
        return render(request, "403_csrf.html", status=403)
    if request.path == settings.LOGIN_URL:
        form = SignInForm(initial={"name": request.POST.get("name", "")})
        notice = "Trang này mở đã lâu. Nhập mật khẩu rồi bấm Đăng nhập lần nữa."
        return _ask(request, form, Carried.read(request.POST.get("carried")), status=403, notice=notice)
    if not request.user.is_authenticated:
        return lost_sign_in(request)
    return render(request, "accounts/carried.html", {"carried": Carried.of(request)}, status=403)


def _ask(
    request: HttpRequest, form: SignInForm, carried: Carried | None = None, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    """The sign-in page."""
    target = "" if carried else request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "carried": carried, "next": target, "notice": notice, "province": province.is_on()}
    return render(request, "accounts/sign_in.html", context, status=status)


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: a path of our own, else the first page."""
    target = request.POST.get("next") or request.GET.get("next", "")
    own = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if own else settings.LOGIN_REDIRECT_URL


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, such as the one that keeps what is typed; pages are asked for by people."""
    headers = request.headers
    return "HX-Request" in headers or "application/json" in headers.get("Accept", "")


def from_our_pages(request: HttpRequest) -> bool:
    """Whether the browser says that a form came from a page of this site; silence does not count."""
    origin = request.headers.get("Origin")
    if origin == "null":
        return False
    source = origin or request.headers.get("Referer", "")
    return bool(source) and url_has_allowed_host_and_scheme(source, {request.get_host()})
