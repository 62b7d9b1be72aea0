"""What a person may see, and why; who may see the papers of a meeting."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.access.visible import visible
from chibo.directory.assignments import assignments_of, is_suspended, may_ask_about
from chibo.directory.readers import readers_of
from chibo.directory.rights import NOBODY_SEES
from chibo.members.models import Person


@login_required
@require_GET
def mine(request: Request) -> HttpResponse:
    """ "Tôi xem được gì?": every assignment of one's own."""
    require(request.standing.person_id is not None)
    return _page(request, request.standing.me)


@login_required
@require_GET
def of_person(request: Request, person_id: UUID) -> HttpResponse:
    """ "Đồng chí Lan xem được gì? Vì sao?": the committee about its people, from above about who is assigned there."""
    return _page(request, person_id)


def _page(request: Request, person_id: UUID) -> HttpResponse:
    person = found(visible(Person.objects.filter(pk=person_id), request.standing).first())
    require(may_ask_about(request.standing, person))
    context = {
        "person": person,
        "is_mine": person.pk == request.standing.person_id,
        "suspended": is_suspended(request.standing, person),
        "rows": assignments_of(person, request.standing),
        "nobody": NOBODY_SEES,
    }
    return render(request, "directory/assignments.html", context)


@login_required
@require_GET
def of_meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    """ "Ai xem được biên bản này?": each paper of a meeting with its readers, now and later."""
    model: Any = apps.get_model("meetings", "Meeting")
    meetings = model.objects.visible_to(request.standing).select_related("cell", "chair", "clerk")
    meeting = found(meetings.filter(pk=meeting_id).first())
    context = {"meeting": meeting, "papers": readers_of(meeting, request.standing), "nobody": NOBODY_SEES}
    return render(request, "directory/readers.html", context)
