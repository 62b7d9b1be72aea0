"""Signing in and out, and what happens when a sign-in is lost while typing."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chibo.accounts import sign_in as door
from chibo.accounts.carried import Carried
from chibo.accounts.forms import SignInForm

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
        except door.Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            door.enter(request, user, keep=form.cleaned_data["keep"])
            if carried is None:
                return redirect(safe_next(request))
            return render(request, "accounts/carried.html", {"carried": carried, "just_signed_in": True})
    return _ask(request, form, carried, status=422)


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
        return JsonResponse({"error": SIGNED_OUT}, status=403 if request.user.is_authenticated else 401)
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
    context = {"form": form, "carried": carried, "next": target, "notice": notice}
    return render(request, "accounts/sign_in.html", context, status=status)


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of our own, else the first page."""
    target = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
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
