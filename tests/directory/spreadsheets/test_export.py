"""Lists taken out as XLSX: in the columns of an import, text alone, as far as one may see, and logged."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client

from chibo.audit.models import Event
from tests import make
from tests.directory.spreadsheets.sheets import upload, written
from tests.people import People, sign_in

CELL, COMMUNE = "/so-chi-bo/xuat.xlsx", "/chi-bo/xuat.xlsx"


def test_it_works(client: Client, people: People) -> None:
    make.contact(people.lan, "0912345678")
    answer = sign_in(client, people.lan).get(CELL)
    assert answer["Content-Disposition"] == 'attachment; filename="dang-vien.xlsx"'
    assert answer["Cache-Control"] == "no-store"
    heading, *rows = written(answer.content)["Đảng viên"]
    lan = dict(zip(heading, next(row for row in rows if "Nguyễn Thị Lan" in row), strict=True))
    assert lan == {
        "Mã chi bộ": people.cell.code,
        "Tên chi bộ": "Chi bộ thôn Phú Hòa",
        "Họ và tên": "Nguyễn Thị Lan",
        "Mã đảng viên": "45.001201",
        "Năm sinh": "1975",
        "Giới tính": "Nữ",
        "Chính thức hay dự bị": "chính thức",
        "Ngày về chi bộ": "01/01/2015",
        "Điện thoại": "0912345678",
        "Chức vụ trong chi ủy": "Bí thư",
        "Chức vụ đơn vị": "",
        "Miễn sinh hoạt từ ngày": "",
    }
    event = Event.objects.get(kind="members.exported")
    assert (event.actor_id, event.chain) == (people.lan.pk, people.cell.pk)


@pytest.mark.parametrize(
    ("who", "path", "page"), [("lan", CELL, "/so-chi-bo/dang-vien/nhap/"), ("dung", COMMUNE, "/chi-bo/nhap/")]
)
def test_what_was_taken_out_goes_in_again_without_a_change(
    client: Client, people: People, who: str, path: str, page: str
) -> None:
    make.post(people.binh, people.cell)
    make.contact(people.binh, "0911111111")
    content = sign_in(client, people.all()[who]).get(path).content
    answer = client.post(page, {"file": upload(content)}, follow=True).content.decode()
    assert "Các hàng này đã có trong sổ" in answer


def test_the_commune_sees_its_cells_and_no_phones(client: Client, people: People) -> None:
    make.contact(people.lan, "0912345678", shared=True)
    found = written(sign_in(client, people.dung).get(COMMUNE).content)
    assert [row[1] for row in found["Tổ chức"][1:]] == [
        "Chi bộ cơ quan Đảng ủy xã", "Chi bộ thôn Dân Hiệp", "Chi bộ thôn Phú Hòa",
    ]  # fmt: skip
    names = {row[2] for row in found["Đảng viên"][1:]}
    assert {"Nguyễn Thị Lan", "Mai Hữu Phúc", "Đỗ Tiến Dũng"} <= names
    assert not any("0912345678" in row for row in found["Đảng viên"])


def test_no_cell_is_written_as_a_formula(client: Client, people: People) -> None:
    people.cell.meeting_place = '=HYPERLINK("http://example.com")'
    people.cell.save()
    make.post(people.binh, people.cell, title="@SUM(1+1)")
    packed = zipfile.ZipFile(BytesIO(sign_in(client, people.dung).get(COMMUNE).content))
    sheets = b"".join(packed.read(name) for name in packed.namelist() if "worksheets/sheet" in name)
    assert b"<f>" not in sheets and b"<hyperlink" not in sheets
    assert b"HYPERLINK" in packed.read("xl/sharedStrings.xml")
    assert b'quotePrefix="1"' in packed.read("xl/styles.xml")


def test_an_empty_form_has_the_same_columns(client: Client, people: People) -> None:
    rows = written(sign_in(client, people.lan).get("/so-chi-bo/mau.xlsx").content)["Đảng viên"]
    assert len(rows) == 1 and rows[0][0] == "Họ và tên"
    above = written(sign_in(client, people.dung).get("/chi-bo/mau.xlsx").content)
    assert set(above) == {"Tổ chức", "Đảng viên", "Chức vụ"}


def test_it_checks_access(client: Client, people: People) -> None:
    for who in (people.mai, people.khanh, people.operator):
        for path in (CELL, COMMUNE, "/so-chi-bo/mau.xlsx", "/chi-bo/mau.xlsx"):
            assert sign_in(client, who).get(path).status_code == 404
    assert sign_in(client, people.dung).get(CELL).status_code == 404
    assert sign_in(client, people.lan).get(COMMUNE).status_code == 404
    assert sign_in(client, None).get(CELL).status_code == 302
    assert not Event.objects.filter(kind="members.exported").exists()
