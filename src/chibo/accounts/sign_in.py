"""Who is signing in: accounts by login, member code or phone, and the wait after wrong attempts."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from chibo.accounts import device, passkeys, second_factor
from chibo.accounts.models import Device, FailedSignIn, User, digest
from chibo.lib.dates import now
from chibo.members.phones import phone_digits

SHORT_SESSION = 12 * 3600
SECOND_STEP = "/dang-nhap/buoc-hai/"
PENDING_TIME = timedelta(minutes=10)
CONFIRMED_TIME = timedelta(minutes=15)
_PENDING = "pending"
_CONFIRMED = "confirmed"
_QUEUE = 7701

# What later apps do when someone has just signed in, filled in `AppConfig.ready`: tell of a reset.
AFTER_ENTERING: list[Callable[[HttpRequest, User], None]] = []


class Refused(Exception):
    """The sign-in did not succeed; the message says in Vietnamese what to do."""


def accounts_named(typed: str) -> tuple[list[UUID], bool]:
    """The accounts that a typed login, member code or phone can mean, and whether it was a phone.

    People are not readable before anyone is known: a checked function of the database answers with ids alone.
    """
    typed = typed.strip().lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT account, by_phone FROM accounts_named(%s, %s)", [typed, phone_digits(typed)])
        rows = cursor.fetchall()
    exact = [account for account, by_phone in rows if not by_phone]
    return (exact, False) if exact else ([account for account, _ in rows], True)


def check(request: HttpRequest, typed: str, password: str) -> User:
    """The account that a name and a password open.

    Raises:
        Refused: too many wrong attempts, a phone that two people share, a wrong name or password.
    """
    found, by_phone = accounts_named(typed)
    account, address = str(found[0]) if len(found) == 1 else typed.strip().lower(), address_of(request)
    refuse_while_waiting(account, address)
    if len(found) > 1:
        FailedSignIn.objects.note(account, address)
        raise Refused(
            "Số điện thoại này có hai đồng chí dùng chung. Ghi mã đảng viên hoặc tên đăng nhập in trên tờ mời."
            if by_phone
            else "Mã này chưa phân biệt được hai đồng chí. Ghi tên đăng nhập in trên tờ mời."
        )
    user = User.objects.filter(pk__in=found).first()
    if user is None:
        make_password(password)  # as long as checking a right one, so that time does not tell who has an account
    if user is None or not user.check_password(password):
        FailedSignIn.objects.note(account, address)
        raise Refused("Tên hoặc mật khẩu chưa đúng. Kiểm tra phím in hoa và dấu tiếng Việt, rồi nhập lại.")
    return user


def check_present(request: HttpRequest, user: User, password: str) -> None:
    """Hold the password of somebody signed in against the account's.

    Raises:
        Refused: too many wrong attempts, or a wrong password.
    """
    account, address = str(user.pk), address_of(request)
    refuse_while_waiting(account, address)
    if not user.check_password(password):
        FailedSignIn.objects.note(account, address)
        raise Refused("Mật khẩu chưa đúng. Kiểm tra phím in hoa và dấu tiếng Việt, rồi nhập lại.")


def refuse_while_waiting(account: str, address: str | None) -> None:
    """Slow guessing down. Attempts on one account stand in a queue: many at once would all be counted too late.

    Raises:
        Refused: with how long to wait.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_QUEUE, digest(account)])
    if wait := FailedSignIn.objects.wait(account, address):
        raise Refused(f"Nhập sai nhiều lần. Đợi {in_words(wait)} rồi nhập lại.")


def in_words(wait: timedelta) -> str:
    """ "30 giây" or "4 phút", rounded up."""
    seconds = int(wait.total_seconds()) + 1
    return f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"


@dataclass(frozen=True)
class Pending:
    """Who gave the right password and still owes the second factor; waits in the session for ten minutes."""

    user: User
    keep: bool
    target: str


def proceed(request: HttpRequest, user: User, *, keep: bool, target: str) -> str:
    """After a right password: enter, or owe the second factor. Gives the address to go on to."""
    if not second_factor.is_on(user):
        enter(request, user, keep=keep)
        return target
    if request.user.is_authenticated:
        logout(request)
    request.session.cycle_key()  # whoever put this session into the browser beforehand does not get it half open
    request.session[_PENDING] = {
        "user": str(user.pk),
        "keep": keep,
        "target": target,
        "hash": user.get_session_auth_hash(),
        "until": (now() + PENDING_TIME).timestamp(),
    }
    return SECOND_STEP


def pending(request: HttpRequest) -> Pending | None:
    """Whoever owes the second factor in this session, while there is time and the password is still that one."""
    found = request.session.get(_PENDING)
    if not found or found["until"] < now().timestamp():
        return None
    user = User.objects.filter(pk=found["user"], is_active=True).first()
    if user is None or not constant_time_compare(found["hash"], user.get_session_auth_hash()):
        return None
    return Pending(user, found["keep"], found["target"])


def prove(request: HttpRequest, user: User, *, code: str, credential: str) -> str:
    """Which factor was proved: by a passkey where the browser sent one, else by what was typed.

    Raises:
        Refused: too many wrong attempts, or nothing of this account's was proved.
    """
    account, address = str(user.pk), address_of(request)
    refuse_while_waiting(account, address)
    if credential:
        try:
            return str(passkeys.prove(request, user, credential).type)
        except passkeys.NotProved as error:
            FailedSignIn.objects.note(account, address)
            raise Refused("Máy này chưa chứng nhận được đồng chí. Thử lại, hoặc gõ mã.") from error
    if FailedSignIn.objects.used_up(_codes_of(user)):
        raise Refused("Hôm nay mã đã bị gõ sai quá nhiều lần. Đợi đến ngày mai, hoặc dùng khóa của máy.")
    if (proved := second_factor.check_code(user, code)) is None:
        FailedSignIn.objects.note(account, address)
        FailedSignIn.objects.note(_codes_of(user), None)
        raise Refused(
            "Mã chưa đúng, hoặc đã dùng rồi. Đợi ứng dụng hiện mã mới rồi gõ sáu số đó. "
            "Mã vẫn không đúng thì xem giờ của điện thoại có đúng không."
        )
    return str(proved)


def _codes_of(user: User) -> str:
    """Under what the wrong codes of the second step are counted, apart from wrong passwords, which anyone can type."""
    return f"{user.pk} codes"


def enter(request: HttpRequest, user: User, *, keep: bool, passed: bool = False) -> None:
    """Sign a person in on this device, and forget the account's wrong attempts.

    keep: it is one's own device, and stays signed in; else the session ends after half a day.
    passed: the second factor was proved.
    """
    mistakes = (digest(str(user.pk)), digest(_codes_of(user)))
    FailedSignIn.objects.filter(login_digest__in=mistakes).delete()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.pop(_PENDING, None)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if keep else SHORT_SESSION)
    if passed:
        second_factor.mark_passed(request)
    confirm(request)
    Device.objects.filter(user=user).exclude(pk__in=Device.objects.filter(user=user).signed_in()).delete()
    device.note(request, user)
    for hook in AFTER_ENTERING:
        hook(request, user)


def confirm(request: HttpRequest) -> None:
    """Its owner is at the machine now: the password was typed a moment ago."""
    request.session[_CONFIRMED] = now().timestamp()


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the owner was at the machine in the last minutes, as changes to the sign-in itself ask for."""
    at: float = request.session.get(_CONFIRMED, 0)
    return now().timestamp() - at < CONFIRMED_TIME.total_seconds()


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
