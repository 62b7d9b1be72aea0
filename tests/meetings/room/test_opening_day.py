"""Roll, base and who may open are those of the day on which a meeting opens, and not of the planned one (R2)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from chibo.access.models import Office, TermOfOffice
from chibo.lib.dates import ZONE, month_start
from chibo.meetings.models import Attendance, Meeting, State
from chibo.meetings.room import commands, log
from chibo.meetings.room.called import changes_since_the_plan, opening_day
from chibo.meetings.room.commands import Pen
from chibo.members.models import Membership, Person
from tests import make
from tests.people import HANDED_OVER, People, sign_in

pytestmark = pytest.mark.django_db
ANNOUNCED, PLANNED, HELD = date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 10)


@pytest.fixture(autouse=True)
def the_tenth() -> Iterator[None]:
    """Today is the day on which it is held."""
    with time_machine.travel(datetime.combine(HELD, time(19, 30), ZONE), tick=False):
        yield


@pytest.fixture
def meeting(people: People) -> Meeting:
    """Planned for the third, held on the tenth: Bình died on the fifth, Hạnh came on the sixth, Mai is secretary."""
    one = people.meeting
    one.starts_at, one.period, one.state = make.at(PLANNED), month_start(PLANNED), State.ANNOUNCED
    one.announced_at = make.at(ANNOUNCED)
    one.chair = one.clerk = None
    one.save()
    make.item(one)
    died, came, changed = date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 8)
    Membership.objects.filter(person=people.binh).update(validity=make.days(make.JOINED, died))
    make.membership(make.person("Trần Thị Hạnh"), people.cell, since=came)
    TermOfOffice.objects.filter(person=people.lan).update(validity=make.days(HANDED_OVER, changed))
    make.office(people.mai, people.cell, Office.SECRETARY, changed)
    return one


def called(meeting: Meeting) -> set[str]:
    return set(Attendance.objects.filter(meeting=meeting).values_list("person__full_name", flat=True))


def test_the_roll_is_that_of_the_day_on_which_it_opens(people: People, meeting: Meeting) -> None:
    commands.open_room(pen=Pen(meeting, people.standing("mai")), chair=people.mai.pk)
    meeting.refresh_from_db()
    assert "Trần Thị Hạnh" in called(meeting) and people.binh.full_name not in called(meeting)
    assert people.mai.pk in log.room_of(meeting).keepers and people.lan.pk not in log.room_of(meeting).keepers
    votes = {one.person_id for one in log.room_of(meeting).voters()}
    assert people.binh.pk not in votes and Person.objects.get(full_name="Trần Thị Hạnh").pk in votes


def test_what_changed_since_the_plan_is_shown_to_whoever_opens(
    client: Client, people: People, meeting: Meeting
) -> None:
    sign_in(client, people.mai)
    page = client.get(f"/cuoc-hop/{meeting.pk}/phong/").content.decode()
    pack = client.get(f"/cuoc-hop/{meeting.pk}/phong/goi/").json()
    for said in (
        "Thêm vào danh sách: Trần Thị Hạnh.",
        "Không còn trong danh sách: Đặng Văn Bình.",
        "Vào chi ủy: Võ Thị Mai.",
        "Thôi chi ủy: Nguyễn Thị Lan.",
    ):
        assert said in page and said in pack["changes"]
    names = {one["name"] for one in pack["people"]}
    assert "Trần Thị Hạnh" in names and "Đặng Văn Bình" not in names
    assert str(people.mai.pk) in pack["presidents"] and str(people.lan.pk) not in pack["presidents"]
    assert pack["me"]["may_open"]


def test_a_device_that_is_made_ready_before_the_day_brings_the_roll_of_the_planned_day(
    client: Client, people: People, meeting: Meeting
) -> None:
    leaves = HELD + timedelta(days=3)
    Membership.objects.filter(person=people.quyen).update(validity=make.days(make.JOINED, leaves))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=make.at(leaves + timedelta(days=1)))
    pack = sign_in(client, people.mai).get(f"/cuoc-hop/{meeting.pk}/phong/goi/").json()
    assert str(people.quyen.pk) not in {one["id"] for one in pack["people"]}
    assert any("Lê Thị Quyên" in one for one in pack["changes"])


def test_nothing_is_said_where_nothing_changed(people: People, meeting: Meeting) -> None:
    assert changes_since_the_plan(meeting, ANNOUNCED) == []
    Meeting.objects.filter(pk=meeting.pk).update(announced_at=make.at(date(2026, 12, 9)))
    meeting.refresh_from_db()
    assert changes_since_the_plan(meeting, HELD) == []


def test_a_meeting_held_on_paper_has_the_roll_of_the_day_it_was_held(people: People, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(held_on_paper=True, state=State.DRAFT)
    meeting.refresh_from_db()
    assert opening_day(meeting) == PLANNED
    started = make.at(PLANNED, "19:40")
    commands.open_room(pen=Pen(meeting, people.standing("mai")), chair=people.lan.pk, started=started)
    meeting.refresh_from_db()
    assert "Trần Thị Hạnh" not in called(meeting) and people.binh.full_name in called(meeting)
    assert meeting.day == PLANNED
