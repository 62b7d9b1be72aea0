"""The cells of a commune: list and search, a new one with its first secretary, who leads and who follows each."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chibo.access.hats import organisation_for
from chibo.access.models import UPPER, Office, TermOfOffice
from chibo.access.request import Request
from chibo.access.standing import found, require
from chibo.directory.commands.accounts import invite
from chibo.directory.commands.cells import create_cell
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.offices import appoint, end_office
from chibo.directory.exports.commands import waiting_for
from chibo.directory.forms import FollowerForm, NewCellForm, OfficeForm
from chibo.directory.history import readings
from chibo.directory.models import TwoPersonAct
from chibo.directory.tree.commands import may_shape
from chibo.directory.tree.following import assign
from chibo.directory.two_people.commands import acts_seen_by
from chibo.directory.two_people.rule import NeedsSecond
from chibo.directory.two_people.views import rows_of, sent
from chibo.directory.views.book import offices_of
from chibo.directory.views.invitations import print_cards
from chibo.directory.views.offices import official_members
from chibo.lib.dates import today
from chibo.lib.vietnamese import fold
from chibo.look import notices, searching
from chibo.members.models import Membership, Person
from chibo.orgs.models import Organisation

ONE_PAGE = 100
Kind = TwoPersonAct.Kind


def _committee(request: Request) -> Organisation:
    """The committee that the person acts for.

    Raises:
        Http404: the person has no hat of a commune's committee or staff.
    """
    return organisation_for(request, lambda hat: hat.role in UPPER)


def _cell(request: Request, cell_id: UUID) -> Organisation:
    """A cell that stands under the committee.

    Raises:
        Http404: it does not, or has ended: what it was is on its page of the tree.
    """
    cells_below = Organisation.objects.standing().cells().under([_committee(request).path])
    return found(cells_below.filter(pk=cell_id).first())


@login_required
@require_GET
def cells(request: Request) -> HttpResponse:
    """All cells of the commune, with their secretary; "dan hiep" finds Dân Hiệp."""
    committee = _committee(request)
    sought = searching.sought(request)
    standing_today = Organisation.objects.cells().under([committee.path]).filter(dissolved=None)
    total = standing_today.count()
    shown = list(standing_today.filter(folded__contains=fold(sought)).in_order()[:ONE_PAGE])
    secretaries = dict(
        TermOfOffice.objects.on(today())
        .filter(organisation__in=shown, office=Office.SECRETARY)
        .values_list("organisation_id", "person__full_name")
    )
    counted = Count("id", filter=~Q(kind=Membership.Kind.TEMPORARY))
    numbers = dict(
        Membership.objects.filter(cell__in=shown, validity__contains=today())
        .values("cell_id")
        .annotate(number=counted)
        .values_list("cell_id", "number")
    )
    rows = [
        {"cell": cell, "secretary": secretaries.get(cell.pk, ""), "number": numbers.get(cell.pk, 0)} for cell in shown
    ]
    context = {
        "committee": committee,
        "rows": rows,
        "sought": sought,
        "total": total,
        "most": ONE_PAGE,
        "may_create": may_shape(request.standing, committee),
        "exports": len(waiting_for(request.standing, committee)),
    }
    return render(request, "directory/cells.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_cell(request: Request) -> HttpResponse:
    """Create a cell and its first secretary; the answer is the secretary's invitation, to print."""
    committee = _committee(request)
    require(may_shape(request.standing, committee))
    form = NewCellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cell, _ = create_cell(by=request.standing, parent=committee, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(reason.field or "name", str(reason))
        else:
            notices.done(request, f"Đã lập {cell.name}. In tờ mời và đưa cho bí thư.")
            return redirect(f"/chi-bo/{cell.pk}/")
    context = {"committee": committee, "form": form}
    return render(request, "directory/new_cell.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def cell(request: Request, cell_id: UUID) -> HttpResponse:
    """One cell as the commune sees it: what it is, who leads it, who follows it. No content of its meetings."""
    one = _cell(request, cell_id)
    committee = _committee(request)
    leaders = offices_of(one)
    follower = next((term for term in leaders if term.office == Office.FOLLOWER), None)
    office_form = OfficeForm(people=official_members(one))
    follower_form = FollowerForm(
        people=_followers(committee), initial={"person": str(follower.person_id) if follower else ""}
    )
    status = 200
    if request.method == "POST":
        if "follow" in request.POST:
            follower_form = FollowerForm(request.POST, people=_followers(committee))
            saved = follower_form.is_valid() and _set_follower(request, one, follower, follower_form)
        else:
            office_form = OfficeForm(request.POST, people=official_members(one))
            saved = office_form.is_valid() and _set_office(request, one, office_form)
        if saved:
            return redirect(request.path)
        status = 422
    context = {
        "cell": one,
        "offices": leaders,
        "follower_form": follower_form,
        "office_form": office_form,
        "number": Membership.objects.filter(cell=one, validity__contains=today())
        .exclude(kind=Membership.Kind.TEMPORARY)
        .count(),
        "waiting": rows_of(
            request.standing, acts_seen_by(request.standing, place=one, answered_at=None, withdrawn_at=None)
        ),
        "secretary": next((term for term in leaders if term.office == Office.SECRETARY), None),
    }
    # The members stand by name in the form that names a secretary.
    readings.note(request.standing, readings.What.MEMBERS, one, cell_id=one.pk)
    return render(request, "directory/cell.html", context, status=status)


def _followers(committee: Organisation) -> list[tuple[str, str]]:
    """Who of the committee may follow a cell, as choices."""
    offices = TermOfOffice.objects.on(today()).filter(organisation=committee, office__in=UPPER)
    people = Person.objects.filter(offices__in=offices).in_order().distinct()
    following = TermOfOffice.objects.on(today()).filter(
        office=Office.FOLLOWER, organisation__in=Organisation.objects.cells().under([committee.path])
    )
    followers = Person.objects.filter(offices__in=following).in_order().distinct()
    return [(str(one.pk), one.full_name) for one in sorted({*people, *followers}, key=lambda one: one.sort_key)]


def _set_follower(request: Request, one: Organisation, now: TermOfOffice | None, form: FollowerForm) -> bool:
    """Let another follow the cell from today, or nobody."""
    chosen = form.cleaned_data["person"]
    if now is not None and str(now.person_id) == chosen:
        return True
    try:
        if chosen:
            person = Person.objects.get(pk=chosen)
            assign(by=request.standing, cells=[one], person=person, since=today(), instead=True)
        elif now is not None:
            end_office(by=request.standing, term=now, last_day=today() - timedelta(days=1))
    except NeedsSecond:
        return sent(request, Kind.FOLLOW, one, person, since=today().isoformat(), instead=True)
    except NotPossible as reason:
        form.add_error("person", str(reason))
        return False
    notices.done(request, "Đã ghi cấp ủy viên phụ trách.")
    return True


def _set_office(request: Request, one: Organisation, form: OfficeForm) -> bool:
    """Record an office of the cell from above: a secretary who was sent, or elected and approved."""
    person, office = Person.objects.get(pk=form.cleaned_data["person"]), Office(form.cleaned_data["office"])
    try:
        days = {name: form.cleaned_data[name] for name in ("since", "last_day")}
        appoint(by=request.standing, person=person, organisation=one, office=office, **days)
    except NeedsSecond:
        said = {name: day.isoformat() for name, day in days.items() if day is not None}
        return sent(request, Kind.OFFICE, one, person, office=office.value, **said)
    except NotPossible as reason:
        form.add_error(reason.field or "person", str(reason))
        return False
    notices.done(request, f"Đã ghi: đồng chí {person.full_name}, {office.label.lower()}.")
    return True


@login_required
@require_POST
def secretary_card(request: Request, cell_id: UUID) -> HttpResponse:
    """Print the invitation of a cell's secretary, who then invites the members."""
    one = _cell(request, cell_id)
    term = found(TermOfOffice.objects.on(today()).filter(organisation=one, office=Office.SECRETARY).first())
    try:
        cards = invite(by=request.standing, cell=one, people=[term.person_id])
    except NeedsSecond:
        sent(request, Kind.WAY_IN, one, term.person)
        return redirect(f"/chi-bo/{one.pk}/")
    return print_cards(request, one, cards, back=f"/chi-bo/{one.pk}/")
