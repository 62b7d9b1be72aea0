"""Requests about one's own data, and the register of breaches."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import now, today
from chibo.lib.uuid7 import uuid7
from chibo.members.models import Person
from chibo.orgs.models import Organisation


class DataRequestQuerySet(GuardedQuerySet["DataRequest"]):
    """Requests about data."""

    def waiting(self) -> Self:
        """Neither answered nor withdrawn."""
        return self.filter(answered_at=None, withdrawn_at=None)

    def overdue(self, day: date) -> Self:
        """Waiting for an answer, or for a word that it came, past its day."""
        unread = models.Q(acknowledged_at=None, acknowledge_by__lt=day)
        return self.waiting().filter(models.Q(answer_by__lt=day) | unread)

    def in_order(self) -> Self:
        """What must be answered first."""
        return self.order_by("answer_by", "made_at")


class DataRequest(models.Model):
    """What a person asks about their own data, with its clock (Nghị định 356/2025/NĐ-CP, Điều 5).

    answerer: who must answer: the cell, or the committee above where it concerns the cell's secretary. The two days are
    reckoned when it is made, by the rules and holidays of that day, and do not move afterwards.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", "Xem, nhận bản sao"
        CORRECTION = "correction", "Sửa cho đúng"
        RESTRICTION = "restriction", "Hạn chế sử dụng"
        WITHDRAWAL = "withdrawal", "Rút lại sự đồng ý"
        DELETION = "deletion", "Xóa"

    class Subject(models.TextChoices):
        """Which data; decides what an acceptance does by itself, and which refusal is offered."""

        CONTACT = "contact", "Số điện thoại"
        DETAILS = "details", "Họ tên, năm sinh, mã đảng viên"
        MEMBERSHIP = "membership", "Sinh hoạt đảng, chức vụ"
        MINUTES = "minutes", "Biên bản, nghị quyết đã ký"
        WORK = "work", "Công việc, tiến độ"
        ACCOUNT = "account", "Tài khoản, thiết bị đăng nhập"
        OTHER = "other", "Việc khác"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Chấp nhận"
        REFUSED = "refused", "Không chấp nhận"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    answerer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField(max_length=20, choices=Subject.choices)
    text = models.TextField(blank=True, help_text="in the person's own words; erased after its time")
    made_at = models.DateTimeField(default=now)
    written_by = models.UUIDField(null=True, help_text="who wrote it down for someone without a device")
    acknowledge_by = models.DateField(help_text="the last day to say that it came")
    answer_by = models.DateField(help_text="the last day to answer")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[DataRequestQuerySet] = DataRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """An answer has its outcome; waiting requests are found by their day."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="data_request_answered_with_outcome",
                condition=models.Q(answered_at=None, outcome="") | ~models.Q(answered_at=None) & ~models.Q(outcome=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["answerer", "answer_by"],
                name="data_request_waiting",
                condition=models.Q(answered_at=None, withdrawn_at=None),
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Neither answered nor withdrawn."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def days_late(self) -> int:
        """Days gone since its last day without an answer; 0 while it has not passed."""
        return max(0, (today() - self.answer_by).days) if self.is_waiting else 0

    @property
    def is_unread_too_long(self) -> bool:
        """Whether nobody has said in time that it came."""
        return self.is_waiting and self.acknowledged_at is None and self.acknowledge_by < today()


class BreachEntryQuerySet(GuardedQuerySet["BreachEntry"]):
    """Lines of the register of breaches."""

    def newest(self) -> Self:
        """The last version of each breach, the newest breach first."""
        last = self.model._default_manager.filter(breach=models.OuterRef("breach")).order_by("-version")
        return self.filter(pk=models.Subquery(last.values("pk")[:1])).order_by("-number")


class BreachEntry(models.Model):
    """A line of the register of breaches: one version of what is known of one. Append-only; a correction is a new one.

    Luật 91/2025/QH15, Điều 23: the authority (A05, Bộ Công an) is told within 72 hours of the finding. Kept by the
    administrator and the province's officer; nobody else reads it.
    """

    class DataKind(models.TextChoices):
        """Which data it touched."""

        MEMBERS = "members", "Danh sách đảng viên"
        CONTACT = "contact", "Số điện thoại"
        MEETINGS = "meetings", "Biên bản, nội dung họp"
        RESOLUTIONS = "resolutions", "Nghị quyết, công việc"
        ACCOUNTS = "accounts", "Tài khoản, mật khẩu"
        BACKUPS = "backups", "Bản sao lưu"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    breach = models.UUIDField(help_text="the same for all versions")
    number = models.PositiveIntegerField(help_text="in the register")
    version = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    detected_at = models.DateTimeField()
    what = models.TextField(help_text="what happened; no names")
    data_kinds = models.JSONField(default=list)
    people_about = models.PositiveIntegerField(null=True, help_text="empty while not known")
    measures = models.TextField(blank=True)
    authority_told_at = models.DateTimeField(null=True)
    persons_told_at = models.DateTimeField(null=True)
    why_corrected = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(default=now)
    written_by = models.UUIDField(null=True, help_text="the person")
    written_by_account = models.UUIDField(null=True, help_text="the administrator's account")

    objects: ClassVar[BreachEntryQuerySet] = BreachEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One line a version."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["breach", "version"], name="breach_version_once"),
            models.UniqueConstraint(fields=["number"], name="breach_number_once", condition=models.Q(version=1)),
        ]

    def deadline(self, hours: int) -> datetime:
        """The last moment to tell the authority: hours from the finding, nights and holidays included."""
        return self.detected_at + timedelta(hours=hours)

    @property
    def kinds_in_words(self) -> str:
        """Which data, as a sentence lists them."""
        labels = dict(self.DataKind.choices)
        return ", ".join(labels[one].lower() for one in self.data_kinds if one in labels)
