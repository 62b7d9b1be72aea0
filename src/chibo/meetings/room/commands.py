"""What is done in the room. Each command writes one entry with a pen: who records, where, on which device."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import connection, transaction

from chibo.access.request import Request
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import local_date
from chibo.lib.vietnamese import number_word
from chibo.meetings import registries
from chibo.meetings.minutes.freeze import lapse
from chibo.meetings.models import AgendaItem, Entry, Meeting, Opinion, State
from chibo.meetings.prepare.checks import book_of
from chibo.meetings.registries import ClosingBar
from chibo.meetings.room import log
from chibo.meetings.room.called import called_line, keepers_at_opening, may_preside, opening_day, roll_at_opening
from chibo.meetings.room.deciding import ballots_of, is_all_that_is_left, secrets_of
from chibo.meetings.room.fold import THE_SERVER, Room
from chibo.meetings.room.kept import bars_of_choice
from chibo.meetings.room.kinds import kind_of
from chibo.meetings.room.paper_book import unsaid
from chibo.meetings.room.presiding import ENDINGS, may_end
from chibo.meetings.scoring.facts import scoring_of
from chibo.members.base_of_vote import Base, Fraction, Miscount


class NotOpen(Exception):
    """The meeting is not going on: not opened yet, or someone has closed it."""


class DifferingOpen(Exception):
    """A differing opinion is open: the cell says first what becomes of it (M14)."""


class UrnGone(Exception):
    """A secret vote on devices is counted: what was cast is gone, and its result is not taken back."""


class NotPresiding(Exception):
    """Whoever presides ends the meeting: its chair, or the machine that leads."""


class MayNotClose(Exception):
    """Something bars the closing; `bars` says what, and where to mend it."""

    def __init__(self, bars: Sequence[ClosingBar]) -> None:
        super().__init__(" ".join(bar.reason for bar in bars))
        self.bars = list(bars)


@dataclass(frozen=True)
class Pen:
    """Who records in which meeting, on which device. `at`: the moment of a meeting that is entered later."""

    meeting: Meeting
    by: Standing
    device: UUID = THE_SERVER
    at: datetime | None = None

    @classmethod
    def of(cls, request: Request, meeting: Meeting) -> Self:
        """The pen of whoever asks, on the device of this session."""
        return cls(meeting, request.standing, log.device_of(request))

    def write(self, kind: str, /, *, id: UUID | None = None, **payload: Any) -> Entry:
        """Write an entry of a meeting that is going on.

        Raises:
            Http404: who holds the pen neither leads the cell nor chairs or minutes this meeting.
            NotOpen: the meeting is not going on.
        """
        require(self.by.keeps(self.meeting.pk, self.meeting.cell_id))
        if self.meeting.state != State.OPEN:
            raise NotOpen
        return self._append(kind, id, payload)

    def write_own(self, kind: str, /, **payload: Any) -> Entry:
        """Write an entry about oneself, as anyone on the roll may: a claim to be there, a wish to speak.

        Raises:
            Http404: not on the roll, or a kind that only keepers write.
            NotOpen: the meeting is not going on.
        """
        require(kind_of(kind).about is not None)
        require(is_on_roll(self.meeting, self.by.me))
        if self.meeting.state != State.OPEN:
            raise NotOpen
        return self._append(kind, None, payload)

    @transaction.atomic
    def write_closed(self, kind: str, /, **payload: Any) -> Entry:
        """Write an entry of a meeting that is going on or has closed, until its minutes are signed. One signature that
        stands under them lapses: what is signed, numbered and kept as the score is one and the same record.

        Raises:
            Http404, Sealed: not a keeper of this meeting; the minutes are signed.
        """
        require(self.by.keeps(self.meeting.pk, self.meeting.cell_id))
        closed = self.meeting.state == State.CLOSED
        if closed:
            locked(self.meeting)  # whoever signs just now is done, or waits
        if self.meeting.state not in (State.OPEN, State.CLOSED):
            raise log.Sealed if self.meeting.state == State.SIGNED else NotOpen
        entry = self._append(kind, None, payload)
        if closed:
            lapse(self.meeting, self.by)
        return entry

    def _append(self, kind: str, id: UUID | None, payload: dict[str, Any]) -> Entry:
        with transaction.atomic(savepoint=False):
            return log.append(
                self.meeting, by=self.by, device=self.device, kind=kind, payload=payload, id=id, at=self.at
            )


# Written out: sixty people ask it within minutes, and the ORM would build it anew for each.
_ON_ROLL = "SELECT EXISTS (SELECT 1 FROM meetings_attendance WHERE meeting_id = %s AND person_id = %s)"


def is_on_roll(meeting: Meeting, person: UUID) -> bool:
    """Whether the roll of a meeting has a line of a person."""
    with connection.cursor() as cursor:
        cursor.execute(_ON_ROLL, [meeting.pk, person])
        found: bool = cursor.fetchone()[0]
    return found


def locked(meeting: Meeting) -> None:
    """Lock the meeting's row and read its state as it is now: of two who open or close at once, one waits.

    Rows that point at it may be written meanwhile: whoever writes an entry holds the chain and would wait for the key.
    """
    fresh = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    for name in ("state", "opened_at", "closed_at", "chair_id", "clerk_id", "planned_chair", "planned_clerk"):
        setattr(meeting, name, getattr(fresh, name))


@transaction.atomic
def open_room(*, pen: Pen, chair: UUID, started: datetime | None = None, ended: datetime | None = None) -> None:
    """Open the meeting: it has a chair, and a roll made from the roster of its day on which nobody has a state yet.

    started, ended: when a meeting held on paper began and ended, as far as its book says.
    Opening an open meeting changes nothing.

    Raises:
        Http404: neither of the committee nor the assigned chair; or the chair may not preside.
        NotOpen: the meeting is over or cancelled.
    """
    meeting, by = pen.meeting, pen.by
    require(by.leads(meeting.cell_id) or (by.person_id is not None and by.person_id == meeting.chair_id))
    locked(meeting)
    if meeting.state == State.OPEN:
        return
    if not meeting.is_before:
        raise NotOpen
    began = started or pen.at
    day = local_date(began) if began else opening_day(meeting)
    presidents = may_preside(meeting, day=day)
    require(by.system or chair in presidents)
    pen._append(
        "open",
        None,
        {
            "chair": chair,
            "started": started,
            "ended": ended,
            "on_paper": meeting.held_on_paper or None,
            "keepers": keepers_at_opening(meeting, by.person_id, presidents),
            "ended_by": None if meeting.held_on_paper else "presiding",
            **scoring_of(meeting, book_of(meeting.cell, meeting)),
            "roll": [called_line(line) for line in roll_at_opening(meeting, day=day)],
        },
    )
    first = AgendaItem.objects.filter(meeting=meeting).first()
    if first is not None:
        pen.write("item", item=first.pk, state="open")
    events.record("meeting.opened", chain=meeting.cell_id, by=by.person_id, obj=meeting, chair=str(chair))


def elect_clerk(*, pen: Pen, member: UUID) -> Entry:
    """The meeting has elected its clerk, who from now on records on a sign-in of their own."""
    return pen.write("clerk", member=member)


def call(
    *,
    pen: Pen,
    members: Iterable[UUID],
    state: str,
    reason: str = "",
    reason_text: str = "",
    late_minutes: int | None = None,
    left_early: bool = False,
    id: UUID | None = None,
) -> Entry:
    """Call people of the roll: present, absent, or not called after all."""
    return pen.write(
        "attend",
        id=id,
        members=list(members),
        state=state,
        reason=reason or None,
        reason_text=reason_text or None,
        late_minutes=late_minutes,
        left_early=left_early or None,
    )


def go_to(*, pen: Pen, item: AgendaItem) -> Entry:
    """The hall turns to an item; the one before stops."""
    return pen.write("item", item=item.pk, state="open")


def finish(*, pen: Pen, item: AgendaItem, following: AgendaItem | None) -> Entry:
    """An item is done, and the hall turns to the next."""
    entry = pen.write("item", item=item.pk, state="done")
    if following is not None:
        pen.write("item", item=following.pk, state="open")
    return entry


def put_off(*, pen: Pen, item: AgendaItem, why: str) -> Entry:
    """An item is not discussed today, for a reason that the minutes say."""
    return pen.write("item", item=item.pk, state="put_off", why=why)


def record_remark(
    *,
    pen: Pen,
    item: AgendaItem,
    text: str,
    member: UUID | None = None,
    guest: str = "",
    presenting: bool = False,
    is_answer: bool = False,
    ask: UUID | None = None,
    id: UUID | None = None,
) -> Entry:
    """Record one paragraph of what someone said; ask: the wish to speak that it uses up."""
    return pen.write(
        "remark",
        id=id,
        item=item.pk,
        text=text,
        member=member,
        guest=guest or None,
        presenting=presenting or None,
        is_answer=is_answer or None,
        ask=ask,
    )


def read_out(*, pen: Pen, opinion: Opinion) -> Entry:
    """A handed-in opinion is read out: from now on it is a remark of its author (M12).

    Raises:
        Http404: it was not handed in, belongs to another meeting, or stands under no item.
    """
    require(opinion.handed_in_at is not None and opinion.meeting_id == pen.meeting.pk and opinion.item_id is not None)
    return pen.write("remark", item=opinion.item_id, text=opinion.text, member=opinion.author_id, opinion=opinion.pk)


def take_vote(
    *,
    pen: Pen,
    base: Base,
    exclusions: Sequence[str],
    subject: str,
    title: str,
    in_favour: int,
    against: int = 0,
    abstained: int = 0,
    fraction: Fraction = "half",
    item: UUID | None = None,
    differing: UUID | None = None,
    matters: Sequence[str] = (),
    room: Room | None = None,
) -> Entry:
    """Record a show of hands, with its base frozen as persons and reasons (domain.md 2.4, 2.8).

    differing: the differing opinion that is put to the cell; the result is its outcome.
    matters: several that are put to the vote together.
    room: the state of the meeting, where the caller has it.

    Raises:
        DifferingOpen: a resolution or conclusion, while a differing opinion is open (M14).
        Miscount: more hands than the base, or not as many as voters are present.
    """
    if subject in ("resolution", "conclusion") and (room or log.room_of(pen.meeting)).differing_open:
        raise DifferingOpen
    base.check_count(in_favour, against, abstained)
    if base.size == 0:
        raise Miscount("Chưa có ai trong cơ sở tính. Điểm danh trước rồi biểu quyết.")
    return pen.write(
        "vote",
        subject=subject,
        title=title,
        item=item,
        of=differing,
        matters=list(matters) or None,
        included=[[place.person_id, place.standing] for place in base.included],
        excluded=[[place.person_id, place.standing] for place in base.excluded],
        exclusions=list(exclusions),
        fraction=fraction,
        in_favour=in_favour,
        against=against,
        abstained=abstained,
    )


def closing_bars(meeting: Meeting) -> list[ClosingBar]:
    """Everything that still bars the closing, in the order of domain.md 2.8."""
    room = log.room_of(meeting)
    others = [bar for check in registries.closing_checks for bar in check(meeting)]
    return [*bars_of_the_room(meeting, room), *others]


def bars_of_the_room(meeting: Meeting, room: Room) -> list[ClosingBar]:
    """What the meeting itself needs: its clerk, its whole roll, everything settled.

    That the minutes were read back is recorded where it happened, and is no bar: nobody has to invent it.
    """
    path, bars = f"/cuoc-hop/{meeting.pk}/phong/", []
    if room.clerk is None:
        bars.append(ClosingBar("Chưa cử thư ký.", f"{path}thu-ky/", "Cử thư ký"))
    left = sum(line.expected and not line.state for line in room.roll.values())
    if left and not unsaid(room).roll:
        bars.append(ClosingBar(f"Còn {left} đồng chí chưa điểm danh.", f"{path}diem-danh/", "Điểm danh"))
    bars += bars_of_choice(meeting, room)
    if differing := len(room.differing_open):
        reason = f"Còn {number_word(differing)} ý kiến khác chưa kết luận."
        bars.append(ClosingBar(reason, f"{path}y-kien-khac/", "Kết luận ý kiến khác"))
    uncounted = [one for one in ballots_of(room) if one not in secrets_of(room)]
    if uncounted:
        bars.append(ClosingBar("Có phiếu kín chưa ghi kết quả.", f"{path}bo-phieu-kin/{uncounted[0]}/", "Ghi kết quả"))
    if room.needs_look:
        reason = f"Có {number_word(len(room.needs_look))} chỗ cần xem lại."
        bars.append(ClosingBar(reason, f"{path}xem-lai/", "Xem lại"))
    return bars


@transaction.atomic
def close(*, pen: Pen, ended: datetime | None = None) -> None:
    """Close the meeting: its tasks are given, settled ones are settled.

    ended: when a meeting held on paper ended.

    Raises:
        NotOpen: someone else has just closed it.
        MayNotClose: a task is not reviewed, the roll is not complete, there is no conclusion, …
        NotPresiding: neither the chair nor the machine that leads.
    """
    meeting = pen.meeting
    require(pen.by.keeps(meeting.pk, meeting.cell_id))
    locked(meeting)
    if meeting.state != State.OPEN:
        raise NotOpen
    _require_presiding(pen)
    if bars := closing_bars(meeting):
        raise MayNotClose(bars)
    pen.write("close", ended=ended)
    events.record("meeting.closed", chain=meeting.cell_id, by=pen.by.person_id, obj=meeting)


def _require_presiding(pen: Pen) -> None:
    if not may_end(log.room_of(pen.meeting), pen.by.person_id, pen.device):
        raise NotPresiding


@transaction.atomic
def break_off(*, pen: Pen, why: str, ended: datetime | None = None) -> None:
    """Hoãn giữa chừng: the meeting ends before its end; nothing is given or settled (domain.md 2.8).

    Raises:
        NotOpen: someone else has just closed it.
        NotPresiding: neither the chair nor the machine that leads.
    """
    meeting = pen.meeting
    require(pen.by.keeps(meeting.pk, meeting.cell_id))
    locked(meeting)
    if meeting.state != State.OPEN:
        raise NotOpen
    _require_presiding(pen)
    pen.write("abort", why=why, ended=ended)
    events.record("meeting.broken_off", chain=meeting.cell_id, by=pen.by.person_id, obj=meeting)


def read_back(*, pen: Pen) -> Entry:
    """The minutes were read back, and the meeting approved them."""
    return pen.write_closed("read")


def correct(*, pen: Pen, text: str, member: UUID | None = None, remark: UUID | None = None) -> Entry:
    """What someone asked to have corrected when the minutes were read back."""
    return pen.write_closed("correct", text=text, member=member, remark=remark)


def undo(*, pen: Pen, entry: Entry) -> Entry:
    """Undo an entry of this meeting by a counter-entry; undoing that one restores it.

    Raises:
        Http404: another meeting's entry, or one that cannot be undone, as the opening; a second opening can, and an
            ending by who presides.
        UrnGone: the result of a vote on devices, or its ballot, once it is counted.
    """
    require(entry.meeting_id == pen.meeting.pk)
    room = log.room_of(pen.meeting)
    ends = entry.kind in ENDINGS and room.presided is not None
    if ends:
        require(entry.pk not in room.presided or may_end(room, pen.by.person_id, pen.device))  # type: ignore[operator]
    elif kind_of(entry.kind).final:
        require(any(one.entry == entry.pk and one.why in ("opened_twice", "closed_twice") for one in room.needs_look))
    if is_all_that_is_left(room, entry.pk):
        raise UrnGone
    closed = pen.meeting.state == State.CLOSED
    undone = pen.write_closed("undo", of=entry.pk)
    if closed and pen.meeting.state == State.OPEN:
        events.record("meeting.end_taken_back", chain=entry.cell_id, by=pen.by.person_id, obj=pen.meeting)
    return undone
