"""The screen on which a committee imports its own members: looked at, written, repeated; errors and access."""

import re
from datetime import date

import pytest
from django.test import Client

from chibo.access.models import TermOfOffice
from chibo.audit.models import Event
from chibo.audit.verify import breaks
from chibo.lib.dates import today
from chibo.members.models import Contact, Exemption, Membership, Person, UnitPost
from tests import make
from tests.directory.spreadsheets.sheets import WRITE, Rows, look_at, press, run_of, upload, xlsx
from tests.people import People, sign_in

PAGE = "/so-chi-bo/dang-vien/nhap/"
HEADING = ("STT", "Họ và tên", "Mã đảng viên", "Năm sinh", "Giới tính", "Chính thức/dự bị", "Điện thoại", "Chức vụ")
NEW = (1, "Trương Văn Bảy", "45.002001", 1980, "Nam", "chính thức", "0912345678", "")
YOUNG = (2, "Lâm Thị Yến", "45.002002", 2003, "Nữ", "dự bị", "", "")


def look(client: Client, rows: Rows, **fields: str) -> str:
    """The page that shows what a file would do."""
    return look_at(client, PAGE, rows, **fields)


def confirm(client: Client, page: str) -> str:
    """Press the button of that page; the page that follows."""
    return press(client, page)


def test_it_works(client: Client, people: People) -> None:
    before = Person.objects.count()
    page = look(sign_in(client, people.lan), [HEADING, NEW, YOUNG])
    assert "2 hàng nhập được" in page and "Trương Văn Bảy" in page and "Lâm Thị Yến" in page
    assert Person.objects.count() == before
    assert "Đã nhập 2 hàng" in confirm(client, page)
    bay = Person.objects.get(code="45.002001")
    membership = bay.memberships.get()
    assert (membership.cell, membership.kind) == (people.cell, "official")
    assert membership.validity.lower == today().replace(month=1, day=1)
    assert (bay.birth_year, bay.sex, bay.contact.phone) == (1980, "male", "0912345678")
    assert bay.contact.shared_with_cell is False
    event = Event.objects.get(kind="member.entered", object_id=bay.pk)
    assert (event.actor_id, event.chain) == (people.lan.pk, people.cell.pk)
    assert "Bảy" not in str(event.payload) and "0912" not in str(event.payload)
    assert list(breaks()) == []


def test_the_same_file_again_changes_nothing(client: Client, people: People) -> None:
    confirm(client, look(sign_in(client, people.lan), [HEADING, NEW, YOUNG]))
    before = (Person.objects.count(), Membership.objects.count(), Event.objects.count())
    page = look(client, [HEADING, NEW, YOUNG])
    assert "Các hàng này đã có trong sổ" in page and WRITE not in page
    assert (Person.objects.count(), Membership.objects.count(), Event.objects.count()) == before


def test_confirming_twice_writes_once(client: Client, people: People) -> None:
    page = look(sign_in(client, people.lan), [HEADING, NEW])
    assert "Đã nhập 1 hàng" in confirm(client, page)
    assert "Đã nhập 1 hàng" in confirm(client, page)
    assert Event.objects.filter(kind="members.imported").count() == 1
    assert Person.objects.filter(code="45.002001").count() == 1


def test_right_rows_are_written_and_wrong_ones_are_named(client: Client, people: People) -> None:
    wrong = (3, "Cao Văn Phú", "", "12/3/58", "Nam", "", "12345", "")
    page = look(sign_in(client, people.lan), [HEADING, NEW, wrong, YOUNG])
    assert "2 hàng nhập được, 1 hàng cần sửa" in page
    for address in ("D3", "F3", "G3"):
        assert f">{address}<" in page
    confirm(client, page)
    assert Person.objects.filter(code__startswith="45.00200").count() == 2
    assert not Person.objects.filter(full_name="Cao Văn Phú").exists()


def test_a_file_with_500_mixed_errors_reports_all_and_changes_nothing(client: Client, people: People) -> None:
    before = (Person.objects.count(), Event.objects.count())
    rows = [
        (1, "Bảy", "", 1980, "Nam", "chính thức", "", ""),
        (1, "Cao Văn Phú", "", "12/3/58", "Nam", "chính thức", "", ""),
        (1, "Cao Văn Phú", "", 1980, "Nam", "", "", ""),
        (1, "Cao Văn Phú", "", 1980, "Nam", "chính thức", "12345", ""),
        (1, "Võ Thị Yến", "", 2000, "Nữ", "dự bị", "", "Bí thư"),
    ]
    page = look(sign_in(client, people.lan), [HEADING, *rows * 100])
    assert "500 hàng cần sửa, chưa có gì để nhập" in page and "500 chỗ cần sửa" in page
    places = re.findall(r'<b class="nowrap">([A-Z]+\d+)</b>', page)
    assert len(places) == len(set(places)) == 500
    assert (Person.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((1, "Trương Văn Bảy", "45.001202", 1980, "Nam", "chính thức"), "trong sổ là của đồng chí Trần Văn Hùng"),
        ((1, "Hồ Thị Nga", "45.001211", 1980, "Nữ", "chính thức"), "đã rời chi bộ ngày"),
    ],
)
def test_it_validates_against_the_book(client: Client, people: People, row: tuple[object, ...], words: str) -> None:
    assert words in look(sign_in(client, people.lan), [HEADING, row])


def test_duplicates_within_the_file_are_found_across_unicode_and_tone_placement(client: Client, people: People) -> None:
    rows = [
        (1, "Nguyễn Thị Hoà", "", 1980, "Nữ", "chính thức"),
        (2, "NGUYỄN THỊ HÒA", "", 1980, "Nữ", "chính thức"),
        (3, "Nguyễn Thị Hòa", "", 1990, "Nữ", "chính thức"),
        (4, "Lê Văn Tám", "45.9", 1980, "Nam", "chính thức"),
        (5, "Lê Văn Chín", "45.9", 1980, "Nam", "chính thức"),
    ]
    page = look(sign_in(client, people.lan), [HEADING, *rows])
    assert "3 hàng nhập được, 2 hàng cần sửa" in page
    assert "đã có ở B2" in page and "Mã 45.9 đã có ở B5" in page


def test_someone_in_the_book_under_the_same_name_is_changed_not_doubled(client: Client, people: People) -> None:
    row = (1, "Đặng văn Bình", "", 1970, "Nam", "chính thức", "0911 111 111", "")
    page = look(sign_in(client, people.lan), [HEADING, row])
    assert "Đổi 1 đồng chí" in page and "năm sinh chưa ghi → 1970" in page
    confirm(client, page)
    people.binh.refresh_from_db()
    assert (people.binh.birth_year, people.binh.contact.phone) == (1970, "0911111111")
    assert Person.objects.filter(full_name="Đặng Văn Bình").count() == 1
    assert Event.objects.filter(kind="member.corrected", object_id=people.binh.pk).count() == 1


def test_a_namesake_of_another_year_is_pointed_out_before_it_is_written(client: Client, people: People) -> None:
    """1957 for 1975 would make two of one person."""
    row = (1, "Nguyễn Thị Lan", "", 1957, "Nữ", "chính thức", "", "")
    page = look(sign_in(client, people.lan), [HEADING, row])
    assert "Sổ đã có một đồng chí Nguyễn Thị Lan, sinh 1975. Xem có phải một người không." in page
    assert "1 hàng nhập được" in page


def test_a_blank_cell_erases_nothing(client: Client, people: People) -> None:
    make.contact(people.lan, "0922222222", shared=True)
    page = look(sign_in(client, people.lan), [HEADING, (1, "Nguyễn Thị Lan", "", "", "", "chính thức", "", "")])
    assert "Các hàng này đã có trong sổ" in page
    people.lan.refresh_from_db()
    assert (people.lan.code, people.lan.birth_year) == ("45.001201", 1975)


def test_a_new_phone_keeps_what_the_person_allowed(client: Client, people: People) -> None:
    make.contact(people.lan, "0922222222", shared=True)
    row = (1, "Nguyễn Thị Lan", "", "", "", "chính thức", "0933333333", "")
    confirm(client, look(sign_in(client, people.lan), [HEADING, row]))
    kept = Contact.objects.get(person=people.lan)
    assert (kept.phone, kept.shared_with_cell) == ("0933333333", True)


def test_a_probationary_member_becomes_official_on_the_day_given(client: Client, people: People) -> None:
    heading = ("Họ và tên", "Ngày vào Đảng", "Chính thức")
    confirm(client, look(sign_in(client, people.lan), [heading, ("Võ Thị Mai", "01/06/2025", date(2026, 6, 1))]))
    kinds = {one.kind: one.validity for one in people.mai.memberships.all()}
    assert kinds["probationary"].upper == kinds["official"].lower == date(2026, 6, 1)
    page = look(client, [("Họ và tên", "Diện"), ("Võ Thị Mai", "dự bị")])
    assert "Sổ đang ghi chính thức" in page and WRITE not in page


def test_offices_posts_and_exemptions_are_written_and_nobody_loses_an_office(client: Client, people: People) -> None:
    heading = ("Họ và tên", "Diện", "Chức vụ", "Chức vụ đơn vị", "Miễn sinh hoạt")
    rows = [
        ("Trương Văn Bảy", "chính thức", "Chi ủy viên, Trưởng thôn", "Trưởng thôn", ""),
        ("Phan Văn Tám", "chính thức", "Bí thư", "", "01/02/2026"),
    ]
    page = look(sign_in(client, people.lan), [heading, *rows])
    assert "“Trưởng thôn” không phải chức vụ trong chi ủy" in page
    assert "Sổ đang ghi bí thư là đồng chí Nguyễn Thị Lan" in page
    confirm(client, page)
    bay, tam = Person.objects.get(full_name="Trương Văn Bảy"), Person.objects.get(full_name="Phan Văn Tám")
    assert bay.offices.get().office == "committee_member"
    assert UnitPost.objects.get(person=bay).title == "Trưởng thôn"
    assert Exemption.objects.get(person=tam).validity.lower == date(2026, 2, 1)
    secretary = TermOfOffice.objects.on(today()).get(organisation=people.cell, office="secretary")
    assert secretary.person == people.lan


def test_a_row_of_another_cell_is_refused(client: Client, people: People) -> None:
    heading = ("Họ và tên", "Diện", "Chi bộ")
    rows = [("Trương Văn Bảy", "CT", "Chi bộ thôn Dân Hiệp"), ("Lâm Thị Yến", "DB", "Thôn Phú Hoà")]
    page = look(sign_in(client, people.lan), [heading, *rows])
    assert "1 hàng nhập được, 1 hàng cần sửa" in page and "Tệp này chỉ nhập cho Chi bộ thôn Phú Hòa" in page


def test_someone_who_now_belongs_elsewhere_is_refused_by_the_database_and_named(client: Client, people: People) -> None:
    row = ("Hồ Thị Nga", "45.001211", "CT", today())
    page = look(
        sign_in(client, people.lan),
        [("Họ và tên", "Mã đảng viên", "Diện", "Ngày về chi bộ"), row, ("Lê Văn Tám", "", "CT", "")],
    )
    after = confirm(client, page)
    assert "Còn 1 hàng chưa nhập được" in after and "đang sinh hoạt ở chi bộ khác" in after
    assert Person.objects.filter(full_name="Lê Văn Tám").exists()
    assert people.left.memberships.filter(cell=people.cell, validity__contains=today()).count() == 0


def test_it_validates_the_file(client: Client, people: People) -> None:
    sign_in(client, people.lan)
    for content, name, words in (
        (b"x", "danh-sach.xlsx", "Không mở được tệp"),
        (b"x", "danh-sach.xls", "không thuộc loại nhận được"),
    ):
        answer = client.post(PAGE, {"file": upload(content, name)})
        assert answer.status_code == 422 and words in answer.content.decode()
    answer = client.post(PAGE, {})
    assert answer.status_code == 422 and "Chưa chọn tệp" in answer.content.decode()


def test_a_list_is_for_whoever_chose_it(client: Client, people: People) -> None:
    address = run_of(look(sign_in(client, people.lan), [HEADING, NEW]))
    sign_in(client, people.hung)
    assert client.get(address).status_code == 404
    for act in ("ghi", "cot", "buoc", "dung"):
        assert client.post(f"{address}{act}/").status_code == 404
    assert client.get(f"{address}can-sua.xlsx").status_code == 404
    assert not Person.objects.filter(code="45.002001").exists()


def test_it_checks_access(client: Client, people: People) -> None:
    for who in (people.mai, people.binh, people.khanh, people.dung, people.thu, people.operator):
        assert sign_in(client, who).get(PAGE).status_code == 404
        assert client.post(PAGE, {"file": upload(xlsx([HEADING, NEW]))}).status_code == 404
    assert sign_in(client, None).get(PAGE).status_code == 302
    assert sign_in(client, people.hung).get(PAGE).status_code == 200
