"""The rows that screens read, written in the transaction of each entry; the log is the truth behind them.

Two ways that a test holds equal: `rows` writes everything from a folded state; the functions named after kinds write
the rows of one entry that comes last in order, so that calling the roll stays cheap.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import CharField, JSONField, Model, PositiveIntegerField, PositiveSmallIntegerField

from chibo.access.compiled import Compiled
from chibo.access.models import MeetingDuty, TermOfOffice
from chibo.access.scope import NOBODY
from chibo.lib.bulk_insert import insert, update
from chibo.meetings import registries
from chibo.meetings.models import Attendance, Guest, Meeting, Minutes, Remark, State, Vote
from chibo.meetings.room.fold import Line, Record, Room
from chibo.meetings.room.fold import Remark as RemarkState
from chibo.meetings.room.fold import Vote as VoteState
from chibo.members.base_of_vote import Base, Place, Standing
from chibo.members.models import Membership

# The states of a meeting that no opening has reached.
BEFORE = (State.DRAFT, State.ANNOUNCED, State.CANCELLED)
# Of PostgreSQL's smallint and integer.
MOST_OF_A_COUNT = {PositiveSmallIntegerField: 32_767, PositiveIntegerField: 2_147_483_647}


def same_everywhere(meeting: Meeting | UUID, name: object) -> UUID:
    """The id of a row that belongs to one thing of one meeting: a rebuilt row has the same."""
    return uuid5(meeting if isinstance(meeting, UUID) else meeting.pk, str(name))


@cache
def _kept_of(model: type[Model], through: str) -> Compiled[Model]:
    return Compiled(lambda _, meeting: model._default_manager.filter(**{through: meeting}))


def kept_rows(model: type[Model], meeting: Meeting, through: str = "meeting") -> list[Model]:
    """The rows that a table has of a meeting now. through: the way to the meeting, where it is not a column."""
    return _kept_of(model, through).rows(NOBODY, meeting.pk)


def bring(existing: Iterable[Model], wanted: Sequence[Model], fields: Sequence[str]) -> None:
    """Make the rows of a table what they should be: add, change what differs, remove the rest."""
    found = {row.pk: row for row in existing}
    for row in wanted:
        fit(row)
    model = type(wanted[0]) if wanted else None
    new, changed = [], []
    for row in wanted:
        old = found.pop(row.pk, None)
        if old is None:
            new.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in fields):
            changed.append(row)
    if model is not None:
        _create(model, new)
        _change(model, changed, fields)
    for row in found.values():
        row.delete()


def fit(row: Model) -> None:
    """What a column cannot hold is cut to it: the log keeps the whole, and nothing that happened stops the rows."""
    for name, most in _limits(type(row)):
        value = getattr(row, name)
        if isinstance(value, str) and len(value) > most:
            setattr(row, name, value[: most - 1] + "…")
        elif isinstance(value, int) and value > most:
            setattr(row, name, most)


@cache
def _limits(model: type[Model]) -> list[tuple[str, int]]:
    """The columns of a table that hold only so many characters, or numbers only so great."""
    fields = model._meta.concrete_fields
    lengths = [(one.attname, one.max_length) for one in fields if isinstance(one, CharField) and one.max_length]
    counts = [(one.attname, most) for one in fields for kind, most in MOST_OF_A_COUNT.items() if isinstance(one, kind)]
    return lengths + counts


# From so many rows on, as a device brings them after an evening, the ORM's own statement costs more than the rows.
_MANY = 10


def _create(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert new rows."""
    columns = model._meta.concrete_fields
    if len(rows) < _MANY or any(isinstance(one, JSONField) for one in columns):
        model._default_manager.bulk_create(rows)
    else:
        names = [one.attname for one in columns]
        insert(model, names, [[getattr(row, name) for name in names] for row in rows])


def _change(model: type[Model], rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Write some fields of rows that are there."""
    columns: list[Any] = [model._meta.get_field(name) for name in fields]
    if len(rows) < _MANY or any(isinstance(one, JSONField) for one in columns):
        if rows:
            model._default_manager.bulk_update(rows, fields)
    else:
        update(model, fields, [[row.pk, *(getattr(row, one.attname) for one in columns)] for row in rows])


# ---------- Everything, from the state ----------
def rows(meeting: Meeting, room: Room, *, remarks: bool = True) -> None:
    """Write all rows of a meeting from its state, those of later apps too. remarks: whether any may have changed."""
    if room.chair is not None:  # nothing is known of a meeting whose opening has not arrived
        _meeting(meeting, room)
        _duties(meeting, room)
        bring(
            kept_rows(Attendance, meeting),
            [_attendance(meeting, line) for line in room.roll.values()],
            ["kind", "exempt", "away", "suspended", *_CALLED],
        )
    elif room.aside:
        _unopen(meeting)
    bring(
        kept_rows(Guest, meeting),
        [Guest(id=one.id, **meeting.keys, name=one.name, office=one.office) for one in room.guests.values()],
        ["name", "office"],
    )
    if remarks:
        bring(kept_rows(Remark, meeting), [_remark(meeting, one) for one in room.remarks.values()], _SAID)
    bring(
        kept_rows(Vote, meeting),
        [_vote(meeting, one) for one in room.votes.values()],
        ["subject", "title", "base", "base_size", "needed", "in_favour", "against", "abstained", "passed", "order"],
    )
    if room.read_at is not None:
        Minutes.objects.update_or_create(
            meeting=meeting,
            defaults={"read_at": room.read_at},
            create_defaults={**meeting.keys, "read_at": room.read_at},
        )
    else:
        Minutes.objects.filter(meeting=meeting, read_at__isnull=False).update(read_at=None)
    for project in registries.projectors:
        project(meeting, room)


def _meeting(meeting: Meeting, room: Room) -> None:
    """The meeting's own columns; a signed meeting stays signed."""
    if meeting.state in BEFORE:
        meeting.planned_chair, meeting.planned_clerk = meeting.chair_id, meeting.clerk_id or _duty_of_clerk(meeting)
    meeting.chair_id, meeting.clerk_id = room.chair, room.clerk or meeting.planned_clerk
    meeting.opened_at, meeting.closed_at = room.opened_at, room.closed_at
    meeting.aborted_why = room.aborted
    meeting.follow_day()
    fit(meeting)
    if meeting.state != State.SIGNED:
        meeting.state = State.OPEN if room.closed_at is None else State.CLOSED
    meeting.save(update_fields=[*_OWN, "planned_chair", "planned_clerk"])


_OWN = ["chair", "clerk", "period", "opened_at", "closed_at", "aborted_why", "state"]


def _duty_of_clerk(meeting: Meeting) -> UUID | None:
    """Who has the part of the clerk."""
    duties = MeetingDuty.objects.filter(meeting_id=meeting.pk, duty=MeetingDuty.Duty.CLERK)
    return duties.values_list("person_id", flat=True).first()


def _unopen(meeting: Meeting) -> None:
    """No opening counts any more: the meeting is as it was before, with who was to preside and to minute it."""
    if meeting.state not in (State.OPEN, State.CLOSED):
        return
    meeting.chair_id, meeting.clerk_id = meeting.planned_chair, meeting.planned_clerk
    meeting.opened_at = meeting.closed_at = None
    meeting.follow_day()
    meeting.aborted_why = ""
    meeting.state = State.ANNOUNCED if meeting.announced_at else State.DRAFT
    if meeting.cancelled_at is not None:
        meeting.state = State.CANCELLED
    meeting.save(update_fields=_OWN)
    chair, clerk = MeetingDuty.Duty.CHAIR, MeetingDuty.Duty.CLERK
    planned: dict[str, UUID | None] = {chair: meeting.planned_chair, clerk: meeting.planned_clerk}
    for one in MeetingDuty.objects.filter(meeting_id=meeting.pk, duty__in=planned):
        if one.person_id != planned[one.duty]:
            one.delete()
    _give(meeting, planned)
    bring(Attendance.objects.filter(meeting=meeting), [], [])


def _duties(meeting: Meeting, room: Room) -> None:
    """Chair and clerk of this meeting have their part in it, and nobody else has."""
    wanted: dict[str, UUID | None] = {MeetingDuty.Duty.CHAIR: room.chair, MeetingDuty.Duty.CLERK: room.clerk}
    for duty, person in wanted.items():
        if person is not None:  # a clerk who was only proposed stays until one is elected
            MeetingDuty.objects.filter(meeting_id=meeting.pk, duty=duty).exclude(person_id=person).delete()
    _give(meeting, wanted)


def _give(meeting: Meeting, wanted: Mapping[str, UUID | None]) -> None:
    """Give people of the cell their part in a meeting."""
    for duty, person in wanted.items():
        if person is None or MeetingDuty.objects.filter(meeting_id=meeting.pk, person_id=person, duty=duty).exists():
            continue
        if _is_of_the_cell(meeting, person):
            MeetingDuty.objects.create(meeting_id=meeting.pk, person_id=person, duty=duty, cell_id=meeting.cell_id)


def _is_of_the_cell(meeting: Meeting, person: UUID) -> bool:
    """Whether someone is of the cell on the day of the meeting. An entry may name anybody there is; who comes from
    elsewhere has a part in a meeting when it was given while the meeting was prepared, never by an entry alone."""
    members = Membership.objects.filter(cell_id=meeting.cell_id, validity__contains=meeting.day)
    committee = TermOfOffice.objects.committee_of(meeting.cell_id).on(meeting.day)
    return members.filter(person_id=person).exists() or committee.filter(person_id=person).exists()


_SAID = (
    *("item_id", "person_id", "guest_name", "text", "presenting", "is_answer", "opinion_id", "order", "written_by"),
)
_CALLED = ("state", "late_minutes", "left_early", "reason", "reason_text", "marked_by")


def _attendance(meeting: Meeting, line: Line) -> Attendance:
    return Attendance(
        id=same_everywhere(meeting, line.person),
        **meeting.keys,
        person_id=line.person,
        kind=line.kind,
        exempt=line.exempt,
        away=line.away,
        suspended=line.suspended,
        state=line.state,
        late_minutes=line.late_minutes,
        left_early=line.left_early,
        reason=line.reason,
        reason_text=line.reason_text,
        marked_by=line.by,
    )


def _remark(meeting: Meeting, one: RemarkState) -> Remark:
    return Remark(
        id=one.id,
        **meeting.keys,
        item_id=one.item,
        person_id=one.person,
        guest_name=one.guest,
        text=one.text,
        presenting=one.presenting,
        is_answer=one.is_answer,
        opinion_id=one.opinion,
        order=one.order,
        written_by=one.author,
        said_at=one.at,
    )


def base_of(vote: VoteState) -> Base:
    """The frozen base of a vote, to be shown."""
    return Base(
        included=tuple(Place(UUID(person), Standing(why)) for person, why in vote.included),
        excluded=tuple(Place(UUID(person), Standing(why)) for person, why in vote.excluded),
    )


def _vote(meeting: Meeting, one: VoteState) -> Vote:
    return Vote(
        id=one.id,
        **meeting.keys,
        item_id=one.item,
        subject=one.subject,
        title=one.title,
        base={"included": one.included, "excluded": one.excluded, "fraction": one.fraction},
        base_size=one.size,
        needed=one.needed,
        in_favour=one.in_favour,
        against=one.against,
        abstained=one.abstained,
        passed=one.passed,
        order=one.order,
    )


# ---------- One entry that comes last ----------
def nothing(meeting: Meeting, record: Record) -> None:
    """Kinds whose meaning is read from the log alone."""


_CALL = (
    f"UPDATE meetings_attendance SET {', '.join(f'{name} = %s' for name in _CALLED)}"  # noqa: S608
    " WHERE meeting_id = %s AND person_id = ANY(%s)"
)


def attend(meeting: Meeting, record: Record) -> None:
    """Lines of the roll, in one statement; written out, since the ORM would build it anew for each line."""
    payload = record.payload
    called = Attendance(
        state=payload.get("state") or "",
        late_minutes=payload.get("late_minutes"),
        left_early=bool(payload.get("left_early")),
        reason=payload.get("reason") or "",
        reason_text=payload.get("reason_text") or "",
        marked_by=record.author,
    )
    fit(called)
    members = [UUID(one) for one in payload["members"]]
    with connection.cursor() as cursor:
        # who is not on the roll has no row
        cursor.execute(_CALL, [*(getattr(called, name) for name in _CALLED), meeting.pk, members])


def guest(meeting: Meeting, record: Record) -> None:
    """A guest."""
    payload = record.payload
    row = Guest(id=record.id, **meeting.keys, name=payload["name"], office=payload.get("office") or "")
    fit(row)
    row.save(force_insert=True)


def remark(meeting: Meeting, record: Record) -> None:
    """A remark."""
    from chibo.meetings.room.fold import take

    room = Room()
    take(room, record)
    (one,) = room.remarks.values()
    row = _remark(meeting, one)
    fit(row)
    row.save(force_insert=True)


def remark_edit(meeting: Meeting, record: Record) -> None:
    """The text of a remark."""
    Remark.objects.filter(meeting=meeting, pk=record.payload["of"]).update(text=record.payload["text"])


def remark_withdraw(meeting: Meeting, record: Record) -> None:
    """A remark taken back."""
    Remark.objects.filter(meeting=meeting, pk=record.payload["of"]).delete()
