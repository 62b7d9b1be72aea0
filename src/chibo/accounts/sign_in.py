"""Who is signing in: an account by login, member code or phone; its password, its second factor, its session."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from chibo.accounts import device, passkeys, second_factor
from chibo.accounts.attempts import CODES, Attempt, Refused, remember
from chibo.accounts.models import Device, User
from chibo.lib.dates import now
from chibo.members.phones import phone_digits

SHORT_SESSION = 12 * 3600
SECOND_STEP = "/dang-nhap/buoc-hai/"
PENDING_TIME = timedelta(minutes=10)
CONFIRMED_TIME = timedelta(minutes=15)
_PENDING = "pending"
_CONFIRMED = "confirmed"
WRONG = (
    "Tên hoặc mật khẩu chưa đúng. Kiểm tra phím in hoa và dấu tiếng Việt, rồi nhập lại. "
    "Số điện thoại hai đồng chí dùng chung thì ghi mã đảng viên hoặc tên đăng nhập in trên tờ mời."
)

# What later apps have to say to the owner of an account, filled in `AppConfig.ready`: that a way in changed.
TELLING: list[Callable[[HttpRequest, User], None]] = []


def account_named(typed: str) -> UUID | None:
    """The one account that a typed login, member code or phone can mean; None for nobody's and for several people's.

    People are not readable before anyone is known: a checked function of the database answers with ids alone.
    """
    typed = typed.strip().lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM accounts_named(%s, %s)", [typed, phone_digits(typed)])
        found = cursor.fetchall()
    return found[0][0] if len(found) == 1 else None


def check(request: HttpRequest, typed: str, password: str) -> User:
    """The account that a name and a password open. Whoever is wrong gets one answer, after the same work.

    Raises:
        Refused: too many wrong attempts, a phone that two people share, a wrong name or password.
    """
    account = account_named(typed)
    attempt = Attempt.of(request, str(account or typed.strip().lower()))
    attempt.refuse_while_waiting()
    user = User.objects.filter(pk=account or uuid4()).first() or User()
    if not user.check_password(password):  # of nobody too it takes as long as of somebody
        attempt.failed()
        raise Refused(WRONG)
    return user


def check_present(request: HttpRequest, user: User, password: str) -> None:
    """Hold the password of somebody signed in against the account's.

    Raises:
        Refused: too many wrong attempts, or a wrong password.
    """
    attempt = Attempt.of(request, str(user.pk))
    attempt.refuse_while_waiting()
    if not user.check_password(password):
        attempt.failed()
        raise Refused("Mật khẩu chưa đúng. Kiểm tra phím in hoa và dấu tiếng Việt, rồi nhập lại.")


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
    if credential:  # nobody guesses a passkey: it need not be slowed
        try:
            return str(passkeys.prove(request, user, credential).type)
        except passkeys.NotProved as error:
            raise Refused("Máy này chưa chứng nhận được đồng chí. Thử lại, hoặc gõ mã.") from error
    attempt = Attempt.of(request, str(user.pk), CODES)
    attempt.refuse_while_waiting()
    if attempt.is_used_up():
        raise Refused("Hôm nay mã đã bị gõ sai quá nhiều lần. Đợi đến ngày mai, hoặc dùng khóa của máy.")
    if (proved := second_factor.check_code(user, code)) is None:
        attempt.failed()
        raise Refused(
            "Mã chưa đúng, hoặc đã dùng rồi. Đợi ứng dụng hiện mã mới rồi gõ sáu số đó. "
            "Mã vẫn không đúng thì xem giờ của điện thoại có đúng không."
        )
    return str(proved)


def enter(request: HttpRequest, user: User, *, keep: bool, passed: bool = False) -> None:
    """Sign a person in on this device, and forget the account's wrong attempts here.

    keep: it is one's own device, and stays signed in; else the session ends after half a day.
    passed: the second factor was proved.
    """
    for what in ("", CODES):
        Attempt.of(request, str(user.pk), what).forget()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.pop(_PENDING, None)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if keep else SHORT_SESSION)
    if passed:
        second_factor.mark_passed(request)
    confirm(request)
    remember(request, str(user.pk))
    Device.objects.filter(user=user).exclude(pk__in=Device.objects.filter(user=user).signed_in()).delete()
    device.note(request, user)
    tell(request, user)


def tell(request: HttpRequest, user: User) -> None:
    """Say what the owner has to know: after entering, and every hour or so while one stays signed in."""
    for hook in TELLING:
        hook(request, user)


def confirm(request: HttpRequest) -> None:
    """Its owner is at the machine now: the password was typed a moment ago."""
    request.session[_CONFIRMED] = now().timestamp()


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the owner was at the machine in the last minutes, as changes to the sign-in itself ask for."""
    at: float = request.session.get(_CONFIRMED, 0)
    return now().timestamp() - at < CONFIRMED_TIME.total_seconds()
