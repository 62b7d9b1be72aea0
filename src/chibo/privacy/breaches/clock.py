"""The 72 hours from the finding: by the clock, nights, Sundays and Tết included."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor

from chibo.lib.dates import format_date, format_time, now
from chibo.privacy.models import BreachEntry
from chibo.rules.book import RuleBook


@dataclass(frozen=True)
class Clock:
    """How a breach stands towards its deadline."""

    kind: str
    words: str
    deadline: datetime


def clock_of(entry: BreachEntry, book: RuleBook) -> Clock:
    """Hours left, overdue, told in time or told late."""
    deadline = entry.deadline(book.number("breach_notice_hours"))
    told = entry.authority_told_at
    if told is not None:
        if told <= deadline:
            return Clock("ok", f"Đã báo A05 {format_time(told)} {format_date(told)}, trong hạn", deadline)
        hours = ceil((told - deadline).total_seconds() / 3600)
        return Clock("late", f"Đã báo A05 {format_time(told)} {format_date(told)}, muộn {hours} giờ", deadline)
    left = (deadline - now()).total_seconds() / 3600
    if left < 0:
        return Clock("late", f"Quá hạn báo A05 {ceil(-left)} giờ", deadline)
    return Clock("info", f"Còn {floor(left)} giờ để báo A05", deadline)
