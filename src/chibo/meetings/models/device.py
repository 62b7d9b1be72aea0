"""Devices that hold a meeting without a network, and what came from them too late to stand in its minutes."""

import secrets
from datetime import timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import now
from chibo.meetings.models.gathering import MeetingRow
from chibo.members.models import Person

KEPT = timedelta(days=30)


def key() -> bytes:
    """Thirty-two random bytes: a key of AES-256."""
    return secrets.token_bytes(32)


class RoomDeviceQuerySet(GuardedQuerySet["RoomDevice"]):
    """Questions about the devices of a meeting."""

    def present(self) -> Self:
        """Those that nobody has removed."""
        return self.filter(removed_at=None)


class RoomDevice(MeetingRow):
    """A browser that was made ready for one meeting; its id is random and names the device in the meeting's log.

    `unlock` wraps what the browser keeps and is given back to a sign-in of its own account alone, `seal` is the key of
    the file into which it can be copied. `common` is one key for all devices of a meeting, with which they read each
    other's files where no server is. All are erased once the meeting is signed and nothing is waiting.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.UUIDField(help_text="the account that registered it")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=80, help_text="browser and system, nothing more of the machine")
    registered_at = models.DateTimeField(default=now)
    last_heard_at = models.DateTimeField(default=now, help_text="to the minute: not every question writes")
    unsent = models.PositiveIntegerField(default=0, help_text="entries that it still had to send, as it said last")
    unlock = models.BinaryField(null=True, default=key)
    seal = models.BinaryField(null=True, default=key)
    common = models.BinaryField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.UUIDField(null=True)
    given_up_at = models.DateTimeField(null=True, help_text="when it was said that what it holds may be forgotten")

    objects: ClassVar[RoomDeviceQuerySet] = RoomDeviceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["meeting", "account"])]

    @property
    def what_is_left(self) -> str:
        """What is known, in words, of what it may still hold once the meeting has closed."""
        return f"báo còn {self.unsent} dòng chưa gửi" if self.unsent else "chưa liên lạc lại từ lúc buổi họp kết thúc"


class SetAsideQuerySet(GuardedQuerySet["SetAside"]):
    """What was set aside."""

    def waiting(self) -> Self:
        """What nobody has dealt with, and whose time is not over."""
        return self.filter(settled_at=None, payload__isnull=False)


class SetAside(MeetingRow):
    """An entry that the log does not take: it came after the signatures, or from a device that was cut off.

    Chair and clerk may make it a correction or put it away. Its text and salt are erased then, or after thirty days.
    """

    class Why(models.TextChoices):
        SIGNED = "signed", "đến sau khi biên bản đã ký"
        CUT_OFF = "cut_off", "từ máy đã ngắt khỏi buổi họp"

    entry = models.UUIDField(help_text="the id that the device gave it")
    device = models.UUIDField()
    counter = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    payload = models.TextField(null=True)
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()
    why = models.CharField(max_length=20, choices=Why.choices)
    seen = models.BigIntegerField(null=True, help_text="as of the entry; for one that joins the meeting after all")
    received_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, help_text="when it was dealt with, or joined the meeting")
    settled_by = models.UUIDField(null=True)

    objects: ClassVar[SetAsideQuerySet] = SetAsideQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "entry"], name="set_aside_once")]
        ordering = ["received_at", "counter"]
