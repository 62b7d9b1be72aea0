"""The forms of preparing a meeting. Each says beside its field what is wrong and what to do."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from chibo.lib.dates import ZONE, add_months, format_date, format_time_sentence, month_start, now, today
from chibo.lib.vietnamese import normalise
from chibo.look import gate
from chibo.look.fields import DateField, FileField, TextField, TimeField
from chibo.look.forms import Form
from chibo.meetings.models import AgendaItem, Meeting, Part
from chibo.meetings.prepare import by_groups
from chibo.meetings.prepare.agenda_commands import ItemText
from chibo.meetings.prepare.papers import ENDINGS
from chibo.meetings.prepare.planning import MeetingKind, Proposal
from chibo.members.roster import RosterLine

PERIODS_AHEAD, PERIODS_BACK = 6, 24
MOST_QUESTIONS = 8
QUESTION_LENGTH = 500
ALREADY_HELD = "Buổi đã họp rồi thì dùng “Ghi lại buổi đã họp”."


def _period(value: str) -> date:
    """A period as the form spells it: 2026-12."""
    year, month = value.split("-")
    return date(int(year), int(month), 1)


def _period_choices(first: date, last: date) -> list[tuple[str, str]]:
    found = []
    while first <= last:
        found.append((f"{first:%Y-%m}", f"Tháng {first.month}/{first.year}"))
        first = add_months(first, 1)
    return found


class WhenForm(Form):
    """Day, hour and place of a meeting."""

    on_paper = False
    day = DateField(label="Ngày họp", help_text="Ví dụ 03/12/2026")
    clock = TimeField(label="Giờ bắt đầu")
    place = forms.CharField(label="Nơi họp", max_length=200)

    def clean_day(self) -> date:
        """Not in the past, and for a meeting held on paper not in the future."""
        day: date = self.cleaned_data["day"]
        if self.on_paper and day > today():
            raise ValidationError(f"{format_date(day)} chưa tới. Buổi sắp họp thì chuẩn bị như thường.", code="future")
        if not self.on_paper and day < today():
            raise ValidationError(
                f"{format_date(day)} đã qua. Nhập ngày từ {format_date(today())}. {ALREADY_HELD}", code="past"
            )
        return day

    def clean_place(self) -> str:
        """In one Unicode form."""
        return normalise(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        """Today, but some hours ago, is the past as well."""
        data = super().clean() or {}
        if self.on_paper or not (data.get("day") and data.get("clock")):
            return data
        moment = self.starts_at
        if moment <= now():
            self.add_error("clock", f"{format_time_sentence(moment)} hôm nay đã qua. Chọn giờ muộn hơn. {ALREADY_HELD}")
        return data

    @property
    def starts_at(self) -> datetime:
        """The moment that the valid form says."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], ZONE)


def _why(label: str, help_text: str) -> TextField:
    """Why a meeting is held in a way that is not the usual one."""
    return TextField(label=label, help_text=help_text, rows=2, required=False, max_length=300)


def _paper(label: str) -> forms.CharField:
    """The paper that allows it."""
    return forms.CharField(label=label, help_text="Số, ngày, nơi ban hành.", required=False, max_length=300)


class HowForm(WhenForm):
    """Whether it is held online, beside when and where: with a reason and the paper that allows it (domain.md 1.6)."""

    online = forms.BooleanField(label="Họp trực tuyến", required=False)
    online_reason = _why("Lý do họp trực tuyến", "Vì sao không họp trực tiếp được.")
    online_document = _paper("Văn bản cho phép")

    def clean(self) -> dict[str, Any]:
        """What is typed counts with its box ticked alone, and then in full."""
        data = super().clean()
        if not data.get("online"):
            return data | {"online_reason": "", "online_document": ""}
        self.need_paper(data, "online", "họp trực tiếp")
        return data

    def need_paper(self, data: dict[str, Any], way: str, usual: str) -> None:
        """A way of meeting that is not the usual one has its reason and the paper that allows it.

        way: "online" or "groups", of the fields `<way>_reason` and `<way>_document`.
        """
        if not data.get(f"{way}_reason"):
            self.add_error(f"{way}_reason", f"Chưa ghi lý do. Nói vì sao không {usual} được.")
        if not data.get(f"{way}_document"):
            why = f"Chưa ghi văn bản cho phép. Chưa có thì hỏi Đảng ủy trước, hoặc {usual}."
            self.add_error(f"{way}_document", why)


class PlanForm(HowForm):
    """A new meeting: only what must be known."""

    kind = forms.ChoiceField(label="Loại họp", choices=MeetingKind.choices, widget=forms.RadioSelect)
    period = forms.ChoiceField(
        label="Họp cho tháng", help_text="Buổi chuyên đề riêng, bất thường tính theo tháng của ngày họp."
    )
    purpose = TextField(
        label="Lý do họp bất thường", help_text="Chỉ ghi khi họp bất thường.", rows=2, required=False, max_length=1000
    )
    by_groups = forms.BooleanField(label="Họp theo tổ đảng", required=False)
    groups_reason = _why("Lý do họp theo tổ đảng", "Vì sao không họp cả chi bộ được.")
    groups_document = _paper("Văn bản cho phép họp theo tổ")
    field_order = (
        "kind", "period", "day", "clock", "place", "purpose", "by_groups", "groups_reason", "groups_document", "online",
        "online_reason", "online_document",
    )  # fmt: skip

    def __init__(self, *args: Any, proposal: Proposal, on_paper: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "kind": proposal.kind.value,
                "period": f"{proposal.period:%Y-%m}",
                "day": proposal.day,
                "clock": proposal.clock,
                "place": proposal.place,
            },
        )
        super().__init__(*args, **kwargs)
        self.on_paper = on_paper
        this_month = month_start(today())
        first = add_months(this_month, -PERIODS_BACK if on_paper else -1)
        last = this_month if on_paper else add_months(this_month, PERIODS_AHEAD)
        self.fields["period"].choices = _period_choices(first, max(last, proposal.period))  # type: ignore[attr-defined]

    def clean_period(self) -> date:
        """The first day of the month."""
        return _period(self.cleaned_data["period"])

    def clean_kind(self) -> MeetingKind:
        """As the kind itself."""
        return MeetingKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        """An extraordinary meeting says why it cannot wait, one by groups why the cell does not meet as a whole."""
        data = super().clean()
        if data.get("by_groups"):
            self._check_groups(data)
        if data.get("kind") and data.get("period") and data.get("day"):
            data["period"] = data["kind"].period_of(data["period"], data["day"])
        if data.get("kind") == MeetingKind.EXTRAORDINARY and not data.get("purpose"):
            self.add_error("purpose", "Chưa ghi lý do. Nói vì sao việc này không chờ kỳ thường được.")
        return data

    def _check_groups(self, data: dict[str, Any]) -> None:
        if data.get("kind") and data["kind"] not in by_groups.KINDS:
            self.add_error("by_groups", "Chỉ buổi thường kỳ mới họp theo tổ. Bỏ dấu ô này, hoặc chọn loại thường kỳ.")
        self.need_paper(data, "groups", "họp cả chi bộ")


class MoveForm(HowForm):
    """Another day, hour or place, online or not; with a reason once people know of a moment."""

    reason = TextField(
        label="Lý do đổi", help_text="Hoãn có lý do thì không tính là họp muộn.", rows=2, required=False, max_length=300
    )

    groups_reason = _why("Lý do họp theo tổ đảng", "Sửa cho mọi buổi của các tổ trong tháng chưa họp.")
    groups_document = _paper("Văn bản cho phép họp theo tổ")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.on_paper = meeting.held_on_paper
        if meeting.group_id is None:
            del self.fields["groups_reason"], self.fields["groups_document"]

    def clean(self) -> dict[str, Any]:
        """Those who were told one moment are owed the reason for another."""
        data = super().clean()
        if self.meeting.group_id is not None:
            self.need_paper(data, "groups", "họp cả chi bộ")
        ready = data.get("day") and data.get("clock") and not self.errors
        moved = ready and self.starts_at != self.meeting.starts_at
        if moved and self.meeting.announced_at and not data.get("reason"):
            self.add_error("reason", "Đã gửi thông báo rồi nên cần ghi lý do đổi ngày, giờ.")
        return data


class CancelForm(Form):
    """Why a meeting is cancelled."""

    cancel_reason = TextField(label="Lý do hủy", rows=2, max_length=300)


class ItemForm(Form):
    """One item of the programme, edited in place."""

    about_people = ("presenter_text",)

    title = forms.CharField(label="Bàn việc gì", max_length=300)
    presenter = forms.ChoiceField(label="Người trình bày", required=False)
    minutes = forms.IntegerField(label="Số phút", required=False, min_value=1, max_value=240)
    work = forms.ChoiceField(
        label="Loại việc",
        choices=[(AgendaItem.Work.PARTY, "Công tác đảng"), (AgendaItem.Work.PROFESSIONAL, "Chuyên môn")],
        widget=forms.RadioSelect,
    )
    questions = TextField(
        label="Câu hỏi gợi ý thảo luận",
        help_text="Mỗi dòng một câu, nên có hai câu. Đảng viên nhận cùng thông báo.",
        rows=3,
        required=False,
        max_length=5000,
    )
    presenter_text = forms.CharField(
        label="Người trình bày không ở trong chi bộ", required=False, max_length=120, help_text="Ghi tên, chức vụ."
    )
    serves_resolution = forms.ChoiceField(label="Phục vụ nghị quyết nào của chi bộ", required=False)
    serves = forms.CharField(
        label="Hoặc nhiệm vụ nào trong năm",
        required=False,
        max_length=300,
        help_text="Ví dụ: giữ 12/12 tháng không tai nạn.",
    )
    text = TextField(label="Nội dung trình bày", rows=5, required=False)
    closed_paper = forms.CharField(
        label="Mục họp kín, ghi sổ giấy",
        required=False,
        max_length=100,
        help_text="Ghi trang sổ, ví dụ: sổ 2, trang 14. Nội dung mục này không ghi vào Chibo.",
    )

    def __init__(
        self, *args: Any, people: Sequence[RosterLine], resolutions: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(line.person_id), line.full_name) for line in people if not line.suspended]
        self.fields["presenter"].choices = [("", "Chưa chọn"), *names]  # type: ignore[attr-defined]
        self.fields["serves_resolution"].choices = [("", "Không"), *resolutions]  # type: ignore[attr-defined]
        if not resolutions:
            del self.fields["serves_resolution"]
        if self.is_bound and self.data.get(gate.BUTTON):
            self._close(self.data[gate.BUTTON])

    def _close(self, refused: str) -> None:
        """Make the item a closed one: the refused text goes, its title says what it is."""
        typed: Any = self.data
        data = typed.copy()
        data[refused] = gate.TITLE if refused == "title" else ""
        data["closed_paper"] = data.get("closed_paper") or gate.PAGE
        self.data = data

    def clean_questions(self) -> tuple[str, ...]:
        """One question a line, without numbers that people type in front."""
        lines = [
            normalise(line).strip().lstrip("-•0123456789.) ").strip()
            for line in self.cleaned_data["questions"].split("\n")
        ]
        questions = tuple(line for line in lines if line)
        if len(questions) > MOST_QUESTIONS:
            raise ValidationError(
                f"{len(questions)} câu thì quá nhiều, không quá {MOST_QUESTIONS}. Giữ câu thật cần bàn."
            )
        for number, question in enumerate(questions, 1):
            if len(question) > QUESTION_LENGTH:
                raise ValidationError(
                    f"Câu {number} dài {len(question)} chữ cái, không quá {QUESTION_LENGTH}. Rút ngắn lại."
                )
        return questions

    def clean(self) -> dict[str, Any]:
        """A closed item keeps no text here (mission.md, never hold 10)."""
        data = super().clean() or {}
        if data.get("closed_paper") and (data.get("text") or data.get("questions")):
            where = "text" if data.get("text") else "questions"
            self.add_error(where, "Mục họp kín thì không ghi nội dung ở đây. Chép sang sổ giấy rồi xóa phần này.")
        return data

    @property
    def item_text(self) -> ItemText:
        """What the valid form says."""
        data = self.cleaned_data
        presenter, resolution = data["presenter"], data.get("serves_resolution")
        return ItemText(
            title=normalise(data["title"]),
            work=data["work"],
            minutes=data["minutes"],
            presenter_id=UUID(presenter) if presenter else None,
            presenter_text="" if presenter else normalise(data["presenter_text"]),
            questions=data["questions"],
            text=normalise(data["text"]),
            serves=normalise(data["serves"]),
            serves_resolution_id=UUID(resolution) if resolution else None,
            closed_paper=normalise(data["closed_paper"]),
        )


def item_initial(text: ItemText) -> dict[str, Any]:
    """What an item's form begins with."""
    return {
        "title": text.title,
        "presenter": str(text.presenter_id or ""),
        "minutes": text.minutes,
        "work": text.work,
        "questions": "\n".join(text.questions),
        "presenter_text": text.presenter_text,
        "serves_resolution": str(text.serves_resolution_id or ""),
        "serves": text.serves,
        "text": text.text,
        "closed_paper": text.closed_paper,
    }


class ThemeForm(Form):
    """The theme of a thematic part."""

    theme = forms.CharField(label="Tên chuyên đề", max_length=300)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"theme": part.theme})
        super().__init__(*args, **kwargs)


class PaperForm(Form):
    """A paper to be read before the meeting."""

    file = FileField(
        label="Thêm tài liệu",
        help_text="PDF, Word, Excel, PowerPoint, ảnh hoặc chữ, mỗi tệp không quá 20 MB.",
        endings=ENDINGS,
        max_bytes=settings.PAPER_MAX_BYTES,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # papers.js says it before 100 MB go over a weak network.
        self.fields["file"].widget.attrs["data-max-bytes"] = settings.PAPER_MAX_BYTES


class ConsultationForm(Form):
    """Secretary and deputy conferred before the meeting."""

    about_people = ("participants",)

    day = DateField(label="Ngày hội ý", latest=today)
    clock = TimeField(label="Giờ")
    participants = forms.CharField(label="Ai hội ý", max_length=300, help_text="Ví dụ: bí thư Lan, phó bí thư Hùng.")
    agreed = TextField(
        label="Đã thống nhất điều gì", help_text="Việc đưa ra chi bộ, câu hỏi gợi ý, ai chuẩn bị phần nào.", rows=5
    )

    @property
    def held_at(self) -> datetime:
        """The moment that the valid form says."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], ZONE)


class PostingForm(Form):
    """When papers were posted to the handbook app."""

    day = DateField(label="Ngày đăng", latest=today)
    clock = TimeField(label="Giờ đăng")

    @property
    def posted_at(self) -> datetime:
        """The moment that the valid form says."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], ZONE)

    def clean(self) -> dict[str, Any]:
        """Not later today."""
        data = super().clean() or {}
        if data.get("day") and data.get("clock") and self.posted_at > now():
            self.add_error("clock", "Giờ này chưa tới. Ghi giờ đã đăng.")
        return data


class CorrectionForm(Form):
    """What has changed since the notice."""

    text = TextField(label="Điều đã đổi", rows=4, max_length=2000)
