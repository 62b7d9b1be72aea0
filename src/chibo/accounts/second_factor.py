"""The second factor: codes of an app (TOTP), passkeys, recovery codes. The rows and the mathematics are allauth's.

A session that has proved it says so under PASSED; `chibo.access.second_factor` lets nobody else in who must have one.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from secrets import compare_digest
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.http import HttpRequest

from chibo.accounts.encryption import decrypt, encrypt
from chibo.accounts.models import User
from chibo.lib.dates import now

PASSED = "second_factor"
TOTP_DIGITS = 6
RECOVERY_DIGITS = 8
FEW_CODES = 3
_PERIOD = 30
_PENDING_SECRET = "second_factor_secret"  # noqa: S105
log = logging.getLogger("chibo.accounts")
_PROVING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Factors:
    """What an account can prove itself with, besides its password."""

    has_app: bool
    passkeys: tuple[Authenticator, ...]
    codes_left: int

    @property
    def is_on(self) -> bool:
        """Recovery codes alone are no factor: they stand in for one that was lost."""
        return self.has_app or bool(self.passkeys)


def factors_of(user: User) -> Factors:
    """Read them in one query."""
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        has_app=any(row.type == Authenticator.Type.TOTP for row in rows),
        passkeys=tuple(row for row in rows if row.type == Authenticator.Type.WEBAUTHN),
        codes_left=_codes_left(codes) if codes else 0,
    )


def _codes_left(codes: Authenticator) -> int:
    """How many are unused; none that this machine's key can read counts as none."""
    try:
        return len(RecoveryCodes(codes).get_unused_codes())
    except ValueError:
        _complain(codes)
        return 0


def _complain(row: Authenticator) -> None:
    """The key was lost on the way to another machine: who keeps the machine finds it in the log, with what to do."""
    log.error(
        "account %s: its second factor was encrypted with another key than this machine's factor-key;"
        " bring that file back, or: bin/chibo user second-factor LOGIN",
        row.user_id,
    )


def is_on(user: User) -> bool:
    """Whether signing in asks for more than the password."""
    return bool(Authenticator.objects.filter(user=user, type__in=_PROVING).exists())


def on_among(users: Iterable[User]) -> set[UUID]:
    """Those of some accounts that have a second factor, in one query."""
    return set(Authenticator.objects.filter(user__in=users, type__in=_PROVING).values_list("user_id", flat=True))


def mark_passed(request: HttpRequest) -> None:
    """This session has proved its second factor."""
    request.session[PASSED] = True
    request.session.pop(_PENDING_SECRET, None)


# ---------- an app of codes ----------
def pending_secret(request: HttpRequest) -> str:
    """The secret on the page that sets an app up: kept in the session, encrypted, until its first code is right."""
    if (sealed := request.session.get(_PENDING_SECRET)) is None:
        sealed = request.session[_PENDING_SECRET] = encrypt(generate_totp_secret())
    return decrypt(sealed)


def set_up_app(request: HttpRequest, user: User, typed: str) -> bool:
    """Take an app of codes into use once it shows a right code; tells whether it did."""
    secret = pending_secret(request)
    if (counter := _counter_of(secret, digits_of(typed), after=0)) is None:
        return False
    data = {"secret": encrypt(secret), "counter": counter}
    Authenticator.objects.update_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": data})
    del request.session[_PENDING_SECRET]
    return True


def _counter_of(secret: str, typed: str, *, after: int) -> int | None:
    """Which half minute a code belongs to: this one or a neighbour, later than the newest that was used."""
    here = int(now().timestamp()) // _PERIOD
    for counter in (here, here - 1, here + 1):
        if counter > after and compare_digest(format_hotp_value(hotp_value(secret, counter)), typed):
            return counter
    return None


# ---------- what is typed at sign-in ----------
def check_code(user: User, typed: str) -> Authenticator.Type | None:
    """Which factor a typed code proves, an app's or a recovery code; each works once. None when it is wrong."""
    typed = digits_of(typed)
    with transaction.atomic():
        return _check(user, typed)


def _check(user: User, typed: str) -> Authenticator.Type | None:
    """The same for plain digits, with the account's rows locked."""
    rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=user)}
    wanted = {TOTP_DIGITS: Authenticator.Type.TOTP, RECOVERY_DIGITS: Authenticator.Type.RECOVERY_CODES}
    if (row := rows.get(wanted.get(len(typed)))) is None:
        return None
    try:
        right = _is_apps(row, typed) if row.type == Authenticator.Type.TOTP else RecoveryCodes(row).validate_code(typed)
    except ValueError:
        _complain(row)
        return None
    return Authenticator.Type(row.type) if right else None


def _is_apps(app: Authenticator, typed: str) -> bool:
    """Whether the app shows this code now; it is used up by that."""
    counter = _counter_of(decrypt(app.data["secret"]), typed, after=app.data.get("counter", 0))
    if counter is not None:
        app.data["counter"], app.last_used_at = counter, now()
        app.save(update_fields=["data", "last_used_at"])
    return counter is not None


def digits_of(typed: str) -> str:
    """The digits alone, however they were spaced. Only plain ones: others would not compare."""
    return "".join(letter for letter in typed if letter in "0123456789")


# ---------- recovery codes, taking away ----------
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes in place of those there were: shown once, to be printed."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return [f"{code[:4]} {code[4:]}" for code in RecoveryCodes.activate(user).generate_codes()]


def remove_app(user: User) -> None:
    """Stop taking the codes of an app."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    _remove_lonely_codes(user)


def remove_passkey(user: User, number: int) -> bool:
    """Stop taking one passkey; tells whether it was there."""
    removed, _ = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN, pk=number).delete()
    _remove_lonely_codes(user)
    return bool(removed)


def remove_all(user: User) -> bool:
    """Take the whole second factor away; tells whether there was one."""
    return bool(Authenticator.objects.filter(user=user).delete()[0])


def _remove_lonely_codes(user: User) -> None:
    """Recovery codes without a factor would prove nothing."""
    if not is_on(user):
        Authenticator.objects.filter(user=user).delete()
