"""Fetching what a request may see or change; anything else answers 404."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from chibo.access.compiled import Compiled
from chibo.access.request import Request
from chibo.access.standing import Standing, found, require
from chibo.meetings.models import AgendaItem, Meeting

GONE = "Buổi họp đã bắt đầu, đã xong hoặc đã hủy nên không đổi được nữa."


def meeting_for(request: Request, meeting_id: UUID) -> Meeting:
    """A meeting that the person may see.

    Raises:
        Http404: there is none, or it is not theirs to know of.
    """
    return found(_VISIBLE.first(request.standing, meeting_id))


def _visible(who: Standing, meeting: UUID) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(who).select_related("cell", "chair").filter(pk=meeting)


_VISIBLE = Compiled(_visible)


def led_meeting(request: Request, meeting_id: UUID) -> Meeting:
    """A meeting of a cell on whose committee the person sits.

    Raises:
        Http404: as above.
    """
    meeting = meeting_for(request, meeting_id)
    require(request.standing.leads(meeting.cell_id))
    return meeting


def kept_meeting(request: Request, meeting_id: UUID) -> Meeting:
    """A meeting that the person runs or records.

    Raises:
        Http404: as above.
    """
    meeting = meeting_for(request, meeting_id)
    require(request.standing.keeps(meeting.pk, meeting.cell_id))
    return meeting


def known_meeting(request: Request, meeting_id: UUID) -> Meeting:
    """A meeting whose programme the person may read: its notice is out, or the person prepares it.

    Raises:
        Http404: as above, and while others are still preparing it.
    """
    meeting = meeting_for(request, meeting_id)
    require(reads_programme(request, meeting))
    return meeting


def reads_programme(request: Request, meeting: Meeting) -> bool:
    """Whether the programme is open to the person: the keepers at once, the others once the notice is out."""
    who = request.standing
    if who.keeps(meeting.pk, meeting.cell_id):
        return True
    inside = meeting.cell_id in who.member_cells or meeting.cell_id in who.followed_cells
    return (inside or meeting.pk in who.guest_meetings) and (meeting.is_known or meeting.is_over)


def item_for(request: Request, meeting: Meeting, item_id: UUID) -> AgendaItem:
    """An item of a meeting's programme.

    Raises:
        Http404: there is none, or it was removed.
    """
    found = AgendaItem.objects.visible_to(request.standing).filter(meeting=meeting).select_related("part", "presenter")
    item: AgendaItem = get_object_or_404(found, pk=item_id)
    item.meeting = meeting
    return item


def person_of(request: Request) -> UUID:
    """The person who asks.

    Raises:
        Http404: the account belongs to nobody (the IT officer's).
    """
    person_id = request.standing.person_id
    require(person_id is not None)
    assert person_id is not None  # noqa: S101 - require has refused; this tells the type checker
    return person_id


def version_in(request: Request) -> int:
    """The version that a form was made from; 0 when it does not say."""
    try:
        return int(request.POST.get("version") or 0)
    except ValueError:
        return 0


def typed_by_other(request: Request) -> bool:
    """Whether keep.js sends what someone else typed on this device before signing out."""
    typed_by = request.POST.get("person", "")
    return bool(typed_by) and typed_by != str(request.standing.person_id)


def is_autosave(request: Request) -> bool:
    """Whether keep.js sends the form, so that the answer is JSON."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"
