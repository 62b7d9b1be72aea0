"""The table of holidays: each day with its source; the nearest committee wins; Tết of a coming year is computed."""

from datetime import date

import pytest

from chibo.lib.uuid7 import uuid7
from chibo.rules.holidays import computed_holidays, shipped_holidays
from chibo.rules.load import load
from chibo.rules.models import Holiday
from chibo.rules.working_days import add_working_days, calendar_of, working_days_between


def days_of(year: int) -> list[date]:
    return [one.day for one in computed_holidays(year)]


def test_every_holiday_has_a_source_and_a_confidence() -> None:
    assert all(one.source and one.confidence in "VSR" and one.kind in ("off", "made_up") for one in shipped_holidays())
    assert {2025, 2026, 2027} <= {one.day.year for one in shipped_holidays()}


def test_no_day_stands_twice_and_a_day_to_make_up_is_on_a_weekend() -> None:
    found = shipped_holidays()
    assert len({one.day for one in found}) == len(found)
    assert all((one.day.weekday() >= 5) == (one.kind == "made_up") for one in found)


def test_tet_of_2027_is_computed_by_the_lunar_calendar_and_says_so() -> None:
    """The first of the first month is Saturday 06/02/2027: two of the five days are given after the weekend."""
    tet = [one for one in computed_holidays(2027) if one.name == "Tết Nguyên đán"]
    assert [one.day for one in tet] == [date(2027, 2, day) for day in (5, 8, 9, 10, 11)]
    assert {one.confidence for one in tet} == {"R"}


def test_a_holiday_on_a_weekend_is_given_on_the_next_working_day() -> None:
    assert date(2027, 5, 3) in days_of(2027)  # 01/5/2027 is a Saturday
    assert date(2027, 4, 16) in days_of(2027)  # the tenth of the third month


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over Tết Bính Ngọ
        (date(2026, 8, 28), 2, date(2026, 9, 4)),  # 31/8 to 02/9 are off
        (date(2026, 8, 21), 2, date(2026, 8, 24)),  # Saturday 22/8 is worked
        (date(2026, 11, 23), 10, date(2026, 12, 8)),  # 24/11 is off
        (date(2027, 2, 4), 20, date(2027, 3, 11)),
    ],
)
def test_a_term_over_holidays(first: date, count: int, last: date) -> None:
    assert add_working_days(first, count, ()) == last
    assert working_days_between(first, last, ()) == count


@pytest.mark.django_db
def test_a_committees_day_holds_for_all_under_it_and_for_nobody_else() -> None:
    province, commune, other = uuid7(), uuid7(), uuid7()
    flood = date(2026, 12, 1)
    row = {"day": flood, "name": "Bão số 9", "source": "Công điện", "confidence": "V"}
    Holiday.objects.create(**row, kind="off", scope_organisation_id=province)
    assert not calendar_of([province, commune]).is_working(flood)
    assert calendar_of([other]).is_working(flood)
    assert calendar_of(()).is_working(flood)
    Holiday.objects.create(**row, kind="usual", scope_organisation_id=commune)
    assert calendar_of([province, commune]).is_working(flood)
    assert not calendar_of([province]).is_working(flood)


@pytest.mark.django_db
def test_a_committee_takes_a_general_day_back() -> None:
    commune, culture = uuid7(), date(2026, 11, 24)
    assert not calendar_of([commune]).is_working(culture)
    row = {"name": "Không nghỉ", "source": "Thông báo", "confidence": "V"}
    Holiday.objects.create(**row, day=culture, kind="usual", scope_organisation_id=commune)
    assert calendar_of([commune]).is_working(culture)


@pytest.mark.django_db
def test_loading_again_keeps_what_committees_entered() -> None:
    before = set(Holiday.objects.values_list("id", "day"))
    mine = Holiday.objects.create(
        day=date(2026, 12, 1), kind="off", name="Bão", source="Công điện", confidence="V", scope_organisation_id=uuid7()
    )
    load()
    assert set(Holiday.objects.values_list("id", "day")) == before | {(mine.id, mine.day)}
