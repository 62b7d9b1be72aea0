"""Sign-in: an account for those members who use one. People without an account are complete members."""

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from chibo.lib.dates import now
from chibo.lib.uuid7 import uuid7
from chibo.members.models import Person


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

    USERNAME_FIELD = "login"
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]


def invitation_token() -> str:
    """A random token of 128 bits for the link and the QR."""
    return secrets.token_urlsafe(16)


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
    wrong_codes = models.PositiveSmallIntegerField(default=0)


class FailedSignIn(models.Model):
    """A wrong password, counted by account and by address to slow guessing down."""

    id = models.BigAutoField(primary_key=True)
    login_digest = models.CharField(max_length=64, db_index=True)
    address = models.GenericIPAddressField(null=True, db_index=True)
    at = models.DateTimeField(default=now)
