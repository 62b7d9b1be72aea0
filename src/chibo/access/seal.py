"""The seal of a scope: what says who asks cannot be made by whoever merely runs SQL under the application's login.

Who asks is one setting of the session, `app.scope`: a seal, then the claims, parted by bars. The seal is an HMAC over
the claims, the server process and the start of the transaction, by a key that web and jobs derive from their secret
and that the application's login cannot read in the database. Policies and functions believe the claims only where
`access_sealed()` does. A value that was seen is worth nothing in any later transaction, or on another connection.
"""

import hmac
from collections.abc import Iterable

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# The claims in the order in which they stand in the setting. Ids of people and accounts, lists of ids, paths.
CLAIMS = (
    "person",
    "system",
    "day",
    "member_cells",
    "left_cells",
    "committee_cells",
    "followed_cells",
    "duty_meetings",
    "guest_meetings",
    "commune_paths",
    "province_paths",
    "inspected_meetings",
    "account",
    "staff",
)
SETTING = "current_setting('app.scope', true)"
BLOCK = 64  # of SHA-256, and the length of its digest in hexadecimal
# What only this transaction has: the process that serves it and the microsecond in which it began. Statements that a
# request asks anyway bring it along.
MOMENT = "int4send(pg_backend_pid()) || timestamptz_send(transaction_timestamp())"


def claim(name: str) -> str:
    """A claim of the session in SQL, '' or NULL where there is none; whoever uses it asks `access_sealed()` too."""
    return f"split_part({SETTING}, '|', {CLAIMS.index(name) + 2})"


def key() -> bytes:
    """The key of this installation: follows from its secret, which does not follow from it."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"chibo.access.seal", "sha256")


class _Moment:
    """Kept among what Django forgets when the transaction, or the savepoint in which it was learnt, ends."""

    def __init__(self, value: bytes) -> None:
        self.value = value

    def __call__(self) -> None:
        """Nothing is to be done on commit."""


def note_moment(value: bytes) -> None:
    """Keep the moment of this transaction that a statement brought along."""
    if connection.in_atomic_block:
        transaction.on_commit(_Moment(bytes(value)))


def _moment() -> bytes:
    """The moment of this transaction; asked for where no statement brought it."""
    for hook in connection.run_on_commit:
        if isinstance(hook[1], _Moment):
            return hook[1].value
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {MOMENT}")
        value = bytes(cursor.fetchone()[0])
    note_moment(value)
    return value


def sealed(claims: dict[str, str], moment: bytes | None = None) -> str:
    """The value of the setting for one transaction: this one where no other's moment is given."""
    said = "".join(f"|{claims.get(name, '')}" for name in CLAIMS)
    return hmac.digest(key(), (moment or _moment()) + said.encode(), "sha256").hex() + said


# The key stands as HMAC uses it, so that the check costs two digests and no arithmetic.
_TABLE = "CREATE TABLE IF NOT EXISTS access_sealkey (inner_key bytea NOT NULL, outer_key bytea NOT NULL)"
_ALONE = "REVOKE ALL ON access_sealkey FROM {app}"
_SEALED = f"""
CREATE OR REPLACE FUNCTION access_sealed() RETURNS boolean
 LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE said text := {SETTING}; inside bytea; outside bytea;
BEGIN
 IF said IS NULL OR said = '' THEN RETURN false; END IF;
 SELECT k.inner_key, k.outer_key INTO inside, outside FROM access_sealkey k;
 RETURN coalesce(left(said, {BLOCK}) = encode(sha256(outside || sha256(inside || {MOMENT}
  || convert_to(substr(said, {BLOCK + 1}), 'UTF8'))), 'hex'), false);
END $$
"""  # noqa: S608
STATEMENTS = (_TABLE, _ALONE, _SEALED)
SIGNATURES = ("access_sealed()",)


def write_key(owner: BaseDatabaseWrapper) -> None:
    """Give the database the key that seals are checked with, as the owner; nothing where it has this one."""
    padded = key().ljust(BLOCK, b"\0")
    keys = [bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C)]
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute("SELECT inner_key, outer_key FROM access_sealkey")
        if [list(map(bytes, row)) for row in cursor.fetchall()] != [keys]:
            cursor.execute("DELETE FROM access_sealkey")
            cursor.execute("INSERT INTO access_sealkey VALUES (%s, %s)", keys)


def rendered(statements: Iterable[str]) -> tuple[str, ...]:
    """Function texts with what they say in braces filled in: `{person}`, `{committee_cells}`, and so on.

    `{sealed}`: whether the claims are to be believed, which each function asks first. `{system}`: the system asks.
    """
    names = {f"{{{name}}}": claim(name) for name in CLAIMS}
    names |= {"{system}": f"coalesce({claim('system')}, '') = 'on'", "{sealed}": "(SELECT access_sealed())"}
    return tuple(_filled(statement, names) for statement in statements)


def _filled(text: str, names: dict[str, str]) -> str:
    for name, meant in names.items():
        text = text.replace(name, meant)
    return text
