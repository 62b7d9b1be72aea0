"""Planning a meeting, moving it, cancelling it, and what stands beside it. All for the cell's committee."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q

from chibo.access.models import Office, TermOfOffice
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import local_date, now
from chibo.meetings.models import AgendaItem, Body, Consultation, Meeting, Part, Posting, Postponement, State
from chibo.meetings.prepare.planning import (
    MeetingKind,
    PlannedItem,
    last_of,
    planned_items,
    previous_of,
    same_period,
)
from chibo.orgs.models import Organisation


class AlreadyPlanned(Exception):
    """The period has its regular meeting already."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(str(meeting.pk))
        self.meeting = meeting


class TooLate(Exception):
    """The meeting has begun, is over or was cancelled: its programme stands."""


def locked(meeting: Meeting, by: Standing) -> Meeting:
    """The meeting under a lock, for its committee, as long as it is still to be held.

    Raises:
        Http404: not of the committee.
        TooLate: it has begun, is over or was cancelled.
    """
    require(by.leads(meeting.cell_id))
    one = Meeting.objects.select_for_update(of=("self",)).select_related("cell").get(pk=meeting.pk)
    if not one.is_before:
        raise TooLate
    return one


# ---------- The meeting ----------
@transaction.atomic
def plan_meeting(
    *,
    cell: Organisation,
    kind: MeetingKind,
    period: date,
    starts_at: datetime,
    place: str,
    purpose: str = "",
    online_reason: str = "",
    online_document: str = "",
    on_paper: bool = False,
    by: Standing,
) -> Meeting:
    """Plan a meeting from the last one of its kind: structure, minutes and roles (domain.md 2.8).

    online_reason, online_document: for a meeting held online, both.

    Raises:
        Http404: not of the committee.
        ValueError: held online without the paper that allows it.
        AlreadyPlanned: the period has its regular meeting; two taps make one.
    """
    require(by.leads(cell.pk))
    if bool(online_reason) != bool(online_document):
        raise ValueError("a meeting online has a reason and a paper that allows it")
    Organisation.objects.select_for_update().get(pk=cell.pk)
    if (existing := same_period(cell, kind, period)) is not None:
        raise AlreadyPlanned(existing)
    last = last_of(cell, kind)
    meeting = Meeting(
        cell=cell,
        body=kind.body,
        period=period,
        starts_at=starts_at,
        place=place,
        purpose=purpose,
        online_reason=online_reason,
        online_document=online_document,
        held_on_paper=on_paper,
        chair_id=_chair(cell, last, local_date(starts_at)),
        previous=previous_of(cell, kind.body, starts_at),
    )
    return lay_out(meeting, kind, last, by)


def lay_out(meeting: Meeting, kind: MeetingKind, last: Meeting | None, by: Standing) -> Meeting:
    """Save a planned meeting with its parts and items, those of the last one of its kind where there is one."""
    cell, day, period = meeting.cell, meeting.day, meeting.period
    meeting.created_by = by.person_id
    meeting.save(force_insert=True)
    for position, name in enumerate(kind.parts, 1):
        part = Part.objects.create(**meeting.keys, kind=name, position=position)
        add_planned(meeting, part, planned_items(cell, name, period, day, last, alone=position == 1))
    if len(kind.parts) > 1:
        closing_last(meeting)
    said = {"period": str(period), "on_paper": meeting.held_on_paper}
    events.record("meeting.planned", chain=cell.pk, by=by.person_id, obj=meeting, **said)
    return meeting


def _chair(cell: Organisation, last: Meeting | None, day: date) -> UUID | None:
    """Who chaired last time, while still of the committee; else the secretary."""
    committee = dict(TermOfOffice.objects.on(day).committee_of(cell).values_list("person_id", "office"))
    if last is not None and last.chair_id in committee:
        return last.chair_id
    return next((person for person, office in committee.items() if office == Office.SECRETARY), None)


def add_planned(meeting: Meeting, part: Part, items: Sequence[PlannedItem]) -> None:
    """Put planned items into a part, in their order."""
    AgendaItem.objects.bulk_create(
        AgendaItem(
            **meeting.keys,
            part=part,
            position=position,
            title=item.title,
            kind=item.kind,
            work=item.work,
            minutes=item.minutes,
            template_key=item.template_key,
        )
        for position, item in enumerate(items, 1)
    )


def closing_last(meeting: Meeting) -> None:
    """The minutes are read at the end of the gathering, not between its parts."""
    last_part = meeting.parts.order_by("position").last()
    closing = AgendaItem.objects.filter(meeting=meeting, kind=AgendaItem.Kind.CLOSING).exclude(part=last_part)
    closing.update(part=last_part, position=900)


@transaction.atomic
def combine_thematic(*, meeting: Meeting, by: Standing) -> Meeting:
    """Add a thematic part to a regular meeting, once.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(meeting, by)
    if not meeting.parts.filter(kind=Part.Kind.THEMATIC).exists():
        position = (meeting.parts.aggregate(most=Max("position"))["most"] or 0) + 1
        part = Part.objects.create(**meeting.keys, kind=Part.Kind.THEMATIC, position=position)
        items = planned_items(meeting.cell, Part.Kind.THEMATIC, meeting.period, meeting.day, None, alone=False)
        add_planned(meeting, part, items)
        closing_last(meeting)
        touch(meeting)
        events.record("meeting.combined", chain=meeting.cell_id, by=by.person_id, obj=meeting)
    return meeting


@transaction.atomic
def separate_thematic(*, meeting: Meeting, by: Standing) -> Meeting:
    """Take the thematic part out again before the notice; its closing goes back.

    Raises:
        Http404, TooLate: see `locked`; TooLate also once members may have written on its items.
    """
    meeting = locked(meeting, by)
    if meeting.state != State.DRAFT:
        raise TooLate
    part = meeting.parts.filter(kind=Part.Kind.THEMATIC).exclude(position=1).first()
    if part is not None:
        closing = AgendaItem.objects.filter(part=part, kind=AgendaItem.Kind.CLOSING)
        closing.update(part=meeting.parts.order_by("position").first())
        part.delete()
        touch(meeting)
        events.record("meeting.separated", chain=meeting.cell_id, by=by.person_id, obj=meeting)
    return meeting


@transaction.atomic
def name_theme(*, meeting: Meeting, part: Part, theme: str, by: Standing) -> None:
    """Name the theme of a thematic part.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(meeting, by)
    Part.objects.filter(pk=part.pk, meeting=meeting).update(theme=theme)
    touch(meeting)
    events.record("meeting.theme_named", chain=meeting.cell_id, by=by.person_id, obj=part)


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    place: str,
    reason: str,
    online: tuple[str, str] | None = None,
    by: Standing,
) -> Meeting:
    """Move a meeting; with a reason it is postponed, and its cell is not late (domain.md 2.8).

    online: why it is held online and which paper allows that; two empty texts for one in person; None leaves it.

    Raises:
        Http404, TooLate: see `locked`.
        ValueError: held online without the paper that allows it.
    """
    meeting = locked(meeting, by)
    if online is not None:
        _hold_online(meeting, *online, by=by)
    was_at = meeting.starts_at
    meeting.starts_at, meeting.place = starts_at, place
    meeting.follow_day()
    meeting.save(update_fields=["starts_at", "place", "period"])
    if reason and starts_at != was_at:
        Postponement.objects.create(**meeting.keys, was_at=was_at, now_at=starts_at, reason=reason, by=by.person_id)
    touch(meeting)
    events.record(
        "meeting.moved", chain=meeting.cell_id, by=by.person_id, obj=meeting, was=str(was_at), now=str(starts_at)
    )
    return meeting


def _hold_online(meeting: Meeting, reason: str, document: str, *, by: Standing) -> None:
    """Set why a meeting is held online, or that it is not."""
    if bool(reason) != bool(document):
        raise ValueError("a meeting online has a reason and a paper that allows it")
    if (meeting.online_reason, meeting.online_document) == (reason, document):
        return
    meeting.online_reason, meeting.online_document = reason, document
    meeting.save(update_fields=["online_reason", "online_document"])
    kind = "meeting.held_online" if reason else "meeting.held_in_person"
    events.record(kind, chain=meeting.cell_id, by=by.person_id, obj=meeting)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Standing) -> Meeting:
    """Cancel a meeting that has not begun.

    Raises:
        Http404, TooLate: see `locked`.
    """
    meeting = locked(meeting, by)
    meeting.state, meeting.cancelled_at, meeting.cancel_reason = State.CANCELLED, now(), reason
    meeting.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    events.record("meeting.cancelled", chain=meeting.cell_id, by=by.person_id, obj=meeting)
    return meeting


@transaction.atomic
def restore_meeting(*, meeting: Meeting, by: Standing) -> Meeting:
    """Take a cancelling back; announced or not, as it was.

    Raises:
        AlreadyPlanned: the period has another regular meeting by now.
    """
    require(by.leads(meeting.cell_id))
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("cell").get(pk=meeting.pk)
    if meeting.state != State.CANCELLED:
        return meeting
    regular = meeting.parts.filter(kind=Part.Kind.REGULAR).exists()
    if regular and (other := _in_its_way(meeting)) is not None:
        raise AlreadyPlanned(other)
    meeting.state = State.ANNOUNCED if meeting.announced_at else State.DRAFT
    meeting.cancelled_at, meeting.cancel_reason = None, ""
    meeting.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    events.record("meeting.restored", chain=meeting.cell_id, by=by.person_id, obj=meeting)
    return meeting


def _in_its_way(meeting: Meeting) -> Meeting | None:
    """The regular meeting that its period has by now; the gatherings of other groups are none to each other."""
    other = same_period(meeting.cell, MeetingKind.REGULAR, meeting.period)
    if other is None or meeting.group_id is None:
        return other
    standing = Meeting.objects.filter(cell=meeting.cell, period=meeting.period).exclude(state=State.CANCELLED)
    same = Q(group=None, body=Body.CELL, parts__kind=Part.Kind.REGULAR) | Q(group=meeting.group_id)
    return standing.filter(same | ~Q(gatherings=meeting.gatherings) & Q(group__isnull=False)).first()


def touch(meeting: Meeting) -> None:
    """Raise the version of the programme."""
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)


# ---------- Beside the programme ----------
@transaction.atomic
def record_consultation(
    *, meeting: Meeting, held_at: datetime, participants: str, agreed: str, by: Standing
) -> Consultation:
    """Record that secretary and deputy conferred before the meeting (Hướng dẫn 42-HD/BTCTW, domain.md 2.1)."""
    require(by.leads(meeting.cell_id))
    one = Consultation.objects.create(
        **meeting.keys, held_at=held_at, participants=participants, agreed=agreed, by=by.person_id
    )
    events.record("meeting.consulted", chain=meeting.cell_id, by=by.person_id, obj=one)
    return one


@transaction.atomic
def record_posting(*, meeting: Meeting, what: str, posted_at: datetime, by: Standing) -> Posting:
    """Record when papers were posted to the national handbook app."""
    require(by.keeps(meeting.pk, meeting.cell_id))
    one = Posting.objects.create(**meeting.keys, what=what, posted_at=posted_at, by=by.person_id)
    events.record("meeting.posted", chain=meeting.cell_id, by=by.person_id, obj=one, what=what)
    return one


@transaction.atomic
def withdraw_posting(*, posting: Posting, by: Standing) -> None:
    """Take back a posting that was recorded by mistake."""
    require(by.keeps(posting.meeting_id, posting.cell_id))
    events.record("meeting.posting_withdrawn", chain=posting.cell_id, by=by.person_id, obj=posting)
    posting.delete()
