"""What a device brings along: all that the room needs, of this meeting alone, for its keepers alone."""

import gzip
import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chibo.lib.dates import now, today
from chibo.meetings.models import Entry, Guest, Invitee, Meeting, Opinion, State
from chibo.meetings.room import commands
from chibo.meetings.room.commands import Pen
from chibo.resolutions.models import Progress, Task
from chibo.resolutions.room import commands as deciding
from tests import make
from tests.people import People, sign_in


def url(meeting: Meeting) -> str:
    return f"/cuoc-hop/{meeting.pk}/phong/goi/"


def pack_of(client: Client, meeting: Meeting) -> dict[str, Any]:
    answer = client.get(url(meeting))
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def opened(meeting: Meeting, people: People) -> Pen:
    pen = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=pen, chair=people.lan.pk)
    return pen


def test_it_works(lan: Client, meeting: Meeting, people: People, django_assert_num_queries: Any) -> None:
    lan.get(url(meeting))
    with django_assert_num_queries(43):
        found = pack_of(lan, meeting)
    assert found["meeting"]["id"] == str(meeting.pk) and found["meeting"]["day"] == today().isoformat()
    assert found["meeting"]["starts_at"] == meeting.starts_at.timestamp() * 1000
    assert found["me"] == {
        "person": str(people.lan.pk),
        "name": "Nguyễn Thị Lan",
        "may_open": True,
    }
    keys = [step["key"] for step in found["steps"]]
    item = str(meeting.parts.get().items.first().pk)
    assert keys == ["diem-danh", "viec-cu", f"muc/{item}", "viec-moi", "cham-diem", "ket-luan", "ket-thuc"]
    assert found["steps"][2]["questions"] == ["Nhà mình làm được gì ở ngã ba?"]
    assert found["proposed"] == {"chair": str(people.lan.pk), "clerk": str(people.tam.pk)}
    assert found["old_tasks"][0]["lead_name"] == "Đặng Văn Bình"
    assert found["scoring"]["rubric"]["key"] == "hd42-2025" and found["scoring"]["facts"]["old_tasks"] == 1
    opened(meeting, people)
    assert pack_of(lan, meeting)["scoring"] == {}  # the opening holds it from then on


@pytest.mark.parametrize("name", ["lan", "hung", "quyen", "tam"])
def test_each_keeper_is_given_the_same_meeting(client: Client, meeting: Meeting, people: People, name: str) -> None:
    found = pack_of(sign_in(client, getattr(people, name)), meeting)
    assert found["me"]["person"] == str(getattr(people, name).pk)
    assert found["me"]["may_open"] == (name != "tam")
    assert len(found["people"]) == 10


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.OPEN, State.CLOSED])
@pytest.mark.parametrize(
    "name", ["binh", "mai", "tu", "son", "khanh", "dung", "hoa", "thu", "phuc", "former", "left", "suspended"]
)
def test_it_checks_access(client: Client, meeting: Meeting, people: People, name: str, state: str) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    answer = sign_in(client, getattr(people, name)).get(url(meeting))
    assert (answer.status_code, answer.json()) == (404, {"error": "not_found"})


def test_whoever_is_not_signed_in_is_told_so_in_json(client: Client, meeting: Meeting, people: People) -> None:
    answer = client.get(url(meeting))
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})
    assert sign_in(client, people.operator).get(url(meeting)).status_code == 404


def test_no_cache_keeps_it(lan: Client, meeting: Meeting) -> None:
    assert lan.get(url(meeting)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("body", ["cell", "committee"])
def test_a_device_opens_with_the_roll_and_the_keepers_that_the_server_opens_with(
    lan: Client, people: People, body: str
) -> None:
    meeting = make.meeting(people.cell, starts_at=make.at(today()), body=body)
    found = pack_of(lan, meeting)
    opened(meeting, people)
    (entry,) = Entry.objects.filter(meeting=meeting, kind="open")
    written = json.loads(entry.payload or "{}")
    mine = [
        {key: one[key] for key in ("kind", "exempt", "away", "suspended")} | {"person": one["id"]}
        for one in found["people"]
    ]
    assert mine == written["roll"]
    assert found["keepers"] == written["keepers"]
    assert len(mine) == (3 if body == "committee" else 10)


def test_once_it_has_opened_the_people_are_those_on_the_roll(lan: Client, meeting: Meeting, people: People) -> None:
    before = pack_of(lan, meeting)["people"]
    opened(meeting, people)
    make.member("Trần Thị Mới", people.cell)
    assert pack_of(lan, meeting)["people"] == before


def test_it_is_given_till_the_minutes_are_signed(lan: Client, meeting: Meeting, people: People) -> None:
    for state, status in ((State.CLOSED, 200), (State.SIGNED, 404), (State.CANCELLED, 404)):
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
        assert lan.get(url(meeting)).status_code == status


def test_a_task_that_the_meeting_settled_is_still_told_after_its_closing(
    lan: Client, meeting: Meeting, people: People
) -> None:
    pen = opened(meeting, people)
    task = pack_of(lan, meeting)["old_tasks"][0]["id"]
    deciding.review(pen=pen, task=Task.objects.get(pk=task), result="done")
    deciding.conclude(pen=pen, kind="conclusion", parts={"conclusion": "Thống nhất."})
    Task.objects.filter(pk=task).update(settled_at=now())
    Meeting.objects.filter(pk=meeting.pk).update(state=State.CLOSED)
    assert [one["id"] for one in pack_of(lan, meeting)["old_tasks"]] == [task]


def test_an_opinion_comes_along_only_once_it_was_handed_in(lan: Client, meeting: Meeting, people: People) -> None:
    item = meeting.parts.get().items.first()
    Opinion.objects.create(**meeting.keys, item=item, author=people.binh, text="Còn đang nghĩ")
    Opinion.objects.create(**meeting.keys, item=item, author=people.lan, text="Chính tôi còn đang nghĩ")
    handed = Opinion.objects.create(**meeting.keys, item=item, author=people.mai, text="Xin gửi", handed_in_at=now())
    found = pack_of(lan, meeting)
    assert [one["id"] for one in found["opinions"]] == [str(handed.pk)]
    assert "còn đang nghĩ" not in json.dumps(found, ensure_ascii=False).lower()


def test_nothing_more_is_told_of_anyone(lan: Client, meeting: Meeting, people: People) -> None:
    make.contact(people.binh, "0905123456", shared=True)
    Invitee.objects.create(
        **meeting.keys, person=people.binh, answer="absent", reason="health", reason_text="mổ ruột thừa"
    )
    found = pack_of(lan, meeting)
    said = json.dumps(found, ensure_ascii=False)
    for secret in ("0905123456", "mổ ruột thừa", "1975", "45.001205"):
        assert secret not in said
    person = next(one for one in found["people"] if one["id"] == str(people.binh.pk))
    assert person["announced"] == "sức khỏe"
    assert set(person) == {"id", "name", "given", "kind", "exempt", "away", "suspended", "announced"}


def test_guests_known_beforehand_come_along(lan: Client, meeting: Meeting, people: People) -> None:
    last = Meeting.objects.get(state=State.SIGNED)
    for name, office in (("Trần Văn Long", "Trưởng ban công tác Mặt trận"), ("Lý Quốc Khánh", "Đảng ủy viên")):
        Guest.objects.create(**last.keys, name=name, office=office)
    assert pack_of(lan, meeting)["guests"] == [
        {"name": "Lý Quốc Khánh", "office": "Cấp ủy viên phụ trách chi bộ"},
        {"name": "Trần Văn Long", "office": "Trưởng ban công tác Mặt trận"},
    ]


def test_of_a_closed_item_only_its_title_and_its_page(lan: Client, meeting: Meeting, people: People) -> None:
    item = make.item(meeting, "Việc riêng", closed_paper="trang 12", text="Lời không được giữ")
    make.question(item, "Câu hỏi không được giữ")
    Opinion.objects.create(**meeting.keys, item=item, author=people.mai, text="Ý không được giữ", handed_in_at=now())
    found = pack_of(lan, meeting)
    assert "không được giữ" not in json.dumps(found, ensure_ascii=False).lower()
    (step,) = [one for one in found["steps"] if one["item"] == str(item.pk)]
    assert (step["title"], step["paper"], step["text"], step["questions"]) == ("Việc riêng", "trang 12", "", [])


def test_a_clerk_of_the_cell_does_not_take_along_what_its_committee_decided(
    client: Client, meeting: Meeting, people: People
) -> None:
    before = make.signed(people.cell, body="committee", present=(people.lan,), months_ago=2)
    make.task(before, people.hung, "Việc riêng của chi ủy")
    make.resolution(before, conclusion="Kết luận riêng của chi ủy")
    said = json.dumps(pack_of(sign_in(client, people.tam), meeting), ensure_ascii=False)
    assert "riêng của chi ủy" not in said
    other = make.meeting(people.cell, starts_at=make.at(today()), body="committee")
    assert sign_in(client, people.tam).get(url(other)).status_code == 404
    assert sign_in(client, people.hung).get(url(other)).status_code == 200


def test_what_the_lead_last_said_of_a_task_comes_along(lan: Client, meeting: Meeting, people: People) -> None:
    before = make.signed(people.cell, months_ago=2, present=(people.lan,))
    make.resolution(before, conclusion="Thống nhất", period=date(2026, 9, 1))
    task = make.task(before, people.binh, due=today())
    keys = {"meeting_id": task.meeting_id, "cell_id": task.cell_id, "body": task.body}
    for note, hours in (("mới mua cột", 5), ("đã lắp một gương", 1)):
        Progress.objects.create(
            **keys, task=task, state="under_way", note=note, by=people.binh, at=now() - make.timedelta(hours=hours)
        )
    (told,) = [one for one in pack_of(lan, meeting)["old_tasks"] if one["id"] == str(task.pk)]
    assert (told["latest"]["words"], told["latest"]["note"]) == ("đang làm", "đã lắp một gương")
    assert told["given"] == ""  # by the meeting of the last resolution


def test_a_usual_meeting_of_25_is_small(lan: Client, people: People) -> None:
    for number in range(16):
        make.member(f"Nguyễn Hoàng Phương {number}", people.cell)
    meeting = make.meeting(people.cell, starts_at=make.at(today()))
    for number in range(10):
        one = make.item(meeting, f"An toàn giao thông ở ngã ba Bàu Sen, phần {number}")
        make.question(one)
        make.question(one, "Nhà mình đã góp được gì, còn vướng ở đâu?", position=2)
    for months in (1, 2, 3):
        for _ in range(4):
            make.task(make.signed(people.cell, months_ago=months, present=(people.lan,)), people.binh)
    content = lan.get(url(meeting)).content
    assert len(content) <= 38_000 and len(gzip.compress(content)) <= 9_000
