"""The two papers of data protection, and the page that leads to everything about it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chibo.access.request import Request
from chibo.access.scope import system_scope
from chibo.access.standing import require
from chibo.audit import events
from chibo.documents import docx, pdf
from chibo.lib.dates import now
from chibo.privacy.breaches.commands import keeps_register
from chibo.privacy.dossier.documents import access_rule, assessment
from chibo.privacy.dossier.facts import configuration
from chibo.privacy.requests.commands import book_of
from chibo.privacy.requests.views import answers_somewhere
from chibo.privacy.retention.run import may_set, root
from chibo.privacy.views import DOCX_TYPE, attached

PAPERS = ("quy-dinh-truy-cap", "danh-gia-tac-dong")


@login_required
@require_GET
def protection(request: Request) -> HttpResponse:
    """Everything about the protection of data that this person has to do with."""
    who, top = request.standing, root()
    keeps = keeps_register(who)
    require(keeps or answers_somewhere(who))
    context = {
        "keeps": keeps,
        "answers": answers_somewhere(who),
        "above": bool(who.commune_paths or who.province_paths),
        "sets": top is not None and may_set(who, top),
        "assessment": book_of(top)["assessment_update_months"] if keeps else None,
    }
    return render(request, "privacy/protection.html", context)


@login_required
@require_GET
def paper(request: Request, name: str, ending: str) -> HttpResponse:
    """One of the papers, as the configuration is now; that it was made is an event."""
    require(keeps_register(request.standing))
    if name not in PAPERS or ending not in ("docx", "pdf"):
        raise Http404
    top, moment = root(), now()
    with system_scope():  # counts of the whole tenant, no content
        found = configuration(top)
    document = access_rule(found, moment) if name == PAPERS[0] else assessment(found, book_of(top), moment)
    if top is not None:
        events.record("dossier.made", chain=top.pk, by=request.standing.actor, what=name)
    file = f"{name}-{moment:%Y%m%d}.{ending}"
    if ending == "docx":
        return attached(docx.render_docx(document, made_at=moment), DOCX_TYPE, file)
    return attached(pdf.render_pdf(document, made_at=moment), pdf.MEDIA_TYPE, file)
