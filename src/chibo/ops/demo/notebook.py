"""A pen whose entries are written together, as a device does that was out of reach during the meeting."""

from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from chibo.access.standing import Standing
from chibo.lib.dates import now
from chibo.lib.uuid7 import uuid7
from chibo.meetings.models import Entry, Meeting
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.fold import THE_SERVER, Record, Room, fold


@dataclass(frozen=True)
class Notebook(Pen):
    """Every command writes into it as with a pen; `send` puts all of it into the log, in order.

    before: what the log held when it was begun.
    """

    before: tuple[Record, ...] = ()
    pages: list[Record] = field(default_factory=list)

    @classmethod
    def begin(cls, meeting: Meeting, by: Standing) -> Self:
        """A notebook for an open meeting."""
        return cls(meeting, by, before=tuple(log.records_of(meeting)))

    def _append(self, kind: str, id: UUID | None, payload: dict[str, Any]) -> Entry:
        counter = len(self.before) + len(self.pages) + 1
        author = self.by.person_id or THE_SERVER
        record = Record(id or uuid7(), self.device, counter, kind, author, log.checked(kind, payload), self.at or now())
        self.pages.append(record)
        return Entry(id=record.id, **self.meeting.keys, kind=kind, counter=counter)

    def room(self) -> Room:
        """What has been recorded so far."""
        return fold([*self.before, *self.pages])

    def send(self) -> None:
        """Put everything into the log; the closing that follows writes the rows."""
        log.append_together(self.meeting, self.pages)
