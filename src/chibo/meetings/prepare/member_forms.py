"""The forms by which a member answers a notice and prepares an opinion."""

from typing import Any

from django import forms

from chibo.lib.vietnamese import normalise
from chibo.look.fields import TextField
from chibo.look.forms import Form
from chibo.meetings.models import Invitee, Reason

# Those categories that a person may give for oneself; "không lý do" is a decision of the cell alone.
OWN_REASONS = [
    (value, label.capitalize()) for value, label in Reason.choices if value not in (Reason.UNKNOWN, Reason.NONE)
]


class AnswerForm(Form):
    """Coming or not; who does not come says why in one of a few categories, and in words if they like."""

    about_people = ("reason_text",)

    answer = forms.ChoiceField(choices=[("", ""), *Invitee.Answer.choices], required=False)
    reason = forms.ChoiceField(label="Vì sao vắng", choices=OWN_REASONS, required=False, widget=forms.RadioSelect)
    reason_text = forms.CharField(
        label="Nói thêm", required=False, max_length=200, help_text="Chỉ chi ủy đọc; ký biên bản xong thì xóa."
    )

    def clean(self) -> dict[str, Any]:
        """Someone absent chooses a category."""
        data = super().clean() or {}
        if data.get("answer") == Invitee.Answer.ABSENT and not data.get("reason"):
            self.add_error("reason", "Chưa chọn lý do vắng. Chọn một lý do.")
        return data


class OpinionForm(Form):
    """A prepared opinion."""

    text = TextField(label="Ý kiến của tôi", rows=6, required=False)

    def clean_text(self) -> str:
        """In one Unicode form."""
        return normalise(self.cleaned_data["text"])
