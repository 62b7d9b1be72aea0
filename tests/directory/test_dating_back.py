"""A cell that is opened here has met before: its founding, its offices and its members reach back."""

from datetime import timedelta

import pytest
from django.test import Client

from chibo.access.models import Office, TermOfOffice
from chibo.directory.commands.cells import create_cell, date_founding_back
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.members import date_back
from chibo.directory.commands.offices import appoint
from chibo.lib.dates import format_date, today
from chibo.members.models import Membership
from chibo.members.roster import roster
from chibo.orgs.models import OrgAncestor, OrganisationName
from tests import make
from tests.people import People, sign_in

JULY = make.add_months(today(), -4)


def secretary_on(cell: object, day: object) -> list[str]:
    terms = TermOfOffice.objects.on(day).filter(organisation=cell, office=Office.SECRETARY)
    return list(terms.values_list("person__full_name", flat=True))


def test_a_cell_opens_with_the_days_that_are_told(client: Client, people: People) -> None:
    sign_in(client, people.dung)
    typed = {"name": "Chi bộ thôn Phú Lạc", "category": "hamlet", "secretary_name": "Lê Thị Hoa"}
    days = {"founded": "03/02/2011", "since": "01/01/2025"}
    assert client.post("/chi-bo/moi/", typed | days).status_code == 302
    (name,) = OrganisationName.objects.filter(name="Chi bộ thôn Phú Lạc")
    cell = name.organisation
    assert (cell.founded.isoformat(), name.validity.lower.isoformat()) == ("2011-02-03", "2011-02-03")
    assert secretary_on(cell, JULY) == ["Lê Thị Hoa"]
    assert [one.full_name for one in roster(cell, JULY)] == ["Lê Thị Hoa"]


def test_without_days_a_cell_begins_today(people: People) -> None:
    cell, _ = create_cell(
        by=people.standing("dung"),
        parent=people.commune,
        name="Chi bộ mới",
        category="hamlet",
        secretary_name="An Bình",
    )
    assert cell.founded == today() and secretary_on(cell, today()) == ["An Bình"]
    assert secretary_on(cell, today() - timedelta(days=1)) == []


def test_a_cell_may_be_older_than_the_committee_above_and_stands_under_it_since_then(people: People) -> None:
    before = make.FOUNDED - timedelta(days=400)
    cell, _ = create_cell(
        by=people.standing("dung"),
        parent=people.commune,
        name="Chi bộ cũ",
        category="hamlet",
        secretary_name="An Bình",
        founded=before,
    )
    rows = dict(OrgAncestor.objects.filter(descendant=cell).values_list("ancestor_id", "validity"))
    assert cell.founded == before and rows[cell.pk].lower == before
    assert rows[people.commune.pk].lower == people.commune.founded


def test_the_founding_of_a_cell_is_set_earlier_by_its_committee(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    earlier = make.FOUNDED - timedelta(days=30)
    date_founding_back(by=people.standing("lan"), cell=people.cell, founded=earlier)
    assert OrganisationName.objects.get(organisation=people.cell).validity.lower == earlier
    with pytest.raises(NotPossible, match="Chỉ sửa về ngày sớm hơn"):
        date_founding_back(by=people.standing("lan"), cell=people.cell, founded=today())
    assert "Ngày thành lập" in client.get("/so-chi-bo/thong-tin/").content.decode()


def test_an_office_is_dated_back_and_one_that_is_over_is_entered(people: People) -> None:
    cell, lan = people.cell, people.lan
    by, since = people.standing("lan"), make.add_months(today(), -1)
    TermOfOffice.objects.filter(organisation=cell).exclude(person=lan).delete()
    TermOfOffice.objects.filter(organisation=cell, person=lan).update(validity=make.days(since))
    assert secretary_on(cell, JULY) == []
    last = since - timedelta(days=61)
    appoint(by=by, person=people.hung, organisation=cell, office=Office.SECRETARY, since=JULY, last_day=last)
    assert secretary_on(cell, JULY) == [people.hung.full_name]
    with pytest.raises(NotPossible, match=people.hung.full_name):
        appoint(by=by, person=lan, organisation=cell, office=Office.SECRETARY, since=JULY)
    appoint(by=by, person=lan, organisation=cell, office=Office.SECRETARY, since=last + timedelta(days=1))
    assert secretary_on(cell, last + timedelta(days=1)) == [lan.full_name]
    assert TermOfOffice.objects.filter(organisation=cell, person=lan).count() == 1


def test_a_membership_is_dated_back_as_far_as_nothing_else_is_recorded(client: Client, people: People) -> None:
    mine = Membership.objects.get(person=people.binh, validity__contains=today())
    Membership.objects.filter(pk=mine.pk).update(validity=make.days(today()))
    assert people.binh.pk not in {one.person_id for one in roster(people.cell, JULY)}
    sign_in(client, people.lan)
    path = f"/so-chi-bo/dang-vien/{people.binh.pk}/tu-ngay/"
    assert path in client.get(f"/so-chi-bo/dang-vien/{people.binh.pk}/").content.decode()
    assert client.post(path, {"since": format_date(JULY)}).status_code == 302
    assert people.binh.pk in {one.person_id for one in roster(people.cell, JULY)}
    make.membership(people.binh, people.sibling, since=make.JOINED, until=JULY)
    mine.refresh_from_db()
    with pytest.raises(NotPossible, match="sổ đã ghi đồng chí này"):
        date_back(by=people.standing("lan"), membership=mine, since=JULY - timedelta(days=9))


def test_an_empty_list_of_chairs_says_why_and_leads_to_the_offices(client: Client, people: People) -> None:
    TermOfOffice.objects.filter(organisation=people.cell).exclude(person=people.lan).delete()
    TermOfOffice.objects.filter(organisation=people.cell).update(validity=make.days(today()))
    meeting = make.meeting(people.cell, starts_at=make.at(JULY), held_on_paper=True)
    page = sign_in(client, people.lan).get(f"/cuoc-hop/{meeting.pk}/phong/").content.decode()
    assert f"chưa ghi ai giữ chức vụ vào ngày {format_date(JULY)}" in page
    assert 'href="/so-chi-bo/chuc-vu/"' in page and 'name="chair"' not in page
