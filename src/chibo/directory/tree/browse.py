"""Reading the tree: what stands under a body, what it was called and where it stood on a day, what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from chibo.access.models import Office, TermOfOffice
from chibo.access.standing import Standing
from chibo.lib.dates import today
from chibo.lib.vietnamese import fold
from chibo.orgs.models import Kind, OrgAncestor, Organisation, OrganisationName, Succession

MOST_FOUND = 100


@dataclass(frozen=True)
class Line:
    """One body in a list. cells and members are of what stands under it; None where the reader may not count."""

    body: Organisation
    cells: int | None = None
    members: int | None = None
    secretary: str = ""
    parent_name: str = ""


@dataclass(frozen=True)
class Numbers:
    """How many cells and members stand under a path."""

    cells: int
    members: int


def numbers_by_child(body: Organisation, day: date) -> dict[str, Numbers]:
    """By the path of each body directly under one, in one query; empty where one does not stand over it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT child, cells, members FROM orgs_party_numbers(%s, %s)", [body.path, day])
        return {child: Numbers(cells, members) for child, cells, members in cursor.fetchall()}


def total(numbers: dict[str, Numbers]) -> Numbers:
    """Of all together."""
    found = numbers.values()
    return Numbers(sum(one.cells for one in found), sum(one.members for one in found))


def lines_under(body: Organisation, numbers: dict[str, Numbers]) -> list[Line]:
    """What stands directly under a body today: committees, cells, then departments, each in Vietnamese order."""
    children = list(Organisation.objects.standing().filter(parent=body).in_order())
    leaders = secretaries(children)
    lines = []
    for one in children:
        number = numbers.get(one.path, Numbers(0, 0)) if numbers and one.kind != Kind.DEPARTMENT else None
        cells, members = (number.cells, number.members) if number else (None, None)
        lines.append(Line(one, cells, members, leaders.get(one.pk, "")))
    return sorted(lines, key=lambda line: line.body.kind == Kind.DEPARTMENT)


def secretaries(bodies: Sequence[Organisation]) -> dict[UUID, str]:
    """Who is secretary of each, in one query."""
    held = TermOfOffice.objects.on(today()).filter(
        organisation__in=[one.pk for one in bodies], office__in=(Office.SECRETARY, Office.UPPER_SECRETARY)
    )
    return dict(held.values_list("organisation_id", "person__full_name"))


def search(roots: Sequence[str], sought: str) -> list[Line]:
    """Bodies under some paths whose name or code holds the words, without diacritics, in Vietnamese order."""
    under = Organisation.objects.standing().under(list(roots))
    words = fold(sought)
    found = under.filter(folded__contains=words) | under.filter(code__startswith=sought)
    bodies = list(found.select_related("parent").in_order()[:MOST_FOUND])
    leaders = secretaries(bodies)
    return [
        Line(one, secretary=leaders.get(one.pk, ""), parent_name=one.parent.name if one.parent else "")
        for one in bodies
    ]


def former_names(roots: Sequence[str], sought: str) -> list[OrganisationName]:
    """Names of before that hold the words: a body that is called otherwise today, or stands no longer."""
    words = fold(sought)
    if not words:
        return []
    # Few names ever change: those alone are folded here.
    rows = (
        OrganisationName.objects.filter(organisation__in=Organisation.objects.under(list(roots)))
        .filter(Q(validity__upper_inf=False) | Q(organisation__dissolved__isnull=False))
        .select_related("organisation")
        .order_by("organisation__sort_key")
    )
    return [row for row in rows if words in fold(row.name)][:MOST_FOUND]


@dataclass(frozen=True)
class AsOf:
    """What a body was on a day."""

    day: date
    name: str
    code: str
    above: list[tuple[UUID, str]]  # from the root down, as they were called then
    children: list[tuple[UUID, str]]
    existed: bool


def as_of(body: Organisation, day: date) -> AsOf:
    """Name, code, place and what stood directly under it on a day; four queries however large the tree."""
    above = depths(_ancestors([body.pk], day) - {body.pk}, day)
    direct = _directly_below(body, day, len(above))
    names = names_on([*above, *direct], day)
    code = body.codes.filter(validity__contains=day).values_list("code", flat=True).first() or ""
    existed = body.founded <= day and (body.dissolved is None or day < body.dissolved)
    chain = sorted(above, key=lambda key: above[key])
    keys = dict(Organisation.objects.filter(pk__in=direct).values_list("pk", "sort_key"))
    direct.sort(key=lambda key: keys[key])
    return AsOf(
        day,
        body.name_on(day),
        code,
        [(key, names[key]) for key in chain],
        [(key, names[key]) for key in direct],
        existed,
    )


def _ancestors(bodies: list[UUID], day: date) -> set[UUID]:
    rows = OrgAncestor.objects.filter(descendant__in=bodies, validity__contains=day)
    return set(rows.values_list("ancestor_id", flat=True))


def _directly_below(body: Organisation, day: date, above: int) -> list[UUID]:
    """What has just one more above it than the body has: the body itself. Counted by the database."""
    below = OrgAncestor.objects.filter(ancestor=body, validity__contains=day).exclude(descendant=body)
    bodies = below.exclude(descendant__kind=Kind.DEPARTMENT).values("descendant_id")
    rows = OrgAncestor.objects.filter(descendant__in=bodies, validity__contains=day).values("descendant_id")
    return list(rows.annotate(n=Count("id")).filter(n=above + 2).values_list("descendant_id", flat=True))


def depths(bodies: set[UUID], day: date) -> dict[UUID, int]:
    """How deep each stood on a day: the number of those above it, itself included."""
    rows = OrgAncestor.objects.filter(descendant__in=bodies, validity__contains=day)
    return dict(rows.values("descendant_id").annotate(n=Count("id")).values_list("descendant_id", "n"))


def names_on(bodies: list[UUID], day: date) -> dict[UUID, str]:
    """What each was called on a day; today's name where none is recorded."""
    names = dict(Organisation.objects.filter(pk__in=bodies).values_list("pk", "name"))
    then = OrganisationName.objects.filter(organisation__in=bodies, validity__contains=day)
    return names | dict(then.values_list("organisation_id", "name"))


def followed_by(body: Organisation) -> list[Succession]:
    """Who came after a body."""
    if body.dissolved is None:
        return []
    rows = Succession.objects.filter(predecessor=body, since=body.dissolved).select_related("successor")
    return list(rows.order_by("successor__sort_key"))


def archives_of(cell: Organisation) -> list[Succession]:
    """The cells whose records a cell keeps."""
    rows = Succession.objects.filter(successor=cell, keeps_archive=True).select_related("predecessor")
    return list(rows.order_by("-since", "predecessor__sort_key"))


def may_look(by: Standing, body: Organisation) -> bool:
    """Whether the page of a body is open: from above, and from inside one's own cell."""
    cells = (*by.member_cells, *by.committee_cells, *by.followed_cells)
    return by.oversees(body.path) or body.pk in cells
