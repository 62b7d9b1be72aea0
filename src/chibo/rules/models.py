"""The tables of rules and of holidays."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar, TypeVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from chibo.lib.dates import now
from chibo.lib.uuid7 import uuid7
from chibo.lib.working_days import WorkingCalendar
from chibo.rules.book import RuleBook, RuleText

EVERYWHERE = UUID(int=0)
K = TypeVar("K")


class DateRange(models.Func):
    """The half-open range of two dates, as PostgreSQL's exclusion constraints compare it."""

    function = "DATERANGE"
    output_field = DateRangeField()


class RuleQuerySet(models.QuerySet["Rule"]):
    """Rules by day and organisation."""

    def at(self, day: date, organisation_path_ids: Iterable[UUID]) -> "RuleQuerySet":
        """Keep the rules in force on a day, general ones and those of the organisations on a path."""
        return self.filter(
            models.Q(valid_to=None) | models.Q(valid_to__gt=day),
            models.Q(scope_organisation_id=None) | models.Q(scope_organisation_id__in=list(organisation_path_ids)),
            valid_from__lte=day,
        )

    def book(self, day: date, organisation_path_ids: Sequence[UUID]) -> RuleBook:
        """Read all the rules in force with one query; of several with one key the nearest wins.

        Args:
            day: the day that the rules must be in force on.
            organisation_path_ids: the organisations over the cell, from the root down to the cell itself.

        Raises:
            ValueError: no organisation is named; a committee's own rules would be passed over.
        """
        return self.books(day, {None: organisation_path_ids})[None]

    def books(self, day: date, paths: Mapping[K, Sequence[UUID]]) -> dict[K, RuleBook]:
        """The same for several organisations at once, each by its path, with one query in all.

        Raises:
            ValueError: as in `book`.
        """
        if not all(paths.values()):
            raise ValueError("rules are read for an organisation; those of none are `general`")
        rules = list(self.at(day, {one for path in paths.values() for one in path}))
        return {key: _book(rules, path) for key, path in paths.items()}

    def general(self, day: date) -> RuleBook:
        """The rules that come with the program, whatever a committee decided: for a site that has no body yet."""
        return _book(self.at(day, ()), ())


def _book(rules: Iterable["Rule"], path: Sequence[UUID]) -> RuleBook:
    nearness = {None: -1} | {identifier: depth for depth, identifier in enumerate(path)}
    known = [rule for rule in rules if rule.scope_organisation_id in nearness]
    known.sort(key=lambda rule: nearness[rule.scope_organisation_id])
    return RuleBook({rule.key: rule.as_text() for rule in known})


class Rule(models.Model):
    """A number or a choice that a document or a custom sets, valid in `[valid_from, valid_to)`.

    Rows without an organisation come with the program and are replaced by each load. A committee that decides
    otherwise, or corrects one, gets a row of its own with itself as the scope: it wins for all under it.
    """

    class Confidence(models.TextChoices):
        """How well a rule is known (domain.md): read in an official quotation, in a copy, or recalled."""

        VERIFIED = "V", "đã đối chiếu"
        TRANSCRIBED = "S", "theo bản lưu hành, chưa đối chiếu bản gốc"
        CUSTOMARY = "R", "đặt theo thông lệ, sửa được"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=60)
    value = models.JSONField()
    statement = models.TextField()
    source = models.TextField()
    url = models.CharField(max_length=300, blank=True, default="")
    confidence = models.CharField(max_length=1, choices=Confidence)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    scope_organisation_id = models.UUIDField(null=True, blank=True)

    objects: ClassVar[RuleQuerySet] = RuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One rule a key, a scope and a day."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="rule_dates_in_order",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
            models.CheckConstraint(name="rule_confidence_known", condition=models.Q(confidence__in=["V", "S", "R"])),
            ExclusionConstraint(
                name="rule_once_at_a_time",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    (Coalesce("scope_organisation_id", models.Value(EVERYWHERE)), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        """The key and the day from which it holds."""
        return f"{self.key} from {self.valid_from}"

    def as_text(self) -> RuleText:
        """Return the rule as plain values, to be shown or reckoned with."""
        return RuleText(self.key, self.value, self.statement, self.source, self.url, self.confidence)


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Holidays by organisation."""

    def of(self, organisation_path_ids: Sequence[UUID]) -> "HolidayQuerySet":
        """The general ones and those that the organisations on a path have entered."""
        return self.filter(
            models.Q(scope_organisation_id=None) | models.Q(scope_organisation_id__in=organisation_path_ids)
        )

    def calendar(self, organisation_path_ids: Sequence[UUID]) -> WorkingCalendar:
        """The working days; of several rows for one day that of the nearest organisation wins."""
        nearness = {identifier: depth for depth, identifier in enumerate(organisation_path_ids)}
        rows = self.of(organisation_path_ids).values_list("scope_organisation_id", "day", "kind")
        kinds = {day: kind for _, day, kind in sorted(rows, key=lambda row: nearness[row[0]] if row[0] else -1)}
        off = (day for day, kind in kinds.items() if kind == Holiday.Kind.OFF)
        return WorkingCalendar.of(off, (day for day, kind in kinds.items() if kind == Holiday.Kind.MADE_UP))


class Holiday(models.Model):
    """A day that is not worked, or one that is worked to make up for another, with its source.

    Rows without an organisation come with the program (chibo.rules.holidays) and are replaced by each load; a
    committee that knows better enters the day for itself and all under it. A day entered as usual takes a general
    row back.
    """

    class Kind(models.TextChoices):
        """What a day is."""

        OFF = "off", "Nghỉ"
        MADE_UP = "made_up", "Làm bù"
        USUAL = "usual", "Như ngày thường"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    source = models.TextField()
    confidence = models.CharField(max_length=1, choices=Rule.Confidence)
    scope_organisation_id = models.UUIDField(null=True, blank=True)
    entered_by = models.UUIDField(null=True, blank=True)
    entered_at = models.DateTimeField(default=now)

    objects: ClassVar[HolidayQuerySet] = HolidayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One row a day and a scope."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                "day", Coalesce("scope_organisation_id", models.Value(EVERYWHERE)), name="holiday_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        """The day and its name."""
        return f"{self.day} {self.name}"
