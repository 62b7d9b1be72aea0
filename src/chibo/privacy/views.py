"""One's own data: everything that is held, a copy to keep, requests about it."""

import json
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.hats import is_cell_hat
from chibo.access.request import Request
from chibo.access.standing import found
from chibo.audit import events
from chibo.documents import docx, pdf
from chibo.lib.dates import format_date, now
from chibo.look import notices
from chibo.members.models import Person
from chibo.privacy import own_data
from chibo.privacy.models import DataRequest
from chibo.privacy.requests import commands
from chibo.privacy.requests.forms import RequestForm

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = ("json", "docx", "pdf")


def _sections(person: UUID) -> list[own_data.Section]:
    return own_data.sections_of(person, commands.book_of(commands.home_of(person)))


@login_required
@require_GET
def mine(request: Request) -> HttpResponse:
    """Everything that is held on oneself, with what for, who can see it, how long."""
    me = request.standing.me
    requests = DataRequest.objects.visible_to(request.standing).filter(person=me).select_related("answerer")
    context = {
        "sections": _sections(me),
        "requests": requests.order_by("-made_at")[:20],
        "promise": own_data.NOTHING_FOR_SALE,
        "in_cell": any(map(is_cell_hat, request.standing.hats)),
    }
    return render(request, "privacy/mine.html", context)


@login_required
@require_GET
def copy(request: Request, ending: str) -> HttpResponse:
    """A copy of one's own data, as a file; that it was taken is an event."""
    if ending not in ENDINGS:
        raise Http404
    me = Person.objects.get(pk=request.standing.me)
    home, sections = commands.home_of(me.pk), _sections(me.pk)
    if ending == "json":
        content = json.dumps(own_data.as_data(me, sections), ensure_ascii=False, indent=2).encode()
        media_type = "application/json; charset=utf-8"
    else:
        paper = own_data.as_paper(me, home, sections)
        render_paper = docx.render_docx if ending == "docx" else pdf.render_pdf
        content, media_type = render_paper(paper, made_at=now()), DOCX_TYPE if ending == "docx" else pdf.MEDIA_TYPE
    if home is not None:
        events.record("own_data.exported", chain=home.pk, by=me.pk)
    return attached(content, media_type, f"du-lieu-cua-toi.{ending}")


def attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be saved."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """A new request about one's own data."""
    request.standing.me  # noqa: B018 - nobody without a person asks
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = commands.make_request(by=request.standing, **form.cleaned_data)
        day = format_date(made.answer_by)
        notices.done(request, f"Đã gửi yêu cầu. {made.answerer.name} trả lời chậm nhất hết ngày {day}.")
        return redirect("/du-lieu-cua-toi/#yeu-cau")
    answerer = commands.answerer_for(request.standing.me)
    context = {"form": form, "answerer": answerer, "book": commands.book_of(answerer)}
    return render(request, "privacy/ask.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def withdraw(request: Request, request_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    own = DataRequest.objects.visible_to(request.standing).filter(person=request.standing.me)
    one = found(own.filter(pk=request_id).first())
    try:
        commands.withdraw(by=request.standing, request=one)
    except commands.Settled:
        notices.tell(request, "Yêu cầu này đã được trả lời trước đó.")
    else:
        notices.done(request, "Đã rút yêu cầu.")
    return redirect("/du-lieu-cua-toi/#yeu-cau")
