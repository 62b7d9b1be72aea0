"""Home pages by hat; what is late; what stays figures."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from chibo.access.scope import scope
from chibo.home.cell import year_of
from chibo.lib.dates import ZONE, at, month_start, today
from chibo.meetings.models import Meeting, State
from chibo.meetings.months import Held, MonthOfCell, meetings_of_months, month_of_cell
from chibo.resolutions.models import MeetingFigures
from tests import make
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db


def test_it_works(client: Client, people: People) -> None:
    for name in ("lan", "hung", "binh", "mai", "tu", "son", "khanh", "dung", "hoa", "thu", "phuc"):
        sign_in(client, people.all()[name])
        assert client.get("/").status_code == 200, name


def test_whoever_has_no_hat_is_told_so(client: Client, people: People) -> None:
    sign_in(client, people.suspended)
    assert "chưa gắn với chi bộ nào" in client.get("/").content.decode()


def test_a_member_sees_the_announced_meeting_and_not_a_draft(client: Client, people: People) -> None:
    item = make.item(people.meeting)
    make.question(item, "Vì sao từ tháng 6 vẫn xảy ra 3 vụ va chạm?")
    people.meeting.state = State.DRAFT
    people.meeting.save()
    sign_in(client, people.binh)
    assert "Vì sao từ tháng 6" not in client.get("/").content.decode()
    people.meeting.state = State.ANNOUNCED
    people.meeting.save()
    assert "Vì sao từ tháng 6" in client.get("/").content.decode()


MONTH = date(2026, 11, 1)


def held(people: People, day: date, state: str, *, postponed: bool = False) -> Held:
    return Held(people.meeting.pk, people.cell.pk, MONTH, day, state, postponed, False)


def test_late_begins_after_the_registered_day_and_the_grace(people: People) -> None:
    cell = people.cell  # meets on the 3rd
    assert month_of_cell(cell, MONTH, None, 0, date(2026, 11, 3)).state == "coming"
    assert month_of_cell(cell, MONTH, None, 0, date(2026, 11, 4)).state == "late"
    assert month_of_cell(cell, MONTH, None, 2, date(2026, 11, 5)).state == "coming"
    late = month_of_cell(cell, MONTH, None, 2, date(2026, 11, 6))
    assert (late.state, late.days) == ("late", 3)


def test_a_planned_meeting_is_late_until_its_room_is_opened(people: People) -> None:
    planned = held(people, date(2026, 11, 10), State.ANNOUNCED)
    assert month_of_cell(people.cell, MONTH, planned, 0, date(2026, 11, 8)).state == "late"
    opened = held(people, date(2026, 11, 3), State.OPEN)
    assert month_of_cell(people.cell, MONTH, opened, 0, date(2026, 11, 8)).state == "open"


def test_postponed_with_a_reason_is_not_late(people: People) -> None:
    moved = held(people, date(2026, 11, 10), State.ANNOUNCED, postponed=True)
    assert month_of_cell(people.cell, MONTH, moved, 0, date(2026, 11, 8)).state == "coming"
    assert month_of_cell(people.cell, MONTH, moved, 0, date(2026, 11, 11)).state == "late"


def test_held_after_its_day_counts_as_held_late(people: People) -> None:
    late = month_of_cell(people.cell, MONTH, held(people, date(2026, 11, 9), State.SIGNED), 0, date(2026, 11, 20))
    assert (late.state, late.days) == ("held_late", 6)


def test_the_commune_sees_the_late_cell_first_and_no_content(client: Client, people: People) -> None:
    make.item(people.meeting, "Nội dung riêng của chi bộ")
    day = month_start(today()).replace(day=20)
    with at(datetime(day.year, day.month, day.day, 8, tzinfo=ZONE)):
        sign_in(client, people.dung)
        page = client.get("/").content.decode()
    assert "Chi bộ cần giúp trước" in page
    assert "Nội dung riêng của chi bộ" not in page


def of_groups(people: People, day: date, *states: str) -> list[Meeting]:
    """Gatherings of three groups on three days, in these states; a group without a state has its own cancelled."""
    found = []
    for number in range(3):
        state = states[number] if number < len(states) else State.CANCELLED
        fields = {"group": make.group(people.cell, f"Tổ đảng số {number + 1}"), "gatherings": 3, "state": state}
        starts_at = make.at(day + timedelta(days=number))
        found.append(make.meeting(people.cell, starts_at=starts_at, group_name=f"Tổ đảng số {number + 1}", **fields))
    return found


def month_by_groups(people: People, day: date, *states: str, on: date) -> MonthOfCell:
    """How a month held by groups stands on a day."""
    Meeting.objects.filter(cell=people.cell).update(state=State.CANCELLED)
    of_groups(people, day, *states)
    held = meetings_of_months([people.cell.pk], (MONTH, MONTH), people.standing("dung"))
    return month_of_cell(people.cell, MONTH, held.get((people.cell.pk, MONTH)), 0, on)


@pytest.mark.parametrize(
    ("states", "state", "groups", "day"),
    [
        (("signed", "closed", "signed"), "held", "", date(2026, 11, 3)),
        (("signed", "closed", "announced"), "late", "2/3 tổ đã họp", date(2026, 11, 3)),
        (("signed", "announced", "announced"), "late", "1/3 tổ đã họp", date(2026, 11, 2)),
        (("signed", "signed"), "late", "2/3 tổ đã họp", date(2026, 11, 2)),
    ],
)
def test_a_month_held_by_groups_is_held_when_all_are(
    people: People, states: tuple[str, ...], state: str, groups: str, day: date
) -> None:
    found = month_by_groups(people, date(2026, 11, 1), *states, on=date(2026, 11, 8))
    assert (found.state, found.groups, found.day) == (state, groups, day)


def test_a_month_held_by_groups_is_held_late_by_its_last_gathering(people: People) -> None:
    found = month_by_groups(people, date(2026, 11, 4), "signed", "signed", "signed", on=date(2026, 11, 20))
    assert (found.state, found.day, found.days) == ("held_late", date(2026, 11, 6), 3)


def figures_of(meeting: Meeting, **fields: int) -> MeetingFigures:
    """The figures of a gathering, as they were written at its closing."""
    counts = {"expected": 8, "present": 7, "length_minutes": 95, "tasks_reviewed": 2, "tasks_done": 1, "tasks_given": 3}
    days = {"period": meeting.period, "held_on": meeting.day}
    return MeetingFigures.objects.create(**meeting.keys, **days, **counts | fields, gatherings=meeting.gatherings)


def test_the_commune_sees_how_many_groups_have_met_and_their_figures_together(client: Client, people: People) -> None:
    Meeting.objects.filter(cell=people.cell).update(state=State.CANCELLED)
    day = month_start(today()).replace(day=1)
    for one in of_groups(people, day, "signed", "signed", "announced")[:2]:
        figures_of(one)
    with at(make.at(day.replace(day=20), "08:00")):
        sign_in(client, people.dung)
        page = client.get("/").content.decode()
    assert "2/3 tổ đã họp" in page
    assert "14/16" in page


def test_the_province_counts_a_cell_when_all_its_groups_have_met(client: Client, people: People) -> None:
    first, second, third = of_groups(people, month_start(today()), "signed", "signed", "signed")
    figures_of(first)
    figures_of(second)
    sign_in(client, people.thu)
    assert "0/3 chi bộ đã họp xong" in client.get("/").content.decode()
    figures_of(third)
    assert "1/3 chi bộ đã họp xong" in client.get("/").content.decode()


def test_the_province_sees_figures_by_commune(client: Client, people: People) -> None:
    meeting = make.signed(people.cell, present=(people.lan,), months_ago=0)
    MeetingFigures.objects.create(
        **meeting.keys,
        period=month_start(today()),
        held_on=today(),
        expected=8,
        present=7,
        length_minutes=95,
        tasks_reviewed=2,
        tasks_done=1,
        tasks_given=3,
    )
    sign_in(client, people.thu)
    page = client.get("/").content.decode()
    assert "1/3 chi bộ đã họp xong" in page
    assert people.lan.full_name not in page


def test_a_late_secretary_is_told_which_month_is_missing(client: Client, people: People) -> None:
    people.meeting.state = State.CANCELLED
    people.meeting.save()
    day = month_start(today()).replace(day=20)
    with at(datetime(day.year, day.month, day.day, 8, tzinfo=ZONE)):
        sign_in(client, people.lan)
        page = client.get("/").content.decode()
    assert f"Lên lịch họp tháng {day.month}" in page


def test_the_year_says_how_each_meeting_was_scored_to_whoever_may_read_the_score(
    client: Client, people: People
) -> None:
    held = make.signed(people.cell)
    make.rating(held)
    for who in (people.lan, people.khanh):
        page = sign_in(client, who).get("/").content.decode()
        assert "92/95" in page and "Tốt" in page
    with scope(people.standing("dung")):
        months, _, _ = year_of(people.cell, held.period.year, people.standing("dung"))
    assert all(month.points == "" for month in months), "not reported yet"


def test_a_grade_that_is_open_is_said_as_such(people: People) -> None:
    held = make.signed(people.cell)
    make.rating(held, lowest="Khá", highest="Tốt")
    months, _, _ = year_of(people.cell, held.period.year, people.standing("lan"))
    assert next(month.grade for month in months if month.points) == "Khá hoặc Tốt"
