"""Where rights come from: an office held, a cell followed, a part in one meeting (design.md section 4)."""

from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

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
