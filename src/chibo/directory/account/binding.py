"""The first time that an account of the province would open one of ours, its owner confirms that it is theirs."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chibo.accounts import province
from chibo.accounts import sign_in as door
from chibo.accounts.attempts import INVITATION, Attempt, Refused
from chibo.accounts.models import Invitation, User
from chibo.directory.commands.own_account import bind_province
from chibo.look.forms import Form


class BindingForm(Form):
    """The password that one has here, or the code of a printed sheet."""

    password = forms.CharField(
        label="Mật khẩu Chibo đang dùng",
        max_length=200,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label="Chưa có mật khẩu: mã mời trên tờ mời",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input-short"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.owner = request, owner
        self.invitation: Invitation | None = None

    def clean(self) -> dict[str, Any]:
        """One of the two is the account's."""
        found = super().clean() or {}
        if self.errors:
            return found
        part = "code" if found["code"] and not found["password"] else "password"
        try:
            if part == "code":
                self.invitation = _invitation(self.request, self.owner, found["code"])
            elif found["password"]:
                door.check_present(self.request, self.owner, found["password"])
            else:
                self.add_error("password", "Chưa ghi mật khẩu, cũng chưa ghi mã mời. Ghi một trong hai.")
        except Refused as reason:
            self.add_error(part, str(reason))
        return found


def _invitation(request: HttpRequest, owner: User, code: str) -> Invitation:
    """The open invitation of the account that a code is of.

    Raises:
        Refused: it is none of its own, or there were too many wrong ones.
    """
    attempt = Attempt.of(request, str(owner.pk), INVITATION)
    attempt.refuse_while_waiting()
    invitation = Invitation.objects.by_code(owner.pk, code)
    if invitation is None:
        attempt.failed()
        raise Refused("Mã mời chưa đúng, đã dùng, hoặc quá 30 ngày. Xem lại tờ mời.")
    return invitation


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest) -> HttpResponse:
    """Ask the owner; then enter, or go on to the second factor."""
    if not province.is_on():
        raise Http404
    if (found := province.kept(request)) is None:
        return redirect(settings.LOGIN_URL)
    owner, vouched = found
    form = BindingForm(request.POST if request.method == "POST" else None, request=request, owner=owner)
    if form.is_bound and form.is_valid():
        bind_province(request=request, user=owner, vouched=vouched, invitation=form.invitation)
        province.drop(request)
        return redirect(door.proceed(request, owner, keep=False, target=vouched.target or settings.LOGIN_REDIRECT_URL))
    context = {"form": form, "code": vouched.code}
    return render(request, "directory/account/binding.html", context, status=422 if form.is_bound else 200)
