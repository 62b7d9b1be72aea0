"""The cell's book: its first page, its description, who may see what."""

import pytest
from django.test import Client

from chibo.access.matrix import TABLES
from chibo.audit.models import Event
from chibo.directory.rights import CLASSES, GROUPS, NO_PERSON, sees
from tests.people import People, sign_in

INFORMATION = {
    "name": "Chi bộ thôn Phú Hòa",
    "category": "hamlet",
    "registered_day": "5",
    "registered_time": "19h30",
    "meeting_place": "Nhà văn hóa",
    "locality": "Hàm Thạnh",
}


def test_it_works(client: Client, people: People) -> None:
    page = sign_in(client, people.lan).get("/so-chi-bo/").content.decode()
    assert "Chi bộ thôn Phú Hòa" in page
    assert "8 đảng viên" in page or "9 đảng viên" in page
    assert "ngày 03 hằng tháng" in page
    assert "Nguyễn Thị Lan" in page


def test_a_member_reads_it_without_the_links_to_change_it(client: Client, people: People) -> None:
    page = sign_in(client, people.binh).get("/so-chi-bo/").content.decode()
    assert "Sửa thông tin chi bộ" not in page
    assert "Tờ mời đăng nhập" not in page


def test_the_description_is_changed_and_recorded(client: Client, people: People) -> None:
    answer = sign_in(client, people.lan).post("/so-chi-bo/thong-tin/", INFORMATION | {"name": "Chi bộ thôn Phú Hòa 1"})
    assert answer.status_code == 302
    people.cell.refresh_from_db()
    assert people.cell.registered_day == 5
    assert people.cell.name == "Chi bộ thôn Phú Hòa 1"
    assert people.cell.names.count() == 2
    assert Event.objects.filter(kind="cell.described", chain=people.cell.pk, actor_id=people.lan.pk).exists()


def test_the_term_is_set_and_may_not_cover_another(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    fields = {"term": "1", "term-name": "2022-2025", "term-since": "01/06/2022", "term-until": "01/06/2026"}
    answer = client.post("/so-chi-bo/thong-tin/", fields)
    assert answer.status_code == 422
    assert "nhiệm kỳ khác" in answer.content.decode()
    assert client.post("/so-chi-bo/thong-tin/", fields | {"term-until": "31/12/2024"}).status_code == 302
    assert people.cell.terms.count() == 2


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [("registered_day", "31", "không quá 28"), ("registered_time", "7 rưỡi", "Ghi giờ"), ("name", "", "Chưa ghi")],
)
def test_it_validates_the_description(client: Client, people: People, field: str, typed: str, words: str) -> None:
    answer = sign_in(client, people.lan).post("/so-chi-bo/thong-tin/", INFORMATION | {field: typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Nhà văn hóa" in answer.content.decode()


@pytest.mark.parametrize("who", ["binh", "tam", "mai", "khanh", "dung", "hoa", "thu", "suspended"])
def test_it_checks_access(client: Client, people: People, who: str) -> None:
    sign_in(client, people.all()[who])
    assert client.post("/so-chi-bo/thong-tin/", INFORMATION).status_code == 404
    assert client.get("/so-chi-bo/thong-tin/").status_code == 404


def test_another_cells_secretary_changes_only_the_own_cell(client: Client, people: People) -> None:
    sign_in(client, people.phuc).post("/so-chi-bo/thong-tin/", INFORMATION | {"name": "Chi bộ khác"})
    people.cell.refresh_from_db()
    assert people.cell.name == "Chi bộ thôn Phú Hòa"


def test_who_may_see_what_names_the_people_and_follows_the_matrix(client: Client, people: People) -> None:
    page = sign_in(client, people.binh).get("/so-chi-bo/ai-xem-duoc-gi/").content.decode()
    for words in ("Lý Quốc Khánh", "Nguyễn Thị Lan", "Ý kiến chuẩn bị (khi người viết đã gửi)"):
        assert words in page


def test_every_guarded_table_is_told_in_plain_words_once() -> None:
    told = [table for tables in CLASSES.values() for table in tables]
    assert sorted([*told, *NO_PERSON]) == sorted(TABLES)


def test_no_group_is_told_more_than_the_matrix_allows() -> None:
    groups = {group.key: sees(group) for group in GROUPS}
    assert not any("biên bản" in one for one in groups["commune"])
    assert "biên bản (khi đã gửi lên, trừ phần kín)" in groups["follower"]
    assert groups["province"] == [
        "số liệu của buổi họp",
        "ai giữ chức vụ gì",
        "cửa kiểm tra",
        "phiên quản trị của người phụ trách máy",
        "việc từ cấp trên cần hai người",
        "tên, mã và cấp trên của tổ chức đảng",
        "dấu khóa của tỉnh khác",
        "yêu cầu về dữ liệu cá nhân gửi tới nơi mình giữ chức vụ",
        "sổ sự cố dữ liệu",
    ]
    of_a_door = [one for one in groups["inspector"] if not one.startswith("lịch họp")]
    assert all("buổi được kiểm tra, trừ phần kín" in one for one in of_a_door)
    assert groups["staff"] == ["ai giữ chức vụ gì", "phiên quản trị của người phụ trách máy"]
