"""A province with two communes to be merged, and short ways to decide acts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chibo.access.models import Office
from chibo.access.standing import Standing
from chibo.directory.tree.commands import Intent, decide, place_of
from chibo.lib.dates import today
from chibo.members.models import Person
from chibo.orgs.models import Organisation, TreeAct
from tests import make

Kind = TreeAct.Kind


@dataclass
class Place:
    """Two communes, Đông and Tây, each with its officer, secretary and cells; an officer of the province."""

    province: Organisation
    dong: Organisation
    tay: Organisation
    dong_cells: list[Organisation]
    tay_cells: list[Organisation]
    dong_staff: Person
    tay_staff: Person
    tay_secretary: Person
    follower: Person  # of all cells of Tây, member of its committee
    thu: Person  # officer of the province


def build(cells: int = 2) -> Place:
    """Make the place; `cells` in each commune."""
    province = make.province("Tỉnh ủy Quảng Ngãi")
    dong = make.commune(province, "Đảng ủy xã Sơn Đông", locality="Sơn Đông")
    tay = make.commune(province, "Đảng ủy xã Sơn Tây", locality="Sơn Tây")
    dong_cells = [make.cell(dong, f"Chi bộ thôn Đông {number:02}") for number in range(1, cells + 1)]
    tay_cells = [make.cell(tay, f"Chi bộ thôn Tây {number:02}") for number in range(1, cells + 1)]
    names = ("Lê Văn Đông", "Trần Thị Tây", "Phạm Văn Sơn", "Đinh Văn Theo", "Cao Thị Thu")
    dong_staff, tay_staff, tay_secretary, follower, thu = (make.person(name) for name in names)
    make.office(dong_staff, dong, Office.UPPER_STAFF)
    make.office(tay_staff, tay, Office.UPPER_STAFF)
    make.office(tay_secretary, tay, Office.UPPER_SECRETARY)
    make.office(follower, tay, Office.UPPER_MEMBER)
    make.office(thu, province, Office.PROVINCE_STAFF)
    for cell in tay_cells:
        make.office(follower, cell, Office.FOLLOWER)
    return Place(province, dong, tay, dong_cells, tay_cells, dong_staff, tay_staff, tay_secretary, follower, thu)


def act(
    kind: str,
    one: Organisation | None = None,
    *,
    by: Standing | None = None,
    place: Organisation | None = None,
    day: date | None = None,
    authority: str = "",
    **plan: Any,
) -> TreeAct:
    """Decide an act, as the system unless told otherwise."""
    if place is None:
        assert one is not None
        target = Organisation.objects.get(pk=plan["parent"]) if kind == Kind.MOVE else None
        place = place_of(one, target)
    intent = Intent(kind, one, place, day or today(), plan, authority)
    return decide(by=by or Standing.for_system(), intent=intent)


def merge(*bodies: Organisation, **more: Any) -> TreeAct:
    """Merge bodies into a new one, or into one of them."""
    parent = bodies[0].parent
    assert parent is not None
    return act(Kind.MERGE, place=parent, bodies=[str(one.pk) for one in bodies], **more)


def snapshot() -> dict[str, list[Any]]:
    """Every row of the tree, of offices and of belonging, but for the acts and bodies closed the day they began."""
    from chibo.access.models import TermOfOffice
    from chibo.members.models import Exemption, Membership, Suspension, TemporaryLeave, UnitPost
    from chibo.orgs.models import OrgAncestor, OrganisationCode, OrganisationName, Succession, Term

    models: tuple[Any, ...] = (
        TermOfOffice, Membership, Exemption, TemporaryLeave, Suspension, UnitPost, OrganisationCode,
        OrganisationName, Succession, Term,
    )  # fmt: skip
    found = {one.__name__: sorted(map(str, one.objects.values_list())) for one in models}
    ancestry = OrgAncestor.objects.values_list("ancestor", "descendant", "validity")
    standing = Organisation.objects.exclude(dissolved=models_f("founded")).values_list()
    return found | {"OrgAncestor": sorted(map(str, ancestry)), "Organisation": sorted(map(str, standing))}


def models_f(name: str) -> Any:
    """A column of the same row."""
    from django.db.models import F

    return F(name)
