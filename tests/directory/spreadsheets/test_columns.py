"""Columns that Chibo does not know: matched by a person once, remembered, changed; what is never held is not kept."""

import json
import zlib

import pytest
from django.test import Client

from chibo.directory.models import ColumnMatching, ImportPiece, ImportRun
from chibo.members.models import Person
from tests.directory.spreadsheets.sheets import look_at, press, run_of
from tests.people import People, sign_in

PAGE = "/so-chi-bo/dang-vien/nhap/"
STRANGE = ("Thành viên", "Diện", "Số máy", "Ghi chú")
ROW = ("Trương Văn Bảy", "chính thức", "0912345678", "hay ốm")


def kept() -> str:
    """Everything that is kept of files under way, and what was remembered."""
    pieces = [zlib.decompress(bytes(one.content)).decode() for one in ImportPiece.objects.all() if one.content]
    runs = [json.dumps([one.tables, one.report], ensure_ascii=False) for one in ImportRun.objects.all()]
    return "\n".join([*pieces, *runs, *ColumnMatching.objects.values_list("words", flat=True)])


def test_it_works(client: Client, people: People) -> None:
    page = look_at(sign_in(client, people.lan), PAGE, [STRANGE, ROW])
    assert "Mỗi cột là gì" in page and "Cột A: Thành viên" in page and "Cột C: Số máy" in page
    page = press(client, page, "cot", **{"cot-0-A": "full_name", "cot-0-B": "kind", "cot-0-C": "phone"})
    assert "1 hàng nhập được" in page and "0912345678" in page
    press(client, page)
    assert Person.objects.get(full_name="Trương Văn Bảy").contact.phone == "0912345678"


def test_what_was_matched_is_remembered_for_the_next_file_and_can_be_changed(client: Client, people: People) -> None:
    answers = {"cot-0-A": "full_name", "cot-0-B": "kind", "cot-0-C": "phone"}
    press(client, look_at(sign_in(client, people.lan), PAGE, [STRANGE, ROW]), "cot", **answers)
    remembered = dict(ColumnMatching.objects.values_list("words", "key"))
    assert remembered == {"thanh vien": "full_name", "so may": "phone"}
    page = look_at(client, PAGE, [STRANGE, ROW])
    assert "1 hàng nhập được" in page and "Như lần trước" in page and "Chính thức, 0912345678" in page
    page = press(client, page, "cot", **(answers | {"cot-0-C": ""}))
    assert "Thêm 1 đồng chí" in page and "Chính thức, 0912345678" not in page
    assert ColumnMatching.objects.get(words="so may").key == ""
    assert "Chính thức, 0912345678" not in look_at(client, PAGE, [STRANGE, ROW])


def test_it_is_remembered_for_whoever_matched_it(client: Client, people: People) -> None:
    answers = {"cot-0-A": "full_name", "cot-0-B": "kind", "cot-0-C": "phone"}
    press(client, look_at(sign_in(client, people.lan), PAGE, [STRANGE, ROW]), "cot", **answers)
    assert "Mỗi cột là gì" in look_at(sign_in(client, people.hung), PAGE, [STRANGE, ROW])


def test_two_columns_cannot_hold_one_thing(client: Client, people: People) -> None:
    page = look_at(sign_in(client, people.lan), PAGE, [STRANGE, ROW])
    answers = {"cot-0-A": "full_name", "cot-0-B": "kind", "cot-0-C": "kind"}
    answer = client.post(f"{run_of(page)}cot/", answers)
    assert answer.status_code == 422
    assert "Cột B và cột C cùng là chính thức hay dự bị" in answer.content.decode()
    assert not ColumnMatching.objects.exists()


def test_a_guess_is_shown_and_waits_for_an_answer(client: Client, people: People) -> None:
    page = look_at(sign_in(client, people.lan), PAGE, [("Họ và tên", "Diện", "Zalo"), ROW[:3]])
    assert "Mỗi cột là gì" in page
    assert '<option value="phone" selected>' in page


def test_a_column_that_says_nothing_to_us_holds_nobody_up(client: Client, people: People) -> None:
    page = look_at(sign_in(client, people.lan), PAGE, [("Họ và tên", "Diện", "Màu áo"), (*ROW[:2], "đỏ")])
    assert "1 hàng nhập được" in page and "Chưa dùng đến:</b> Màu áo (C)" in page


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Số CCCD", "068175001234"),
        ("Dân tộc", "Chăm"),
        ("Tôn giáo", "Phật giáo Hòa Hảo"),
        ("Địa chỉ thường trú", "Số 9 đường Lê Lợi"),
        ("Tình trạng sức khỏe", "Yếu tim"),
        ("Ghi chú", "Yếu tim"),
        # No heading tells it: what stands there does.
        ("Giấy tờ tùy thân số", "068175001234"),
        ("DT", "Kinh"),
        ("Mã đảng viên", "068175001234"),
    ],
)
def test_what_chibo_does_not_hold_is_kept_nowhere(client: Client, people: People, heading: str, value: str) -> None:
    rows = [("Họ và tên", "Diện", "Zalo", heading), (*ROW[:3], value)]
    page = look_at(sign_in(client, people.lan), PAGE, rows)
    assert value not in kept()
    page = press(client, page, "cot", **{"cot-0-A": "full_name", "cot-0-B": "kind", "cot-0-C": "phone"})
    assert "1 hàng nhập được" in page and heading.split()[0] in page
    press(client, page)
    assert value not in kept()
    assert Person.objects.get(full_name=ROW[0]).code == ""


def test_the_heading_of_what_is_never_held_cannot_be_matched(client: Client, people: People) -> None:
    rows = [("Họ và tên", "Diện", "Zalo", "Số CCCD"), (*ROW[:3], "068175001234")]
    page = look_at(sign_in(client, people.lan), PAGE, rows)
    assert "cot-0-D" not in page
    answers = {"cot-0-A": "full_name", "cot-0-B": "kind", "cot-0-C": "phone", "cot-0-D": "code"}
    press(client, press(client, page, "cot", **answers))
    assert Person.objects.get(full_name=ROW[0]).code == ""
    assert set(ColumnMatching.objects.values_list("words", flat=True)) == {"zalo"}
