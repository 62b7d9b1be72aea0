"""The places and people of the demo: a real province, three invented communes, sixty invented cells, who holds what."""

import json
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.contrib.auth.hashers import make_password
from psycopg.types.range import DateRange

from chibo.access.models import Office, TermOfOffice
from chibo.accounts.models import User
from chibo.lib.dates import add_months
from chibo.members.models import Contact, Exemption, Membership, Person, StandingChange, TemporaryLeave, UnitPost
from chibo.ops.commands.demo_users import DemoUser
from chibo.ops.demo.names import DATA, roster
from chibo.ops.demo.shift import shifted
from chibo.ops.demo.short import began, months_of
from chibo.orgs.models import Kind, Organisation, Term

# Public by design: printed at every start of the demo.
PASSWORD = "xem-thu-chibo"  # noqa: S105
REORGANISED = date(2025, 7, 1)  # the province and its communes as they are since that day
OFFICES_SINCE = date(2025, 7, 15)
HEADS = ("Trưởng thôn", "Trưởng khu phố", "Hiệu trưởng", "Trưởng trạm", "Chánh Văn phòng", "Phó Chủ tịch UBND")
# No telephone in Việt Nam begins so: nobody is called by mistake.
PHONE = "0100{:06}"
OF_PHU_HOA = ("lan", "hung", "tam", "binh", "mai", "phuoc", "son")


@dataclass
class DemoCell:
    """A cell with its people by key, and what is told of it."""

    key: str
    organisation: Organisation
    people: dict[str, Person]
    tale: dict[str, Any]
    facts: dict[str, Any]

    def named(self, office: str) -> str:
        """The key of who holds an office; the secretary is always there."""
        return next(str(m["key"]) for m in self.tale["members"] if office in m["offices"])


@dataclass
class Place:
    """Everything that exists before the first meeting."""

    months: int
    province: Organisation
    cells: list[DemoCell] = field(default_factory=list)
    above: dict[str, Person] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    users: list[DemoUser] = field(default_factory=list)

    def day(self, text: str) -> date:
        """A date of the story, moved."""
        return shifted(date.fromisoformat(text), self.months)

    def since(self, text: str | None, until: str | None = None) -> DateRange:
        """From a day of the story on."""
        return DateRange(self.day(text) if text else None, self.day(until) if until else None)

    def cell(self, key: str) -> DemoCell:
        """A cell by its key."""
        return next(one for one in self.cells if one.key == key)


def read(name: str) -> Any:
    """A data file of the demo."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def settle(months: int, only: tuple[str, ...] = ()) -> Place:
    """Make the tree, the people and the accounts. only: keys of cells, for a part of the demo; all when empty."""
    data = read("cells.json")
    province, communes = _tree(data)
    place = Place(months, province)
    for number, facts in enumerate(data["cells"]):
        if not only or facts["key"] in only:
            facts["number"] = number
            place.cells.append(_cell(place, communes[facts["commune"]], facts, tale_of(facts)))
    _people_above(place, data, communes | {"tinh": province})
    _accounts(place)
    return place


def tale_of(facts: dict[str, Any]) -> dict[str, Any]:
    """The story of a cell, as it is written or as it follows from its number."""
    if facts["story"]:
        story: dict[str, Any] = read(f"story/{facts['key']}.json")
        return story
    members = _invented(facts)
    return {"members": members, "meetings": months_of(facts, members, read("short.json")), "progress": []}


def _tree(data: dict[str, Any]) -> tuple[Organisation, dict[str, Organisation]]:
    """The province, its real communes, and the invented ones of the story."""
    real, plant = read("lam_dong.json"), Organisation.objects.plant
    province = plant(
        name=data["province"]["committee"],
        kind=Kind.PROVINCE,
        parent=None,
        founded=REORGANISED,
        code=real["code"],
        locality=real["name"],
    )

    def commune(name: str, code: str, locality: str) -> Organisation:
        return plant(name=name, kind=Kind.COMMITTEE, parent=province, founded=REORGANISED, code=code, locality=locality)

    for unit in real["units"]:
        commune(f"Đảng ủy {unit['kind']} {unit['name']}", unit["code"], unit["name"])
    return province, {one["key"]: commune(one["committee"], one["code"], one["name"]) for one in data["communes"]}


def _cell(place: Place, commune: Organisation, facts: dict[str, Any], tale: dict[str, Any]) -> DemoCell:
    """A cell with its term, its people and what they hold."""
    organisation = Organisation.objects.plant(
        name=facts["name"],
        kind=Kind.CELL,
        parent=commune,
        founded=REORGANISED if facts["story"] else shifted(began(facts), place.months),
        category=facts["category"],
        code=facts["code"],
        locality=commune.locality,
        registered_day=facts["day"],
        registered_time=time.fromisoformat(facts["start"]),
        meeting_place=facts["place"],
    )
    first = 2025 + place.months // 12
    Term.objects.create(
        organisation=organisation, name=f"{first}-{first + 5}", validity=DateRange(date(first, 1, 1), None)
    )
    return DemoCell(facts["key"], organisation, _people(place, organisation, facts, tale), tale, facts)


def _invented(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Members of a cell of which no story is told, in the shape of those of a story."""
    size, offices = facts["members"], ["secretary", "deputy"] + ["committee_member"] * facts["committee"]
    exempt_from = size - facts["probationary"] - facts["exempt"]
    found = []
    for number, one in enumerate(roster(facts["names"], size)):
        probationary = number >= size - facts["probationary"]
        member = {
            "key": str(number),
            "name": one.name,
            "born": one.born,
            "sex": one.sex,
            "offices": offices[number : number + 1],
            "phone": one.born > 1972,
            "joined": "2026-03-19" if probationary else f"{2000 + number % 20}-05-19",
            "official": None if probationary else f"{2001 + number % 20}-05-19",
        }
        if exempt_from <= number < size - facts["probationary"]:
            member |= {"born": 1938 + number % 9, "phone": False, "exempt_from": "2024-01-03"}
        elif exempt_from - facts["away"] <= number < exempt_from:
            member["away_from"] = "2026-02-10"
        found.append(member)
    return found


def _people(place: Place, cell: Organisation, facts: dict[str, Any], tale: dict[str, Any]) -> dict[str, Person]:
    """The people of a cell, with their days."""
    people: dict[str, Person] = {}
    contacts, memberships, offices, posts = [], [], [], []
    official, probationary = Membership.Kind.OFFICIAL, Membership.Kind.PROBATIONARY
    for number, one in enumerate(tale["members"]):
        code = facts["number"] * 100 + number + 1
        who = Person.objects.enter(one["name"], birth_year=one["born"], sex=one["sex"], code=f"68.{code:06}")
        people[one["key"]] = who
        if one["phone"]:
            shared = bool(one["offices"]) or number % 2 == 0
            contacts.append(Contact(person=who, phone=PHONE.format(code), shared_with_cell=shared))
        if one.get("temporary"):
            days = [(Membership.Kind.TEMPORARY, place.since(one["joined"]))]
        elif one["official"] is None:
            days = [(probationary, place.since(one["joined"]))]
        else:
            days = [
                (probationary, place.since(one["joined"], one["official"])),
                (official, place.since(one["official"])),
            ]
        admitted = None if one.get("temporary") else place.day(one["joined"])
        memberships += [
            Membership(
                person=who,
                cell=cell,
                kind=kind,
                validity=validity,
                admitted_on=admitted,
                probation_ends=add_months(admitted, 12) if admitted and kind == probationary else None,
            )
            for kind, validity in days
        ]
        since = DateRange(shifted(OFFICES_SINCE, place.months), None)
        offices += [
            TermOfOffice(person=who, organisation=cell, office=office, validity=since, entered_at=None)
            for office in one["offices"]
        ]
        if title := one.get("post"):
            posts.append(UnitPost(person=who, cell=cell, title=title, is_head=title.startswith(HEADS), validity=since))
    Contact.objects.bulk_create(contacts)
    Membership.objects.bulk_create(memberships)
    TermOfOffice.objects.bulk_create(offices)
    UnitPost.objects.bulk_create(posts)
    changes: list[tuple[type[StandingChange], str]] = [(Exemption, "exempt_from"), (TemporaryLeave, "away_from")]
    for model, key in changes:
        model._default_manager.bulk_create(
            model(person=people[one["key"]], cell=cell, validity=place.since(one[key]))
            for one in tale["members"]
            if one.get(key)
        )
    return people


def _people_above(place: Place, data: dict[str, Any], organisations: dict[str, Organisation]) -> None:
    """Committees above, their staff, who follows which cell; the IT officer is no person of the Party here.

    Their offices and accounts are no newcomers': any of them may be the second person of an act that takes two.
    """
    since = DateRange(shifted(OFFICES_SINCE, place.months), None)
    for one in data["people_above"]:
        place.titles[one["key"]] = one["title"]
        if one["office"] == "operator":
            continue
        who = place.above[one["key"]] = Person.objects.enter(one["name"], sex=one["sex"])
        held = [(organisations[one["organisation"]], one["office"])]
        held += [(cell.organisation, Office.FOLLOWER) for cell in place.cells if cell.key in one.get("follows", ())]
        for organisation, office in held:
            TermOfOffice.objects.create(
                person=who, organisation=organisation, office=office, validity=since, entered_at=None
            )


def _accounts(place: Place) -> None:
    """The accounts that are printed. One password, hashed once: it is public, and Argon2 takes a tenth of a second."""
    for cell in place.cells:
        if cell.key == "phu-hoa":
            for key in OF_PHU_HOA:
                _account(place, key, cell, key)
        elif cell.facts["story"]:
            _account(place, f"bithu-{cell.key}", cell, cell.named("secretary"))
    if any(cell.key == "van-phong-xa" for cell in place.cells):
        cell = place.cell("van-phong-xa")
        _account(place, "thuky-van-phong-xa", cell, cell.named("committee_member"))
    for one in read("cells.json")["people_above"]:
        where = {"tinh": place.province.name}.get(one["organisation"], "")
        where = where or next(c["committee"] for c in read("cells.json")["communes"] if c["key"] == one["organisation"])
        _open(place, one["key"], place.above.get(one["key"]), one["name"], one["title"], where)
    password = make_password(PASSWORD)
    User.objects.update(password=password)


def _account(place: Place, login: str, cell: DemoCell, key: str) -> None:
    member = next(one for one in cell.tale["members"] if one["key"] == key)
    names = dict(Office.choices)
    office = names[member["offices"][0]] if member["offices"] else "Đảng viên"
    if member.get("temporary"):
        office = "Đảng viên sinh hoạt tạm thời"
    elif member["official"] is None:
        office = "Đảng viên dự bị"
    _open(place, login, cell.people[key], member["name"], office, cell.organisation.name)


def _open(place: Place, login: str, person: Person | None, name: str, office: str, where: str) -> None:
    User.objects.create(login=login, person=person, is_operator=person is None, opened_at=None)
    place.users.append(DemoUser(name=name, office=office, cell=where, login=login, password=PASSWORD))
