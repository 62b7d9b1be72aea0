"""A meeting is a gathering: one body, one date, one place, one attendance, one minutes; with parts."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import end_of_second_day_after, local_date, month_start, now, period_name, today
from chibo.lib.uuid7 import uuid7
from chibo.members.models import PartyGroup, Person
from chibo.orgs.models import Organisation


class Body(models.TextChoices):
    """Who meets: the whole cell, or its committee (chi ủy), which has readers and numbers of its own."""

    CELL = "cell", "Chi bộ"
    COMMITTEE = "committee", "Chi ủy"


class State(models.TextChoices):
    """How far a meeting has come. A cache: each state follows from rows that say who did it and when."""

    DRAFT = "draft", "đang chuẩn bị"
    ANNOUNCED = "announced", "đã thông báo"
    OPEN = "open", "đang họp"
    CLOSED = "closed", "đã họp, chưa ký biên bản"
    SIGNED = "signed", "đã ký biên bản"
    CANCELLED = "cancelled", "đã hủy"


# A meeting that is going on has not been held yet; nor is its cell late: its room was opened (domain.md 2.8).
HELD = (State.CLOSED, State.SIGNED)


def begins_at(through: str = "") -> Coalesce:
    """`Meeting.begins_at` in the database; everything is ordered by it. through: the way to the meeting."""
    return Coalesce(f"{through}opened_at", f"{through}starts_at")


def day_of(starts_at: datetime, opened_at: datetime | None) -> date:
    """The day of a meeting, Vietnamese time: on which its room was opened, and until then for which it is planned."""
    return local_date(opened_at or starts_at)


def groups_held(states: Collection[str], gatherings: int) -> str:
    """ "1/3 tổ đã họp": of a period that is held by groups; empty once all its gatherings were held (domain.md 1.6).

    states: of the gatherings that were not cancelled. gatherings: how many there were to be.
    """
    held = sum(one in HELD for one in states)
    return f"{held}/{gatherings} tổ đã họp" if held < gatherings else ""


class MeetingQuerySet(GuardedQuerySet["Meeting"]):
    """Questions about the meetings of a cell."""

    def regular(self) -> Self:
        """Meetings with a regular part: the monthly ones."""
        return self.filter(parts__kind=Part.Kind.REGULAR)

    def in_turn(self) -> Self:
        """In the order in which they began, or are to begin."""
        return self.annotate(begins=begins_at()).order_by("begins", "id")

    def before(self, meeting: "Meeting") -> Self:
        """Those that began before another, or are to."""
        return self.annotate(begins=begins_at()).filter(begins__lt=meeting.begins_at).exclude(pk=meeting.pk)


class Meeting(models.Model):
    """One gathering of a cell or its committee, through its three phases: prepare, hold, after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meetings")
    body = models.CharField(max_length=10, choices=Body.choices, default=Body.CELL)
    period = models.DateField(help_text="the first day of the month that it is for; a choice, not its date")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    chair = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    clerk = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    # Opening names others, and may have been a mistake: then the meeting is as it was.
    planned_chair = models.UUIDField(null=True, help_text="who was to preside, as far as it was said before it opened")
    planned_clerk = models.UUIDField(null=True, help_text="who was to minute it, likewise")
    previous = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="followed_by")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    held_on_paper = models.BooleanField(
        default=False, help_text="ghi lại buổi đã họp: held without Chibo, entered later"
    )
    purpose = models.TextField("mục đích, yêu cầu", blank=True)
    online_reason = models.CharField(
        max_length=300, blank=True, default="", db_default="", help_text="why it is held online; empty: it is not"
    )
    online_document = models.CharField(
        max_length=300, blank=True, default="", db_default="", help_text="which paper allows that: number, day, issuer"
    )
    # Plain numbers and texts beside the key: whoever reads the schedule need not read the group, and it may be renamed.
    group = models.ForeignKey(
        PartyGroup,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="the group that gathers, where a period is held by groups; empty: the whole cell",
    )
    group_name = models.CharField(max_length=120, blank=True, default="", db_default="", help_text="as it was then")
    gatherings = models.SmallIntegerField(default=1, db_default=1, help_text="into how many its period was split")
    groups_reason = models.CharField(
        max_length=300, blank=True, default="", db_default="", help_text="why the cell meets by groups"
    )
    groups_document = models.CharField(
        max_length=300, blank=True, default="", db_default="", help_text="which paper allows that: number, day, issuer"
    )
    version = models.PositiveIntegerField(default=1, help_text="raised by each change of the programme")
    announced_at = models.DateTimeField(null=True, help_text="members see the programme from then")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True, help_text="minutes open to the follower from then")
    reported_at = models.DateTimeField(null=True, help_text="resolution open to the committee above from then")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    aborted_why = models.CharField(
        max_length=300, blank=True, help_text="hoãn giữa chừng: closed before its end, for this reason"
    )
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=now)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "cell", "body"], name="meeting_with_cell_and_body"),
        ]
        indexes = [
            models.Index(fields=["cell", "body", "-starts_at"]),
            models.Index(fields=["period", "cell"]),
        ]

    @property
    def keys(self) -> dict[str, Any]:
        """What every row under this meeting carries: `Remark.objects.create(**meeting.keys, …)`."""
        return {"meeting_id": self.pk, "cell_id": self.cell_id, "body": self.body}

    @property
    def day(self) -> date:
        """The day of the meeting, wherever it is shown: see `day_of`."""
        return day_of(self.starts_at, self.opened_at)

    @property
    def begins_at(self) -> datetime:
        """When it began; until its room is opened, when it is to begin."""
        return self.opened_at or self.starts_at

    @property
    def planned_day(self) -> date:
        """The day for which it was planned: for what was prepared, and what had to be done before it."""
        return local_date(self.starts_at)

    @property
    def title(self) -> str:
        """What it is called: "Họp chi bộ tháng 12/2026", "Họp tổ đảng số 2, tháng 12/2026"."""
        if self.group_words:
            return f"Họp {self.group_words}, {period_name(self.period)}"
        who = "Họp chi ủy" if self.body == Body.COMMITTEE else "Họp chi bộ"
        return f"{who} {period_name(self.period)}"

    @property
    def group_words(self) -> str:
        """The group that gathers, inside a sentence: "tổ đảng số 2"; empty where the whole cell or chi ủy meets."""
        name = self.group_name
        if not name:
            return ""
        return name[0].lower() + name[1:] if name.lower().startswith("tổ ") else f"tổ đảng {name}"

    @property
    def who(self) -> str:
        """Who meets, as papers name them: "Chi bộ thôn Phú Hòa", "Tổ đảng số 2 của Chi bộ thôn Phú Hòa"."""
        if self.body == Body.COMMITTEE:
            return "Chi ủy"
        group = self.group_words
        return f"{capfirst(group)} của {self.cell.name}" if group else self.cell.name

    @property
    def is_online(self) -> bool:
        """Whether it is held online; only with a reason and the paper that allows it (domain.md 1.6)."""
        return bool(self.online_reason)

    @property
    def reasons(self) -> list[str]:
        """Why it is not held as others are: an extraordinary one, by groups, one online; notice and minutes say it."""
        said = []
        if self.purpose and any(part.kind == Part.Kind.EXTRAORDINARY for part in self.parts.all()):
            said.append(f"Lý do họp bất thường: {self.purpose.rstrip('. ')}.")
        if self.groups_reason:
            why, paper = self.groups_reason.rstrip(". "), self.groups_document.rstrip(". ")
            said.append(f"Họp theo tổ đảng. Lý do: {why}. Văn bản cho phép: {paper}.")
        if self.is_online:
            why, paper = self.online_reason.rstrip(". "), self.online_document.rstrip(". ")
            said.append(f"Họp trực tuyến. Lý do: {why}. Văn bản cho phép: {paper}.")
        return said

    @property
    def is_known(self) -> bool:
        """Whether members have its notice: sent, and the minute in which it can be cancelled is over."""
        return self.announced_at is not None and self.announced_at <= now()

    @property
    def is_before(self) -> bool:
        """Whether it is still to be held."""
        return self.state in (State.DRAFT, State.ANNOUNCED)

    @property
    def is_over(self) -> bool:
        """Whether it has been held."""
        return self.state in HELD

    @property
    def length_minutes(self) -> int | None:
        """How long it lasted, in whole minutes; None before its end, and where clocks have it end before it began."""
        if self.opened_at is None or self.closed_at is None or self.closed_at < self.opened_at:
            return None
        return int((self.closed_at - self.opened_at).total_seconds() // 60)

    @property
    def posting_due(self) -> datetime:
        """Finished papers are posted through the end of the second day after (domain.md 2.8)."""
        return end_of_second_day_after(self.day)

    @property
    def days_to_go(self) -> int:
        """Whole days from today to the planned day; negative once it is past."""
        return (self.planned_day - today()).days

    def follow_day(self) -> None:
        """Set the month that it is for: that of its day, for a thematic or extraordinary meeting by itself.

        A regular meeting, and one of chi ủy, is for the month that was chosen (rule `definition_period`).
        """
        month = month_start(self.day)
        chosen = (Part.Kind.REGULAR, Part.Kind.COMMITTEE)
        if self.period != month and not self.parts.filter(kind__in=chosen).exists():
            self.period = month

    @property
    def when(self) -> str:
        """How it stands today, inside a sentence: "còn 3 ngày", "đang họp"."""
        if self.state == State.CANCELLED:
            return "đã hủy"
        if not self.is_before:
            ended = "hoãn giữa chừng" if self.aborted_why else "đã họp"
            return ended if self.is_over else "đang họp"
        if self.held_on_paper:
            return "chưa ghi lại"
        days = self.days_to_go
        return f"còn {days} ngày" if days > 0 else "hôm nay" if days == 0 else "đã qua ngày, chưa họp"


class MeetingRow(models.Model):
    """A row under a meeting. Its cell and body repeat the meeting's; a composite key holds them equal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="%(class)s_rows")
    cell = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=10, choices=Body.choices)

    class Meta:
        abstract = True


class PartQuerySet(GuardedQuerySet["Part"]):
    """Parts of meetings."""


class Part(MeetingRow):
    """A part of a gathering: regular, thematic… Its kind and length belong to it, not to the gathering."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "thường kỳ"
        THEMATIC = "thematic", "chuyên đề"
        EXTRAORDINARY = "extraordinary", "bất thường"
        COMMITTEE = "committee", "chi ủy"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=1)
    theme = models.CharField(max_length=300, blank=True)

    objects: ClassVar[PartQuerySet] = PartQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="part_in_its_place")]


class PostponementQuerySet(GuardedQuerySet["Postponement"]):
    """Postponements of meetings."""


class Postponement(MeetingRow):
    """A meeting moved to another day, with the reason; a postponed cell is not late (domain.md 2.8)."""

    was_at = models.DateTimeField()
    now_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    objects: ClassVar[PostponementQuerySet] = PostponementQuerySet.as_manager()  # type: ignore[assignment]
