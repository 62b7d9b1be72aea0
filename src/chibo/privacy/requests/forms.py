"""What is typed of a request and of its answer."""

from typing import Any

from django import forms

from chibo.lib.vietnamese import normalise
from chibo.look.fields import TextField
from chibo.look.forms import Form
from chibo.privacy.models import DataRequest

MOST_TEXT = 1000


class RequestForm(Form):
    """A request about one's own data; nothing is chosen beforehand."""

    kind = forms.ChoiceField(label="Đồng chí muốn", choices=DataRequest.Kind.choices, widget=forms.RadioSelect)
    subject = forms.ChoiceField(label="Dữ liệu nào", choices=[("", "Chọn"), *DataRequest.Subject.choices])
    text = TextField(
        label="Nói rõ thêm", help_text="Ví dụ: năm sinh đúng là 1968.", rows=3, max_length=MOST_TEXT, required=False
    )

    def clean_text(self) -> str:
        """In one Unicode form."""
        return normalise(self.cleaned_data["text"]).strip()

    def clean(self) -> dict[str, Any]:
        """What is to be changed must be said; a copy needs no words."""
        data = super().clean() or {}
        if data.get("kind") == DataRequest.Kind.CORRECTION and not data.get("text") and "text" not in self.errors:
            self.add_error("text", "Chưa nói sửa chỗ nào. Ghi chỗ sai và nội dung đúng.")
        return data


class AnswerForm(Form):
    """Accepted or refused, and a sentence that the person reads."""

    outcome = forms.ChoiceField(label="Trả lời", choices=DataRequest.Outcome.choices, widget=forms.RadioSelect)
    answer = TextField(
        label="Câu trả lời",
        help_text="Đồng chí ấy đọc câu này. Không chấp nhận thì nói vì sao.",
        rows=8,
        max_length=2000,
    )

    def clean_answer(self) -> str:
        """In one Unicode form."""
        return normalise(self.cleaned_data["answer"]).strip()
