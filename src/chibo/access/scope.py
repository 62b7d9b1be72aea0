"""The scope of the database session: what row-level security lets through until the transaction ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from chibo.access.standing import Standing, standing_of
from chibo.lib.dates import today

NOBODY = Standing()
_now: ContextVar[Standing] = ContextVar("standing", default=NOBODY)


def current() -> Standing:
    """The standing that is in force in this context."""
    return _now.get()


def _ids(ids: tuple[UUID, ...]) -> str:
    return "{" + ",".join(str(one) for one in ids) + "}"


def enter(standing: Standing, *, after_nobody: bool = False) -> None:
    """Tell the database who asks; lasts until the transaction ends (SET LOCAL).

    after_nobody: nobody has asked in this transaction yet, so what the standing lacks need not be taken away.
    """
    _now.set(standing)
    values = {
        "app.person": str(standing.person_id or ""),
        "app.system": "on" if standing.system else "",
        "app.day": today().isoformat(),
        "app.member_cells": _ids(standing.member_cells),
        "app.left_cells": _ids(standing.left_cells),
        "app.committee_cells": _ids(standing.committee_cells),
        "app.followed_cells": _ids(standing.followed_cells),
        "app.duty_meetings": _ids(standing.duty_meetings),
        "app.guest_meetings": _ids(standing.guest_meetings),
        "app.commune_paths": ",".join(standing.commune_paths),
        "app.province_paths": ",".join(standing.province_paths),
        "app.inspected_meetings": _ids(standing.inspected_meetings),
        "app.account": str(standing.account_id or ""),
        "app.staff": "on" if standing.staff else "",
    }
    if after_nobody:
        values = {name: value for name, value in values.items() if value not in ("", "{}")}
    calls = ", ".join("set_config(%s, %s, true)" for _ in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in values.items() for part in pair])


@contextmanager
def scope(standing: Standing) -> Iterator[Standing]:
    """One transaction under a standing; nested, it gives the outer standing back at its end."""
    nested, outer = connection.in_atomic_block, _now.get()
    try:
        with transaction.atomic():
            if nested or standing != NOBODY:
                enter(standing, after_nobody=not nested)
            else:
                _now.set(standing)  # a transaction of its own begins with no right: nothing to tell the database
            yield standing
    finally:
        if nested and not connection.needs_rollback:
            enter(outer)
        _now.set(outer)


@contextmanager
def system_scope() -> Iterator[Standing]:
    """One transaction as the system: jobs, commands at the terminal, tests that arrange."""
    with scope(Standing.for_system()) as standing:
        yield standing


@contextmanager
def system_snapshot() -> Iterator[Standing]:
    """One transaction as the system that sees a single moment, whatever others write meanwhile, and writes nothing."""
    outer = _now.get()
    try:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            standing = Standing.for_system()
            enter(standing, after_nobody=True)  # without a savepoint: a snapshot is exported from none
            yield standing
    finally:
        _now.set(outer)


@contextmanager
def person_scope(person_id: UUID) -> Iterator[Standing]:
    """One transaction as a person, with today's standing."""
    with transaction.atomic(), scope(standing_of(person_id)) as standing:
        yield standing
