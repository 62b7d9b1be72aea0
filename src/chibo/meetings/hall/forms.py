"""What is typed in the hall."""

import re

from django import forms
from django.core.exceptions import ValidationError

from chibo.look.forms import Form
from chibo.meetings.hall.commands import Tried

WRONG = "Mã chưa đúng. Xem lại bốn chữ số trên màn chiếu rồi nhập lại."
# Said in the place of a form that would be of no use.
REFUSED = {
    Tried.USED_UP: "Đồng chí đã nhập sai năm lần mã này. Thư ký mở mã mới thì nhập lại được, hoặc gọi tên đồng chí.",
    Tried.CLOSED: "Mã điểm danh đang đóng. Xin báo thư ký gọi tên đồng chí.",
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
