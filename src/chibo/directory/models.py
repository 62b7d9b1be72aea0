"""A file under way, how its columns were matched, the export of a whole cell, an act that takes two people."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import now, today
from chibo.lib.uuid7 import uuid7
from chibo.members.models import Person
from chibo.orgs.models import Organisation

DAYS_TO_PRINT = 7


class ImportRunQuerySet(GuardedQuerySet["ImportRun"]):
    """Files under way."""


class ImportRun(models.Model):
    """One file on its way into the book: read, looked at, written in pieces.

    Gone in two days (rule `retention_imports`). report: what looking found, as the page shows it. whole: written in one
    act, all or nothing.
    """

    class State(models.TextChoices):
        READ = "read", "Đã đọc tệp"
        LOOKED = "looked", "Đã xem xong"
        WRITING = "writing", "Đang nhập"
        DONE = "done", "Đã nhập"
        CANCELLED = "cancelled", "Đã dừng"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    made_at = models.DateTimeField(default=now, db_index=True)
    since = models.DateField(help_text="of people whose row does not say it")
    kind_for_all = models.CharField(max_length=20, blank=True)
    tables = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    whole = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    to_write = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)

    objects: ClassVar[ImportRunQuerySet] = ImportRunQuerySet.as_manager()  # type: ignore[assignment]


class ImportPieceQuerySet(GuardedQuerySet["ImportPiece"]):
    """Pieces of files under way."""

    def of(self, part: str) -> Self:
        """One part of a file, in its order."""
        return self.filter(part=part).order_by("number")


class ImportPiece(models.Model):
    """Some rows of a file under way, packed; what is right is written in one transaction, once."""

    class Part(models.TextChoices):
        REST = "rest", "Chưa xem, hoặc đã có trong sổ"
        RIGHT = "right", "Nhập được"
        WRONG = "wrong", "Cần sửa"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="pieces")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=5, choices=Part.choices, default=Part.REST)
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    content = models.BinaryField()
    written_at = models.DateTimeField(null=True)

    objects: ClassVar[ImportPieceQuerySet] = ImportPieceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "part", "number"], name="each_piece_once")]


class ColumnMatching(models.Model):
    """What a person said that a heading means, for the next file. Never a heading of what Chibo does not hold."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, help_text="people, organisations or offices")
    words = models.CharField(max_length=100, help_text="the heading without marks")
    key = models.CharField(max_length=20, blank=True, help_text="what the column holds; empty: leave it")
    chosen_at = models.DateTimeField(default=now)

    objects: ClassVar[GuardedQuerySet["ColumnMatching"]] = GuardedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "kind", "words"], name="heading_matched_once")
        ]


class CellExportQuerySet(GuardedQuerySet["CellExport"]):
    """Exports of whole cells."""

    def waiting(self) -> Self:
        """Asked for and not answered yet."""
        return self.filter(answered_at=None, withdrawn_at=None)


class CellExport(models.Model):
    """The export of a whole cell: asked by one person, answered by another, taken by the first (never hold 3)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    allowed = models.BooleanField(null=True)
    until = models.DateField(null=True, help_text="the last day on which it can be taken")
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[CellExportQuerySet] = CellExportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
                name="export_takes_two_persons",
            ),
            models.UniqueConstraint(
                fields=["cell"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="one_export_waits_a_cell",
            ),
        ]

    def is_open(self, day: date | None = None) -> bool:
        """Whether it can be taken on a day."""
        ends = self.until if self.allowed and self.withdrawn_at is None else None
        return ends is not None and (day or today()) <= ends


class TwoPersonActQuerySet(GuardedQuerySet["TwoPersonAct"]):
    """Acts that take two people."""

    def waiting(self) -> Self:
        """Asked for and not answered yet."""
        return self.filter(answered_at=None, withdrawn_at=None)


class TwoPersonAct(models.Model):
    """What would open a cell's content from above: asked for by one person, done when another agrees.

    place: the cell, or the body above the cells, that it is about. person: who would come to read, or whose account it
    is. details: what the act needs besides, by its kind; never a text of a meeting.
    """

    class Kind(models.TextChoices):
        WAY_IN = "way_in", "in tờ mời mới"
        SECOND_FACTOR = "second_factor", "bỏ lớp bảo vệ thứ hai"
        OFFICE = "office", "ghi chức vụ"
        FOLLOW = "follow", "phân công phụ trách chi bộ"
        DOOR = "door", "mở cửa kiểm tra"
        FIRST_OFFICER = "first_officer", "ghi cán bộ đầu tiên"
        MERGE = "merge", "sáp nhập chi bộ"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    details = models.JSONField(default=dict)
    asked_by = models.UUIDField(help_text="the person, or the administrator's account; no foreign key, as in audit")
    asked_at = models.DateTimeField(default=now)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    allowed = models.BooleanField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True, help_text="when it took effect: a sheet is printed after the agreement")

    objects: ClassVar[TwoPersonActQuerySet] = TwoPersonActQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
                name="act_takes_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(person=None)
                | (~models.Q(person_id=models.F("asked_by")) & ~models.Q(person_id=models.F("answered_by"))),
                name="act_not_for_oneself",
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether it waits for its answer."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def waits_for_print(self) -> bool:
        """Whether the asker may print the sheet now: agreed, not printed, within a week."""
        printed = self.kind in (self.Kind.WAY_IN, self.Kind.FIRST_OFFICER)
        lasts = self.answered_at is not None and now() - self.answered_at < timedelta(days=DAYS_TO_PRINT)
        return printed and bool(self.allowed) and lasts and self.done_at is None and self.withdrawn_at is None
