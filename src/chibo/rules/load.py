"""Bring the rules that come with the program into the database."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid5

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chibo.rules.holidays import PublicHoliday, shipped_holidays
from chibo.rules.models import Holiday, Rule

DATA = Path(__file__).parent / "data" / "rules.json"
_NAMESPACE = UUID("3f0b6a52-7d6c-5a0e-9c1e-6f7a1c2b9d40")


@lru_cache(maxsize=1)
def shipped_rules() -> tuple[Rule, ...]:
    """Read the rules of the data file; the same key and first day always give the same id."""
    return tuple(_rule(entry) for entry in json.loads(DATA.read_text(encoding="utf-8")))


def load(connection: BaseDatabaseWrapper | None = None) -> None:
    """Make the general rules in the database equal to the data file; rules of organisations stay as they are.

    Run by the owner of the tables after each migration; running it again changes nothing.
    """
    alias = connection.alias if connection else DEFAULT_DB_ALIAS
    rules = shipped_rules()
    general = Rule.objects.using(alias).filter(scope_organisation_id=None)
    changing = [field.name for field in Rule._meta.concrete_fields if not field.primary_key]
    with transaction.atomic(using=alias):
        general.exclude(id__in=[rule.id for rule in rules]).delete()
        Rule.objects.using(alias).bulk_create(
            rules, update_conflicts=True, unique_fields=["id"], update_fields=changing
        )
        _load_holidays(alias)


def _load_holidays(alias: str) -> None:
    """Make the general holidays equal to those shipped; what committees entered stays."""
    shipped = [_holiday(one) for one in shipped_holidays()]
    general = Holiday.objects.using(alias).filter(scope_organisation_id=None)
    general.exclude(id__in=[one.id for one in shipped]).delete()
    Holiday.objects.using(alias).bulk_create(
        shipped,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["day", "kind", "name", "source", "confidence"],
    )


def _holiday(one: PublicHoliday) -> Holiday:
    """A row of a shipped holiday; the same day always has the same id."""
    key = uuid5(_NAMESPACE, f"holiday {one.day.isoformat()}")
    return Holiday(id=key, day=one.day, kind=one.kind, name=one.name, source=one.source, confidence=one.confidence)


def _rule(entry: dict[str, object]) -> Rule:
    """Make a row of one entry of the data file."""
    values = {**entry, "valid_from": date.fromisoformat(str(entry["valid_from"]))}
    if entry.get("valid_to"):
        values["valid_to"] = date.fromisoformat(str(entry["valid_to"]))
    return Rule(id=uuid5(_NAMESPACE, f"{entry['key']} {entry['valid_from']}"), **values)
