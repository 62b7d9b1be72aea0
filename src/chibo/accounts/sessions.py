"""Sessions in the database, under the digest of their key; finding one and changing one is written out."""

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.utils import timezone

_FIND = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
_CHANGE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


def digest_of(key: str) -> str:
    """What stands in the database for a session's key: whoever can read the table has no cookie by it."""
    return sha256(key.encode()).hexdigest()[:40]  # as long as the column; 160 bits


class SessionStore(db.SessionStore):
    """One statement to find a session, one to change it: the ORM builds both anew each time, and adds a savepoint."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing when there is none, or none any more."""
        with connection.cursor() as cursor:
            cursor.execute(_FIND, [digest_of(self.session_key or ""), timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found

    def save(self, must_create: bool = False) -> None:
        """Write the session.

        Raises:
            CreateError: it was to be new, and its key is taken.
            UpdateError: it is gone, as when the person signed out meanwhile.
        """
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        data = self.encode(self._session)  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute(_CHANGE, [data, self.get_expiry_date(), digest_of(self.session_key)])
            if cursor.rowcount == 0:
                raise UpdateError

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return super().exists(digest_of(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this key; this one without."""
        if (key := session_key or self.session_key) is not None:
            super().delete(digest_of(key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of a new session."""
        row = super().create_model_instance(data)
        row.session_key = digest_of(row.session_key)
        return row
