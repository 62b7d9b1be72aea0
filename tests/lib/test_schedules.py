"""When periodic work falls due: in Vietnamese time, whatever the zone of the moment that is asked about."""

from datetime import UTC, datetime, time

import pytest

from chibo.lib.dates import ZONE
from chibo.lib.schedules import Daily, EveryMinutes, Schedule, Weekly


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("schedule", "moment", "due"),
    [
        (Daily(time(0, 5)), at(25, 0, 5), at(25, 0, 5)),
        (Daily(time(0, 5)), at(25, 0, 4), at(24, 0, 5)),
        (Daily(time(0, 5)), datetime(2026, 11, 24, 17, 6, tzinfo=UTC), at(25, 0, 5)),
        (Weekly(6, time(3, 0)), at(29, 3), at(29, 3)),  # a Sunday
        (Weekly(6, time(3, 0)), at(29, 2, 59), at(22, 3)),
        (Weekly(6, time(3, 0)), at(25, 12), at(22, 3)),
        (EveryMinutes(15), at(25, 10, 44), at(25, 10, 30)),
        (EveryMinutes(15), at(25, 0, 0), at(25, 0, 0)),
    ],
)
def test_the_newest_due_moment_is_not_after_the_one_asked_about(
    schedule: Schedule, moment: datetime, due: datetime
) -> None:
    assert schedule.last(moment) == due


def test_a_schedule_says_itself_in_words() -> None:
    assert Daily(time(2, 0)).words == "hằng ngày 02:00"
    assert Weekly(0, time(3, 0)).words == "thứ Hai hằng tuần 03:00"
    assert EveryMinutes(15).words == "15 phút một lần"
