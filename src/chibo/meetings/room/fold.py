"""What a log means: any set of entries, in any order of arrival, gives the same state of the room.

The order of meaning is (Lamport counter, device), never arrival and never a clock (design.md section 3, rule 2).
What wins, field by field:
- who chairs, when it began, the rubric, who is on the roll: the first `open`; a meeting is opened once.
- clerk, a line of the roll, a note, an edited text, a review, a score, a part of the resolution: the later in order.
  Whoever had seen the earlier one has replaced it; of two who had not seen each other one is shown, and both are
  marked as needing a look until somebody who has seen both writes again.
- the item that is open: the later; the hall speaks of one thing at a time.
- guests, remarks, differing opinions, votes, tasks, corrections: all stand beside each other, until withdrawn or
  undone; how many support a differing opinion and what became of it: the later.
- who agreed, without words: each stands; how many spoke without a name, how many observe: the later.
- closing, breaking off: the first by who presides (`presiding`); the vote's base: as it was frozen with the vote, or
  with its last `recount`.
- a moment by a clock that was wrong: as a person has put it right (`moments`).
- an opening that was voided, and what was set aside with it: nothing (`verdicts`).
Nothing that happened is refused (rule 4): what does not fit together is marked in `needs_look`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar
from uuid import UUID

from chibo.meetings.room.judging import Look, judge, judge_scores
from chibo.meetings.room.kinds import Misshapen, kind_of
from chibo.meetings.room.moments import put_right
from chibo.meetings.room.presiding import presided_in
from chibo.meetings.room.roll import called_in
from chibo.meetings.room.rubric import Facts, Rubric, Score
from chibo.meetings.room.undo import undone_in, without
from chibo.meetings.room.verdicts import verdicts_in
from chibo.members.base_of_vote import Fraction, Kind, Voter, needed

State = TypeVar("State")
_JUDGING = RLock()  # a room is shared: of two who ask at once, one judges
# A server writes these for itself: an import, the demo.
THE_SERVER = UUID("00000000-0000-7000-8000-000000000001")

# These may be written by who has seen the closing: correcting the draft of the minutes until it is signed.
AFTER_CLOSING = (
    *("remark-edit", "remark-withdraw", "correct", "read", "unsaid-reading", "undo", "note", "guest", "close", "abort"),
    *("differ-support", "differ-outcome", "differ-reserve", "recount", "vote-covers", "lead", "observers"),
    *("opening-doubt", "opening-confirm", "opening-void", "time-doubt", "time-move", "both-stand"),
)


@dataclass(frozen=True)
class Record:
    """An entry as the fold reads it."""

    id: UUID
    device: UUID
    counter: int
    kind: str
    author: UUID
    payload: dict[str, Any]
    at: datetime | None = None
    seq: int | None = None
    seen: int | None = None

    def saw(self, other: "Record") -> bool:
        """Whether its writer had the other entry on the device.

        What one's own device wrote before, and what had come from the server by then: every entry up to `seen`, the
        server's number of the last one that was pulled. An entry that has no number yet can have been seen by nobody
        else. Entries without `seen` are older than it: there the counters alone are known.
        """
        if self.device == other.device or self.seen is None:
            return other.counter < self.counter
        return other.seq is not None and other.seq <= self.seen

    @property
    def place(self) -> tuple[int, str, str]:
        """Its place in the order of meaning."""
        return self.counter, str(self.device), str(self.id)


@dataclass
class Line:
    """A person on the roll, with what was called."""

    person: UUID
    kind: str
    exempt: bool = False
    away: bool = False
    suspended: bool = False
    state: str = ""  # "", present, absent
    late_minutes: int | None = None
    left_early: bool = False
    reason: str = ""
    reason_text: str = ""
    by: UUID | None = None

    @property
    def expected(self) -> bool:
        """Whether the person was called: not exempt, away or suspended."""
        return not (self.exempt or self.away or self.suspended)


@dataclass
class Guest:
    """A guest in the room."""

    id: UUID
    name: str
    office: str


@dataclass
class Item:
    """How far an item has come; times are for the clock on the wall, not for the order."""

    state: str = ""  # "", open, done, put_off
    opened_at: datetime | None = None
    seconds: int = 0
    why: str = ""
    how: str = ""  # self-criticism as the cell chose: full, conclusion, paper; nothing is preset
    page: str = ""  # of the paper book
    unnamed: int = 0  # how many spoke whose names were not taken down


@dataclass
class Remark:
    """One paragraph of what one person said to one item."""

    id: UUID
    item: UUID
    person: UUID | None
    guest: str
    text: str
    presenting: bool
    is_answer: bool
    opinion: UUID | None
    order: int
    author: UUID
    at: datetime | None
    unsaid: bool = False  # the paper book does not say who spoke
    source: str = ""  # where the text came from: opinion, prepared, phone; "" was heard in the room
    corrected: bool = False  # edited by someone who had seen that a correction was asked for


@dataclass
class Agreed:
    """Someone who agreed with what was said at an item, and said no more."""

    id: UUID
    item: UUID
    person: UUID
    order: int


@dataclass
class Differing:
    """A differing opinion (M14): raised by someone, put to the cell, adopted, not adopted, or reserved."""

    id: UUID
    item: UUID
    person: UUID
    text: str
    order: int
    support: int = 0
    outcome: str = ""  # "", adopted, not_adopted, withdrawn
    why: str = ""
    reserved: bool = False
    vote: UUID | None = None
    settled: int = 0  # the place of what settled it

    @property
    def is_open(self) -> bool:
        """Whether the cell has not said yet what becomes of it."""
        return not (self.outcome or self.reserved)


@dataclass
class About:
    """What was put to the vote, as it was chosen: a thing that has an id, or one in words."""

    kind: str
    id: UUID | None = None
    text: str = ""


@dataclass
class Vote:
    """A show of hands with its base as frozen."""

    id: UUID
    subject: str
    title: str
    item: UUID | None
    included: list[list[str]]
    excluded: list[list[str]]
    exclusions: list[str]
    fraction: Fraction
    in_favour: int
    against: int
    abstained: int
    order: int
    differing: UUID | None = None
    about: About | None = None
    matters: list[str] = field(default_factory=list)  # several put to the vote together
    taken: list[list[str]] | None = None  # the base as it was when hands were counted, once it was reckoned anew
    strangers: bool = False  # its base was frozen with somebody who is not on the roll

    @property
    def size(self) -> int:
        """How many the base holds."""
        return len(self.included)

    @property
    def needed(self) -> int:
        """The fewest hands that pass (Điều lệ Đảng, Điều 9, khoản 5)."""
        return needed(self.size, self.fraction)

    @property
    def used(self) -> int:
        """How many raised a hand or said that they would not."""
        return self.in_favour + self.against + self.abstained

    @property
    def passed(self) -> bool:
        """Whether it passed."""
        return self.in_favour >= self.needed


@dataclass
class Correction:
    """What someone asked to have corrected when the minutes were read back."""

    id: UUID
    text: str
    remark: UUID | None
    person: UUID | None


@dataclass
class Room:
    """The state of a meeting.

    on_paper: held on paper and entered later, at `entered_at` by `opened_by`; known_end: when it ended, by its book.
    read_late: read back after the closing.
    """

    chair: UUID | None = None
    clerk: UUID | None = None
    opened_at: datetime | None = None
    opened_by: UUID | None = None
    on_paper: bool = False
    entered_at: datetime | None = None
    known_end: datetime | None = None
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    aborted: str = ""
    read_at: datetime | None = None
    read_late: bool = False
    called: set[UUID] | None = None  # who is on the roll, once the opening has arrived
    roll: dict[UUID, Line] = field(default_factory=dict)
    guests: dict[UUID, Guest] = field(default_factory=dict)
    items: dict[UUID, Item] = field(default_factory=dict)
    current: UUID | None = None
    remarks: dict[UUID, Remark] = field(default_factory=dict)
    agreed: dict[UUID, Agreed] = field(default_factory=dict)
    observers: int | None = None  # how many sat in beside the guests; None: nobody counted them
    differing: dict[UUID, Differing] = field(default_factory=dict)
    votes: dict[UUID, Vote] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    corrections: dict[UUID, Correction] = field(default_factory=dict)
    undone: set[UUID] = field(default_factory=set)
    undone_fields: dict[UUID, set[str]] = field(default_factory=dict)
    both_stand: set[str] = field(default_factory=set)  # pairs that look like one thing and are two
    aside: set[UUID] = field(default_factory=set)
    doubted: set[UUID] = field(default_factory=set)
    looks: list[Look] = field(default_factory=list)  # `needs_look`, as far as it is judged
    unjudged: list[Record] | None = field(default=None, repr=False, compare=False)
    rubric: Rubric | None = None  # none: this meeting is not scored
    facts: Facts = field(default_factory=Facts)
    scores: dict[str, Score] = field(default_factory=dict)
    parts: dict[type, Any] = field(default_factory=dict)
    keepers: set[UUID] = field(default_factory=set)
    elected: set[UUID] = field(default_factory=set)
    covered: dict[UUID, set[UUID]] = field(default_factory=dict)  # by vote: what it covers though it was not seen
    presided: set[UUID] | None = field(default=None, repr=False, compare=False)
    beside: list[Record] = field(default_factory=list, repr=False, compare=False)
    opening: Record | None = field(default=None, repr=False, compare=False)
    closing: Record | None = field(default=None, repr=False, compare=False)
    asked: list[Record] = field(default_factory=list, repr=False, compare=False)  # corrections
    given: list[Record] = field(default_factory=list, repr=False, compare=False)  # scores before they are judged
    of_the_book: list[Record] = field(default_factory=list, repr=False, compare=False)  # what a paper book does not say
    heads: dict[tuple[str, str], list[tuple[Record, Any]]] = field(default_factory=dict, repr=False, compare=False)

    def part(self, kind: type[State]) -> State:
        """The state that a later app keeps in the room."""
        found: State = self.parts.setdefault(kind, kind())
        return found

    def look(self, record: Record, why: str, about: str = "", against: Iterable[tuple[Record, str]] = ()) -> None:
        """Mark an entry, or one field of it: a person has to look at it. against: what says otherwise."""
        others = tuple((other.id, its_field) for other, its_field in against)
        self.looks.append(Look(record.id, why, about, others))

    @property
    def needs_look(self) -> list[Look]:
        """What a person has to look at before signing."""
        return self.judged().looks

    def judged(self) -> "Room":
        """Itself, with what only the whole log shows: that costs as much as the log is long, so it waits."""
        with _JUDGING:
            if (ordered := self.unjudged) is not None:
                self.unjudged = None
                judge(self, ordered, trusted=THE_SERVER)
        return self

    def settle(self, record: Record, key: str, value: Any, kind: str = "") -> None:
        """Note what was written to a field: it replaces what its writer had seen.

        kind: of the field, where entries of several kinds write to it.
        """
        place = (kind or record.kind, key)
        apart = [(other, said) for other, said in self.heads.get(place, []) if not record.saw(other)]
        self.heads[place] = [*apart, (record, value)]

    @property
    def is_open(self) -> bool:
        """Whether the meeting is on."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def differing_open(self) -> list[Differing]:
        """The differing opinions that the cell has not settled, in the order in which they were raised."""
        return [one for one in self.differing.values() if one.is_open]

    def voters(self) -> list[Voter]:
        """The people of the roll as the reckoning of a vote that is taken now takes them."""
        return [
            Voter(
                line.person,
                Kind(line.kind),
                exempt=line.exempt,
                away=line.away,
                suspended=line.suspended,
                present={"present": True, "absent": False}.get(line.state),
                absent_excused=line.state == "absent" and line.reason not in ("", "unknown", "none"),
                left=line.left_early,
                late=bool(line.late_minutes),
            )
            for line in self.roll.values()
        ]


def in_order(records: Iterable[Record]) -> list[Record]:
    """Each record once, in the order of meaning."""
    return sorted({record.id: record for record in records}.values(), key=lambda record: record.place)


def fold(records: Iterable[Record]) -> Room:
    """The state that a set of entries means."""
    room, ordered = folded(in_order(records))
    judge_scores(room)
    judge(room, ordered, trusted=THE_SERVER)
    return room


def folded(every: list[Record]) -> tuple[Room, list[Record]]:
    """The state that entries in the order of meaning make, before it is judged; and those of them that count."""
    verdicts = verdicts_in(every)
    ordered = [record for record in every if record.id not in verdicts.aside]
    undone = undone_in(ordered)
    ordered = put_right(ordered, undone.whole)
    room = Room(undone=undone.whole, undone_fields=undone.fields)
    room.presided, room.called = presided_in(ordered), called_in(ordered, room.undone)
    room.aside, room.doubted = set(verdicts.aside), set(verdicts.doubted)
    for record in ordered:
        take(room, record)
    return room, ordered


def take(room: Room, record: Record) -> None:
    """Put the next entry in the order of meaning into the state."""
    if record.id in room.undone:
        return
    try:
        kind = kind_of(record.kind)
    except Misshapen:
        room.look(record, "unknown_kind")
        return
    if not kind.fits(record.payload):
        room.look(record, "shape")
        return
    # What was said before the closing was heard of joins the meeting, wherever the counters put it.
    if room.closing is not None and record.kind not in AFTER_CLOSING and record.saw(room.closing):
        room.look(record, "after_closing")
    gone = room.undone_fields.get(record.id)
    kind.fold(room, without(record, kind.several, gone) if gone else record)
