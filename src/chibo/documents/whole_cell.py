"""The page of contents of an exported cell."""

from datetime import datetime

from django.conf import settings

from chibo.directory.exports.parts import ExportedFile
from chibo.documents.blocks import Column, Document, Paragraph, Table
from chibo.documents.docx import render_docx
from chibo.documents.layout import layout_on
from chibo.lib.dates import format_date, format_time, local_date
from chibo.orgs.models import Organisation


def contents_page(cell: Organisation, files: list[ExportedFile], made_at: datetime) -> bytes:
    """What stands in the export, in its order, with the moment that it shows."""
    parent = cell.parent
    columns = (Column("TT", 0.08, "centre"), Column("Tên", 0.52), Column("Tệp", 0.4))
    rows = tuple((str(place), one.title, one.path) for place, one in enumerate(files, 1))
    moment = f"Xuất lúc {format_time(made_at)}, {format_date(made_at)}. Có {len(files)} tệp."
    document = Document(
        parent_name=parent.name if parent else "",
        issuer_name=cell.name,
        symbol="",
        place=cell.locality or "…",
        date=local_date(made_at),
        kind_title="MỤC LỤC",
        subject="Hồ sơ chi bộ xuất từ Chibo",
        body=(
            Paragraph(moment),
            Paragraph("Không có phần tự phê bình và phê bình, biên bản họp chi ủy, mục họp kín ghi sổ giấy."),
            Table(columns, rows),
        ),
        fictitious=settings.FICTITIOUS,
    )
    return render_docx(document, made_at=made_at, layout=layout_on(local_date(made_at)))
