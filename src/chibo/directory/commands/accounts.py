"""Accounts: a printed invitation a person, accepted once with one's own password."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from chibo.access.models import TermOfOffice
from chibo.access.scope import enter
from chibo.access.standing import Standing, require, standing_of
from chibo.accounts.models import Invitation, Issued, User
from chibo.audit import events
from chibo.lib.dates import now, today
from chibo.lib.vietnamese import fold
from chibo.members.models import Membership, Person
from chibo.orgs.models import Organisation


@dataclass(frozen=True)
class Card:
    """What is printed for one person."""

    person: Person
    login: str
    issued: Issued


@transaction.atomic
def invite(*, by: Standing, cell: Organisation, people: Sequence[UUID]) -> list[Card]:
    """Issue an invitation to some people of a cell; accounts are opened as needed, older invitations end.

    Those who have a password keep it until the new invitation is accepted: this is also how a forgotten password is
    replaced, face to face.

    Raises:
        Http404: `by` neither leads the cell nor covers it from above, or someone is not of the cell.
    """
    require(by.leads(cell.pk) or by.covers(cell.path))
    found = list(Person.objects.filter(pk__in=people).in_order())
    members = Membership.objects.filter(cell=cell, validity__contains=today(), person__in=found)
    officers = TermOfOffice.objects.on(today()).committee_of(cell).filter(person__in=found)
    known = {*members.values_list("person_id", flat=True), *officers.values_list("person_id", flat=True)}
    require(known == set(people))
    accounts = {user.person_id: user for user in User.objects.filter(person__in=found)}
    cards = []
    for person in found:
        user = accounts.get(person.pk) or User.objects.open(new_login(person), person=person)
        issued = Invitation.objects.issue(user, by.person_id)
        events.record("account.invited", chain=cell.pk, by=by.person_id, obj=user, person=person.pk)
        cards.append(Card(person, user.login, issued))
    return cards


def new_login(person: Person) -> str:
    """A free login: given name and initials without marks, with a number where it is taken: lannt, lannt2."""
    *others, given = fold(person.full_name).split()
    letters = "".join(letter for letter in given + "".join(word[0] for word in others) if letter.isalnum())
    base = letters[:50] or "dangvien"
    taken = set(User.objects.filter(Q(login=base) | Q(login__regex=rf"^{base}[0-9]+$")).values_list("login", flat=True))
    if base not in taken:
        return base
    return next(login for number in range(2, len(taken) + 3) if (login := f"{base}{number}") not in taken)


@transaction.atomic
def accept(*, invitation: Invitation, password: str) -> User:
    """Use an invitation: set one's own password. All older sign-ins of the account end, as the password changes.

    The invitation itself says who acts: nobody is signed in yet.
    """
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    require(Invitation.objects.open().filter(pk=invitation.pk).exists())
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.used_at = now()
    invitation.save(update_fields=["used_at"])
    if user.person_id is not None:
        standing = standing_of(user.person_id)
        enter(standing)
        chain = next(iter((*standing.member_cells, *standing.committee_cells)), user.person_id)
        events.record("account.password_set", chain=chain, by=user.person_id, obj=user)
    return user
