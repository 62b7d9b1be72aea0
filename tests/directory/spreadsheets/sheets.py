"""Real XLSX files for the tests, as Excel would write them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from chibo.directory.spreadsheets.importing import read_file
from chibo.directory.spreadsheets.problems import Problems
from chibo.directory.spreadsheets.tables import Table
from chibo.directory.spreadsheets.workbook import IN_A_REQUEST

Rows = Sequence[Sequence[Any]]


def xlsx(*sheets: Rows, merged: Sequence[tuple[str, str]] = (), names: Sequence[str] = ()) -> bytes:
    """A workbook; dates become dates of Excel, a formula is a tuple ("=1+1", 2). merged: ranges with their text."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for place, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[place] if names else None)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(number, column, value[0], None, value[1])
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, (int, float)):
                    sheet.write_number(number, column, value)
                elif value:
                    sheet.write_string(number, column, value)
        for where, text in merged:
            sheet.merge_range(where, text)
    book.close()
    return target.getvalue()


def upload(content: bytes, name: str = "dang-vien.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def tables(content: bytes, problems: Problems | None = None) -> list[Table]:
    """The tables of a workbook, read in this process: the one that reads for the site is tried with hostile files."""
    return read_file(BytesIO(content), replace(IN_A_REQUEST, apart=False), Problems() if problems is None else problems)


def written(content: bytes) -> dict[str, list[list[Any]]]:
    """What stands in each sheet of a workbook that Chibo wrote."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


# What the page of a list says when something can be written.
WRITE = 'button button-main">Nhập '


def look_at(client: Client, page: str, *sheets: Rows, **fields: str) -> str:
    """Choose a file of these sheets; the page that shows what it would do."""
    answer = client.post(page, {"file": upload(xlsx(*sheets)), **fields}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def run_of(page: str) -> str:
    """The address of the list that a page shows."""
    found = re.search(r"/nhap-danh-sach/[0-9a-f-]{36}/", page)
    assert found is not None, "the page shows no list"
    return found[0]


def press(client: Client, page: str, act: str = "ghi", **fields: str) -> str:
    """Press a button of that page; the page that follows."""
    assert act != "ghi" or WRITE in page, "nothing to write"
    answer = client.post(f"{run_of(page)}{act}/", fields, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()
