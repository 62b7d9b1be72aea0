"""Offices of the cell: who is secretary, deputy, committee member, from when."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chibo.access.models import CELL_COMMITTEE, Office, TermOfOffice
from chibo.access.request import Request
from chibo.access.standing import found
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.offices import appoint, end_office
from chibo.directory.forms import OfficeEndForm, OfficeForm
from chibo.directory.views.book import offices_of
from chibo.directory.views.cell import led_cell
from chibo.lib.dates import today
from chibo.look import notices
from chibo.members.models import Membership, Person
from chibo.members.roster import roster
from chibo.orgs.models import Organisation


def official_members(cell: Organisation) -> list[tuple[str, str]]:
    """Who may sit on the committee, as choices."""
    lines = roster(cell, today())
    return [(str(line.person_id), line.full_name) for line in lines if line.kind == Membership.Kind.OFFICIAL]


@login_required
@require_http_methods(["GET", "POST"])
def offices(request: Request) -> HttpResponse:
    """Who holds an office, and recording a new one."""
    cell = led_cell(request)
    form = OfficeForm(request.POST or None, people=official_members(cell))
    if request.method == "POST" and form.is_valid():
        person = Person.objects.get(pk=form.cleaned_data["person"])
        office = Office(form.cleaned_data["office"])
        try:
            appoint(
                by=request.standing,
                person=person,
                organisation=cell,
                office=office,
                since=form.cleaned_data["since"],
                last_day=form.cleaned_data["last_day"],
                decision=form.cleaned_data["decision"],
            )
        except NotPossible as reason:
            form.add_error(reason.field or "person", str(reason))
        else:
            notices.done(request, f"Đã ghi: đồng chí {person.full_name}, {office.label.lower()}.")
            still_leads = TermOfOffice.objects.on(today()).committee_of(cell).filter(person=request.standing.person_id)
            return redirect("/so-chi-bo/chuc-vu/" if still_leads.exists() else "/so-chi-bo/")
    past = TermOfOffice.objects.committee_of(cell).filter(validity__fully_lt=(today(), None)).select_related("person")
    context = {
        "cell": cell,
        "form": form,
        "offices": [term for term in offices_of(cell) if term.office in CELL_COMMITTEE],
        "past": past.order_by("-validity")[:20],
    }
    return render(request, "directory/offices.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: Request, term_id: UUID) -> HttpResponse:
    """End a term of office after its last day."""
    cell = led_cell(request)
    term = found(TermOfOffice.objects.committee_of(cell).filter(pk=term_id).select_related("person").first())
    form = OfficeEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_office(by=request.standing, term=term, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error("last_day", str(reason))
        else:
            notices.done(request, f"Đã ghi ngày thôi giữ chức vụ của đồng chí {term.person.full_name}.")
            return redirect("/so-chi-bo/")
    return render(
        request,
        "directory/office_end.html",
        {"cell": cell, "term": term, "form": form},
        status=422 if form.is_bound else 200,
    )
