"""The form that makes an access token."""

from django import forms

from chibo.api.models import AccessToken
from chibo.look.forms import Form

LASTS = (("30", "30 ngày"), ("90", "90 ngày"), ("180", "Nửa năm"), ("365", "Một năm"))


class TokenForm(Form):
    """What it is for, what it may do, how long."""

    name = forms.CharField(
        label="Phần mềm nào dùng mã này",
        max_length=80,
        help_text="Ví dụ: Phần mềm tổng hợp của Văn phòng Đảng ủy.",
    )
    scope = forms.ChoiceField(label="Mã được làm gì", choices=AccessToken.Scope.choices, widget=forms.RadioSelect)
    days = forms.TypedChoiceField(label="Dùng trong bao lâu", choices=LASTS, coerce=int, widget=forms.RadioSelect)
