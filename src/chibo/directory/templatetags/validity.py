"""Days of dated facts as people say them: the database keeps the day after, people name the last."""

from datetime import date, timedelta

from django import template
from psycopg.types.range import DateRange

register = template.Library()


@register.filter
def last_day(validity: DateRange) -> date | None:
    """The last day on which a fact holds; None while it lasts."""
    upper: date | None = validity.upper
    return upper - timedelta(days=1) if upper else None
