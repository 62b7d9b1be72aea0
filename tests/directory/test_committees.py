"""The first committee of an empty tenant."""

import pytest
from django.http import Http404
from django.test import Client

from chibo.access.scope import scope
from chibo.access.standing import Standing, standing_of
from chibo.directory.commands.committees import Begun, begin_committee
from chibo.directory.commands.days import NotPossible
from chibo.orgs.models import Kind, Organisation
from tests.people import People, sign_in

WORDS = {
    "name": "Đảng ủy xã Hàm Thuận",
    "province": "Tỉnh ủy Lâm Đồng",
    "locality": "Hàm Thuận",
    "officer": "Đỗ Tiến Dũng",
    "password": "mot-mat-khau-dai",
}


def begin(**words: str) -> Begun:
    return begin_committee(by=Standing.for_system(), **(WORDS | words))


def test_it_works(db: None, client: Client) -> None:
    begun = begin()
    assert begun.committee.parent is not None
    assert begun.committee.parent.kind == Kind.PROVINCE
    assert standing_of(begun.officer.person_id).covers(begun.committee.path)  # type: ignore[arg-type]
    assert sign_in(client, begun.officer).get("/chi-bo/moi/").status_code == 200


def test_a_second_commune_stands_under_the_same_province(db: None) -> None:
    begin()
    begin(name="Đảng ủy xã Bàu Sen", officer="Lê Thị Mai")
    assert Organisation.objects.filter(kind=Kind.PROVINCE).count() == 1


@pytest.mark.parametrize("words", [{}, {"name": "Đảng ủy xã Bàu Sen", "province": "Tỉnh ủy Khánh Hòa"}])
def test_it_validates_that_the_committee_is_new_and_the_province_the_same(db: None, words: dict[str, str]) -> None:
    begin()
    with pytest.raises(NotPossible):
        begin(**words)


def test_it_checks_access_no_office_is_enough(people: People) -> None:
    with scope(people.standing("hoa")) as standing, pytest.raises(Http404):
        begin_committee(by=standing, **WORDS)
