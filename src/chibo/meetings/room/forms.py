"""What is typed in the room."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from chibo.lib.dates import ZONE
from chibo.look.fields import TextField, TimeField
from chibo.look.forms import Form
from chibo.meetings.models import Attendance, Meeting, Reason


class OpenForm(Form):
    """Opening: who presides, and for a meeting held on paper when it began."""

    chair = forms.ChoiceField(label="Chủ trì")
    started = TimeField(label="Bắt đầu lúc", required=False)
    early = forms.BooleanField(label="Chi bộ họp hôm nay, sớm hơn lịch", required=False)

    def __init__(self, *args: Any, meeting: Meeting, people: list[tuple[str, str]], early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["chair"].choices = people  # type: ignore[attr-defined]
        if not meeting.held_on_paper:
            del self.fields["started"]
        else:
            self.fields["started"].required = True
        if not early:
            del self.fields["early"]

    def clean_early(self) -> bool:
        """A meeting opened before its day by a slip cannot be closed again without a trace."""
        if not self.cleaned_data["early"]:
            raise ValidationError("Chưa đến ngày họp. Đánh dấu ô này nếu chi bộ họp hôm nay, hoặc đổi lịch trước.")
        return True

    def moment(self, name: str) -> datetime | None:
        """A typed time on the day of the meeting."""
        typed = self.cleaned_data.get(name)
        return datetime.combine(self.meeting.day, typed, ZONE) if typed else None


class CloseForm(Form):
    """The end of a meeting held on paper."""

    ended = TimeField(label="Kết thúc lúc")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        if not meeting.held_on_paper:
            del self.fields["ended"]

    def clean_ended(self) -> datetime:
        """After its beginning."""
        ended = datetime.combine(self.meeting.day, self.cleaned_data["ended"], ZONE)
        if self.meeting.opened_at is not None and ended <= self.meeting.opened_at:
            raise ValidationError("Giờ kết thúc phải sau giờ bắt đầu. Xem lại hai giờ.")
        return ended


class BreakOffForm(Form):
    """Why the meeting ends before its end."""

    why = forms.CharField(label="Vì sao hoãn giữa chừng", max_length=300)


class CallForm(Form):
    """One or more people of the roll."""

    state = forms.ChoiceField(choices=[("", ""), *Attendance.State.choices], required=False)
    reason = forms.ChoiceField(choices=[("", ""), *Reason.choices], required=False)
    reason_text = forms.CharField(label="Ghi thêm cho chi ủy", max_length=200, required=False)
    late_minutes = forms.IntegerField(label="Muộn mấy phút", min_value=1, max_value=300, required=False)
    left_early = forms.BooleanField(required=False)


class GuestForm(Form):
    """A guest."""

    name = forms.CharField(label="Họ tên khách", max_length=120)
    office = forms.CharField(label="Chức vụ, đơn vị", max_length=160, required=False)


class FeesForm(Form):
    """The report on fees (domain.md 2.3)."""

    text = TextField(label="Tình hình nộp đảng phí", rows=2, max_length=1000, required=False)


class RemarkForm(Form):
    """What someone said: pick the speaker, one paragraph."""

    speaker = forms.ChoiceField(label="Người phát biểu")
    text = TextField(label="Ý kiến", rows=4)

    def __init__(self, *args: Any, speakers: list[tuple[str, str]], keep: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"].choices = [("", "Chọn người phát biểu"), *speakers]  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs |= {"data-keep": "", "data-keep-key": keep}

    @property
    def member(self) -> UUID | None:
        """The person who spoke; None for a guest."""
        kind, _, value = self.cleaned_data["speaker"].partition(":")
        return UUID(value) if kind == "person" else None

    @property
    def guest(self) -> str:
        """The guest who spoke."""
        kind, _, value = self.cleaned_data["speaker"].partition(":")
        return value if kind == "guest" else ""


class EditRemarkForm(Form):
    """The text of a remark, with the digest of the text that the page showed."""

    text = TextField(label="Ý kiến", rows=6)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, keep: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"data-keep": "", "data-keep-key": keep}


class SupportForm(Form):
    """How many hold a differing opinion too; a number, never names."""

    number = forms.IntegerField(label="Số đồng chí cùng ý kiến", min_value=0, max_value=9999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["inputmode"] = "numeric"


class WhyForm(Form):
    """Why the cell does not adopt a differing opinion."""

    why = forms.CharField(label="Vì sao không tiếp thu", max_length=300)


class VoteForm(Form):
    """Counts of hands, empty until someone counts."""

    in_favour = forms.IntegerField(label="Tán thành", min_value=0, max_value=9999)
    against = forms.IntegerField(label="Không tán thành", min_value=0, max_value=9999)
    abstained = forms.IntegerField(label="Không biểu quyết", min_value=0, max_value=9999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["inputmode"] = "numeric"


class MatterForm(Form):
    """What else is put to the vote."""

    title = forms.CharField(label="Biểu quyết việc gì", max_length=300)
    fraction = forms.ChoiceField(
        label="Cần bao nhiêu",
        choices=[("half", "Hơn một nửa cơ sở tính"), ("two_thirds", "Ít nhất hai phần ba")],
        initial="half",
        help_text="Kết nạp, chuyển chính thức, xóa tên, khai trừ: ít nhất hai phần ba.",
    )


class CorrectionForm(Form):
    """What is corrected when the minutes are read back."""

    text = TextField(label="Ý kiến đính chính khi đọc lại", rows=3, max_length=2000)
