"""Accounts of others: a printed invitation a person, accepted once with one's own password; given anew when lost.

Everything here happens face to face, leaves an event in the life of the cell or committee, and is told to the account's
owner at the next sign-in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from chibo.access.models import TermOfOffice
from chibo.access.scope import enter
from chibo.access.standing import Standing, require, standing_of
from chibo.accounts import province, second_factor
from chibo.accounts.models import AccountReset, Invitation, Issued, User
from chibo.audit import events
from chibo.directory.account.rights import Way, ways_in
from chibo.directory.two_people.rule import NeedsSecond
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

    Those who have a password keep it until the new invitation is accepted, but are signed out everywhere at once: this
    is also how a forgotten password is replaced, face to face.

    Raises:
        Http404: `by` neither leads the cell nor covers it from above, someone is not of the cell, or stands above `by`.
        NeedsSecond: it would open more than `by` reads.
    """
    require(by.leads(cell.pk) or by.covers(cell.path))
    found = list(Person.objects.filter(pk__in=people).in_order())
    members = Membership.objects.filter(cell=cell, validity__contains=today(), person__in=found)
    officers = TermOfOffice.objects.on(today()).committee_of(cell).filter(person__in=found)
    known = {*members.values_list("person_id", flat=True), *officers.values_list("person_id", flat=True)}
    require(known == set(people))
    _require_ways(by, people, None)
    accounts = {user.person_id: user for user in User.objects.filter(person__in=found)}
    return [_issue(by, cell.pk, person, accounts.get(person.pk)) for person in found]


@transaction.atomic
def reset_password(*, by: Standing, person: Person, second: UUID | None = None) -> Card:
    """Issue an invitation to whoever lost the way in, wherever one stands above them.

    second: who has agreed.

    Raises:
        Http404: the person is out of reach.
        NeedsSecond: it takes two people.
    """
    _require_ways(by, [person.pk], second)
    return _issue(by, place_of(person), person, User.objects.filter(person=person).first())


@transaction.atomic
def reset_second_factor(*, by: Standing, person: Person, second: UUID | None = None) -> bool:
    """Take away a second factor that was lost, so that it is set up anew at the next sign-in; the password stays.

    Whoever has a recovery code left needs nobody for this. Tells whether there was one.

    Raises:
        Http404: the person is out of reach.
        NeedsSecond: it takes two people.
    """
    _require_ways(by, [person.pk], second)
    user = User.objects.filter(person=person).first()
    return user is not None and drop_second_factor(by=by, user=user)


@transaction.atomic
def drop_second_factor(*, by: Standing, user: User) -> bool:
    """The same for any account, whoever asks having the right; tells whether there was one."""
    if not second_factor.remove_all(user):
        return False
    _note_reset(by, user, AccountReset.What.SECOND_FACTOR)
    place, person = _place_of_account(user), user.person_id
    events.record("account.second_factor_reset", chain=place, by=by.person_id, obj=user, person=person)
    return True


@transaction.atomic
def set_at_the_machine(*, user: User, password: str) -> None:
    """Set a password at the terminal, where nobody stands above: recorded and told all the same."""
    user.set_password(password)
    user.save(update_fields=["password"])
    _note_reset(Standing.for_system(), user, AccountReset.What.PASSWORD)
    place, person = _place_of_account(user), user.person_id
    events.record("account.password_reset", chain=place, by=None, obj=user, person=person)


def _require_ways(by: Standing, people: Sequence[UUID], second: UUID | None) -> None:
    ways = ways_in(by, people)
    require(ways.keys() == set(people))
    if second is None and Way.WITH_A_SECOND in ways.values():
        raise NeedsSecond


def _issue(by: Standing, place: UUID, person: Person, user: User | None) -> Card:
    """One invitation, and the account it is for."""
    user = user or User.objects.open(new_login(person), person=person)
    issued = Invitation.objects.issue(user, by.person_id)
    if user.has_usable_password() or province.is_bound(user):
        province.unbind(user)
        _note_reset(by, user, AccountReset.What.PASSWORD)
        events.record("account.password_reset", chain=place, by=by.person_id, obj=user, person=person.pk)
    else:
        events.record("account.invited", chain=place, by=by.person_id, obj=user, person=person.pk)
    return Card(person, user.login, issued)


def _note_reset(by: Standing, user: User, what: AccountReset.What) -> None:
    """Sign the account out everywhere, and remember to tell its owner by whom and when."""
    user.devices.all().cut_off()
    AccountReset.objects.create(user=user, what=what, by=by.person_id)


def place_of(person: Person) -> UUID:
    """Where an act on a person's account is recorded: in the cell, else where an office is held, else with oneself."""
    cell = Membership.objects.filter(person=person, validity__contains=today()).order_by("kind").first()
    if cell is not None:
        return cell.cell_id
    office = TermOfOffice.objects.on(today()).filter(person=person).first()
    return office.organisation_id if office is not None else person.pk


def _place_of_account(user: User) -> UUID:
    """The same for an account; that of an account without a person is its own."""
    return user.pk if user.person is None else place_of(user.person)


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
    enter(Standing(account_id=user.pk))
    user.set_password(password)
    user.save(update_fields=["password"])
    user.devices.all().cut_off()
    invitation.used_at = now()
    invitation.save(update_fields=["used_at"])
    if user.person_id is not None:
        standing = standing_of(user.person_id)
        enter(standing)
        chain = next(iter((*standing.member_cells, *standing.committee_cells)), user.person_id)
        events.record("account.password_set", chain=chain, by=user.person_id, obj=user)
    return user
