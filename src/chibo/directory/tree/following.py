"""Who follows which cell: one person to many cells at once, from a day on; and how many cells each follows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from psycopg.types.range import DateRange

from chibo.access.models import UPPER, Office, TermOfOffice
from chibo.access.standing import Standing, require
from chibo.audit import events
from chibo.directory.commands.days import NotPossible, end
from chibo.directory.commands.offices import begin_term
from chibo.directory.two_people.rule import NOT_ONESELF, needs_second, require_second
from chibo.lib.dates import format_date, today
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation


@dataclass(frozen=True)
class Followed:
    """A cell with whoever follows it, today and from a later day."""

    cell: Organisation
    now: list[TermOfOffice]
    later: list[TermOfOffice]


@dataclass(frozen=True)
class Load:
    """How many cells a person follows today: about the work, in the order of names."""

    person: Person
    cells: int


def followed_cells(committee: Organisation) -> list[Followed]:
    """Every cell under a committee in Vietnamese order, in two queries."""
    cells = list(Organisation.objects.standing().cells().under([committee.path]).in_order())
    rows: dict[UUID, list[TermOfOffice]] = defaultdict(list)
    held = TermOfOffice.objects.filter(
        office=Office.FOLLOWER, organisation__in=[one.pk for one in cells], validity__overlap=DateRange(today(), None)
    )
    for term in held.select_related("person").order_by("person__sort_key"):
        rows[term.organisation_id].append(term)
    day = today()
    return [
        Followed(
            one,
            [term for term in rows[one.pk] if day in term.validity],
            [term for term in rows[one.pk] if day not in term.validity],
        )
        for one in cells
    ]


def candidates(committee: Organisation) -> list[Person]:
    """Who may follow a cell: of the committee or its departments, and who follows one already."""
    here = TermOfOffice.objects.on(today()).filter(office__in=UPPER, organisation=committee)
    departments = TermOfOffice.objects.on(today()).filter(
        office__in=UPPER, organisation__parent=committee, organisation__kind=Kind.DEPARTMENT
    )
    following = TermOfOffice.objects.on(today()).filter(
        office=Office.FOLLOWER, organisation__in=Organisation.objects.cells().under([committee.path])
    )
    people = (
        Person.objects.filter(offices__in=here)
        | Person.objects.filter(offices__in=departments)
        | Person.objects.filter(offices__in=following)
    )
    return list(people.distinct().in_order())


def loads(committee: Organisation, followed: Sequence[Followed]) -> list[Load]:
    """How many cells each candidate follows; none is written as 0."""
    number: dict[UUID, int] = defaultdict(int)
    for one in followed:
        for term in one.now:
            number[term.person_id] += 1
    return [Load(person, number[person.pk]) for person in candidates(committee)]


def by_who_assigns(by: Standing, cells: Sequence[Organisation]) -> tuple[list[Organisation], list[Organisation]]:
    """The cells to which one lets somebody alone, and those where it takes two people."""
    with_second = [one for one in cells if needs_second(by, one)]
    return [one for one in cells if one not in with_second], with_second


@transaction.atomic
def assign(
    *,
    by: Standing,
    cells: Sequence[Organisation],
    person: Person | None,
    since: date,
    instead: bool,
    second: UUID | None = None,
) -> int:
    """Let a person follow cells from a day on; None with `instead` leaves them without anyone. How many changed.

    instead: whoever follows them ends on the day before; else both follow.

    Raises:
        Http404: `by` does not cover one of the cells.
        NeedsSecond: a cell has records, and nobody has agreed.
        NotPossible: it is oneself; somebody else is to follow one from a later day.
    """
    require(all(by.covers(one.path) for one in cells) and (person is not None or instead))
    if person is not None and person.pk == by.person_id:
        raise NotPossible(NOT_ONESELF)
    if person is not None:
        for cell in cells:
            require_second(by, cell, second)
    changed = 0
    for cell in cells:
        changed += _assign(by, cell, person, since, instead)
    return changed


def _assign(by: Standing, cell: Organisation, person: Person | None, since: date, instead: bool) -> bool:
    held = TermOfOffice.objects.filter(organisation=cell, office=Office.FOLLOWER).select_related("person")
    rows = list(held.filter(validity__overlap=DateRange(since, None)))
    own = [row for row in rows if person is not None and row.person_id == person.pk]
    if later := [row for row in rows if row.validity.lower > since and (instead or row in own)]:
        first = later[0]
        day = format_date(first.validity.lower)
        raise NotPossible(
            f"{cell.name}: đồng chí {first.person.full_name} đã được phân công từ ngày {day}. Chọn ngày từ {day}."
        )
    ending = [row for row in rows if instead and row not in own]
    for row in ending:
        end(row, since - timedelta(days=1))
        events.record(
            "office.ended",
            chain=cell.pk,
            by=by.person_id,
            person=row.person_id,
            office=row.office,
            last_day=since - timedelta(days=1),
        )
    if person is None or own:
        return bool(ending)
    term = begin_term(person, cell, Office.FOLLOWER, since, "")
    events.record(
        "office.begun",
        chain=cell.pk,
        by=by.person_id,
        obj=term,
        person=person.pk,
        office=Office.FOLLOWER.value,
        since=since,
    )
    return True
