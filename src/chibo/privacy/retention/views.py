"""How long data are kept, from which source, and what the next run would erase."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.request import Request
from chibo.access.scope import system_scope
from chibo.access.standing import found, require
from chibo.lib.dates import today
from chibo.look import notices
from chibo.privacy.retention import run
from chibo.privacy.retention.forms import DaysForm

PATH = "/thoi-han-luu/"


def _lines(request: Request) -> list[run.Line]:
    """All classes, with counts read as the system: counts say nothing of a person.

    Raises Http404 to anyone but the province's officer.
    """
    top = run.root()
    require(top is not None and run.may_set(request.standing, found(top)))
    with system_scope():
        return run.lines(today())


@login_required
@require_GET
def retention(request: Request) -> HttpResponse:
    """All classes."""
    lines = _lines(request)
    sources = Counter(line.rule.source_line for line in lines)
    context = {"lines": lines, "due": sum(line.due for line in lines), "common": sources.most_common(1)[0][0]}
    return render(request, "privacy/retention.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: Request, key: str) -> HttpResponse:
    """Another number of days for one class."""
    line = found(next((line for line in _lines(request) if line.one.key == key.replace("-", "_")), None))
    require(line.days is not None)
    form = DaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run.set_days(by=request.standing, key=line.one.key, **form.cleaned_data)
        except run.TooShort as reason:
            form.add_error("days", str(reason))
        else:
            notices.done(request, "Đã đặt thời hạn lưu.")
            return redirect(PATH)
    context = {"line": line, "form": form}
    return render(request, "privacy/retention_one.html", context, status=422 if form.is_bound else 200)
