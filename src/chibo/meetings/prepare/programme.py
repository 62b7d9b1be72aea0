"""The programme of a meeting as plain values: for the screens, the room, the papers and the home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from chibo.access.compiled import Compiled
from chibo.access.scope import NOBODY
from chibo.access.standing import Standing
from chibo.meetings.models import AgendaItem, Meeting, Paper, Part, Question

# Every meeting begins and ends; these two carry no number on the programme.
UNNUMBERED = (AgendaItem.Kind.OPENING, AgendaItem.Kind.CLOSING)


def numbers_of(items: Iterable[AgendaItem]) -> dict[UUID, int]:
    """The number that each item carries on programme, papers, wall and phones; none for opening and closing.

    Args:
        items: of one meeting, in their order.
    """
    numbers = count(1)
    return {item.pk: next(numbers) for item in items if item.kind not in UNNUMBERED}


@dataclass(frozen=True)
class QuestionLine:
    """A guiding question."""

    id: str
    text: str


@dataclass(frozen=True)
class PaperLine:
    """A paper without its bytes."""

    id: str
    name: str
    size: int


@dataclass(frozen=True)
class Line:
    """One item in its place. `number` is None for the opening and the closing."""

    item: AgendaItem
    number: int | None
    questions: tuple[QuestionLine, ...]
    papers: tuple[PaperLine, ...]

    @property
    def minutes(self) -> int:
        """Planned minutes; 0 while nobody said."""
        return self.item.minutes or 0

    @property
    def work(self) -> str:
        """Party or professional work."""
        return self.item.work

    @property
    def label(self) -> str:
        """ "mục 3", or the title of an item without a number."""
        return f"mục {self.number}" if self.number else f"phần {self.item.title.lower()}"


@dataclass(frozen=True)
class PartOfProgramme:
    """A part of the gathering with its lines."""

    id: UUID
    kind: str
    name: str
    theme: str
    lines: tuple[Line, ...]

    @property
    def minutes(self) -> int:
        """Planned minutes of the part."""
        return sum(line.minutes for line in self.lines)


@dataclass(frozen=True)
class Programme:
    """What a meeting will do, in order."""

    meeting: Meeting
    parts: tuple[PartOfProgramme, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All items in order."""
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(line.minutes for line in self.lines)

    @property
    def professional_minutes(self) -> int:
        """The share of professional work (M8)."""
        return sum(line.minutes for line in self.lines if line.work == AgendaItem.Work.PROFESSIONAL)

    @property
    def party_minutes(self) -> int:
        """The share of party work (M8)."""
        return self.minutes - self.professional_minutes

    @property
    def party_words(self) -> str:
        """ "Công tác đảng 80 phút"."""
        return f"Công tác đảng {self.party_minutes} phút"

    @property
    def professional_words(self) -> str:
        """ "Chuyên môn 25 phút"."""
        return f"Chuyên môn {self.professional_minutes} phút"

    @property
    def questions(self) -> tuple[QuestionLine, ...]:
        """All guiding questions in order."""
        return tuple(question for line in self.lines for question in line.questions)

    @property
    def papers(self) -> tuple[PaperLine, ...]:
        """All papers in order."""
        return tuple(paper for line in self.lines for paper in line.papers)

    @property
    def main_lines(self) -> tuple[Line, ...]:
        """The numbered items: what a notice names."""
        return tuple(line for line in self.lines if line.number)

    def has(self, kind: str) -> bool:
        """Whether there is an item of a kind."""
        return any(line.item.kind == kind for line in self.lines)


def programme(meeting: Meeting) -> Programme:
    """The programme of a meeting in one query, however long it is; no bytes of papers."""
    lines: dict[str, list[Line]] = {}
    items, parts = list(_ITEMS.rows(NOBODY, meeting.pk)), None
    numbers = numbers_of(items)
    for item in items:
        questions = tuple(QuestionLine(**one) for one in item.question_list)  # type: ignore[attr-defined]
        papers = tuple(PaperLine(**one) for one in item.paper_list)  # type: ignore[attr-defined]
        lines.setdefault(str(item.part_id), []).append(Line(item, numbers.get(item.pk), questions, papers))
        parts = item.part_list  # type: ignore[attr-defined]
    if parts is None:
        parts = [row["line"] for row in _parts().filter(meeting=meeting)]
    return Programme(meeting, tuple(_part(one, tuple(lines.get(one["id"], ()))) for one in parts))


def _part(one: dict[str, str], lines: tuple[Line, ...]) -> PartOfProgramme:
    return PartOfProgramme(UUID(one["id"]), one["kind"], Part.Kind(one["kind"]).label, one["theme"], lines)


def _parts() -> QuerySet[Part, Any]:
    """Parts in order, each as one value."""
    return Part.objects.order_by("position").values(line=JSONObject(id="id", kind="kind", theme="theme"))


def _items(_: Standing, meeting: UUID) -> QuerySet[AgendaItem]:
    """The items with presenter, questions and papers, and the meeting's parts with each, all in one query."""
    questions = Question.objects.filter(item=OuterRef("pk")).order_by("position", "id")
    papers = Paper.objects.filter(item=OuterRef("pk")).order_by("added_at", "id")
    found = AgendaItem.objects.filter(meeting=meeting).select_related("presenter", "part")
    rows: QuerySet[AgendaItem] = found.order_by("part__position", "position", "id").annotate(
        question_list=ArraySubquery(questions.values(line=JSONObject(id="id", text="text"))),
        paper_list=ArraySubquery(papers.values(line=JSONObject(id="id", name="name", size=F("size")))),
        part_list=ArraySubquery(_parts().filter(meeting=OuterRef("meeting"))),
    )
    return rows


_ITEMS = Compiled(_items)
