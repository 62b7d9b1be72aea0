"""Health, for the IT officer and for whatever watches the machine. It tells nothing of what the tables hold."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chibo import __version__
from chibo.ops import health

PATH = "/suc-khoe/"


@require_safe
@never_cache
def health_page(request: HttpRequest) -> HttpResponse:
    """200 when all is well, else 503; each check with what to do. A page for a person, JSON for a watcher."""
    found = health.findings()
    ok = not any(one.trouble for one in found)
    checks = {one.name: one.trouble or "tốt" for one in found}
    status = 200 if ok else 503
    if "text/html" in request.headers.get("Accept", ""):
        context = {"ok": ok, "findings": found, "version": __version__}
        return render(request, "ops/health.html", context, status=status)
    body = {"tot": ok, "phien_ban": __version__, "kiem_tra": checks}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
