"""Rules of a pasted list of members."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.directory.paste import PastedMember, parse_members

THREE = """
1. Nguyễn Thị Hồng Hạnh, chính thức, bí thư
2. Trần Văn Lộc, chính thức
3. Võ Minh Tâm, dự bị
"""


def one(line: str, kind_for_all: str = "") -> PastedMember:
    paste = parse_members(line, kind_for_all)
    assert not paste.errors, paste.errors
    (member,) = paste.members
    return member


def refusal(text: str) -> str:
    paste = parse_members(text)
    assert len(paste.errors) == 1, paste
    return paste.errors[0].message


def test_a_list_is_read_line_by_line_with_the_numbers_of_the_screen() -> None:
    paste = parse_members(THREE)
    assert paste.errors == ()
    assert [(member.line, member.full_name, member.kind, member.office) for member in paste.members] == [
        (2, "Nguyễn Thị Hồng Hạnh", "official", "secretary"),
        (3, "Trần Văn Lộc", "official", ""),
        (4, "Võ Minh Tâm", "probationary", ""),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Trần Văn Lộc, chính thức",
        "Trần Văn Lộc,chính thức",
        "Trần Văn Lộc; Chính thức.",
        "Trần Văn Lộc\tCT",
        "Trần Văn Lộc - chính thức",
        "Trần Văn Lộc – đảng viên chính thức",
        "Trần Văn Lộc (chính thức)",
        "Trần Văn Lộc: chính thức",
        "Trần Văn Lộc chính thức",
        "Trần Văn Lộc | ĐVCT",
        "1. Trần Văn Lộc, chính thức",
        "1) Trần Văn Lộc, chính thức",
        "01 Trần Văn Lộc, chính thức",
        "1\tTrần Văn Lộc\tchính thức",
        "1, Trần Văn Lộc, chính thức",
        "- Trần Văn Lộc, chính thức",
        "• Trần Văn Lộc, chính thức",
        "Đ/c Trần Văn Lộc, chính thức",
        "đồng chí Trần Văn Lộc, chính thức",
        "1. Ông Trần Văn Lộc, chính thức",
        "Ông/bà Trần Văn Lộc, chính thức",
        "TRẦN VĂN LỘC, CHÍNH THỨC",
        "trần văn lộc, chính thức",
        "  Trần  Văn Lộc ,  chính  thức ,",
        "chính thức, Trần Văn Lộc",
        unicodedata.normalize("NFD", "Trần Văn Lộc, chính thức"),
    ],
)
def test_every_usual_way_of_writing_a_line_is_read(line: str) -> None:
    member = one(line)
    assert (member.full_name, member.kind) == ("Trần Văn Lộc", "official")


def test_a_line_may_hold_year_sex_telephone_and_office_in_any_order() -> None:
    expected = PastedMember(1, "Phạm Thị Mai", "official", 1962, "female", "0912345678", "deputy")
    assert one("Phạm Thị Mai, 1962, nữ, 0912 345 678, phó bí thư, chính thức") == expected
    assert one("5\tPhạm Thị Mai\tNữ\tsinh năm 1962\tPhó Bí thư\tChính thức\t+84912345678") == expected
    assert one("Phạm Thị Mai; SN 1962; nữ; pbt; ct; 912345678") == expected
    assert one("Phạm Thị Mai 1962 phó bí thư chính thức, nữ, ĐT 0912.345.678") == expected


def test_of_a_date_of_birth_only_the_year_is_kept() -> None:
    assert one("Phạm Thị Mai, 05/02/1962, dự bị").birth_year == 1962


def test_a_sheet_with_a_header_is_read_by_its_columns() -> None:
    sheet = (
        "STT\tHọ và tên\tNgày sinh\tNgày vào Đảng\tNgày chính thức\tChức vụ\tQuê quán\n"
        "1\tLê Văn Thuận\t03/4/1958\t19/5/1985\t19/5/1986\tChi ủy viên\tHàm Thuận\n"
        "2\tHuỳnh Ngọc Sơn\t1998\t02/9/2026\t\tBí thư Chi đoàn\tHàm Thuận\n"
    )
    paste = parse_members(sheet)
    assert paste.members == (PastedMember(2, "Lê Văn Thuận", "official", 1958, office="committee_member"),)
    assert [(error.line, "Huỳnh Ngọc Sơn là chính thức hay dự bị" in error.message) for error in paste.errors] == [
        (3, True)
    ]


def test_a_sheet_may_mark_official_and_probationary_in_two_columns() -> None:
    sheet = "Họ tên\tChính thức\tDự bị\nLê Văn Thuận\tx\t\nHuỳnh Ngọc Sơn\t\tx\nĐinh Văn Phước\tx\tx\n"
    paste = parse_members(sheet)
    assert [member.kind for member in paste.members] == ["official", "probationary"]
    assert "cả chính thức và dự bị" in paste.errors[0].message


def test_a_header_parted_by_commas_is_no_member() -> None:
    assert one("Họ và tên, chính thức/dự bị\nTrần Văn Lộc, chính thức").line == 2


def test_official_or_probationary_is_never_guessed() -> None:
    assert refusal("Trần Văn Lộc, 1970") == ("Chưa rõ Trần Văn Lộc là chính thức hay dự bị. Ghi thêm vào cuối dòng.")


def test_one_choice_may_be_given_for_the_whole_list_and_a_line_may_still_differ() -> None:
    paste = parse_members("Trần Văn Lộc\nVõ Minh Tâm, dự bị", kind_for_all="official")
    assert [member.kind for member in paste.members] == ["official", "probationary"]


def test_a_person_pasted_twice_is_found_whatever_the_spelling() -> None:
    paste = parse_members("Lê Thị Hoà, chính thức\nđ/c LÊ THỊ HÒA, dự bị")
    assert [member.line for member in paste.members] == [1]
    assert paste.errors[0].line == 2
    assert "đã có ở dòng 1" in paste.errors[0].message


def test_two_people_of_one_name_are_told_apart_by_their_years() -> None:
    paste = parse_members("Lê Thị Hòa, 1960, chính thức\nLê Thị Hòa, 1985, chính thức\nLê Thị Hòa, chính thức")
    assert [member.birth_year for member in paste.members] == [1960, 1985]
    assert [error.line for error in paste.errors] == [3]


def test_a_cell_has_one_secretary() -> None:
    assert "Dòng 1 đã ghi bí thư" in refusal("Trần Văn Lộc, ct, bí thư\nVõ Minh Tâm, ct, bí thư")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Lộc, chính thức", "chưa đủ họ và tên"),
        ("chính thức", "chưa có họ tên"),
        ("Trần 5 Lộc, chính thức", "Chưa đọc được họ tên"),
        ("Trần Văn Lộc, chính thức, dự bị", "khác với phần trước"),
        ("Trần Văn Lộc, chính thức, miễn sinh hoạt", "Chưa hiểu “miễn sinh hoạt”"),
        ("Trần Văn Lộc, 2024, chính thức", "Năm sinh 2024 chưa hợp lý"),
        ("Trần Văn Lộc, 0912 345 67, chính thức", "Số điện thoại"),
        ("Trần Văn Lộc, Võ Minh Tâm, chính thức", "mỗi đồng chí một dòng"),
        ("Trần Văn\x00 Lộc, chính thức", "ký tự không lưu được"),
    ],
)
def test_an_unclear_line_says_what_to_do(line: str, message: str) -> None:
    assert message in refusal(line)


def test_a_wrong_line_does_not_lose_the_others() -> None:
    paste = parse_members("Trần Văn Lộc, ct\nLộc\n\nVõ Minh Tâm, db")
    assert [member.line for member in paste.members] == [1, 4]
    assert [(error.line, error.text) for error in paste.errors] == [(2, "Lộc")]


@pytest.mark.parametrize("name", ["K'Brểu", "K’ Sơn", "Ka Thị-Nga", "Nguyễn Nam", "Đặng Thị Nữ", "Ông Ích"])
def test_names_of_every_people_are_kept_as_written(name: str) -> None:
    assert one(f"{name}, chính thức").full_name == name


def test_names_in_capitals_become_ordinary_ones() -> None:
    assert one("K'BRỂU, chính thức").full_name == "K'Brểu"
    assert one("NGUYỄN THỊ ÁNH, chính thức").full_name == "Nguyễn Thị Ánh"


def test_an_endless_list_is_refused() -> None:
    paste = parse_members("\n".join(f"Trần Văn {letter}, ct" for letter in ["Lộc"] * 1500))
    assert paste.members == ()
    assert "1000 dòng" in paste.errors[0].message


@given(st.text(max_size=300))
def test_any_text_is_either_read_or_refused_with_its_line(text: str) -> None:
    paste = parse_members(text)
    lines = [member.line for member in paste.members] + [error.line for error in paste.errors]
    assert len(lines) == len(set(lines))
    assert all(member.kind in ("official", "probationary") for member in paste.members)
    assert all(error.message for error in paste.errors)


@pytest.mark.parametrize("typed", ["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)"])
def test_what_looks_like_a_formula_is_no_name(typed: str) -> None:
    paste = parse_members(f"{typed}, chính thức")
    assert not paste.members and len(paste.errors) == 1
