"""The register of breaches, for the province's officer and the administrator alone."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.documents import docx, pdf
from chibo.lib.dates import now
from chibo.look import notices
from chibo.privacy.breaches.clock import clock_of
from chibo.privacy.breaches.commands import correct_breach, enter_breach, keeps_register
from chibo.privacy.breaches.documents import notice
from chibo.privacy.breaches.forms import BreachForm, CorrectBreachForm, initial_of
from chibo.privacy.models import BreachEntry
from chibo.privacy.requests.commands import book_of
from chibo.privacy.retention.run import root
from chibo.privacy.views import DOCX_TYPE, attached

PATH = "/su-co-du-lieu/"


def _versions(request: Request, breach: UUID) -> list[BreachEntry]:
    """All versions of a breach, the newest first.

    Raises Http404 when there is none, or one does not keep the register.
    """
    require(keeps_register(request.standing))
    rows = BreachEntry.objects.visible_to(request.standing).filter(breach=breach).select_related("organisation")
    versions = list(rows.order_by("-version"))
    found(next(iter(versions), None))
    return versions


@login_required
@require_GET
def register(request: Request) -> HttpResponse:
    """Every breach as it is known now, with its clock."""
    require(keeps_register(request.standing))
    book = book_of(root())
    entries = BreachEntry.objects.visible_to(request.standing).newest()
    rows = [(entry, clock_of(entry, book)) for entry in entries]
    return render(request, "privacy/breaches.html", {"rows": rows, "rule": book["breach_notice_hours"]})


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """A new breach."""
    require(keeps_register(request.standing))
    form = BreachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entry = enter_breach(by=request.standing, known=form.known)
        notices.done(request, f"Đã ghi sự cố số {entry.number} vào sổ.")
        return redirect(f"{PATH}{entry.breach}/")
    context: dict[str, Any] = {"form": form, "rule": book_of(root())["breach_notice_hours"]}
    return render(request, "privacy/breach_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def breach(request: Request, breach: UUID) -> HttpResponse:
    """One breach: as it is known now, its clock, its former versions."""
    versions = _versions(request, breach)
    context = {
        "entry": versions[0],
        "former": versions[1:],
        "clock": clock_of(versions[0], book_of(versions[0].organisation)),
    }
    return render(request, "privacy/breach.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: Request, breach: UUID) -> HttpResponse:
    """What is known now, as a new version."""
    newest = _versions(request, breach)[0]
    form = CorrectBreachForm(request.POST or None, initial=initial_of(newest))
    if request.method == "POST" and form.is_valid():
        correct_breach(by=request.standing, before=newest, known=form.known, why=form.cleaned_data["why"])
        notices.done(request, "Đã ghi thêm vào sổ; bản trước vẫn còn.")
        return redirect(f"{PATH}{newest.breach}/")
    context = {"form": form, "entry": newest, "rule": book_of(newest.organisation)["breach_notice_hours"]}
    return render(request, "privacy/breach_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def paper(request: Request, breach: UUID, ending: str) -> HttpResponse:
    """The notice, to be read through, filled in and signed by people."""
    entry = _versions(request, breach)[0]
    document = notice(entry, book_of(entry.organisation).number("breach_notice_hours"))
    name = f"thong-bao-su-co-{entry.number:02}.{ending}"
    if ending == "docx":
        return attached(docx.render_docx(document, made_at=now()), DOCX_TYPE, name)
    if ending == "pdf":
        return attached(pdf.render_pdf(document, made_at=now()), pdf.MEDIA_TYPE, name)
    raise Http404
