"""One way to confirm that the owner of an account is at the machine.

It is asked before a signature, before a change of the sign-in, before an administrator's session: the password; of
whoever has none here, the second factor. Wrong answers are counted as at the door.
"""

from typing import Any

from django import forms
from django.http import HttpRequest

from chibo.accounts import passkeys, second_factor
from chibo.accounts import sign_in as door
from chibo.accounts.attempts import Refused
from chibo.accounts.models import User
from chibo.look.forms import Form

NO_WAY = (
    "Đồng chí vào bằng tài khoản của tỉnh, ở đây chưa có mật khẩu. "
    "Bật lớp bảo vệ thứ hai trong phần Bảo mật rồi làm lại."
)
FIELDS = ("password", "code", "credential")


class ConfirmationForm(Form):
    """Oneself once more, beneath whatever else a form asks. It is checked when all the rest is right.

    A code serves once: it is not used up by a form that is sent back for something else.
    """

    with_factor = False  # the second factor beside the password, where the account has one

    password = forms.CharField(
        label="Mật khẩu của đồng chí",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label="Mã sáu số trong ứng dụng",
        max_length=40,
        required=False,
        help_text="Hoặc một mã dự phòng, tám số",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input-short"}),
    )
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput())

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.owner: User = request.user  # type: ignore[assignment]
        self.factors = second_factor.factors_of(self.owner)
        has_password = self.owner.has_usable_password()
        self.is_possible = has_password or self.factors.is_on
        if not has_password:
            del self.fields["password"]
        if not self.factors.is_on or (has_password and not self.with_factor):
            del self.fields["code"], self.fields["credential"]
        self.order_fields([name for name in self.fields if name not in FIELDS])

    @property
    def asks_passkey(self) -> bool:
        """Whether a passkey may answer in place of a code."""
        return "credential" in self.fields and bool(self.factors.passkeys)

    @property
    def question(self) -> str:
        """What the browser is asked to prove a passkey with; asked anew for each page."""
        return passkeys.question_for_proving(self.request, self.owner)

    def _post_clean(self) -> None:
        """Hold what was typed against the account, after every other field and `clean` of the form itself."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        if not self.is_possible:
            self.add_error(None, NO_WAY)
        for part, check in (("password", self._check_password), ("code", self._check_factor)):
            if part in self.fields and not self.errors:
                try:
                    check()
                except Refused as reason:
                    self.add_error(part, str(reason))

    def _check_password(self) -> None:
        door.check_present(self.request, self.owner, self.cleaned_data["password"])

    def _check_factor(self) -> None:
        code, credential = self.cleaned_data["code"], self.cleaned_data["credential"]
        if not code and not credential:
            raise Refused("Chưa ghi mã. Mở ứng dụng trên điện thoại, gõ sáu số đang hiện.")
        door.prove(self.request, self.owner, code=code, credential=credential)
