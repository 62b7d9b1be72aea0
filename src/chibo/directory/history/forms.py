"""What a log is narrowed by: kind of work, days, one's own acts. Never another person (mission.md, never hold 3)."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from chibo.audit.models import Event
from chibo.audit.sentences import SENTENCES
from chibo.lib.dates import ZONE
from chibo.look.fields import DateField
from chibo.look.forms import Form

# Kinds of work by the first word of a kind of event.
GROUPS = {
    "cuoc-hop": ("Cuộc họp", ("meeting", "agenda", "draft", "paper", "invitee", "opinion", "minutes", "inspection")),
    "cong-viec": ("Công việc", ("task",)),
    "dang-vien": ("Đảng viên, chức vụ", ("member", "members", "office", "transfer", "group")),
    "dang-nhap": ("Đăng nhập, quyền xem", ("account", "staff", "two_people")),
    "so-chi-bo": ("Sổ chi bộ, văn bản", ("cell", "numbers", "organisation", "committee", "tree", "tenant")),
    "du-lieu": (
        "Dữ liệu cá nhân",
        ("contact", "data_request", "own_data", "retention", "breach", "dossier", "holiday", "audit", "clock"),
    ),
}


class FilterForm(Form):
    """The narrowing of a log; an empty one shows all."""

    group = forms.ChoiceField(
        label="Loại việc",
        required=False,
        choices=[("", "Mọi việc"), *((key, label) for key, (label, _) in GROUPS.items())],
    )
    since = DateField(label="Từ ngày", required=False)
    until = DateField(label="Đến hết ngày", required=False)
    own = forms.BooleanField(label="Chỉ việc tôi làm", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards."""
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Ngày cuối trước ngày đầu. Nhập lại.")
        return data

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self.is_valid() and any(self.cleaned_data.values())

    def apply(self, events: "QuerySet[Event]", me: Any) -> "QuerySet[Event]":
        """The events that are asked for; all when the form is wrong."""
        if not self.is_valid():
            return events
        data = self.cleaned_data
        if data["group"]:
            words = GROUPS[data["group"]][1]
            events = events.filter(kind__in=[kind for kind in SENTENCES if kind.split(".")[0] in words])
        if data["since"]:
            events = events.filter(at__gte=datetime.combine(data["since"], time.min, ZONE))
        if data["until"]:
            events = events.filter(at__lt=datetime.combine(data["until"] + timedelta(days=1), time.min, ZONE))
        return events.filter(actor_id=me) if data["own"] else events
