"""What the IT officer is shown of the machine's own work: runs of jobs, without any content."""

from typing import ClassVar, Self

from django.db import models

from chibo.lib.dates import now


class JobRunQuerySet(models.QuerySet["JobRun"]):
    """Runs by what came of them."""

    def under_way(self) -> Self:
        """Begun and not ended."""
        return self.filter(ended_at=None)

    def succeeded(self) -> Self:
        """Ended without an error."""
        return self.exclude(ended_at=None).filter(error="")


class JobRun(models.Model):
    """One try at a job. The queue's own rows are cleared after a month; these keep what came of it."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    queued_id = models.BigIntegerField(null=True, help_text="the job in the queue; empty when run at the terminal")
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=120, default="", help_text="what a long one is doing, a fixed phrase")
    error = models.CharField(max_length=120, default="", help_text="the kind of the error, never its message")
    figures = models.JSONField(default=dict, help_text="numbers alone")

    objects: ClassVar[JobRunQuerySet] = JobRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["name", "-started_at"]), models.Index(fields=["queued_id"])]
