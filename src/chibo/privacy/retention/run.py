"""The run that erases what is past its time, and the settings that say when that is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit import erasing, events
from chibo.audit.sentences import SENTENCES
from chibo.lib.dates import today
from chibo.orgs.models import Organisation
from chibo.privacy.retention.classes import BY_KEY, CLASSES, FOREVER, RetentionClass, start_of
from chibo.rules.book import RuleText
from chibo.rules.models import Rule

MOST_DAYS = 36_500


@dataclass(frozen=True)
class Line:
    """One class as it is set, and how much the next run would take."""

    one: RetentionClass
    rule: RuleText
    due: int

    @property
    def days(self) -> int | None:
        """How many days it is kept; None for ever."""
        return None if self.rule.value == FOREVER else int(self.rule.value)


def root() -> Organisation | None:
    """The body at the top of the tenant, whose settings hold for all."""
    return Organisation.objects.filter(parent=None).order_by("founded", "id").first()


def lines(day: date) -> list[Line]:
    """Every class with its setting and what a run on a day would take; in the system's scope."""
    top = root()
    book = Rule.objects.book(day, top.path_ids) if top else Rule.objects.general(day)
    found = []
    for one in CLASSES:
        line = Line(one, book[one.key], 0)
        found.append(line if line.days is None else Line(one, line.rule, one.count(day - timedelta(days=line.days))))
    return found


@transaction.atomic
def apply_retention(day: date, *, dry_run: bool = False) -> dict[str, int]:
    """Erase everything that is past its time on a day; how much of each class. In the system's scope.

    A second run finds nothing. Chains still verify: the log's own functions keep the digests. The run is an event of
    the body at the top, with counts alone. dry_run: only count.
    """
    taken = {line.one.key: line.due for line in lines(day)}
    top = root()
    if dry_run or top is None:
        return taken
    for line in lines(day):
        if line.days is not None and line.due:
            taken[line.one.key] = _erase(line.one, day - timedelta(days=line.days), top)
    counts: dict[str, Any] = {key.removeprefix("retention_"): count for key, count in taken.items() if count}
    events.record("retention.applied", chain=top.pk, by=None, erased=sum(taken.values()), day=day, **counts)
    return taken


def _erase(one: RetentionClass, before: date, top: Organisation) -> int:
    """Take one class; of the log by its own functions."""
    if one.key == "retention_readings":
        return erasing.forget_readings(before=start_of(before), chain=top.pk)
    if one.key == "retention_event_details":
        return erasing.erase_payloads(kinds=list(SENTENCES), before=start_of(before), chain=top.pk)
    assert one.erase is not None  # noqa: S101
    return sum(one.erase(rows(before)) for rows in one.due)


class TooShort(ValueError):
    """Fewer days than the class may have; the message says the least, in Vietnamese."""


def may_set(by: Standing, top: Organisation) -> bool:
    """The province's officer sets how long data are kept."""
    return by.system or top.path in by.province_paths


@transaction.atomic
def set_days(*, by: Standing, key: str, days: int | None, source: str) -> None:
    """Keep a class for so many days from today on; None takes the program's own number back.

    Raises:
        Http404: `by` is not the province's officer, or there is no such class, or it is kept for ever.
        TooShort: the log, or the law, asks for more days.
    """
    top, one = root(), BY_KEY.get(key)
    require(top is not None and one is not None and bool(one.due) and may_set(by, top))
    assert top is not None and one is not None  # noqa: S101
    if days is not None and days < one.least:
        raise TooShort(f"Loại này giữ ít nhất {one.least} ngày.")
    own = Rule.objects.filter(key=key, scope_organisation_id=top.pk)
    own.filter(valid_from__gte=today()).delete()
    own.filter(valid_to=None).update(valid_to=today())
    if days is not None:
        general = Rule.objects.general(today())[key]
        statement = f"{one.title}: giữ {days} ngày."
        Rule.objects.create(
            key=key,
            value=days,
            statement=statement,
            source=source,
            url=general.url,
            confidence=Rule.Confidence.VERIFIED,
            valid_from=today(),
            scope_organisation_id=top.pk,
        )
    events.record("retention.set", chain=top.pk, by=by.person_id, key=key, days=days)
