"""The Vietnamese lunar calendar, which decides when people of a hamlet can come to a meeting.

A month begins on the day, in Vietnamese time, of the new moon; the eleventh month holds the winter solstice;
between two of those, when there are thirteen months, the first one without a principal term of the sun is the
leap month. Positions of the moon and the sun follow Jean Meeus, "Astronomical Algorithms" (1998), chapters 25
and 49, in the shortened form that Hồ Ngọc Đức published for the Vietnamese calendar; right for 1900 to 2100.
China counts by its own time zone, so a few years differ (1985, 2007, 2030): a Chinese library is wrong here.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import floor, pi, sin

TIME_ZONE_HOURS = 7
_JULIAN_DAY_OF_ORDINAL_ZERO = 1721425
_SYNODIC_MONTH = 29.530588853
_FIRST_NEW_MOON = 2415021.076998695
_STEMS = ("Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ")
_BRANCHES = ("Thân", "Dậu", "Tuất", "Hợi", "Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi")


@dataclass(frozen=True, order=True)
class LunarDate:
    """A day of the Vietnamese lunar calendar."""

    year: int
    month: int
    leap: bool
    day: int

    @property
    def year_name(self) -> str:
        """The name of the year in the cycle of sixty: 2026 is Bính Ngọ."""
        return f"{_STEMS[self.year % 10]} {_BRANCHES[self.year % 12]}"

    def __str__(self) -> str:
        """ "mồng 1 tháng Giêng", "rằm tháng Bảy", "24 tháng 10 nhuận": as spoken, short."""
        names = {1: "Giêng", 12: "Chạp"}
        day = f"mồng {self.day}" if self.day <= 10 else "rằm" if self.day == 15 else str(self.day)
        return f"{day} tháng {names.get(self.month, self.month)}{' nhuận' if self.leap else ''}"


def lunar_day(day: date) -> LunarDate:
    """Return the lunar date of a day in Vietnam."""
    start = _month_start_before(day)
    first = _eleventh_month(day.year)
    if start < first:
        first, following = _eleventh_month(day.year - 1), first
    else:
        following = _eleventh_month(day.year + 1)
    year = following.year
    months_on = round((start - first).days / _SYNODIC_MONTH)
    leap_position = _leap_position(first, following)
    leap = leap_position > 0 and months_on == leap_position
    if leap_position and months_on >= leap_position:
        months_on -= 1
    month = (months_on + 10) % 12 + 1
    return LunarDate(year - 1 if month >= 11 else year, month, leap, (day - start).days + 1)


def _month_start_before(day: date) -> date:
    """The first day of the lunar month that holds a day."""
    number = floor((day.toordinal() + _JULIAN_DAY_OF_ORDINAL_ZERO - _FIRST_NEW_MOON) / _SYNODIC_MONTH)
    start = _new_moon_day(number + 1)
    while start > day:
        start = _new_moon_day(number)
        number -= 1
    return start


@lru_cache(maxsize=64)
def _eleventh_month(year: int) -> date:
    """The first day of the lunar month that holds the winter solstice of a year."""
    number = floor((date(year, 12, 31).toordinal() + _JULIAN_DAY_OF_ORDINAL_ZERO - 2415021) / _SYNODIC_MONTH)
    start = _new_moon_day(number)
    return start if _sun_sector(start) < 9 else _new_moon_day(number - 1)


def _leap_position(first: date, following: date) -> int:
    """How many months after an eleventh month the leap month comes, or 0 where that year has none."""
    if (following - first).days < 360:
        return 0
    number = floor((first.toordinal() + _JULIAN_DAY_OF_ORDINAL_ZERO - _FIRST_NEW_MOON) / _SYNODIC_MONTH + 0.5)
    for position in range(1, 14):
        if _sun_sector(_new_moon_day(number + position)) == _sun_sector(_new_moon_day(number + position + 1)):
            return position
    raise AssertionError("thirteen months hold twelve principal terms, so one month has none")


@lru_cache(maxsize=512)
def _new_moon_day(number: int) -> date:
    """The day in Vietnam of the new moon with this number, counted from the first of 1900."""
    moment = _new_moon(number)
    return date.fromordinal(floor(moment + 0.5 + TIME_ZONE_HOURS / 24) - _JULIAN_DAY_OF_ORDINAL_ZERO)


def _new_moon(number: int) -> float:
    """The Julian day, in universal time, of a new moon."""
    century = number / 1236.85
    square, cube = century**2, century**3
    degree = pi / 180
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * square - 0.000000155 * cube
    mean += 0.00033 * sin((166.56 + 132.87 * century - 0.009173 * square) * degree)
    sun = (359.2242 + 29.10535608 * number - 0.0000333 * square - 0.00000347 * cube) * degree
    moon = (306.0253 + 385.81691806 * number + 0.0107306 * square + 0.00001236 * cube) * degree
    latitude = (21.2964 + 390.67050646 * number - 0.0016528 * square - 0.00000239 * cube) * degree
    correction = (0.1734 - 0.000393 * century) * sin(sun) + 0.0021 * sin(2 * sun)
    correction += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    correction += 0.0104 * sin(2 * latitude) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    correction += 0.0004 * sin(2 * latitude + sun) - 0.0004 * sin(2 * latitude - sun)
    correction += -0.0006 * sin(2 * latitude + moon) + 0.0010 * sin(2 * latitude - moon) + 0.0005 * sin(2 * moon + sun)
    return mean + correction - _clock_drift(century)


def _clock_drift(century: float) -> float:
    """Days between the uniform time of the formula and universal time."""
    if century < -11:
        return 0.001 + 0.000839 * century + 0.0002261 * century**2 - 0.00000845 * century**3
    return -0.000278 + 0.000265 * century + 0.000262 * century**2


def _sun_sector(day: date) -> int:
    """In which twelfth of its circle the sun stands as a day begins in Vietnam; 9 starts at the solstice."""
    moment = day.toordinal() + _JULIAN_DAY_OF_ORDINAL_ZERO - 0.5 - TIME_ZONE_HOURS / 24
    century = (moment - 2451545.0) / 36525
    square = century**2
    degree = pi / 180
    anomaly = (357.52910 + 35999.05030 * century - 0.0001559 * square - 0.00000048 * century * square) * degree
    longitude = 280.46645 + 36000.76983 * century + 0.0003032 * square
    longitude += (1.914600 - 0.004817 * century - 0.000014 * square) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * century) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor((longitude % 360) / 30)
