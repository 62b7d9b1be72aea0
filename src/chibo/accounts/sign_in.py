"""Who is signing in: accounts by login, member code or phone, and the wait after wrong attempts."""

import ipaddress
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpRequest

from chibo.accounts.device import device_of
from chibo.accounts.models import FailedSignIn, User, digest
from chibo.members.phones import phone_digits

SHORT_SESSION = 12 * 3600


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


def refuse_while_waiting(account: str, address: str | None) -> None:
    """Slow guessing down.

    Raises:
        Refused: with how long to wait.
    """
    if wait := FailedSignIn.objects.wait(account, address):
        raise Refused(f"Nhập sai nhiều lần. Đợi {in_words(wait)} rồi nhập lại.")


def in_words(wait: timedelta) -> str:
    """ "30 giây" or "4 phút", rounded up."""
    seconds = int(wait.total_seconds()) + 1
    return f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"


def enter(request: HttpRequest, user: User, *, keep: bool) -> None:
    """Sign a person in on this device, and forget the account's wrong attempts.

    keep: it is one's own device, and stays signed in; else the session ends after half a day.
    """
    FailedSignIn.objects.filter(login_digest=digest(str(user.pk))).delete()
    login(request, user)
    device_of(request)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if keep else SHORT_SESSION)


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from; behind a proxy (HTTPS) what the nearest proxy saw."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
        address = forwarded.rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
