"""A rule that a committee decided for itself and all under it is the one that every page and act goes by."""

import ast
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import chibo
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.members import enter_member
from chibo.directory.transfers.limits import due_day, require_length
from chibo.lib.dates import ZONE, add_months, at, month_start, today
from chibo.meetings.models import Meeting, State
from chibo.members.models import Membership
from chibo.rules.models import Rule
from tests.api.calling import Caller, token_of
from tests.directory.spreadsheets.sheets import look_at, press
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# The fifth day after the registered one, the 3rd.
MOMENT = datetime.combine(month_start(today()).replace(day=8), datetime.min.time(), ZONE) + timedelta(hours=8)


def decide(key: str, value: Any, scope: Any) -> None:
    Rule.objects.create(
        key=key,
        value=value,
        statement="Đảng ủy quyết định riêng.",
        source="Quyết định 12-QĐ/ĐU",
        confidence="V",
        valid_from=date(2020, 1, 1),
        scope_organisation_id=scope.pk,
    )


@pytest.fixture
def fifth_day(people: People) -> Iterator[People]:
    """The fifth day after the day on which the cell should have met: late by every general rule."""
    Meeting.objects.update(state=State.CANCELLED)
    with at(MOMENT):
        yield people


def month_of(page: Any) -> str:
    (found,) = [one.state for one in page.context["months"] if one.number == MOMENT.month]
    return str(found)


@pytest.mark.parametrize(("who", "key"), [("lan", "late_grace_days_own"), ("khanh", "late_grace_days_upward")])
def test_the_home_of_a_cell_goes_by_it(client: Client, fifth_day: People, who: str, key: str) -> None:
    sign_in(client, fifth_day.all()[who])
    assert month_of(client.get("/")) == "miss"
    decide(key, 10, fifth_day.commune)
    assert month_of(client.get("/")) == "now"


def test_the_month_of_a_commune_goes_by_the_rule_of_each_cell(client: Client, fifth_day: People) -> None:
    decide("late_grace_days_upward", 10, fifth_day.cell)
    rows = sign_in(client, fifth_day.dung).get("/").context["rows"]
    assert {row.cell: row.month.state for row in rows if row.cell in (fifth_day.cell, fifth_day.sibling)} == {
        fifth_day.cell: "coming",
        fifth_day.sibling: "late" if MOMENT.date().day > 5 + grace() else "coming",
    }


def grace() -> int:
    return Rule.objects.general(today()).number("late_grace_days_upward")


def test_the_api_goes_by_it(fifth_day: People) -> None:
    decide("late_grace_days_own", 10, fifth_day.commune)
    found = Caller(token_of(fifth_day, "lan")).get(f"cells/{fifth_day.cell.pk}/months").json()["months"]
    assert found[MOMENT.month - 1]["state"] == "coming"


def test_the_end_of_probation_goes_by_it(client: Client, people: People) -> None:
    decide("probation_months", 18, people.commune)
    admitted = date(2026, 2, 3)
    who = enter_member(
        by=people.standing("lan"),
        cell=people.cell,
        full_name="Lâm Thị Yến",
        kind=Membership.Kind.PROBATIONARY,
        since=admitted,
        admitted_on=admitted,
    )
    assert who.memberships.get().probation_ends == add_months(admitted, 18)
    heading = ("Họ và tên", "Ngày vào Đảng", "Diện")
    page = look_at(
        sign_in(client, people.lan), "/so-chi-bo/dang-vien/nhap/", [heading, ("Hồ Văn Ba", "03/02/2026", "dự bị")]
    )
    press(client, page)
    assert Membership.objects.get(person__full_name="Hồ Văn Ba").probation_ends == add_months(admitted, 18)


def test_a_transfer_goes_by_it(people: People) -> None:
    usual = due_day(people.cell)
    decide("transfer_working_days", 3, people.commune)
    assert due_day(people.cell) < usual
    month = add_months(today(), 1) - DAY
    with pytest.raises(NotPossible):
        require_length(people.cell, today(), month, "work")
    decide("temporary_transfer_months", [1, 12], people.commune)
    assert require_length(people.cell, today(), month, "work") == month


def test_no_book_is_read_for_nobody() -> None:
    with pytest.raises(ValueError, match="for an organisation"):
        Rule.objects.book(today(), ())
    with pytest.raises(ValueError, match="for an organisation"):
        Rule.objects.books(today(), {1: [UUID(int=1)], 2: []})


def test_the_general_rules_alone_are_asked_for_where_there_is_no_body_yet() -> None:
    """What comes with the program is no cell's rule; the type checker refuses a book without an organisation."""
    source = Path(chibo.__file__).parent
    asking = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "general" and ast.unparse(node.value).endswith("objects")
    }
    assert asking == {"privacy/requests/commands.py", "privacy/retention/run.py"}
