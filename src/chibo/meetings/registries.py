"""Small registries that a later app fills in AppConfig.ready to join in (design.md section 2, rule 5)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from chibo.access.standing import Standing
from chibo.documents.blocks import Block, Document
from chibo.meetings.models import AgendaItem, Meeting
from chibo.orgs.models import Organisation
from chibo.rules.book import RuleBook


@dataclass(frozen=True)
class AgendaLine:
    """One thing that an app puts under an item of the programme: an old task, an answer from above."""

    text: str
    detail: str
    url: str
    status: str = ""  # a status of the look: late, ok, waiting
    status_text: str = ""


@dataclass(frozen=True)
class ClosingBar:
    """Why a meeting cannot be closed yet, and where to mend it."""

    reason: str
    url: str
    action: str


@dataclass(frozen=True)
class Matter:
    """Something that waits for the chair while the meeting is held, in a few words, with the way there."""

    words: str
    url: str
    icon: str


@dataclass(frozen=True)
class MinutesSource:
    """What a later app puts into the minutes of a meeting; all but `tasks` are of the draft alone.

    blocks: by name (review, conclusion, tasks). left_out: what of it does not stand in the minutes, and why.
    people: whom it names. tasks: what the tasks of earlier meetings are called, by id, and who led each.
    """

    blocks: Callable[[Any], dict[str, tuple[Block, ...]]]
    left_out: Callable[[Any], list[Any]]
    people: Callable[[Any], set[UUID]]
    tasks: Callable[[Any], dict[UUID, tuple[str, str]]]


@dataclass(frozen=True)
class SignedTable:
    """A table whose rows signatures cover, column by column; all in form 2 of root and seal (minutes.digests).

    root: what stands before the first signature. seal: what completing the minutes adds. not_covered: every other
    column, with the reason. title: what a row is, in words. A column that is added later belongs to a later form.
    """

    model: type[Model]
    title: str
    root: tuple[str, ...] = ()
    seal: tuple[str, ...] = ()
    not_covered: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.model._meta.db_table


@dataclass(frozen=True)
class Correctable:
    """A fact of signed minutes that a correction may name.

    fact, field: its row ("vote:…") and column. name, words: of both, as people say them. value: what stands there, in
    words. data_class: of the correction.
    """

    fact: str
    field: str
    name: str
    words: str
    value: str
    data_class: str = "discussion"

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.fact}.{self.field}"

    def now(self, value: str) -> "Correctable":
        """The same with another value."""
        return replace(self, value=value)


def columns(names: str) -> tuple[str, ...]:
    """Names of columns, written with spaces between them."""
    return tuple(names.split())


AgendaSource = Callable[[Meeting, AgendaItem], list[AgendaLine]]
ClosingCheck = Callable[[Meeting], list[ClosingBar]]

agenda_sources: list[AgendaSource] = []
closing_checks: list[ClosingCheck] = []
# kind of entry → how it is checked, folded and projected; see chibo.meetings.room.kinds
entry_kinds: dict[str, Any] = {}
# (meeting, state of the room) → None: writes the rows of a later app from a folded log
projectors: list[Callable[[Meeting, Any], None]] = []
# (state of the room, its entries in order) → None: marks what only the whole log shows
judges: list[Callable[[Any, Any], None]] = []
# name → what a later app keeps in the state of a room, to be told as plain values
room_states: dict[str, Callable[[Any], Any]] = {}
# what later apps put into the minutes
minutes_sources: list[MinutesSource] = []
# kind of file → builder of its document, given a number or none; see chibo.meetings.documents
document_builders: dict[str, Callable[[Meeting, int | None], Document]] = {}
# meeting, by whom, when → None: what else is frozen and numbered with the minutes at the second signature
signing_acts: list[Callable[[Meeting, UUID, datetime], None]] = []
# what the signatures under minutes cover, beside the text of its sections
signed_tables: list[SignedTable] = []
# meeting → the facts that a correction of its minutes may name; see meetings.minutes.correctable
correctable_sources: list[Callable[[Meeting], Iterable[Correctable]]] = []
# models with a `reported_at`, opened to the committee above together with the minutes
reported_models: list[type[Model]] = []
# (meeting, person) → what the person is given in this meeting, for their phone in the hall
hall_sources: list[Callable[[Meeting, UUID], list[AgendaLine]]] = []
# (cell, who asks) → (id, title) of what an item of a programme may serve: the cell's resolutions (M4)
served_sources: list[Callable[[Organisation, Standing], list[tuple[str, str]]]] = []
# (meeting, who asks, rules of its day) → what a device brings along to the room of a later app, by key of the pack
pack_parts: list[Callable[[Meeting, Standing, RuleBook], dict[str, Any]]] = []
# meeting → how many things of earlier meetings it has to review, for its score
old_work: list[Callable[[Meeting], int]] = []
# meeting → what a later app prepares beside its programme
prepared_sources: list[Callable[[Meeting], list[AgendaLine]]] = []
# state of the room → the answers given so far to what is reviewed, one a thing: done, partly, not_done, put_off
reviewed_work: list[Callable[[Any], list[str]]] = []
# screen of the room → what waits for the chair there
room_matters: list[Callable[[Any], list[Matter]]] = []
