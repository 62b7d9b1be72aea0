"""Announcing a meeting: who was told and how, who comes, prepared opinions, the committee's own preparation."""

from typing import ClassVar

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import now
from chibo.meetings.models.agenda import AgendaItem
from chibo.meetings.models.gathering import MeetingRow
from chibo.meetings.models.record import Reason
from chibo.members.models import Person


class AnnouncementQuerySet(GuardedQuerySet["Announcement"]):
    """Announcements."""


class Announcement(MeetingRow):
    """A notice sent to members and follower. For one minute it can be cancelled; afterwards a correction is sent."""

    number = models.PositiveSmallIntegerField(help_text="1 is the notice, from 2 on corrections")
    text = models.TextField(help_text="as sent: time, place, and what has changed")
    facts = models.JSONField(default=dict, help_text="day, place, items, questions as sent: what a correction changes")
    sent_at = models.DateTimeField(default=now)
    effective_at = models.DateTimeField(help_text="seen by others from then; until then it can be cancelled")
    sent_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects: ClassVar[AnnouncementQuerySet] = AnnouncementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["number"]


class InviteeQuerySet(GuardedQuerySet["Invitee"]):
    """Invited people."""


class Invitee(MeetingRow):
    """One invited person: seen on the screen, or told in person; coming or not. Nothing is assumed."""

    class Answer(models.TextChoices):
        COMING = "coming", "Sẽ dự"
        ABSENT = "absent", "Xin vắng"

    class Way(models.TextChoices):
        """How someone without the app was told."""

        IN_PERSON = "in_person", "Gặp trực tiếp"
        PHONE = "phone", "Gọi điện"
        PAPER = "paper", "Giấy mời"
        ZALO = "zalo", "Zalo"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_to_meetings")
    is_follower = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_way = models.CharField(max_length=20, choices=Way.choices, blank=True)
    told_by = models.UUIDField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason_text = models.CharField(max_length=200, blank=True, help_text="for the committee only; erased at signing")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    objects: ClassVar[InviteeQuerySet] = InviteeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="invited_once")]


class OpinionQuerySet(GuardedQuerySet["Opinion"]):
    """Prepared opinions."""


class Opinion(MeetingRow):
    """A member's prepared opinion: private until handed in, erased at signing unless read out (M12)."""

    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="opinions")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=now)
    handed_in_at = models.DateTimeField(null=True)

    objects: ClassVar[OpinionQuerySet] = OpinionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item", "author"], name="one_opinion_an_item"),
        ]


class PostingQuerySet(GuardedQuerySet["Posting"]):
    """Postings to the national handbook app."""


class Posting(MeetingRow):
    """ "Đã đăng Sổ tay đảng viên điện tử lúc …": papers before the meeting, or finished papers after it."""

    class What(models.TextChoices):
        BEFORE = "before", "Tài liệu trước buổi họp"
        AFTER = "after", "Tài liệu sau buổi họp"

    what = models.CharField(max_length=10, choices=What.choices)
    posted_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(default=now)

    objects: ClassVar[PostingQuerySet] = PostingQuerySet.as_manager()  # type: ignore[assignment]


class ConsultationQuerySet(GuardedQuerySet["Consultation"]):
    """Consultations before meetings."""


class Consultation(MeetingRow):
    """Hội ý: where a cell has no committee, secretary and deputy confer before the meeting (domain.md 2.1)."""

    held_at = models.DateTimeField()
    participants = models.CharField(max_length=300)
    agreed = models.TextField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(default=now)

    objects: ClassVar[ConsultationQuerySet] = ConsultationQuerySet.as_manager()  # type: ignore[assignment]
