"""What stands around every screen of the room: the steps, the clock, the counts, who is on the roll."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from chibo.access.compiled import Compiled
from chibo.access.request import Request
from chibo.access.scope import NOBODY
from chibo.access.standing import Standing, found
from chibo.lib.dates import now, period_name
from chibo.look import notices
from chibo.meetings.models import AgendaItem, Attendance, Body, Entry, Guest, Meeting, Part, Reason, State
from chibo.meetings.room import log
from chibo.meetings.room.autopilot import autopilot_of
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.fold import Item, Room
from chibo.meetings.scoring.sheet import Sheet, sheet_of
from chibo.members.base_of_vote import Base, base_of_vote
from chibo.members.models import Person
from chibo.rules.book import RuleBook
from chibo.rules.models import Rule

Found = TypeVar("Found")
K = AgendaItem.Kind
# The screen of an item by its kind; every other kind is discussed on the item's own screen.
SCREENS = {
    K.OPENING: "diem-danh/",
    K.REVIEW: "viec-cu/",
    K.NEW_TASKS: "viec-moi/",
    K.CONCLUSION: "ket-luan/",
    K.CLOSING: "ket-thuc/",
}
# What every meeting comes to, also when its programme does not name it.
ALWAYS = {
    K.OPENING: "Mở đầu",
    K.NEW_TASKS: "Nhiệm vụ kỳ tới",
    K.CONCLUSION: "Kết luận, biểu quyết",
    K.CLOSING: "Kết thúc",
}
# The step of scoring, where the meeting is scored: before the resolution is voted (rule `closing_order`).
SCORING = "scoring"
EXCUSED = [one for one in Reason.values if one not in (Reason.UNKNOWN, Reason.NONE)]


@dataclass
class Step:
    """One step on the left: an item of the programme, or what every meeting comes to."""

    kind: str
    title: str
    url: str
    item: AgendaItem | None = None
    done: bool = False
    put_off: bool = False
    current: bool = False

    @property
    def minutes(self) -> int | None:
        """The planned minutes."""
        return self.item.minutes if self.item else None


@dataclass
class Counts:
    """The figures that the minutes open with (domain.md 3.3), counted from the roll."""

    official: int = 0
    probationary: int = 0
    temporary: int = 0
    exempt: int = 0
    away: int = 0
    suspended: int = 0
    expected: int = 0
    present: int = 0
    present_official: int = 0
    present_expected: int = 0
    excused: int = 0
    unknown: int = 0
    unexcused: int = 0
    waiting: int = 0

    @property
    def present_outside(self) -> int:
        """Those who came though they need not have: exempt, or with another cell for a time."""
        return self.present - self.present_expected

    @property
    def party_number(self) -> int:
        """Đảng số: temporary arrivals are not in it, temporary leavers are."""
        return self.official + self.probationary


def count(lines: list[Attendance]) -> Counts:
    """Count a roll. Present are all who came, also those who need not have; expected are those called (phải dự)."""
    found = Counts()
    for line in lines:
        setattr(found, line.kind, getattr(found, line.kind) + 1)
        found.exempt += line.exempt
        found.away += line.away
        found.suspended += line.suspended
        found.expected += line.expected
        if line.state == Attendance.State.PRESENT:
            found.present += 1
            found.present_expected += line.expected
            found.present_official += line.kind == "official" and line.expected
        elif line.state == Attendance.State.ABSENT and line.expected:
            found.excused += line.reason in EXCUSED
            found.unexcused += line.reason == Reason.NONE
            found.unknown += line.reason not in EXCUSED and line.reason != Reason.NONE
        elif line.expected:
            found.waiting += 1
    return found


@dataclass
class Screen:
    """Everything that a screen of the room stands on, read once."""

    request: Request
    meeting: Meeting
    room: Room
    lines: list[Attendance]
    items: list[AgendaItem]
    regular: bool
    steps: list[Step] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The address of the room."""
        return f"/cuoc-hop/{self.meeting.pk}/phong/"

    @property
    def pen(self) -> Pen:
        """The pen of whoever asks."""
        return Pen.of(self.request, self.meeting)

    @property
    def is_chair(self) -> bool:
        """Whether the chair looks, on a sign-in of their own."""
        return self.room.chair is not None and self.room.chair == self.request.standing.person_id

    @property
    def names(self) -> dict[UUID, str]:
        """The names of the people on the roll."""
        return {line.person_id: line.person.full_name for line in self.lines}

    def name_of(self, person: UUID | None) -> str:
        """A name; someone who is not on the roll is looked up."""
        if person is None:
            return ""
        if person in self.names:
            return self.names[person]
        return (
            Person.objects.filter(pk=person).values_list("full_name", flat=True).first() or "Người không còn trong sổ"
        )

    @property
    def counts(self) -> Counts:
        """The counts of the roll."""
        return count(self.lines)

    @cached_property
    def book(self) -> RuleBook:
        """The rules in force for this meeting."""
        return rules_of(self.meeting)

    def add_scoring(self, *, done: bool) -> None:
        """The step of scoring: before the conclusion is voted on (rule `closing_order`)."""
        place = next(n for n, one in enumerate(self.steps) if one.kind in (K.CONCLUSION, K.CLOSING))
        self.steps.insert(place, Step(SCORING, "Chấm điểm", f"{self.path}cham-diem/", done=done))

    @cached_property
    def sheet(self) -> Sheet | None:
        """What the meeting has scored so far; None where it is not scored."""
        return sheet_of(self.room, now())

    def minutes_of(self, step: Step | None) -> int:
        """How long a step's item has been spoken of so far, in whole minutes."""
        return _minutes(self.room.items.get(step.item.pk) if step and step.item else None)

    def following(self, item: AgendaItem | None, kind: str = "") -> Step | None:
        """The step after an item's, or after the step of a kind."""
        for number, step in enumerate(self.steps[:-1]):
            if (item is not None and step.item == item) or (item is None and step.kind == kind):
                return self.steps[number + 1]
        return None

    def context(
        self, here: str = "", item: AgendaItem | None = None, *, guided: bool = True, **more: Any
    ) -> dict[str, Any]:
        """What the templates of the room read.

        here: the kind of the screen; item: the item that it is for; guided: whether the step's guide says what to
        say, or the screen itself does.
        """
        for one in self.steps:
            one.current = one.item == item if item is not None else one.kind == here
        step = next((one for one in self.steps if one.current), None)
        state = self.room.items.get(step.item.pk) if step and step.item else None
        return {
            "meeting": self.meeting,
            "room": self.room,
            "path": self.path,
            "now": now(),
            "steps": self.steps,
            "step": step,
            "following": self.following(step.item, step.kind) if step else None,
            "item": step.item if step else item,
            "item_state": state,
            "item_minutes": _minutes(state),
            "item_since": state.opened_at - timedelta(seconds=state.seconds) if state and state.opened_at else None,
            "counts": self.counts,
            "held": minutes_held(self.room),
            "planned": sum(one.minutes or 0 for one in self.items),
            "pilot": autopilot_of(self, step, guided=guided),
            "clerk_name": self.name_of(self.room.clerk),
            "chair_name": self.name_of(self.room.chair),
            **more,
        }


def found_or_404(one: Found | None) -> Found:
    """What was asked for.

    Raises:
        Http404: there is no such thing here.
    """
    if one is None:
        raise Http404
    return one


def meeting_of(request: Request, id: UUID) -> Meeting:
    """The meeting, for those who chair, minute or lead it.

    Raises:
        Http404: it is not theirs to run.
    """
    return found(_KEPT.first(request.standing, id))


def _kept(who: Standing, id: UUID) -> QuerySet[Meeting]:
    # Whoever keeps a meeting may read it: this is `visible_to` narrowed to its keepers, and quick to ask.
    kept = Meeting.objects.filter(Q(cell__in=who.committee_cells) | Q(pk__in=who.duty_meetings))
    return kept.select_related("cell").filter(pk=id)


def _roll(_: Standing, meeting: UUID) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting=meeting).select_related("person").order_by("person__sort_key")


def _programme(_: Standing, meeting: UUID) -> QuerySet[AgendaItem]:
    items: QuerySet[AgendaItem] = AgendaItem.objects.filter(meeting=meeting)
    return items.select_related("part", "presenter")


_KEPT, _ROLL, _PROGRAMME = Compiled(_kept), Compiled(_roll), Compiled(_programme)


def screen_of(request: Request, id: UUID, *states: str) -> Screen | HttpResponse:
    """The room of a meeting that is going on (or in one of these states); else the way to where it now is."""
    meeting = meeting_of(request, id)
    if meeting.state not in (State.OPEN, *states):
        return elsewhere(request, meeting)
    lines = _ROLL.rows(NOBODY, meeting.pk)
    return screen_with(request, meeting, log.room_of(meeting), lines)


def screen_with(request: Request, meeting: Meeting, room: Room, lines: list[Attendance]) -> Screen:
    """The programme of a meeting with its steps, in a state of the room: also one that has not opened yet."""
    items = _PROGRAMME.rows(NOBODY, meeting.pk)
    regular = meeting.body == Body.CELL and any(item.part.kind == Part.Kind.REGULAR for item in items)
    screen = Screen(request, meeting, room, lines, items, regular)
    screen.steps = _steps(screen)
    if screen.sheet is not None:
        screen.add_scoring(done=screen.sheet.total is not None)
    return screen


def elsewhere(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Where a meeting is that is not going on; what was sent to it is not lost without a word."""
    if meeting.state in (State.CLOSED, State.SIGNED):
        if request.method == "POST":
            notices.warn(request, "Buổi họp đã kết thúc, nên phần vừa gửi chưa được ghi.")
        return redirect(f"/cuoc-hop/{meeting.pk}/bien-ban/")
    if meeting.state == State.CANCELLED:
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    return redirect(f"/cuoc-hop/{meeting.pk}/phong/")


def _minutes(item: Item | None) -> int:
    """How long an item has been spoken of so far, in whole minutes."""
    if item is None:
        return 0
    running = (now() - item.opened_at).total_seconds() if item.opened_at else 0
    return max(0, int(item.seconds + running) // 60)


def _steps(screen: Screen) -> list[Step]:
    """The programme, with what it does not name put where it belongs."""
    steps = [_step(screen, item) for item in screen.items]
    have = {step.kind for step in steps}
    for kind, title in ALWAYS.items():
        if kind in have:
            continue
        step = Step(kind, title, screen.path + SCREENS[kind])
        if kind == K.OPENING:
            steps.insert(0, step)
        else:
            later = [K.CONCLUSION, K.CLOSING] if kind == K.NEW_TASKS else [K.CLOSING]
            place = next((n for n, one in enumerate(steps) if one.kind in later), len(steps))
            steps.insert(place, step)
    if screen.regular and K.REVIEW not in have:
        steps.insert(1, Step(K.REVIEW, "Việc kỳ trước", screen.path + SCREENS[K.REVIEW]))
    return steps


def _step(screen: Screen, item: AgendaItem) -> Step:
    # Two items of one special kind: the first has the screen, the others are discussed.
    first = next(one for one in screen.items if one.kind == item.kind) == item
    special = SCREENS.get(item.kind) if first else None  # type: ignore[call-overload]
    state = screen.room.items.get(item.pk)
    return Step(
        kind=item.kind if special else "item",
        title=item.title,
        url=screen.path + (special or f"muc/{item.pk}/"),
        item=item,
        done=bool(state and state.state == "done"),
        put_off=bool(state and state.state == "put_off"),
    )


def rules_of(meeting: Meeting) -> RuleBook:
    """The rules in force for a cell on the day of its meeting."""
    book = Rule.objects.book(meeting.day, meeting.cell.path_ids)
    # A clock that was wrong may tell of a day before any of these rules.
    return book if "vote_base_exclusions" in book else Rule.objects.book(meeting.planned_day, meeting.cell.path_ids)


def base_now(screen: Screen, book: RuleBook, voted: Collection[UUID] = frozenset()) -> tuple[Base, tuple[str, ...]]:
    """The base of a vote taken now, and the exclusions in force. voted: who has, though they may have left since."""
    exclusions = book.words("vote_base_exclusions")
    people = [replace(one, left=one.left and one.person_id not in voted) for one in screen.room.voters()]
    return base_of_vote(people, exclusions), exclusions


def undo_url(meeting: Meeting, entry: Entry) -> str:
    """Where "Hoàn tác" of an entry is sent."""
    return f"/cuoc-hop/{meeting.pk}/phong/hoan-tac/{entry.pk}/"


def back(request: HttpRequest, fallback: str) -> HttpResponse:
    """Back to the screen that sent the form, when it is one of ours."""
    came = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}):
        return redirect(came)
    return redirect(fallback)


def guests_of(screen: Screen) -> list[Guest]:
    """The guests in the room."""
    return list(Guest.objects.filter(meeting=screen.meeting).order_by("id"))


def draft_title(meeting: Meeting, kind: str) -> str:
    """ "Nghị quyết tháng 12/2026", "Kết luận tổ đảng số 2, tháng 12/2026"."""
    of = ", ".join(one for one in (meeting.group_words, period_name(meeting.period)) if one)
    return f"{'Nghị quyết' if kind == 'resolution' else 'Kết luận'} {of}"


def minutes_held(room: Room) -> int:
    """How long the meeting has been going on, in whole minutes."""
    if room.opened_at is None:
        return 0
    return max(0, int(((room.closed_at or now()) - room.opened_at).total_seconds() // 60))
