"""The living page of all parts, drawn by the tags themselves."""

from datetime import date, time

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chibo.lib.dates import now
from chibo.look import fields
from chibo.look.forms import Form
from chibo.look.parts import Month, Theme


class SampleForm(Form):
    """One field of each kind, to be looked at; it is never sent."""

    place = forms.CharField(label="Nơi họp", help_text="Ghi như trong giấy mời", max_length=120)
    chair = forms.ChoiceField(
        label="Ai chủ trì", choices=[("", "Chọn một đồng chí"), ("1", "Trần Thị Lan"), ("2", "Lê Văn Hùng")]
    )
    kind = forms.ChoiceField(
        label="Loại họp",
        choices=[("regular", "Thường kỳ"), ("combined", "Thường kỳ và chuyên đề, 120 phút")],
        widget=forms.RadioSelect,
    )
    work = forms.ChoiceField(
        label="Loại việc",
        choices=[("party", "Công tác đảng"), ("professional", "Chuyên môn")],
        widget=forms.RadioSelect,
    )
    day = fields.DateField(label="Xong trước ngày", earliest=date(2026, 11, 24))
    clock = fields.TimeField(label="Giờ bắt đầu")
    questions = fields.TextField(
        label="Câu hỏi gợi ý thảo luận", help_text="Mỗi dòng một câu, nên có hai câu.", max_length=500
    )
    paper = fields.FileField(
        label="Tài liệu",
        help_text="PDF, Word hoặc ảnh, mỗi tệp không quá 20 MB",
        endings=(".pdf", ".docx", ".jpg", ".png"),
        max_bytes=20 * 1024 * 1024,
    )
    keep = forms.BooleanField(label="Máy của tôi, lần sau không hỏi lại", required=False)


YEAR = [
    Month(1, "none"),
    Month(2, "ok", date(2026, 2, 3), "#nam"),
    Month(3, "ok", date(2026, 3, 4), "#nam"),
    Month(4, "ok", date(2026, 4, 3), "#nam"),
    Month(5, "late", date(2026, 5, 9), "#nam", "họp muộn 6 ngày"),
    Month(6, "ok", date(2026, 6, 3), "#nam", points="92/95", grade="Tốt"),
    Month(7, "miss", date(2026, 7, 3), "#nam"),
    Month(8, "ok", date(2026, 8, 3), "#nam", points="87/95", grade="Khá hoặc Tốt"),
    Month(9, "ok", date(2026, 9, 3), "#nam"),
    Month(10, "ok", date(2026, 10, 3), "#nam"),
    Month(11, "now", date(2026, 11, 26), "#nam"),
    Month(12, "plan", date(2026, 12, 3), "#nam"),
]
THEMES = [
    None,
    Theme("Chuyên đề 03/06", "ok"),
    Theme("Chưa có chuyên đề", "missing"),
    Theme("Gộp vào buổi 03/12"),
]
COLOURS = [
    ("ink", "Mực", "#1e1a17"),
    ("ink-soft", "Mực nhạt", "#4f483f"),
    ("edge", "Viền ô nhập", "#81786c"),
    ("rule", "Nét mảnh", "#e2dbcf"),
    ("paper", "Giấy", "#faf8f4"),
    ("sheet", "Tờ", "#ffffff"),
    ("tint", "Nền đang sửa", "#f3efe8"),
    ("accent", "Đỏ: việc bây giờ", "#8e1b1b"),
    ("ok", "Xong", "#1c5a37"),
    ("late", "Trễ", "#7a3e00"),
    ("info", "Thông tin", "#1d4b70"),
    ("error", "Lỗi", "#9c130d"),
]
AGENDA = [
    {"minutes": 10, "work": "party"},
    {"minutes": 20, "work": "party"},
    {"minutes": 25, "work": "professional"},
    {"minutes": 50, "work": "party"},
]


def style(request: HttpRequest) -> HttpResponse:
    """Show every part once, in all its states."""
    typed = {
        "place": "Nhà văn hóa thôn Phú Hòa",
        "chair": "1",
        "day": "30/02/2027",
        "clock": "7 rưỡi",
        "work": "party",
    }
    wrong = SampleForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
    context = {
        "colours": COLOURS,
        "empty_form": SampleForm(),
        "wrong_form": wrong,
        "year_months": YEAR,
        "year_themes": THEMES,
        "agenda": AGENDA,
        "meeting_day": date(2026, 12, 3),
        "meeting_time": time(19, 30),
        "progress_choices": [("none", "Chưa làm"), ("doing", "Đang làm"), ("done", "Đã xong")],
        "answer_choices": [("yes", "Tôi sẽ dự"), ("no", "Tôi phải vắng")],
        "now": now(),
    }
    return render(request, "look/style.html", context)
