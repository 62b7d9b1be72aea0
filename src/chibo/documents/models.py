"""Papers that were issued, frozen as files, and the series that number them."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models

from chibo.access.visible import GuardedQuerySet
from chibo.documents.blocks import Document
from chibo.documents.checking import Page, new_token, pages_of
from chibo.documents.docx import render_docx
from chibo.documents.kinds import Body, DocumentType
from chibo.documents.layout import layout_on
from chibo.documents.numbering import NumberSeries
from chibo.documents.pdf import render_pdf
from chibo.lib.dates import local_date
from chibo.lib.uuid7 import uuid7
from chibo.orgs.models import Organisation

__all__ = ["DataClass", "IssuedDocument", "IssuedDocumentQuerySet", "NumberSeries"]


class DataClass(models.TextChoices):
    """Who may read a paper (design.md, section 4)."""

    AGENDA = "agenda", "Giấy mời, chương trình"
    DISCUSSION = "discussion", "Biên bản"
    SELF_CRITICISM = "self_criticism", "Tự phê bình và phê bình"
    RESOLUTION = "resolution", "Nghị quyết, kết luận"


class IssuedDocumentQuerySet(GuardedQuerySet["IssuedDocument"]):
    """Issued papers."""

    def light(self) -> Self:
        """Without content and files, for lists."""
        return self.defer("content", "docx", "pdf")

    def freeze(
        self,
        document: Document,
        *,
        cell: Organisation,
        body: Body,
        meeting_id: UUID,
        kind: str,
        document_type: DocumentType,
        data_class: DataClass,
        made_at: datetime,
        made_by: UUID,
        series: NumberSeries | None = None,
    ) -> "IssuedDocument":
        """Render a paper once and keep its content, both files and their digests.

        Arguments:
            kind: what the paper is of its meeting, such as "bien-ban" or "nghi-quyet".
            series: where its number was taken from, if it has one.

        Raises:
            ValueError: the paper has a symbol but no number yet.
        """
        if document.lacks_number:
            raise ValueError("a paper is frozen with its number")
        layout, token = layout_on(local_date(made_at)), new_token()
        foot, pages = pages_of(document, token, made_at=made_at, layout=layout)
        docx = render_docx(document, made_at=made_at, layout=layout, code=foot.address)
        pdf = render_pdf(document, made_at=made_at, layout=layout, foot=foot)
        return self.create(
            cell=cell,
            body=body.value,
            meeting_id=meeting_id,
            kind=kind,
            document_type=document_type.key,
            series=series,
            number=document.number,
            symbol=document.symbol,
            title=document.title[:300],
            data_class=data_class,
            content=document.to_json(),
            docx=docx,
            docx_sha256=hashlib.sha256(docx).hexdigest(),
            pdf=pdf,
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            made_at=made_at,
            made_by=made_by,
            token=token,
            pages=[asdict(page) for page in pages],
        )


class IssuedDocument(models.Model):
    """A paper as it was signed: its files are kept and never rendered again (design.md, section 3, rule 8)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cell = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=10, choices=[(body.value, body.value) for body in Body])
    meeting_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=30)
    document_type = models.CharField(max_length=20, choices=[(kind.key, kind.title) for kind in DocumentType])
    series = models.ForeignKey(NumberSeries, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(null=True, blank=True)
    symbol = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    data_class = models.CharField(max_length=20, choices=DataClass.choices)
    content = models.JSONField()
    docx = models.BinaryField()
    docx_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(help_text="the person; no foreign key, as in audit")
    token = models.CharField(
        max_length=30, null=True, blank=True, help_text="in its QR, 128 random bits; papers issued before have none"
    )
    pages = models.JSONField(null=True, help_text="text and check words of each page of the PDF (documents.checking)")

    objects: ClassVar[IssuedDocumentQuerySet] = IssuedDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="each_number_of_a_series_once")]
        indexes = [
            models.Index(fields=["cell", "-made_at"]),
            models.Index(fields=["token"], name="papers_by_token"),
        ]

    @property
    def document(self) -> Document:
        """The content, read back.

        Raises:
            MalformedDocument: the stored content cannot be read.
        """
        return Document.from_json(self.content)

    @property
    def printed_pages(self) -> list[Page]:
        """Its pages as they were printed; none for a paper issued before pages could be checked."""
        return [Page(**page) for page in self.pages or []]

    def is_intact(self) -> bool:
        """Whether both files are still the ones that were signed."""
        pairs: list[tuple[Any, str]] = [(self.docx, self.docx_sha256), (self.pdf, self.pdf_sha256)]
        return all(hashlib.sha256(bytes(data)).hexdigest() == digest for data, digest in pairs)
