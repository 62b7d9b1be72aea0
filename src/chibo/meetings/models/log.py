"""The log of a meeting: append-only entries, made on a device, meaning the same in any order of arrival."""

from typing import ClassVar

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import now
from chibo.meetings.models.gathering import MeetingRow


class EntryQuerySet(GuardedQuerySet["Entry"]):
    """Entries of logs."""


class Entry(MeetingRow):
    """One thing recorded in a meeting (design.md section 3).

    Its id is made on the device, so sending it again changes nothing. Meaning follows (counter, device); `seq` is for
    pulling and for the chain. Payload, salt and both times are erased at signing; the digest stays.
    """

    device = models.UUIDField()
    counter = models.BigIntegerField(help_text="Lamport counter of the device")
    kind = models.CharField(max_length=30)
    kind_version = models.PositiveSmallIntegerField(default=1)
    author_id = models.UUIDField(help_text="the person who recorded it")
    seq = models.BigIntegerField(help_text="order of arrival, from 1 in each meeting")
    seen = models.BigIntegerField(
        null=True, help_text="the last seq that its device had pulled; empty in entries older than this column"
    )
    at = models.DateTimeField(null=True, help_text="the device's clock; never used for order")
    received_at = models.DateTimeField(null=True, default=now)
    payload = models.TextField(null=True, help_text="JSON exactly as received; jsonb would change the bytes")
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seq"], name="entry_place_once"),
            models.UniqueConstraint(fields=["meeting", "device", "counter"], name="entry_counter_once"),
        ]
        # The next counter is one more than the meeting's greatest.
        indexes = [models.Index(fields=["meeting", "counter"])]
        verbose_name_plural = "entries"
