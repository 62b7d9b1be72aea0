"""The inspection door: one meeting, a document number, a named person, days; both sides see it (mission.md)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from chibo.access.models import InspectionDoor
from chibo.access.scope import scope
from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.audit.models import Event, Reading
from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.inspection import close_door, open_door
from chibo.documents.blocks import Paragraph, blocks_to_json
from chibo.lib import dates
from chibo.meetings.models import Meeting, Minutes, MinutesSection
from chibo.members.models import Person
from chibo.resolutions.figures import record_figures
from tests import make
from tests.access.world import issued
from tests.people import People, sign_in
from tests.second import agree

SAID = "Chi bộ bàn việc lắp gương cầu lồi."
CLOSED = "Đồng chí ấy tự nhận khuyết điểm."


def held(people: People, **fields: Any) -> Meeting:
    """A signed meeting with minutes of an open and a closed section, a chair and a clerk."""
    meeting = make.signed(people.cell, present=(people.lan, people.tam, people.binh), **fields)
    make.duty(meeting, people.lan, "chair")
    make.duty(meeting, people.tam, "clerk")
    outline = [
        {"key": "talk", "title": "Thảo luận", "data_class": "discussion"},
        {"key": "self", "title": "Tự phê bình và phê bình", "data_class": "self_criticism"},
    ]
    minutes = Minutes.objects.create(**meeting.keys, number=1, root=b"r", frozen_at=dates.now(), outline=outline)
    for position, (part, text) in enumerate(zip(outline, (SAID, CLOSED), strict=True), 1):
        blocks = blocks_to_json((Paragraph(text),))
        MinutesSection.objects.create(
            **meeting.keys, minutes=minutes, position=position, **part, content={"blocks": blocks}, salt=b"", digest=b""
        )
    issued(meeting, "resolution")
    record_figures(meeting)
    return meeting


@pytest.fixture
def meeting(people: People) -> Meeting:
    return held(people)


def typed(of: Meeting, **fields: str) -> dict[str, str]:
    return {
        "meeting": str(of.pk),
        "document": "QĐ 12-QĐ/UBKT, ngày 01/11/2026",
        "full_name": "Trịnh Công Nhân",
        "login": "inspector",
        "days": "10",
    } | fields


def opened(people: People, meeting: Meeting, by: str = "dung", **fields: Any) -> InspectionDoor:
    what = {"login": "inspector", "full_name": "Trịnh Công Nhân", "document": "QĐ 12", "days": 10} | fields
    what |= {"second": people.hoa.pk}
    return open_door(by=people.standing(by), cell=people.cell, meeting_id=meeting.pk, **what)


def reads(people: People, meeting: Meeting) -> bool:
    """Whether the inspector opens the minutes, on the page."""
    return sign_in(Client(), people.inspector).get(f"/cuoc-hop/{meeting.pk}/bien-ban/").status_code == 200


def test_it_works(client: Client, people: People, meeting: Meeting) -> None:
    assert not reads(people, meeting)
    path = f"/cua-kiem-tra/chi-bo/{people.cell.pk}/"
    answer = sign_in(client, people.dung).post(path, typed(meeting))
    assert answer.headers["Location"] == "/hai-nguoi/"
    assert not reads(people, meeting) and not InspectionDoor.objects.exists()
    agree(people, "hoa")
    assert InspectionDoor.objects.get().opened_by == people.dung.pk
    page = sign_in(Client(), people.inspector).get(f"/cuoc-hop/{meeting.pk}/bien-ban/").content.decode()
    assert SAID in page
    assert CLOSED not in page
    assert "Nội dung mục này chỉ người dự họp được đọc" in page
    assert "Thư ký Phạm Minh Tâm" in page, "the names of those who signed"


def test_the_cells_committee_sees_it_before_the_first_reading(people: People, meeting: Meeting) -> None:
    door = opened(people, meeting)
    assert not Reading.objects.filter(person_id=people.inspector.pk).exists()
    secretary = sign_in(Client(), people.lan)
    for path in ("/so-chi-bo/", "/cua-kiem-tra/", f"/cua-kiem-tra/{door.pk}/", f"/cuoc-hop/{meeting.pk}/bien-ban/"):
        assert "Trịnh Công Nhân" in secretary.get(path).content.decode(), path
    assert "Trịnh Công Nhân" not in sign_in(Client(), people.binh).get("/so-chi-bo/").content.decode()


def test_the_committee_sees_each_reading(people: People, meeting: Meeting) -> None:
    door = opened(people, meeting)
    assert reads(people, meeting)
    page = sign_in(Client(), people.lan).get(f"/cua-kiem-tra/{door.pk}/").content.decode()
    assert "Biên bản" in page.split("Đã đọc")[1]


def test_the_event_holds_ids_and_days_alone(people: People, meeting: Meeting) -> None:
    opened(people, meeting)
    event = Event.objects.get(kind="inspection.opened")
    assert event.chain == people.cell.pk
    assert event.payload is not None
    assert "Nhân" not in event.payload
    assert "QĐ" not in event.payload


def test_it_lets_in_to_that_meeting_alone_and_to_no_other_page(people: People, meeting: Meeting) -> None:
    other = held(people, months_ago=2)
    opened(people, meeting)
    inspector = sign_in(Client(), people.inspector)
    for path in (
        f"/cuoc-hop/{other.pk}/bien-ban/",
        f"/cuoc-hop/{other.pk}/",
        f"/cuoc-hop/{meeting.pk}/phong/",
        f"/cuoc-hop/{meeting.pk}/chuan-bi/",
        f"/cuoc-hop/{meeting.pk}/van-ban/chuong-trinh.docx",
        "/so-chi-bo/",
        "/so-chi-bo/dang-vien/",
        "/cuoc-hop/",
        "/cong-viec/",
    ):
        assert inspector.get(path).status_code == 404, path


def test_of_the_meetings_own_page_it_opens_when_and_where_alone(people: People, meeting: Meeting) -> None:
    opened(people, meeting)
    make.item(meeting, "Chuyện riêng của chi bộ", text="Nội dung riêng")
    page = sign_in(Client(), people.inspector).get(f"/cuoc-hop/{meeting.pk}/").content.decode()
    assert meeting.place in page
    assert "riêng" not in page


def test_the_last_day_is_in_and_the_next_is_out(people: People, meeting: Meeting) -> None:
    opened(people, meeting, days=3)
    for day, expected in ((0, True), (2, True), (3, False)):
        with dates.at(dates.now() + timedelta(days=day)):
            assert reads(people, meeting) is expected, day


def test_closing_early_takes_effect_at_once(people: People, meeting: Meeting) -> None:
    door = opened(people, meeting)
    assert reads(people, meeting)
    sign_in(Client(), people.hoa).post(f"/cua-kiem-tra/{door.pk}/dong/")
    assert not reads(people, meeting)
    with pytest.raises(NotPossible):
        door.refresh_from_db()
        close_door(by=people.standing("dung"), door=door)


def test_the_province_opens_one_too(people: People, meeting: Meeting) -> None:
    opened(people, meeting, by="thu")
    assert reads(people, meeting)


@pytest.mark.parametrize("who", ["lan", "binh", "khanh", "phuc", "inspector"])
def test_nobody_opens_one_without_an_office_above(people: People, meeting: Meeting, who: str) -> None:
    with pytest.raises(Http404):
        opened(people, meeting, by=who)


def test_an_administrator_opens_none_even_in_a_staff_session(people: People, meeting: Meeting) -> None:
    session = make.staff_session(people.operator)
    operator = Standing(account_id=people.operator.pk, staff=session.pk)
    with pytest.raises(Http404):
        open_door(
            by=operator, cell=people.cell, meeting_id=meeting.pk, login="inspector", full_name="", document="x", days=1
        )
    with scope(operator), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        make.door(meeting, people.inspector, people.dung)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"login": "khong-co"}, "Không có tài khoản nào như vậy"),
        ({"full_name": "Trịnh Công Nhâm"}, "Họ tên không khớp"),
        ({"login": "dung", "full_name": "Đỗ Tiến Dũng"}, "Không tự mở cửa cho mình"),
        ({"login": "binh", "full_name": "Đặng Văn Bình"}, "thuộc chính chi bộ"),
        ({"login": "suspended", "full_name": "Đoàn Văn Lợi"}, "đình chỉ"),
        ({"days": "31"}, "không quá 30"),
        ({"days": "0"}, "từ 1 trở lên"),
        ({"document": ""}, "Chưa ghi “Theo văn bản số, ngày nào”"),
        ({"meeting": ""}, "Chưa chọn “Cuộc họp được kiểm tra”"),
    ],
)
def test_it_validates(client: Client, people: People, meeting: Meeting, fields: dict[str, str], words: str) -> None:
    answer = sign_in(client, people.dung).post(f"/cua-kiem-tra/chi-bo/{people.cell.pk}/", typed(meeting, **fields))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "QĐ 12-QĐ/UBKT" in page or "document" in fields, "nothing typed is lost"
    assert not InspectionDoor.objects.exists()


def test_a_second_door_for_the_same_person_is_refused_while_one_is_open(people: People, meeting: Meeting) -> None:
    opened(people, meeting)
    with pytest.raises(NotPossible, match="đang mở đến hết ngày"):
        opened(people, meeting)


def test_minutes_that_are_not_signed_stay_shut(people: People) -> None:
    meeting = held(people, signed_at=None, state="closed")
    opened(people, meeting)
    assert not reads(people, meeting)


def test_the_committees_own_meeting_has_no_door(people: People) -> None:
    meeting = held(people, body="committee")
    with pytest.raises(Http404):
        opened(people, meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.door(meeting, people.inspector, people.dung)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_holds_thirty_days_and_no_door_for_oneself(people: People, meeting: Meeting) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.door(meeting, people.inspector, people.dung, days_open=31)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.door(meeting, people.dung, people.dung)
    with scope(people.standing("dung")), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        make.door(meeting, people.dung, people.hoa)


def test_the_names_behind_a_door_are_those_of_its_minutes(people: People, meeting: Meeting) -> None:
    opened(people, meeting)
    inspector = people.standing("inspector")
    known = set(visible(Person.objects.all(), inspector).values_list("pk", flat=True))
    assert {people.lan.pk, people.tam.pk} <= known
    assert not {people.binh.pk, people.mai.pk, people.tu.pk} & known
