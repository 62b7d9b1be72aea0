"""The account of a session and its person's standing, for which every request asks first: found in one statement."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, connection

from chibo.access import standing
from chibo.access.seal import MOMENT, note_moment
from chibo.access.standing import Standing, standing_of
from chibo.accounts.models import User
from chibo.lib.dates import today

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
_FIND = (
    f"SELECT {', '.join(f'account.{name}' for name in _COLUMNS)}, {standing.COLUMNS}, {MOMENT}"  # noqa: S608
    " FROM accounts_user AS account"
    f" LEFT JOIN LATERAL {standing.FUNCTION.format('account.person_id')} ON true WHERE account.id = %s::uuid"
)


class AccountBackend(ModelBackend):
    """Finds the account that a session names; `standing_of_account` gives the standing that came with it."""

    def get_user(self, user_id: Any) -> User | None:
        """The account, if there is one and it may sign in."""
        day = today()
        with connection.cursor() as cursor:
            cursor.execute(_FIND, [*standing.days_of(day), user_id])
            rows = cursor.fetchall()
        if not rows:
            return None
        note_moment(rows[0][-1])
        count = len(_COLUMNS)
        user = User.from_db(DEFAULT_DB_ALIAS, _COLUMNS, rows[0][:count])
        if user.person_id is not None:
            told = [row[count:-1] for row in rows if row[count] is not None]
            user.standing = standing.gathered(user.person_id, day, told)  # type: ignore[attr-defined]
        return user if self.user_can_authenticate(user) else None


def standing_of_account(user: User | AnonymousUser, person_id: UUID) -> Standing:
    """The standing of an account's person: as it was found with the account in this request, else asked for."""
    found: Standing | None = getattr(user, "standing", None)
    return found or standing_of(person_id)
