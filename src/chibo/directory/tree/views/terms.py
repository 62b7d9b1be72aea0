"""Terms of a body: list, add, extend, close."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.directory.commands.days import NotPossible
from chibo.directory.templatetags.validity import last_day
from chibo.directory.tree.forms import TermEndForm, TermForm
from chibo.directory.tree.terms import add_term, may_keep_terms, set_last_day
from chibo.directory.tree.views.finding import body_of
from chibo.lib.dates import today
from chibo.look import notices
from chibo.orgs.models import Kind


@login_required
@require_http_methods(["GET", "POST"])
def terms(request: Request, body_id: UUID) -> HttpResponse:
    """All terms of a body, and a new one."""
    body = body_of(request, body_id)
    require(may_keep_terms(request.standing, body) and body.kind != Kind.DEPARTMENT)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            term = add_term(by=request.standing, body=body, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error("until" if "hết nhiệm kỳ phải" in str(reason) else "since", str(reason))
        else:
            notices.done(request, f"Đã ghi nhiệm kỳ {term.name}.")
            return redirect(request.path)
    context = {
        "body": body,
        "form": form,
        "terms": list(body.terms.order_by("-validity")),
        "now": body.term_on(today()),
    }
    return render(request, "directory/tree/terms.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def term(request: Request, body_id: UUID, term_id: UUID) -> HttpResponse:
    """The last day of a term: put off, brought forward, or not known."""
    body = body_of(request, body_id)
    require(may_keep_terms(request.standing, body))
    one = found(body.terms.filter(pk=term_id).first())
    form = TermEndForm(request.POST or None, initial={"until": last_day(one.validity)})
    if request.method == "POST" and form.is_valid():
        try:
            set_last_day(by=request.standing, term=one, until=form.cleaned_data["until"])
        except NotPossible as reason:
            form.add_error("until", str(reason))
        else:
            notices.done(request, f"Đã ghi ngày hết nhiệm kỳ {one.name}.")
            return redirect(f"/to-chuc/{body.pk}/nhiem-ky/")
    context = {"body": body, "term": one, "form": form}
    return render(request, "directory/tree/term.html", context, status=422 if form.is_bound else 200)
