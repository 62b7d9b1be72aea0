"""Resolutions and conclusions, and the tasks in them: assigned, dated, followed up, reviewed (M9, M10, M16)."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import days_late, now, today
from chibo.lib.uuid7 import uuid7
from chibo.meetings.models import Body, Meeting, MeetingRow, State, Vote
from chibo.members.models import Person
from chibo.orgs.models import Organisation, Succession


class ResolutionQuerySet(GuardedQuerySet["Resolution"]):
    """Resolutions and conclusions."""


class WrittenParts(models.Model):
    """The parts of a resolution that people write (domain.md 3.4)."""

    ideology = models.TextField("I.1 Chính trị tư tưởng", blank=True)
    political_tasks = models.TextField("I.2 Nhiệm vụ chính trị", blank=True)
    praise = models.TextField("I.4 Biểu dương, nhắc nhở", blank=True)
    shortcomings = models.TextField("I.5 Hạn chế, khuyết điểm và nguyên nhân", blank=True)
    direction = models.TextField("II Phương hướng", blank=True)
    implementation = models.TextField("III Phân công và tổ chức thực hiện", blank=True)

    class Meta:
        abstract = True


class Resolution(MeetingRow, WrittenParts):
    """What a meeting decided. Every meeting ends in at least a conclusion (domain.md 2.4)."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", "Nghị quyết"
        CONCLUSION = "conclusion", "Kết luận"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="resolutions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    period = models.DateField(help_text="the month whose work it leads")
    number = models.PositiveIntegerField(null=True, help_text="taken at signing")
    conclusion = models.TextField("Kết luận của chủ trì", blank=True)
    vote = models.ForeignKey(Vote, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    signed_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)

    objects: ClassVar[ResolutionQuerySet] = ResolutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting"], name="one_resolution_a_meeting")]


class TaskQuerySet(GuardedQuerySet["Task"]):
    """Tasks of a cell."""

    def given(self) -> Self:
        """Tasks that a closed meeting gave; drafts of a meeting still held are not."""
        return self.filter(given_at__isnull=False)

    def of_meeting(self, meeting: Meeting) -> Self:
        """What a meeting gives: drafts too, as long as it is held; not what it has taken back."""
        return self.filter(meeting=meeting, withdrawn_at__isnull=True)

    def open(self) -> Self:
        """Given and not yet settled by a meeting."""
        return self.given().filter(settled_at__isnull=True)

    def in_care_of(self, cell: Organisation | UUID) -> Self:
        """Of a cell, and of those whose records it keeps: what a merged cell left open is its successor's to follow."""
        kept = Succession.objects.filter(successor=cell, keeps_archive=True).values("predecessor_id")
        return self.filter(models.Q(cell=cell) | models.Q(cell_id__in=kept))

    def overdue(self, day: date | None = None) -> Self:
        """Open, and past the end of its deadline's day."""
        return self.open().filter(due__lt=day or today())


class Task(MeetingRow):
    """One task: what, who leads, who helps, by when, how it is checked. Its id is the id of its entry.

    due and settled_at are a cache, reckoned from the reviews of all meetings (`access.decision_functions`).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="tasks")
    resolution = models.ForeignKey(Resolution, null=True, on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(max_length=500)
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    helpers = models.ManyToManyField(Person, through="TaskHelper", related_name="+")
    helpers_text = models.CharField(max_length=200, blank=True, help_text="bodies that help: Ban công tác Mặt trận")
    due = models.DateField(help_text="its deadline now")
    first_due = models.DateField(null=True, help_text="the deadline that the meeting which gave it set")
    how_checked = models.CharField(max_length=300, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="carried_to")
    order = models.BigIntegerField()
    given_at = models.DateTimeField(null=True, help_text="when the meeting that gave it closed")
    withdrawn_at = models.DateTimeField(
        null=True, help_text="when its meeting took it back; kept where others have spoken of it"
    )
    settled_at = models.DateTimeField(null=True, help_text="when a meeting found it done, and none has said otherwise")
    reported_at = models.DateTimeField(null=True)

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["cell", "due"])]

    @property
    def days_late(self) -> int:
        """Days past the deadline today; 0 when in time (domain.md 2.8)."""
        return max(0, days_late(self.due, today()))

    @property
    def days_late_text(self) -> str:
        """ "4 ngày"."""
        return f"{self.days_late} ngày"


class TaskRow(models.Model):
    """A row under a task; carries meeting, cell and body for the policies."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=10, choices=Body.choices)

    class Meta:
        abstract = True


class TaskHelper(TaskRow):
    """A member who helps with a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="helper_rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="helps_once")]


class Milestone(TaskRow):
    """A step on the way of a task that lasts over a month (M10)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="milestones")
    what = models.CharField(max_length=300)
    due = models.DateField()

    class Meta:
        ordering = ["due", "id"]


class ProgressQuerySet(GuardedQuerySet["Progress"]):
    """Progress of tasks."""


class Progress(TaskRow):
    """What the owner says of a task, or someone for the owner, marked as such (M16)."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", "Chưa làm"
        UNDER_WAY = "under_way", "Đang làm"
        DONE = "done", "Đã xong"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    state = models.CharField(max_length=20, choices=State.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[ProgressQuerySet] = ProgressQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "progress"


class ReminderQuerySet(GuardedQuerySet["Reminder"]):
    """Reminders."""


class Reminder(TaskRow):
    """ "Nhắc": the committee reminds the owner; shown on the owner's home page."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    objects: ClassVar[ReminderQuerySet] = ReminderQuerySet.as_manager()  # type: ignore[assignment]


class DraftedResolutionQuerySet(GuardedQuerySet["DraftedResolution"]):
    """Drafts of resolutions."""


class DraftedResolution(MeetingRow, WrittenParts):
    """What chi ủy brings along to be decided: the draft of the resolution before its meeting. Erased at signing."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="drafted_resolutions")
    paper_id = models.UUIDField(null=True, help_text="the paper as which it goes out; it does while that paper stands")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[DraftedResolutionQuerySet] = DraftedResolutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting"], name="one_draft_a_meeting")]


class DraftedTaskQuerySet(GuardedQuerySet["DraftedTask"]):
    """Tasks of drafts."""

    def standing_in(self, meeting: Meeting) -> Self:
        """Those of a meeting that were not taken off its draft."""
        return self.filter(meeting=meeting, removed_at=None)


class DraftedTask(MeetingRow):
    """A task of the draft. Who leads it, by when and how it is checked may still be open: the room decides."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="drafted_tasks")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=500)
    lead = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    helpers_text = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    how_checked = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="taken off; gone with the next one")

    objects: ClassVar[DraftedTaskQuerySet] = DraftedTaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "id"]


class ReviewQuerySet(GuardedQuerySet["Review"]):
    """Reviews of tasks by meetings."""

    def that_count(self) -> Self:
        """Those of closed meetings that were not broken off, in the order of the meetings."""
        over = self.filter(meeting__state__in=(State.CLOSED, State.SIGNED), meeting__aborted_why="")
        return over.order_by("meeting__opened_at", "meeting_id", "order")


class Review(MeetingRow):
    """A meeting's answer to an old task: done, partly, not; with cause, new deadline, or put off with reason (M9)."""

    class Result(models.TextChoices):
        DONE = "done", "Xong"
        PARTLY = "partly", "Một phần"
        NOT_DONE = "not_done", "Chưa"
        PUT_OFF = "put_off", "Chuyển kỳ sau"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reviews")
    result = models.CharField(max_length=20, choices=Result.choices)
    cause = models.CharField(max_length=500, blank=True)
    new_due = models.DateField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    due_then = models.DateField(help_text="the deadline that was reviewed")
    order = models.BigIntegerField()

    objects: ClassVar[ReviewQuerySet] = ReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "task"], name="reviewed_once_a_meeting")]


class MeetingFiguresQuerySet(GuardedQuerySet["MeetingFigures"]):
    """Figures of meetings."""


class MeetingFigures(MeetingRow):
    """What of a meeting goes up as figures: written at closing, counts only, no person (design.md section 4)."""

    period = models.DateField()
    held_on = models.DateField()
    expected = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField(null=True, help_text="empty: not known, the paper book does not say")
    length_minutes = models.PositiveSmallIntegerField()
    tasks_reviewed = models.PositiveSmallIntegerField()
    tasks_done = models.PositiveSmallIntegerField()
    tasks_given = models.PositiveSmallIntegerField()
    gatherings = models.SmallIntegerField(
        default=1, db_default=1, help_text="into how many gatherings of groups its period was split; 1: it was not"
    )

    objects: ClassVar[MeetingFiguresQuerySet] = MeetingFiguresQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting"], name="figures_once_a_meeting")]
        indexes = [models.Index(fields=["period", "cell"])]
        verbose_name_plural = "figures"

    def with_those_of(self, other: "MeetingFigures") -> "MeetingFigures":
        """The figures of two gatherings of one month, those of its groups, together; not to be saved."""
        both = self.present is not None and other.present is not None
        self.present = (self.present or 0) + (other.present or 0) if both else None
        names = ("expected", "tasks_reviewed", "tasks_done", "tasks_given")
        for name in names:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self
