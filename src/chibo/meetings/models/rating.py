"""What of a meeting's score outlives its signing: one row a meeting, read by more people than its minutes (M21)."""

from typing import ClassVar

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.meetings.models.gathering import MeetingRow


def grade_words(lowest: str, highest: str) -> str:
    """ "Tốt", or "Khá hoặc Tốt" where it depends on what is not due yet; empty where the table has no word."""
    if lowest == highest:
        return lowest
    return f"{lowest} hoặc {highest}" if lowest and highest else ""


class RatingQuerySet(GuardedQuerySet["Rating"]):
    """Ratings of meetings."""


class Rating(MeetingRow):
    """The cell's own score of a meeting, as signed with its minutes. Points are hundredths.

    lowest, highest: the grade; they differ where it depends on what was not due at the signing. lines: of each
    criterion its words, points, evidence and reason, as the annex of the minutes has them.
    """

    period = models.DateField(help_text="the month that the meeting was for")
    rubric = models.CharField(max_length=100, help_text="key of the table by which the cell scored")
    title = models.CharField(max_length=300)
    source = models.TextField(blank=True)
    total = models.PositiveIntegerField()
    due = models.PositiveIntegerField(help_text="the most that could be had by the signing")
    lowest = models.CharField(max_length=100, blank=True)
    highest = models.CharField(max_length=100, blank=True)
    lines = models.JSONField()
    reported_at = models.DateTimeField(null=True)

    objects: ClassVar[RatingQuerySet] = RatingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting"], name="one_rating_a_meeting")]
        indexes = [models.Index(fields=["cell", "period"])]

    @property
    def grade(self) -> str:
        """The grade in words."""
        return grade_words(self.lowest, self.highest)
