"""The lunar calendar against printed Vietnamese calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.lib.lunar import LunarDate, lunar_day

TET = [
    "1985-01-21",
    "1990-01-27",
    "1991-02-15",
    "1992-02-04",
    "1993-01-23",
    "1994-02-10",
    "1995-01-31",
    "1996-02-19",
    "1997-02-07",
    "1998-01-28",
    "1999-02-16",
    "2000-02-05",
    "2001-01-24",
    "2002-02-12",
    "2003-02-01",
    "2004-01-22",
    "2005-02-09",
    "2006-01-29",
    "2007-02-17",
    "2008-02-07",
    "2009-01-26",
    "2010-02-14",
    "2011-02-03",
    "2012-01-23",
    "2013-02-10",
    "2014-01-31",
    "2015-02-19",
    "2016-02-08",
    "2017-01-28",
    "2018-02-16",
    "2019-02-05",
    "2020-01-25",
    "2021-02-12",
    "2022-02-01",
    "2023-01-22",
    "2024-02-10",
    "2025-01-29",
    "2026-02-17",
    "2027-02-06",
    "2028-01-26",
    "2029-02-13",
    "2030-02-02",
]


@pytest.mark.parametrize("day", [date.fromisoformat(day) for day in TET])
def test_tet_falls_on_its_day_in_vietnam(day: date) -> None:
    assert lunar_day(day) == LunarDate(day.year, 1, False, 1)
    assert lunar_day(day - timedelta(days=1)).month == 12


@pytest.mark.parametrize(
    ("chinese_new_year", "in_vietnam"),
    [
        (date(1985, 2, 20), LunarDate(1985, 2, False, 1)),
        (date(2007, 2, 18), LunarDate(2007, 1, False, 2)),
        (date(2030, 2, 3), LunarDate(2030, 1, False, 2)),
    ],
)
def test_vietnam_differs_from_china_in_known_years(chinese_new_year: date, in_vietnam: LunarDate) -> None:
    assert lunar_day(chinese_new_year) == in_vietnam


@pytest.mark.parametrize(
    ("day", "month"),
    [("2004-03-21", 2), ("2006-08-24", 7), ("2009-06-23", 5), ("2012-05-21", 4), ("2014-10-24", 9),
     ("2017-07-23", 6), ("2020-05-23", 4), ("2023-03-22", 2), ("2025-07-25", 6), ("2028-06-23", 5)],
)  # fmt: skip
def test_leap_months_begin_on_their_day(day: str, month: int) -> None:
    start = date.fromisoformat(day)
    assert lunar_day(start) == LunarDate(start.year, month, True, 1)
    assert not lunar_day(start - timedelta(days=1)).leap


def test_a_year_has_its_name_in_the_cycle_of_sixty() -> None:
    assert lunar_day(date(2026, 2, 17)).year_name == "Bính Ngọ"
    assert lunar_day(date(2026, 2, 16)).year_name == "Ất Tỵ"


def test_a_lunar_day_is_written_as_people_say_it() -> None:
    assert str(lunar_day(date(2026, 2, 17))) == "mồng 1 tháng Giêng"
    assert str(LunarDate(2025, 6, True, 15)) == "rằm tháng 6 nhuận"
    assert str(LunarDate(2026, 12, False, 23)) == "23 tháng Chạp"


@given(st.dates(date(1920, 1, 1), date(2099, 12, 30)))
def test_the_next_day_is_the_next_lunar_day(day: date) -> None:
    here, following = lunar_day(day), lunar_day(day + timedelta(days=1))
    if following.day == 1:
        assert here.day in (29, 30)
    else:
        assert (following.month, following.leap, following.day) == (here.month, here.leap, here.day + 1)


def test_the_eleventh_month_of_a_year_without_a_leap_month_is_no_leap_month() -> None:
    found = lunar_day(date(2026, 1, 2))
    assert (found.day, found.month, found.leap) == (14, 11, False)
