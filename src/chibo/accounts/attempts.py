"""Wrong passwords and codes slow down whoever types them, and shut nobody out (decision 0060).

A browser on which an account was signed in keeps a mark of it. What is typed there is counted apart from what strangers
type elsewhere, so a stranger cannot make the owner wait on a device that the account knows.
"""

import ipaddress
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from chibo.accounts import second_factor
from chibo.accounts.device import device_of
from chibo.accounts.models import FailedSignIn, digest

CODES, INVITATION = "codes", "invitation"
COOKIE = "known"
COOKIE_AGE = 365 * 24 * 3600
MOST_MARKS = 8
_SALT = "chibo.accounts.known"
_QUEUE = 7701


class Refused(Exception):
    """It did not succeed; the message says in Vietnamese what to do."""


@dataclass(frozen=True)
class Attempt:
    """One try at a password or a code: of which account, from where, and on which device of the account's own, if any.

    account: its id, or what was typed where there is none. what: "" for the password, CODES, INVITATION.
    """

    account: str
    address: str | None
    what: str = ""
    device: str = ""

    @classmethod
    def of(cls, request: HttpRequest, account: str, what: str = "") -> Self:
        """The try that a request makes."""
        return cls(account, address_of(request), what, _device(request, account, what))

    @property
    def counted(self) -> tuple[str, str | None]:
        """Under which name, and from which address: none for a device of its own, which is counted by itself."""
        name = " ".join(part for part in (self.account, self.what, self.device) if part)
        return name, None if self.device else self.address

    def refuse_while_waiting(self) -> None:
        """Slow guessing down. Tries at one thing stand in a queue: many at once would all be counted too late.

        Raises:
            Refused: with how long to wait.
        """
        name, address = self.counted
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_QUEUE, digest(name)])
        if wait := FailedSignIn.objects.wait(name, address):
            raise Refused(f"Nhập sai nhiều lần. Đợi {in_words(wait)} rồi nhập lại.")

    def failed(self) -> None:
        """Count it as wrong."""
        FailedSignIn.objects.note(*self.counted)

    def is_used_up(self) -> bool:
        """Whether there were too many wrong ones today: six digits are few, for a patient guesser."""
        return FailedSignIn.objects.used_up(self.counted[0])

    def forget(self) -> None:
        """It was right in the end: what was typed wrongly here before is forgotten; what came from elsewhere stays."""
        name, address = self.counted
        FailedSignIn.objects.filter(login_digest=digest(name), address=address).delete()


def _device(request: HttpRequest, account: str, what: str) -> str:
    """Which device of the account's own it is: that of its session, or one that it was signed in on before.

    Whoever has the password and owes the second factor stands in a session, and has all the codes to guess there.
    """
    inside = request.user.is_authenticated and str(request.user.pk) == account
    if inside and (what != CODES or request.session.get(second_factor.PASSED)):
        return str(device_of(request))
    return _mark_of(request, account)


def _mark_of(request: HttpRequest, account: str) -> str:
    """The account's own mark in this browser, if there is one."""
    for mark in _marks(request):
        nonce, _, proof = mark.partition("-")
        if constant_time_compare(proof, _proof(nonce, account)):
            return nonce
    return ""


def remember(request: HttpRequest, account: str) -> None:
    """This browser is one of the account's own from now on; `write_marks` tells it in the answer."""
    if not _mark_of(request, account):
        nonce = secrets.token_hex(8)
        marks = [f"{nonce}-{_proof(nonce, account)}", *_marks(request)][:MOST_MARKS]
        request.marks = marks  # type: ignore[attr-defined]


def write_marks(request: HttpRequest, response: HttpResponse) -> None:
    """Write this browser's marks into the answer, where they have changed. Whoever reads them learns no name."""
    if marks := getattr(request, "marks", None):
        response.set_cookie(
            COOKIE,
            ".".join(marks),
            max_age=COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _marks(request: HttpRequest) -> list[str]:
    return [mark for mark in request.COOKIES.get(COOKIE, "").split(".") if mark][:MOST_MARKS]


def _proof(nonce: str, account: str) -> str:
    """What nobody else can make: of one account and one browser."""
    return salted_hmac(_SALT, f"{nonce} {account}", algorithm="sha256").hexdigest()[:32]


def in_words(wait: timedelta) -> str:
    """ "30 giây" or "4 phút", rounded up."""
    seconds = int(wait.total_seconds()) + 1
    return f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from; behind a proxy what the nearest proxy saw.

    Of IPv6 the network: a household is given 2^64 addresses, and would be slowed down at none of them.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
        address = forwarded.rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False).network_address)
