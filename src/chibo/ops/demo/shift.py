"""Moves the story to the day on which the demo is made: its last month is always the month that has just been.

The story is written for a year that ends in November 2026. All of it is moved by the same number of whole months:
its dates, and the dates inside its sentences, so that a text and its row never disagree.
"""

import re
from datetime import date

from chibo.lib.dates import add_months

LAST_PERIOD = date(2026, 11, 1)
# The main cell meets on the 3rd: from the 4th on, this month's meeting is behind us.
FIRST_DAY_AFTER = 4

_FULL = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")
_SHORT = re.compile(r"\b(\d{2})/(\d{2})\b(?!/\d)")
_MONTH = re.compile(r"\btháng (\d{1,2})\b(?!/)")
# A document keeps its date, and so does a holiday: both are written with one digit for the month.
_FIXED = re.compile(r"\b\d{1,2}/\d(?:/\d{4})?\b")


def months_from_story(today: date) -> int:
    """How many months to add to the story, so that its last meeting is the last one before today."""
    last = today if today.day >= FIRST_DAY_AFTER else add_months(today, -1)
    return (last.year - LAST_PERIOD.year) * 12 + last.month - LAST_PERIOD.month


def shifted(day: date, months: int) -> date:
    """The same day so many months later; the 31st becomes the last day of a shorter month."""
    return add_months(day, months)


def shifted_text(text: str, months: int) -> str:
    """A sentence of the story with its dates and months moved; "09/9/2014", a document's date, stays."""
    if not months:
        return text
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\0{len(kept) - 1}\0"

    text = _FIXED.sub(keep, text)
    text = _FULL.sub(lambda m: f"{add_months(date(int(m[3]), int(m[2]), int(m[1])), months):%d/%m/%Y}", text)
    text = _SHORT.sub(lambda m: _moved_short(m, months), text)
    text = _MONTH.sub(lambda m: f"tháng {_moved_month(int(m[1]), months)}", text)
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], text)


def _moved_month(month: int, months: int) -> int:
    return (month - 1 + months) % 12 + 1


def _moved_short(match: re.Match[str], months: int) -> str:
    """A day and month without a year; "14/14" and "44/46" are counts, not days."""
    day, month = int(match[1]), int(match[2])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match.group()
    moved = add_months(date(LAST_PERIOD.year, month, min(day, 28)), months)
    return f"{day if day <= 28 else min(day, _last_day(moved)):02d}/{moved.month:02d}"


def _last_day(day: date) -> int:
    return (add_months(day.replace(day=1), 1) - day.replace(day=1)).days
