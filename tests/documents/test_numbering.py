"""Numbers run from 01, apart for each body, type and term; two people signing at once get two numbers."""

import threading
import time
import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.types.range import DateRange

from chibo.access.scope import system_scope
from chibo.documents.kinds import Body, DocumentType, MayNotIssue
from chibo.documents.models import DataClass, IssuedDocument
from chibo.documents.numbering import NumberSeries, NumberTaken
from chibo.orgs.models import Organisation, Term
from tests import make
from tests.documents import samples


def cell_and_term() -> tuple[Organisation, Term]:
    cell = make.cell(make.commune(make.province()))
    term = cell.terms.get()
    return cell, term


def series(cell: Organisation, term: Term, **changes: Any) -> NumberSeries:
    arguments: dict[str, Any] = {"body": Body.CELL, "document_type": DocumentType.RESOLUTION}
    return NumberSeries.objects.locked(organisation=cell, term=term, **(arguments | changes))


@pytest.mark.django_db
def test_numbers_run_from_one_apart_for_each_body_type_and_term() -> None:
    cell, term = cell_and_term()
    later = cell.terms.create(name="sau", validity=DateRange(date(2040, 1, 1), date(2042, 1, 1)))
    assert [series(cell, term).take() for _ in range(3)] == [1, 2, 3]
    assert series(cell, term, document_type=DocumentType.MINUTES).take() == 1
    assert series(cell, term, body=Body.COMMITTEE).take() == 1
    assert series(cell, later).take() == 1
    assert series(cell, term).symbol == "NQ/CB"


@pytest.mark.django_db
def test_the_first_number_can_be_set_but_never_back_to_one_that_is_used() -> None:
    cell, term = cell_and_term()
    series(cell, term).start_at(12)
    assert [series(cell, term).take(), series(cell, term).take()] == [12, 13]
    with pytest.raises(NumberTaken, match="Số 13 đã dùng"):
        series(cell, term).start_at(13)
    series(cell, term).start_at(20)
    assert series(cell, term).take() == 20


@pytest.mark.django_db
def test_a_type_that_a_cell_may_not_issue_has_no_series() -> None:
    cell, term = cell_and_term()
    with pytest.raises(MayNotIssue):
        series(cell, term, document_type=DocumentType.DIRECTIVE)
    assert not NumberSeries.objects.exists()


@pytest.mark.django_db
def test_a_number_taken_in_a_signing_that_fails_is_not_used_up() -> None:
    cell, term = cell_and_term()
    with pytest.raises(RuntimeError), transaction.atomic():
        assert series(cell, term).take() == 1
        raise RuntimeError
    assert series(cell, term).take() == 1


@pytest.mark.django_db(transaction=True)
def test_two_signings_at_once_get_two_numbers_in_a_row() -> None:
    with system_scope():
        cell, term = cell_and_term()
        one = series(cell, term)
    taken: list[int] = []
    first_has_taken = threading.Event()

    def sign(*, first: bool) -> None:
        try:
            if not first:
                first_has_taken.wait(timeout=10)
            with system_scope():
                taken.append(NumberSeries.objects.get(pk=one.pk).take())
                if first:
                    first_has_taken.set()
                    time.sleep(0.4)  # the second asks while the first has not committed
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, kwargs={"first": first}) for first in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert taken == [1, 2]


def issue(cell: Organisation, number: int, of: NumberSeries | None) -> IssuedDocument:
    return IssuedDocument.objects.freeze(
        samples.resolution(number), cell=cell, body=Body.CELL, meeting_id=make.meeting(cell).pk, kind="nghi-quyet",
        document_type=DocumentType.RESOLUTION, data_class=DataClass.RESOLUTION, made_at=samples.MADE_AT,
        made_by=uuid.uuid4(), series=of,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_issued_paper_keeps_its_content_and_both_files_under_their_digests() -> None:
    cell, term = cell_and_term()
    paper = IssuedDocument.objects.get(pk=issue(cell, series(cell, term).take(), None).pk)
    assert paper.document == samples.resolution(1)
    assert (bytes(paper.docx)[:2], bytes(paper.pdf)[:5]) == (b"PK", b"%PDF-")
    assert paper.is_intact()
    paper.pdf = bytes(paper.pdf) + b" "
    assert not paper.is_intact()


@pytest.mark.django_db
def test_a_number_of_a_series_is_issued_once() -> None:
    cell, term = cell_and_term()
    of = series(cell, term)
    issue(cell, of.take(), of)
    with pytest.raises(IntegrityError), transaction.atomic():
        issue(cell, 1, of)


@pytest.mark.django_db
def test_a_paper_without_its_number_is_not_frozen() -> None:
    cell, _ = cell_and_term()
    with pytest.raises(ValueError, match="frozen with its number"):
        IssuedDocument.objects.freeze(
            samples.resolution(None), cell=cell, body=Body.CELL, meeting_id=uuid.uuid4(), kind="nghi-quyet",
            document_type=DocumentType.RESOLUTION, data_class=DataClass.RESOLUTION, made_at=samples.MADE_AT,
            made_by=uuid.uuid4(),
        )  # fmt: skip
