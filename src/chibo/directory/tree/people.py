"""What happens to people and offices when cells are merged, split or end."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from psycopg.types.range import DateRange

from chibo.access.models import Office, TermOfOffice
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.stays import stays
from chibo.directory.tree.work import Ended, Work
from chibo.members.models import (
    Exemption,
    GroupMember,
    Membership,
    PartyGroup,
    Suspension,
    TemporaryLeave,
    Transfer,
    UnitPost,
)
from chibo.orgs.models import Kind, Organisation

TEMPORARY = Membership.Kind.TEMPORARY
# Goes on in the cell that the person goes to.
GOES_ALONG: tuple[type[Any], ...] = (Exemption, TemporaryLeave, Suspension, UnitPost)


def belonging(cell: Organisation, day: Any) -> int:
    """How many belong to a cell on a day or later."""
    rows = Membership.objects.filter(cell=cell, validity__overlap=DateRange(day, None))
    return rows.values("person").distinct().count()


def require_no_transfers(cell: Organisation) -> None:
    """Nobody may be under way between this cell and another.

    Raises:
        NotPossible: somebody is.
    """
    pending = Transfer.objects.pending()
    if number := (pending.filter(from_cell=cell) | pending.filter(to_cell=cell)).count():
        raise NotPossible(
            f"Còn {number} đồng chí đang chờ xác nhận chuyển sinh hoạt ở “{cell.name}”. Xác nhận hoặc rút lại trước."
        )


def move_people(work: Work, former: Organisation, target: Organisation, only: "set[UUID] | None" = None) -> int:
    """The people of a cell go over to another on the day, in the same kind; how many.

    Who on some days belongs to the target for a time, or comes home to it, stands there once on these: as a member.
    only: these people alone.
    """
    day, ever_after = work.day, DateRange(work.day, None)
    rows = Membership.objects.select_for_update(of=("self",)).filter(cell=former, validity__overlap=ever_after)
    if only is not None:
        rows = rows.filter(person_id__in=only)
    moving = sorted(rows, key=lambda row: (row.kind == TEMPORARY, row.validity.lower))
    going = {row.person_id for row in moving}
    at_home: dict[UUID, list[DateRange]] = defaultdict(list)
    for row in moving:
        there = Membership.objects.filter(cell=target, person_id=row.person_id, validity__overlap=ever_after)
        rest: Any = DateRange(max(row.validity.lower, day), row.validity.upper)
        if row.kind == TEMPORARY:
            at_home[row.person_id] += _both(rest, there.exclude(kind=TEMPORARY))
        else:
            guests = there.filter(kind=TEMPORARY)
            at_home[row.person_id] += _both(rest, guests)
            for guest in guests:
                _leave_out(work, guest, [rest])
        _pass_on(work, row, target, at_home[row.person_id] if row.kind == TEMPORARY else [])
    for model in GOES_ALONG:
        for fact in model.objects.filter(cell=former, person_id__in=going, validity__overlap=ever_after):
            _pass_on(work, fact, target, at_home[fact.person_id] if model is TemporaryLeave else [])
    for leave in TemporaryLeave.objects.filter(cell=target, person_id__in=going, validity__overlap=ever_after):
        _leave_out(work, leave, at_home[leave.person_id])
    _follow_stays(work, former, target, going)
    for place in GroupMember.objects.filter(cell=former, person_id__in=going, validity__overlap=ever_after):
        work.journal.end(place, day)
    return len(going)


def _both(days: Any, rows: Iterable[Membership]) -> list[DateRange]:
    """The days on which one of these rows holds too."""
    spans = [(max(days.lower, row.validity.lower), _first(days.upper, row.validity.upper)) for row in rows]
    return [DateRange(first, after) for first, after in spans if after is None or first < after]


def _first(one: date | None, other: date | None) -> date | None:
    """The earlier of two days of which None never comes."""
    return one if other is None or (one is not None and one <= other) else other


def _without(days: Any, out: Iterable[Any]) -> list[DateRange]:
    """What is left of some days without others."""
    left: list[Any] = [days]
    for one in out:
        before = [DateRange(part.lower, _first(part.upper, one.lower)) for part in left]
        after = [DateRange(max(part.lower, one.upper), part.upper) for part in left] if one.upper is not None else []
        parts: list[Any] = [*before, *after]
        left = [part for part in parts if part.upper is None or part.lower < part.upper]
    return left


def _leave_out(work: Work, row: Any, out: list[DateRange]) -> None:
    """A dated row no longer holds on some days."""
    left = _without(row.validity, out)
    if left == [row.validity]:
        return
    if not left:
        work.journal.remove(row)
        return
    work.journal.change(row, validity=left[0])
    for part in left[1:]:
        work.journal.copy(row, validity=part)


def _pass_on(work: Work, row: Any, target: Organisation, out: list[DateRange]) -> None:
    """A dated row goes on in another cell from the day of the act, but for some days."""
    rest = DateRange(max(row.validity.lower, work.day), row.validity.upper)
    parts = _without(rest, out)
    if parts == [rest]:
        work.journal.pass_on(row, work.day, cell_id=target.pk)
        return
    work.journal.end(row, work.day)
    for part in parts:
        work.journal.copy(row, cell_id=target.pk, validity=part)


def _follow_stays(work: Work, former: Organisation, target: Organisation, going: set[UUID]) -> None:
    """Stays that go on stand with the cell of today, on either side; one between the two ends as they become one."""
    sides = Q(from_cell=former) | Q(to_cell=former)
    for stay in stays().filter(sides, person_id__in=going, last_day__gte=work.day).select_for_update():
        cells = {stay.from_cell_id, stay.to_cell_id}
        if cells != {former.pk, target.pk}:
            side = "from_cell_id" if stay.from_cell_id == former.pk else "to_cell_id"
            work.journal.change(stay, **{side: target.pk})
        elif stay.first_day < work.day:
            work.journal.change(stay, last_day=work.day - timedelta(days=1))
        else:
            work.journal.change(stay, outcome=Transfer.Outcome.WITHDRAWN, settled_on=work.day)


def end_offices_of(work: Work, cell: Organisation, going: Iterable[UUID]) -> None:
    """Who goes over to another cell holds no office of the old one any longer."""
    held = TermOfOffice.objects.filter(
        organisation=cell, person_id__in=list(going), validity__overlap=DateRange(work.day, None)
    ).exclude(office=Office.FOLLOWER)
    for office in held.select_related("person"):
        work.journal.end(office, work.day)
        work.ended.append(Ended.of(office, cell))


def end_groups(work: Work, cell: Organisation) -> None:
    """The groups (tổ đảng) of a cell that ends."""
    for group in PartyGroup.objects.filter(cell=cell, validity__overlap=DateRange(work.day, None)):
        work.journal.end(group, work.day)


def end_followers(work: Work, cells: Iterable[Organisation], successor: Organisation) -> None:
    """Who followed cells from an office that ends with the act, and holds none in the successor, follows no longer."""
    day, ever_after = work.day, DateRange(work.day, None)
    out = {one.person_id for one in work.ended}
    staying = TermOfOffice.objects.filter(person_id__in=out, validity__overlap=ever_after).exclude(
        organisation__kind=Kind.CELL
    )
    out -= set(staying.values_list("person_id", flat=True))
    following = TermOfOffice.objects.filter(
        office=Office.FOLLOWER, organisation__in=list(cells), person_id__in=out, validity__overlap=ever_after
    ).select_related("person", "organisation")
    lines = []
    for row in sorted(following, key=lambda one: (one.organisation.sort_key, one.person.sort_key)):
        work.journal.end(row, day)
        lines.append(f"{row.organisation.name}: đồng chí {row.person.full_name}")
    if lines:
        text = f"{len(lines)} phân công phụ trách chi bộ kết thúc, vì người phụ trách thôi chức vụ. Cần phân công lại"
        work.say(text, lines, loses=True)
