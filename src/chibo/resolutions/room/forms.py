"""What is typed about tasks and the resolution in the room."""

import hashlib
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from chibo.lib.dates import add_months
from chibo.look.fields import DateField, TextField
from chibo.look.forms import Form
from chibo.meetings.models import Meeting
from chibo.resolutions.models import Resolution, Review
from chibo.resolutions.room.commands import Draft
from chibo.resolutions.room.kinds import PARTS, Given
from chibo.resolutions.wording import NO_RESOLUTION

MILESTONES = 2


class ReviewForm(Form):
    """Cause and new deadline of a task that is not done."""

    result = forms.ChoiceField(choices=Review.Result.choices)
    cause = forms.CharField(label="Vì sao chưa xong", max_length=500, required=False)
    new_due = DateField(label="Hạn mới", required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["new_due"]
        field.earliest, field.latest = meeting.day, add_months(meeting.day, 12)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nothing to explain when it is done."""
        values = super().clean() or {}
        if values.get("result") == Review.Result.DONE:
            values |= {"cause": "", "new_due": None}
        return values


class TaskForm(Form):
    """A task: what, who leads, who helps, by when, how it is checked (M10)."""

    about_people = ("helpers_text",)

    what = TextField(label="Làm gì", rows=3, max_length=500)
    lead = forms.ChoiceField(label="Ai chủ trì")
    due = DateField(label="Xong đến hết ngày")
    how_checked = forms.CharField(label="Kiểm tra bằng cách nào", max_length=300)
    helpers = forms.MultipleChoiceField(label="Đồng chí phối hợp", required=False, widget=forms.CheckboxSelectMultiple)
    helpers_text = forms.CharField(label="Đơn vị, đoàn thể phối hợp", max_length=200, required=False)
    milestone_1 = forms.CharField(label="Mốc 1: xong phần nào", max_length=300, required=False)
    milestone_1_due = DateField(label="Đến hết ngày", required=False)
    milestone_2 = forms.CharField(label="Mốc 2: xong phần nào", max_length=300, required=False)
    milestone_2_due = DateField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, meeting: Meeting, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        lead, helpers = self.fields["lead"], self.fields["helpers"]
        lead.choices = [("", "Chọn một đồng chí"), *people]  # type: ignore[attr-defined]
        lead.error_messages["invalid_choice"] = "Không có đồng chí này trong chi bộ. Chọn một đồng chí trong danh sách."
        helpers.choices = people  # type: ignore[attr-defined]
        for name in ("due", *(f"milestone_{n}_due" for n in range(1, MILESTONES + 1))):
            field = self.fields[name]
            field.earliest = meeting.day + timedelta(days=1)  # type: ignore[attr-defined]
            field.latest = add_months(meeting.day, 12)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A milestone has both its words and its day, and comes before the deadline."""
        values = super().clean() or {}
        for number in range(1, MILESTONES + 1):
            what, due = values.get(f"milestone_{number}"), values.get(f"milestone_{number}_due")
            if bool(what) != bool(due) and f"milestone_{number}_due" not in self.errors:
                self.add_error(f"milestone_{number}", "Mốc cần cả việc và ngày. Ghi đủ hai ô, hoặc bỏ cả hai.")
            if due and values.get("due") and due >= values["due"]:
                self.add_error(f"milestone_{number}_due", "Mốc phải trước hạn của việc.")
        if values.get("lead") and values.get("lead") in (values.get("helpers") or []):
            values["helpers"] = [one for one in values["helpers"] if one != values["lead"]]
        return values

    @property
    def draft(self) -> Draft:
        """The task as typed."""
        values = self.cleaned_data
        milestones = [
            (values[f"milestone_{n}"], values[f"milestone_{n}_due"])
            for n in range(1, MILESTONES + 1)
            if values[f"milestone_{n}"]
        ]
        return Draft(
            what=values["what"],
            lead=UUID(values["lead"]),
            due=values["due"],
            how_checked=values["how_checked"],
            helpers=[UUID(one) for one in values["helpers"]],
            helpers_text=values["helpers_text"],
            milestones=milestones,
        )


def initial_of(task: Given) -> dict[str, Any]:
    """A drafted task as the form's first values."""
    values: dict[str, Any] = {
        "what": task.what,
        "lead": str(task.lead),
        "due": task.due,
        "how_checked": task.how_checked,
        "helpers": [str(one) for one in task.helpers],
        "helpers_text": task.helpers_text,
    }
    for number, (what, due) in enumerate(task.milestones[:MILESTONES], 1):
        values |= {f"milestone_{number}": what, f"milestone_{number}_due": due}
    return values


class ConcludeForm(Form):
    """The conclusion or resolution, part by part (domain.md 3.4). A person chooses the kind; nothing is generated."""

    kind = forms.ChoiceField(label="Buổi họp kết thúc bằng", choices=Resolution.Kind.choices, widget=forms.RadioSelect)
    conclusion = TextField(label="Kết luận của chủ trì", rows=5, required=False)
    ideology = TextField(label="I.1 Chính trị tư tưởng", rows=3, required=False)
    political_tasks = TextField(label="I.2 Nhiệm vụ chính trị", rows=4, required=False)
    praise = TextField(label="I.4 Biểu dương, nhắc nhở", rows=3, required=False)
    shortcomings = TextField(label="I.5 Hạn chế, khuyết điểm và nguyên nhân", rows=3, required=False)
    direction = TextField(label="II Phương hướng", rows=4, required=False)
    implementation = TextField(label="III Phân công và tổ chức thực hiện", rows=3, required=False)

    def __init__(
        self, *args: Any, current: dict[str, str], has_tasks: bool, by_group: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if by_group:
            one = Resolution.Kind.CONCLUSION
            self.fields["kind"].choices = [(one.value, one.label)]  # type: ignore[attr-defined]
            self.fields["kind"].help_text = NO_RESOLUTION
        self.current, self.has_tasks = current, has_tasks
        self.theirs: dict[str, str] = {}

    def seen(self) -> list[tuple[str, str]]:
        """Digests of the parts as this page shows them, to notice what somebody else has changed since."""
        return [(f"seen_{name}", digest(self.current.get(name, ""))) for name in PARTS]

    def clean(self) -> dict[str, Any]:
        """No part is replaced that somebody else has written meanwhile: both versions are shown."""
        values = super().clean() or {}
        if values.get("kind") == Resolution.Kind.CONCLUSION and not (values.get("conclusion") or "").strip():
            self.add_error("conclusion", "Chưa ghi kết luận. Ghi điều chi bộ đã thống nhất.")
        empty = not self.has_tasks and not any((values.get(name) or "").strip() for name in PARTS)
        if values.get("kind") == Resolution.Kind.RESOLUTION and empty:
            self.add_error("direction", "Nghị quyết chưa có phần nào. Ghi ít nhất một phần hoặc giao một việc.")
        for name in PARTS:
            now, mine = self.current.get(name, ""), values.get(name) or ""
            seen = self.data.get(f"seen_{name}")
            if seen is not None and seen != digest(now) and mine != now and digest(mine) != seen:
                self.theirs[name] = now
                self.add_error(name, "Người khác vừa sửa phần này. Hai bản ở dưới; sửa thành một bản rồi ghi lại.")
            elif seen is not None and seen != digest(now) and digest(mine) == seen:
                values[name] = now  # I left it as I saw it: theirs stays
        return values

    @property
    def changed(self) -> dict[str, str]:
        """The parts whose text is new."""
        return {n: self.cleaned_data[n] for n in PARTS if self.cleaned_data.get(n, "") != self.current.get(n, "")}


def digest(text: str) -> str:
    """A short digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def as_date(text: str) -> date | str | None:
    """A day as the wording checker takes it: a date, or what could not be read."""
    try:
        found: date | None = DateField(required=False).clean(text)
    except ValidationError:
        return text
    return found
