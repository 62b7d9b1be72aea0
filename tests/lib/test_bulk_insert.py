"""Arrays written by our own hand say to the database what was meant."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import DateRange

from chibo.access.scope import system_scope
from chibo.lib.bulk_insert import array, update
from chibo.members.models import Membership, Person
from tests.people import People

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def back(kind: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM unnest(%s::{kind}[])", [array(values)])
        return [bytes(row[0]) if isinstance(row[0], memoryview) else row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.none() | TEXTS | st.sampled_from(["NULL", "null", "", "{}", '"', "\\", ",", 'a\\"b'])))
def test_texts_come_back_as_they_were(values: list[str | None]) -> None:
    assert back("text", values) == values


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("bytea", [b"", b"\\x41", bytes(range(256)), None]),
        ("uuid", [UUID(int=0), UUID(int=2**128 - 1), None]),
        ("boolean", [True, False, None]),
        ("bigint", [0, -1, 2**62]),
        ("date", [date(1958, 3, 12)]),
        ("time", [time(19, 30), None]),
        ("timestamptz", [datetime(2026, 11, 24, 22, 5, 1, 123456, tzinfo=UTC)]),
        ("daterange", [DateRange(date(2026, 1, 1), None), DateRange(date(2026, 1, 1), date(2026, 2, 1)), None]),
        ("daterange", [DateRange(None, date(2026, 1, 1)), DateRange(empty=True)]),
        ("text", [Membership.Kind.OFFICIAL, "dự bị"]),
        ("text", []),
    ],
)
def test_every_type_comes_back_as_it_was(kind: str, values: list[Any]) -> None:
    assert back(kind, values) == values


def test_a_type_that_is_not_known_is_refused() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        array([Decimal(1)])


def test_rows_are_changed_by_their_keys_and_no_others(people: People) -> None:
    with system_scope():
        before = {one.pk: (one.full_name, one.birth_year) for one in Person.objects.all()}
        changed = {people.binh.pk: ('Trần \\ "Bình"', None), people.mai.pk: ("Lê, Mai", 2001)}
        update(Person, ["full_name", "birth_year"], [[key, *values] for key, values in changed.items()])
        after = {one.pk: (one.full_name, one.birth_year) for one in Person.objects.all()}
    assert after == before | changed
