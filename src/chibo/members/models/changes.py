"""What changes a member's part, and what was decided about a member: dated rows, never overwritten."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from chibo.lib.uuid7 import uuid7
from chibo.members.models.people import Person
from chibo.orgs.models import Organisation


class StandingChange(models.Model):
    """What changes a member's part for some days: exempt, temporarily away, suspended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="%(class)ss")
    validity = DateRangeField()
    decision = models.CharField(max_length=200, blank=True, help_text="the resolution or paper that says so")

    class Meta:
        abstract = True


class Exemption(StandingChange):
    """Miễn công tác và sinh hoạt đảng, by the cell's resolution (domain.md 1.7)."""

    class Application(models.TextChoices):
        """How the old or weak member asked for it."""

        WRITTEN = "written", "Có đơn"
        SPOKEN = "spoken", "Trình bày bằng lời"

    application = models.CharField(max_length=10, choices=Application.choices, blank=True, default="", db_default="")


class TemporaryLeave(StandingChange):
    """Introduced to another cell for a time; keeps full rights at home (domain.md 1.7)."""

    destination = models.CharField(max_length=200, blank=True)


class Suspension(StandingChange):
    """Suspended from Party activity: sees nothing and has no vote from that day."""


class UnitPost(models.Model):
    """A post in the unit (head, director, hamlet chief), apart from Party offices (M17)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    is_head = models.BooleanField(default=False)
    validity = DateRangeField()


class ProbationDecision(models.Model):
    """What was decided about a probationary member; the membership's days follow from it (domain.md 1.2)."""

    class Outcome(models.TextChoices):
        OFFICIAL = "official", "Công nhận chính thức"
        EXTENDED = "extended", "Chưa công nhận, xem xét lại"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="probation_decisions")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decided_on = models.DateField()
    effective_on = models.DateField(help_text="official from this day, or considered again by it")
    decision = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)


class Departure(models.Model):
    """Out of the Party, or dead: the category, the day and the paper's number, never a reason."""

    class Kind(models.TextChoices):
        STRUCK_OFF = "struck_off", "Xóa tên trong danh sách đảng viên"
        EXPELLED = "expelled", "Khai trừ"
        RESIGNED = "resigned", "Xin ra khỏi Đảng"
        DIED = "died", "Từ trần"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="departures")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    last_day = models.DateField()
    decision = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "last_day"], name="one_departure_a_day")]


class FormerDetails(models.Model):
    """What the book said of a person before it was put right: minutes already signed keep the old name.

    Only what was changed is kept. The row may be erased on request; the event of the correction holds no name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_details")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField(max_length=120, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=10, choices=Person.Sex.choices, blank=True)
    code = models.CharField(max_length=40, blank=True)
    corrected_at = models.DateTimeField()
    corrected_by = models.UUIDField(null=True)
