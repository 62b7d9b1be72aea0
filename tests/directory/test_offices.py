"""Offices: who holds which from when; the day after, a former secretary sees nothing more."""

from datetime import timedelta

import pytest
from django.test import Client

from chibo.access.models import TermOfOffice
from chibo.access.standing import standing_of
from chibo.audit.models import Event
from chibo.lib.dates import today
from tests.people import People, sign_in

OFFICES = "/so-chi-bo/chuc-vu/"


def appoint(client: Client, people: People, who: str, office: str, since: str = ""):
    fields = {"person": str(people.all()[who].pk), "office": office, "since": since or today().isoformat()}
    return client.post(OFFICES, fields)


def test_it_works(client: Client, people: People) -> None:
    page = sign_in(client, people.lan).get(OFFICES).content.decode()
    assert "Trần Văn Hùng" in page
    assert "Tạ Văn Nghĩa" in page  # under "Trước đây"


def test_a_new_secretary_ends_the_former_ones_term_that_day(client: Client, people: People) -> None:
    answer = appoint(sign_in(client, people.lan), people, "hung", "secretary")
    assert answer.headers["Location"] == "/so-chi-bo/"
    assert standing_of(people.hung.pk).secretary_cells == (people.cell.pk,)
    assert not standing_of(people.lan.pk).leads(people.cell.pk)
    assert standing_of(people.lan.pk, today() - timedelta(days=1)).leads(people.cell.pk)
    assert client.get(OFFICES).status_code == 404
    kinds = Event.objects.filter(kind__startswith="office.").values_list("kind", flat=True)
    assert sorted(kinds) == ["office.begun", "office.ended", "office.ended"]


def test_a_hand_over_in_the_future_changes_nothing_today(client: Client, people: People) -> None:
    day = today() + timedelta(days=7)
    appoint(sign_in(client, people.lan), people, "hung", "secretary", day.isoformat())
    assert standing_of(people.lan.pk).leads(people.cell.pk)
    assert standing_of(people.hung.pk, day).secretary_cells == (people.cell.pk,)
    assert not standing_of(people.lan.pk, day).leads(people.cell.pk)


@pytest.mark.parametrize(
    ("who", "office", "words"),
    [
        ("lan", "secretary", "đang giữ chức vụ này"),
        ("mai", "deputy", "Lựa chọn"),
        ("son", "deputy", "Lựa chọn"),
        ("binh", "upper_staff", "Lựa chọn"),
        ("dung", "deputy", "Lựa chọn"),
    ],
)
def test_it_validates(client: Client, people: People, who: str, office: str, words: str) -> None:
    before = TermOfOffice.objects.count()
    answer = appoint(sign_in(client, people.lan), people, who, office)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert TermOfOffice.objects.count() == before


def test_a_term_ends_after_its_last_day(client: Client, people: People) -> None:
    term = people.quyen.offices.get()
    sign_in(client, people.lan).post(f"{OFFICES}{term.pk}/", {"last_day": today().isoformat()})
    assert standing_of(people.quyen.pk).leads(people.cell.pk)
    assert not standing_of(people.quyen.pk, today() + timedelta(days=1)).leads(people.cell.pk)


@pytest.mark.parametrize("who", ["binh", "tam", "khanh", "dung", "hoa", "thu", "former", "suspended"])
def test_it_checks_access(client: Client, people: People, who: str) -> None:
    sign_in(client, people.all()[who])
    assert appoint(client, people, who, "secretary").status_code == 404
    assert client.post(f"{OFFICES}{people.hung.offices.get().pk}/", {"last_day": "01/01/2026"}).status_code == 404
    assert standing_of(people.lan.pk).secretary_cells == (people.cell.pk,)


def test_the_secretary_of_a_sibling_cell_ends_no_office_here(client: Client, people: People) -> None:
    term = people.hung.offices.get()
    sign_in(client, people.phuc)
    assert client.post(f"{OFFICES}{term.pk}/", {"last_day": "01/01/2026"}).status_code == 404


def test_the_papers_that_give_and_end_an_office_are_kept(client: Client, people: People) -> None:
    fields = {"person": str(people.hung.pk), "office": "secretary", "since": today().isoformat(), "decision": "QĐ 31"}
    sign_in(client, people.lan).post(OFFICES, fields)
    assert people.hung.offices.get(office="secretary").decision == "QĐ 31"
    assert people.lan.offices.get().end_decision == "QĐ 31"
    term = people.quyen.offices.get()
    sign_in(client, people.hung).post(f"{OFFICES}{term.pk}/", {"last_day": today().isoformat(), "decision": "QĐ 32"})
    term.refresh_from_db()
    assert term.end_decision == "QĐ 32"
