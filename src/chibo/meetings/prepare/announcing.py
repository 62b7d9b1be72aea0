"""Sending the notice of a meeting, cancelling it within its minute, correcting it, and who has been told how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from chibo.access.models import Office, TermOfOffice
from chibo.access.standing import Standing, require
from chibo.accounts.models import User
from chibo.audit import events
from chibo.lib.dates import now
from chibo.meetings.models import Announcement, Body, Invitee, Meeting, State
from chibo.meetings.prepare.agenda_commands import forget_removed
from chibo.meetings.prepare.commands import TooLate, locked
from chibo.meetings.prepare.programme import programme
from chibo.meetings.prepare.texts import facts_of, notice_text
from chibo.meetings.room.called import day_to_bring, roll_at_opening
from chibo.members.models import Contact

# A sent notice can be taken back for this long; nobody sees it before.
TO_CANCEL = timedelta(seconds=60)


class AlreadySent(Exception):
    """The notice is out; what is new goes into a correction."""


class MinuteOver(Exception):
    """The minute to cancel is over: people have the notice."""


class StartIsPast(Exception):
    """The meeting's start is past: a notice for it would invite nobody."""


@dataclass(frozen=True)
class Addressee:
    """Someone to be told. `has_account`: finds the notice in Chibo; others are told in person."""

    person_id: UUID
    full_name: str
    note: str
    phone: str
    has_account: bool
    away: bool
    is_follower: bool = False

    @property
    def given_name(self) -> str:
        """By which one is addressed."""
        return self.full_name.rpartition(" ")[2]


def addressees(meeting: Meeting) -> list[Addressee]:
    """Everyone who is to be told, in the order of names, the follower last: exempt members too, the suspended not.

    The committee's own meeting is told to its committee alone, a group's to its members.
    """
    lines = [line for line in roll_at_opening(meeting, day=day_to_bring(meeting)) if not line.suspended]
    followers = [] if meeting.body == Body.COMMITTEE else followers_of(meeting)
    ids = [line.person_id for line in lines] + [person for person, _ in followers]
    accounts = accounts_of(ids)
    phones = dict(Contact.objects.filter(person_id__in=ids).values_list("person_id", "phone"))
    found = []
    for line in lines:
        notes = [
            word for word, holds in (("miễn sinh hoạt", line.exempt), ("đang sinh hoạt nơi khác", line.away)) if holds
        ]
        phone = phones.get(line.person_id, "")
        found.append(
            Addressee(line.person_id, line.full_name, ", ".join(notes), phone, line.person_id in accounts, line.away)
        )
    for person_id, name in followers:
        note = "cấp ủy viên phụ trách chi bộ"
        found.append(Addressee(person_id, name, note, phones.get(person_id, ""), person_id in accounts, False, True))
    return found


def followers_of(meeting: Meeting) -> list[tuple[UUID, str]]:
    """Who follows the cell from above on the day, and is not one of its members."""
    held = TermOfOffice.objects.on(meeting.day).filter(organisation_id=meeting.cell_id, office=Office.FOLLOWER)
    return list(held.values_list("person_id", "person__full_name"))


def accounts_of(people: Iterable[UUID]) -> set[UUID]:
    """Who of these people has signed in once and so finds a notice in Chibo."""
    never = Q(password__startswith="!", last_login=None)  # noqa: S106 - the mark of an account without a password
    users = User.objects.filter(person_id__in=list(people), is_active=True).exclude(never)
    return {person for person in users.values_list("person_id", flat=True) if person is not None}


@transaction.atomic
def announce(*, meeting: Meeting, away: Iterable[UUID] = (), by: Standing) -> Announcement:
    """Send the notice to every member and the follower; `away` names those elsewhere who are told as well.

    Raises:
        Http404, TooLate: see `commands.locked`.
        AlreadySent: it is out; a second tap changes nothing.
        StartIsPast: the start is past.
    """
    meeting = locked(meeting, by)
    if meeting.state != State.DRAFT:
        raise AlreadySent
    if meeting.starts_at <= now() or meeting.held_on_paper:
        raise StartIsPast
    forget_removed(meeting)
    sent = _send(meeting, number=1, text=notice_text(programme(meeting)), by=by)
    _invite(meeting, set(away))
    _sender_knows(sent, by)
    meeting.state, meeting.announced_at = State.ANNOUNCED, sent.effective_at
    meeting.save(update_fields=["state", "announced_at"])
    events.record("meeting.announced", chain=meeting.cell_id, by=by.person_id, obj=sent, meeting=str(meeting.pk))
    return sent


def _send(meeting: Meeting, *, number: int, text: str, by: Standing) -> Announcement:
    at = now()
    return Announcement.objects.create(
        **meeting.keys,
        number=number,
        text=text,
        facts=facts_of(programme(meeting)),
        sent_at=at,
        effective_at=at + TO_CANCEL,
        sent_by=by.person_id,
    )


def _invite(meeting: Meeting, away: set[UUID]) -> None:
    """One row a person; those who are there already keep what they answered."""
    Invitee.objects.bulk_create(
        (
            Invitee(**meeting.keys, person_id=one.person_id, is_follower=one.is_follower)
            for one in addressees(meeting)
            if not one.away or one.person_id in away
        ),
        ignore_conflicts=True,
    )


def _sender_knows(sent: Announcement, by: Standing) -> None:
    """Who sends a notice has read it."""
    if by.person_id is None:
        return
    Invitee.objects.filter(meeting=sent.meeting_id, person_id=by.person_id).update(seen_at=sent.effective_at)


@transaction.atomic
def cancel_notice(*, meeting: Meeting, by: Standing) -> Announcement:
    """Take the last notice or correction back, within its minute.

    Raises:
        Http404, TooLate: see `commands.locked`.
        MinuteOver: people have it; a correction can be sent.
    """
    meeting = locked(meeting, by)
    last = last_notice(meeting)
    if last is None:
        raise MinuteOver
    if last.effective_at <= now():
        raise MinuteOver
    last.cancelled_at = now()
    last.save(update_fields=["cancelled_at"])
    if last.number == 1:
        Invitee.objects.filter(meeting=meeting).delete()
        meeting.state, meeting.announced_at = State.DRAFT, None
        meeting.save(update_fields=["state", "announced_at"])
    events.record("meeting.notice_cancelled", chain=meeting.cell_id, by=by.person_id, obj=last, number=last.number)
    return last


@transaction.atomic
def send_correction(*, meeting: Meeting, text: str, by: Standing) -> Announcement:
    """Send a correction with what has changed; new members of the roster are invited with it.

    Raises:
        Http404, TooLate: see `commands.locked`; TooLate also while no notice is out.
    """
    meeting = locked(meeting, by)
    last = last_notice(meeting)
    if last is None:
        raise TooLate
    if last.number > 1 and last.text == text and now() - last.sent_at < TO_CANCEL:
        return last  # the same button tapped twice
    sent = _send(meeting, number=last.number + 1, text=text, by=by)
    away = set(Invitee.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    _invite(meeting, away)
    _sender_knows(sent, by)
    events.record("meeting.corrected", chain=meeting.cell_id, by=by.person_id, obj=sent, number=sent.number)
    return sent


def last_notice(meeting: Meeting) -> Announcement | None:
    """The last notice or correction that was not taken back."""
    return Announcement.objects.filter(meeting=meeting, cancelled_at=None).order_by("number").last()


def reached_in_group(invitees: Iterable[Invitee]) -> list[Invitee]:
    """Those of the invited whom a message to the cell's group reached the last time that anyone told them."""
    found = {one.person_id: one for one in invitees}
    told = Invitee.objects.filter(person__in=found, told_at__isnull=False)
    told = told.filter(cell_id__in={one.cell_id for one in found.values()})
    told = told.exclude(pk__in={one.pk for one in found.values()})
    last = told.order_by("person_id", "-told_at").distinct("person_id").values_list("person_id", "told_way")
    return [found[person] for person, way in last if way == Invitee.Way.ZALO]


@transaction.atomic
def mark_told_in_group(*, invitees: Iterable[Invitee], by: Standing) -> int:
    """The notice was pasted into the group: each whom it reached last time is told; gives how many."""
    reached = reached_in_group(invitees)
    for one in reached:
        mark_told(invitee=one, way=Invitee.Way.ZALO, by=by)
    return len(reached)


@transaction.atomic
def mark_told(*, invitee: Invitee, way: str, by: Standing) -> None:
    """Someone was told in person; an empty way takes that back."""
    require(by.leads(invitee.cell_id))
    told = {"told_at": now(), "told_by": by.person_id} if way else {"told_at": None, "told_by": None}
    Invitee.objects.filter(pk=invitee.pk).update(told_way=way, **told)
    said = {"person": invitee.person_id, "way": way}
    events.record("invitee.told", chain=invitee.cell_id, by=by.person_id, obj=invitee, **said)
