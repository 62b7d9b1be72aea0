"""What happens to people and offices when cells are merged, split or end."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from psycopg.types.range import DateRange

from chibo.access.models import Office, TermOfOffice
from chibo.directory.commands.days import NotPossible
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

    Who belongs to the target for a time, or comes home to it, stands there once: as a member. only: these people alone.
    """
    day, ever_after = work.day, DateRange(work.day, None)
    rows = Membership.objects.select_for_update(of=("self",)).filter(cell=former, validity__overlap=ever_after)
    if only is not None:
        rows = rows.filter(person_id__in=only)
    moving = sorted(rows, key=lambda row: (row.kind == TEMPORARY, row.validity.lower))
    there = {row.person_id: row for row in Membership.objects.filter(cell=target, validity__overlap=ever_after)}
    reunited: set[UUID] = set()
    for row in moving:
        other = there.get(row.person_id)
        if other is not None and other.cell_id == target.pk and (row.kind == TEMPORARY or other.kind == TEMPORARY):
            reunited.add(row.person_id)
            if row.kind == TEMPORARY:
                work.journal.end(row, day)
                continue
            work.journal.end(other, day)
            del there[row.person_id]
        work.journal.pass_on(row, day, cell_id=target.pk)
    going = {row.person_id for row in moving}
    for model in GOES_ALONG:
        for fact in model.objects.filter(cell=former, person_id__in=going, validity__overlap=ever_after):
            if model is TemporaryLeave and fact.person_id in reunited:
                work.journal.end(fact, day)
            else:
                work.journal.pass_on(fact, day, cell_id=target.pk)
    back = TemporaryLeave.objects.filter(cell=target, person_id__in=reunited, validity__overlap=ever_after)
    for leave in back:
        work.journal.end(leave, day)
    for place in GroupMember.objects.filter(cell=former, person_id__in=going, validity__overlap=ever_after):
        work.journal.end(place, day)
    return len(going)


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
