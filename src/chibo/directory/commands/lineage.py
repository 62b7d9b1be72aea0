"""What is said of a person follows the person: back through cells that were merged or split, on into one to come.

Each cell holds its own row of the same fact; a row goes on where another begins on the day after it, in another cell.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from psycopg.types.range import DateRange

from chibo.directory.commands.days import begin, end, hold
from chibo.members.models import Membership, StandingChange
from chibo.orgs.models import Succession

DAY = timedelta(days=1)
TEMPORARY = Membership.Kind.TEMPORARY


def piece_before(row: Any) -> Any | None:
    """The row that this one goes on from, in a cell that its own came after; None where it began here.

    A member was perhaps of another kind until then, in the cell itself.
    """
    first = row.validity.lower
    cells = Q(cell__in=Succession.objects.filter(successor=row.cell_id, handed_over=first).values("predecessor"))
    rows = type(row)._base_manager.filter(person_id=row.person_id, validity__endswith=first)
    if not isinstance(row, Membership):
        return rows.filter(cells).first()
    if row.kind == TEMPORARY:
        return rows.filter(cells, kind=TEMPORARY).first()
    return rows.filter(cells | Q(cell=row.cell_id)).exclude(kind=TEMPORARY).first()


def piece_after(row: Any) -> Any | None:
    """The row of the same fact in the cell to which the person goes when this one ends; None where it ends."""
    if row.validity.upper is None:
        return None
    rows = type(row)._base_manager.filter(person_id=row.person_id, validity__startswith=row.validity.upper)
    rows = rows.exclude(cell_id=row.cell_id)
    return (rows.filter(kind=row.kind) if isinstance(row, Membership) else rows).first()


def first_day(row: Membership, *, of_kind: bool = False) -> date:
    """Since when somebody belongs to a cell, with those that it came after. of_kind: since when as of this kind."""
    first: date = row.validity.lower
    before = piece_before(row)
    goes_on = before is not None and (not of_kind or before.kind == row.kind)
    return first_day(before, of_kind=of_kind) if before is not None and goes_on else first


def begin_through(
    model: type[StandingChange], since: date, until: date | None, *, person: Any, cell: Any, **fields: Any
) -> StandingChange:
    """Write a dated fact of a member, in each cell to which the member belongs on these days. Run as the system.

    until: the last day, included; None while it lasts. Gives the row of the cell itself, or the one nearest to it.

    Raises:
        NotPossible: the days run backwards, or such a row covers some of them already.
    """
    own = Membership.objects.filter(person=person, cell=cell).exclude(kind=TEMPORARY).order_by("validity").first()
    if own is None:
        row: StandingChange = begin(model, since, until, person=person, cell=cell, **fields)
        return row
    earliest = own
    while since < earliest.validity.lower and (before := piece_before(earliest)) is not None:
        earliest = before
    homes = Membership.objects.filter(person=person, validity__startswith__gte=earliest.validity.lower)
    stretches: list[tuple[Any, date]] = []
    for cell_id, first in homes.exclude(kind=TEMPORARY).order_by("validity").values_list("cell_id", "validity"):
        if not stretches or stretches[-1][0] != cell_id:
            stretches.append((cell_id, first.lower))
    stretches[0] = (stretches[0][0], min(since, stretches[0][1]))
    rows: list[StandingChange] = []
    for (cell_id, first), after in zip(stretches, [one[1] for one in stretches[1:]] + [None], strict=True):
        begins, ends = max(since, first), until if after is None else min(until or date.max, after - DAY)
        if after is None or after > since:
            if rows and until is not None and begins > until:
                break
            rows.append(begin(model, begins, ends, person=person, cell_id=cell_id, **fields))
    return next((row for row in rows if row.cell_id == cell.pk), rows[-1])


def become(membership: Membership, kind: str, since: date, **fields: Any) -> Membership:
    """From a day on the member is of another kind, in each cell to which the member belongs. Run as the system.

    fields: what else is written on the part of the other kind. Gives that part, in the cell itself.
    """
    if (after := piece_after(membership)) is not None:
        become(after, kind, after.validity.lower, **fields)
    return _become_here(membership, kind, since, **fields)


def _become_here(membership: Membership, kind: str, since: date, **fields: Any) -> Membership:
    """The same for a cell and those before it alone."""
    first, until = membership.validity.lower, membership.validity.upper
    if since <= first:
        before = piece_before(membership)
        if since < first and before is not None and before.kind == membership.kind:
            _become_here(before, kind, since, **fields)
        membership.kind = kind
        membership.save(update_fields=["kind"])
        return membership
    membership.validity = DateRange(first, since)
    membership.save(update_fields=["validity"])
    person = {"person_id": membership.person_id, "cell_id": membership.cell_id}
    return Membership.objects.create(**person, **fields, kind=kind, validity=DateRange(since, until))


def end_through(row: Any, last_day: date) -> None:
    """End a dated fact after its last day, in each cell in which it goes on. Run as the system.

    Raises:
        NotPossible: it ended earlier already.
    """
    later, one = [], row
    while (one := piece_after(one)) is not None:
        later.append(one)
    if not later or row.validity.upper > last_day + DAY:
        end_back(row, last_day)
    for number, one in enumerate(later, 1):
        if number == len(later) or one.validity.upper > last_day + DAY:
            end(one, last_day)


def end_back(row: Any, last_day: date) -> None:
    """The same for a cell and those before it alone.

    Raises:
        NotPossible: it ended earlier already.
    """
    while last_day + DAY < row.validity.lower and (before := piece_before(row)) is not None:
        hold(row, "validity")
        row.delete()
        row = before
    end(row, last_day)
