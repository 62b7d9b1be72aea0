"""A clock that jumps years ahead erases nothing and applies nothing, until somebody says that the day is right."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from chibo.access.models import Office
from chibo.accounts.models import FailedSignIn
from chibo.audit import events
from chibo.directory import clock, tasks
from chibo.directory.tree import due
from chibo.lib.dates import ZONE, at, now, today
from chibo.orgs.models import TreeAct
from chibo.privacy import tasks as privacy_tasks
from tests import make
from tests.directory.tree.place import Kind, act
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db
YEARS_AHEAD = datetime(2031, 12, 1, 8, 0, tzinfo=ZONE)
NIGHTS: tuple[Callable[[], object], ...] = (tasks.apply_due.work, privacy_tasks.retention.work)


@pytest.fixture
def waiting(people: People) -> TreeAct:
    """A night has passed; an act waits for next month, and wrong sign-ins will be forgotten then."""
    privacy_tasks.retention.work()
    FailedSignIn.objects.note("binh", None)
    return act(Kind.RENAME, people.cell, day=today() + timedelta(days=30), name="Chi bộ thôn Phú Hải")


def night() -> None:
    for one in NIGHTS:
        one()


def is_as_before(one: TreeAct) -> bool:
    one.refresh_from_db()
    return one.applied_at is None and FailedSignIn.objects.exists()


def test_it_erases_nothing_and_applies_nothing(client: Client, people: People, waiting: TreeAct) -> None:
    sign_in(client, people.lan)
    with at(YEARS_AHEAD):
        night()
        with due.first_of(today()):
            pass
        due.look_again()
        assert client.get("/").status_code == 200, "who asks first on a new day applies nothing either"
        assert is_as_before(waiting)
        assert "01/12/2031" in clock.contradicted()


def test_it_is_not_believed_either_when_people_worked_on_under_the_wrong_date(people: People, waiting: TreeAct) -> None:
    with at(YEARS_AHEAD):
        make.office(people.binh, people.sibling, Office.FOLLOWER)
        events.record("office.begun", chain=people.sibling.pk, by=people.lan.pk, person=people.binh.pk)
        night()
    with at(YEARS_AHEAD + timedelta(days=1)):
        night()
        assert is_as_before(waiting)


def test_put_right_it_is_believed_again(waiting: TreeAct) -> None:
    with at(YEARS_AHEAD):
        night()
    with at(now() + timedelta(days=31)):
        assert not clock.contradicted()
        night()
        assert not is_as_before(waiting)


def test_whoever_keeps_the_machine_says_that_the_day_is_right(waiting: TreeAct) -> None:
    with at(now() + timedelta(days=100)):
        night()
        assert is_as_before(waiting)
        clock.confirm()
        night()
        assert not is_as_before(waiting)


def test_a_machine_that_was_off_for_three_months_is_believed(waiting: TreeAct) -> None:
    with at(now() + timedelta(days=92)):
        assert not clock.contradicted()
    with at(now() + timedelta(days=93)):
        assert clock.contradicted()


def test_on_a_new_site_the_newest_event_is_what_is_known(people: People) -> None:
    with at(YEARS_AHEAD):
        assert not clock.contradicted(), "nothing has happened yet"
    events.record("office.begun", chain=people.cell.pk, by=None)
    with at(YEARS_AHEAD):
        assert clock.contradicted()
