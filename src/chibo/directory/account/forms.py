"""Forms of one's own account."""

from typing import Any

from django import forms

from chibo.accounts.forms import PasswordForm
from chibo.accounts.models import User
from chibo.look.forms import Form


class ChangePasswordForm(PasswordForm):
    """The present password, and a new one twice."""

    present = forms.CharField(
        label="Mật khẩu đang dùng",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present", "password", "again")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, login=user.login, **kwargs)
        del self.fields["keep"]


class AppCodeForm(Form):
    """The first code that an app shows."""

    code = forms.CharField(
        label="Sáu số đang hiện trong ứng dụng",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input-short"}),
    )


class CredentialForm(Form):
    """What a script sends of a passkey."""

    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput())
