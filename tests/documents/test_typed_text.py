"""Whatever is typed is shown as typed: it is no code, it breaks no file, and it is one form of each letter."""

import io
import unicodedata
from dataclasses import replace

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.documents.blocks import Column, Document, Heading, Item, KeyValue, Paragraph, Signature, Table
from chibo.documents.docx import render_docx
from chibo.documents.fonts import CANNOT_BE_DRAWN
from chibo.documents.pdf import render_pdf
from tests.documents import samples
from tests.documents.reading import docx_paragraphs, pdf_paragraphs, words

CODE = (
    '#panic("x")',
    '#import "@preview/cetz:0.3.4"',
    '#read("/etc/passwd")',
    "#sys.inputs",
    "] } ) $ _ * ` ~ @nhan <nhan> \\ \\u{1F600} // /* */ = - + 1.",
    "$x^2$ và $ y $",
    "<w:t>chữ</w:t> & &amp; ]]> <!-- -->",
    "{{ document }} {% debug %} {# #} %s {0} ${HOME}",
    "\"nháy\" 'đơn' “cong”",
)


def everywhere(text: str) -> Document:
    """A paper with a text in every place that takes one."""
    return Document(
        parent_name=text, issuer_name=text, symbol="NQ/CB", number=7, place=text, date=None, kind_title=text,
        subject=text, addressees=(text,), recipients=(text,), signatures=(Signature(text, text, text, text),),
        body=(
            Heading(1, text, 1), Paragraph(text), Item(text), KeyValue(text, text),
            Table((Column(text),), ((text,), (text,))),
        ),
    )  # fmt: skip


def both(document: Document) -> tuple[str, str]:
    """The words of the DOCX and of the PDF."""
    return (
        words(" ".join(docx_paragraphs(render_docx(document, made_at=samples.MADE_AT)))),
        words(" ".join(pdf_paragraphs(render_pdf(document, made_at=samples.MADE_AT), document))),
    )


@pytest.mark.parametrize("text", CODE)
def test_no_typed_text_is_read_as_code(text: str) -> None:
    document = everywhere(text)
    for shown in both(document):
        squeezed = shown.replace(" ", "")
        typed, capitals = text.replace(" ", ""), text.upper().replace(" ", "")
        # In capitals: the bodies' names and the title. The rest: all other places.
        assert squeezed.count(capitals) >= 3
        assert squeezed.count(typed) >= 12


def test_the_title_in_the_properties_is_no_code_either() -> None:
    document = replace(samples.resolution(), subject="#panic() <w:t> &")
    pdf = pypdf.PdfReader(io.BytesIO(render_pdf(document, made_at=samples.MADE_AT)))
    assert pdf.metadata is not None
    assert pdf.metadata.title == document.title
    file = docx.Document(io.BytesIO(render_docx(document, made_at=samples.MADE_AT)))
    assert file.core_properties.title == document.title


def test_letters_with_loose_marks_become_one_letter() -> None:
    loose = unicodedata.normalize("NFD", "Nghị quyết về việc đường, ngõ, hẻm ở thôn Phú Hòa")
    docx_words, pdf_words = both(everywhere(loose))
    assert docx_words == pdf_words
    assert unicodedata.normalize("NFC", loose) in pdf_words
    assert loose not in docx_words


def test_what_the_font_lacks_is_a_box_in_both_and_the_content_keeps_what_was_typed() -> None:
    document = everywhere("Đồng ý 😀 ✓ ngay")
    docx_words, pdf_words = both(document)
    assert docx_words == pdf_words
    assert f"Đồng ý {CANNOT_BE_DRAWN} {CANNOT_BE_DRAWN} ngay" in pdf_words
    assert "😀" in Document.from_json(document.to_json()).subject


def test_invisible_and_control_characters_are_left_out() -> None:
    document = everywhere("một\u200bhai\u202eba\x07bốn\x0cnăm\ufeff\tsáu\ud800")
    for shown in both(document):
        assert "mộthaibabốnnăm sáu" in shown


def test_typed_line_ends_start_paragraphs_in_both() -> None:
    document = replace(samples.resolution(), body=(Item("dòng một\n\ndòng hai\ndòng ba"),))
    paragraphs = list(docx_paragraphs(render_docx(document, made_at=samples.MADE_AT)))
    assert [one for one in paragraphs if "dòng" in one] == ["- dòng một", "dòng hai", "dòng ba"]
    docx_words, pdf_words = both(document)
    assert docx_words == pdf_words


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_two_files_that_open(text: str) -> None:
    document = everywhere(text)
    docx.Document(io.BytesIO(render_docx(document, made_at=samples.MADE_AT)))
    pypdf.PdfReader(io.BytesIO(render_pdf(document, made_at=samples.MADE_AT)))
