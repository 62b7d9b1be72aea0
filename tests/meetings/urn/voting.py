"""A secret vote on devices as tests take part in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from chibo.lib.dates import now
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.deciding import Secret, secrets_of
from chibo.meetings.urn import places
from chibo.members.models import Person
from tests import make
from tests.people import People


@dataclass(frozen=True)
class Voting:
    """The room and the phones of one meeting. put: put something to a vote, gives its ballot."""

    pen: Pen
    people: People
    voters: list[Person]
    lan: Client
    phone: Callable[[Person], Client]
    put: Callable[..., UUID]
    committed: Any  # pytest-django's django_capture_on_commit_callbacks

    @property
    def meeting(self) -> Meeting:
        """The meeting that goes on."""
        return self.pen.meeting

    def in_another_meeting(self, more: Sequence[Person] = ()) -> "Voting":
        """Another meeting of the cell that goes on, with some people more on its roll; all are there."""
        other = make.meeting(self.people.cell, starts_at=now())
        make.item(other)
        pen = Pen(other, self.people.standing("lan"), uuid4())
        commands.open_room(pen=pen, chair=self.people.lan.pk)
        here = [*self.voters, *more, self.people.mai]
        commands.call(pen=pen, members=[one.pk for one in here], state="present")
        return replace(self, pen=pen)

    @property
    def room(self) -> str:
        """The address of secret votes in the room."""
        return f"/cuoc-hop/{self.meeting.pk}/phong/bo-phieu-kin/"

    @property
    def sums(self) -> Secret:
        """The only result."""
        (found,) = secrets_of(log.room_of(self.meeting)).values()
        return found

    def urn(self, ballot: UUID) -> Path:
        """Where the urn of a ballot stands."""
        return places.path_of(self.meeting, ballot)

    def own(self, ballot: UUID) -> str:
        """The address of one's own ballot."""
        return f"/cuoc-hop/{self.meeting.pk}/dang-hop/bo-phieu/{ballot}/"

    def cast(self, ballot: UUID, who: Person, *boxes: str) -> Any:
        """Someone's ballot, on their phone."""
        return self.phone(who).post(self.own(ballot), {f"kin_{n}": one for n, one in enumerate(boxes)})

    def all_cast(self, ballot: UUID, voters: list[Person], boxes: str = "111123") -> None:
        """One box each."""
        for who, one in zip(voters, boxes, strict=True):
            assert self.cast(ballot, who, one).status_code == 302

    def close(self, ballot: UUID, **more: object) -> Any:
        """The tellers agree, and the urn is closed."""
        with self.committed(execute=True):
            return self.lan.post(f"{self.room}{ballot}/", {"act": "close", "tellers_agree": "on", **more})
