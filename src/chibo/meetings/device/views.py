"""Where devices ask: to be made ready, for their keys, to exchange the log. Answers are JSON."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotModified
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.request import Request
from chibo.meetings.device import late, pages, registering, removal
from chibo.meetings.device.answers import Refused, answer, for_devices
from chibo.meetings.device.exchange import NOTHING_TAKEN, Answer, Taken, head_of, pull, take
from chibo.meetings.device.incoming import read_batch, read_json, whole
from chibo.meetings.models import Meeting, RoomDevice
from chibo.meetings.room.kinds import identifier
from chibo.meetings.room.screens import meeting_of


@require_http_methods(["GET", "POST"])
def devices(request: Request, id: UUID) -> HttpResponse:
    """Which devices this meeting has (a page), and making one ready (JSON)."""
    return _register(request, id) if request.method == "POST" else pages.devices(request, id)


@for_devices
def _register(request: Request, id: UUID) -> HttpResponse:
    """Make this browser ready for a meeting; `{"device": …}` says which one it is already."""
    meeting = meeting_of(request, id)
    known = read_json(request.body).get("device") if request.body else None
    found = registering.register(request=request, meeting=meeting, known=UUID(known) if identifier(known) else None)
    return _keys(request, found)


@ensure_csrf_cookie
@for_devices
@require_GET
def device(request: Request, id: UUID, device: UUID) -> HttpResponse:
    """The keys of a device again, for a sign-in of its own account; and the token with which that may send."""
    return _keys(request, registering.keys_of(request, id, device))


def _keys(request: Request, found: RoomDevice) -> HttpResponse:
    """What a device is given to keep its content by."""
    name = request.standing.person.full_name if request.standing.person else ""
    keys = {name: bytes(getattr(found, name)).hex() for name in ("unlock", "seal")}
    return answer({"device": str(found.pk), **keys, "person": str(found.person_id), "name": name})


@for_devices
@require_http_methods(["GET", "POST"])
def log_of(request: Request, id: UUID) -> HttpResponse:
    """Exchange the log: POST sends and hears, GET hears."""
    body, said = _body(request)
    if not identifier(said):
        meeting_of(request, id)
        raise Refused("shape" if body is not None else "not_json", 400)
    found = registering.own_device(request, id, UUID(said))
    if found.removed_at is not None or not registering.belongs_here(request.standing, found):
        return _cut_off(request, found, body or {})
    return _hear(request, found) if request.method == "GET" else _send(request, found, body or {})


def _body(request: Request) -> tuple[Answer | None, Any]:
    """What was sent, None where it is no JSON, and which device says so."""
    if request.method == "GET":
        return {}, request.GET.get("may")
    try:
        body = read_json(request.body)
    except Refused:
        return None, None
    return body, body.get("device")


def _send(request: Request, found: RoomDevice, body: Answer) -> HttpResponse:
    meeting = found.meeting
    with registering.writing_for(request, found) as by:
        batch = read_batch(body, found, meeting, head_of(meeting))
        taken = take(meeting=meeting, device=found, batch=batch, by=by)
        acknowledged = {one["id"] for one in taken.answers if "seq" in one or one["why"] == "signed"}
        registering.heard(found, max(0, batch.unsent - len(acknowledged)))
        news = _news(request, meeting, batch.after, taken)
        return answer({"answers": taken.answers, **news})


def _hear(request: Request, found: RoomDevice) -> HttpResponse:
    meeting, after = found.meeting, _number(request.GET.get("sau"))
    head = head_of(meeting)
    tag = f'"{sha256(f"{found.pk} {head} {after} {meeting.state}".encode()).hexdigest()[:16]}"'
    unsent = _number(request.GET["con"]) if "con" in request.GET else found.unsent
    if registering.is_news(found, unsent):
        with registering.writing_for(request, found):
            registering.heard(found, unsent)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = answer(_news(request, meeting, after) if head > after else _nothing(meeting, after))
    response.headers["ETag"] = tag
    return response


def _number(said: str | None) -> int:
    return whole(int(said)) if said and said.isascii() and said.isdecimal() and len(said) < 17 else 0


def _nothing(meeting: Meeting, after: int) -> Answer:
    return {"entries": [], "head": after, "more": False, "state": meeting.state}


def _news(request: Request, meeting: Meeting, after: int, taken: Taken = NOTHING_TAKEN) -> Answer:
    """What came after a number, for keepers: whoever is none any more may send and is told nothing."""
    if not request.standing.keeps(meeting.pk, meeting.cell_id):
        return _nothing(meeting, after)
    found = pull(meeting, after, taken.as_kept, taken.otherwise)
    return {"entries": found.entries, "head": found.head, "more": found.more, "state": meeting.state}


def _cut_off(request: Request, found: RoomDevice, body: Answer) -> HttpResponse:
    """A device that was cut off hears so; what it still brings is set aside, where chair and clerk find it."""
    with registering.writing_for(request, found) as by:
        meeting = Meeting.objects.select_related("cell").get(pk=found.meeting_id)
        batch = read_batch(body, found, meeting, head_of(meeting))
        answers = late.take(meeting=meeting, device=found, batch=batch, by=by)
    refused = sum(one["why"] == "full" for one in answers)
    said = {"error": "removed", "forget": removal.forgets(found, meeting)}
    return answer({**said, **({"refused": refused} if refused else {})}, 410)
