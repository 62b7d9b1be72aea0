"""Whose account one may give another way into: never that of someone who may see more than oneself.

Members: the committee of the cell where they belong, not of one that they are in for a time. Those on a committee: its
secretary; the secretary: the committee above. Offices in a committee above: its secretary, or the province; that
secretary: the province. The province's own officers: nobody here, the machine's terminal alone. Nobody: oneself (there
are one's own pages for that).
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from chibo.access.models import CELL_COMMITTEE, UPPER, Office, TermOfOffice
from chibo.access.scope import system_scope
from chibo.access.standing import Standing
from chibo.accounts.models import User
from chibo.lib.dates import today
from chibo.members.models import Membership
from chibo.orgs.models import Organisation


def within_reach(by: Standing, people: Iterable[UUID]) -> set[UUID]:
    """Those of some people whose account one may give another way into, in three queries for all of them."""
    wanted = set(people) - {by.person_id}
    if by.system:
        return wanted
    offices: dict[UUID, list[TermOfOffice]] = defaultdict(list)
    for term in TermOfOffice.objects.on(today()).filter(person__in=wanted).select_related("organisation"):
        offices[term.person_id].append(term)
    cells = _homes(wanted)
    operators = set(User.objects.filter(person__in=wanted, is_operator=True).values_list("person_id", flat=True))
    return {
        person
        for person in wanted - operators
        if all(_above(by, term) for term in offices[person])
        and (offices[person] or any(by.leads(cell.pk) or by.covers(cell.path) for cell in cells[person]))
    }


def _homes(people: Iterable[UUID]) -> dict[UUID, list[Organisation]]:
    """Where each belongs; where one is for a time only if nobody here knows the home.

    Whoever receives somebody for a time may not see the home, nor take what it keeps: so the system looks.
    """
    homes: dict[UUID, list[Organisation]] = defaultdict(list)
    stays: dict[UUID, list[Organisation]] = defaultdict(list)
    with system_scope():
        for one in Membership.objects.filter(person__in=people, validity__contains=today()).select_related("cell"):
            (stays if one.kind == Membership.Kind.TEMPORARY else homes)[one.person_id].append(one.cell)
    return defaultdict(list, stays | homes)


def _above(by: Standing, term: TermOfOffice) -> bool:
    """Whether one stands above an office."""
    place, office = term.organisation, term.office
    if office == Office.PROVINCE_STAFF:
        return False
    if any(place.path.startswith(path) for path in by.province_paths):
        return True
    if office in CELL_COMMITTEE:
        return by.covers(place.path) or (office != Office.SECRETARY and place.pk in by.secretary_cells)
    if office in UPPER:
        held = {hat.role for hat in by.hats if hat.organisation_id == place.pk}
        return office != Office.UPPER_SECRETARY and Office.UPPER_SECRETARY in held
    return office == Office.FOLLOWER and by.covers(place.path)
