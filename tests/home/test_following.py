"""The page of all cells that a person follows."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chibo.access.models import Office
from chibo.lib.dates import ZONE, at, month_start, today
from chibo.meetings.models import Meeting, State
from chibo.orgs.models import Organisation
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db


def evening(day: int) -> datetime:
    """A moment of this month."""
    month = month_start(today())
    return datetime(month.year, month.month, day, 20, tzinfo=ZONE)


def followed(people: People, *names: str) -> list[Organisation]:
    """More cells that Khanh follows beside his own, each of which meets on the 25th."""
    cells = [make.cell(people.commune, name, registered_day=25) for name in names]
    for one in cells:
        make.office(people.khanh, one, Office.FOLLOWER)
    return cells


def order_on(page: str, *names: str) -> list[str]:
    return sorted(names, key=lambda name: page.index(f">{name}</a>"))


def test_a_follower_sees_without_a_tap_which_cells_need_help_and_why(client: Client, people: People) -> None:
    late, unsigned, well = followed(people, "Chi bộ thôn Dân Hiệp", "Chi bộ thôn An Bình", "Chi bộ thôn Ba Đình")
    Organisation.objects.filter(pk=late.pk).update(registered_day=3)
    held = make.signed(unsigned, months_ago=1)
    Meeting.objects.filter(pk=held.pk).update(state=State.CLOSED)
    Meeting.objects.filter(cell=people.cell).update(state=State.CANCELLED)
    Organisation.objects.filter(pk=people.cell.pk).update(registered_day=25)
    given = make.signed(people.cell, months_ago=2)
    make.task(given, people.binh, due=today() - timedelta(days=60), given_at=given.opened_at)
    with at(evening(20)):
        page = sign_in(client, people.khanh).get("/").content.decode()
    assert "Ba trong bốn chi bộ cần giúp trước" in page
    assert order_on(page, late.name, unsigned.name, people.cell.name, well.name) == [
        late.name,
        unsigned.name,
        people.cell.name,
        well.name,
    ]
    assert "Quá 17 ngày chưa họp, chưa có lịch mới" in page
    assert "quá hạn ký" in page
    assert "1 việc quá hạn" in page
    assert people.binh.full_name not in page, "above the cell nobody reads whose task is late"


def test_each_cell_is_read_without_choosing_another_hat(client: Client, people: People) -> None:
    (other,) = followed(people, "Chi bộ thôn Dân Hiệp")
    sign_in(client, people.khanh)
    for cell in (people.cell, other):
        assert f'href="/phu-trach/{cell.pk}/"' in client.get("/").content.decode()
        page = client.get(f"/phu-trach/{cell.pk}/").content.decode()
        assert f"<b>{cell.name}</b>" in page and 'href="/phu-trach/"' in page
    assert client.get(f"/phu-trach/{people.sibling.pk}/").status_code == 404


def test_whoever_follows_one_cell_begins_at_that_cell(client: Client, people: People) -> None:
    page = sign_in(client, people.khanh).get("/").content.decode()
    assert people.cell.name in page and "/phu-trach/" not in page
    answer = client.get("/phu-trach/")
    assert answer.headers["Location"] == f"/phu-trach/{people.cell.pk}/"


def test_the_page_takes_the_same_queries_for_two_cells_and_for_eight(client: Client, people: People) -> None:
    def queries_with(*names: str) -> int:
        for one in followed(people, *names):
            held = make.signed(one, months_ago=1)
            make.task(held, people.khanh, due=date(2026, 1, 5), given_at=held.opened_at)
        client.get("/phu-trach/")
        with CaptureQueriesContext(connection) as found:
            client.get("/phu-trach/")
        return len(found)

    sign_in(client, people.khanh)
    of_two = queries_with("Chi bộ thôn Một")
    assert queries_with(*(f"Chi bộ thôn số {number}" for number in range(6))) == of_two
