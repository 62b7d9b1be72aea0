"""Rules of dates and times."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from chibo.lib import dates

MEETING = date(2026, 12, 3)
EVENING = datetime(2026, 12, 3, 12, 30, tzinfo=UTC)


def test_today_is_the_day_in_vietnam() -> None:
    with time_machine.travel(datetime(2026, 12, 2, 17, 0, tzinfo=UTC)):
        assert dates.today() == MEETING
        assert dates.now().hour == 0


def test_moments_are_written_in_vietnamese_time() -> None:
    assert dates.format_date(EVENING) == dates.format_date(MEETING) == "03/12/2026"
    assert dates.format_time(EVENING) == dates.format_time(time(19, 30)) == "19:30"


def test_the_hour_in_a_sentence_leaves_out_no_minutes() -> None:
    assert dates.format_time_sentence(EVENING) == "19\u00a0giờ\u00a030"
    assert dates.format_time_sentence(time(7, 5)) == "7\u00a0giờ\u00a005"
    assert dates.format_time_sentence(time(19)) == "19\u00a0giờ"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 3), "ngày 03 tháng 12 năm 2026"),
    ],
)
def test_a_paper_has_a_zero_before_days_under_ten_and_the_first_two_months(day: date, written: str) -> None:
    assert dates.format_date_long(day).replace("\u00a0", " ") == written


def test_names_of_days_periods_and_quarters_do_not_break() -> None:
    assert dates.weekday_name(MEETING) == "thứ\u00a0Năm"
    assert dates.weekday_name(date(2026, 12, 6)) == "Chủ\u00a0nhật"
    assert dates.period_name(date(2026, 12, 1)) == "tháng\u00a012/2026"
    assert dates.quarter_name(MEETING) == "Quý\u00a0IV"
    assert [dates.quarter(date(2026, month, 1)) for month in range(1, 13)] == [
        1,
        1,
        1,
        2,
        2,
        2,
        3,
        3,
        3,
        4,
        4,
        4,
    ]


@pytest.mark.parametrize(
    "text", ["03/12/2026", "3/12/2026", " 3-12-2026", "3.12.2026", "ngày 3 tháng 12 năm 2026", "2026-12-03"]
)
def test_a_date_is_read_in_every_usual_way_of_writing(text: str) -> None:
    assert dates.parse_vietnamese_date(text) == MEETING


@pytest.mark.parametrize("text", ["", "hôm nay", "31/02/2026", "12/2026", "3/12/26", "03/13/2026", "00/12/2026"])
def test_what_is_not_a_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(dates.UnreadableDate, match="03/12/2026"):
        dates.parse_vietnamese_date(text)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_written_date_is_read_back(day: date) -> None:
    assert dates.parse_vietnamese_date(dates.format_date(day)) == day
    assert dates.parse_vietnamese_date(dates.format_date_long(day)) == day


def test_adding_months_keeps_the_day_or_takes_the_last_one() -> None:
    assert dates.add_months(date(2026, 12, 3), 1) == date(2027, 1, 3)
    assert dates.add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert dates.add_months(date(2027, 1, 15), -1) == date(2026, 12, 15)
    assert dates.add_months(date(2026, 11, 30), 1) == date(2026, 12, 30)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-100, 100))
def test_adding_months_lands_in_the_right_month(day: date, months: int) -> None:
    landed = dates.add_months(day, months)
    assert landed.year * 12 + landed.month == day.year * 12 + day.month + months


def test_month_start_of_a_moment_is_in_vietnamese_time() -> None:
    assert dates.month_start(datetime(2026, 11, 30, 18, tzinfo=UTC)) == date(2026, 12, 1)


def test_a_deadline_lasts_to_the_end_of_its_day() -> None:
    deadline = date(2026, 12, 6)
    assert dates.days_late(deadline, date(2026, 12, 6)) == 0
    assert dates.days_late(deadline, date(2026, 12, 10)) == 4
    assert dates.days_late(deadline, date(2026, 11, 1)) == 0


def test_within_two_days_after_runs_through_the_end_of_the_second_day() -> None:
    end = dates.end_of_second_day_after(EVENING)
    assert dates.format_date(end) == "05/12/2026"
    assert dates.format_date(end + timedelta(microseconds=1)) == "06/12/2026"
