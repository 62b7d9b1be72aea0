"""The cell's book: who and what it is; its description; who may see what."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chibo.access.models import CELL_COMMITTEE, Office, TermOfOffice
from chibo.access.request import Request
from chibo.directory.commands.cells import date_founding_back, describe_cell, set_term
from chibo.directory.commands.days import NotPossible
from chibo.directory.forms import CellForm, TermForm
from chibo.directory.gatherings import open_doors
from chibo.directory.models import CellExport
from chibo.directory.rights import NOBODY_SEES, who_sees_what
from chibo.directory.templatetags.validity import last_day
from chibo.directory.views.cell import led_cell, own_cell
from chibo.lib.dates import today
from chibo.look import notices
from chibo.members.models import Membership, PartyGroup, Transfer
from chibo.members.roster import count, roster
from chibo.orgs.models import Organisation

# From when the end of a probation is announced, so that it comes onto the next meeting's programme.
SOON = timedelta(days=45)
ORDER = [*CELL_COMMITTEE, Office.FOLLOWER]


def offices_of(cell: Organisation) -> list[TermOfOffice]:
    """Who holds an office of the cell today, the secretary first, its follower last."""
    found = TermOfOffice.objects.on(today()).filter(organisation=cell).select_related("person")
    return sorted(found, key=lambda term: (ORDER.index(Office(term.office)), term.person.sort_key))


@login_required
@require_GET
def book(request: Request) -> HttpResponse:
    """The book's first page."""
    cell = own_cell(request)
    lines = roster(cell, today())
    on_probation = Membership.objects.filter(cell=cell, kind=Membership.Kind.PROBATIONARY, validity__contains=today())
    context = {
        "cell": cell,
        "counts": count(lines),
        "offices": offices_of(cell),
        "term": cell.term_on(today()),
        "leads": request.standing.leads(cell.pk),
        "parent": cell.parent,
        "due": on_probation.filter(probation_ends__lte=today() + SOON).count(),
        "groups": PartyGroup.objects.filter(cell=cell, validity__contains=today()).count(),
        "arriving": Transfer.objects.pending().filter(to_cell=cell).count(),
        "leaving": Transfer.objects.pending().filter(from_cell=cell).count(),
        "export_waits": CellExport.objects.visible_to(request.standing).waiting().filter(cell=cell).exists(),
        "doors": open_doors(request.standing, cell=cell.pk) if request.standing.leads(cell.pk) else [],
    }
    return render(request, "directory/book.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def information(request: Request) -> HttpResponse:
    """What the cell is called, of what kind it is, when and where it meets, its term."""
    cell = led_cell(request)
    term = cell.term_on(today())
    term_start = {"name": term.name, "since": term.validity.lower, "until": last_day(term.validity)} if term else {}
    form, term_form = CellForm(initial=_description(cell)), TermForm(initial=term_start, prefix="term")
    status = 200
    if request.method == "POST":
        if "term" in request.POST:
            term_form = TermForm(request.POST, prefix="term")
            saved = _save_term(request, cell, term_form)
        else:
            form = CellForm(request.POST)
            saved = _save_description(request, cell, form)
        if saved:
            return redirect("/so-chi-bo/")
        status = 422
    return render(
        request, "directory/information.html", {"cell": cell, "form": form, "term_form": term_form}, status=status
    )


def _description(cell: Organisation) -> dict[str, object]:
    names = ("name", "category", "founded", "registered_day", "registered_time", "meeting_place", "locality")
    return {name: getattr(cell, name) for name in names}


def _save_description(request: Request, cell: Organisation, form: CellForm) -> bool:
    if not form.is_valid():
        return False
    try:
        said = dict(form.cleaned_data)
        if (founded := said.pop("founded")) is not None:
            date_founding_back(by=request.standing, cell=cell, founded=founded)
        describe_cell(by=request.standing, cell=cell, **said)
    except NotPossible as reason:
        form.add_error(reason.field or "name", str(reason))
        return False
    notices.done(request, "Đã lưu thông tin chi bộ.")
    return True


def _save_term(request: Request, cell: Organisation, form: TermForm) -> bool:
    if not form.is_valid():
        return False
    try:
        set_term(by=request.standing, cell=cell, **form.cleaned_data)
    except NotPossible as reason:
        form.add_error("since", str(reason))
        return False
    notices.done(request, "Đã lưu nhiệm kỳ.")
    return True


@login_required
@require_GET
def rights(request: Request) -> HttpResponse:
    """Who may see what of the cell, in plain words, from the rules that the program itself obeys."""
    cell = own_cell(request)
    context = {"cell": cell, "rows": who_sees_what(offices_of(cell)), "nobody": NOBODY_SEES}
    return render(request, "directory/rights.html", context)
