"""The tree on screens: browse, search, a body on any day, acts seen before they are done, terms, followers."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from chibo.access.models import Office, TermOfOffice
from chibo.access.standing import standing_of
from chibo.directory.models import TwoPersonAct
from chibo.lib import dates
from chibo.lib.dates import format_date, now, today
from chibo.members.models import Membership
from chibo.orgs.models import Kind, Organisation, TreeAct
from tests import make
from tests.directory.tree.place import act
from tests.people import People, sign_in
from tests.second import agree

DAY = today().isoformat()


def confirm(client: Client, path: str, typed: dict) -> object:
    """Fill in, look at the preview, and press its button."""
    seen = client.post(path, typed)
    assert seen.status_code == 200, seen.content.decode()
    digest = re.search(r'name="seen" value="(\w+)"', seen.content.decode())
    assert digest is not None
    return client.post(path, typed | {"seen": digest[1]})


def test_it_works(client: Client, people: People, django_assert_max_num_queries) -> None:
    sign_in(client, people.dung).get("/to-chuc/")
    with django_assert_max_num_queries(14):
        page = client.get("/to-chuc/").content.decode()
    assert "3 chi bộ, " in page
    assert page.index("Chi bộ cơ quan Đảng ủy xã") < page.index("Chi bộ thôn Dân Hiệp") < page.index("Chi bộ thôn Phú")
    page = sign_in(client, people.thu).get("/to-chuc/").content.decode()
    assert "Đảng ủy xã Hàm Thạnh" in page
    number = Membership.objects.filter(validity__contains=today()).exclude(kind="temporary").count()
    assert f"3 chi bộ, {number} đảng viên" in page  # the province counts and reads no list


def test_the_number_of_queries_does_not_grow_with_the_tree(client: Client, people: People) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/to-chuc/").status_code == 200
        return len(found)

    sign_in(client, people.dung).get("/to-chuc/")
    before = queries()
    for number in range(30):
        make.cell(people.commune, f"Chi bộ thôn Thứ {number}")
    assert queries() == before


@pytest.mark.parametrize("typed", ["phu hoa", "PHÚ HÒA", "Phú Hoà", "cb0"])
def test_a_search_needs_no_marks(client: Client, people: People, typed: str) -> None:
    if typed == "cb0":
        typed = people.cell.code
    page = sign_in(client, people.thu).get("/to-chuc/", {"tim": typed}).content.decode()
    assert "Chi bộ thôn Phú Hòa" in page


def test_a_former_name_is_found_too(client: Client, people: People) -> None:
    act(TreeAct.Kind.RENAME, people.cell, name="Chi bộ thôn Bàu Sen")
    page = sign_in(client, people.dung).get("/to-chuc/", {"tim": "phu hoa"}).content.decode()
    assert "nay là Chi bộ thôn Bàu Sen" in page


def test_what_is_found_stands_in_vietnamese_order(client: Client, people: People) -> None:
    for name in ("Chi bộ Ổi", "Chi bộ Đào", "Chi bộ Da", "Chi bộ Ăn", "Chi bộ An"):
        make.cell(people.commune, name)
    page = sign_in(client, people.dung).get("/to-chuc/", {"tim": "chi bo"}).content.decode()
    found = [page.index(f">{name}<") for name in ("Chi bộ An", "Chi bộ Ăn", "Chi bộ Da", "Chi bộ Đào", "Chi bộ Ổi")]
    assert found == sorted(found)


def test_a_search_for_nothing_that_is_there_says_what_to_do(client: Client, people: People) -> None:
    page = sign_in(client, people.dung).get("/to-chuc/", {"tim": "zzz"}).content.decode()
    assert "Không có tổ chức nào tên “zzz”" in page
    assert "không cần dấu" in page


def test_a_body_is_read_as_it_was_on_a_day(client: Client, people: People) -> None:
    far = make.commune(people.province, "Đảng ủy xã Hàm Minh")
    day = today() - timedelta(days=30)
    act(TreeAct.Kind.MOVE, people.cell, parent=str(far.pk), day=day)
    act(TreeAct.Kind.RENAME, people.cell, name="Chi bộ thôn Bàu Sen", day=day)
    sign_in(client, people.thu)
    asked = f"/to-chuc/{people.cell.pk}/?ngay="
    before = client.get(f"{asked}{(day - timedelta(days=1)).isoformat()}").content.decode()
    assert "<dd>Chi bộ thôn Phú Hòa</dd>" in before
    assert "Tỉnh ủy Lâm Đồng › Đảng ủy xã Hàm Thạnh</dd>" in before
    after = client.get(f"{asked}{day.isoformat()}").content.decode()
    assert "<dd>Chi bộ thôn Bàu Sen</dd>" in after
    assert "Tỉnh ủy Lâm Đồng › Đảng ủy xã Hàm Minh</dd>" in after
    assert "Chuyển từ Đảng ủy xã Hàm Thạnh về Đảng ủy xã Hàm Minh" in after
    assert client.get(f"{asked}1/1/1900").status_code == 422
    old = client.get(f"/to-chuc/{people.commune.pk}/?ngay={(day - timedelta(days=1)).isoformat()}").content.decode()
    assert "<dd>3 tổ chức</dd>" in old


def test_an_act_is_seen_before_it_is_done(client: Client, people: People) -> None:
    typed = {
        "others": str(people.sibling.pk), "successor": "new", "name": "Chi bộ thôn Hòa Hiệp", "code": "",
        "effective": DAY, "authority": "QĐ 12-QĐ/ĐU ngày 01/11/2026",
    }  # fmt: skip
    path = f"/to-chuc/{people.cell.pk}/ghi/sap-nhap/"
    sign_in(client, people.dung)
    seen = client.post(path, typed).content.decode()
    assert "Chưa ghi gì" in seen
    assert "13 đảng viên về “Chi bộ thôn Hòa Hiệp”" in seen
    assert "Nguyễn Thị Lan, bí thư, Chi bộ thôn Phú Hòa" in seen
    assert not TreeAct.objects.exists()
    assert "Sáp nhập với" in client.post(path, typed | {"back": "1"}).content.decode()
    answer = confirm(client, path, typed)
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert "sáp nhập thành Chi bộ thôn Hòa Hiệp" in page
    assert "QĐ 12-QĐ/ĐU" in page
    assert "Ghi chức vụ ở Chi bộ thôn Hòa Hiệp" in page
    assert "Hoàn tác việc này" in page


def test_what_changed_since_it_was_seen_is_shown_again(client: Client, people: People) -> None:
    path = f"/to-chuc/{people.cell.pk}/ghi/sap-nhap/"
    typed = {"others": str(people.sibling.pk), "successor": "this", "name": "", "code": "", "effective": DAY}
    sign_in(client, people.dung)
    digest = re.search(r'name="seen" value="(\w+)"', client.post(path, typed).content.decode())
    assert digest is not None
    make.member("Người Mới", people.sibling)
    answer = client.post(path, typed | {"seen": digest[1]})
    assert answer.status_code == 200
    assert "đã có thay đổi" in answer.content.decode()
    assert not TreeAct.objects.exists()


@pytest.mark.parametrize(
    ("slug", "typed", "words"),
    [
        ("doi-ten", {"name": "Chi bộ thôn Dân Hiệp"}, "Đã có “Chi bộ thôn Dân Hiệp”"),
        ("doi-ten", {"name": "Tên mới", "effective": ""}, "Chưa ghi"),
        ("doi-ten", {"name": "Tên mới", "effective": "1/1/1999"}, "Nhập ngày từ 01/01/2010"),
        ("ma-so", {"code": "{sibling_code}"}, "đang là của"),
        ("loai", {"category": "hamlet"}, "đang thuộc loại"),
        ("sap-nhap", {"successor": "new", "name": ""}, "Chưa ghi tên tổ chức mới"),
        ("giai-the", {}, "Còn 10 đảng viên"),
        ("chia-tach", {"name_1": "Một", "stays": "no", "archive": ""}, "giữ hồ sơ"),
    ],
)
def test_it_validates(client: Client, people: People, slug: str, typed: dict[str, str], words: str) -> None:
    filled = {name: value.format(sibling_code=people.sibling.code) for name, value in typed.items()}
    answer = sign_in(client, people.dung).post(f"/to-chuc/{people.cell.pk}/ghi/{slug}/", {"effective": DAY} | filled)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert all(f'value="{value}"' in page for name, value in filled.items() if name in ("name", "code") and value)


@pytest.mark.parametrize("who", ["lan", "binh", "khanh", "phuc", "former", "suspended", "thu", "operator"])
def test_it_checks_access(client: Client, people: People, who: str) -> None:
    """Of a cell's own matters its commune decides; the province does not reach past it, nor anybody inside."""
    sign_in(client, people.operator if who == "operator" else people.all()[who])
    for slug in ("doi-ten", "sap-nhap", "giai-the", "chia-tach", "ma-so"):
        path = f"/to-chuc/{people.cell.pk}/ghi/{slug}/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "Khác", "effective": DAY}).status_code == 404
    assert client.get("/chi-bo/phu-trach/").status_code == 404
    one = act(TreeAct.Kind.RECODE, people.cell, code="X1")
    assert client.post(f"/to-chuc/viec/{one.pk}/hoan-tac/").status_code == 404
    assert client.post(f"/to-chuc/viec/{one.pk}/rut/").status_code == 404
    far = make.commune(people.province, "Đảng ủy xã Khác")
    if who != "thu":
        assert client.get(f"/to-chuc/{far.pk}/").status_code == 404


def test_a_commune_does_not_see_its_neighbour(client: Client, people: People) -> None:
    far = make.commune(people.province, "Đảng ủy xã Khác")
    sign_in(client, people.dung)
    assert client.get(f"/to-chuc/{far.pk}/").status_code == 404
    assert client.get(f"/to-chuc/{people.province.pk}/").status_code == 404
    assert "Đảng ủy xã Khác" not in client.get("/to-chuc/", {"tim": "khac"}).content.decode()


def test_a_waiting_act_stands_in_the_history_and_is_taken_back(client: Client, people: People) -> None:
    day = today() + timedelta(days=20)
    path = f"/to-chuc/{people.cell.pk}/ghi/doi-ten/"
    answer = confirm(sign_in(client, people.dung), path, {"name": "Chi bộ thôn Bàu Sen", "effective": day.isoformat()})
    page = client.get(f"/to-chuc/{people.cell.pk}/").content.decode()
    assert f"Chờ đến ngày {format_date(day)}" in page
    assert client.post(f"{answer.headers['Location']}rut/").status_code == 302
    assert "Đã rút trước ngày có hiệu lực" in client.get(f"/to-chuc/{people.cell.pk}/").content.decode()
    people.cell.refresh_from_db()
    assert people.cell.name == "Chi bộ thôn Phú Hòa"


def test_undoing_on_the_screen(client: Client, people: People) -> None:
    path = f"/to-chuc/{people.cell.pk}/ghi/doi-ten/"
    answer = confirm(sign_in(client, people.dung), path, {"name": "Chi bộ thôn Bàu Sen", "effective": DAY})
    page = client.post(f"{answer.headers['Location']}hoan-tac/", follow=True).content.decode()
    assert "Đã hoàn tác" in page
    people.cell.refresh_from_db()
    assert people.cell.name == "Chi bộ thôn Phú Hòa"
    assert "Đã hoàn tác, coi như chưa thi hành" in client.get(f"/to-chuc/{people.cell.pk}/").content.decode()


# ---------- departments ----------
def test_a_departments_staff_act_for_the_committee_above_it(client: Client, people: People) -> None:
    path = f"/to-chuc/{people.commune.pk}/ghi/lap/"
    typed = {"body_kind": "department", "name": "Ban Xây dựng Đảng", "category": "", "effective": DAY}
    assert confirm(sign_in(client, people.dung), path, typed).status_code == 302
    department = Organisation.objects.get(kind=Kind.DEPARTMENT)
    officer = make.person("Hồ Thị Ban")
    make.account(officer, "ban")
    make.office(officer, department, Office.UPPER_STAFF)
    standing = standing_of(officer.pk)
    assert standing.covers(people.cell.path)
    assert [hat.organisation_id for hat in standing.hats] == [people.commune.pk]
    assert "Chi bộ thôn Phú Hòa" in sign_in(client, officer).get("/chi-bo/").content.decode()
    assert "làm việc thay mặt Đảng ủy xã Hàm Thạnh" in client.get(f"/to-chuc/{department.pk}/").content.decode()


# ---------- terms ----------
def test_terms_are_added_extended_and_closed(client: Client, people: People) -> None:
    path = f"/to-chuc/{people.cell.pk}/nhiem-ky/"
    sign_in(client, people.lan)
    overlap = client.post(path, {"name": "2027-2032", "since": "2027-01-01", "until": ""})
    assert overlap.status_code == 422
    assert "Trùng nhiệm kỳ 2025-2030, từ ngày 01/01/2025 đến hết ngày 30/06/2030" in overlap.content.decode()
    term = people.cell.terms.get()
    assert client.post(f"{path}{term.pk}/", {"until": "2027-06-30"}).status_code == 302
    assert client.post(path, {"name": "2027-2032", "since": "2027-07-01", "until": "2032-06-30"}).status_code == 302
    assert people.cell.term_on(date(2027, 7, 1)).name == "2027-2032"  # type: ignore[union-attr]
    assert client.post(f"{path}{term.pk}/", {"until": "2024-01-01"}).status_code == 422


def test_a_committee_has_terms_kept_by_its_own_staff_and_by_the_province(client: Client, people: People) -> None:
    path = f"/to-chuc/{people.commune.pk}/nhiem-ky/"
    typed = {"name": "2025-2030", "since": "2025-07-01", "until": ""}
    assert sign_in(client, people.dung).post(path, typed).status_code == 302
    assert sign_in(client, people.thu).get(path).status_code == 200
    assert sign_in(client, people.lan).get(path).status_code == 404
    assert sign_in(client, people.thu).get(f"/to-chuc/{people.cell.pk}/nhiem-ky/").status_code == 404


# ---------- who follows which cell ----------
def test_one_person_is_assigned_to_many_cells_at_once(client: Client, people: People) -> None:
    page = sign_in(client, people.dung).get("/chi-bo/phu-trach/").content.decode()
    assert "2 chi bộ chưa có người phụ trách" in page
    both = [str(people.cell.pk), str(people.sibling.pk)]
    typed = {"person": str(people.hoa.pk), "since": DAY, "way": "instead", "cells": both}
    assert client.post("/chi-bo/phu-trach/", typed).status_code == 302
    assert standing_of(people.hoa.pk).followed_cells == (people.sibling.pk,), "Phú Hòa has records: it takes two"
    agree(people, "thu")
    tomorrow = today() + timedelta(days=1)
    following = TermOfOffice.objects.on(tomorrow).filter(office=Office.FOLLOWER)
    assert {(row.person, row.organisation) for row in following} == {
        (people.hoa, people.cell),
        (people.hoa, people.sibling),
    }
    assert standing_of(people.khanh.pk, tomorrow).followed_cells == ()
    with dates.at(now() + timedelta(days=1)):
        assert "<small>2 chi bộ</small>" in client.get("/chi-bo/phu-trach/").content.decode()


def test_an_assignment_from_a_later_day_changes_nothing_today(client: Client, people: People) -> None:
    day = today() + timedelta(days=5)
    typed = {"person": str(people.hoa.pk), "since": day.isoformat(), "way": "instead", "cells": str(people.cell.pk)}
    assert sign_in(client, people.dung).post("/chi-bo/phu-trach/", typed).status_code == 302
    agree(people, "thu")
    assert standing_of(people.khanh.pk).followed_cells == (people.cell.pk,)
    assert standing_of(people.hoa.pk, day).followed_cells == (people.cell.pk,)
    assert standing_of(people.khanh.pk, day).followed_cells == ()
    page = client.get("/chi-bo/phu-trach/").content.decode()
    assert f"từ {format_date(day)}: Phan Thị Hòa" in page
    client.post("/chi-bo/phu-trach/", typed | {"person": str(people.khanh.pk), "since": DAY})
    waiting = TwoPersonAct.objects.waiting().get()
    again = sign_in(client, people.thu).post(f"/hai-nguoi/{waiting.pk}/dong-y/", follow=True)
    assert f"Chọn ngày từ {format_date(day)}" in again.content.decode(), "it is said to whoever agrees"
    assert TwoPersonAct.objects.waiting().exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"cells": []}, "Chưa chọn chi bộ nào"),
        ({"person": ""}, "Chưa chọn “Người phụ trách”"),
        ({"since": ""}, "Chưa ghi “Từ ngày”"),
        ({"person": "nobody", "way": "beside"}, "Chọn “Thôi phụ trách từ ngày ấy”"),
    ],
)
def test_assigning_validates(client: Client, people: People, typed: dict, words: str) -> None:
    right = {"person": str(people.hoa.pk), "since": DAY, "way": "instead", "cells": [str(people.cell.pk)]}
    answer = sign_in(client, people.dung).post("/chi-bo/phu-trach/", right | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert standing_of(people.khanh.pk).followed_cells == (people.cell.pk,)


def test_both_may_follow(client: Client, people: People) -> None:
    typed = {"person": str(people.hoa.pk), "since": DAY, "way": "beside", "cells": str(people.cell.pk)}
    assert sign_in(client, people.dung).post("/chi-bo/phu-trach/", typed).status_code == 302
    agree(people, "thu")
    day = today() + timedelta(days=1)
    assert standing_of(people.khanh.pk, day).followed_cells == standing_of(people.hoa.pk, day).followed_cells


def test_what_waits_is_told_in_whole_words(client: Client, people: People) -> None:
    day = (today() + timedelta(days=9)).isoformat()
    typed = {"others": str(people.sibling.pk), "successor": "new", "name": "Chi bộ thôn Hòa Hiệp", "effective": day}
    confirm(sign_in(client, people.dung), f"/to-chuc/{people.cell.pk}/ghi/sap-nhap/", typed)
    page = client.get(f"/to-chuc/{people.sibling.pk}/").content.decode()
    assert "Sáp nhập Chi bộ thôn Dân Hiệp và Chi bộ thôn Phú Hòa thành Chi bộ thôn Hòa Hiệp" in page
    path = f"/to-chuc/{people.commune.pk}/ghi/lap/"
    confirm(client, path, {"body_kind": "department", "name": "Văn phòng Đảng ủy", "effective": day})
    page = client.get(f"/to-chuc/{people.commune.pk}/").content.decode()
    assert "Lập Văn phòng Đảng ủy, trực thuộc Đảng ủy xã Hàm Thạnh" in page


# ---------- offices above the cells ----------
def test_the_province_gives_and_ends_offices_of_a_commune(client: Client, people: People) -> None:
    path = f"/to-chuc/{people.commune.pk}/chuc-vu/"
    typed = {"full_name": "Trần Văn Hùng", "code": people.hung.code, "office": "upper_secretary", "since": DAY}
    assert sign_in(client, people.thu).post(path, typed | {"decision": "QĐ 9-QĐ/TU"}).status_code == 302
    assert not standing_of(people.hung.pk).covers(people.cell.path)
    agree(people, "dung")
    sign_in(client, people.thu)
    assert standing_of(people.hung.pk).covers(people.cell.path)
    assert not standing_of(people.hoa.pk).hats or people.commune.pk not in {
        hat.organisation_id for hat in standing_of(people.hoa.pk).hats if hat.role == "upper_secretary"
    }
    term = people.dung.offices.get()
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert client.post(f"{path}{term.pk}/", {"last_day": yesterday}).status_code == 302
    assert not standing_of(people.dung.pk).covers(people.cell.path)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"full_name": "Không Có Ai"}, "Không thấy đảng viên"),
        ({"code": "khác"}, "Không thấy đảng viên"),
        ({"office": ""}, "Chưa chọn"),
        ({"full_name": "Đỗ Tiến Dũng", "code": "", "office": "upper_staff"}, "đã giữ chức vụ này"),
    ],
)
def test_giving_an_office_validates(client: Client, people: People, typed: dict[str, str], words: str) -> None:
    right = {"full_name": "Trần Văn Hùng", "code": people.hung.code, "office": "upper_member", "since": DAY}
    answer = sign_in(client, people.thu).post(f"/to-chuc/{people.commune.pk}/chuc-vu/", right | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("who", ["lan", "dung", "hoa", "khanh", "binh"])
def test_a_commune_gives_no_office_in_itself(client: Client, people: People, who: str) -> None:
    path = f"/to-chuc/{people.commune.pk}/chuc-vu/"
    typed = {"full_name": "Trần Văn Hùng", "code": people.hung.code, "office": "upper_staff", "since": DAY}
    assert sign_in(client, people.all()[who]).post(path, typed).status_code == 404
    assert client.post(f"{path}{people.dung.offices.get().pk}/", {"last_day": DAY}).status_code == 404
    assert client.get(f"/to-chuc/{people.cell.pk}/chuc-vu/").status_code == 404


def test_the_staff_of_a_department_of_the_province_act_for_the_province(people: People) -> None:
    plan = {"parent": str(people.province.pk), "body_kind": "department", "name": "Ban Tổ chức Tỉnh ủy"}
    department = act(TreeAct.Kind.CREATE, place=people.province, **plan).organisation
    assert department is not None
    make.office(people.binh, department, Office.PROVINCE_STAFF)
    standing = standing_of(people.binh.pk)
    assert standing.province_paths == (people.province.path,)
    assert not standing.covers(people.cell.path)
