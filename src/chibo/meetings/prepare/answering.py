"""What a member does before the meeting: sees the notice, answers, prepares an opinion, hands it in."""

from uuid import UUID

from django.db import transaction

from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.lib.dates import now
from chibo.meetings.models import AgendaItem, Announcement, Invitee, Meeting, Opinion, State
from chibo.meetings.prepare.commands import TooLate
from chibo.meetings.prepare.receipts import Receipts


class OtherVersion(Exception):
    """The author saved another text meanwhile, on another device; `current` holds it."""

    def __init__(self, current: Opinion) -> None:
        super().__init__(str(current.pk))
        self.current = current


def mark_seen(*, meeting: Meeting, notice: Announcement | None, invitee: Invitee | None) -> None:
    """The person's own page was opened: the receipt of the last notice that is in force."""
    if invitee is None or notice is None or not meeting.is_known:
        return
    if invitee.seen_at is None or invitee.seen_at < notice.effective_at <= now():
        invitee.seen_at = now()
        Invitee.objects.filter(pk=invitee.pk).update(seen_at=invitee.seen_at)


def mark_keeper_seen(*, meeting: Meeting, receipts: Receipts, by: Standing) -> Receipts:
    """The committee, chair and clerk have a page of their own; opening it is their receipt: all as they are now."""
    if by.person_id is None or meeting.state != State.ANNOUNCED or not meeting.is_known:
        return receipts
    own, moment = receipts.unseen_by(by.person_id), now()
    if own is None:
        return receipts
    Invitee.objects.filter(pk=own.id).update(seen_at=moment)
    return receipts.seen(own, moment)


@transaction.atomic
def answer(
    *, meeting: Meeting, person_id: UUID, given: str, reason: str = "", reason_text: str = "", by: Standing
) -> Invitee:
    """Say whether a person comes; the committee may say so for someone without a phone, marked as such.

    An empty answer takes it back.

    Raises:
        Http404: neither oneself nor the committee; not invited.
        TooLate: the meeting has begun or is over.
    """
    require(person_id == by.person_id or by.leads(meeting.cell_id))
    if not meeting.is_before:
        raise TooLate
    found = Invitee.objects.select_for_update().filter(meeting=meeting, person_id=person_id).first()
    require(found is not None)
    assert found is not None  # noqa: S101 - require has refused; this tells the type checker
    absent = given == Invitee.Answer.ABSENT
    found.answer, found.reason = given, reason if absent else ""
    found.reason_text = reason_text if absent else ""
    found.answered_at, found.answered_by = (now(), by.person_id) if given else (None, None)
    found.save(update_fields=["answer", "reason", "reason_text", "answered_at", "answered_by"])
    said = {"answer": given} | ({} if person_id == by.person_id else {"on_behalf_of": person_id})
    events.record("invitee.answered", chain=meeting.cell_id, by=by.person_id, obj=found, **said)
    return found


@transaction.atomic
def save_opinion(*, meeting: Meeting, item: AgendaItem, text: str, version: int, by: Standing) -> Opinion:
    """Save the draft of one's own opinion; nobody else can read it.

    Raises:
        Http404: not a member of the cell.
        TooLate: the meeting has begun, or the opinion is handed in and must be taken back first.
        OtherVersion: another text was saved meanwhile.
    """
    require(by.belongs(meeting.cell_id) and by.person_id is not None)
    assert by.person_id is not None  # noqa: S101 - require has refused; this tells the type checker
    if not meeting.is_before:
        raise TooLate
    mine = Opinion.objects.select_for_update().filter(meeting=meeting, item=item, author_id=by.person_id).first()
    if mine is None:
        return Opinion.objects.create(**meeting.keys, item=item, author_id=by.person_id, text=text)
    if mine.text == text:
        return mine
    if mine.handed_in_at is not None:
        raise TooLate
    if version != mine.version:
        raise OtherVersion(mine)
    mine.text, mine.version, mine.saved_at = text, mine.version + 1, now()
    mine.save(update_fields=["text", "version", "saved_at"])
    return mine


@transaction.atomic
def hand_in(*, opinion: Opinion, handed_in: bool, by: Standing) -> Opinion:
    """Hand an opinion in to the committee, or take it back, until the meeting begins.

    Raises:
        Http404: someone else's.
        TooLate: the meeting has begun.
    """
    require(opinion.author_id == by.person_id)
    if not opinion.meeting.is_before:
        raise TooLate
    opinion.handed_in_at = now() if handed_in else None
    opinion.save(update_fields=["handed_in_at"])
    kind = "opinion.handed_in" if handed_in else "opinion.taken_back"
    events.record(kind, chain=opinion.cell_id, by=by.person_id, obj=opinion)
    return opinion
