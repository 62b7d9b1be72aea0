"""Where rights come from: an office held, a cell followed, a part in one meeting (design.md section 4)."""

from datetime import date, datetime
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from chibo.accounts.models import User
from chibo.lib.dates import now, today
from chibo.lib.uuid7 import uuid7
from chibo.members.models import Person
from chibo.orgs.models import Organisation


class Office(models.TextChoices):
    """The offices that give rights. In a cell: the committee and its follower; above: committee and staff."""

    SECRETARY = "secretary", "Bí thư"
    DEPUTY = "deputy", "Phó bí thư"
    COMMITTEE_MEMBER = "committee_member", "Chi ủy viên"
    FOLLOWER = "follower", "Cấp ủy viên phụ trách"
    UPPER_SECRETARY = "upper_secretary", "Bí thư Đảng ủy"
    UPPER_MEMBER = "upper_member", "Đảng ủy viên"
    UPPER_STAFF = "upper_staff", "Cán bộ Ban Xây dựng Đảng, Văn phòng Đảng ủy"
    PROVINCE_STAFF = "province_staff", "Cán bộ Ban Tổ chức Tỉnh ủy"


# As minutes and lists write them beside a name.
NAMES_OF_OFFICES = {"secretary": "bí thư", "deputy": "phó bí thư", "committee_member": "chi ủy viên"}

CELL_COMMITTEE = (Office.SECRETARY, Office.DEPUTY, Office.COMMITTEE_MEMBER)
UPPER = (Office.UPPER_SECRETARY, Office.UPPER_MEMBER, Office.UPPER_STAFF)
ABOVE_CELLS = (*UPPER, Office.PROVINCE_STAFF)

MOST_DOOR_DAYS = 30
MOST_STAFF_MINUTES = 60


class TermOfOfficeQuerySet(models.QuerySet["TermOfOffice"]):
    """Questions about offices."""

    def on(self, day: object) -> Self:
        """Held on a day."""
        return self.filter(validity__contains=day)

    def committee_of(self, cell: Organisation | UUID) -> Self:
        """The committee (chi ủy) of a cell: secretary, deputy and committee members."""
        return self.filter(organisation=cell, office__in=CELL_COMMITTEE)


class TermOfOffice(models.Model):
    """A person holds an office in an organisation from a day to a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offices")
    office = models.CharField(max_length=20, choices=Office.choices)
    validity = DateRangeField()
    decision = models.CharField(
        max_length=200, blank=True, db_default="", default="", help_text="by which it was given: number and day"
    )
    end_decision = models.CharField(
        max_length=200, blank=True, db_default="", default="", help_text="by which it was ended"
    )
    entered_at = models.DateTimeField(
        null=True, default=now, help_text="when it was written; empty: before this was kept"
    )

    objects: ClassVar[TermOfOfficeQuerySet] = TermOfOfficeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_office_once_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_secretary_a_day",
                expressions=[("organisation", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                condition=models.Q(office="secretary"),
            ),
        ]


class MeetingDuty(models.Model):
    """A part in one meeting. Holds plain ids: meetings stand above access in the order of imports."""

    class Duty(models.TextChoices):
        CHAIR = "chair", "Chủ trì"
        CLERK = "clerk", "Thư ký"
        GUEST = "guest", "Khách mời"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting_id = models.UUIDField()
    cell = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(max_length=10, choices=Duty.choices)
    until = models.DateField(null=True, help_text="the last day; empty while it lasts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting_id", "person", "duty"], name="one_duty_once")]
        indexes = [models.Index(fields=["person"])]


class InspectionDoorQuerySet(models.QuerySet["InspectionDoor"]):
    """Questions about inspection doors."""

    def open_on(self, day: date) -> Self:
        """Open on a day: neither past its last one nor closed early."""
        return self.filter(validity__contains=day, closed_at=None)


class InspectionDoor(models.Model):
    """The lawful door of an inspection: one signed meeting, a document number, a named person, days (mission.md).

    It stands in place of a shared password. The inspector reads the signed minutes without closed sections, the
    resolution and the issued papers of that meeting; the cell's committee sees the door from the moment it is opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    meeting_id = models.UUIDField(db_index=True)
    body = models.CharField(max_length=10, default="cell", help_text="as the meeting: the key points at both")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inspections", help_text="the inspector")
    document = models.CharField(max_length=200, help_text="number and day of the document that orders the inspection")
    validity = DateRangeField()
    opened_by = models.UUIDField(help_text="the officer; no foreign key, as in audit")
    opened_at = models.DateTimeField(default=now)
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="closed before its last day")

    objects: ClassVar[InspectionDoorQuerySet] = InspectionDoorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="door_of_thirty_days_at_most",
                condition=models.Func(
                    models.F("validity"),
                    template=f"coalesce(upper(%(expressions)s) - lower(%(expressions)s) <= {MOST_DOOR_DAYS}, false)",
                    output_field=models.BooleanField(),
                ),
            ),
            models.CheckConstraint(name="door_not_for_oneself", condition=~models.Q(person_id=models.F("opened_by"))),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it lets in today."""
        return self.closed_at is None and today() in self.validity


class StaffSession(models.Model):
    """Power over tree, offices and accounts, switched on by an administrator for a reason and a time; never content."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="staff_sessions")
    reason = models.TextField()
    begun_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="ended by hand before its time")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_session_of_an_hour_at_most",
                condition=models.Q(
                    until__lte=models.F("begun_at") + models.Value("01:00:00", output_field=models.DurationField())
                ),
            )
        ]

    @property
    def ends_at(self) -> datetime:
        """When it ended or ends by itself."""
        return self.ended_at or self.until
