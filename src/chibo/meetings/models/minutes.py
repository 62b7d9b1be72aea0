"""Signed minutes: ordered sections, each with its class and digest; corrected by annotation only."""

from typing import ClassVar

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import now
from chibo.meetings.models.gathering import MeetingRow
from chibo.members.models import Person


class MinutesQuerySet(GuardedQuerySet["Minutes"]):
    """Minutes."""


class Minutes(MeetingRow):
    """The minutes of a meeting as read back. Sections are frozen at the first signature; two signatures sign them."""

    read_at = models.DateTimeField(null=True, help_text="read back to the meeting and approved")
    number = models.PositiveIntegerField(null=True)
    outline = models.JSONField(default=list, help_text="key, title and class of each section, without text")
    root = models.BinaryField(null=True, help_text="digest over the sections' digests")
    frozen_at = models.DateTimeField(null=True)

    objects: ClassVar[MinutesQuerySet] = MinutesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting"], name="one_minutes_a_meeting")]
        verbose_name_plural = "minutes"


class MinutesSectionQuerySet(GuardedQuerySet["MinutesSection"]):
    """Sections of minutes."""


class MinutesSection(MeetingRow):
    """One section of signed minutes: its class says who may read it (design.md section 4)."""

    class DataClass(models.TextChoices):
        DISCUSSION = "discussion", "Diễn biến"
        SELF_CRITICISM = "self_criticism", "Tự phê bình và phê bình"

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    data_class = models.CharField(max_length=20, choices=DataClass.choices)
    content = models.JSONField(help_text="blocks of documents.blocks, with the ids of speakers")
    salt = models.BinaryField()
    digest = models.BinaryField()

    objects: ClassVar[MinutesSectionQuerySet] = MinutesSectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["minutes", "position"], name="section_in_its_place")]


class SignatureQuerySet(GuardedQuerySet["Signature"]):
    """Signatures."""


class Signature(MeetingRow):
    """ "Ký" in Chibo: confirm and freeze, on one's own sign-in (domain.md 2.8)."""

    class Role(models.TextChoices):
        CLERK = "clerk", "Người ghi biên bản"
        CHAIR = "chair", "Chủ trì"

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="signatures")
    annotation = models.ForeignKey("Annotation", null=True, on_delete=models.CASCADE, related_name="signatures")
    role = models.CharField(max_length=10, choices=Role.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=now)
    root = models.BinaryField()

    objects: ClassVar[SignatureQuerySet] = SignatureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "annotation", "role"], name="each_role_signs_once", nulls_distinct=False
            )
        ]


class AnnotationQuerySet(GuardedQuerySet["Annotation"]):
    """Annotations."""


class Annotation(MeetingRow):
    """Đính chính: a correction after signing, numbered, signed by both; the first text is never changed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="annotations")
    number = models.PositiveSmallIntegerField()
    section_key = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField(default=now)

    objects: ClassVar[AnnotationQuerySet] = AnnotationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="annotation_number_once")]
