"""Chuyển sinh hoạt: one row with two sides that both confirm (domain.md 1.2, 1.7)."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from chibo.lib.uuid7 import uuid7
from chibo.members.models.people import Membership, Person
from chibo.orgs.models import Organisation


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Questions about transfers."""

    def pending(self) -> Self:
        """Started and not settled yet."""
        return self.filter(outcome="")

    def overdue(self, day: date) -> Self:
        """Pending beyond the working days allowed (domain.md 1.2)."""
        return self.pending().filter(due__lt=day)


class Transfer(models.Model):
    """A member passes from one cell to another, for good or for a time.

    Until the other side settles it the person stays at home. A side that is not of this tenant has no cell but a
    place in words; `tenant` is the fingerprint of the other tenant's key where a signed package went across.
    `full_name` and `standing` are as the introduction says: the other side may not read the person before it
    receives. `outcome` is empty while it is pending.
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official", "Chuyển sinh hoạt chính thức"
        TEMPORARY = "temporary", "Chuyển sinh hoạt tạm thời"

    class Purpose(models.TextChoices):
        WORK = "work", "Công tác, lao động, việc riêng"
        STUDY = "study", "Học tập"

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", "Đã tiếp nhận"
        RETURNED = "returned", "Nơi đến trả lại"
        WITHDRAWN = "withdrawn", "Nơi đi đã rút"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, blank=True, help_text="of a temporary one")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="transfers")
    full_name = models.CharField(max_length=120)
    standing = models.CharField(max_length=20, choices=Membership.Kind.choices)
    from_cell = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="transfers_out")
    to_cell = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="transfers_in")
    from_place = models.CharField(max_length=200, blank=True)
    to_place = models.CharField(max_length=200, blank=True)
    tenant = models.CharField(max_length=80, blank=True)
    decision = models.CharField(max_length=200, blank=True, help_text="the introduction or its number")
    started_on = models.DateField()
    started_by = models.UUIDField(null=True)
    due = models.DateField(help_text="the last working day by which the other side receives")
    first_day = models.DateField(help_text="proposed by the sender, set by the receiver")
    last_day = models.DateField(null=True, help_text="of a temporary one")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    settled_on = models.DateField(null=True)
    settled_by = models.UUIDField(null=True)
    note = models.CharField(max_length=300, blank=True, help_text="why it was sent back")

    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(outcome=""), name="one_transfer_under_way"),
            models.CheckConstraint(
                condition=models.Q(from_cell__isnull=False) | models.Q(to_cell__isnull=False),
                name="transfer_has_a_side_here",
            ),
        ]

    @property
    def is_pending(self) -> bool:
        """Whether the other side has not answered yet."""
        return not self.outcome

    @property
    def is_temporary(self) -> bool:
        """Whether the member comes back."""
        return self.kind == self.Kind.TEMPORARY


class KnownTenant(models.Model):
    """Another committee directly under the Centre whose key was compared by people and noted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    public_key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=80, unique=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True)
