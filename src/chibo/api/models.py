"""Access tokens: what a program shows instead of a sign-in."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.utils.crypto import constant_time_compare

from chibo.accounts.models import AccountReset, User, digest
from chibo.lib.dates import now, today

# A leaked token is found by scanners of code and mail by what it begins with.
BEGINNING = "chibo_"
SHOWN_LETTERS = len(BEGINNING) + 6
MOST_DAYS = 365
MOST_TOKENS = 10


@dataclass(frozen=True)
class Made:
    """A token with its text, which is shown once and kept nowhere."""

    token: "AccessToken"
    text: str


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Making and finding tokens."""

    def make(self, user: User, *, name: str, scope: str, last_day: date, proved: bool) -> Made:
        """Make one. Those of the account whose days are over are forgotten with that."""
        self.filter(user=user, last_day__lt=today()).delete()
        text = f"{BEGINNING}{secrets.token_urlsafe(32)}"
        token = self.create(
            user=user,
            name=name,
            scope=scope,
            last_day=last_day,
            proved=proved,
            beginning=text[:SHOWN_LETTERS],
            digest=digest(text),
            sign_in_hash=user.get_session_auth_hash(),
        )
        return Made(token, text)

    def lasting(self) -> Self:
        """Those whose days are not over, of accounts in use that got no other way in since."""
        given = AccountReset.objects.filter(what__in=AccountReset.BY_OTHERS)
        reset = given.filter(user=models.OuterRef("user"), at__gt=models.OuterRef("made_at"))
        return self.filter(~models.Exists(reset), last_day__gte=today(), user__is_active=True)

    def by_text(self, text: str) -> "AccessToken | None":
        """The token with this text, while it lasts; another password ends it, as it ends every sign-in."""
        token = self.lasting().select_related("user").filter(digest=digest(text)).first()
        if token is None or not constant_time_compare(token.sign_in_hash, token.user.get_session_auth_hash()):
            return None
        return token


class AccessToken(models.Model):
    """A program acts for an account: reads what its person may read today. Only a digest is stored."""

    class Scope(models.TextChoices):
        READ = "read", "Chỉ đọc"
        PROGRESS = "progress", "Đọc, và báo tiến độ việc của tôi"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(max_length=80, help_text="what it is for, in its owner's words")
    beginning = models.CharField(max_length=16, help_text="its first letters, by which its owner knows it again")
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.READ)
    proved = models.BooleanField(help_text="whether the second factor was proved when it was made")
    sign_in_hash = models.CharField(max_length=64, help_text="of the password that the account had")
    made_at = models.DateTimeField(default=now)
    last_day = models.DateField()
    last_used_on = models.DateField(null=True, help_text="to the day: not every request writes")

    objects: ClassVar[AccessTokenQuerySet] = AccessTokenQuerySet.as_manager()  # type: ignore[assignment]

    def note_use(self) -> None:
        """Write the day of use down, once a day."""
        if self.last_used_on != today():
            self.last_used_on = today()
            self.save(update_fields=["last_used_on"])


def last_day_after(days: int) -> date:
    """The last day of a token that lasts so many days."""
    return today() + timedelta(days=days)


def shown(user: User) -> "models.QuerySet[AccessToken, Any]":
    """An account's tokens that still work, the newest first."""
    mine = AccessToken.objects.lasting().filter(user=user, sign_in_hash=user.get_session_auth_hash())
    return mine.order_by("-made_at")
