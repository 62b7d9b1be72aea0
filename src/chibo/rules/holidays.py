"""The public holidays that come with the program: as announced, and as the Labour Code lets one compute them.

Bộ luật Lao động 2019, Điều 112: New Year 1 day, Tết 5, 30/4, 1/5, 2/9 with the day before or after, the 10th of the
third lunar month. Điều 111 (3): a holiday that falls on the weekly rest is given on the next working day. Which two
days beside Tết, and which beside 2/9, is announced each year; until it is, the most usual choice stands here and says
so by its confidence.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from chibo.lib.lunar import lunar_day
from chibo.rules.book import CUSTOMARY

DATA = Path(__file__).parent / "data" / "holidays.json"
LAST_COMPUTED_YEAR = 2035
_DAY = timedelta(days=1)
_TET_DAYS_AFTER_THE_EVE = 4
_COMPUTED = "Bộ luật Lao động 2019, Điều 111, 112; tính trước, chờ thông báo của năm"


@dataclass(frozen=True)
class PublicHoliday:
    """One day off, or one day worked instead."""

    day: date
    kind: str
    name: str
    source: str
    confidence: str


@lru_cache(maxsize=1)
def shipped_holidays() -> tuple[PublicHoliday, ...]:
    """Those announced, then those computed for the years after."""
    entries = json.loads(DATA.read_text(encoding="utf-8"))
    announced = [PublicHoliday(**entry | {"day": date.fromisoformat(entry["day"])}) for entry in entries]
    first = max(one.day.year for one in announced) + 1
    return (*announced, *(one for year in range(first, LAST_COMPUTED_YEAR + 1) for one in computed_holidays(year)))


def computed_holidays(year: int) -> Iterator[PublicHoliday]:
    """The days off of a year that is not announced yet, in order."""
    taken: dict[date, str] = {}
    for day, name in sorted(_by_law(year)):
        while day.weekday() >= 5 or day in taken:  # given on the next working day
            day += _DAY
        taken[day] = name
    for day, name in sorted(taken.items()):
        yield PublicHoliday(day, "off", name, _COMPUTED, CUSTOMARY)


def _by_law(year: int) -> Iterator[tuple[date, str]]:
    """The days that the law names, weekends among them."""
    tet = _lunar(year, 1, 1)
    yield date(year, 1, 1), "Tết Dương lịch"
    for number in range(-1, _TET_DAYS_AFTER_THE_EVE):
        yield tet + _DAY * number, "Tết Nguyên đán"
    yield _lunar(year, 3, 10), "Giỗ Tổ Hùng Vương"
    yield date(year, 4, 30), "Ngày Chiến thắng"
    yield date(year, 5, 1), "Ngày Quốc tế lao động"
    yield date(year, 9, 2), "Quốc khánh"
    beside = date(year, 9, 1) if date(year, 9, 2).weekday() in (1, 5, 6) else date(year, 9, 3)
    yield beside, "Quốc khánh"
    yield date(year, 11, 24), "Ngày Văn hóa Việt Nam"


def _lunar(year: int, month: int, day: int) -> date:
    """The day of a solar year on which a lunar day of the same year falls."""
    found = date(year, 1, 15)
    while True:
        lunar = lunar_day(found)
        if (lunar.year, lunar.month, lunar.day, lunar.leap) == (year, month, day, False):
            return found
        found += _DAY
