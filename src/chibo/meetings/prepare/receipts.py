"""Who of the invited knows of a meeting, and what they answered: read once for the page, its next step, its receipt."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import QuerySet

from chibo.access.compiled import Compiled
from chibo.access.scope import NOBODY
from chibo.access.standing import Standing
from chibo.lib.dates import now
from chibo.meetings.models import Announcement, Invitee, Meeting
from chibo.meetings.prepare.texts import moment_key


@dataclass(frozen=True)
class Receipt:
    """One invited person."""

    id: UUID
    person_id: UUID
    is_follower: bool
    seen_at: datetime | None
    told_at: datetime | None
    answer: str


@dataclass(frozen=True)
class Notice:
    """One notice or correction that was not cancelled."""

    effective_at: datetime
    facts: dict[str, Any]


def _notices(_: Standing, meeting: UUID) -> QuerySet[Announcement, tuple[Any, ...]]:
    in_force = Announcement.objects.filter(meeting=meeting, cancelled_at=None)
    return in_force.order_by("-number").values_list("effective_at", "facts")


def _invited(_: Standing, meeting: UUID) -> QuerySet[Invitee, tuple[Any, ...]]:
    columns = ("pk", "person_id", "is_follower", "seen_at", "told_at", "answer")
    return Invitee.objects.filter(meeting=meeting).values_list(*columns)


_NOTICES, _INVITED = Compiled(_notices), Compiled(_invited)


@dataclass(frozen=True)
class Receipts:
    """The notices of a meeting, the newest first, and everyone invited."""

    notices: tuple[Notice, ...]
    invited: tuple[Receipt, ...]

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        """Read them, in two queries."""
        return cls(
            tuple(Notice(*row) for row in _NOTICES.rows(NOBODY, meeting.pk)),
            tuple(Receipt(*row) for row in _INVITED.rows(NOBODY, meeting.pk)),
        )

    @property
    def members(self) -> tuple[Receipt, ...]:
        """Those invited, without the follower from above."""
        return tuple(one for one in self.invited if not one.is_follower)

    @property
    def all(self) -> int:
        """How many members are invited."""
        return len(self.members)

    @property
    def know(self) -> int:
        """How many saw the notice or were told."""
        return sum(bool(one.seen_at or one.told_at) for one in self.members)

    @property
    def not_told(self) -> int:
        """How many neither saw it nor were told (the rule: each member and the follower)."""
        return self.all - self.know

    @property
    def coming(self) -> int:
        """How many said that they come."""
        return sum(one.answer == Invitee.Answer.COMING for one in self.members)

    @property
    def absent(self) -> int:
        """How many asked to be absent."""
        return sum(one.answer == Invitee.Answer.ABSENT for one in self.members)

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return sum(not one.answer for one in self.members)

    def has_news(self, meeting: Meeting) -> bool:
        """Whether day or place differ from the last notice. Small changes of the programme need no correction."""
        facts = self.notices[0].facts if self.notices else {}
        return bool(facts) and (facts.get("starts_at") != moment_key(meeting) or facts.get("place") != meeting.place)

    def unseen_by(self, person_id: UUID) -> Receipt | None:
        """The person's own receipt while the last notice in force was not seen."""
        own = next((one for one in self.invited if one.person_id == person_id), None)
        moment = now()
        last = next((one.effective_at for one in self.notices if one.effective_at <= moment), None)
        if own is None or (own.seen_at is not None and (last is None or own.seen_at >= last)):
            return None
        return own

    def seen(self, own: Receipt, moment: datetime) -> "Receipts":
        """The same, one of them having seen the notice at a moment."""
        now_seen = replace(own, seen_at=moment)
        return replace(self, invited=tuple(now_seen if one is own else one for one in self.invited))
