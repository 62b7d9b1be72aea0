"""Lines of the register: entered, and corrected by a new version; nothing is ever changed (Luật 91/2025, Điều 23)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.uuid7 import uuid7
from chibo.orgs.models import Organisation
from chibo.privacy.models import BreachEntry
from chibo.privacy.retention.run import root


@dataclass(frozen=True)
class Known:
    """What is known of a breach now."""

    detected_at: datetime
    what: str
    data_kinds: Sequence[str] = field(default_factory=list)
    people_about: int | None = None
    measures: str = ""
    authority_told_at: datetime | None = None
    persons_told_at: datetime | None = None


def keeps_register(by: Standing) -> bool:
    """The province's officer and the administrator keep the register, nobody else."""
    top = root()
    return top is not None and (by.system or by.account_id is not None or top.path in by.province_paths)


def _top(by: Standing) -> Organisation:
    require(keeps_register(by))
    top = root()
    assert top is not None  # noqa: S101
    return top


@transaction.atomic
def enter_breach(*, by: Standing, known: Known) -> BreachEntry:
    """Enter a breach; it gets the next number of the register.

    Raises:
        Http404: `by` does not keep the register.
    """
    top = _top(by)
    _lock()
    last = BreachEntry.objects.aggregate(last=Max("number"))["last"] or 0
    entry = _write(by, top, known, BreachEntry(breach=uuid7(), number=last + 1, version=1))
    events.record("breach.entered", chain=top.pk, by=by.actor, obj=entry, number=entry.number)
    return entry


@transaction.atomic
def correct_breach(*, by: Standing, before: BreachEntry, known: Known, why: str) -> BreachEntry:
    """Write what is known now as a new version; the versions before stay readable.

    Raises:
        Http404: `by` does not keep the register.
    """
    top = _top(by)
    _lock()
    last = BreachEntry.objects.filter(breach=before.breach).aggregate(last=Max("version"))["last"]
    new = BreachEntry(breach=before.breach, number=before.number, version=last + 1, why_corrected=why)
    entry = _write(by, top, known, new)
    events.record("breach.corrected", chain=top.pk, by=by.actor, obj=entry, number=entry.number, version=entry.version)
    return entry


def _lock() -> None:
    """Numbers and versions are given one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || ' register of breaches'))")


def _write(by: Standing, top: Organisation, known: Known, entry: BreachEntry) -> BreachEntry:
    for name, value in asdict(known).items():
        setattr(entry, name, value)
    entry.organisation, entry.written_by, entry.written_by_account = top, by.person_id, by.account_id
    entry.save(force_insert=True)
    return entry
