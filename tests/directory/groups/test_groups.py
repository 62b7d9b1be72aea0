"""Tổ đảng: dated groups in the cell; one group a person a day, one leader a group a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chibo.audit.models import Event
from chibo.lib.dates import today
from chibo.members.models import GroupMember, PartyGroup
from tests import make
from tests.people import People, sign_in

PAGE = "/so-chi-bo/to-dang/"
TODAY = today()
DAY = timedelta(days=1)


def place(client: Client, group: PartyGroup, *people: Any, role: str = "member", since: str = "") -> Any:
    typed = {
        "place": "1",
        "place-people": [str(one.pk) for one in people],
        "place-role": role,
        "place-since": since or TODAY.isoformat(),
    }
    return client.post(f"{PAGE}{group.pk}/", typed)


def roles(group: PartyGroup, day: Any = TODAY) -> dict[Any, str]:
    return dict(group.members.filter(validity__contains=day).values_list("person_id", "role"))


def test_it_works(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    assert "Chi bộ chưa chia tổ đảng" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"name": "Tổ đảng số 1", "since": TODAY.isoformat(), "decision": "NQ 02"})
    group = PartyGroup.objects.get()
    assert answer.headers["Location"] == f"{PAGE}{group.pk}/"
    place(client, group, people.binh, people.mai)
    place(client, group, people.hung, role="leader")
    assert roles(group) == {people.binh.pk: "member", people.mai.pk: "member", people.hung.pk: "leader"}
    page = sign_in(client, people.binh).get(PAGE).content.decode().split("<main")[1]
    assert page.index("Trần Văn Hùng") < page.index("Đặng Văn Bình"), "the leader first"
    assert "Lập tổ đảng" not in page
    assert set(Event.objects.values_list("kind", flat=True)) >= {"group.created", "group.members_placed"}


def test_a_new_leader_makes_the_former_one_a_member(client: Client, people: People) -> None:
    group = make.group(people.cell)
    make.group_member(group, people.hung, "leader")
    place(sign_in(client, people.lan), group, people.binh, role="leader")
    assert roles(group) == {people.hung.pk: "member", people.binh.pk: "leader"}
    assert roles(group, TODAY - DAY) == {people.hung.pk: "leader"}


def test_whoever_comes_from_another_group_leaves_it(client: Client, people: People) -> None:
    first, second = make.group(people.cell), make.group(people.cell, "Tổ đảng số 2")
    make.group_member(first, people.binh)
    place(sign_in(client, people.lan), second, people.binh)
    assert people.binh.pk not in roles(first)
    assert people.binh.pk in roles(first, TODAY - DAY)
    assert roles(second) == {people.binh.pk: "member"}


def test_a_group_is_dissolved_with_all_in_it(client: Client, people: People) -> None:
    group = make.group(people.cell)
    make.group_member(group, people.binh)
    sign_in(client, people.lan).post(f"{PAGE}{group.pk}/", {"dissolve": "1", "end-last_day": TODAY.isoformat()})
    assert roles(group, TODAY + DAY) == {}
    assert roles(group) == {people.binh.pk: "member"}
    group.refresh_from_db()
    assert group.validity.upper == TODAY + DAY


def test_a_member_leaves_the_group(client: Client, people: People) -> None:
    group = make.group(people.cell)
    row = make.group_member(group, people.binh)
    path = f"{PAGE}{group.pk}/{row.pk}/"
    assert sign_in(client, people.lan).post(path, {"last_day": TODAY.isoformat()}).status_code == 302
    assert roles(group, TODAY + DAY) == {}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "", "since": TODAY.isoformat()}, "Chưa ghi"),
        ({"name": "TỔ ĐẢNG SỐ 1", "since": TODAY.isoformat()}, "Ghi tên khác"),
        ({"name": "Tổ hai", "since": "31/02/2026"}, "Không có ngày"),
    ],
)
def test_it_validates_a_group(client: Client, people: People, fields: dict[str, str], words: str) -> None:
    make.group(people.cell)
    answer = sign_in(client, people.lan).post(PAGE, fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert PartyGroup.objects.count() == 1


def test_it_validates_placing(client: Client, people: People) -> None:
    group = make.group(people.cell)
    sign_in(client, people.lan)
    for answer, words in (
        (place(client, group), "Chưa"),
        (place(client, group, people.binh, people.mai, role="leader"), "Chọn một đồng chí"),
        (place(client, group, people.binh, since="01/01/2000"), "Tổ lập ngày"),
        (place(client, group, people.phuc), "không còn trong danh sách"),
    ):
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not GroupMember.objects.exists()


@pytest.mark.parametrize("who", ["binh", "tam", "khanh", "dung", "phuc", "former"])
def test_it_checks_access(client: Client, people: People, who: str) -> None:
    group = make.group(people.cell)
    row = make.group_member(group, people.mai)
    sign_in(client, people.all()[who])
    assert place(client, group, people.binh).status_code == 404
    assert client.post(f"{PAGE}{group.pk}/{row.pk}/", {"last_day": TODAY.isoformat()}).status_code == 404
    if who != "phuc":
        assert client.post(PAGE, {"name": "Tổ hai", "since": TODAY.isoformat()}).status_code == 404
    assert PartyGroup.objects.filter(cell=people.cell).count() == 1
