"""The programme of a meeting: items, guiding questions, papers."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import now
from chibo.meetings.models.gathering import MeetingRow, Part
from chibo.members.models import Person


class AgendaItemQuerySet(GuardedQuerySet["AgendaItem"]):
    """Items of programmes."""


class ItemsInPlace(models.Manager.from_queryset(AgendaItemQuerySet)):  # type: ignore[misc]
    """What was removed from a programme is not there for anyone; it stays a while for "Hoàn tác" alone."""

    def get_queryset(self) -> AgendaItemQuerySet:
        """Items that were not removed."""
        found: AgendaItemQuerySet = super().get_queryset().filter(removed_at=None)
        return found


class AgendaItem(MeetingRow):
    """One point of the programme: what, who presents, how many minutes, party or professional work."""

    class Kind(models.TextChoices):
        """What an item is for; decides its screen in the room (domain.md 2.3)."""

        OPENING = "opening", "Mở đầu"
        INFORMATION = "information", "Thông tin, quán triệt"
        IDEOLOGY = "ideology", "Tình hình tư tưởng"
        REVIEW = "review", "Kiểm điểm việc kỳ trước"
        DISCUSSION = "discussion", "Thảo luận"
        MASS_ORGANISATIONS = "mass_organisations", "Đoàn thể"
        NEW_TASKS = "new_tasks", "Nhiệm vụ kỳ tới"
        SELF_CRITICISM = "self_criticism", "Tự phê bình và phê bình"
        MEMBERSHIP = "membership", "Công tác đảng viên"
        CONCLUSION = "conclusion", "Kết luận, biểu quyết"
        CLOSING = "closing", "Kết thúc"

    class Work(models.TextChoices):
        """Office cells keep the two apart (M8)."""

        PARTY = "party", "Công tác đảng"
        PROFESSIONAL = "professional", "Công tác chuyên môn"

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    work = models.CharField(max_length=20, choices=Work.choices, default=Work.PARTY)
    presenter = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    presenter_text = models.CharField(max_length=120, blank=True, help_text="a guest or a role, in words")
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    text = models.TextField(blank=True, help_text="what is to be presented")
    serves = models.CharField(max_length=300, blank=True, help_text="the task of the year or resolution it serves (M4)")
    serves_resolution_id = models.UUIDField(null=True, blank=True)
    closed_paper = models.CharField(
        max_length=100, blank=True, help_text="mục họp kín: the page of the paper book; no text is kept here"
    )
    template_key = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="until the next removal or the notice")

    objects: ClassVar[AgendaItemQuerySet] = ItemsInPlace()
    with_removed: ClassVar[AgendaItemQuerySet] = AgendaItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["part__position", "position", "id"]

    @property
    def presented_by(self) -> str:
        """Who presents, in words; empty when nobody is named."""
        return self.presenter.full_name if self.presenter else self.presenter_text


class QuestionQuerySet(GuardedQuerySet["Question"]):
    """Guiding questions."""


class Question(MeetingRow):
    """A question announced beforehand, for members to prepare (M3)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    objects: ClassVar[QuestionQuerySet] = QuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "id"]


class PaperQuerySet(GuardedQuerySet["Paper"]):
    """Papers of meetings."""

    def without_content(self) -> "PaperQuerySet":
        """For lists: the file's bytes stay in the database."""
        return self.defer("content")


class PapersInPlace(models.Manager.from_queryset(PaperQuerySet)):  # type: ignore[misc]
    """Papers that were not taken away again."""

    def get_queryset(self) -> PaperQuerySet:
        """Papers that were not removed."""
        found: PaperQuerySet = super().get_queryset().filter(removed_at=None)
        return found


class Paper(MeetingRow):
    """A file for the members to read. Its bytes live in the database: one backup holds all, one policy guards it."""

    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_by = models.UUIDField(null=True)
    added_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PaperQuerySet] = PapersInPlace()
    with_removed: ClassVar[PaperQuerySet] = PaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["added_at", "id"]
