"""The scope of the database session: what row-level security lets through until the transaction ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from chibo.access.seal import sealed
from chibo.access.standing import Standing, standing_of
from chibo.lib.dates import today

NOBODY = Standing()
_now: ContextVar[Standing] = ContextVar("standing", default=NOBODY)


def current() -> Standing:
    """The standing that is in force in this context."""
    return _now.get()


def _ids(ids: tuple[UUID, ...]) -> str:
    return "{" + ",".join(str(one) for one in ids) + "}" if ids else ""


def enter(standing: Standing) -> None:
    """Tell the database who asks; lasts until the transaction ends (SET LOCAL)."""
    _now.set(standing)
    claims = {
        "person": str(standing.person_id or ""),
        "system": "on" if standing.system else "",
        "day": today().isoformat(),
        "member_cells": _ids(standing.member_cells),
        "left_cells": _ids(standing.left_cells),
        "committee_cells": _ids(standing.committee_cells),
        "followed_cells": _ids(standing.followed_cells),
        "duty_meetings": _ids(standing.duty_meetings),
        "guest_meetings": _ids(standing.guest_meetings),
        "commune_paths": ",".join(standing.commune_paths),
        "province_paths": ",".join(standing.province_paths),
        "inspected_meetings": _ids(standing.inspected_meetings),
        "account": str(standing.account_id or ""),
        "staff": "on" if standing.staff else "",
    }
    value = "" if standing == NOBODY else sealed(claims)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope', %s, true)", [value])


@contextmanager
def scope(standing: Standing) -> Iterator[Standing]:
    """One transaction under a standing; nested, it gives the outer standing back at its end."""
    nested, outer = connection.in_atomic_block, _now.get()
    try:
        with transaction.atomic():
            if nested or standing != NOBODY:
                enter(standing)
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
            enter(standing)  # without a savepoint: a snapshot is exported from none
            yield standing
    finally:
        _now.set(outer)


@contextmanager
def person_scope(person_id: UUID) -> Iterator[Standing]:
    """One transaction as a person, with today's standing."""
    with transaction.atomic(), scope(standing_of(person_id)) as standing:
        yield standing
