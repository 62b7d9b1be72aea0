"""Terms (nhiệm kỳ) of cells and committees; numbers of documents run within them (domain.md 1.1, 4)."""

from datetime import date, timedelta

from django.db import transaction
from psycopg.types.range import DateRange

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree.commands import may_shape_at
from chibo.directory.tree.places import ids_of
from chibo.lib.dates import format_date
from chibo.lib.vietnamese import normalise
from chibo.orgs.models import Organisation, Term


def may_keep_terms(by: Standing, body: Organisation) -> bool:
    """A cell keeps its own terms, a commune its own and those under it, the province those of communes."""
    return by.leads(body.pk) or by.covers(body.path) or may_shape_at(by, ids_of(body.path)[:-1] or [body.pk])


@transaction.atomic
def add_term(*, by: Standing, body: Organisation, name: str, since: date, until: date | None) -> Term:
    """Add a term. until: its last day, included; None while it is not known.

    Raises:
        Http404: `by` does not keep the terms of the body.
        NotPossible: the days run backwards, or are another term's.
    """
    require(may_keep_terms(by, body))
    validity = _days(since, until)
    _require_free(body, validity, None)
    term = Term.objects.create(organisation=body, name=normalise(name), validity=validity)
    events.record("tree.term_set", chain=body.pk, by=by.person_id, obj=term, since=since, until=until)
    return term


@transaction.atomic
def set_last_day(*, by: Standing, term: Term, until: date | None) -> None:
    """Extend a term, or close it earlier; papers that have their number keep it.

    Raises:
        Http404: `by` does not keep the terms of the body.
        NotPossible: the day is before its first, or within another term.
    """
    require(may_keep_terms(by, term.organisation))
    since = term.validity.lower
    term.validity = _days(since, until)
    _require_free(term.organisation, term.validity, term)
    term.save(update_fields=["validity"])
    events.record("tree.term_set", chain=term.organisation_id, by=by.person_id, obj=term, since=since, until=until)


def _days(since: date, until: date | None) -> DateRange:
    if until is not None and until <= since:
        raise NotPossible(f"Ngày hết nhiệm kỳ phải sau ngày bắt đầu {format_date(since)}.")
    return DateRange(since, until + timedelta(days=1) if until else None)


def _require_free(body: Organisation, validity: DateRange, own: Term | None) -> None:
    """No other term has one of the days.

    Raises:
        NotPossible: one has; it is named with its days.
    """
    others = body.terms.filter(validity__overlap=validity).order_by("validity")
    other = (others.exclude(pk=own.pk) if own is not None else others).first()
    if other is not None:
        until = other.validity.upper
        last = f" đến hết ngày {format_date(until - timedelta(days=1))}" if until else ", chưa ghi ngày hết"
        days = f"từ ngày {format_date(other.validity.lower)}{last}"
        raise NotPossible(f"Trùng nhiệm kỳ {other.name}, {days}. Đổi ngày, hoặc ghi ngày hết của nhiệm kỳ ấy trước.")
