"""Home pages by hat; what is late; what stays figures."""

from datetime import date, datetime

import pytest
from django.test import Client

from chibo.home.month import Held, month_of_cell
from chibo.lib.dates import ZONE, at, month_start, today
from chibo.meetings.models import State
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
    assert month_of_cell(people.cell, MONTH, opened, 0, date(2026, 11, 8)).state == "held"


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
