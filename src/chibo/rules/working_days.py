"""Terms in working days, by the table of holidays of whoever's term it is."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chibo.lib.working_days import WorkingCalendar
from chibo.rules.models import Holiday


def calendar_of(organisation_path_ids: Sequence[UUID]) -> WorkingCalendar:
    """The working days of an organisation, in one query; of several rows for one day the nearest wins.

    Args:
        organisation_path_ids: the organisations over it, from the root down; none for the general table alone.
    """
    return Holiday.objects.calendar(organisation_path_ids)


def add_working_days(day: date, count: int, organisation_path_ids: Sequence[UUID]) -> date:
    """The last day of a term of `count` working days that begins after `day` (see WorkingCalendar.add)."""
    return calendar_of(organisation_path_ids).add(day, count)


def working_days_between(first: date, last: date, organisation_path_ids: Sequence[UUID]) -> int:
    """How many working days stand after `first`, up to and with `last`."""
    return calendar_of(organisation_path_ids).between(first, last)
