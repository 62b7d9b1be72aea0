"""Making a device ready for a meeting, finding it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.http import Http404

from chibo.access.request import Request
from chibo.access.scope import scope
from chibo.access.standing import Standing, require
from chibo.accounts import device as sessions
from chibo.audit import events
from chibo.lib.dates import now
from chibo.meetings.device.answers import Refused
from chibo.meetings.models import Meeting, RoomDevice, State
from chibo.meetings.models.device import KEPT, key
from chibo.meetings.room.commands import locked

# "Last heard" is as coarse as this: a question every five seconds must not write every five seconds.
TOUCH_EVERY = timedelta(minutes=1)


@transaction.atomic
def register(*, request: Request, meeting: Meeting, known: UUID | None) -> RoomDevice:
    """Make this browser ready for a meeting, or find it again by the id that it has and its own account.

    Raises:
        Http404: not a keeper of this meeting.
        Refused: the meeting is signed or cancelled (409), or this device was cut off (410).
    """
    by = request.standing
    require(by.keeps(meeting.pk, meeting.cell_id) and by.person_id is not None)
    if known is not None:
        mine = RoomDevice.objects.filter(pk=known, meeting=meeting, account=request.user.pk).first()
        if mine is not None:
            return _unlocked(mine)
    locked(meeting)  # of two who are the first, one waits: they have one key in common
    if meeting.state in (State.SIGNED, State.CANCELLED):
        raise Refused("over", 409)
    found = RoomDevice.objects.create(
        **meeting.keys,
        account=request.user.pk,
        person_id=by.me,
        label=sessions.name_of(request),
        common=common_key(meeting) or key(),
    )
    events.record("meeting.device_registered", chain=meeting.cell_id, by=by.person_id, obj=meeting)
    return found


def common_key(meeting: Meeting) -> bytes | None:
    """The key that the devices of a meeting have in common; none before the first is made ready."""
    found = RoomDevice.objects.filter(meeting=meeting, common__isnull=False).values_list("common", flat=True).first()
    return None if found is None else bytes(found)


def _unlocked(found: RoomDevice) -> RoomDevice:
    """A device that may have its keys.

    Raises:
        Refused: it was cut off, or its time is over and the keys are gone.
    """
    if found.removed_at is not None or found.unlock is None or found.seal is None:
        raise Refused("removed", 410)
    return found


def own_device(request: Request, meeting_id: UUID, id: UUID) -> RoomDevice:
    """The device of the account that asks, with its meeting, in whatever state either is.

    Raises:
        Http404: there is none, or it is another account's.
    """
    rows = RoomDevice.objects.filter(pk=id, meeting_id=meeting_id, account=request.user.pk)
    with_meeting = rows.select_related("meeting__cell")
    if (found := with_meeting.first()) is not None:
        return found
    # Whoever was suspended reads nothing: the account is known all the same, and what it still sends is kept.
    with scope(_in_the_meeting(request, meeting_id)):
        found = with_meeting.first()
    if found is None:
        raise Http404
    return found


def keys_of(request: Request, meeting_id: UUID, id: UUID) -> RoomDevice:
    """The device with its keys, for a sign-in of its own account: so a forgotten PIN is got over.

    Raises:
        Http404: there is none, or it is another account's.
        Refused: it was cut off.
    """
    found = own_device(request, meeting_id, id)
    if not belongs_here(request.standing, found):
        raise Refused("removed", 410)
    return _unlocked(found)


def belongs_here(standing: Standing, device: RoomDevice) -> bool:
    """Whether its person is still of the cell, or has a part in this meeting: else the device is cut off.

    Whoever keeps the meeting no more (a clerk who was only proposed) still is: what they recorded is judged after the
    fold (design.md section 3, rule 5).
    """
    if standing.person_id != device.person_id:
        return False
    return standing.belongs(device.cell_id) or standing.keeps(device.meeting_id, device.cell_id)


@contextmanager
def writing_for(request: Request, device: RoomDevice) -> Iterator[Standing]:
    """The scope in which a device's entries are written, and whose it is.

    The device was registered by a keeper of this one meeting, and that lasts for what it recorded then: a clerk who
    was only proposed loses the part in the meeting with the entry that elects another (decision 0031).
    """
    if device.meeting_id in request.standing.duty_meetings:
        yield request.standing
    else:
        with scope(_in_the_meeting(request, device.meeting_id)) as standing:
            yield standing


def _in_the_meeting(request: Request, meeting_id: UUID) -> Standing:
    """Whoever asks, with a part in this one meeting."""
    who = request.standing if request.standing.person_id else Standing(person_id=request.user.person_id)
    return replace(who, duty_meetings=(*who.duty_meetings, meeting_id))


def is_news(device: RoomDevice, unsent: int) -> bool:
    """Whether a device says other than is written down, or was last written down too long ago."""
    last, closed = device.last_heard_at, device.meeting.closed_at
    return unsent != device.unsent or now() - last >= TOUCH_EVERY or (closed is not None and last < closed)


def heard(device: RoomDevice, unsent: int) -> None:
    """Note that a device was heard from, and how many entries it still has to send."""
    if is_news(device, unsent):
        RoomDevice.objects.filter(pk=device.pk).update(last_heard_at=now(), unsent=unsent)


def erase_keys() -> int:
    """Forget the keys of devices whose meeting is signed and who have nothing to send, or thirty days after; how many.

    Nothing that such a device still holds can be opened with the server's help any more.
    """
    day = now() - KEPT
    held = RoomDevice.objects.filter(unlock__isnull=False)
    # One that was not heard from since the closing has said nothing yet of what it holds.
    said = Q(unsent=0, last_heard_at__gte=F("meeting__closed_at"))
    over = Q(said, meeting__signed_at__isnull=False) | Q(meeting__signed_at__lt=day)
    given_up = Q(removed_at__lt=day) | Q(meeting__cancelled_at__lt=day)
    return held.filter(over | given_up).update(unlock=None, seal=None, common=None)
