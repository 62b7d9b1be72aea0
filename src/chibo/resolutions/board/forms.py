"""The form by which an owner says how far a task is."""

from decimal import Decimal
from typing import Any

from django import forms

from chibo.look.forms import Form
from chibo.resolutions.models import Progress, Task


class ProgressForm(Form):
    """State in one tap; amount and a note only where there is something to say."""

    about_people = ("note",)

    state = forms.ChoiceField(label="Việc đến đâu", choices=Progress.State.choices)
    amount = forms.DecimalField(
        label="Đã làm được", required=False, min_value=Decimal(0), max_digits=12, decimal_places=2
    )
    note = forms.CharField(
        label="Nói thêm một câu", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if task.target is None:
            del self.fields["amount"]
        else:
            target = f"{task.target.normalize():f}".replace(".", ",")
            self.fields["amount"].label = f"Đã làm được, trên {target} {task.unit}"
