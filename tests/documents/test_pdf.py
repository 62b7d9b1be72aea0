"""The PDF: standard, fonts, paper, margins, and what may not happen to long text."""

import io
import subprocess
from dataclasses import replace

import pypdf
import pytest

from chibo.documents.blocks import Column, Document, Paragraph, Table
from chibo.documents.pdf import render_pdf
from tests.documents import samples
from tests.documents.reading import fonts_of, words

MILLIMETRE = 72 / 25.4


def reader(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render_pdf(document, made_at=samples.MADE_AT)))


def positions(page: pypdf.PageObject) -> list[tuple[float, float, str, float]]:
    """Where each piece of text begins on a page, in millimetres from the left and the top, with its size."""
    found: list[tuple[float, float, str, float]] = []

    def visit(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        if text.strip():
            x = inner[4] * outer[0] + outer[4]
            y = inner[5] * outer[3] + outer[5]
            found.append((x / MILLIMETRE, 297 - y / MILLIMETRE, text.strip(), size))

    page.extract_text(visitor_text=visit)
    return found


def test_it_is_pdf_a_2b_tagged_in_vietnamese_with_only_the_bundled_fonts() -> None:
    data = render_pdf(samples.minutes(), made_at=samples.MADE_AT)
    pdf = pypdf.PdfReader(io.BytesIO(data))
    metadata = pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    assert pdf.trailer["/Root"]["/Lang"] == "vi-VN"
    assert fonts_of(data) == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}


def test_properties_name_the_issuer_and_no_person() -> None:
    pdf = reader(samples.minutes())
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Biên bản số 31-BB/CB: Họp chi bộ thường kỳ tháng 12 năm 2026"
    assert pdf.metadata.author == "Chi bộ thôn Phú Hòa"


def test_paper_is_a4_and_text_keeps_the_margins() -> None:
    lefts = []
    for page in reader(samples.minutes()).pages:
        assert [round(float(side) / MILLIMETRE) for side in page.mediabox] == [0, 0, 210, 297]
        inside = [one for one in positions(page) if one[2] != "Số liệu hư cấu" and one[2] not in "234567"]
        lefts += [x for x, _, _, _ in inside]
        assert all(20 <= y <= 277 for _, y, _, _ in inside)
    assert min(lefts) == pytest.approx(30, abs=0.1)
    assert max(lefts) < 195


def test_the_first_page_has_no_number_and_later_ones_have_it_at_the_top() -> None:
    first, *others = reader(samples.minutes()).pages
    assert not first.extract_text().startswith("1")
    for number, page in enumerate(others, 2):
        x, y, text, _ = positions(page)[0]
        assert text == str(number)
        assert y < 20
        assert x == pytest.approx(30 + 165 / 2, abs=3)


def test_a_row_taller_than_a_page_loses_no_word() -> None:
    text = " ".join(f"từ{number}" for number in range(3000))
    table = Table((Column("Nội dung"), Column("Ghi chú")), ((text, "ngắn"),))
    pdf = reader(replace(samples.minutes(), body=(table,), fictitious=False))
    shown = words(" ".join(page.extract_text() for page in pdf.pages))
    assert [word for word in text.split() if word not in shown.split()] == []
    assert all(y <= 280 for page in pdf.pages for _, y, _, _ in positions(page))


@pytest.mark.parametrize("lines", range(16, 30))
def test_the_signature_is_never_alone_on_a_page_nor_cut(lines: int) -> None:
    body = tuple(Paragraph(f"Dòng {number}.") for number in range(lines))
    pages = reader(replace(samples.resolution(), body=body)).pages
    last = pages[-1].extract_text()
    assert f"Dòng {lines - 1}." in last
    assert "T/M CHI BỘ" in last
    assert "Nguyễn Thị Hồng Hạnh" in last
    assert "Lưu Chi bộ." in last


def test_pages_can_be_read_by_another_program() -> None:
    data = render_pdf(samples.resolution(), made_at=samples.MADE_AT)
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    assert "Lãnh đạo thực hiện nhiệm vụ tháng 12 năm 2026" in done.stdout.decode()
