"""Acts on the tree: what was decided about bodies, from which day, entered when; and who came after whom."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models.functions import Now

from chibo.lib.uuid7 import uuid7
from chibo.orgs.models.tree import Organisation


class TreeActQuerySet(models.QuerySet["TreeAct"]):
    """Questions about acts."""

    def waiting(self) -> Self:
        """Decided for a day that has not come."""
        return self.filter(applied_at=None, withdrawn_at=None, stopped_why="")

    def due(self, day: date) -> Self:
        """Waiting, and their day has come; in the order in which they take effect."""
        return self.waiting().filter(effective__lte=day).order_by("effective", "entered_at", "id")

    def about(self, body: Organisation | UUID) -> Self:
        """The history of a body: the acts that concern it, the oldest first."""
        return self.filter(bodies__organisation=body).order_by("effective", "entered_at", "id").distinct()


class TreeAct(models.Model):
    """One act on the tree (domain.md 1.3): decided, effective from a day, entered on another, perhaps undone.

    A day in the past is entered late; a day in the future waits. Undoing is an act of its own.
    """

    class Kind(models.TextChoices):
        CREATE = "create", "Lập mới"
        RENAME = "rename", "Đổi tên"
        RECODE = "recode", "Đổi mã số"
        RECLASSIFY = "reclassify", "Đổi loại hình"
        MOVE = "move", "Chuyển cấp trên trực tiếp"
        MERGE = "merge", "Sáp nhập, hợp nhất"
        SPLIT = "split", "Chia tách"
        DISSOLVE = "dissolve", "Giải thể"
        UNDO = "undo", "Hoàn tác"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", help_text="empty until it is created"
    )
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="the body above: whose staff may do it"
    )
    effective = models.DateField()
    authority = models.CharField(max_length=200, blank=True, help_text="number and day of the decision")
    was = models.CharField(max_length=200, blank=True, help_text="name, code or category before")
    became = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField(db_default=Now())
    entered_by = models.UUIDField(null=True, help_text="the person; empty when the system did it")
    applied_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=400, blank=True, help_text="why it could not be applied on its day")
    withdrawn_at = models.DateTimeField(null=True, help_text="taken back before its day")
    withdrawn_by = models.UUIDField(null=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    objects: ClassVar[TreeActQuerySet] = TreeActQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["effective"],
                name="acts_that_wait",
                condition=models.Q(applied_at=None, withdrawn_at=None, stopped_why=""),
            )
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether its day has yet to come."""
        return self.applied_at is None and self.withdrawn_at is None and not self.stopped_why


class TreeActBody(models.Model):
    """A body that an act concerns, and as what."""

    class Role(models.TextChoices):
        SUBJECT = "subject", "Được quyết định"
        PREDECESSOR = "predecessor", "Kết thúc"
        SUCCESSOR = "successor", "Tiếp nối"
        CARRIED = "carried", "Đi theo"
        FORMER_PARENT = "former_parent", "Cấp trên trước"
        NEW_PARENT = "new_parent", "Cấp trên sau"

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(TreeAct, on_delete=models.CASCADE, related_name="bodies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "organisation", "role"], name="one_role_once")]


class TreeRecord(models.Model):
    """What was asked for, and every row that applying it wrote: so a preview is true and undoing is exact.

    Ids of people stand in it; the system alone reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    act = models.OneToOneField(TreeAct, on_delete=models.CASCADE, related_name="record")
    plan = models.JSONField()
    changes = models.JSONField(default=list)


class Succession(models.Model):
    """Who came after a body, from when. The predecessor's rows keep its id; rights to read them come from here.

    Written for predecessors of predecessors too, so that one step finds all.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    act = models.ForeignKey(TreeAct, on_delete=models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="precedents")
    since = models.DateField()
    handed_over = models.DateField(help_text="the day on which the predecessor's own members went over")
    keeps_archive = models.BooleanField(help_text="its committee keeps the predecessor's records and open tasks")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "handed_over"], name="one_succession_once"),
        ]
