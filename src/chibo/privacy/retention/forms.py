"""What is typed about how long data are kept."""

from typing import Any

from django import forms

from chibo.look.fields import TextField
from chibo.look.forms import Form
from chibo.privacy.retention.run import MOST_DAYS


class DaysForm(Form):
    """Another number of days, with the decision that sets it; empty days take the program's own number back."""

    days = forms.IntegerField(
        label="Giữ bao nhiêu ngày",
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        help_text="Để trống thì dùng lại số ngày của Chibo.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"}),
    )
    source = TextField(
        label="Theo văn bản nào", help_text="Số, ngày của quyết định.", rows=2, max_length=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A number of one's own has its source."""
        data = super().clean() or {}
        if data.get("days") is not None and not data.get("source") and "source" not in self.errors:
            self.add_error("source", "Chưa ghi văn bản. Ghi số, ngày của quyết định đặt thời hạn này.")
        return data
