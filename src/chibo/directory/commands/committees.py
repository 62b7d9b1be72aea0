"""The first committee of an empty tenant, with the officer who then enters its cells on the screens."""

from dataclasses import dataclass

from django.db import transaction

from chibo.access.models import Office
from chibo.access.standing import Standing, require
from chibo.accounts.models import User
from chibo.audit import events
from chibo.directory.commands.accounts import new_login
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.offices import appoint
from chibo.lib.dates import today
from chibo.lib.vietnamese import fold, normalise
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation


@dataclass(frozen=True)
class Begun:
    """A committee with the account of its officer."""

    committee: Organisation
    officer: User


@transaction.atomic
def begin_committee(*, by: Standing, name: str, province: str, locality: str, officer: str, password: str) -> Begun:
    """Create a commune's committee under its province, and an officer with an account; one province a tenant.

    Raises:
        Http404: `by` is not the system: organisations above the cells are not made on the screens.
        NotPossible: the committee is there already, or the tenant has another province.
    """
    require(by.system)
    above = Organisation.objects.filter(kind=Kind.PROVINCE).first()
    if above is None:
        above = Organisation.objects.plant(name=province, kind=Kind.PROVINCE, parent=None, founded=today())
    elif above.folded != fold(normalise(province)):
        raise NotPossible(f"Đơn vị này đã có cấp tỉnh là “{above.name}”. Ghi đúng tên ấy, hoặc tạo đơn vị khác.")
    if above.children.filter(folded=fold(normalise(name)), dissolved=None).exists():
        raise NotPossible(f"Đã có “{name}”.")
    committee = Organisation.objects.plant(
        name=name, kind=Kind.COMMITTEE, parent=above, founded=today(), locality=locality
    )
    person = Person.objects.enter(officer)
    appoint(by=by, person=person, organisation=committee, office=Office.UPPER_STAFF, since=today())
    account = User.objects.open(new_login(person), person=person, password=password)
    events.record("committee.created", chain=committee.pk, by=by.person_id, obj=committee)
    return Begun(committee, account)
