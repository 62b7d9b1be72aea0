"""What goes into the export of a whole cell. Later apps add their part from AppConfig.ready."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from chibo.access.standing import Standing
from chibo.directory.spreadsheets import export
from chibo.lib.dates import today
from chibo.orgs.models import Organisation


@dataclass(frozen=True)
class ExportedFile:
    """One file of the export: where it stands in it, what it is, its bytes."""

    path: str
    title: str
    content: bytes


Part = Callable[[Standing, Organisation], Iterable[ExportedFile]]
# From the lists of files the first page of the export, as a DOCX.
ContentsPage = Callable[[Organisation, list[ExportedFile], datetime], bytes]

PARTS: list[Part] = []
CONTENTS_PAGE: list[ContentsPage] = []


def book(by: Standing, cell: Organisation) -> Iterator[ExportedFile]:
    """The cell, its people and who holds which office, in the columns that an import reads."""
    people = export.people_rows(by, [cell])
    content = export.workbook(
        ("Chi bộ", export.ORGANISATION_COLUMNS, export.organisation_rows([cell])),
        ("Đảng viên", export.PEOPLE_COLUMNS, people),
        ("Chức vụ", export.OFFICE_COLUMNS, export.office_rows([cell])),
    )
    day = today()
    yield ExportedFile("Sổ chi bộ.xlsx", f"Sổ chi bộ ngày {day:%d/%m/%Y}: {len(people)} đồng chí", content)


PARTS.append(book)
