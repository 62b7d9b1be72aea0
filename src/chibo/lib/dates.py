"""Dates and times as Vietnamese people write and count them, always in Vietnamese time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chibo.lib.vietnamese import NO_BREAK_SPACE, fold

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
QUARTERS = ("I", "II", "III", "IV")

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")


class UnreadableDate(ValueError):
    """What was typed is not a date; the message says so in Vietnamese."""


_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment in Vietnamese time."""
    return _moment.get() or datetime.now(ZONE)


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Act as if it were another moment: for a past month of the demo, and for tests. Never in a request."""
    token = _moment.set(moment.astimezone(ZONE))
    try:
        yield moment
    finally:
        _moment.reset(token)


def today() -> date:
    """The present day in Vietnam."""
    return now().date()


def local_date(moment: date | datetime) -> date:
    """The day in Vietnam of a moment; a plain date is returned as it is."""
    if isinstance(moment, datetime):
        return (moment.astimezone(ZONE) if moment.tzinfo else moment).date()
    return moment


def local_time(moment: time | datetime) -> time:
    """The time of day in Vietnam of a moment; a plain time is returned as it is."""
    if isinstance(moment, datetime):
        return (moment.astimezone(ZONE) if moment.tzinfo else moment).time()
    return moment


def format_date(moment: date | datetime) -> str:
    """03/12/2026."""
    day = local_date(moment)
    return f"{day.day:02}/{day.month:02}/{day.year}"


def format_date_long(moment: date | datetime) -> str:
    """ "ngày 05 tháng 02 năm 2026": a 0 before days under 10 and months 1 and 2 (Hướng dẫn 36-HD/VPTW)."""
    day = local_date(moment)
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return _together(f"ngày {day.day:02}") + _together(f" tháng {month}", 1) + _together(f" năm {day.year}", 1)


def format_time(moment: time | datetime) -> str:
    """19:30, for tables."""
    clock = local_time(moment)
    return f"{clock.hour:02}:{clock.minute:02}"


def format_time_sentence(moment: time | datetime) -> str:
    """ "19 giờ 30" or "19 giờ", for sentences and papers."""
    clock = local_time(moment)
    minutes = f" {clock.minute:02}" if clock.minute else ""
    return _together(f"{clock.hour} giờ{minutes}")


def weekday_name(moment: date | datetime) -> str:
    """ "thứ Năm" or "Chủ nhật"."""
    return _together(WEEKDAYS[local_date(moment).weekday()])


def period_name(period: date) -> str:
    """The name of a period, the month that a regular meeting is for: "tháng 12/2026"."""
    return _together(f"tháng {period.month}/{period.year}")


def quarter(moment: date | datetime) -> int:
    """The quarter of the year, 1 to 4."""
    return (local_date(moment).month - 1) // 3 + 1


def quarter_name(moment: date | datetime) -> str:
    """ "Quý IV"."""
    return _together(f"Quý {QUARTERS[quarter(moment) - 1]}")


def parse_vietnamese_date(text: str) -> date:
    """Read a date as typed: 3/12/2026, 03-12-2026, "ngày 3 tháng 12 năm 2026", or a browser's 2026-12-03.

    Raises:
        UnreadableDate: it is no date, or there is no such day.
    """
    clean = fold(text)
    if found := _YEAR_FIRST.fullmatch(clean):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(clean) or _IN_WORDS.fullmatch(clean):
        day, month, year = found.groups()
    else:
        raise UnreadableDate("Chưa đọc được ngày. Nhập ngày, tháng, năm như 03/12/2026.")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise UnreadableDate(f"Không có ngày {text.strip()}. Nhập ngày, tháng, năm như 03/12/2026.") from error


def month_start(moment: date | datetime) -> date:
    """The first day of the month."""
    return local_date(moment).replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day some months later (or earlier), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def moment_after(moment: datetime, clock: time) -> datetime:
    """The first moment after another at which the clock shows a time: past midnight it is on the next day."""
    found = datetime.combine(local_date(moment), clock, ZONE)
    return found if found > moment else found + timedelta(days=1)


def days_late(deadline: date, today: date) -> int:
    """Days gone since a deadline, 0 while it has not passed: a deadline lasts to the end of its day."""
    return max(0, (today - deadline).days)


def end_of_second_day_after(moment: date | datetime) -> datetime:
    """The last moment of "within 2 days after": a meeting held on 03/12 has until the end of 05/12."""
    return datetime.combine(local_date(moment) + timedelta(days=2), time.max, ZONE)


def _together(text: str, spaces_left: int = 0) -> str:
    """Make the spaces unbreakable, except some at the start."""
    return text[:spaces_left] + text[spaces_left:].replace(" ", NO_BREAK_SPACE)
