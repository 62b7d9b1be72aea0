"""What meetings settle follows from their reviews, and is reckoned anew at each change (T4).

Whole sequences of meetings are drawn and held against a slow second reckoning that knows nothing of rows.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.access.standing import Standing
from chibo.documents.plain import plain_text
from chibo.meetings.documents import minutes_document
from chibo.meetings.minutes.commands import sign
from chibo.meetings.models import Meeting, State
from chibo.meetings.room import log
from chibo.meetings.room.fold import THE_SERVER
from chibo.resolutions.models import MeetingFigures, Progress, Review, Task
from chibo.resolutions.room.state import old_tasks
from tests import make
from tests.people import People

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 5)
DUE = date(2026, 2, 1)
MEETINGS, TASKS = 4, 2
RESULTS = ("done", "partly", "not_done", "put_off")


@dataclass
class Told:
    """One review that was written: what it says, whether it was taken back."""

    entry: UUID
    task: int
    result: str
    new_due: date | None
    stands: bool = True


@dataclass
class Held:
    """One meeting as the second reckoning knows it."""

    meeting: Meeting
    at: datetime
    opening: UUID | None = None
    closing: datetime | None = None
    voided: bool = False
    broken_off: bool = False
    told: list[Told] = field(default_factory=list)
    withdrawals: dict[int, tuple[UUID, bool]] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        return self.closing is not None and not self.voided and not self.broken_off


class Story:
    """Meetings of one cell, a month apart; the first gives two tasks, the others review them."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.tasks: list[UUID] = []
        self.held = [self._planned(number) for number in range(MEETINGS)]

    def _planned(self, number: int) -> Held:
        day = FIRST + timedelta(30 * number)
        return Held(make.meeting(self.people.cell, starts_at=make.at(day)), make.at(day, "19:35"))

    def write(self, one: Held, kind: str, /, **payload: Any) -> UUID:
        one.meeting.refresh_from_db()
        system = Standing.for_system()
        entry = log.append(one.meeting, by=system, device=THE_SERVER, kind=kind, payload=payload, at=one.at)
        one.meeting.refresh_from_db()
        return entry.pk

    def open(self, one: Held) -> None:
        lan, tam = (str(who.pk) for who in (self.people.lan, self.people.tam))
        roll = [{"person": who, "kind": "official"} for who in (lan, tam)]
        one.opening = self.write(one, "open", chair=lan, roll=roll)
        self.write(one, "clerk", member=tam)
        self.write(one, "attend", members=[lan, tam], state="present")

    def can_write(self, one: Held) -> bool:
        return one.opening is not None and not one.voided and one.meeting.state != State.SIGNED

    # ---------- acts ----------
    def act(self, what: str, number: int, task: int, result: str, ahead: int | None) -> None:
        one = self.held[number]
        if what == "open" and one.opening is None:
            self.open(one)
            if number == 0:
                self.tasks = [self._give(one, place) for place in range(TASKS)]
        elif what in ("void", "confirm") and one.opening and one.meeting.state != State.SIGNED:
            said = {"why": "Mở nhầm.", "aside": "seen"} if what == "void" else {}
            self.write(one, f"opening-{what}", of=one.opening, **said)
            one.voided = what == "void"
        elif self.can_write(one) and (number or what not in ("review", "undo")):
            getattr(self, f"_{what}", lambda *_: None)(one, task, result, ahead)

    def _give(self, one: Held, place: int) -> UUID:
        lead = str(self.people.binh.pk)
        return self.write(one, "task", what=f"Việc {place}", lead=lead, due=DUE.isoformat())

    def _review(self, one: Held, task: int, result: str, ahead: int | None) -> None:
        row = Task.objects.filter(pk=self.tasks[task]).first() if self.tasks else None
        if row is None:
            return
        new_due = None if ahead is None else DUE + timedelta(ahead)
        said = {"new_due": new_due.isoformat()} if new_due else {}
        entry = self.write(one, "review", task=str(row.pk), result=result, due_then=row.due.isoformat(), **said)
        one.told.append(Told(entry, task, result, new_due))

    def _undo(self, one: Held, task: int, result: str, ahead: int | None) -> None:
        standing = [told for told in one.told if told.stands]
        if standing:
            told = standing[task % len(standing)]
            self.write(one, "undo", of=told.entry)
            told.stands = False

    def _withdraw(self, one: Held, task: int, result: str, ahead: int | None) -> None:
        """The meeting that gave a task takes it back, or takes that back again."""
        if one is not self.held[0] or not self.tasks:
            return
        entry, stands = one.withdrawals.get(task, (None, False))
        if stands:
            self.write(one, "undo", of=entry)
            one.withdrawals[task] = (entry, False)  # type: ignore[assignment]
        else:
            entry = self.write(one, "task-withdraw", of=str(self.tasks[task]))
            one.withdrawals[task] = (entry, True)

    def _close(self, one: Held, task: int, result: str, ahead: int | None) -> None:
        if one.closing is None:
            self.write(one, "close")
            one.closing = one.at

    def _abort(self, one: Held, task: int, result: str, ahead: int | None) -> None:
        if one.closing is None:
            self.write(one, "abort", why="Mất điện.")
            one.closing, one.broken_off = one.at, True

    def _sign(self, one: Held, task: int, result: str, ahead: int | None) -> None:
        if one.counts and not log.room_of(one.meeting).needs_look:
            for who in ("tam", "lan"):
                sign(meeting=one.meeting, by=self.people.standing(who), asked=True)
            one.meeting.refresh_from_db()

    def _progress(self, one: Held, task: int, result: str, ahead: int | None) -> None:
        row = Task.objects.given().filter(pk=self.tasks[task]).first() if self.tasks else None
        if row is not None:
            Progress.objects.create(
                task=row, meeting=row.meeting, cell=row.cell, body=row.body, state="under_way", by=self.people.binh
            )

    # ---------- the second reckoning ----------
    def expected(self, task: int) -> tuple[bool, date, datetime | None]:
        """Whether the task is given, until when, settled since when."""
        first = self.held[0]
        due, settled = DUE, None
        for one in self.held[1:]:
            said = None
            for told in one.told if one.counts else ():
                if told.stands and told.task == task:
                    said = told
            if said is None:
                continue
            if said.result == "done":
                settled = settled or one.closing
            else:
                due, settled = said.new_due or due, None
        return first.counts and not first.withdrawals.get(task, (None, False))[1], due, settled

    def check(self) -> None:
        for place, pk in enumerate(self.tasks):
            is_given, due, settled = self.expected(place)
            row = Task.objects.filter(pk=pk).first()
            assert (row is not None and row.given_at is not None) == is_given
            if row is None:
                continue
            assert (row.due, row.first_due, row.settled_at) == (due, DUE, settled)
            following = Meeting.objects.get(pk=self.next.pk)
            assert (row in old_tasks(following)) == (is_given and settled is None), "the next agenda (M9)"
        for one in self.held:
            assert MeetingFigures.objects.filter(meeting=one.meeting).exists() == one.counts

    @property
    def next(self) -> Meeting:
        """A meeting that is still to be prepared."""
        day = FIRST + timedelta(30 * MEETINGS)
        found = Meeting.objects.filter(starts_at=make.at(day)).first()
        return found or make.meeting(self.people.cell, starts_at=make.at(day))


def _referenced(story: Story) -> None:
    """Rows that point at a task that is gone would be refused only at the end: ask now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


SAID = (st.integers(0, TASKS - 1), st.sampled_from(RESULTS), st.none() | st.integers(1, 90))
# What each of the later meetings found of the tasks, and whether it was closed then.
FOUND = st.lists(st.tuples(st.lists(st.tuples(*SAID), max_size=2), st.booleans()), min_size=3, max_size=3)
ACTS = ("review", "undo", "undo", "undo", "close", "open", "void", "confirm", "abort", "withdraw", "sign", "progress")
ACT = st.tuples(st.sampled_from(ACTS), st.integers(0, MEETINGS - 1), *SAID)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    found=FOUND, acts=st.lists(ACT, min_size=3, max_size=12), unopened=st.sets(st.integers(1, MEETINGS - 1), max_size=1)
)
def test_deadlines_and_settlements_are_those_of_a_second_reckoning(
    people: People, found: list[Any], acts: list[Any], unopened: set[int]
) -> None:
    with transaction.atomic():
        story = Story(people)
        for number in range(MEETINGS):
            if number not in unopened:
                story.act("open", number, 0, "", None)
        story.act("close", 0, 0, "", None)
        for number, (told, closed) in enumerate(found, 1):
            for one in told:
                story.act("review", number, *one)
            if closed:
                story.act("close", number, 0, "", None)
        story.check()
        for act in acts:
            story.act(*act)
            _referenced(story)
            story.check()
        transaction.set_rollback(True)


@pytest.fixture
def story(people: People) -> Story:
    found = Story(people)
    for number in range(MEETINGS):
        found.act("open", number, 0, "", None)
    found.act("close", 0, 0, "", None)
    return found


def test_a_task_found_done_and_then_not_comes_back_to_the_next_agenda(story: Story) -> None:
    story.act("review", 1, 0, "done", None)
    story.act("close", 1, 0, "", None)
    assert Task.objects.get(pk=story.tasks[0]).settled_at is not None
    story.act("undo", 1, 0, "", None)
    assert Task.objects.get(pk=story.tasks[0]).settled_at is None
    story.act("review", 1, 0, "not_done", 30)  # a device that had not heard of the closing joins up
    story.check()
    assert Task.objects.get(pk=story.tasks[0]).due == DUE + timedelta(30)


def test_a_new_deadline_goes_with_the_review_that_set_it(story: Story) -> None:
    story.act("review", 1, 0, "partly", 20)
    story.act("close", 1, 0, "", None)
    story.act("review", 2, 0, "partly", 50)
    story.act("close", 2, 0, "", None)
    story.act("undo", 1, 0, "", None)
    story.check()
    story.act("undo", 2, 0, "", None)
    assert Task.objects.get(pk=story.tasks[0]).due == DUE


def test_a_task_that_is_taken_back_keeps_what_others_said_of_it(story: Story) -> None:
    story.act("progress", 1, 0, "", None)
    story.act("review", 1, 0, "partly", 20)
    story.act("close", 1, 0, "", None)
    story.act("void", 0, 0, "", None)
    assert not Task.objects.given().exists()
    story.act("confirm", 0, 0, "", None)
    story.check()
    assert (Progress.objects.count(), Review.objects.count()) == (1, 1)


def test_papers_say_the_deadline_that_their_meeting_set(story: Story) -> None:
    story.act("review", 1, 0, "partly", 20)
    story.act("close", 1, 0, "", None)
    assert Task.objects.get(pk=story.tasks[0]).due == DUE + timedelta(20)
    assert "hạn đến hết ngày 01/02/2026" in plain_text(minutes_document(story.held[0].meeting, None))


def test_what_is_signed_changes_by_later_meetings_alone(story: Story) -> None:
    story.act("review", 1, 0, "done", None)
    story.act("close", 1, 0, "", None)
    story.act("sign", 1, 0, "", None)
    assert story.held[1].meeting.state == State.SIGNED
    with pytest.raises(log.Sealed):
        story.write(story.held[1], "undo", of=story.held[1].told[0].entry)
    story.act("review", 2, 0, "not_done", 60)
    story.check()
    story.act("close", 2, 0, "", None)
    story.check()
    assert Task.objects.open().filter(pk=story.tasks[0]).exists()
