"""A ballot on a member's phone. Whatever is chosen, every answer is the same; nothing is kept but in the urn."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.meetings.hall.reading import is_going_on, meeting_in_hall, room_seen
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.room.deciding import Ballot
from chibo.meetings.room.fold import Room
from chibo.meetings.urn import box, nodes, places
from chibo.meetings.urn.commands import open_on_devices
from chibo.meetings.urn.forms import boxes_of, rows_of
from chibo.meetings.urn.secrecy import who_may_see


@dataclass(frozen=True)
class Mine:
    """A ballot as its voter sees it. `mark`: what they were given; none where the urn is lost, or stands elsewhere."""

    ballot: Ballot
    mark: box.Mark | None
    shut: bool = False
    elsewhere: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is still to be cast."""
        return self.mark == box.Mark.NONE and not self.shut


def mine(meeting: Meeting, room: Room, line: Attendance | None) -> list[Mine]:
    """The ballots on devices that are open to this line of the roll: present, and a voter."""
    if line is None or line.state != Attendance.State.PRESENT or line.suspended or line.left_early:
        return []
    found = []
    for one in open_on_devices(room).values():
        try:
            marks = box.look(places.path_of(meeting, one.id))
        except box.Lost:
            if line.kind == "official":
                found.append(Mine(one, None, elsewhere=nodes.others()))
            continue
        if line.person_id in marks.by_voter:
            found.append(Mine(one, marks.by_voter[line.person_id], marks.shut))
    return found


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ballot(request: Request, id: UUID, ballot: UUID) -> HttpResponse:
    """One's own ballot: the boxes, or that it is cast.

    Raises:
        Http404: not on the roll, not there, no voter; or no such ballot is open.
    """
    meeting = meeting_in_hall(request, id)
    hall = f"/cuoc-hop/{meeting.pk}/dang-hop/"
    if not is_going_on(meeting):
        return redirect(f"/cuoc-hop/{meeting.pk}/")
    room = room_seen(meeting)
    if ballot not in open_on_devices(room):
        return redirect(hall)
    who = request.standing.me
    line = Attendance.objects.visible_to(request.standing).filter(meeting=meeting, person_id=who).first()
    one = found(next((own for own in mine(meeting, room, line) if own.ballot.id == ballot), None))
    require(line is not None)
    unfinished = False
    if request.method == "POST":
        boxes = boxes_of(request.POST, len(one.ballot.lines))
        unfinished = boxes is None
        if boxes is not None:
            _cast(meeting, one, who, boxes)
            return redirect(f"{hall}bo-phieu/{one.ballot.id}/")
    context = {"meeting": meeting, "mine": one, "hall": hall, "rows": rows_of(one.ballot.lines)}
    context |= {"unfinished": unfinished, "who_may_see": who_may_see()}
    answer = render(request, "meetings/hall/ballot.html", context, status=422 if unfinished else 200)
    answer.headers["Cache-Control"] = "no-store"  # not even the browser's way back shows a box that was chosen
    return answer


def _cast(meeting: Meeting, one: Mine, who: UUID, boxes: list[int]) -> None:
    """Cast it. What went wrong the page says by itself when it comes anew: lost, closed, given on paper."""
    try:
        box.cast(places.path_of(meeting, one.ballot.id), voter=who, boxes=boxes)
    except (box.Lost, box.Shut, box.NoVoter):
        return
