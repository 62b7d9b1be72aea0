"""What is typed of a breach."""

from datetime import datetime
from typing import Any

from django import forms

from chibo.lib.dates import ZONE, now, today
from chibo.lib.vietnamese import normalise
from chibo.look.fields import DateField, TextField, TimeField
from chibo.look.forms import Form
from chibo.privacy.breaches.commands import Known
from chibo.privacy.models import BreachEntry


class BreachForm(Form):
    """What is known now; what is not known yet stays empty."""

    detected_day = DateField(label="Phát hiện ngày", latest=today)
    detected_clock = TimeField(label="Lúc")
    what = TextField(
        label="Chuyện gì đã xảy ra",
        help_text="Ví dụ: mất máy tính xách tay của thư ký chi bộ. Không ghi tên người.",
        rows=4,
        max_length=4000,
    )
    data_kinds = forms.MultipleChoiceField(
        label="Dữ liệu nào bị ảnh hưởng",
        choices=BreachEntry.DataKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    people_about = forms.IntegerField(
        label="Khoảng bao nhiêu người",
        min_value=0,
        required=False,
        help_text="Chưa rõ thì để trống.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"}),
    )
    measures = TextField(label="Đã làm gì, sẽ làm gì", rows=4, max_length=4000, required=False)
    authority_day = DateField(label="Đã báo A05 ngày", latest=today, required=False)
    authority_clock = TimeField(label="Lúc", required=False)
    persons_day = DateField(label="Đã báo những người có dữ liệu ngày", latest=today, required=False)
    persons_clock = TimeField(label="Lúc", required=False)

    def _moment(self, name: str) -> datetime | None:
        """A day and a time of the form as one moment; nothing unless both are there."""
        day, clock = self.cleaned_data.get(f"{name}_day"), self.cleaned_data.get(f"{name}_clock")
        return datetime.combine(day, clock, ZONE) if day and clock else None

    def clean(self) -> dict[str, Any]:
        """A day has its time; nothing lies ahead; nobody was told before it was found."""
        data = super().clean() or {}
        detected = self._moment("detected")
        if detected and detected > now():
            self.add_error("detected_clock", "Giờ này chưa tới. Ghi giờ đã phát hiện.")
        for name in ("authority", "persons"):
            day, clock, moment = data.get(f"{name}_day"), data.get(f"{name}_clock"), self._moment(name)
            errors = {f"{name}_day", f"{name}_clock"} & self.errors.keys()
            if bool(day) != bool(clock) and not errors:
                missing = f"{name}_clock" if day else f"{name}_day"
                self.add_error(missing, "Cần cả ngày và giờ. Ghi đủ hai ô, hoặc bỏ trống cả hai.")
            if moment and detected and moment < detected:
                self.add_error(f"{name}_clock", "Không thể báo trước khi phát hiện. Xem lại hai giờ.")
            if moment and moment > now():
                self.add_error(f"{name}_clock", "Giờ này chưa tới. Ghi khi đã báo xong.")
        return data

    @property
    def known(self) -> Known:
        """What the valid form says."""
        data, detected = self.cleaned_data, self._moment("detected")
        assert detected is not None  # noqa: S101
        return Known(
            detected_at=detected,
            what=normalise(data["what"]),
            data_kinds=data["data_kinds"],
            people_about=data["people_about"],
            measures=normalise(data["measures"]),
            authority_told_at=self._moment("authority"),
            persons_told_at=self._moment("persons"),
        )


class CorrectBreachForm(BreachForm):
    """What is known now of a breach entered before."""

    why = forms.CharField(label="Ghi thêm hay đính chính điều gì", max_length=300)


def initial_of(entry: BreachEntry) -> dict[str, Any]:
    """A line of the register as the form's first values."""
    values: dict[str, Any] = {
        "what": entry.what,
        "data_kinds": entry.data_kinds,
        "people_about": entry.people_about,
        "measures": entry.measures,
    }
    moments = {"detected": entry.detected_at, "authority": entry.authority_told_at, "persons": entry.persons_told_at}
    for name, moment in moments.items():
        if moment is not None:
            local = moment.astimezone(ZONE)
            values |= {f"{name}_day": local.date(), f"{name}_clock": local.time().replace(second=0, microsecond=0)}
    return values
