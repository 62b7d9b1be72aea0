"""What is answered while the database is away or its disk is full: what is true, and with what was typed."""

import logging
import sys
from enum import Enum

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error

from chibo.accounts.carried import Carried
from chibo.accounts.views import from_our_pages, wants_json
from chibo.api.middleware import PATH as API
from chibo.api.problems import of_status
from chibo.ops import disk, views
from chibo.ops.connection import is_embedded

log = logging.getLogger("chibo.outage")

RETRY_AFTER_SECONDS = 5
DISK_FULL = "53100"
# It was told to end, ended by a crash, or is not yet up; 08 is the class of lost connections.
GOING_AWAY = {"57P01", "57P02", "57P03"}


class Outage(Enum):
    """Why the database does not take what was sent, in a sentence for a script to show."""

    RESTARTING = "Cơ sở dữ liệu đang khởi động lại. Nội dung vẫn còn; đợi vài giây rồi bấm lại."
    DISK_FULL = "Đĩa của máy chủ đã đầy, chưa ghi được. Nội dung vẫn còn; báo người quản trị dọn chỗ rồi bấm lại."


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage that an exception comes from, or None when it has another reason."""
    while error is not None:
        state = getattr(error, "sqlstate", None)
        if state == DISK_FULL:
            return Outage.DISK_FULL
        # An error of the driver's without a state did not come from the server: there is none to speak to.
        lost = type(error).__module__.startswith("psycopg") and type(error).__name__ == "OperationalError" and not state
        if lost or (state or "")[:2] == "08" or state in GOING_AWAY:
            return Outage.DISK_FULL if is_embedded() and disk.is_full() else Outage.RESTARTING
        error = error.__cause__ or error.__context__
    return None


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """The answer to a request that broke: 503 and what to do in an outage, else the page of an error."""
    outage = outage_of(sys.exc_info()[1])
    if outage is None:
        return server_error(request)
    log.warning("%s: %s", outage.name, request.path)  # one line: many ask meanwhile, and the disk may be full
    response = _answer(request, outage)
    response._has_been_logged = True  # type: ignore[attr-defined] # Django's own line has the whole traceback
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, outage: Outage) -> HttpResponse:
    if request.path.startswith(API):
        return of_status(503).response()
    if request.path == views.PATH:
        return views.health_page(request)
    if wants_json(request):
        return JsonResponse({"error": outage.value}, json_dumps_params={"ensure_ascii": False})
    context = {
        "full": outage is Outage.DISK_FULL,
        "method": request.method,
        "carried": Carried.of(request) if request.method == "POST" and from_our_pages(request) else None,
        "token": request.POST.get("csrfmiddlewaretoken"),
        "again": RETRY_AFTER_SECONDS,
    }
    # Without the request: what stands around other pages is asked of the database.
    return HttpResponse(render_to_string("503.html", context))
