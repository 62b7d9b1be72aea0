"""What screens read of a meeting while it is held: written with each entry, rebuilt from the log at will."""

from typing import ClassVar

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.meetings.models.agenda import AgendaItem
from chibo.meetings.models.gathering import MeetingRow
from chibo.members.models import Membership, Person


class Reason(models.TextChoices):
    """The few categories of absence that minutes print; the words stay with the committee (never hold 6)."""

    HEALTH = "health", "sức khỏe"
    WORK = "work", "công tác"
    FAMILY = "family", "việc gia đình"
    AWAY = "away", "đi xa"
    UNKNOWN = "unknown", "chưa rõ lý do"
    NONE = "none", "không lý do (chi bộ đã kết luận)"


class AttendanceQuerySet(GuardedQuerySet["Attendance"]):
    """Rolls of meetings."""


class Attendance(MeetingRow):
    """One line of the roll. Made at opening from the roster, with no state: nobody is present by default."""

    class State(models.TextChoices):
        PRESENT = "present", "có mặt"
        ABSENT = "absent", "vắng"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Membership.Kind.choices)
    exempt = models.BooleanField(default=False)
    away = models.BooleanField(default=False)
    suspended = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, blank=True)
    late_minutes = models.PositiveSmallIntegerField(null=True)
    left_early = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason_text = models.CharField(max_length=200, blank=True)
    reason_salt = models.BinaryField(null=True, help_text="erased together with the words")
    reason_digest = models.BinaryField(null=True, help_text="of the words as signed; stays when they are erased")
    marked_by = models.UUIDField(null=True)

    objects: ClassVar[AttendanceQuerySet] = AttendanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="on_the_roll_once")]

    @property
    def expected(self) -> bool:
        """Whether the person was called: not exempt, away or suspended."""
        return not (self.exempt or self.away or self.suspended)


class GuestQuerySet(GuardedQuerySet["Guest"]):
    """Guests of meetings."""


class Guest(MeetingRow):
    """A guest in the room: a delegate of the committee above, a head of a mass organisation."""

    name = models.CharField(max_length=120)
    office = models.CharField(max_length=160, blank=True)

    objects: ClassVar[GuestQuerySet] = GuestQuerySet.as_manager()  # type: ignore[assignment]


class RemarkQuerySet(GuardedQuerySet["Remark"]):
    """Remarks of meetings."""


class Remark(MeetingRow):
    """One paragraph of what one person said to one item. Its id is the id of its entry."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="remarks")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    guest_name = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    presenting = models.BooleanField(default=False, help_text="presenting is not speaking (domain.md 2.8)")
    is_answer = models.BooleanField(default=False, help_text="the chair explains or concludes the item")
    opinion_id = models.UUIDField(null=True, help_text="the handed-in opinion that was read out")
    order = models.BigIntegerField()
    said_at = models.DateTimeField(null=True)
    written_by = models.UUIDField()

    objects: ClassVar[RemarkQuerySet] = RemarkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["order", "id"]


class VoteQuerySet(GuardedQuerySet["Vote"]):
    """Votes of meetings."""


class Vote(MeetingRow):
    """A show of hands: counts only, with the base frozen as persons and reasons. No name of any voter."""

    class Subject(models.TextChoices):
        RESOLUTION = "resolution", "nghị quyết"
        CONCLUSION = "conclusion", "kết luận"
        AGENDA = "agenda", "chương trình"
        DIFFERING = "differing", "ý kiến khác"
        CANDIDATE = "candidate", "nhân sự"
        OTHER = "other", "nội dung khác"

    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="votes")
    subject = models.CharField(max_length=20, choices=Subject.choices)
    title = models.CharField(max_length=300)
    base = models.JSONField(help_text="who counts and why, as frozen with the vote")
    base_size = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    in_favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    order = models.BigIntegerField()

    objects: ClassVar[VoteQuerySet] = VoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["order", "id"]
