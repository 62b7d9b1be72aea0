"""The register of numbers: a cell that numbered by hand goes on from there."""

import pytest
from django.test import Client

from chibo.documents.kinds import Body, DocumentType
from chibo.documents.models import NumberSeries
from tests.people import People, sign_in

PAGE = "/so-chi-bo/so-van-ban/"


def test_it_works(client: Client, people: People) -> None:
    assert "nhiệm kỳ 2025-2030" in sign_in(client, people.lan).get(PAGE).content.decode()
    assert client.post(PAGE, {"cell-resolution": "12"}).status_code == 302
    series = NumberSeries.objects.get(organisation=people.cell)
    assert (series.body, series.document_type, series.take()) == ("cell", "resolution", 12)
    assert 'value="13"' in client.get(PAGE).content.decode()


def test_it_validates_that_a_number_is_not_taken(client: Client, people: People) -> None:
    term = people.cell.terms.get()
    series = NumberSeries.objects.locked(
        organisation=people.cell, body=Body.CELL, document_type=DocumentType.RESOLUTION, term=term
    )
    series.start_at(5)
    series.take()
    answer = sign_in(client, people.lan).post(PAGE, {"cell-resolution": "5", "cell-minutes": "9"})
    assert answer.status_code == 422
    assert "Số 05 đã dùng" in answer.content.decode()
    assert NumberSeries.objects.count() == 1, "the other field is not half saved"
    assert 'value="9"' in answer.content.decode()


def test_without_a_term_it_says_what_to_do_first(client: Client, people: People) -> None:
    people.cell.terms.all().delete()
    assert "Ghi nhiệm kỳ" in sign_in(client, people.lan).get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["binh", "tam", "khanh", "dung", "thu", "former"])
def test_it_checks_access(client: Client, people: People, who: str) -> None:
    assert sign_in(client, people.all()[who]).post(PAGE, {"cell-resolution": "12"}).status_code == 404
