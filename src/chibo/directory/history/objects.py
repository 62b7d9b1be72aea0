"""How the objects of events are called and where they are found, for whoever reads the log.

An app registers its own from `AppConfig.ready`, by the model, a word for paths, a word for links, and a function that
names them. Names are looked up at reading, never stored, and only among what the reader may see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.lib.dates import today
from chibo.members.models import Membership, Person
from chibo.orgs.models import Kind, Organisation


@dataclass(frozen=True)
class Named:
    """An object in words. url: its own page, empty where the reader has none. cell_id: the cell whose it is."""

    label: str
    url: str = ""
    cell_id: UUID | None = None
    is_person: bool = False


Namer = Callable[[Iterable[UUID], Standing], dict[UUID, Named]]


@dataclass(frozen=True)
class Source:
    """One kind of object: its model, its word in a path and on a link, who names it."""

    model: str
    slug: str
    word: str
    namer: Namer


SOURCES: list[Source] = []


def register(model: str, slug: str, word: str, namer: Namer) -> None:
    """Add a kind of object (from AppConfig.ready). model: as in an event, "meetings.meeting"."""
    SOURCES.append(Source(model, slug, word, namer))


def source_of(slug: str) -> Source | None:
    """The kind of object that a path names."""
    return next((one for one in SOURCES if one.slug == slug), None)


def named(ids: set[UUID], standing: Standing) -> dict[UUID, Named]:
    """Every object of these ids that the reader may see."""
    found: dict[UUID, Named] = {}
    for source in SOURCES if ids else ():
        found |= source.namer(ids, standing)
    return found


def names_of_people(ids: Iterable[UUID], standing: Standing) -> dict[UUID, Named]:
    """People as the reader may know them; whoever leads a cell has a page for each of its members."""
    ids, led = list(ids), {}
    if standing.committee_cells:
        here = Membership.objects.filter(cell_id__in=standing.committee_cells, validity__contains=today())
        led = dict(here.filter(person_id__in=ids).values_list("person_id", "cell_id"))
    found = {}
    for person in visible(Person.objects.filter(pk__in=ids), standing):
        url = f"/so-chi-bo/dang-vien/{person.pk}/" if person.pk in led else ""
        found[person.pk] = Named(person.full_name, url, led.get(person.pk), is_person=True)
    return found


def names_of_organisations(ids: Iterable[UUID], standing: Standing) -> dict[UUID, Named]:
    """Bodies of the tree; a cell has its page for the committee above it and for its own people."""
    found = {}
    for one in Organisation.objects.filter(pk__in=list(ids)):
        own = one.pk in standing.member_cells or one.pk in standing.committee_cells
        above = one.kind == Kind.CELL and standing.covers(one.path)
        url = "/so-chi-bo/" if own else f"/chi-bo/{one.pk}/" if above else ""
        found[one.pk] = Named(one.name, url, one.pk)
    return found


def add_objects() -> None:
    """Register people and bodies (from AppConfig.ready)."""
    register("members.person", "dang-vien", "Đảng viên", names_of_people)
    register("orgs.organisation", "to-chuc", "Tổ chức", names_of_organisations)
