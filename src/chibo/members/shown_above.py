"""Numbers of people as they are shown above their cell: in steps of five, of the end of a month.

A figure of fewer than five is of persons, not of a group (mission.md, never hold 5). So is what two figures differ by:
of two days, of a total and its parts, of two columns. Steps of five and whole months leave nothing to subtract.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from chibo.lib.dates import today

STEP = 5


def end_of_month(day: date) -> date:
    """The day of which figures go up: the last of a month that is over, at or before the one asked for."""
    over = min(day + timedelta(days=1), today())
    return over.replace(day=1) - timedelta(days=1)


def in_steps(number: int, *levels: Sequence[int]) -> int | None:
    """How many there are at least, as a multiple of five; None: fewer than five, or none.

    levels: where the number is a total, what it is the sum of, as far as each part is shown in steps of its own. A
    total that would tell of a part that it is at least one, or just four, is lowered until it does not.
    """
    shown = number - number % STEP
    for parts in levels:
        if len(parts) > 1 and any(one < STEP for one in parts):
            most = sum(one - one % STEP + STEP - 1 for one in parts) - (STEP - 1)
            shown = min(shown, most - most % STEP)
    return shown or None
