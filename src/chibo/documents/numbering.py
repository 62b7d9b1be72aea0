"""Numbers of papers: from 01, apart for each body, type and term (Hướng dẫn 05-HD/VPTW, circulating copies [S]).

Signing never waits for a term that nobody has entered: without one a series runs by itself, and the term that is
entered later goes on with it (decision 0042).
"""

from django.core.validators import MinValueValidator
from django.db import models

from chibo.documents.kinds import Body, DocumentType
from chibo.lib.dates import today
from chibo.lib.uuid7 import uuid7
from chibo.orgs.models import Organisation, Term


class NumberTaken(ValueError):
    """A series cannot go back to a number that a paper already has; the message says so in Vietnamese."""


class NumberSeriesQuerySet(models.QuerySet["NumberSeries"]):
    """Series, found or begun."""

    def locked(
        self, *, organisation: Organisation, body: Body, document_type: DocumentType, term: Term | None
    ) -> "NumberSeries":
        """Return the series, begun at 1 if need be, with its row locked until the transaction ends.

        term: None where the organisation has none. What was numbered so goes on in the term of today, once that is
        entered and used.

        Raises:
            MayNotIssue: a cell has no authority to issue this type.
            TransactionManagementError: there is no transaction.
        """
        document_type.symbol(body)
        key = {"organisation": organisation, "body": body.value, "document_type": document_type.key, "term": term}
        if term is not None and term == organisation.term_of_numbers(today()) and not self.filter(**key).exists():
            self.filter(**key | {"term": None}).update(term=term)
        # Two first papers at once: the second waits here for the first and then finds its row.
        self.bulk_create([NumberSeries(**key)], ignore_conflicts=True)
        return self.select_for_update().get(**key)


class NumberSeries(models.Model):
    """The next number of one type of paper of one body in one term."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("orgs.Organisation", on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=10, choices=[(body.value, body.value) for body in Body])
    document_type = models.CharField(max_length=20, choices=[(kind.key, kind.title) for kind in DocumentType])
    term = models.ForeignKey(
        "orgs.Term", null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: none is entered yet"
    )
    next_number = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    last_taken = models.PositiveIntegerField(null=True, blank=True)

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "body", "document_type", "term"], name="one_series_a_body_type_and_term"
            ),
            models.UniqueConstraint(
                fields=["organisation", "body", "document_type"],
                condition=models.Q(term=None),
                name="one_series_without_a_term",
            ),
            models.CheckConstraint(condition=models.Q(next_number__gte=1), name="numbers_from_one"),
        ]
        verbose_name_plural = "number series"

    @property
    def symbol(self) -> str:
        """What follows the number: NQ/CB."""
        return DocumentType.of(self.document_type).symbol(Body(self.body))

    def take(self) -> int:
        """Take the next number, in the transaction that signs the paper: if that fails, the number is not used up.

        Two people signing at once get two numbers: the row stays locked until the first transaction ends.
        """
        series = type(self)._default_manager.select_for_update().get(pk=self.pk)
        number = series.next_number
        self.next_number, self.last_taken = number + 1, number
        self.save(update_fields=["next_number", "last_taken"])
        return number

    def start_at(self, number: int) -> None:
        """Set the next number, for a cell that has numbered papers of this term by hand.

        Raises:
            NumberTaken: a paper has this number or a later one, or it is under 1.
        """
        series = type(self)._default_manager.select_for_update().get(pk=self.pk)
        if number <= (series.last_taken or 0):
            raise NumberTaken(f"Số {series.last_taken or 0:02} đã dùng. Nhập số lớn hơn.")
        self.next_number = number
        self.save(update_fields=["next_number"])
