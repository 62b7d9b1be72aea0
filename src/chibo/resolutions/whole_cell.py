"""What a cell decided and gave, for its export: resolutions and conclusions as issued, tasks as a sheet."""

from collections.abc import Iterator

from django.db.models import Prefetch

from chibo.access.standing import Standing
from chibo.directory.exports.parts import ExportedFile
from chibo.directory.spreadsheets.export import workbook
from chibo.documents.models import DataClass, IssuedDocument
from chibo.lib.dates import format_date, local_date
from chibo.meetings.models import Body
from chibo.orgs.models import Organisation
from chibo.resolutions.models import Review, Task

COLUMNS = (
    ("Việc", 60),
    ("Chủ trì", 26),
    ("Phối hợp", 34),
    ("Giao ngày", 14),
    ("Hạn", 14),
    ("Kiểm tra bằng", 34),
    ("Kết quả kiểm điểm", 60),
)


def resolutions(by: Standing, cell: Organisation) -> Iterator[ExportedFile]:
    """Resolutions and conclusions of the cell's own meetings, oldest first."""
    issued = IssuedDocument.objects.visible_to(by).filter(cell=cell, body=Body.CELL, data_class=DataClass.RESOLUTION)
    for one in issued.order_by("made_at", "id").iterator(chunk_size=20):
        day = local_date(one.made_at)
        number = f" số {one.number:02}" if one.number else ""
        name = f"{day:%Y-%m-%d} {one.get_document_type_display().capitalize()}{number}"
        for ending, content in (("docx", one.docx), ("pdf", one.pdf)):
            yield ExportedFile(f"Nghị quyết, kết luận/{name}.{ending}", one.title, bytes(content))


def tasks(by: Standing, cell: Organisation) -> Iterator[ExportedFile]:
    """Every task that was given, with what meetings found of it."""
    given = Task.objects.visible_to(by).given().filter(cell=cell, body=Body.CELL).select_related("lead")
    said = Prefetch("reviews", Review.objects.that_count())
    rows = [_row(one) for one in given.prefetch_related("helper_rows__person", said).order_by("given_at", "order")]
    if rows:
        yield ExportedFile(
            "Công việc.xlsx", f"Công việc đã giao: {len(rows)} việc", workbook(("Công việc", COLUMNS, rows))
        )


def _row(task: Task) -> list[str]:
    helpers = [row.person.full_name for row in task.helper_rows.all()] + (
        [task.helpers_text] if task.helpers_text else []
    )
    found = [
        one.get_result_display() + (f": {one.cause.rstrip('.')}" if one.cause else "") for one in task.reviews.all()
    ]
    return [
        task.what,
        task.lead.full_name,
        ", ".join(helpers),
        format_date(task.given_at) if task.given_at else "",
        format_date(task.due),
        task.how_checked,
        "; ".join(found),
    ]
