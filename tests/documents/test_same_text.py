"""One content, two renderers: DOCX, PDF and plain text say the same words in the same order."""

from collections.abc import Callable

import pytest

from chibo.documents.blocks import FICTITIOUS, Document
from chibo.documents.docx import render_docx
from chibo.documents.pdf import render_pdf
from chibo.documents.plain import CELL_SEPARATOR, plain_text
from tests.documents import samples
from tests.documents.reading import docx_paragraphs, pdf_paragraphs, texts, words


@pytest.fixture(params=samples.ALL, ids=lambda make: make.__name__)
def document(request: pytest.FixtureRequest) -> Document:
    make: Callable[[], Document] = request.param
    return make()


def test_docx_and_pdf_say_the_same(document: Document) -> None:
    docx = words(" ".join(docx_paragraphs(render_docx(document, made_at=samples.MADE_AT))))
    pdf = words(" ".join(pdf_paragraphs(render_pdf(document, made_at=samples.MADE_AT), document)))
    assert docx == pdf


def test_docx_and_plain_text_say_the_same(document: Document) -> None:
    docx = words(" ".join(docx_paragraphs(render_docx(document, made_at=samples.MADE_AT))))
    plain = words(plain_text(document).replace(CELL_SEPARATOR, " "))
    assert sorted(docx.split()) == sorted(plain.removesuffix(FICTITIOUS).split())


def test_nothing_of_the_content_is_left_out(document: Document) -> None:
    docx = words(" ".join(docx_paragraphs(render_docx(document, made_at=samples.MADE_AT))))
    missing = [text for text in texts(document) if words(text) not in docx]
    assert not missing


def test_the_same_content_gives_the_same_bytes(document: Document) -> None:
    for render in (render_docx, render_pdf):
        assert render(document, made_at=samples.MADE_AT) == render(document, made_at=samples.MADE_AT)


def test_the_long_minutes_are_five_pages_or_more_with_every_kind_of_block() -> None:
    document = samples.minutes()
    kinds = {type(block).__name__ for block in document.body}
    assert kinds == {"Heading", "Paragraph", "Item", "KeyValue", "Table", "Space", "PageBreak"}
    assert len(list(pdf_paragraphs(render_pdf(document, made_at=samples.MADE_AT), document))) >= 5
