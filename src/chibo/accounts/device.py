"""The device that a session runs on: entries of a meeting's log name it (design.md section 3)."""

from uuid import UUID, uuid4

from django.http import HttpRequest

SESSION_KEY = "device"


def device_of(request: HttpRequest) -> UUID:
    """The id of this session's device; made at the first question."""
    if (known := request.session.get(SESSION_KEY)) is None:
        known = request.session[SESSION_KEY] = str(uuid4())
    return UUID(known)
