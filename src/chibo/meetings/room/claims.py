"""Claims on the clerk's roll: those who say that they are there, confirmed in one tap or refused one by one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from chibo.access.request import Request
from chibo.look import notices
from chibo.meetings.hall import commands
from chibo.meetings.models import Attendance, CheckIn, Meeting
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.hall import hall
from chibo.meetings.room.screens import Screen, base_now, undo_url
from chibo.members.base_of_vote import base_of_vote


def claims_on(screen: Screen) -> dict[str, Any]:
    """What the roll shows of the hall's own check-in."""
    there = hall(screen.room)
    for line in screen.lines:
        line.claimed = line.person_id in there.claims and not line.state  # type: ignore[attr-defined]
    present = [line for line in screen.lines if line.state == Attendance.State.PRESENT]
    claims = [line for line in screen.lines if line.claimed]  # type: ignore[attr-defined]
    apart = [line for line in claims if not line.expected]
    base, exclusions = base_now(screen, screen.book)
    come = {line.person_id for line in apart}
    then = [replace(one, present=one.present or one.person_id in come) for one in screen.room.voters()]
    own = sum(line.person_id in there.confirmed for line in present)
    return {
        "claims": [line for line in claims if line.expected],
        "claims_apart": apart,
        "base_before": base.size,
        "base_after": base_of_vote(then, exclusions).size,
        "uncalled": any(line.expected and not line.state and not line.claimed for line in screen.lines),  # type: ignore[attr-defined]
        "self_checked": own,
        "by_clerk": len(present) - own,
        "code": CheckIn.objects.visible_to(screen.request.standing).filter(meeting=screen.meeting).first(),
    }


def answer_claims(request: Request, meeting: Meeting) -> HttpResponse:
    """Confirm those whom the page showed, not who has come since; or say that one was not seen."""
    pen, there = Pen.of(request, meeting), hall(log.room_of(meeting))
    if "refuse" in request.POST:
        (member,) = _people([request.POST["refuse"]])
        if (entry := commands.refuse(pen=pen, hall=there, member=member)) is not None:
            notices.done(request, "Chưa ghi đồng chí ấy có mặt.", undo_url(meeting, entry))
    else:
        members = _people(request.POST.getlist("claim"))
        if (entry := commands.confirm(pen=pen, hall=there, members=members)) is not None:
            number = sum(one in there.claims for one in members)
            notices.done(request, f"Đã xác nhận {number} đồng chí có mặt.", undo_url(meeting, entry))
    return redirect(f"/cuoc-hop/{meeting.pk}/phong/diem-danh/")


def _people(values: Iterable[str]) -> list[UUID]:
    """Ids of people.

    Raises:
        Http404: one is no id.
    """
    try:
        return [UUID(value) for value in values]
    except ValueError:
        raise Http404 from None
