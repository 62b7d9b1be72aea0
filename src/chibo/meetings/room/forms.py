"""What is typed in the room."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from chibo.lib.dates import ZONE, format_time, moment_after
from chibo.look.fields import TextField, TimeField
from chibo.look.forms import Form, dress
from chibo.meetings.models import Attendance, Meeting, Reason
from chibo.members.base_of_vote import Base

# Longer than any meeting: an end that would be so late is a slip of the clock, and not the next day.
LONGEST = timedelta(hours=12)


def end_after(began: datetime, clock: time) -> datetime:
    """When a meeting ended that is entered from its book; an hour before that of its beginning is the next day's.

    Raises:
        ValidationError: so late that one of the two is a slip.
    """
    ended = moment_after(began, clock)
    if ended - began > LONGEST:
        raise ValidationError(
            f"Giờ kết thúc phải sau giờ bắt đầu {format_time(began)}. Xem lại hai giờ. "
            "Họp qua nửa đêm thì ghi giờ của hôm sau, ví dụ 00:20."
        )
    return ended


class OpenForm(Form):
    """Opening: who presides, and for a meeting held on paper when it began and ended, as far as its book says."""

    chair = forms.ChoiceField(label="Chủ trì")
    started = TimeField(label="Bắt đầu lúc", required=False)
    ended = TimeField(label="Kết thúc lúc", required=False)
    early = forms.BooleanField(label="Chi bộ họp hôm nay, sớm hơn lịch", required=False)

    def __init__(self, *args: Any, meeting: Meeting, people: list[tuple[str, str]], early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["chair"].choices = people  # type: ignore[attr-defined]
        if not meeting.held_on_paper:
            del self.fields["started"], self.fields["ended"]
        else:
            self.fields["started"].required = True
        if not early:
            del self.fields["early"]

    def clean_early(self) -> bool:
        """A meeting opened before its day by a slip cannot be closed again without a trace."""
        if not self.cleaned_data["early"]:
            raise ValidationError("Chưa đến ngày họp. Đánh dấu ô này nếu chi bộ họp hôm nay, hoặc đổi lịch trước.")
        return True

    def times(self) -> dict[str, datetime | None]:
        """When it began and ended, of a meeting held on paper."""
        return {name: self.cleaned_data.get(name) for name in ("started", "ended")}

    def clean(self) -> dict[str, Any]:
        """The times as moments, the end after the beginning."""
        data = super().clean() or {}
        if data.get("started"):
            data["started"] = datetime.combine(self.meeting.day, data["started"], ZONE)
            try:
                data["ended"] = end_after(data["started"], data["ended"]) if data.get("ended") else None
            except ValidationError as wrong:
                self.add_error("ended", wrong)
        return data


class CloseForm(Form):
    """The end of a meeting held on paper."""

    ended = TimeField(label="Kết thúc lúc")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        if not meeting.held_on_paper:
            del self.fields["ended"]

    def clean_ended(self) -> datetime:
        """After its beginning, if need be on the next day."""
        return end_after(self.meeting.opened_at or self.meeting.starts_at, self.cleaned_data["ended"])


class BreakOffForm(Form):
    """Why the meeting ends before its end."""

    why = forms.CharField(label="Vì sao hoãn giữa chừng", max_length=300)


class CallForm(Form):
    """One or more people of the roll."""

    about_people = ("reason_text",)

    state = forms.ChoiceField(choices=[("", ""), *Attendance.State.choices], required=False)
    reason = forms.ChoiceField(choices=[("", ""), *Reason.choices], required=False)
    reason_text = forms.CharField(label="Ghi thêm cho chi ủy", max_length=200, required=False)
    late_minutes = forms.IntegerField(label="Muộn mấy phút", min_value=1, max_value=300, required=False)
    left_early = forms.BooleanField(required=False)


class GuestForm(Form):
    """A guest."""

    about_people = ("name", "office")

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
    """What else is put to the vote: one matter, or several together."""

    title = forms.CharField(label="Biểu quyết việc gì", max_length=300)
    matters = TextField(
        label="Gồm những việc nào",
        rows=3,
        max_length=3000,
        required=False,
        help_text="Khi biểu quyết chung nhiều việc một lần: mỗi dòng một việc. Một việc thì để trống.",
    )
    fraction = forms.ChoiceField(
        label="Cần bao nhiêu",
        choices=[("half", "Hơn một nửa cơ sở tính"), ("two_thirds", "Ít nhất hai phần ba")],
        initial="half",
        help_text="Kết nạp, chuyển chính thức, xóa tên, khai trừ: ít nhất hai phần ba.",
    )

    def clean_matters(self) -> list[str]:
        """One matter a line; a single line is no list."""
        lines = [line.strip(" -•\t") for line in self.cleaned_data["matters"].splitlines()]
        kept = [line for line in lines if line]
        if len(kept) == 1:
            raise ValidationError("Mới có một việc. Ghi việc ấy ở ô trên, hoặc thêm việc nữa, mỗi dòng một việc.")
        return kept


class BallotForm(Form):
    """What is put to a secret vote, and who counts the ballots."""

    about_people = ("names",)

    title = forms.CharField(label="Bỏ phiếu kín việc gì", max_length=300)
    names = TextField(
        label="Danh sách trên phiếu",
        rows=4,
        max_length=3000,
        required=False,
        help_text="Mỗi dòng một người. Để trống nếu phiếu chỉ hỏi tán thành hay không.",
    )
    fraction = forms.ChoiceField(
        label="Cần bao nhiêu",
        choices=[("half", "Hơn một nửa cơ sở tính"), ("two_thirds", "Ít nhất hai phần ba")],
        initial="half",
    )
    tellers = forms.MultipleChoiceField(label="Ai kiểm phiếu", widget=forms.CheckboxSelectMultiple)
    election = forms.ChoiceField(
        label="Đây có phải bầu cử không", choices=[("yes", "Bầu cử"), ("no", "Không")], widget=forms.RadioSelect
    )
    medium = forms.ChoiceField(
        label="Bỏ phiếu bằng gì",
        choices=[("paper", "Phiếu giấy"), ("device", "Trên điện thoại")],
        widget=forms.RadioSelect,
        help_text="Bầu cử thì luôn là phiếu giấy.",
    )

    def __init__(self, *args: Any, present: list[tuple[str, str]], devices: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tellers"].choices = present  # type: ignore[attr-defined]
        if not devices:
            del self.fields["election"], self.fields["medium"]

    def clean_names(self) -> list[str]:
        """One name a line; each once."""
        names = [line.strip(" -•\t") for line in self.cleaned_data["names"].splitlines()]
        kept = [name for name in names if name]
        if twice := next((name for name in kept if kept.count(name) > 1), None):
            raise ValidationError(f"{twice} đứng hai lần trong danh sách. Bỏ một dòng.")
        if len(kept) > 30:
            raise ValidationError(f"Danh sách {len(kept)} người, phiếu ghi được 30. Chia làm hai lần bỏ phiếu.")
        return kept

    def clean(self) -> dict[str, Any]:
        """Nobody counts the ballots on which their own name stands."""
        values = super().clean() or {}
        names = {name.casefold() for name in values.get("names") or []}
        chosen = dict(self.fields["tellers"].choices)  # type: ignore[attr-defined]
        own = next((chosen[one] for one in values.get("tellers") or [] if chosen[one].casefold() in names), None)
        if own:
            self.add_error("tellers", f"Đồng chí {own} có tên trên phiếu nên không kiểm phiếu. Chọn người khác.")
        if values.get("election") == "yes" and values.get("medium") == "device":
            self.add_error("medium", "Bầu cử thì bỏ phiếu giấy. Chọn phiếu giấy.")
        return values


class CountForm(Form):
    """What the tellers counted: ballots given out, back, invalid; for each line in favour, against, blank."""

    issued = forms.IntegerField(label="Số phiếu phát ra", min_value=0, max_value=9999)
    returned = forms.IntegerField(label="Số phiếu thu về", min_value=0, max_value=9999)
    invalid = forms.IntegerField(label="Phiếu không hợp lệ", min_value=0, max_value=9999)

    def __init__(self, *args: Any, lines: list[str], base: Base | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.base = lines, base
        for number, line in enumerate(lines):
            for key, label in CHOICE_COUNTS:
                field = forms.IntegerField(label=label, min_value=0, max_value=9999)
                dress(f"{key}_{number}", field)
                field.group = line  # type: ignore[attr-defined]
                self.fields[f"{key}_{number}"] = field
        for one in self.fields.values():
            one.widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        """No more out than there are voters, no more back than out, each line as many as the valid ballots."""
        values = super().clean() or {}
        if self.errors:
            return values
        issued, returned, invalid = (values[key] for key in ("issued", "returned", "invalid"))
        if self.base is not None and issued > self.base.most:
            self.add_error("issued", f"Phát {issued} phiếu, mà có {self.base.range_words}. Đếm lại số phiếu phát.")
        if returned > issued:
            self.add_error("returned", f"Thu về {returned}, nhiều hơn {issued} phiếu phát ra. Đếm lại.")
        if invalid > returned:
            self.add_error("invalid", f"Không hợp lệ {invalid}, nhiều hơn {returned} phiếu thu về. Đếm lại.")
        if self.errors:
            return values
        for number, line in enumerate(self.lines):
            total = sum(values[f"{key}_{number}"] for key, _ in CHOICE_COUNTS)
            if total != returned - invalid:
                said = f"{line}: cộng lại được {total}, mà có {returned - invalid} phiếu hợp lệ. Đếm lại."
                self.add_error(f"in_favour_{number}", said)
        return values

    @property
    def choices(self) -> list[dict[str, Any]]:
        """Each line with its counts."""
        values = self.cleaned_data
        return [
            {"name": line, **{key: values[f"{key}_{number}"] for key, _ in CHOICE_COUNTS}}
            for number, line in enumerate(self.lines)
        ]

    @property
    def sums(self) -> list[Any]:
        """The fields about the ballots themselves, for the page."""
        return [self[key] for key in ("issued", "returned", "invalid")]

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields of each line, for the page."""
        return [(line, [self[f"{key}_{number}"] for key, _ in CHOICE_COUNTS]) for number, line in enumerate(self.lines)]


CHOICE_COUNTS = (("in_favour", "Tán thành"), ("against", "Không tán thành"), ("blank", "Phiếu trắng"))


class CorrectionForm(Form):
    """What is corrected when the minutes are read back."""

    text = TextField(label="Ý kiến đính chính khi đọc lại", rows=3, max_length=2000)
