"""People and their dated belonging to cells. Only what the work needs is kept (mission.md, never hold 8)."""

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from chibo.lib.uuid7 import uuid7
from chibo.lib.vietnamese import fold, name_sort_key, normalise
from chibo.orgs.models import Organisation


class PersonQuerySet(models.QuerySet["Person"]):
    """Creating and ordering people."""

    def enter(self, full_name: str, *, birth_year: int | None = None, sex: str = "", code: str = "") -> "Person":
        """Enter a person; the keys for search and order are made from the name."""
        full_name = normalise(full_name)
        return self.create(
            full_name=full_name,
            folded=fold(full_name),
            sort_key=name_sort_key(full_name),
            birth_year=birth_year,
            sex=sex,
            code=code,
        )

    def in_order(self) -> Self:
        """By given name, as Vietnamese lists are kept."""
        return self.order_by("sort_key", "id")


class Person(models.Model):
    """A person known to the organisation. Contact data stand apart, in Contact."""

    class Sex(models.TextChoices):
        FEMALE = "female", "Nữ"
        MALE = "male", "Nam"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    full_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=480, db_collation="C")
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=10, choices=Sex.choices, blank=True)
    code = models.CharField(max_length=40, blank=True, db_index=True, help_text="member code")

    objects: ClassVar[PersonQuerySet] = PersonQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.full_name

    @property
    def given_name(self) -> str:
        """The last word of the name, by which one is addressed: "đồng chí Lan"."""
        return self.full_name.rpartition(" ")[2]


class Contact(models.Model):
    """A person's phone; seen by the cell's committee, by the other members only as the person allows."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="contact")
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    shared_with_cell = models.BooleanField(default=False)


class Membership(models.Model):
    """A person in a cell, from a day to a day. A temporary arrival is not counted in đảng số (domain.md 1.7)."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", "chính thức"
        PROBATIONARY = "probationary", "dự bị"
        TEMPORARY = "temporary", "sinh hoạt tạm thời"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    validity = DateRangeField()
    admitted_on = models.DateField(null=True, blank=True, help_text="ngày kết nạp, where it is known")
    probation_ends = models.DateField(
        null=True, blank=True, help_text="twelve months after admission, or as decided; a cache of what was decided"
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_home_cell_a_day",
                expressions=[("person", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                condition=~models.Q(kind="temporary"),
            ),
            ExclusionConstraint(
                name="one_membership_a_cell_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("cell", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            ),
        ]
