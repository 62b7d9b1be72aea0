"""Working days: Monday to Friday, less the days off, plus the days that make up for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked. off: holidays; made_up: days of a weekend that are worked instead of another day."""

    off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()

    @classmethod
    def of(cls, off: Iterable[date], made_up: Iterable[date] = ()) -> Self:
        """The calendar of these days."""
        return cls(frozenset(off), frozenset(made_up))

    def is_working(self, day: date) -> bool:
        """Whether a day is worked; a day to be made up is, whatever else it is."""
        return day in self.made_up or (day.weekday() < _SATURDAY and day not in self.off)

    def add(self, day: date, count: int) -> date:
        """The last day of a term of some working days: the first one counted is the first after `day`.

        The day itself is not counted (Bộ luật Dân sự 2015, Điều 147), and the term lasts to the end of its last day.

        Raises:
            ValueError: a count below nothing.
        """
        if count < 0:
            raise ValueError("a term of working days runs forward")
        while count:
            day += _DAY
            count -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days stand after `first`, up to and with `last`; 0 where `last` is not later."""
        days = (last - first).days
        return sum(self.is_working(first + _DAY * number) for number in range(1, days + 1))
