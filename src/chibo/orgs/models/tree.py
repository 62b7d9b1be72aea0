"""The tree of organisations: dated names, dated ancestry, terms. The only tree there is."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from psycopg.types.range import DateRange

from chibo.lib.dates import add_months, today
from chibo.lib.uuid7 import uuid7
from chibo.lib.vietnamese import fold, normalise, sort_key


class Kind(models.TextChoices):
    """What an organisation is (domain.md 1.3). A department stands under its committee and acts for it."""

    PROVINCE = "province", "Tỉnh ủy"
    COMMITTEE = "committee", "Đảng ủy xã, phường"
    BASE = "base", "Đảng bộ trực thuộc cơ sở"
    CELL = "cell", "Chi bộ"
    DEPARTMENT = "department", "Ban, văn phòng của cấp ủy"


class Category(models.TextChoices):
    """What kind of cell it is (domain.md 2.7); decides its agenda."""

    HAMLET = "hamlet", "Thôn, tổ dân phố nông thôn"
    STREET = "street", "Khu phố, tổ dân phố"
    OFFICE = "office", "Cơ quan hành chính"
    SCHOOL = "school", "Trường học"
    CLINIC = "clinic", "Trạm y tế, bệnh viện"
    ENTERPRISE = "enterprise", "Doanh nghiệp nhà nước"
    PRIVATE = "private_enterprise", "Doanh nghiệp tư nhân, có vốn nước ngoài"
    STUDENTS = "students", "Học sinh, sinh viên"
    FORCES = "forces", "Lực lượng vũ trang"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about the tree as it stands today."""

    def plant(
        self,
        *,
        name: str,
        kind: str,
        parent: "Organisation | None",
        founded: date,
        placed: date | None = None,
        **fields: Any,
    ) -> "Organisation":
        """Create an organisation with its path, its first dated name and its dated ancestry.

        placed: since when it stands where it stands, where it is older than that.
        """
        name = normalise(name)
        with transaction.atomic():
            one = Organisation(
                name=name,
                kind=kind,
                parent=parent,
                founded=founded,
                folded=fold(name),
                sort_key=sort_key(name),
                **fields,
            )
            one.path = f"{parent.path if parent else '/'}{one.id.hex}/"
            one.save(force_insert=True)
            since = DateRange(founded, None)
            OrganisationName.objects.create(organisation=one, name=name, validity=since)
            if one.code:
                OrganisationCode.objects.create(organisation=one, code=one.code, validity=since)
            OrgAncestor.objects.bulk_create(
                OrgAncestor(
                    ancestor_id=UUID(part),
                    descendant=one,
                    validity=since if UUID(part) == one.id else DateRange(max(founded, placed or founded), None),
                )
                for part in one.path.strip("/").split("/")
            )
        return one

    def cells(self) -> Self:
        """Only the cells."""
        return self.filter(kind=Kind.CELL)

    def standing(self) -> Self:
        """Those that are not dissolved."""
        return self.filter(dissolved=None)

    def on(self, day: date) -> Self:
        """Those that stood on a day: founded by then, and not ended yet."""
        return self.filter(models.Q(dissolved=None) | models.Q(dissolved__gt=day), founded__lte=day)

    def in_month(self, period: date) -> Self:
        """Those whose month it is: they stood on its last day, or stand today while it goes on or is still to come."""
        return self.on(min(add_months(period, 1) - timedelta(days=1), max(today(), period)))

    def under(self, paths: "list[str] | tuple[str, ...]") -> Self:
        """What stands today under any of these paths, themselves included."""
        if not paths:
            return self.none()
        where = models.Q()
        for path in paths:
            where |= models.Q(path__gte=path, path__lt=path + "~")
        return self.filter(where)

    def in_order(self) -> Self:
        """In Vietnamese alphabetical order."""
        return self.order_by("sort_key", "id")


class Organisation(models.Model):
    """A body of the Party, from the province to the cell. Its name and place in the tree are today's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    category = models.CharField(max_length=20, choices=Category.choices, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.TextField(unique=True, db_collation="C")
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=40, blank=True, db_index=True, help_text="a label of today, never parsed")
    folded = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=600, db_collation="C")
    locality = models.CharField("địa danh", max_length=100, blank=True, help_text="the place on documents")
    registered_day = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    registered_time = models.TimeField(null=True, blank=True)
    meeting_place = models.CharField(max_length=200, blank=True)
    founded = models.DateField()
    dissolved = models.DateField(null=True, blank=True)

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(path__startswith="/"), name="path_from_the_root")]
        indexes = [models.Index(fields=["kind", "sort_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def path_ids(self) -> tuple[UUID, ...]:
        """The bodies over it today, from the root down to itself: how rules and holidays are looked up."""
        return tuple(UUID(part) for part in self.path.strip("/").split("/"))

    def rename(self, name: str, since: date) -> None:
        """Give a new name from a day on; the old one stays readable under its dates."""
        name = normalise(name)
        with transaction.atomic():
            current = self.names.select_for_update().get(validity__contains=since)
            if current.validity.lower == since:
                current.name = name
                current.save(update_fields=["name"])
            else:
                current.validity = DateRange(current.validity.lower, since)
                current.save(update_fields=["validity"])
                OrganisationName.objects.create(organisation=self, name=name, validity=DateRange(since, None))
            self.name, self.folded, self.sort_key = name, fold(name), sort_key(name)
            self.save(update_fields=["name", "folded", "sort_key"])

    def name_on(self, day: date) -> str:
        """The name that was valid on a day; today's when none is recorded."""
        found = self.names.filter(validity__contains=day).values_list("name", flat=True).first()
        return found or self.name

    def term_on(self, day: date) -> "Term | None":
        """The term (nhiệm kỳ) that a day falls in."""
        return self.terms.filter(validity__contains=day).first()

    def term_of_numbers(self, day: date) -> "Term | None":
        """The term in which papers of a day are numbered; None where no term is entered.

        Between two terms the last one goes on: numbers begin anew with a congress. Before all terms it is the first:
        its series may have to be dated back, and no number may then stand twice (decision 0042).
        """
        terms = list(self.terms.order_by("validity"))
        begun = [term for term in terms if term.validity.lower <= day]
        return begun[-1] if begun else next(iter(terms), None)


class OrganisationName(models.Model):
    """A name with its days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    validity = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_name_a_day",
                expressions=[("organisation", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
            )
        ]


class OrganisationCode(models.Model):
    """A code with its days: a label, never parsed (domain.md 1.2)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=40)
    validity = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_code_a_day",
                expressions=[("organisation", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
            )
        ]


class OrgAncestor(models.Model):
    """Who stood above whom, from when to when; itself included."""

    id = models.BigAutoField(primary_key=True)
    ancestor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    validity = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_ancestry_a_day",
                expressions=[
                    ("ancestor", RangeOperators.EQUAL),
                    ("descendant", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Term(models.Model):
    """A term of an organisation (nhiệm kỳ); numbers of documents run within it (domain.md 4)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=40)
    validity = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_term_a_day",
                expressions=[("organisation", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return self.name
