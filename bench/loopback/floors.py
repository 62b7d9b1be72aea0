"""What is served beside Chibo in the same process, so that a case and its floor differ in nothing but the work.

`/san/trang/<person>/<meeting>` renders the template of the meeting's page from data in memory, with one SELECT.
`/san/ghi/` inserts one row and commits. `/san/phieu/` appends a byte to a file in memory under a lock. None of them
knows sessions, rights or middleware. `/san/trong/<meeting>/` does: it reads one row for one who is signed in, and says
that nothing is new.
"""

import fcntl
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import path as urlpath

from chibo import urls
from chibo.access.scope import scope, system_scope
from chibo.access.standing import standing_of
from chibo.accounts.models import FailedSignIn, User
from chibo.meetings.models import Meeting
from chibo.meetings.prepare.views import meetings
from chibo.wsgi import application as chibo

TEMPLATE = "meetings/prepare/meeting.html"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The floors under /san/, Chibo everywhere else."""
    path = environ["PATH_INFO"]
    if not path.startswith("/san/") or path.startswith("/san/trong/"):
        return chibo(environ, start_response)
    bare = {"/san/ghi/": insert, "/san/phieu/": append}.get(path)
    response = bare() if bare else page(*path.split("/")[3:5])
    start_response("200 OK", [("Content-Length", str(len(response.content))), ("Content-Type", "text/html")])
    return [response.content]


def page(person: str, meeting: str) -> HttpResponse:
    """The page as it is, from memory; one row is read."""
    context, request = in_memory(UUID(person), UUID(meeting))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM orgs_organisation LIMIT 1")
        cursor.fetchall()
    return HttpResponse(render_to_string(TEMPLATE, context, request))


@cache
def in_memory(person: UUID, meeting: UUID) -> tuple[dict[str, Any], WSGIRequest]:
    """What the view gives to its template, read once."""
    request = WSGIRequest({"REQUEST_METHOD": "GET", "PATH_INFO": f"/cuoc-hop/{meeting}/", "wsgi.input": BytesIO()})
    with system_scope(), scope(standing_of(person)) as standing:
        request.standing = standing  # type: ignore[attr-defined]
        request.user = User.objects.get(person_id=person)
        request.session = {}  # type: ignore[assignment]
        found = Meeting.objects.visible_to(standing).select_related("cell", "chair").get(pk=meeting)
        context = meetings._committee_context(request, found)  # type: ignore[arg-type]
        render_to_string(TEMPLATE, context, request)  # what is read while rendering stays with the objects
    return context, request


@login_required
def look(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """One row is read; nothing is ever new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM audit_chainhead WHERE chain = %s", [meeting])
        cursor.fetchall()
    return HttpResponseNotModified()


urls.urlpatterns.append(urlpath("san/trong/<uuid:meeting>/", look))


def append() -> HttpResponse:
    """One byte at the end of a file in memory, one process at a time."""
    memory = Path("/dev/shm")
    folder = memory if memory.exists() else Path(tempfile.gettempdir())
    with (folder / "chibo-bench-floor").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(b"1")
    return HttpResponse(b"")


def insert() -> HttpResponse:
    """One row, committed."""
    with transaction.atomic():
        FailedSignIn.objects.create(login_digest="0" * 64, address=None)
    return HttpResponse(b"")
