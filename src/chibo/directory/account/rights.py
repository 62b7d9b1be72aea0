"""Whose account one may give another way into, alone or with a second person (docs/decisions/0063).

Alone: the committee of a cell its own members, as nothing opens that it does not read itself; the committee directly
above while the cell has no records. With a second: the committee directly above the cell, for whoever reads records;
whoever stands above an office, for its holder. The two together stand above every office of the person, and one of
them keeps, or stands directly above, the cell where the person belongs. Nobody: the province for people of a cell;
the province's own officers, whom the machine's terminal serves; oneself (there are one's own pages for that).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from uuid import UUID

from django.db.models import Q

from chibo.access.models import ABOVE_CELLS, CELL_COMMITTEE, UPPER, InspectionDoor, MeetingDuty, Office, TermOfOffice
from chibo.access.scope import system_scope
from chibo.access.standing import DAYS_AFTER_LEAVING, Standing
from chibo.accounts.models import User
from chibo.directory.two_people.rule import has_records_below, over, with_records
from chibo.lib.dates import today
from chibo.members.models import Membership
from chibo.orgs.models import Organisation


class Way(Enum):
    """How one may give another way in."""

    ALONE = 1
    WITH_A_SECOND = 2


@dataclass
class Holder:
    """What an account gives: offices, the cells where its person belongs, all cells that may be read in part."""

    offices: list[TermOfOffice] = field(default_factory=list)
    homes: list[Organisation] = field(default_factory=list)
    reads: set[UUID] = field(default_factory=set)


def within_reach(by: Standing, people: Iterable[UUID]) -> set[UUID]:
    """Those of some people whose account one may give another way into without asking anybody."""
    return {person for person, way in ways_in(by, people).items() if way == Way.ALONE}


def ways_in(by: Standing, people: Iterable[UUID]) -> dict[UUID, Way]:
    """Those whose account one may give another way into, and how; in a few queries for all of them."""
    wanted = set(people) - {by.person_id}
    if by.system:
        return dict.fromkeys(wanted, Way.ALONE)
    operators = set(User.objects.filter(person__in=wanted, is_operator=True).values_list("person_id", flat=True))
    holders = _holders(wanted - operators)
    recorded = with_records(set().union(*(one.reads for one in holders.values())))
    return {person: way for person, one in holders.items() if (way := _way(by, one, recorded)) is not None}


def _way(by: Standing, one: Holder, recorded: set[UUID]) -> Way | None:
    if any(term.office == Office.PROVINCE_STAFF for term in one.offices) or not (one.offices or one.homes):
        return None
    over_offices = all(_above(by, term) for term in one.offices)
    at_home = any(_keeps(by, cell) for cell in one.homes)
    if not (over_offices and (one.offices or at_home)) and not any(_directly_above(by, cell) for cell in one.homes):
        return None
    below = any(has_records_below(over(term.organisation)) for term in one.offices if term.office in UPPER)
    opens_more = recorded & one.reads - set(by.committee_cells)
    alone = over_offices and (at_home or not one.homes) and not below and not opens_more
    return Way.ALONE if alone else Way.WITH_A_SECOND


def stand_above(first: Standing, second: Standing, person: UUID) -> bool:
    """Whether two together may give a person another way in."""
    one = _holders({person})[person]
    both = (first, second)
    over_offices = all(any(_above(who, term) for who in both) for term in one.offices)
    return over_offices and (not one.homes or any(_keeps(who, cell) for who in both for cell in one.homes))


def _holders(people: Iterable[UUID]) -> dict[UUID, Holder]:
    """What each account gives; where one is for a time is home only if nobody here knows another.

    The system looks: who asks may not see the home of a temporary arrival, nor what an account opens elsewhere.
    """
    found = {person: Holder() for person in people}
    stays: dict[UUID, list[Organisation]] = defaultdict(list)
    with system_scope():
        terms = TermOfOffice.objects.on(today()).filter(person__in=found).select_related("organisation__parent")
        for term in terms:
            found[term.person_id].offices.append(term)
            if term.office in (*CELL_COMMITTEE, Office.FOLLOWER):
                found[term.person_id].reads.add(term.organisation_id)
        gone = today() - timedelta(days=DAYS_AFTER_LEAVING)
        lately = Q(validity__endswith__gt=gone) | Q(validity__upper_inf=True)
        for row in Membership.objects.filter(lately, person__in=found).select_related("cell"):
            found[row.person_id].reads.add(row.cell_id)
            if today() in row.validity:
                of_person = (
                    stays[row.person_id] if row.kind == Membership.Kind.TEMPORARY else found[row.person_id].homes
                )
                of_person.append(row.cell)
        duties = MeetingDuty.objects.filter(person__in=found).exclude(until__lt=today())
        doors = InspectionDoor.objects.open_on(today()).filter(person__in=found)
        for rows in (duties, doors):
            for person, cell in rows.values_list("person_id", "cell_id"):
                found[person].reads.add(cell)
    for person, cells in stays.items():
        found[person].homes = found[person].homes or cells
    return found


def _keeps(by: Standing, cell: Organisation) -> bool:
    """Whether one leads a cell or is of the committee directly above it."""
    return by.leads(cell.pk) or _directly_above(by, cell)


def _directly_above(by: Standing, cell: Organisation) -> bool:
    return any(hat.role in UPPER and hat.organisation_id == cell.parent_id for hat in by.hats)


def _above(by: Standing, term: TermOfOffice) -> bool:
    """Whether one stands above an office."""
    place, office = term.organisation, term.office
    if office in (*CELL_COMMITTEE, Office.FOLLOWER):
        of_secretary = office in CELL_COMMITTEE and office != Office.SECRETARY and place.pk in by.secretary_cells
        return of_secretary or _directly_above(by, place)
    if office not in ABOVE_CELLS or office == Office.PROVINCE_STAFF:
        return False
    if any(place.path.startswith(path) for path in by.province_paths):
        return True
    held = {hat.role for hat in by.hats if hat.organisation_id in (place.pk, place.parent_id)}
    return office != Office.UPPER_SECRETARY and Office.UPPER_SECRETARY in held
