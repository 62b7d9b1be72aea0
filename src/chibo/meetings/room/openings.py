"""Whether an opening counts: doubted where a device opened that may not, confirmed or voided by who opens by right."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from chibo.access.scope import system_scope
from chibo.access.standing import Standing, found, require
from chibo.audit import events
from chibo.lib.dates import local_date, today
from chibo.meetings.minutes.freeze import thaw
from chibo.meetings.models import Meeting, Minutes, State
from chibo.meetings.room import log
from chibo.meetings.room.called import may_open
from chibo.meetings.room.commands import locked
from chibo.meetings.room.fold import THE_SERVER, Record, Room, fold
from chibo.meetings.room.verdicts import CONFIRM, DOUBT, OF_ALL_WHO_SAW, OF_ITS_DEVICE, VOID, verdicts_in


@dataclass(frozen=True)
class Opening:
    """An opening in the log. verdict: the last one on it; aside: entries that were set aside with it.

    own: how many entries its device has written besides. others: whether another opening would stand in its place.
    """

    record: Record
    stands: bool
    doubted: bool
    verdict: Record | None
    aside: Sequence[Record]
    own: int
    others: bool

    @property
    def voided(self) -> bool:
        """Whether it was voided."""
        return self.verdict is not None and self.verdict.kind == VOID


def openings_of(records: Sequence[Record], room: Room) -> list[Opening]:
    """The openings of a log in the order of meaning, without those that were taken back."""
    opened = [one for one in records if one.kind == "open" and one.id not in room.undone]
    standing = [one.id for one in opened if one.id not in room.aside]
    return [
        Opening(
            record=one,
            stands=one.id in standing[:1],
            doubted=one.id in room.doubted,
            verdict=_verdict_on(records, one),
            aside=_set_aside_with(records, one) if one.id in room.aside else (),
            own=sum(other.device == one.device and other.kind != "open" for other in records),
            others=any(other != one.id for other in standing),
        )
        for one in opened
    ]


def _verdict_on(records: Sequence[Record], opening: Record) -> Record | None:
    said = [one for one in records if one.kind in (CONFIRM, VOID) and one.payload["of"] == str(opening.id)]
    return said[-1] if said else None


def _set_aside_with(records: Sequence[Record], opening: Record) -> list[Record]:
    """What counts for nothing by the verdict on one opening, besides the opening."""
    without = [one for one in records if one.kind != VOID or one.payload["of"] == str(opening.id)]
    aside = verdicts_in(without).aside - {opening.id}
    return [one for one in records if one.id in aside]


def may_judge(meeting: Meeting, by: Standing) -> bool:
    """Whether someone says which opening counts: whoever opens by right, never by an opening in doubt."""
    return by.leads(meeting.cell_id) or (by.person_id is not None and by.person_id in may_open(meeting))


def doubt(meeting: Meeting, records: Iterable[Record], wrong_clock: Set[UUID] = frozenset()) -> None:
    """Note in the log where somebody opened out of reach who does not open by right (design.md section 3, rule 5).

    It is taken like anything else that happened, and waits for a person to look at it.
    wrong_clock: the entries whose moments are doubted.
    """
    for one in records:
        if one.kind == "open" and not _is_by_right(meeting, one, knows_day=one.id not in wrong_clock):
            with system_scope() as system:  # the server's own word, which no person may write
                log.append(meeting, by=system, device=THE_SERVER, kind=DOUBT, payload={"of": str(one.id)})


def _is_by_right(meeting: Meeting, opening: Record, knows_day: bool) -> bool:
    """Whether its author might open on the day of this very opening.

    Where the clock was wrong nobody knows the day yet: it is the planned one, or the one on which it arrives.
    """
    days: tuple[date | None, ...] = (meeting.planned_day, today())
    if meeting.held_on_paper or opening.at is None:
        days = (None,)
    elif knows_day:
        days = (local_date(opening.at),)
    return any(opening.author in may_open(meeting, day) for day in days)


@transaction.atomic
def confirm(*, meeting: Meeting, opening: UUID, by: Standing, device: UUID) -> None:
    """Let an opening count: whoever opened did so in another's place, or it was voided by mistake.

    Raises:
        Http404: not by right, or no such opening. Sealed: the minutes are signed.
    """
    record = _judged(meeting, opening, by)
    _take_signature_back(meeting, by)
    log.append(meeting, by=by, device=device, kind=CONFIRM, payload={"of": str(opening)})
    events.record(
        "meeting.opening_confirmed",
        chain=meeting.cell_id,
        by=by.person_id,
        obj=meeting,
        person=str(record.author),
    )


@transaction.atomic
def void(*, meeting: Meeting, opening: UUID, why: str, keep: bool, by: Standing, device: UUID) -> int:
    """Let an opening count for nothing; how many entries are set aside with it.

    keep: whether what its device wrote joins the meeting that another device opened. Where no other did, all that was
    written under this opening is set aside, and the meeting is still to be held. Nothing is erased.

    Raises:
        Http404: not by right, or no such opening. Sealed: the minutes are signed.
    """
    record = _judged(meeting, opening, by)
    others = _found(meeting, opening).others
    aside = OF_ITS_DEVICE if others else OF_ALL_WHO_SAW
    _take_signature_back(meeting, by)
    said = {"of": str(opening), "why": why, "aside": None if keep and others else aside}
    log.append(meeting, by=by, device=device, kind=VOID, payload=said)
    number = len(_found(meeting, opening).aside)
    events.record(
        "meeting.opening_voided",
        chain=meeting.cell_id,
        by=by.person_id,
        obj=meeting,
        person=str(record.author),
        number=number,
    )
    return number


def _judged(meeting: Meeting, opening: UUID, by: Standing) -> Record:
    """The opening, with its meeting held.

    Raises:
        Http404: not by right, or no such opening. Sealed: the minutes are signed.
    """
    locked(meeting)
    require(may_judge(meeting, by))
    if meeting.state == State.SIGNED:
        raise log.Sealed(str(meeting.pk))
    return _found(meeting, opening).record


def _found(meeting: Meeting, opening: UUID) -> Opening:
    records = log.records_of(meeting)
    return found(next((one for one in openings_of(records, fold(records)) if one.record.id == opening), None))


def _take_signature_back(meeting: Meeting, by: Standing) -> None:
    """A first signature stood under another meaning of the log."""
    minutes = Minutes.objects.filter(meeting=meeting, frozen_at__isnull=False).first()
    if minutes is not None:
        thaw(minutes)
        events.record("minutes.given_back", chain=meeting.cell_id, by=by.person_id, obj=meeting)
