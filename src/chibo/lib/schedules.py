"""When periodic work falls due, in Vietnamese time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from chibo.lib.dates import WEEKDAYS, ZONE, format_time


class Schedule(Protocol):
    """Moments that come again and again."""

    def last(self, moment: datetime) -> datetime:
        """The newest due moment, not after the given one."""

    @property
    def words(self) -> str:
        """The schedule as a person reads it."""


@dataclass(frozen=True)
class Daily:
    """Every day at a time."""

    at: time

    def last(self, moment: datetime) -> datetime:
        """Today's, or yesterday's while today's has not come."""
        local = moment.astimezone(ZONE)
        due = datetime.combine(local.date(), self.at, ZONE)
        return due if due <= local else due - timedelta(days=1)

    @property
    def words(self) -> str:
        """ "hằng ngày 02:00"."""
        return f"hằng ngày {format_time(self.at)}"


@dataclass(frozen=True)
class Weekly:
    """Every week on a day (0 is Monday) at a time."""

    weekday: int
    at: time

    def last(self, moment: datetime) -> datetime:
        """This week's, or the one before while it has not come."""
        due = Daily(self.at).last(moment)
        return due - timedelta(days=(due.weekday() - self.weekday) % 7)

    @property
    def words(self) -> str:
        """ "thứ Hai hằng tuần 03:00"."""
        return f"{WEEKDAYS[self.weekday]} hằng tuần {format_time(self.at)}"


@dataclass(frozen=True)
class EveryMinutes:
    """Every so many minutes, counted from midnight; the number divides a day."""

    minutes: int

    def last(self, moment: datetime) -> datetime:
        """The newest multiple since midnight."""
        local = moment.astimezone(ZONE)
        midnight = datetime.combine(local.date(), time(), ZONE)
        step = timedelta(minutes=self.minutes)
        return midnight + (local - midnight) // step * step

    @property
    def words(self) -> str:
        """ "15 phút một lần"."""
        return f"{self.minutes} phút một lần"
