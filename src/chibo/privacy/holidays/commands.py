"""Entering a day that is not worked, or is worked instead of another, with its source."""

from datetime import date

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import now
from chibo.orgs.models import Organisation
from chibo.rules.models import Holiday, Rule


def may_enter(by: Standing, organisation: Organisation) -> bool:
    """The staff and committee of just this body above the cells."""
    return by.system or organisation.path in (*by.commune_paths, *by.province_paths)


@transaction.atomic
def enter_holiday(*, by: Standing, organisation: Organisation, day: date, kind: str, name: str, source: str) -> Holiday:
    """Enter a day for a body and all under it; entered again, the later word stands. Clocks that run are not moved.

    Raises:
        Http404: `by` holds no office in this body.
    """
    require(may_enter(by, organisation))
    values = {"kind": kind, "name": name, "source": source, "confidence": Rule.Confidence.VERIFIED}
    values |= {"entered_by": by.person_id, "entered_at": now()}  # type: ignore[dict-item]
    holiday, _ = Holiday.objects.update_or_create(day=day, scope_organisation_id=organisation.pk, defaults=values)
    events.record("holiday.entered", chain=organisation.pk, by=by.person_id, obj=holiday, day=day, what=kind)
    return holiday
