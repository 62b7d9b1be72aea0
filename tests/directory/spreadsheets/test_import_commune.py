"""The screen on which a commune's staff import cells and members of what stands under their committee."""

from datetime import time

from django.test import Client

from chibo.audit.models import Event
from chibo.audit.verify import breaks
from chibo.lib.dates import today
from chibo.members.models import Contact, Exemption, Person
from chibo.orgs.models import OrgAncestor, Organisation
from tests import make
from tests.directory.spreadsheets.sheets import WRITE, Rows, look_at, press, upload, xlsx
from tests.people import People, sign_in

PAGE = "/chi-bo/nhap/"
CELLS = ("Mã", "Tên chi bộ", "Loại hình", "Ngày họp", "Giờ họp", "Nơi họp", "Cấp trên")
MEMBERS = ("Mã chi bộ", "Tên chi bộ", "Họ và tên", "Năm sinh", "Diện", "Chức vụ", "Điện thoại", "Miễn sinh hoạt")


def look(client: Client, *sheets: Rows) -> str:
    return look_at(client, PAGE, *sheets)


def confirm(client: Client, page: str) -> str:
    return press(client, page)


def test_it_works(client: Client, people: People) -> None:
    cells = [CELLS, ("CB900", "Chi bộ thôn Tân Lập", "Thôn", 5, "19h30", "Nhà văn hóa thôn", "")]
    members = [
        MEMBERS,
        ("CB900", "", "Trương Văn Bảy", 1980, "chính thức", "Bí thư", "", ""),
        ("", "Chi bộ thôn Dân Hiệp", "Lâm Thị Yến", 2003, "dự bị", "", "", ""),
    ]
    page = look(sign_in(client, people.dung), cells, members)
    assert "3 hàng nhập được" in page and "Lập mới" in page
    assert not Organisation.objects.filter(code="CB900").exists()
    confirm(client, page)
    cell = Organisation.objects.get(code="CB900")
    assert (cell.parent, cell.kind, cell.category) == (people.commune, "cell", "hamlet")
    assert (cell.registered_day, cell.registered_time) == (5, time(19, 30))
    assert cell.path == f"{people.commune.path}{cell.pk.hex}/"
    assert cell.name_on(today()) == "Chi bộ thôn Tân Lập"
    ancestors = set(OrgAncestor.objects.filter(descendant=cell).values_list("ancestor_id", flat=True))
    assert ancestors == {people.province.pk, people.commune.pk, cell.pk}
    assert cell.offices.get().person.full_name == "Trương Văn Bảy"
    assert Person.objects.get(full_name="Lâm Thị Yến").memberships.get().cell == people.sibling
    assert Event.objects.get(kind="members.imported").chain == people.commune.pk
    assert Event.objects.filter(kind="cell.created", chain=cell.pk).count() == 1
    assert list(breaks()) == []
    assert WRITE not in look(client, cells, members)


def test_a_cell_that_is_there_is_described_anew_not_doubled(client: Client, people: People) -> None:
    row = (people.sibling.code, "Chi bộ thôn Dân Hiệp", "", 7, "", "Nhà ông Ba", "")
    page = look(sign_in(client, people.dung), [CELLS, row])
    assert "ngày họp 5 → 7" in page
    confirm(client, page)
    people.sibling.refresh_from_db()
    assert (people.sibling.registered_day, people.sibling.meeting_place) == (7, "Nhà ông Ba")
    assert people.sibling.registered_time == time(19, 30)


def test_phones_exemptions_and_what_a_cell_has_written_stay_the_cells_own(client: Client, people: People) -> None:
    code = people.cell.code
    rows = [
        (code, "", "Trương Văn Bảy", 1980, "chính thức", "", "0912345678", "x"),
        (code, "", "Nguyễn Thị Lan", 1976, "chính thức", "", "", ""),
    ]
    page = look(sign_in(client, people.dung), [MEMBERS, *rows])
    assert "Không nhập từ đây: điện thoại, miễn sinh hoạt" in page
    assert "năm sinh 1975 → 1976. Chi ủy chi bộ sửa" not in page  # namesakes of another year are two people
    confirm(client, page)
    bay = Person.objects.get(full_name="Trương Văn Bảy")
    assert not Contact.objects.filter(person=bay).exists()
    assert not Exemption.objects.filter(person=bay).exists()
    people.lan.refresh_from_db()
    assert people.lan.birth_year == 1975


def test_errors_of_both_sheets_name_the_sheet(client: Client, people: People) -> None:
    cells = [CELLS, ("", "Tân Lập", "", 31, "", "", ""), ("", "Chi bộ X", "vũ trụ", "", "", "", "Đảng ủy xã Khác")]
    members = [MEMBERS, ("", "Chi bộ thôn Tân Lập", "Trương Văn Bảy", 1980, "chính thức", "", "", "")]
    page = look(sign_in(client, people.dung), cells, members)
    for place, words in (
        ("Sheet1!D2", "Ghi một ngày từ 1 đến 28"),
        ("Sheet1!C3", "Chưa có loại “vũ trụ”"),
        ("Sheet2!B2", "Không có chi bộ tên “Chi bộ thôn Tân Lập”"),
    ):
        assert place in page and words in page


def test_a_cell_under_another_committee_is_not_found(client: Client, people: People) -> None:
    other = make.commune(people.province, "Đảng ủy xã Khác")
    cell = make.cell(other, "Chi bộ thôn Xa")
    members = [MEMBERS, (cell.code, "", "Trương Văn Bảy", 1980, "chính thức", "", "", "")]
    cells = [CELLS, ("", "Chi bộ thôn Mới", "Thôn", "", "", "", "Đảng ủy xã Khác")]
    page = look(sign_in(client, people.dung), cells, members)
    assert f"Không có chi bộ mã {cell.code}" in page and "Không có cấp trên" in page
    assert WRITE not in page


def test_the_same_person_in_two_lists_is_pointed_out(client: Client, people: People) -> None:
    rows = [
        (people.cell.code, "", "Trương Văn Bảy", 1980, "chính thức", "", "", ""),
        (people.sibling.code, "", "Trương Văn Bảy", 1980, "chính thức", "", "", ""),
    ]
    page = look(sign_in(client, people.dung), [MEMBERS, *rows])
    assert "Chi bộ thôn Phú Hòa cũng có Trương Văn Bảy, sinh 1980" in page and "2 hàng nhập được" in page


def test_a_temporary_arrival_stands_in_two_lists_and_is_one_person(client: Client, people: People) -> None:
    heading = (*MEMBERS, "Mã đảng viên")
    rows = [
        (people.cell.code, "", "Trương Văn Bảy", 1980, "sinh hoạt tạm thời", "", "", "", "45.7"),
        (people.sibling.code, "", "Trương Văn Bảy", 1980, "chính thức", "", "", "", "45.7"),
        (people.sibling.code, "", "Trương Văn Tám", 1980, "tạm thời", "", "", "", "45.7"),
    ]
    page = look(sign_in(client, people.dung), [heading, *rows])
    assert "2 hàng nhập được, 1 hàng cần sửa" in page and "Mã 45.7 đã có ở" in page
    confirm(client, page)
    kinds = {one.cell_id: one.kind for one in Person.objects.get(code="45.7").memberships.all()}
    assert kinds == {people.cell.pk: "temporary", people.sibling.pk: "official"}


def test_it_checks_access(client: Client, people: People) -> None:
    for who in (people.lan, people.mai, people.khanh, people.phuc, people.operator):
        assert sign_in(client, who).get(PAGE).status_code == 404
        assert client.post(PAGE, {"file": upload(xlsx([CELLS]))}).status_code == 404
    assert sign_in(client, None).get(PAGE).status_code == 302
    assert sign_in(client, people.hoa).get(PAGE).status_code == 200
