"""What a paper says: numbers, dates, letters, and content that comes back as it was stored."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from chibo.documents.blocks import Column, Document, Item, MalformedDocument, Run, Signature, Table, letter, roman
from chibo.documents.flow import number_line, number_note, recipient_lines
from chibo.documents.layout import HD05
from chibo.documents.plain import body_text, plain_text
from tests.documents import samples


@pytest.mark.parametrize("make", samples.ALL, ids=lambda make: make.__name__)
def test_content_comes_back_from_json_as_it_was(make: Callable[[], Document]) -> None:
    document = make()
    assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(version=9),
        lambda data: data.pop("subject"),
        lambda data: data.update(surprise=1),
        lambda data: data["body"].append({"type": "Script"}),
        lambda data: data["body"].append({"type": "Table", "columns": [], "rows": []}),
        lambda data: data.update(type="Run"),
    ],
)
def test_stored_content_that_is_no_document_is_refused(spoil: Callable[[dict[str, object]], object]) -> None:
    data = samples.resolution().to_json()
    spoil(data)
    with pytest.raises(MalformedDocument):
        Document.from_json(data)


def test_a_number_under_ten_gets_a_nought_and_no_colon() -> None:
    assert number_line(samples.resolution(5), HD05) == "Số 05-NQ/CB"
    assert number_line(samples.resolution(31), HD05) == "Số 31-NQ/CB"
    assert number_line(samples.resolution(105), HD05) == "Số 105-NQ/CB"


def test_a_print_without_a_number_leaves_the_place_and_says_so() -> None:
    document = samples.resolution(None)
    assert number_line(document, HD05).replace("\u00a0", " ") == "Số       -NQ/CB"
    assert number_note(document) == "(dự thảo, chưa có số)"
    assert number_note(replace(document, symbol="GM/CB")) == "(chưa có số)"
    assert "(dự thảo, chưa có số)" in plain_text(document)
    assert "chưa có số" not in plain_text(document.numbered(6))


def test_a_paper_that_takes_no_number_has_no_number_line() -> None:
    document = replace(samples.resolution(None), symbol="")
    assert number_line(document, HD05) == number_note(document) == ""
    assert "Số" not in plain_text(document).split("NGHỊ QUYẾT")[0]


def test_the_date_line_leaves_an_open_day_for_the_pen() -> None:
    document = samples.resolution()
    assert document.date_line.replace("\u00a0", " ") == "Hàm Thuận, ngày 05 tháng 02 năm 2026"
    assert replace(document, date=date(2026, 12, 13)).date_line.replace("\u00a0", " ").endswith("tháng 12 năm 2026")
    assert replace(document, date=None).date_line.split() == ["Hàm", "Thuận,", "ngày", "tháng", "năm"]


def test_points_are_lettered_a_b_c_d_đ_e_g_h_i_k() -> None:
    assert "".join(letter(number) for number in range(1, 11)) == "abcdđeghik"
    assert [roman(number) for number in (1, 4, 9, 10, 14, 39)] == ["I", "IV", "IX", "X", "XIV", "XXXIX"]


def test_recipients_end_with_commas_and_the_last_with_a_full_stop() -> None:
    assert recipient_lines(replace(samples.resolution(), recipients=("Như trên;", "Lưu Chi bộ."))) == (
        "- Như trên,",
        "- Lưu Chi bộ.",
    )


def test_plain_text_of_the_body_has_a_line_a_paragraph_and_a_line_a_row() -> None:
    assert body_text(samples.programme()).splitlines() == [
        "CHƯƠNG TRÌNH",
        "Họp chi bộ thường kỳ tháng 12 năm 2026",
        "-----",
        "STT | Nội dung | Người thực hiện | Thời gian",
        "1 | Khai mạc, cử thư ký, thông qua chương trình | Nguyễn Thị Hồng Hạnh | 10 phút",
        "2 | Thông tin thời sự | Lê Văn Thuận | 15 phút",
    ]


def test_blocks_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="one cell a column"):
        Table((Column("Việc"), Column("Hạn")), (("Lắp gương",),))
    with pytest.raises(ValueError, match="a dash has no number"):
        Item("Lắp gương", "letter")
    with pytest.raises(ValueError, match="two signatures"):
        replace(samples.resolution(), signatures=(Signature("A"),) * 3)


def test_runs_and_bare_text_are_both_content() -> None:
    bold = replace(samples.resolution(), body=(Item((Run("Lắp ", bold=True), Run("gương"))),))
    assert plain_text(bold) == plain_text(replace(bold, body=(Item("Lắp gương"),)))
