"""Sign-in: an account for those members who use one. People without an account are complete members."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.db import models

from chibo.lib.dates import now
from chibo.lib.uuid7 import uuid7
from chibo.members.models import Person

INVITATION_DAYS = 30
# A code is guessed at for thirty days at most, and some thousand invitations may be open at once.
CODE_DIGITS = 12
WRONG_CODES_A_DAY = 20
# So many wrong attempts are free within so long; then one waits, a fixed time or each time twice as long.
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


def digest(text: str) -> str:
    """What is stored of a token, a code or a typed login."""
    return hashlib.sha256(text.encode()).hexdigest()


class UserManager(BaseUserManager["User"]):
    """Creates accounts."""

    def open(self, login: str, *, person: Person | None, password: str | None = None, **fields: Any) -> "User":
        """Open an account. Without a password it can be entered by an invitation only."""
        user = User(login=login.strip().lower(), person=person, **fields)
        user.set_password(password)
        user.save(force_insert=True)
        return user


class User(AbstractBaseUser):
    """An account. Its person, and that person's offices, say what it may see."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login = models.CharField("tên đăng nhập", max_length=60, unique=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False, help_text="the IT officer: health and accounts, never content")
    opened_at = models.DateTimeField(null=True, default=now, help_text="empty: before this was kept")

    USERNAME_FIELD = "login"
    objects: ClassVar[UserManager] = UserManager()

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Nothing is written: the database lets nobody but its owner set one."""
        return check_password(raw_password, self.password)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Making and finding invitations."""

    def issue(self, user: User, by: UUID | None) -> "Issued":
        """Make a new way in for an account; those made before stop working.

        by: the person who issues it, None for the system.
        """
        self.open().filter(user=user).update(cancelled_at=now())
        token, code = secrets.token_urlsafe(16), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        invitation = self.create(
            user=user,
            token_digest=digest(token),
            code_digest=digest(code),
            made_by=by,
            expires_at=now() + timedelta(days=INVITATION_DAYS),
        )
        return Issued(invitation, token, code)

    def open(self) -> Self:
        """Neither used, nor cancelled, nor past their days."""
        return self.filter(used_at=None, cancelled_at=None, expires_at__gt=now())

    def by_token(self, token: str) -> "Invitation | None":
        """The open invitation of a link."""
        return self.open().select_related("user").filter(token_digest=digest(token)).first()

    def by_code(self, account: UUID | None, code: str) -> "Invitation | None":
        """The open invitation of an account, if a typed code is its own.

        A wrong code is counted and cancels nothing: anyone could type ten. Where there is no account or no invitation
        the same is done, so that time does not tell.
        """
        found = self.open().select_related("user").filter(user=account or uuid4()).first()
        typed = "".join(letter for letter in code if letter.isdigit())
        right = secrets.compare_digest(digest(typed), found.code_digest if found else "0" * 64)
        if found is None or not right:
            self.filter(pk=found.pk if found else 0).update(wrong_codes=models.F("wrong_codes") + 1)
            return None
        return found


class Invitation(models.Model):
    """A printed way in, used once: a link (QR) and a short code. Only digests are stored."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=now)
    made_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    @property
    def is_open(self) -> bool:
        """Neither used, nor cancelled, nor past its days."""
        return self.used_at is None and self.cancelled_at is None and self.expires_at > now()


@dataclass(frozen=True)
class Issued:
    """An invitation with the token and the code that are printed once and kept nowhere."""

    invitation: Invitation
    token: str
    code: str

    @property
    def spaced_code(self) -> str:
        """The code as it is printed: 4821 7730 1956."""
        return " ".join(self.code[place : place + 4] for place in range(0, CODE_DIGITS, 4))


@dataclass(frozen=True)
class Brake:
    """How many wrong attempts are free within how long, and the wait after that; doubled with each more, or fixed."""

    free: int
    within: timedelta
    wait: timedelta
    doubles: bool = False

    def left(self, attempts: "FailedSignInQuerySet") -> timedelta:
        """What is left of the wait after these attempts."""
        recent = attempts.filter(at__gt=now() - self.within)
        times = list(recent.order_by("-at").values_list("at", flat=True)[: self.free + 10])
        if len(times) < self.free:
            return timedelta()
        wait = min(LONGEST_WAIT, self.wait * 2 ** (len(times) - self.free)) if self.doubles else self.wait
        left: timedelta = times[0] + wait - now()
        return max(timedelta(), left)


# One address and one account: the guesser, who waits for long. The account from anywhere: many guessers together are
# held to some seven hundred a day, and its owner waits for two minutes at a device that it does not know. The address
# whatever the accounts: a hall full of members shares it, so it is slowed and never shut.
BRAKE_HERE = Brake(5, LONGEST_WAIT, FIRST_WAIT, doubles=True)
BRAKE_ACCOUNT = Brake(20, timedelta(hours=1), timedelta(minutes=2))
BRAKE_ADDRESS = Brake(40, LONGEST_WAIT, timedelta(seconds=10))


class FailedSignInQuerySet(models.QuerySet["FailedSignIn"]):
    """Counting wrong attempts."""

    def note(self, account: str, address: str | None) -> None:
        """Count one wrong attempt. account: the account's id, or what was typed where there is none."""
        self.create(login_digest=digest(account), address=address)

    def used_up(self, account: str) -> bool:
        """Whether an account's codes were typed wrongly too often today: six digits are few, for a patient guesser."""
        day = self.filter(at__gt=now() - timedelta(days=1), login_digest=digest(account))
        return day.count() >= WRONG_CODES_A_DAY

    def wait(self, account: str, address: str | None) -> timedelta:
        """How long whoever tries at this account from this address must still wait."""
        own = self.filter(login_digest=digest(account))
        here, shared = own.filter(address=address), self.filter(address=address) if address else self.none()
        return max(BRAKE_HERE.left(here), BRAKE_ACCOUNT.left(own), BRAKE_ADDRESS.left(shared))


class FailedSignIn(models.Model):
    """A wrong password or code, counted by account and by address to slow guessing down."""

    id = models.BigAutoField(primary_key=True)
    login_digest = models.CharField(max_length=64, db_index=True)
    address = models.GenericIPAddressField(null=True, db_index=True)
    at = models.DateTimeField(default=now)

    objects: ClassVar[FailedSignInQuerySet] = FailedSignInQuerySet.as_manager()  # type: ignore[assignment]


class DeviceQuerySet(models.QuerySet["Device"]):
    """Questions about the devices of an account."""

    def signed_in(self) -> Self:
        """Those whose session still lasts."""
        lasting = Session.objects.filter(session_key=models.OuterRef("session_key"), expire_date__gt=now())
        return self.filter(models.Exists(lasting))

    def cut_off(self) -> int:
        """End the sessions of these devices at once: a copied cookie is dead with them. Gives how many lasted."""
        keys = list(self.values_list("session_key", flat=True))
        ended = Session.objects.filter(session_key__in=keys).delete()[0]
        self.delete()
        return ended


class Device(models.Model):
    """A browser on which an account is signed in, under a name that its owner knows again; no address is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, help_text="as entries of a log name it")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True, help_text="its digest, as sessions are kept")
    name = models.CharField(max_length=80, help_text="browser and system, in Vietnamese")
    first_used_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(default=now, help_text="to the hour: not every request writes")

    objects: ClassVar[DeviceQuerySet] = DeviceQuerySet.as_manager()  # type: ignore[assignment]


class AccountReset(models.Model):
    """A way into an account changed: somebody gave it another one face to face, or its owner did. Its owner is told."""

    class What(models.TextChoices):
        PASSWORD = "password", "In tờ mời mới để đặt lại mật khẩu"
        SECOND_FACTOR = "second_factor", "Bỏ lớp bảo vệ thứ hai để đặt lại"
        PASSWORD_SET = "password_set", "Đặt mật khẩu mới bằng tờ mời"
        PASSWORD_CHANGED = "password_changed", "Đổi mật khẩu"
        FACTOR_ADDED = "factor_added", "Thêm một cách xác nhận"
        FACTOR_REMOVED = "factor_removed", "Bỏ một cách xác nhận"
        CODES_MADE = "codes_made", "Lấy mã dự phòng mới"
        PROVINCE_BOUND = "province_bound", "Gắn với một tài khoản của tỉnh"
        PROVINCE_UNBOUND = "province_unbound", "Gỡ tài khoản của tỉnh vì số hiệu đảng viên đã đổi"

    # Given by somebody else: what was signed in or entered by the old way ends with it.
    BY_OTHERS = (What.PASSWORD, What.SECOND_FACTOR)

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="resets")
    what = models.CharField(max_length=20, choices=What.choices)
    by = models.UUIDField(null=True, help_text="the person; empty at the terminal")
    at = models.DateTimeField(default=now)
    device = models.UUIDField(null=True, help_text="where its owner did it; that session need not be told")
    where = models.CharField(max_length=80, db_default="", blank=True, help_text="browser and system, in Vietnamese")
    told_at = models.DateTimeField(null=True)
