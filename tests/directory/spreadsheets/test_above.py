"""Lists above the cell: offices of committees, departments, a whole province by its staff, who see figures alone."""

import pytest
from django.test import Client

from chibo.access.models import TermOfOffice
from chibo.audit.models import Event
from chibo.lib.dates import today
from chibo.members.models import Contact, FormerDetails, Membership, Person
from chibo.orgs.models import Organisation
from tests import make
from tests.directory.spreadsheets.sheets import WRITE, look_at, press, upload, written, xlsx
from tests.people import People, sign_in

PAGE = "/chi-bo/nhap/"
OFFICES = ("Mã tổ chức", "Tên tổ chức", "Họ và tên", "Mã đảng viên", "Chức vụ", "Từ ngày")
BODIES = ("Mã", "Tên tổ chức", "Cấp trên", "Loại hình")
MEMBERS = ("Mã chi bộ", "Họ và tên", "Mã đảng viên", "Năm sinh", "Diện", "Điện thoại")


def offices_of(person: Person) -> set[tuple[str, str]]:
    held = TermOfOffice.objects.on(today()).filter(person=person)
    return set(held.values_list("office", "organisation__name"))


def test_it_works_for_offices(client: Client, people: People) -> None:
    """A commune gives those below it: who follows a cell without records; of one with records it takes two people."""
    rows = [
        (people.cell.code, "", "Đặng Văn Bình", "", "Chi ủy viên", "01/06/2026"),
        ("", "Chi bộ thôn Dân Hiệp", "Lý Quốc Khánh", "45.001212", "Cấp ủy viên phụ trách", ""),
        (people.cell.code, "", "Nguyễn Thị Lan", "", "Bí thư", ""),
    ]
    page = look_at(sign_in(client, people.dung), PAGE, [OFFICES, *rows])
    assert "2 hàng nhập được" in page and "Ghi 2 chức vụ" in page and "1 hàng đã có" in page
    press(client, page)
    assert not offices_of(people.binh)
    assert ("follower", "Chi bộ thôn Dân Hiệp") in offices_of(people.khanh)
    assert Event.objects.filter(kind="office.begun").count() == 1
    assert WRITE not in look_at(client, PAGE, [OFFICES, *rows[1:]])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "", "Đặng Văn Bình", "", "Chi ủy viên", ""), "chưa ghi nơi giữ chức vụ"),
        (("X9", "", "Đặng Văn Bình", "", "Chi ủy viên", ""), "Không có tổ chức mã X9"),
        (("", "Chi bộ thôn Phú Hòa", "Đặng Văn Bình", "", "Giám đốc", ""), "Chưa hiểu chức vụ “Giám đốc”"),
        (("", "Chi bộ thôn Phú Hòa", "Đặng Văn Bình", "", "", ""), "chưa ghi chức vụ"),
        (("", "Chi bộ thôn Phú Hòa", "Đặng Văn Bìn", "", "Chi ủy viên", ""), "Chưa có đồng chí Đặng Văn Bìn"),
        (("", "Chi bộ thôn Phú Hòa", "Đặng Văn Bình", "45.001206", "Chi ủy viên", ""), "của người khác"),
        (("", "Đảng ủy xã Hàm Thạnh", "Đặng Văn Bình", "", "Đảng ủy viên", ""), "do cấp trên ghi"),
        (("", "Chi bộ thôn Phú Hòa", "Đặng Văn Bình", "", "Chi ủy viên", "31/02/2026"), "31/02/2026"),
    ],
)
def test_it_validates_each_office(client: Client, people: People, row: tuple[str, ...], words: str) -> None:
    page = look_at(sign_in(client, people.dung), PAGE, [OFFICES, row])
    assert words in page and WRITE not in page


def test_an_office_is_never_taken_from_someone_by_a_list(client: Client, people: People) -> None:
    rows = [
        ("", "Chi bộ thôn Phú Hòa", "Đặng Văn Bình", "", "Bí thư", ""),
        ("", "Chi bộ thôn Phú Hòa", "Trần Văn Hùng", "", "Chi ủy viên", ""),
    ]
    page = look_at(sign_in(client, people.dung), PAGE, [OFFICES, *rows])
    assert "đang có bí thư khác" in page and "là phó bí thư" in page and WRITE not in page


def test_of_namesakes_the_one_of_the_cell_is_meant(client: Client, people: People) -> None:
    other = make.member("Đặng Văn Bình", people.sibling)
    row = ("", "Chi bộ thôn Dân Hiệp", "Đặng Văn Bình", "", "Chi ủy viên", "")
    press(client, look_at(sign_in(client, people.dung), PAGE, [OFFICES, row]))
    assert not offices_of(people.binh)
    assert offices_of(other) == {("committee_member", "Chi bộ thôn Dân Hiệp")}


def test_the_committee_of_a_cell_gives_no_office_by_such_a_list(client: Client, people: People) -> None:
    row = ("", "Chi bộ thôn Phú Hòa", "Đặng Văn Bình", "", "Chi ủy viên", "")
    page = look_at(sign_in(client, people.lan), "/so-chi-bo/dang-vien/nhap/", [OFFICES, row])
    assert "Danh sách chức vụ do Đảng ủy nhập" in page and WRITE not in page


def test_a_province_makes_communes_departments_cells_people_and_offices(client: Client, people: People) -> None:
    bodies = [
        BODIES,
        ("68.900", "Đảng ủy xã Tân Lập", "", ""),
        ("68.900.1", "Chi bộ thôn Một", "68.900", "thôn"),
        ("68.900.9", "Ban Xây dựng Đảng", "68.900", ""),
    ]
    members = [MEMBERS, ("68.900.1", "Trương Văn Bảy", "46.1", 1980, "chính thức", "0912345678")]
    offices = [
        OFFICES,
        ("68.900", "", "Trương Văn Bảy", "46.1", "Bí thư Đảng ủy", ""),
        ("68.900.9", "", "Trương Văn Bảy", "46.1", "Trưởng ban", ""),
        ("68.900.1", "", "Trương Văn Bảy", "46.1", "Bí thư", ""),
    ]
    page = look_at(sign_in(client, people.thu), PAGE, bodies, members, offices)
    assert "7 hàng nhập được" in page
    press(client, page)
    commune = Organisation.objects.get(code="68.900")
    assert commune.parent == people.province
    assert sorted(commune.children.values_list("kind", flat=True)) == ["cell", "department"]
    assert commune.codes.get().code == "68.900"
    bay = Person.objects.get(code="46.1")
    assert {office for office, _ in offices_of(bay)} == {"upper_secretary", "upper_staff", "secretary"}
    assert Event.objects.get(kind="members.imported").actor_id == people.thu.pk
    assert Event.objects.get(kind="member.entered", object_id=bay.pk).actor_id == people.thu.pk
    assert not Contact.objects.filter(person=bay).exists()


def test_the_province_is_told_nothing_of_the_book(client: Client, people: People) -> None:
    make.contact(people.binh, "0911111111")
    code = people.cell.code
    rows = [
        (code, "Cao Văn Phú", "45.001205", 1980, "chính thức", ""),  # Bình's code
        (code, "Nguyễn Thị Lan", "45.001201", 1970, "chính thức", ""),  # another year than in the book
        (people.sibling.code, "Võ Thị Mai", "45.001206", 1999, "dự bị", ""),  # belongs to another cell
    ]
    page = look_at(sign_in(client, people.thu), PAGE, [MEMBERS, *rows])
    for words in ("là của người khác", "Sổ ghi khác: năm sinh. Chi ủy", "đang sinh hoạt ở chi bộ khác"):
        assert words in page
    for secret in ("Đặng Văn Bình", "1975", "Phú Hòa", "0911111111"):
        assert secret not in page
    people.lan.refresh_from_db()
    assert people.lan.birth_year == 1975


def test_the_province_takes_out_bodies_and_offices_and_no_member(client: Client, people: People) -> None:
    found = written(sign_in(client, people.thu).get("/chi-bo/xuat.xlsx").content)
    assert set(found) == {"Tổ chức", "Chức vụ"}
    assert "Nguyễn Thị Lan" in {row[2] for row in found["Chức vụ"]}
    assert not any("Đặng Văn Bình" in row for rows in found.values() for row in rows)


def test_what_a_province_took_out_goes_in_again_without_a_change(client: Client, people: People) -> None:
    content = sign_in(client, people.thu).get("/chi-bo/xuat.xlsx").content
    page = client.post(PAGE, {"file": upload(content)}, follow=True).content.decode()
    assert "Các hàng này đã có trong sổ" in page


def test_a_cell_right_under_a_province_is_named_as_such(client: Client, people: People) -> None:
    page = look_at(sign_in(client, people.thu), PAGE, [BODIES, ("", "Chi bộ thôn Lạc", "", "thôn")])
    assert "Chưa rõ Chi bộ thôn Lạc trực thuộc đâu" in page and WRITE not in page


def test_what_the_book_said_before_stays_readable(client: Client, people: People) -> None:
    heading = ("Họ và tên", "Mã đảng viên", "Năm sinh", "Diện")
    row = ("Trần Văn Hùng", "45.001202", 1969, "CT")
    press(client, look_at(sign_in(client, people.lan), "/so-chi-bo/dang-vien/nhap/", [heading, row]))
    former = FormerDetails.objects.get(person=people.hung)
    assert (former.birth_year, former.code, former.corrected_by) == (1968, "", people.lan.pk)


def test_a_probationary_member_comes_with_the_day_that_twelve_months_end(client: Client, people: People) -> None:
    heading = ("Họ và tên", "Ngày vào Đảng", "Diện")
    row = ("Lâm Thị Yến", "03/02/2026", "dự bị")
    press(client, look_at(sign_in(client, people.lan), "/so-chi-bo/dang-vien/nhap/", [heading, row]))
    found = Membership.objects.get(person__full_name="Lâm Thị Yến")
    assert (str(found.admitted_on), str(found.probation_ends)) == ("2026-02-03", "2027-02-03")


def test_another_code_keeps_the_former_one_under_its_days(client: Client, people: People) -> None:
    rows = [("Mã", "Tên chi bộ"), ("68.777", "Chi bộ thôn Dân Hiệp")]
    people.sibling.code = ""
    people.sibling.save()
    press(client, look_at(sign_in(client, people.dung), PAGE, rows))
    codes = {one.code: one.validity for one in people.sibling.codes.all()}
    assert codes["68.777"].lower == today() and len(codes) == 2


def test_it_checks_access(client: Client, people: People) -> None:
    for who in (people.lan, people.mai, people.khanh, people.phuc, people.former):
        assert sign_in(client, who).post(PAGE, {"file": upload(xlsx([OFFICES]))}).status_code == 404
