"""Tổ đảng: dated groups inside a cell, under its committee (Điều lệ Đảng, Điều 24; domain.md 1.1)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from chibo.lib.uuid7 import uuid7
from chibo.members.models.people import Person
from chibo.orgs.models import Organisation


class PartyGroup(models.Model):
    """A group of a large cell, from the day it is made to the day it is dissolved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=120)
    decision = models.CharField(max_length=200, blank=True)
    validity = DateRangeField()

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """A member of a group, its leader or deputy, from a day to a day."""

    class Role(models.TextChoices):
        LEADER = "leader", "Tổ trưởng"
        DEPUTY = "deputy", "Tổ phó"
        MEMBER = "member", "Tổ viên"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(PartyGroup, on_delete=models.CASCADE, related_name="members")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="groups")
    role = models.CharField(max_length=10, choices=Role.choices)
    validity = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_group_a_cell_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("cell", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_leader_a_group_a_day",
                expressions=[("group", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                condition=models.Q(role="leader"),
            ),
        ]
