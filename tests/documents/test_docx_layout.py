"""The DOCX read as XML against the official layout (domain section 4): the numbers here are the rule's, by hand."""

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from chibo.documents import fonts
from chibo.documents.docx import render_docx
from tests.documents import samples
from tests.documents.reading import attribute, millimetres, part

FONT = "Times New Roman"


@pytest.fixture(scope="module")
def resolution() -> bytes:
    return render_docx(samples.resolution(), made_at=samples.MADE_AT)


@pytest.fixture(scope="module")
def minutes() -> bytes:
    return render_docx(samples.minutes(), made_at=samples.MADE_AT)


def style(data: bytes, name: str) -> Any:
    return docx.Document(io.BytesIO(data)).styles[name]


def header_cells(data: bytes) -> list[list[Any]]:
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [list(cell.paragraphs) for row in table.rows for cell in row.cells]


def look(paragraph: Any) -> tuple[str, float | None, bool, bool]:
    run = paragraph.runs[0]
    return paragraph.text, run.font.size and run.font.size.pt, bool(run.bold), bool(run.italic)


def test_paper_is_a4_with_margins_20_20_30_15(resolution: bytes) -> None:
    section = part(resolution, "word/document.xml").find(f".//{qn('w:sectPr')}")
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    assert (millimetres(attribute(size, "w:w")), millimetres(attribute(size, "w:h"))) == (210, 297)
    assert {side: millimetres(attribute(margins, f"w:{side}")) for side in ("top", "bottom", "left", "right")} == {
        "top": 20, "bottom": 20, "left": 30, "right": 15,
    }  # fmt: skip


def test_times_new_roman_stands_in_all_four_slots_and_no_other_font_anywhere(resolution: bytes) -> None:
    styles = part(resolution, "word/styles.xml")
    slots = styles.find(f"{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert [attribute(slots, f"w:{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")] == [FONT] * 4
    for name in ("word/styles.xml", "word/document.xml"):
        others = [one for one in part(resolution, name).iter(qn("w:rFonts")) if one is not slots]
        assert all(attribute(one, "w:ascii") == FONT for one in others)


def test_the_language_is_vietnamese(resolution: bytes) -> None:
    language = part(resolution, "word/styles.xml").find(f".//{qn('w:lang')}")
    assert attribute(language, "w:val") == "vi-VN"


def test_header_has_parent_upright_issuer_bold_star_and_number_without_colon(resolution: bytes) -> None:
    left, _, below, _ = header_cells(resolution)
    assert [look(paragraph) for paragraph in left] == [
        ("ĐẢNG ỦY XÃ HÀM THUẬN", 14, False, False),
        ("CHI BỘ THÔN PHÚ HÒA", 14, True, False),
        ("*", 14, False, False),
    ]
    assert [look(paragraph) for paragraph in below] == [("Số 05-NQ/CB", 14, False, False)]


def test_party_title_is_15_bold_with_a_line_as_long_as_itself(resolution: bytes) -> None:
    _, (title,), _, _ = header_cells(resolution)
    assert look(title) == ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False)
    rule = title._p.pPr.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
    assert attribute(rule, "w:val") == "single"
    cell = docx.Document(io.BytesIO(resolution)).tables[0].rows[0].cells[1]
    line = (cell.width - title.paragraph_format.left_indent - title.paragraph_format.right_indent) / Pt(1)
    assert line == pytest.approx(fonts.font("Bold").width(title.text, 15), abs=3)


def test_date_is_14_italic_with_a_nought_before_days_and_the_first_two_months(resolution: bytes) -> None:
    _, _, _, (date_line,) = header_cells(resolution)
    text, size, bold, italic = look(date_line)
    assert (text.replace("\u00a0", " "), size, bold, italic) == (
        "Hàm Thuận, ngày 05 tháng 02 năm 2026", 14, False, True,
    )  # fmt: skip


def test_the_header_table_has_no_rules(resolution: bytes) -> None:
    table = docx.Document(io.BytesIO(resolution)).tables[0]
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert table._tbl.tblPr.style is None


def test_kind_is_16_bold_subject_15_bold_both_centred_with_dashes_below(resolution: bytes) -> None:
    file = docx.Document(io.BytesIO(resolution))
    lines = {paragraph.text: paragraph for paragraph in file.paragraphs}
    for text, size in (("NGHỊ QUYẾT", 16), ("Lãnh đạo thực hiện nhiệm vụ tháng 12 năm 2026", 15)):
        form = lines[text].style
        assert (form.font.size.pt, form.font.bold, form.paragraph_format.alignment) == (size, True, 1)
    assert lines["-----"].style.paragraph_format.alignment == 1


def test_body_is_14_justified_indented_10_mm_at_exactly_18_points_with_6_between(resolution: bytes) -> None:
    form = style(resolution, "Nội dung")
    spacing = form.element.pPr.find(qn("w:spacing"))
    assert form.font.size.pt == 14
    assert form.paragraph_format.alignment == 3
    assert form.paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    assert (attribute(spacing, "w:line"), attribute(spacing, "w:lineRule")) == ("360", "exact")
    assert attribute(spacing, "w:after") == "120"


def test_headings_are_words_own_so_that_the_outline_shows_them(minutes: bytes) -> None:
    found = [
        (paragraph.style.name, paragraph.text)
        for paragraph in docx.Document(io.BytesIO(minutes)).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert found[:2] == [("Heading 1", "I- NỘI DUNG"), ("Heading 2", "1. Thông tin thời sự")]
    assert ("Heading 3", "d) Nguyên nhân của việc chưa xong") in found


def test_page_number_is_top_centre_from_page_two(minutes: bytes) -> None:
    section = docx.Document(io.BytesIO(minutes)).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    paragraph = section.header.paragraphs[0]
    assert paragraph.alignment == 1
    assert [one.text for one in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_recipients_are_underlined_14_then_12_and_the_copy_kept_is_last(resolution: bytes) -> None:
    cell = docx.Document(io.BytesIO(resolution)).tables[-1].rows[0].cells[0]
    title, *lines = cell.paragraphs
    assert look(title) == ("Nơi nhận:", 14, False, False)
    assert title.runs[0].underline
    assert {look(line)[1] for line in lines} == {12}
    assert lines[0].text == "- Đảng ủy xã Hàm Thuận (báo cáo),"
    assert lines[-1].text == "- Lưu Chi bộ."


def test_signature_is_authority_bold_title_upright_four_blank_lines_name_bold(resolution: bytes) -> None:
    cell = docx.Document(io.BytesIO(resolution)).tables[-1].rows[0].cells[1]
    authority, title, *blank, name = cell.paragraphs
    assert look(authority) == ("T/M CHI BỘ", 14, True, False)
    assert look(title) == ("BÍ THƯ", 14, False, False)
    assert [line.text for line in blank] == [""] * 4
    assert look(name) == ("Nguyễn Thị Hồng Hạnh", 14, True, False)


def test_minutes_are_signed_by_the_clerk_left_and_the_chair_right(minutes: bytes) -> None:
    row = docx.Document(io.BytesIO(minutes)).tables[-2].rows[0]  # below it stands the annex
    assert [cell.paragraphs[0].text for cell in row.cells] == ["NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ"]
    assert [cell.paragraphs[-1].text for cell in row.cells] == ["Võ Minh Tâm", "Nguyễn Thị Hồng Hạnh"]


def test_the_signature_block_stays_whole_and_with_the_line_before_it(resolution: bytes) -> None:
    file = docx.Document(io.BytesIO(resolution))
    table = file.tables[-1]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    before = table._tbl.getprevious()
    assert before.pPr.find(qn("w:keepNext")) is not None


def test_a_ruled_table_repeats_its_header_and_never_breaks_a_row(minutes: bytes) -> None:
    table = docx.Document(io.BytesIO(minutes)).tables[2]
    assert table.style.name == "Table Grid"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    width = sum(millimetres(attribute(column, "w:w")) for column in table._tbl.tblGrid)
    assert width == pytest.approx(165, abs=0.5)


def test_properties_name_the_issuer_and_no_person(minutes: bytes) -> None:
    properties = docx.Document(io.BytesIO(minutes)).core_properties
    assert properties.author == properties.last_modified_by == "Chi bộ thôn Phú Hòa"
    assert properties.title == "Biên bản số 31-BB/CB: Họp chi bộ thường kỳ tháng 12 năm 2026"
    assert properties.language == "vi-VN"


def test_every_page_of_a_demonstration_says_that_it_is_made_up(minutes: bytes, resolution: bytes) -> None:
    section = docx.Document(io.BytesIO(minutes)).sections[0]
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == "Số liệu hư cấu"
    assert docx.Document(io.BytesIO(resolution)).sections[0].footer.paragraphs[0].text == ""


# The order that the schema (ECMA-376, part 1, section 17) gives to the elements used here.
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl pBdr spacing ind contextualSpacing jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
}


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/settings.xml", "word/header1.xml"])
def test_elements_stand_in_the_schemas_order_or_word_would_offer_a_repair(minutes: bytes, name: str) -> None:
    root = part(minutes, name)
    for parent, children in ORDER.items():
        order = children.split()
        for element in root.iter(qn(f"w:{parent}")):
            places = [order.index(child.tag.rpartition("}")[2]) for child in element]
            assert places == sorted(places), f"{parent} of {name}"


def test_every_cell_ends_with_a_paragraph_and_the_body_ends_with_one(minutes: bytes) -> None:
    body = part(minutes, "word/document.xml").find(qn("w:body"))
    assert body[-2].tag == qn("w:p")
    assert all(cell[-1].tag == qn("w:p") for cell in body.iter(qn("w:tc")))


def test_the_file_opens_in_todays_mode_and_carries_no_picture_or_foreign_style(minutes: bytes) -> None:
    mode = part(minutes, "word/settings.xml").find(f".//{qn('w:compatSetting')}")
    assert attribute(mode, "w:val") == "15"
    assert len(minutes) < 20_000
