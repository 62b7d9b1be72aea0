"""Signing in, and choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from chibo.look.forms import Form

KEEP_LABEL = "Máy của tôi, lần sau không hỏi lại"

PASSWORD_MESSAGES = {
    "password_too_short": "Mật khẩu cần ít nhất 8 ký tự. Bốn từ viết liền thì dễ nhớ mà khó đoán.",
    "password_too_common": "Mật khẩu này nhiều người dùng, dễ bị đoán. Chọn mật khẩu khác.",
}


class SignInForm(Form):
    """A name and a password."""

    name = forms.CharField(
        label="Tên đăng nhập",
        help_text="Tên in trên tờ mời, mã đảng viên hoặc số điện thoại",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    keep = forms.BooleanField(label=KEEP_LABEL, required=False)


class CodeForm(Form):
    """The second step: a code of the app or a recovery code; or what a passkey answered, sent by a script."""

    code = forms.CharField(
        label="Mã sáu số trong ứng dụng",
        help_text="Không có điện thoại bên mình thì gõ một mã dự phòng, tám số.",
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input-short", "autofocus": True}
        ),
    )
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        found = super().clean() or {}
        if not self.errors and not found.get("code") and not found.get("credential"):
            self.add_error("code", "Chưa ghi mã. Mở ứng dụng trên điện thoại, gõ sáu số đang hiện.")
        return found


class PasswordForm(Form):
    """One's own password, typed twice."""

    password = forms.CharField(
        label="Mật khẩu mới",
        help_text="Ít nhất 8 ký tự. Bốn từ viết liền thì dễ nhớ mà khó đoán.",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    keep = forms.BooleanField(label=KEEP_LABEL, required=False)

    def __init__(self, *args: Any, login: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.login = login

    def clean_password(self) -> str:
        """Long enough, not one that many use, and not the login itself."""
        password: str = self.cleaned_data["password"]
        if password.strip().lower() == self.login:
            raise ValidationError("Mật khẩu phải khác tên đăng nhập.")
        try:
            validate_password(password)
        except ValidationError as error:
            words = [PASSWORD_MESSAGES.get(one.code or "", one.messages[0]) for one in error.error_list]
            raise ValidationError(words) from error
        return password

    def clean(self) -> dict[str, Any]:
        """Both times the same."""
        found = super().clean() or {}
        if "password" in found and "again" in found and found["password"] != found["again"]:
            self.add_error("again", "Hai lần nhập chưa giống nhau. Nhập lại.")
        return found
