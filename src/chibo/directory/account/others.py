"""Accounts of others: how they stand, a new invitation, a lost second factor. For whoever stands above them."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from chibo.access.models import UPPER, Office, TermOfOffice
from chibo.access.request import Request
from chibo.access.standing import Standing, found, require
from chibo.access.visible import visible
from chibo.accounts import second_factor
from chibo.accounts.models import Invitation, User
from chibo.directory.account.rights import Way, ways_in
from chibo.directory.commands.accounts import place_of, reset_password, reset_second_factor
from chibo.directory.models import TwoPersonAct
from chibo.directory.two_people.commands import acts_seen_by
from chibo.directory.two_people.rule import NeedsSecond
from chibo.directory.two_people.views import sent
from chibo.directory.views.invitations import print_cards
from chibo.lib.dates import today
from chibo.lib.vietnamese import fold
from chibo.look import notices, searching
from chibo.members.models import Person
from chibo.orgs.models import Organisation

SHOWN = 60


@login_required
@require_GET
def officers(request: Request) -> HttpResponse:
    """Who holds an office beneath one's own committee: found by name, at most sixty at once."""
    by = request.standing
    require(bool(by.commune_paths or by.province_paths))
    wanted = searching.sought(request)
    terms = _offices_beneath(by)
    if wanted:
        terms = terms.filter(person__folded__contains=fold(wanted))
    page = list(terms.select_related("person", "organisation").order_by("person__sort_key", "person_id")[: SHOWN + 1])
    reach = ways_in(by, {term.person_id for term in page})
    users = {user.person_id: user for user in User.objects.filter(person__in=reach)}
    rows = [{"term": one, "account": users.get(one.person_id)} for one in page[:SHOWN] if one.person_id in reach]
    context = {"rows": rows, "wanted": wanted, "more": len(page) > SHOWN, "shown": SHOWN}
    return render(request, "directory/account/officers.html", context)


def _offices_beneath(by: Standing) -> Any:
    """Offices of today that one may stand above: of the committees for the province, of the cells too for a commune."""
    offices = [*UPPER] if by.province_paths else [Office.SECRETARY, *UPPER]
    places = Organisation.objects.under([*by.commune_paths, *by.province_paths])
    return TermOfOffice.objects.on(today()).filter(office__in=offices, organisation__in=places)


def _within_reach(request: Request, person_id: UUID) -> Person:
    """A person whose account one may give another way into, alone or with a second.

    Raises:
        Http404: out of reach, or not to be seen at all.
    """
    require(person_id in ways_in(request.standing, [person_id]))
    return found(visible(Person.objects.filter(pk=person_id), request.standing).first())


@login_required
@require_GET
def account(request: Request, person_id: UUID) -> HttpResponse:
    """One account as somebody above may know it: whether there is a way in, not where or when it is used."""
    person = _within_reach(request, person_id)
    user = User.objects.filter(person=person).first()
    context = {
        "person": person,
        "account": user,
        "enters": user is not None and user.has_usable_password(),
        "invitation": Invitation.objects.open().filter(user=user).first() if user else None,
        "has_factor": user is not None and second_factor.is_on(user),
        "takes_two": ways_in(request.standing, [person.pk]).get(person.pk) == Way.WITH_A_SECOND,
        "asked": _asked(request.standing, person),
        "back": _back(request.standing),
    }
    return render(request, "directory/account/account.html", context)


def _asked(by: Standing, person: Person) -> dict[str, TwoPersonAct]:
    """What one has asked for this account and has not got yet, by its kind."""
    own = acts_seen_by(by, person=person, asked_by=by.actor)
    return {one.kind: one for one in own if one.waits or one.waits_for_print}


def _back(by: Standing) -> str:
    """The list that one came from."""
    return "/tai-khoan/" if by.commune_paths or by.province_paths else "/so-chi-bo/loi-moi/"


@login_required
@never_cache
@require_POST
def new_invitation(request: Request, person_id: UUID) -> HttpResponse:
    """Print another way in."""
    person = _within_reach(request, person_id)
    place = Organisation.objects.get(pk=place_of(person))
    try:
        card = reset_password(by=request.standing, person=person)
    except NeedsSecond:
        sent(request, TwoPersonAct.Kind.WAY_IN, place, person)
        return redirect(f"/tai-khoan/{person.pk}/")
    return print_cards(request, place, [card], back=f"/tai-khoan/{person.pk}/")


@login_required
@require_POST
def lost_second_factor(request: Request, person_id: UUID) -> HttpResponse:
    """Take away a second factor that was lost."""
    person = _within_reach(request, person_id)
    place = Organisation.objects.get(pk=place_of(person))
    try:
        dropped = reset_second_factor(by=request.standing, person=person)
    except NeedsSecond:
        sent(request, TwoPersonAct.Kind.SECOND_FACTOR, place, person)
        return redirect(f"/tai-khoan/{person.pk}/")
    if dropped:
        notices.done(request, f"Đã bỏ lớp bảo vệ thứ hai của đồng chí {person.full_name}; đăng nhập rồi đặt lại.")
    else:
        notices.tell(request, f"Tài khoản của đồng chí {person.full_name} không có lớp bảo vệ thứ hai.")
    return redirect(f"/tai-khoan/{person.pk}/")
