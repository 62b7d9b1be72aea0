"""Reading a workbook: headings in any order and shape, what is skipped, what each cell says, what is refused."""

import unicodedata
import zipfile
from datetime import date
from io import BytesIO

import pytest

from chibo.directory.spreadsheets.people import PersonRow, read_people
from chibo.directory.spreadsheets.problems import Problems, Unreadable
from chibo.directory.spreadsheets.workbook import letters
from tests.directory.spreadsheets.sheets import Rows, tables, xlsx

HEADING = ("STT", "Họ và tên", "Năm sinh", "Chính thức/dự bị")


def read(rows: Rows, **more: object) -> tuple[list[PersonRow], Problems]:
    problems = Problems()
    return read_people(tables(xlsx(rows, **more), problems), problems), problems  # type: ignore[arg-type]


def one(heading: str, value: object) -> tuple[PersonRow | None, Problems]:
    """One person with one more column."""
    rows, problems = read([("Họ và tên", "Loại đảng viên", heading), ("Nguyễn Thị Lan", "chính thức", value)])
    return (rows[0] if rows else None), problems


def test_it_works() -> None:
    rows, problems = read([HEADING, (1, "Nguyễn Thị Lan", 1975, "chính thức"), (2, "Võ Thị Mai", "2001", "dự bị")])
    assert [(row.full_name, row.birth_year, row.kind) for row in rows] == [
        ("Nguyễn Thị Lan", 1975, "official"),
        ("Võ Thị Mai", 2001, "probationary"),
    ]
    assert not problems.errors and not problems.warnings


def test_columns_stand_in_any_order_and_under_any_usual_name() -> None:
    rows, _ = read(
        [
            (
                "SĐT",
                "Diện",
                "Chức vụ Đảng",
                "HỌ TÊN ĐẢNG VIÊN",
                "Ngày, tháng, năm sinh",
                "Giới tính (Nam/Nữ)",
                "Mã đảng viên",
            ),
            ("0912 345 678", "CT", "Bí thư", "NGUYỄN THỊ LAN", "02/9/1975", "Nữ", "45.001201"),
        ]
    )
    row = rows[0]
    assert (row.full_name, row.phone, row.kind, row.office) == ("Nguyễn Thị Lan", "0912345678", "official", "secretary")
    assert (row.birth_year, row.sex, row.code) == (1975, "female", "45.001201")


def test_titles_numbers_of_columns_totals_and_signatures_are_left_out() -> None:
    rows, problems = read(
        [
            ("ĐẢNG BỘ XÃ HÀM THẠNH", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"),
            ("", "DANH SÁCH ĐẢNG VIÊN"),
            (),
            HEADING,
            ("(1)", "(2)", "(3)", "(4)"),
            (1, "Tống Văn Cộng", 1960, "chính thức"),
            HEADING,
            (2, "Võ Thị Mai", 2001, "dự bị"),
            ("", "Tổng cộng: 2 đảng viên"),
            ("", "", "", "Hàm Thạnh, ngày 05 tháng 11 năm 2026"),
            ("", "NGƯỜI LẬP", "", "T/M CHI BỘ"),
            ("", "", "", "BÍ THƯ"),
            ("", "Trần Văn Hùng"),
        ]
    )
    assert [row.full_name for row in rows] == ["Tống Văn Cộng", "Võ Thị Mai"]
    assert not problems.errors and not problems.warnings


def test_a_total_that_differs_from_its_rows_is_a_warning() -> None:
    _, problems = read([HEADING, (1, "Nguyễn Thị Lan", 1975, "chính thức"), ("Tổng số", 12)])
    assert [(one.code, one.address) for one in problems.warnings] == [("total_differs", "hàng 3")]


def test_merged_headings_over_two_rows_are_read_together() -> None:
    rows, problems = read(
        [
            ("", "", "", "", "", ""),
            ("", "", "Nam", "Nữ", "Dự bị", "Chính thức"),
            (1, "Trần Văn Hùng", date(1968, 5, 1), "", "03/02/1990", "03/02/1991"),
            (2, "Võ Thị Mai", "", 2001, date(2026, 3, 3), ""),
        ],
        merged=[("A1:A2", "TT"), ("B1:B2", "Họ và tên"), ("C1:D1", "Năm sinh"), ("E1:F1", "Ngày vào Đảng")],
    )
    assert not problems.errors
    assert [(row.birth_year, row.sex, row.kind) for row in rows] == [
        (1968, "male", "official"),
        (2001, "female", "probationary"),
    ]
    assert rows[0].official_on == date(1991, 2, 3)
    assert rows[1].joined_on == date(2026, 3, 3)


def test_a_heading_inside_the_list_names_the_cell_of_what_follows() -> None:
    rows, _ = read(
        [
            HEADING,
            ("I. Chi bộ thôn Phú Hòa",),
            (1, "Nguyễn Thị Lan", 1975, "CT"),
            ("II", "Chi bộ thôn Dân Hiệp"),
            (1, "Mai Hữu Phúc", 1980, "CT"),
        ]
    )
    assert [row.cell_name for row in rows] == ["Chi bộ thôn Phú Hòa", "Chi bộ thôn Dân Hiệp"]


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        (1958, 1958), ("1958", 1958), (date(1958, 3, 12), 1958), ("12/03/1958", 1958), ("03/1958", 1958),
        (21256, 1958), ("21256", 1958), ("ngày 12 tháng 3 năm 1958", 1958), (" 1958\u00a0", 1958),
    ],
)  # fmt: skip
def test_a_birth_keeps_its_year_however_it_is_written(typed: object, year: int) -> None:
    row, problems = one("Ngày sinh", typed)
    assert row is not None and row.birth_year == year
    assert not problems.errors


@pytest.mark.parametrize(
    ("heading", "typed", "code"),
    [
        ("Ngày sinh", "12/3/58", "year_of_two_digits"),
        ("Ngày sinh", "31/02/1958", "date_unreadable"),
        ("Ngày sinh", 2020, "birth_out_of_range"),
        ("Ngày sinh", "không rõ", "date_unreadable"),
        ("Giới tính", "F", "sex_unreadable"),
        ("Điện thoại", "12345", "phone_unreadable"),
        ("Ngày về chi bộ", "01/01/2099", "date_in_future"),
        ("Miễn sinh hoạt", "có lẽ", "mark_unreadable"),
        ("Mã đảng viên", "<45>", "code_unreadable"),
        ("Chức vụ đơn vị", "=HYPERLINK(1)", "formula"),
        ("Chức vụ đơn vị", "@SUM(1)", "formula"),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_cell(heading: str, typed: object, code: str) -> None:
    row, problems = one(heading, typed)
    assert row is None
    assert [(one.code, one.address) for one in problems.errors] == [(code, "C2")]


def test_a_birth_in_words_asks_for_a_year_and_not_for_a_day() -> None:
    _, problems = one("Năm sinh", "bảy lăm")
    assert [one.reason for one in problems.errors] == ["Chưa đọc được năm sinh “bảy lăm”. Ghi năm, ví dụ 1968."]


@pytest.mark.parametrize(
    "typed", [912345678.0, "912345678", "+84 912 345 678", "0912.345.678; 0987654321", "0912345678"]
)
def test_a_phone_that_a_sheet_has_shortened_is_whole_again(typed: object) -> None:
    row, _ = one("Điện thoại", typed)
    assert row is not None and row.phone == "0912345678"


def test_official_or_probationary_is_never_guessed() -> None:
    rows, problems = read([HEADING, (1, "Nguyễn Thị Lan", 1975, "")])
    assert not rows
    assert [(one.code, one.address) for one in problems.errors] == [("kind_missing", "D2")]
    problems = Problems()
    found = read_people(tables(xlsx([HEADING, (1, "Nguyễn Thị Lan", 1975, "")])), problems, "official")
    assert [row.kind for row in found] == ["official"]


def test_a_name_in_another_unicode_form_is_the_same_name() -> None:
    rows, _ = read(
        [HEADING, (1, unicodedata.normalize("NFD", "Nguyễn Thị Hòa"), 1975, "CT"), (2, "Nguyễn Thị Hoà", 1975, "CT")]
    )
    assert rows[0].full_name == "Nguyễn Thị Hòa"
    assert rows[0].key == rows[1].key


def test_what_is_never_held_is_named_and_not_read() -> None:
    found = tables(
        xlsx([(*HEADING, "Số CCCD", "Dân tộc", "Tôn giáo", "Nơi ở hiện nay", "Sức khỏe", "Ghi chú"),
              (1, "Nguyễn Thị Lan", 1975, "CT", "068175001234", "Kinh", "Không", "Thôn Phú Hòa", "Yếu", "abc")])
    )[0]  # fmt: skip
    assert [name.rpartition(" ")[0] for name in found.never] == [
        "Số CCCD",
        "Dân tộc",
        "Tôn giáo",
        "Nơi ở hiện nay",
        "Sức khỏe",
    ]
    assert found.unknown == ["Ghi chú (J)"]
    assert found.lines[0].cells == {"full_name": "Nguyễn Thị Lan", "birth": "1975", "kind": "CT"}


def test_a_formula_gives_what_it_showed_and_is_not_run() -> None:
    rows, _ = read([HEADING, (1, ('="Nguyễn Thị"&" Lan"', "Nguyễn Thị Lan"), ("=1900+75", 1975), "CT")])
    assert (rows[0].full_name, rows[0].birth_year) == ("Nguyễn Thị Lan", 1975)


def test_a_hidden_sheet_and_one_without_a_list_are_left_out() -> None:
    problems = Problems()
    found = tables(
        xlsx([HEADING, (1, "Nguyễn Thị Lan", 1975, "CT")], [("Ghi chép",)], names=["Đảng viên", "Nháp"]), problems
    )
    assert [table.sheet for table in found] == ["Đảng viên"]
    assert [one.code for one in problems.warnings] == ["no_table"]


def test_a_file_without_a_list_says_what_is_missing() -> None:
    problems = Problems()
    assert tables(xlsx([("Mục", "Số"), ("Thu", 1)]), problems) == []
    assert [one.code for one in problems.errors] == ["no_table"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a workbook", "not_a_workbook"),
        (b"", "not_a_workbook"),
        # A file locked by a password, an .xls under another name: a compound file, no ZIP.
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000, "not_a_workbook"),
        (xlsx([HEADING])[:900], "not_a_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        tables(content)
    assert refused.value.code == code


def test_what_swells_on_opening_is_refused_before_it_does() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    assert len(target.getvalue()) < 100_000
    with pytest.raises(Unreadable) as refused:
        tables(target.getvalue())
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("A1048576", "too_large"),
        ("XFD2", "too_wide"),
        ("CB1", "too_wide"),
        ("a99999", "too_large"),
        ("<row r='10000'", "too_large"),
    ],
)
def test_a_single_cell_far_away_is_refused_before_it_fills_the_memory(cell: str, code: str) -> None:
    packed = zipfile.ZipFile(BytesIO(xlsx([HEADING, (1, "Nguyễn Thị Lan", 1975, "CT")])))
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = (
                    content.replace(b'r="A2"', f"r='{cell}'".encode())
                    if cell[0] != "<"
                    else content.replace(b'<row r="2"', cell.encode())
                )
            changed.writestr(name, content)
    with pytest.raises(Unreadable) as refused:
        tables(target.getvalue())
    assert refused.value.code == code


def test_columns_are_named_as_excel_names_them() -> None:
    assert [letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
