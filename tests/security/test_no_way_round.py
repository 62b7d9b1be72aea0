"""A follower, a province officer, a commune officer, an IT officer each try to reach one cell's minutes.

Each takes every act that the paths of the site offer them, with a person of their own making where one can be made,
signs in as whoever they could make a way in for, and then asks who reads the minutes. None does so alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from chibo.access.models import TermOfOffice
from chibo.access.scope import enter, scope
from chibo.access.standing import Standing, standing_of
from chibo.accounts.models import Invitation, User
from chibo.directory.models import TwoPersonAct
from chibo.lib import dates
from chibo.lib.dates import now, today
from chibo.meetings.models import Meeting, Minutes
from chibo.members.models import Person
from chibo.orgs.models import Kind, Organisation
from chibo.resolutions.figures import record_figures
from tests import make
from tests.access.routes import ROUTES
from tests.people import People, sign_in

PASSWORD = "bốn từ dễ nhớ thôi"
ATTACKERS = ("khanh", "thu", "dung", "operator")


@dataclass
class Attack:
    """One attacker with a browser, a cell whose minutes they are not to reach, and those whom they have become."""

    people: People
    name: str
    target: Organisation
    meeting: Meeting
    puppets: list[Person] = field(default_factory=list)

    @cached_property
    def client(self) -> Client:
        who = self.people.operator if self.name == "operator" else self.people.all()[self.name]
        client = sign_in(Client(), who)
        if self.name == "operator":
            client.post("/phien-quan-tri/", {"reason": "Thử", "minutes": "30", "password": PASSWORD})
        return client

    def post(self, path: str, **typed: Any) -> None:
        """Send it, and sign in with whatever sheet came back."""
        answer = self.client.post(path, typed)
        assert answer.status_code < 500, path
        if answer.status_code == 200 and answer.context is not None and "sheets" in answer.context:
            self.puppets += [sheet["card"].person for sheet in answer.context["sheets"]]
            Invitation.objects.open().filter(user__person__in=self.puppets).update(used_at=now())

    def reads(self) -> bool:
        """Whether the attacker, or whoever they have become, opens the minutes today or in the days to come."""
        who = {one.pk for one in (self.people.all().get(self.name), *self.puppets) if one is not None}
        for person in who:
            for days in (0, 1, 31):
                with dates.at(now() + timedelta(days=days)), scope(standing_of(person)) as standing:
                    if Minutes.objects.visible_to(standing).filter(meeting=self.meeting).exists():
                        return True
        return False


def _own_cell(one: Attack) -> Person:
    """A cell of one's own making, with a secretary whose sheet one prints: a person who is nobody but oneself."""
    new = {"name": "Chi bộ Ảnh", "category": "hamlet", "secretary_name": "Lưu Văn Ảnh"}
    one.post("/chi-bo/moi/", **new)
    cell = Organisation.objects.filter(name="Chi bộ Ảnh").first()
    if cell is not None:
        one.post(f"/chi-bo/{cell.pk}/loi-moi/")
    return Person.objects.filter(full_name="Lưu Văn Ảnh").first() or one.people.inspector


def _sheets(one: Attack) -> None:
    """A new sheet, a lost second factor, for one of every level."""
    for person in (getattr(one.people, name) for name in ("lan", "hung", "binh", "khanh", "dung", "hoa", "thu")):
        one.post(f"/tai-khoan/{person.pk}/to-moi/")
        one.post(f"/tai-khoan/{person.pk}/lop-hai/")


def _secretary_sheet(one: Attack) -> None:
    one.post(f"/chi-bo/{one.target.pk}/loi-moi/")


def _offices(one: Attack) -> None:
    """An office in the cell, or following it, for oneself, for a colleague, for a person of one's own making."""
    for person in (_own_cell(one), one.people.hoa, one.people.all().get(one.name)):
        if person is None:
            continue
        for office in ("secretary", "deputy", "committee_member"):
            one.post(f"/chi-bo/{one.target.pk}/", person=str(person.pk), office=office, since=_typed(today()))
        one.post(f"/chi-bo/{one.target.pk}/", follow="1", person=str(person.pk))


def _following(one: Attack) -> None:
    for person in (_own_cell(one), one.people.hoa, one.people.all().get(one.name)):
        if person is not None:
            typed = {"cells": [str(one.target.pk)], "person": str(person.pk), "since": _typed(today())}
            one.post("/chi-bo/phu-trach/", way="beside", **typed)


def _upper_offices(one: Attack) -> None:
    """An office above the cells for a second person who is oneself."""
    double = _own_cell(one)
    for body in Organisation.objects.exclude(kind=Kind.CELL):
        for office in ("upper_staff", "upper_secretary", "province_staff"):
            typed = {"full_name": double.full_name, "code": double.code, "office": office, "since": _typed(today())}
            one.post(f"/to-chuc/{body.pk}/chuc-vu/", **typed)


def _door(one: Attack) -> None:
    for person in (_own_cell(one), one.people.inspector):
        login = User.objects.filter(person=person).values_list("login", flat=True).first() or ""
        typed = {"meeting": str(one.meeting.pk), "document": "QĐ 1", "full_name": person.full_name, "login": login}
        one.post(f"/cua-kiem-tra/chi-bo/{one.target.pk}/", days="30", **typed)


def _merge(one: Attack) -> None:
    """The cell into one whose secretary is oneself: what it recorded would go along."""
    _own_cell(one)
    own = Organisation.objects.filter(name="Chi bộ Ảnh").first()
    for into in (own or one.people.sibling, one.people.sibling):
        path = f"/to-chuc/{into.pk}/ghi/sap-nhap/"
        said = {"others": [str(one.target.pk)], "successor": "this", "effective": _typed(today())}
        answer = one.client.post(path, said)
        if answer.status_code == 200 and answer.context is not None and "digest" in answer.context:
            one.post(path, seen=answer.context["digest"], **said)


def _staff(one: Attack) -> None:
    for body in Organisation.objects.exclude(kind=Kind.CELL):
        one.post(f"/phien-quan-tri/can-bo/{body.pk}/", full_name="Lưu Văn Ảnh", code="")
    for term in TermOfOffice.objects.all():
        one.post(f"/phien-quan-tri/to-moi/{term.pk}/")


def _agree_alone(one: Attack) -> None:
    """Ask for everything, then agree to it oneself, as oneself and as everybody one has become."""
    for act in (_sheets, _offices, _following, _upper_offices, _door, _merge, _staff):
        act(one)
    who = [one.people.all().get(one.name) or one.people.operator, *one.puppets]
    for each in who:
        for days in (0, 8):
            with dates.at(now() + timedelta(days=days)):
                client = sign_in(Client(), each)
                for waiting in TwoPersonAct.objects.waiting():
                    client.post(f"/hai-nguoi/{waiting.pk}/dong-y/")
                    client.post(f"/hai-nguoi/{waiting.pk}/to-moi/")
    assert not TwoPersonAct.objects.filter(allowed=True).exists(), "nobody agrees to one's own"


def _typed(day: Any) -> str:
    return day.strftime("%d/%m/%Y")


# Which act takes each path that gives somebody something; a path that is not here must open nothing.
GIVES: dict[str, Callable[[Attack], None]] = {
    "tai-khoan/<uuid:person_id>/to-moi/": _sheets,
    "tai-khoan/<uuid:person_id>/lop-hai/": _sheets,
    "chi-bo/<uuid:cell_id>/loi-moi/": _secretary_sheet,
    "chi-bo/<uuid:cell_id>/": _offices,
    "chi-bo/phu-trach/": _following,
    "to-chuc/<uuid:body_id>/chuc-vu/": _upper_offices,
    "cua-kiem-tra/chi-bo/<uuid:cell_id>/": _door,
    "to-chuc/<uuid:body_id>/ghi/<slug:slug>/": _merge,
    "phien-quan-tri/can-bo/<uuid:organisation_id>/": _staff,
    "phien-quan-tri/to-moi/<uuid:term_id>/": _staff,
    "hai-nguoi/<uuid:act_id>/dong-y/": _agree_alone,
}


@pytest.fixture
def signed(people: People) -> Meeting:
    """Minutes of the cell, signed and submitted: the follower's is another cell."""
    TermOfOffice.objects.filter(person=people.khanh).update(organisation=people.sibling)
    meeting = make.signed(people.cell, present=(people.lan, people.binh), submitted_at=now(), reported_at=now())
    Minutes.objects.create(**meeting.keys, number=1, root=b"r", frozen_at=now(), read_at=now())
    record_figures(meeting)
    people.operator.set_password(PASSWORD)
    people.operator.save()
    return meeting


@pytest.mark.longest
def test_nobody_above_reaches_a_cells_minutes_alone(people: People, signed: Meeting, record_property: Any) -> None:
    assert set(GIVES) <= set(ROUTES), "each act stands on a path of the site"
    lines = [f"{'act':46} " + " ".join(f"{name:10}" for name in ATTACKERS)]
    reached = []
    for path, act in GIVES.items():
        row = []
        for name in ATTACKERS:
            with transaction.atomic():
                one = Attack(people, name, people.cell, signed)
                act(one)
                asked = TwoPersonAct.objects.count()
                row.append("READS" if one.reads() else f"asked {asked}" if asked else "nothing")
                transaction.set_rollback(True)
            enter(Standing.for_system())
            if row[-1] == "READS":
                reached.append((path, name))
        lines.append(f"{path:46} " + " ".join(f"{word:10}" for word in row))
    record_property("figures", "\n".join(lines))
    assert reached == []
    with dates.at(now()):
        reader = Attack(people, "lan", people.cell, signed)
        assert reader.reads(), "the secretary reads them: what is asked here is answered"
