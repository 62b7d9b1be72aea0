"""Terms in working days: weekends and holidays are not counted, days that are made up are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.lib.working_days import WorkingCalendar

PLAIN = WorkingCalendar()
days = st.dates(date(2025, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("count", "last"),
    [(0, date(2026, 12, 3)), (1, date(2026, 12, 4)), (2, date(2026, 12, 7)), (10, date(2026, 12, 17))],
)
def test_a_term_leaves_out_its_first_day_and_weekends(count: int, last: date) -> None:
    assert PLAIN.add(date(2026, 12, 3), count) == last


def test_a_holiday_is_left_out_and_a_day_made_up_is_counted() -> None:
    calendar = WorkingCalendar.of([date(2026, 8, 31)], [date(2026, 8, 22)])
    assert calendar.add(date(2026, 8, 21), 1) == date(2026, 8, 22)
    assert calendar.add(date(2026, 8, 28), 1) == date(2026, 9, 1)


def test_a_term_does_not_run_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        PLAIN.add(date(2026, 12, 3), -1)


@given(days, st.integers(1, 80), st.sets(days, max_size=30), st.sets(days, max_size=5))
def test_counting_undoes_adding_and_a_term_ends_on_a_working_day(
    first: date, count: int, off: set[date], made_up: set[date]
) -> None:
    calendar = WorkingCalendar.of(off, made_up)
    last = calendar.add(first, count)
    assert calendar.is_working(last)
    assert calendar.between(first, last) == count
    assert calendar.between(last, first - timedelta(days=1)) == 0
