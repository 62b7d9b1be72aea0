"""Fields that read what people type: dates, times, long text, files."""

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File

from chibo.lib import dates

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_TIME = re.compile(r"\d{2}:\d{2}(:\d{2})?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:giờ|gio|[h:.])\s*(\d{1,2})?\s*(?:phút|phut|p)?", re.IGNORECASE)

Day = date | Callable[[], date]


class DateInput(forms.DateInput):
    """The browser's own date picker; text that no picker could show stays as it was typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "input-short", **(attrs or {})}, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As Django's, as plain text where the value is not a date."""
        context = super().get_context(name, value, attrs)
        if isinstance(value, str) and value and not _ISO_DATE.fullmatch(value):
            context["widget"]["type"] = "text"
        return context


class TimeInput(forms.TimeInput):
    """The browser's own time picker; text that no picker could show stays as it was typed."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "input-short", **(attrs or {})}, format="%H:%M")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As Django's, as plain text where the value is not a time."""
        context = super().get_context(name, value, attrs)
        if isinstance(value, str) and value and not _ISO_TIME.fullmatch(value):
            context["widget"]["type"] = "text"
        return context


# What else is a slip of a finger; and the calendar of the machine ends with 9999.
YEARS = range(1900, 2200)


class DateField(forms.DateField):
    """A day, from a picker (2026-12-05) or typed: 05/12/2026, 5-12-2026, 5/12 (the nearest such day).

    Args:
        earliest: the first day allowed, a date or a function that gives one, such as `chibo.lib.dates.today`.
        latest: the last day allowed.
    """

    widget = DateInput

    def __init__(self, *, earliest: Day | None = None, latest: Day | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> date | None:
        """Read the day, or say what is wrong with it.

        Raises:
            ValidationError: it is no date, or there is no such day.
        """
        if not isinstance(value, str):
            return super().to_python(value)
        text = value.strip()
        if not text:
            return None
        try:
            if found := _DAY_AND_MONTH.fullmatch(text):
                return _nearest_day(int(found[1]), int(found[2]), text)
            return dates.parse_vietnamese_date(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: date | None) -> None:
        """Hold the day within its limits; the message names the first or last day that is right."""
        super().validate(value)
        if value is None:
            return
        if value.year not in YEARS:
            raise ValidationError(f"Năm {value.year} không đúng. Nhập ngày, tháng, năm như 03/12/2026.", code="year")
        earliest, latest = _day(self.earliest), _day(self.latest)
        if earliest and value < earliest:
            gone = "đã qua" if value < dates.today() else "sớm quá"
            raise ValidationError(
                f"{dates.format_date(value)} {gone}. Nhập ngày từ {dates.format_date(earliest)}.",
                code="earliest",
            )
        if latest and value > latest:
            raise ValidationError(
                f"{dates.format_date(value)} muộn quá. Nhập ngày đến {dates.format_date(latest)}.",
                code="latest",
            )


class TimeField(forms.TimeField):
    """A time of day, from a picker (19:30) or typed: 19h30, 19 giờ 30, 19 giờ."""

    widget = TimeInput

    def to_python(self, value: Any) -> time | None:
        """Read the time.

        Raises:
            ValidationError: it is no time of day; the message gives an example.
        """
        if not isinstance(value, str):
            return super().to_python(value)
        text = value.strip()
        if not text:
            return None
        hour, minute = 24, 0
        if _ISO_TIME.fullmatch(text):
            hour, minute = int(text[:2]), int(text[3:5])
        elif found := _CLOCK.fullmatch(text):
            hour, minute = int(found[1]), int(found[2] or 0)
        if hour > 23 or minute > 59:
            raise ValidationError("Ghi giờ từ 0 đến 23, ví dụ 19:30.", code="invalid")
        return time(hour, minute)


class TextField(forms.CharField):
    """Text of several lines; line ends are made one kind, and a limit is counted under the field."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("max_length", 20_000)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The text with plain line ends, as the browser's own counter counts them."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


class FileField(forms.FileField):
    """A file of one of some kinds and not above a size; both are said before and after.

    Args:
        endings: allowed ends of the name, such as (".pdf", ".docx").
        max_bytes: the largest size.
    """

    widget = forms.FileInput

    def __init__(self, *, endings: Sequence[str], max_bytes: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(endings)}))
        super().__init__(**kwargs)
        self.endings = tuple(ending.lower() for ending in endings)
        self.max_bytes = max_bytes

    def to_python(self, data: "File[Any] | None") -> "File[Any] | None":
        """The file, when its kind and size are allowed. What is inside is for the caller to check.

        Raises:
            ValidationError: a wrong kind, too large, or empty.
        """
        file = super().to_python(data)
        if file is None:
            return None
        name = file.name or ""
        if PurePath(name).suffix.lower() not in self.endings:
            kinds = ", ".join(ending.lstrip(".").upper() for ending in self.endings)
            raise ValidationError(f"Tệp “{name}” không thuộc loại nhận được. Chọn tệp {kinds}.", code="kind")
        if (file.size or 0) > self.max_bytes:
            size, most = _megabytes(file.size or 0), _megabytes(self.max_bytes)
            raise ValidationError(
                f"Tệp “{name}” nặng {size} MB, quá {most} MB. Chụp lại thành ảnh hoặc gửi từng phần.",
                code="size",
            )
        return file


def _day(limit: Day | None) -> date | None:
    """A limit as a day."""
    return limit() if callable(limit) else limit


def _megabytes(size: int) -> str:
    """34 or 0,5."""
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")


def _nearest_day(day: int, month: int, text: str) -> date:
    """The day and month in the year that lies nearest to today: in December, 5/1 is next January.

    Raises:
        ValueError: no year near has that day.
    """
    today = dates.today()
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError(f"Không có ngày {text}. Nhập ngày, tháng, năm như 03/12/2026.")
    return min(found, key=lambda candidate: abs(candidate - today))
