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
    form = models.SmallIntegerField(db_default=1, help_text="by which rules `root` was made; minutes.digests")
    root = models.BinaryField(null=True, help_text="what the signatures sign: digest over what `form` covers")
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
        FIGURES = "figures", "Số liệu ký cùng biên bản"

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
    """Đính chính: a correction after signing, numbered, signed by both; the first text is never changed.

    Its class is that of what it corrects. fact, field: of a correction of one fact, its row and column as
    `minutes.correctable` names them; old_value, new_value: in words, as papers say them.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="annotations")
    number = models.PositiveSmallIntegerField()
    section_key = models.CharField(max_length=40, blank=True)
    data_class = models.CharField(
        max_length=20,
        choices=MinutesSection.DataClass.choices,
        default=MinutesSection.DataClass.DISCUSSION,
        db_default=MinutesSection.DataClass.DISCUSSION.value,
    )
    fact = models.CharField(max_length=80, blank=True, default="", db_default="")
    field = models.CharField(max_length=40, blank=True, default="", db_default="")
    fact_name = models.CharField(max_length=700, blank=True, default="", db_default="", help_text="both in words")
    old_value = models.CharField(max_length=300, blank=True, default="", db_default="")
    new_value = models.CharField(max_length=300, blank=True, default="", db_default="")
    text = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField(default=now)

    objects: ClassVar[AnnotationQuerySet] = AnnotationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="annotation_number_once")]


class DigestListQuerySet(GuardedQuerySet["DigestList"]):
    """Lists of digests."""


class DigestList(MeetingRow):
    """What a root or a seal covers: of each row its salt and digests, never its content (minutes.digests).

    annotation: of that correction; empty: of the minutes themselves.
    """

    class Covers(models.TextChoices):
        """What of a meeting stands in it, and who vouches for it."""

        ROOT = "root", "chữ ký"
        SEAL = "seal", "niêm phong khi đủ chữ ký"
        WHOLE = "whole", "niêm phong của hệ thống sau khi nâng cấp"

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="digest_lists")
    annotation = models.ForeignKey(Annotation, null=True, on_delete=models.CASCADE, related_name="digest_lists")
    covers = models.CharField(max_length=10, choices=Covers.choices)
    form = models.PositiveSmallIntegerField()
    rows = models.JSONField(help_text="of each row: table, id, salt, digest, a mark of each column")
    digest = models.BinaryField(help_text="over the digests of the rows")

    objects: ClassVar[DigestListQuerySet] = DigestListQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "annotation", "covers"], name="each_list_once", nulls_distinct=False
            )
        ]
