"""What the hall sees of a meeting that is going on, and the mark by which a phone knows that nothing is new."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from chibo.access.compiled import Compiled
from chibo.access.request import Request
from chibo.access.standing import Standing, found
from chibo.lib.recent import Recent
from chibo.meetings.models import AgendaItem, Attendance, Meeting, Question, State
from chibo.meetings.prepare.programme import numbers_of
from chibo.meetings.room.deciding import Ballot, Secret, ballots_of, secrets_of
from chibo.meetings.room.fold import Record, Room, Vote
from chibo.meetings.room.known import MOST_LOGS, NOTHING, SECONDS, Known
from chibo.meetings.urn.places import marks_in
from chibo.members.base_of_vote import Base, Place, format_hundredths
from chibo.members.base_of_vote import Standing as PlaceOfVoter

# An item, a vote or a check-in is open: what is new is seen within five seconds (issue 4). Else there is no hurry.
SOON, LATER = 5, 30
Put = TypeVar("Put", Vote, Secret, Ballot)
VOTER = Place(UUID(int=0), PlaceOfVoter.PRESENT)  # of a base, only how many it holds is seen


@dataclass(frozen=True)
class Mark:
    """How far a meeting has come: its last entry, and since when its check-in is open."""

    seq: int
    code_since: datetime | None

    def tag(self, meeting: UUID, version: int, who: UUID | None) -> str:
        """The ETag of what one person sees now; whether they have cast their ballot, no entry tells."""
        ballots = marks_in(meeting, who) if who else {}
        seen = f"{meeting} {version} {self.seq} {self.code_since} {who} {ballots or ''}"
        return f'"{sha256(seen.encode()).hexdigest()[:20]}"'


def meeting_in_hall(request: Request, id: UUID) -> Meeting:
    """The meeting, for those who sit in it or may know of it.

    Raises:
        Http404: there is none, or the person neither stands on its roll nor keeps it.
    """
    return found(_IN_THE_HALL.first(request.standing, id))


def _in_the_hall(who: Standing, id: UUID) -> QuerySet[Meeting]:
    on_roll = Exists(Attendance.objects.filter(meeting=OuterRef("pk"), person_id=who.me))
    here = Q(on_roll) | Q(cell__in=who.committee_cells) | Q(pk__in=who.duty_meetings)
    return Meeting.objects.visible_to(who).filter(here, pk=id)


_IN_THE_HALL = Compiled(_in_the_hall)


def mark_of(meeting: Meeting) -> Mark:
    """The mark of a meeting that is going on.

    Raises:
        Http404: it is not, or whoever asks does not sit in it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, code_since FROM meetings_hall_mark(%s)", [meeting.pk])
        row = cursor.fetchone()
    if row is None:
        raise Http404
    return Mark(*row)


def tag_now(meeting: UUID, who: UUID | None) -> str | None:
    """The same ETag in one short statement, for the question that sixty phones ask every five seconds.

    None where there is nothing to follow; the function and the policies see to who may ask.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mark.seq, mark.code_since, meeting.version FROM meetings_hall_mark(%s) AS mark,"
            " meetings_meeting AS meeting WHERE meeting.id = %s",
            [meeting, meeting],
        )
        row = cursor.fetchone()
    return None if row is None else Mark(*row[:2]).tag(meeting, row[2], who)


# As the hall sees each meeting: sixty phones ask within seconds after each entry.
_seen: Recent[Known] = Recent(MOST_LOGS, SECONDS)


def room_seen(meeting: Meeting) -> Room:
    """The room as the hall sees it: no text of anyone, no reason of an absence, voters counted and not named.

    Nothing at all for whoever does not sit in it. Whoever gets it only reads it: the next phone gets the same.
    """
    head = _head(meeting)
    if head is None:
        return Room()
    kept = _seen.get(meeting.pk) or NOTHING
    if kept.hash != head[1]:
        anew, records = _records_seen(meeting, kept)
        kept = (NOTHING if anew else kept).followed_by(records, *head)
        _seen.set(meeting.pk, kept)
    return kept.room


def _head(meeting: Meeting) -> tuple[int, bytes] | None:
    """Number and hash of the last entry, for those who sit in the hall."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT head.seq, head.hash FROM meetings_hall_mark(%s) AS mark, audit_chainhead AS head"
            " WHERE head.chain = %s",
            [meeting.pk, meeting.pk],
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], bytes(row[1]))


def _records_seen(meeting: Meeting, kept: Known) -> tuple[bool, list[Record]]:
    """What came since, and whether all is told anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, device, counter, kind, author, payload::text, at, seq, seen, anew"
            " FROM meetings_hall_log(%s, %s, %s) ORDER BY seq",
            [meeting.pk, kept.seq, kept.hash],
        )
        rows = cursor.fetchall()
    return not kept.seq or any(row[-1] for row in rows), [
        Record(id_, device, counter, kind, author, json.loads(payload), at, seq, seen)
        for id_, device, counter, kind, author, payload, at, seq, seen, _ in rows
    ]


@dataclass(frozen=True)
class Outcome:
    """A vote as the hall sees it: what was put, and in a sentence what came of it; empty while ballots are cast."""

    title: str
    words: str = ""
    passed: bool | None = None
    of_people: bool = False  # its lines are names


@dataclass
class Now:
    """What the hall speaks of: the item with its questions, the vote on it, what comes next."""

    meeting: Meeting
    room: Room
    items: list[AgendaItem]

    @property
    def item(self) -> AgendaItem | None:
        """The item that is open."""
        return next((one for one in self.items if one.pk == self.room.current), None)

    @property
    def number(self) -> int | None:
        """The number that the open item carries on the programme; opening and closing carry none."""
        return numbers_of(self.items).get(self.item.pk) if self.item is not None else None

    @property
    def many(self) -> int:
        """How many items of the programme carry a number."""
        return len(numbers_of(self.items))

    @property
    def following(self) -> AgendaItem | None:
        """The next item that is still to come."""
        ahead = self.items[self.items.index(self.item) + 1 :] if self.item is not None else self.items
        return next((one for one in ahead if not self._state(one)), None)

    def _state(self, item: AgendaItem) -> str:
        found = self.room.items.get(item.pk)
        return found.state if found else ""

    @property
    def questions(self) -> list[Question]:
        """The questions of the item; a closed item has none that stand on a wall."""
        if self.item is None or self.item.closed_paper:
            return []
        return list(Question.objects.filter(item=self.item))

    @property
    def since(self) -> datetime | None:
        """When the hall turned to the item."""
        state = self.room.items.get(self.room.current) if self.room.current else None
        return state.opened_at if state else None

    @property
    def outcome(self) -> Outcome | None:
        """The last vote, while the hall is still at the item in which it was taken."""
        hands = [(one.order, _of_hands(one)) for one in self._here(self.room.votes.values())]
        counted = secrets_of(self.room)
        ballots = [(one.order, _of_ballots(one)) for one in self._here(counted.values())]
        if put := self._here(one for key, one in ballots_of(self.room).items() if key not in counted):
            return Outcome(put[-1].title)
        return max([*hands, *ballots], key=lambda pair: pair[0], default=(0, None))[1]

    def _here(self, votes: Iterable[Put]) -> list[Put]:
        return [one for one in votes if one.item == self.room.current]


def now_in(meeting: Meeting, room: Room) -> Now:
    """What the hall speaks of now."""
    return Now(meeting, room, list(AgendaItem.objects.filter(meeting=meeting).select_related("part", "presenter")))


def _share(in_favour: int, size: int) -> str:
    """ "18/20 tán thành, 90%"."""
    share = Base(included=(VOTER,) * size, excluded=()).percent(in_favour)
    return f"{in_favour}/{size} tán thành, {format_hundredths(share)}"


def _of_hands(vote: Vote) -> Outcome:
    words = _share(vote.in_favour, vote.size)
    words += f"; {vote.against} không tán thành" if vote.against else ""
    words += f"; {vote.abstained} không biểu quyết" if vote.abstained else ""
    return Outcome(vote.title, words, vote.passed)


def _of_ballots(vote: Secret) -> Outcome:
    if len(vote.choices) != 1:
        lines = "; ".join(f"{one.name}: {one.in_favour}/{vote.size}" for one in vote.choices)
        return Outcome(vote.title, lines, of_people=True)
    (one,) = vote.choices
    passed = one.in_favour >= vote.needed
    return Outcome(vote.title, _share(one.in_favour, vote.size), passed, of_people=one.name != vote.title)


def is_going_on(meeting: Meeting) -> bool:
    """Whether a hall sits: a meeting held on paper and entered later has none."""
    return meeting.state == State.OPEN and not meeting.held_on_paper
