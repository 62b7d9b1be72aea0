"""What is typed of a draft."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from chibo.lib.dates import add_months
from chibo.look.fields import DateField, TextField
from chibo.look.forms import Form
from chibo.meetings.models import Meeting
from chibo.resolutions.drafting.commands import TaskText
from chibo.resolutions.in_minutes import label_of
from chibo.resolutions.models import DraftedTask


def _part(name: str, rows: int) -> TextField:
    return TextField(label=label_of(name), rows=rows, max_length=20000, required=False)


class PartsForm(Form):
    """The parts of the resolution that people write; each may be left for the room."""

    direction = _part("direction", 4)
    implementation = _part("implementation", 3)
    ideology = _part("ideology", 3)
    political_tasks = _part("political_tasks", 3)
    praise = _part("praise", 3)
    shortcomings = _part("shortcomings", 3)


class DraftedTaskForm(Form):
    """A task of the draft; only what is to be done must be there."""

    about_people = ("helpers_text",)

    what = TextField(label="Làm gì", rows=2, max_length=500)
    lead = forms.ChoiceField(label="Ai chủ trì", required=False)
    due = DateField(label="Xong đến hết ngày", required=False)
    how_checked = forms.CharField(label="Kiểm tra bằng cách nào", max_length=300, required=False)
    helpers_text = forms.CharField(label="Ai phối hợp", max_length=200, required=False)

    def __init__(self, *args: Any, meeting: Meeting, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead, due = self.fields["lead"], self.fields["due"]
        lead.choices = [("", "Chưa phân công"), *people]  # type: ignore[attr-defined]
        lead.error_messages["invalid_choice"] = "Không có đồng chí này trong chi bộ. Chọn một đồng chí trong danh sách."
        due.earliest = meeting.day + timedelta(days=1)  # type: ignore[attr-defined]
        due.latest = add_months(meeting.day, 12)  # type: ignore[attr-defined]

    @property
    def text(self) -> TaskText:
        """The task as typed."""
        values = self.cleaned_data
        lead = UUID(values["lead"]) if values["lead"] else None
        return TaskText(values["what"], lead, values["helpers_text"], values["due"], values["how_checked"])

    def typed_day(self) -> Any:
        """The deadline as the wording checker takes it: a day, what could not be read as one, or nothing."""
        typed = self.data.get("due", "")
        try:
            return DateField(required=False).clean(typed)
        except ValidationError:
            return typed


def initial_of(task: DraftedTask) -> dict[str, Any]:
    """A drafted task as the form's first values."""
    lead = str(task.lead_id) if task.lead_id else ""
    return {
        "what": task.what,
        "lead": lead,
        "due": task.due,
        "how_checked": task.how_checked,
        "helpers_text": task.helpers_text,
    }
