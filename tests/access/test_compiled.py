"""Queries built once: for every person they find what the query found that is built for this person."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from chibo.access.compiled import Compiled
from chibo.access.models import Office
from chibo.access.scope import scope
from chibo.access.standing import Standing, standing_of
from chibo.meetings.hall import reading
from chibo.meetings.models import Meeting
from tests import make
from tests.people import People


def _one(who: Standing, id: UUID) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(who).select_related("cell", "chair").filter(pk=id)


@pytest.fixture
def meetings(people: People) -> list[Meeting]:
    """Meetings of two cells, one of a committee, one that is going on with a roll."""
    going_on = make.meeting(people.cell, state="open")
    make.roll(going_on)
    return [
        people.meeting,
        going_on,
        make.meeting(people.sibling, state="announced"),
        make.meeting(people.cell, state="announced", body="committee"),
    ]


def test_everyone_finds_what_a_query_built_for_them_finds(people: People, meetings: list[Meeting]) -> None:
    compiled = Compiled(_one)
    for _ in range(2):  # the second time by the statement that is kept
        for name in (*people.all(), "operator"):
            who = people.standing(name)
            with scope(who):
                for one in meetings:
                    wanted = list(_one(who, one.pk))
                    assert compiled.rows(who, one.pk) == wanted, name
                    assert [found.cell.name for found in compiled.rows(who, one.pk)] == [
                        row.cell.name for row in wanted
                    ]


def test_who_sits_in_the_hall_is_found_as_by_a_query_of_ones_own(people: People, meetings: list[Meeting]) -> None:
    for name in people.all():
        who = people.standing(name)
        if who.person_id is None:
            continue
        with scope(who):
            for one in meetings:
                wanted = list(reading._in_the_hall(who, one.pk))
                assert reading._IN_THE_HALL.rows(who, one.pk) == wanted, name


def test_one_person_never_finds_by_the_statement_of_another(people: People, meetings: list[Meeting]) -> None:
    compiled, theirs = Compiled(_one), meetings[2]
    make.office(people.mai, people.sibling, Office.COMMITTEE_MEMBER)
    make.office(people.binh, people.cell, Office.COMMITTEE_MEMBER)
    with scope(who := people.standing("mai")):
        assert compiled.first(who, theirs.pk) == theirs
    with scope(who := people.standing("binh")):
        assert compiled.first(who, theirs.pk) is None
    assert len(compiled._kept) == 1, "the same statement, with the values of another"


def test_the_right_that_came_with_another_office_counts_at_once(people: People, meetings: list[Meeting]) -> None:
    compiled, committees = Compiled(_one), meetings[3]
    with scope(before := people.standing("binh")):
        assert compiled.first(before, committees.pk) is None
    make.office(people.binh, people.cell, Office.COMMITTEE_MEMBER)
    with scope(after := standing_of(people.binh.pk)):
        assert compiled.first(after, committees.pk) == committees


def test_the_statement_is_built_once(people: People) -> None:
    built: list[UUID] = []

    def build(who: Standing, id: UUID) -> QuerySet[Meeting]:
        built.append(id)
        return _one(who, id)

    compiled, who = Compiled(build), people.standing("lan")
    with scope(who), CaptureQueriesContext(connection) as asked:
        assert compiled.first(who, people.meeting.pk) == people.meeting
        assert compiled.first(who, uuid4()) is None
    assert len(built) == 1 and len({one["sql"].partition("WHERE")[0] for one in asked.captured_queries}) == 1


def test_values_are_found_as_well_as_objects(people: People) -> None:
    def build(who: Standing, id: UUID) -> QuerySet[Meeting, tuple[object, ...]]:
        return _one(who, id).values_list("cell__name", "period")

    who = people.standing("lan")
    with scope(who):
        assert Compiled(build).rows(who, people.meeting.pk) == list(build(who, people.meeting.pk))


def test_a_query_that_finds_nothing_for_a_standing_asks_nothing(people: People) -> None:
    nobody = Standing.nobody()
    with CaptureQueriesContext(connection) as asked:
        assert Compiled(_one).rows(nobody, people.meeting.pk) == []
    assert not asked.captured_queries


def test_the_id_of_nobody_is_nobodys_place(people: People) -> None:
    """Nought is no number of an id that is filled in: else it would be the last one of whoever asks."""
    compiled = Compiled(lambda who: Meeting.objects.visible_to(who).exclude(pk=UUID(int=0)).filter(cell=UUID(int=0)))
    who = people.standing("lan")
    with scope(who), CaptureQueriesContext(connection) as asked:
        assert compiled.rows(who) == []
    assert asked.captured_queries[0]["sql"].count(UUID(int=0).hex) == 2


def test_a_value_that_holds_several_ids_is_refused(people: People) -> None:
    def build(who: Standing, id: UUID) -> QuerySet[Meeting]:
        return Meeting.objects.extra(where=["id = ANY(%s)"], params=[[id]])

    with pytest.raises(TypeError):
        Compiled(build).rows(people.standing("lan"), people.meeting.pk)


def test_statements_are_not_kept_without_end(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chibo.access.compiled.MOST_KEPT", 3)
    compiled = Compiled(_one)
    for count in range(9):
        who = Standing(person_id=uuid4(), member_cells=tuple(uuid4() for _ in range(count)))
        compiled.rows(who, people.meeting.pk)
        assert len(compiled._kept) <= 3
