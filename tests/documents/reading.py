"""Reads finished files back, as another program would."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pypdf
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from lxml import etree

from chibo.documents.blocks import FICTITIOUS, Document, Table, text_of


def docx_paragraphs(data: bytes) -> Iterator[str]:
    """The text of every paragraph of the body, tables row by row and cell by cell."""
    file = docx.Document(io.BytesIO(data))
    for block in file.iter_inner_content():
        if isinstance(block, DocxTable):
            for row in block.rows:
                for cell in row.cells:
                    yield from (paragraph.text for paragraph in cell.paragraphs)
        else:
            yield block.text


def pdf_paragraphs(data: bytes, document: Document) -> Iterator[str]:
    """The text of every page in the order it is written, without page numbers, feet and repeated table headers."""
    tables = (block for block in (*document.body, *document.annex) if isinstance(block, Table))
    headers = [" ".join(column.title for column in block.columns) for block in tables]
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1):
        text = words(page.extract_text())
        if number > 1:
            assert text.startswith(f"{number} "), "a page from the second on begins with its number"
            text = text.removeprefix(f"{number} ")
            for header in headers:
                text = text.removeprefix(header + " ")
        if document.fictitious:
            assert text.endswith(FICTITIOUS), "every page of a demonstration says so"
            text = text.removesuffix(FICTITIOUS)
        yield text


def words(text: str) -> str:
    """The text with every stretch of white space as one space."""
    return " ".join(text.split())


def texts(document: Document) -> Iterator[str]:
    """Every text in the body of a document and in what is attached."""
    for block in (*document.body, *document.annex):
        if isinstance(block, Table):
            yield from (text_of(cell) for row in block.rows for cell in row)
        elif hasattr(block, "content"):
            yield text_of(block.content)


def part(data: bytes, name: str) -> Any:
    """One XML part of a DOCX."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its short name, such as w:val."""
    return element.get(qn(name))


def millimetres(twips: str | None) -> float:
    """A length of a DOCX in millimetres."""
    return round(int(twips or 0) * 25.4 / 1440, 1)


def fonts_of(data: bytes) -> set[str]:
    """The fonts that a PDF carries, without their subset marks."""
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for one in page["/Resources"]["/Font"].values():
            found.add(re.sub(r"^/[A-Z]{6}\+", "", one.get_object()["/BaseFont"]))
    return found
