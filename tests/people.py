"""The cast of the tests (design.md section 4), used everywhere: one province, one commune, the cell Phú Hòa."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

import pytest
from django.test import Client

from chibo.access.models import Office
from chibo.access.standing import Standing, standing_of
from chibo.accounts.device import SEEN
from chibo.accounts.models import User
from chibo.accounts.second_factor import PASSED
from chibo.lib.dates import now, today
from chibo.meetings.models import Meeting
from chibo.members.models import Membership, Person
from chibo.orgs.models import Category, Organisation
from tests import make

# The day on which Lan took over from the former secretary; on this day he sees nothing more.
HANDED_OVER = date(2025, 6, 1)


@dataclass
class People:
    """Who is who. Every person has an account; `meeting` is the one that Tâm minutes, nine days ahead."""

    province: Organisation
    commune: Organisation
    cell: Organisation
    sibling: Organisation
    meeting: Meeting
    lan: Person  # secretary
    hung: Person  # deputy
    quyen: Person  # committee member
    tam: Person  # member, clerk of `meeting`
    binh: Person  # member
    mai: Person  # probationary
    tu: Person  # exempt, old
    son: Person  # temporary arrival from another cell
    vinh: Person  # member, away in another cell for a time
    suspended: Person
    left: Person  # transferred out ten days ago
    khanh: Person  # follows the cell from the commune committee
    dung: Person  # officer of the commune committee
    hoa: Person  # secretary of the commune committee
    thu: Person  # officer of the province
    phuc: Person  # secretary of the sibling cell
    former: Person  # was secretary of the cell until HANDED_OVER; belongs to the sibling cell
    inspector: Person  # no cell, no office; what an inspection door lets in
    operator: User  # the IT officer: an account without a person

    def all(self) -> dict[str, Person]:
        """Every person of the cast by name."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in found.items() if isinstance(value, Person)}

    def standing(self, name: str, day: date | None = None) -> Standing:
        """The standing of a person by name; that of nobody for "operator" and "anonymous"."""
        return standing_of(self.all()[name].pk, day) if name in self.all() else Standing.nobody()


def sign_in(client: Client, who: Person | User | None) -> Client:
    """Sign someone in on a client, without a password; None signs out."""
    if who is None:
        client.logout()
        return client
    client.force_login(who if isinstance(who, User) else who.user)
    session = client.session
    # As if the second factor were proved and the device noted: what these do is tested with the real sign-in.
    session[PASSED], session[SEEN] = True, now().timestamp()
    session.save()
    return client


def organisations() -> tuple[Organisation, Organisation, Organisation, Organisation]:
    """Province, commune, cell and sibling cell."""
    province = make.province()
    commune = make.commune(province)
    cell = make.cell(commune)
    sibling = make.cell(commune, "Chi bộ thôn Dân Hiệp", category=Category.HAMLET, registered_day=5)
    return province, commune, cell, sibling


def gather() -> People:
    """Make the whole cast."""
    province, commune, cell, sibling = organisations()
    official, probationary = Membership.Kind.OFFICIAL, Membership.Kind.PROBATIONARY
    home = make.cell(commune, "Chi bộ cơ quan Đảng ủy xã", category=Category.OFFICE, registered_day=4)
    cast = {
        "lan": make.member("Nguyễn Thị Lan", cell, birth_year=1975, sex="female", code="45.001201"),
        "hung": make.member("Trần Văn Hùng", cell, birth_year=1968, sex="male", code="45.001202"),
        "quyen": make.member("Lê Thị Quyên", cell, code="45.001203"),
        "tam": make.member("Phạm Minh Tâm", cell, code="45.001204"),
        "binh": make.member("Đặng Văn Bình", cell, code="45.001205"),
        "mai": make.member("Võ Thị Mai", cell, probationary, code="45.001206"),
        "tu": make.member("Huỳnh Văn Tư", cell, birth_year=1939, code="45.001207"),
        "son": make.member("Bùi Thanh Sơn", home, code="45.001208"),
        "vinh": make.member("Ngô Quang Vinh", cell, code="45.001209"),
        "suspended": make.member("Đoàn Văn Lợi", cell, code="45.001210"),
        "left": make.person("Hồ Thị Nga", code="45.001211"),
        "khanh": make.member("Lý Quốc Khánh", home, code="45.001212"),
        "dung": make.member("Đỗ Tiến Dũng", home, code="45.001213"),
        "hoa": make.member("Phan Thị Hòa", home, code="45.001214"),
        "thu": make.person("Cao Thị Thu", code="45.001215"),
        "phuc": make.member("Mai Hữu Phúc", sibling, code="45.001216"),
        "former": make.member("Tạ Văn Nghĩa", sibling, code="45.001217"),
        "inspector": make.person("Trịnh Công Nhân", code="45.001218"),
    }
    moved = today() - timedelta(days=10)
    make.membership(cast["left"], cell, official, until=moved)
    make.membership(cast["left"], sibling, official, since=moved)
    make.membership(cast["son"], cell, Membership.Kind.TEMPORARY, since=date(2026, 1, 1))
    make.exemption(cast["tu"], cell)
    make.leave(cast["vinh"], cell, since=date(2026, 1, 1))
    make.suspension(cast["suspended"], cell, since=date(2026, 1, 1))
    make.office(cast["former"], cell, Office.SECRETARY, date(2020, 1, 1), HANDED_OVER)
    make.office(cast["lan"], cell, Office.SECRETARY, HANDED_OVER)
    make.office(cast["hung"], cell, Office.DEPUTY)
    make.office(cast["quyen"], cell, Office.COMMITTEE_MEMBER)
    make.office(cast["khanh"], cell, Office.FOLLOWER)
    make.office(cast["dung"], commune, Office.UPPER_STAFF)
    make.office(cast["hoa"], commune, Office.UPPER_SECRETARY)
    make.office(cast["thu"], province, Office.PROVINCE_STAFF)
    make.office(cast["phuc"], sibling, Office.SECRETARY)
    for name, who in cast.items():
        make.account(who, name)
    meeting = make.meeting(cell)
    make.duty(meeting, cast["lan"], "chair")
    make.duty(meeting, cast["tam"], "clerk")
    operator = make.account(None, "operator", is_operator=True)
    return People(province, commune, cell, sibling, meeting, operator=operator, **cast)


@pytest.fixture
def people(db: None) -> People:
    """The cast."""
    return gather()
