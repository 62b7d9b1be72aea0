"""The demo, loaded once as `bin/start --demo` does: through the real commands, so that everything about it holds."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from chibo.access.scope import scope, system_scope
from chibo.access.standing import standing_of
from chibo.accounts.models import User
from chibo.audit.verify import breaks
from chibo.documents.models import IssuedDocument
from chibo.lib.dates import ZONE, add_months, at, month_start, now
from chibo.meetings.minutes.freeze import check_frozen
from chibo.meetings.models import Announcement, Attendance, Body, Meeting, Minutes, Paper, Question, State
from chibo.members.roster import count, roster
from chibo.ops.commands.demo_users import DemoUser
from chibo.ops.demo import build
from chibo.ops.demo.place import read, tale_of
from chibo.ops.demo.shift import LAST_PERIOD, months_from_story, shifted
from chibo.orgs.models import Category, Kind, Organisation
from chibo.resolutions.models import MeetingFigures, Progress, Resolution, Task
from tests.conftest import TestDatabase
from tests.crawl.crawler import crawl
from tests.people import sign_in

# The evening on which the demo is made here: all that the story tells of its last month has just been. On the first
# days of a month less of it has, so what is there would depend on the day on which the tests run.
EVENING = datetime(2026, 11, 30, 21, tzinfo=ZONE)
LATE = "thon-dan-hiep"
# Sixty cells have pages that differ in names alone; every link of one page is still tried for each person.
LIKE_EACH_OTHER = 5
# Secretaries and officers who see what another of them sees, of another cell or commune.
LIKE_ANOTHER = {
    *("hung", "bithu-khu-pho-3", "bithu-khu-pho-7", "bithu-thon-dan-hiep", "bithu-thon-lieng-dang"),
    *("hoa", "nguyen-ha", "quan", "tuong", "uyen"),
}


@pytest.fixture(scope="module")
def users(django_db_setup: None, test_database: TestDatabase, django_db_blocker: Any) -> Iterator[list[DemoUser]]:
    """The whole demo in the database of this process, committed, so that every test here sees it."""
    from django.conf import settings

    with django_db_blocker.unblock():
        was, settings.FICTITIOUS = settings.FICTITIOUS, True
        steps: list[str] = []
        with at(EVENING):
            yield build.load(steps.append)
        settings.FICTITIOUS = was
        test_database.clone()


@pytest.fixture(autouse=True)
def loaded(users: list[DemoUser], django_db_blocker: Any) -> Iterator[None]:
    """Each test reads with the system's scope and leaves nothing behind."""
    with django_db_blocker.unblock(), system_scope():
        yield


def stories() -> dict[str, Any]:
    """The cells of which a story is told."""
    return {one["key"]: one for one in read("cells.json")["cells"] if one["story"]}


def cell_of(key: str) -> Organisation:
    """A cell of the demo by its key."""
    return Organisation.objects.get(code=next(c["code"] for c in read("cells.json")["cells"] if c["key"] == key))


def regular(cell: Organisation) -> list[Meeting]:
    """The meetings of a cell, the oldest first."""
    return list(Meeting.objects.filter(cell=cell, body=Body.CELL).order_by("starts_at"))


def test_the_province_has_its_communes_and_sixty_cells_of_every_category() -> None:
    assert Organisation.objects.filter(kind=Kind.COMMITTEE).count() == 124 + 3
    cells = Organisation.objects.cells()
    assert cells.count() == 60
    assert set(cells.values_list("category", flat=True)) == set(Category.values)


def test_every_chain_holds() -> None:
    assert list(breaks()) == []


def test_signed_minutes_are_frozen_with_their_files() -> None:
    signed = Meeting.objects.filter(state=State.SIGNED)
    assert signed.count() > 150
    for minutes in Minutes.objects.filter(meeting__in=signed).order_by("id")[:40]:
        check_frozen(minutes)
    papers = Counter(IssuedDocument.objects.values_list("kind", flat=True))
    assert papers["bien-ban"] == signed.filter(body=Body.CELL).count()
    assert papers["nghi-quyet"] + papers["ket-luan"] == signed.count()


def test_every_told_meeting_is_signed_except_the_one_that_waits() -> None:
    months = months_from_story(now().date())
    for key, facts in stories().items():
        told = tale_of(facts | {"number": 0})["meetings"]
        held = [one for one in regular(cell_of(key)) if one.is_over]
        past = [one for one in told if shifted(LAST_PERIOD.fromisoformat(one["date"]), months) < now().date()]
        assert len(held) in (len(past), len(past) - 1), key  # the last may be of this very evening
        waiting = [one for one in held if one.state == State.CLOSED]
        old = [one for one in waiting if one.day < now().date() - timedelta(days=2)]
        assert len(old) == (1 if key == build.UNSIGNED else 0), key


def test_the_program_counts_what_the_story_says() -> None:
    cell = cell_of("phu-hoa")
    for meeting, told in zip(regular(cell), read("story/phu-hoa.json")["meetings"], strict=False):
        counts = count(roster(cell, meeting.day))
        assert counts.party_number == told["count"]["members"], told["period"]
        assert (counts.exempt, counts.away) == (told["count"]["exempt"], told["count"]["away"]), told["period"]
        home = Attendance.objects.filter(meeting=meeting, state="present").exclude(kind="temporary")
        assert home.count() == told["count"]["present"], told["period"]


def test_phu_hoa_prepares_its_next_meeting_with_two_questions() -> None:
    coming = regular(cell_of("phu-hoa"))[-1]
    assert coming.state == State.DRAFT
    assert coming.period == add_months(LAST_PERIOD, months_from_story(now().date()) + 1)
    assert Question.objects.filter(meeting=coming).count() == 2
    assert not Announcement.objects.filter(meeting=coming).exists()


def test_one_cell_has_announced_its_next_meeting_and_one_is_late() -> None:
    announced = regular(cell_of(build.ANNOUNCED))[-1]
    assert announced.starts_at > now()
    assert announced.state == State.ANNOUNCED
    this = month_start(shifted(LAST_PERIOD, months_from_story(now().date())))
    assert not [one for one in regular(cell_of(LATE)) if one.period >= this]


def test_tasks_are_followed_up_and_reviewed_from_month_to_month() -> None:
    cell = cell_of("phu-hoa")
    assert Task.objects.given().filter(cell=cell).count() > 25
    assert Task.objects.open().filter(cell=cell).count() in range(1, 8)
    assert Progress.objects.filter(cell=cell).exclude(on_behalf_of=None).exists()
    assert Resolution.objects.filter(cell=cell, reported_at__isnull=False).count() >= 11


def test_the_figures_of_every_held_meeting_go_up() -> None:
    held = Meeting.objects.filter(body=Body.CELL, state__in=(State.CLOSED, State.SIGNED))
    assert MeetingFigures.objects.count() == held.count() > 100


def test_the_public_document_is_a_paper_of_one_agenda() -> None:
    paper = Paper.objects.get()
    assert "cải tiến và nâng cao chất lượng sinh hoạt chi bộ" in bytes(paper.content).decode()


def test_every_file_says_that_it_is_fictitious() -> None:
    assert not [
        one for one in IssuedDocument.objects.all().light().values_list("content__fictitious", flat=True) if not one
    ]


def test_those_who_can_sign_in_are_listed_with_their_offices(users: list[DemoUser]) -> None:
    assert {user["login"] for user in users} == set(User.objects.values_list("login", flat=True))
    assert {"lan", "binh", "tam", "khanh", "dung", "thu", "vinh"} <= {user["login"] for user in users}
    lan = User.objects.get(login="lan")
    assert lan.check_password(next(user["password"] for user in users if user["login"] == "lan"))


def test_nobody_sees_through_the_demo_what_is_not_theirs(users: list[DemoUser]) -> None:
    lan, phat = User.objects.get(login="lan").person_id, User.objects.get(login="bithu-thon-dan-hiep").person_id
    assert lan is not None
    assert phat is not None
    with scope(standing_of(lan)) as standing:
        assert Minutes.objects.visible_to(standing).exists()
    with scope(standing_of(phat)) as standing:
        assert not Minutes.objects.visible_to(standing).filter(cell=cell_of("phu-hoa")).exists()


def test_the_story_of_a_cell_is_the_same_every_time() -> None:
    facts = next(one for one in read("cells.json")["cells"] if not one["story"])
    assert tale_of(facts | {"number": 9}) == tale_of(facts | {"number": 9})


@pytest.mark.longest
def test_no_link_or_button_of_the_demo_stops_anybody(users: list[DemoUser], record_property: Any) -> None:
    found = []
    for user in [one for one in users if one["login"] not in LIKE_ANOTHER]:
        client = sign_in(Client(), User.objects.get(login=user["login"]))
        found.append(crawl(client, user["login"], of_a_route=LIKE_EACH_OTHER))
        record_property("figures", f"demo: {found[-1].line}")
    faults = [fault for one in found for fault in one.faults]
    assert not faults, "\n".join(dict.fromkeys(faults))
