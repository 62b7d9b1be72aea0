"""The tree from what one covers, a search, and the page of a body with its history."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chibo.access.models import Office, TermOfOffice
from chibo.access.request import Request
from chibo.directory.tree import browse, history, screens
from chibo.directory.tree.forms import DayForm
from chibo.directory.tree.offices import may_staff
from chibo.directory.tree.places import ids_of
from chibo.directory.tree.terms import may_keep_terms
from chibo.directory.tree.views.finding import body_of, root_of
from chibo.lib.dates import today
from chibo.look import searching
from chibo.orgs.models import Kind, Organisation

ORDER = (
    Office.UPPER_SECRETARY,
    Office.PROVINCE_STAFF,
    Office.UPPER_MEMBER,
    Office.UPPER_STAFF,
    Office.SECRETARY,
    Office.DEPUTY,
    Office.COMMITTEE_MEMBER,
    Office.FOLLOWER,
)


@login_required
@require_GET
def tree(request: Request) -> HttpResponse:
    """What stands directly under the body of the hat that is on; "son ha" finds Sơn Hà anywhere under it."""
    root = root_of(request)
    sought = searching.sought(request)
    context: dict[str, Any] = {
        "root": root,
        "sought": sought,
        "most": browse.MOST_FOUND,
        "may_create": "lap" in {one.slug for one in screens.allowed(request.standing, root)},
        "follows": root.kind != Kind.PROVINCE,
    }
    if sought:
        context |= {
            "found": browse.search([root.path], sought),
            "former": browse.former_names([root.path], sought),
        }
    else:
        numbers = browse.numbers_by_child(root, today())
        context |= {"total": browse.total(numbers), "lines": browse.lines_under(root, numbers)}
    return render(request, "directory/tree/tree.html", context)


@login_required
@require_GET
def body(request: Request, body_id: UUID) -> HttpResponse:
    """One body: what it is, where it stands, what stands under it, its offices, terms and history; on any day."""
    one = body_of(request, body_id)
    form = DayForm(request.GET or None)
    asked = form.cleaned_data["ngay"] if form.is_valid() else None
    over = request.standing.oversees(one.path)
    numbers = browse.numbers_by_child(one, today()) if over and one.kind not in (Kind.CELL, Kind.DEPARTMENT) else {}
    number = browse.numbers_by_child(one.parent, today()).get(one.path) if over and one.parent and not numbers else None
    context = {
        "body": one,
        "kind": history.kinds_of(one),
        "chain": _chain(request, one),
        "lines": browse.lines_under(one, numbers) if one.kind != Kind.CELL else [],
        "total": browse.total(numbers) if numbers else None,
        "members": number.members if number else None,
        "offices": offices_of(one),
        "term": one.term_on(today()),
        "acts": screens.allowed(request.standing, one),
        "history": history.history(one),
        "names": list(one.names.order_by("-validity")),
        "codes": list(one.codes.order_by("-validity")),
        "successors": browse.followed_by(one) if one.dissolved else [],
        "archives": browse.archives_of(one) if one.kind == Kind.CELL else [],
        "form": form,
        "as_of": browse.as_of(one, asked) if asked else None,
        "keeps_terms": one.kind != Kind.DEPARTMENT and may_keep_terms(request.standing, one),
        "keeps_offices": may_staff(request.standing, one),
        "is_commune_cell": one.kind == Kind.CELL and request.standing.covers(one.path) and not one.dissolved,
    }
    return render(request, "directory/tree/body.html", context, status=422 if form.is_bound and form.errors else 200)


def _chain(request: Request, one: Organisation) -> list[tuple[Organisation, bool]]:
    """Those above it today, the root first, each with whether its page is open."""
    above = Organisation.objects.in_bulk(ids_of(one.path)[:-1])
    return [(above[key], browse.may_look(request.standing, above[key])) for key in ids_of(one.path)[:-1]]


def offices_of(one: Organisation) -> list[TermOfOffice]:
    """Who holds an office of the body today; its departments' staff stand on their own pages."""
    held = TermOfOffice.objects.on(today()).filter(organisation=one).select_related("person")
    return sorted(held, key=lambda term: (ORDER.index(Office(term.office)), term.person.sort_key))
