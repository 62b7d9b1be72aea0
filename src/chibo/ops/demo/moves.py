"""What is under way among the people today, through the commands of the screens: a transfer, an arrival, two groups."""

from datetime import timedelta
from uuid import UUID

from chibo.access.scope import person_scope
from chibo.directory.groups.commands import create_group, place_members
from chibo.directory.transfers.commands import start_transfer
from chibo.directory.transfers.paper import receive
from chibo.lib.dates import add_months, today
from chibo.members.models import GroupMember, Membership, Transfer
from chibo.ops.demo.place import DemoCell, Place

SENDS, RECEIVES = "thon-dan-hiep", "phu-hoa"
Role = GroupMember.Role


def move(place: Place) -> None:
    """Dân Hiệp introduces a member to Phú Hòa and has received one on probation; Phú Hòa has two groups."""
    if {SENDS, RECEIVES} <= {cell.key for cell in place.cells}:
        sending, receiving = place.cell(SENDS), place.cell(RECEIVES)
        _introduce(sending, receiving)
        _on_probation(sending)
        _groups(receiving)


def _secretary(cell: DemoCell) -> UUID:
    return cell.people[cell.named("secretary")].pk


def _ordinary(cell: DemoCell) -> list[UUID]:
    """Official members without an office, neither exempt nor away, in the order of the story."""
    bars = ("offices", "exempt_from", "away_from", "temporary", "post")
    return [
        cell.people[one["key"]].pk
        for one in cell.tale["members"]
        if one["official"] and not any(one.get(bar) for bar in bars)
    ]


def _introduce(sending: DemoCell, receiving: DemoCell) -> None:
    """One member moves house to the next hamlet; Phú Hòa has not answered yet."""
    with person_scope(_secretary(sending)) as by:
        members = Membership.objects.filter(cell=sending.organisation, validity__contains=today())
        start_transfer(
            by=by,
            membership=members.select_related("person", "cell").get(person_id=_ordinary(sending)[-1]),
            kind=Transfer.Kind.OFFICIAL,
            first_day=today() + timedelta(days=7),
            decision="14-GT/CB",
            to_cell=receiving.organisation,
        )


def _on_probation(cell: DemoCell) -> None:
    """Came with a paper; twelve months end next month."""
    ends = add_months(today().replace(day=19), 1)
    with person_scope(_secretary(cell)) as by:
        receive(
            by=by,
            cell=cell.organisation,
            kind=Transfer.Kind.OFFICIAL,
            standing=Membership.Kind.PROBATIONARY,
            first_day=today() - timedelta(days=12),
            from_place="Chi bộ Trường Cao đẳng nghề (số liệu hư cấu)",
            decision="08-GT/CB",
            full_name="Trần Lê Minh Khôi",
            birth_year=today().year - 23,
            sex="male",
            admitted_on=add_months(ends, -12),
        )


def _groups(cell: DemoCell) -> None:
    """Two groups by the two ends of the hamlet, each with a leader."""
    people, since = _ordinary(cell), today().replace(day=1)
    half = len(people) // 2
    with person_scope(_secretary(cell)) as by:
        for number, members in enumerate((people[:half], people[half:]), 1):
            group = create_group(
                by=by, cell=cell.organisation, name=f"Tổ đảng số {number}", since=since, decision="NQ 09"
            )
            place_members(by=by, group=group, people=members[1:], role=Role.MEMBER, since=since)
            place_members(by=by, group=group, people=members[:1], role=Role.LEADER, since=since)
