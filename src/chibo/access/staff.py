"""Staff sessions: an administrator's power over offices and accounts above the cells, off until it is switched on.

It belongs to one sign-in: switched on here, it is off on every other device of the same account.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.http import HttpRequest

from chibo.access.standing import Standing
from chibo.lib.dates import now

SESSION_KEY = "staff_session"


def as_administrator(standing: Standing, account: UUID, request: HttpRequest) -> Standing:
    """The standing of an administrator's account, with its staff session where one is on in this sign-in."""
    wanted = request.session.get(SESSION_KEY)
    until = _until(wanted, account) if wanted else None
    if until is None:
        return replace(standing, account_id=account)
    return replace(standing, account_id=account, staff=UUID(wanted), staff_until=until)


def _until(session: str, account: UUID) -> datetime | None:
    """When a session ends; None when it is over, or another's. A function outside the policies, as the standing is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_staff_session(%s::uuid, %s::uuid, %s::timestamptz)", [session, account, now()])
        found: datetime | None = cursor.fetchone()[0]
    return found
