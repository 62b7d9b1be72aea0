"""Signing never depends on a term that somebody has not entered yet; no number of a series stands twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import DateRange

from chibo.access.scope import scope
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree.terms import add_term, set_last_day
from chibo.documents.kinds import DocumentType
from chibo.documents.models import IssuedDocument, NumberSeries
from chibo.lib.dates import today
from chibo.meetings.minutes import commands
from chibo.meetings.models import Meeting, State
from chibo.orgs.models import Term
from tests import make
from tests.meetings.test_minutes import held, sign_both  # noqa: F401
from tests.people import People

pytestmark = pytest.mark.django_db


def days(*terms: tuple[int, int | None]) -> list[DateRange]:
    """Terms from so many days after today to so many; None: no end."""
    moved = [(today() + timedelta(a), None if b is None else today() + timedelta(b)) for a, b in terms]
    return [DateRange(*one) for one in moved]


@pytest.mark.parametrize(
    "terms",
    [[], [(-900, -30), (40, None)], [(10, None)], [(-900, -30)], [(-900, -30), (-10, -5)]],
    ids=["none", "between_two", "before_all", "after_all", "after_the_last_of_two"],
)
def test_a_meeting_is_signed_whatever_terms_are_entered(
    held: Meeting,  # noqa: F811
    people: People,
    terms: list[tuple[int, int | None]],
) -> None:
    people.cell.terms.all().delete()
    for validity in days(*terms):
        people.cell.terms.create(name=str(validity.lower), validity=validity)
    before = people.cell.terms.count()
    assert sign_both(held, people).number == 1
    assert held.state == State.SIGNED
    assert people.cell.terms.count() == before, "signing enters no term"


def test_a_chair_who_may_enter_no_term_signs(held: Meeting, people: People) -> None:  # noqa: F811
    people.cell.terms.all().delete()
    make.duty(held, people.khanh, "chair")
    commands.sign(meeting=held, by=people.standing("tam"))
    with scope(people.standing("khanh")):
        commands.sign(meeting=held, by=people.standing("khanh"))
    assert IssuedDocument.objects.get(meeting_id=held.pk, kind="bien-ban").number == 1


def test_between_two_terms_the_numbers_of_the_last_go_on(people: People) -> None:
    people.cell.terms.all().delete()
    first, second = (
        people.cell.terms.create(name=str(n), validity=v) for n, v in enumerate(days((-900, -30), (40, None)))
    )
    for ago, term in ((400, first), (-30, first), (-40, second), (2000, first)):
        assert people.cell.term_of_numbers(today() - timedelta(ago)) == term


def test_what_was_numbered_without_a_term_goes_on_in_the_one_that_is_entered(people: People) -> None:
    people.cell.terms.all().delete()
    meeting = make.meeting(people.cell, starts_at=make.at(today()))
    assert [_number(meeting) for _ in range(3)] == [1, 2, 3]
    old, new = (people.cell.terms.create(name=str(n), validity=v) for n, v in enumerate(days((-900, -30), (-30, None))))
    before = make.meeting(people.cell, starts_at=make.at(today() - timedelta(60)))
    assert _number(before) == 1
    assert _number(meeting) == 4
    assert {one.term: one.next_number for one in NumberSeries.objects.all()} == {old: 2, new: 5}


def _number(meeting: Meeting) -> int:
    with transaction.atomic():
        return commands.number_series(meeting, DocumentType.MINUTES).take()


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside is as if it had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


DAYS = st.integers(-1500, 1500).map(lambda number: date(2026, 6, 1) + timedelta(number))
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("sign"), DAYS),
        st.tuples(st.just("begin"), DAYS, st.none() | st.integers(1, 2000)),
        st.tuples(st.just("end"), st.integers(0, 5), st.none() | st.integers(1, 2000)),
    ),
    min_size=1,
    max_size=14,
)


# All that an example does is taken back at its end.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_signing_always_finds_a_number_and_none_stands_twice_in_a_series(people: People, acts: list[Any]) -> None:
    cell, lan = people.cell, people.standing("lan")
    given_out: list[tuple[Any, int]] = []
    with taken_back():
        cell.terms.all().delete()
        for act, *values in acts:
            if act == "sign":
                meeting = make.meeting(cell, starts_at=make.at(values[0]))
                number = _number(meeting)
                series = commands.number_series(meeting, DocumentType.MINUTES)
                assert cell.term_of_numbers(values[0]) == series.term
                given_out.append((series.pk, number))
            else:
                _keep_terms(lan, cell.terms.order_by("validity"), act, values, cell)
        assert len(set(given_out)) == len(given_out)


def _keep_terms(by: Any, terms: Any, act: str, values: list[Any], cell: Any) -> None:
    """Enter a term, or move its last day, where the days are free."""
    try:
        if act == "begin":
            since, length = values
            until = None if length is None else since + timedelta(length)
            add_term(by=by, body=cell, name=f"{Term.objects.count()}", since=since, until=until)
        elif len(terms) > values[0]:
            term = terms[values[0]]
            length = values[1]
            set_last_day(by=by, term=term, until=None if length is None else term.validity.lower + timedelta(length))
    except NotPossible:
        pass
