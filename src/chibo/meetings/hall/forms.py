"""What is typed in the hall."""

import re

from django import forms
from django.core.exceptions import ValidationError

from chibo.look.forms import Form
from chibo.meetings.hall.commands import Tried

REFUSED = {
    Tried.WRONG: "Mã chưa đúng. Xem lại bốn chữ số trên màn chiếu rồi nhập lại.",
    Tried.USED_UP: "Đã nhập quá năm lần. Xin báo thư ký điểm danh giúp.",
    Tried.CLOSED: "Mã điểm danh đã đóng. Xin báo thư ký điểm danh giúp.",
}


class CheckInForm(Form):
    """The four digits; `how` says whether they came with the QR code."""

    code = forms.CharField(label="Bốn chữ số trên màn chiếu", max_length=20)
    how = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9 ]*"}

    def clean_code(self) -> str:
        """Four digits, with or without spaces."""
        typed = re.sub(r"\s", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{4}", typed):
            raise ValidationError("Mã có bốn chữ số, ví dụ 4821.")
        return typed
