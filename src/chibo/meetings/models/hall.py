"""The hall's own check-in: four digits that stand on the wall."""

from typing import ClassVar

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.lib.dates import now
from chibo.meetings.models.gathering import MeetingRow


class CheckInQuerySet(GuardedQuerySet["CheckIn"]):
    """Codes of meetings."""


class CheckIn(MeetingRow):
    """The code of a meeting's own check-in while it is open; removed when it closes, and at signing.

    Only keepers read it; whoever enters four digits has them compared inside the database (access.hall_functions).
    """

    code = models.CharField(max_length=4)
    opened_at = models.DateTimeField(default=now, help_text="since this code stands on the wall")
    tries = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="wrong attempts with this code")
    wrong = models.JSONField(default=dict, help_text="wrong attempts by person, with this code")

    objects: ClassVar[CheckInQuerySet] = CheckInQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting"], name="one_code_a_meeting")]
