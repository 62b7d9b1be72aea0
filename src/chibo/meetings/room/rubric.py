"""The rubric by which a meeting scores itself: what of it the rule book holds, and how an opening freezes it (M21).

A rubric is data (rule `quality_rubric`), of whoever issued it, and is frozen with the opening of the meeting: whatever
is changed afterwards, the sheet is that of the rubric by which the cell scored. All numbers of a frozen rubric are
hundredths, so that two languages count alike: 4.5 points are 450, 90 percent 9000.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from chibo.rules.book import RuleBook, RuleText

RULE = "quality_rubric"
# Some committees issue another table for a meeting that is thematic alone (domain.md 3.5); where there is none, RULE.
THEMATIC_RULE = "quality_rubric_thematic"
HUNDREDTHS = 100
# What an absence with a reason is in the rate of attendance: among those expected, or taken out of them.
EXPECTED, WITHOUT_EXCUSED = "expected", "without_excused"


@dataclass(frozen=True)
class Condition:
    """What a measure of the record must be; a bound that is None does not bind, `over` and `under` leave theirs out."""

    measure: str
    at_least: int | None = None
    over: int | None = None
    at_most: int | None = None
    under: int | None = None

    def holds(self, value: int) -> bool:
        """Whether a measure fits."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.over is None or value > self.over)
            and (self.at_most is None or value <= self.at_most)
            and (self.under is None or value < self.under)
        )


@dataclass(frozen=True)
class Band:
    """The points that the table gives where all of some conditions hold."""

    points: int
    when: list[Condition]


@dataclass(frozen=True)
class Criterion:
    """One line of the table.

    later: about what comes after the scoring, as posting within two days; outside the total until then.
    thematic: counts only where the meeting has a thematic part.
    evidence: the measures of the record that are shown beside it; bands: the points that the table gives for them.
    """

    code: str
    words: str
    maximum: int
    later: bool
    thematic: bool
    evidence: list[str]
    bands: list[Band]


@dataclass(frozen=True)
class Group:
    """The heading over the criteria whose codes begin with its own."""

    code: str
    words: str


@dataclass(frozen=True)
class Grade:
    """A word for a total, from so many points on."""

    word: str
    at_least: int


@dataclass(frozen=True)
class Rubric:
    """A table as it was frozen.

    gates: the criteria that must have full marks for the best grade (domain.md 3.5, D).
    agreeing: whoever only agrees counts as one who spoke; only where whoever issued the table says so.
    """

    key: str
    title: str
    issuer: str
    source: str
    step: int
    attendance: str
    groups: list[Group]
    criteria: list[Criterion]
    grades: list[Grade]
    gates: list[str]
    agreeing: bool = False

    @classmethod
    def frozen(cls, payload: Mapping[str, Any]) -> Self:
        """The rubric that an opening holds."""
        return cls(
            **{name: payload[name] for name in ("key", "title", "step", "attendance")},
            issuer=payload.get("issuer") or "",
            source=payload.get("source") or "",
            groups=[Group(one["code"], one["words"]) for one in payload.get("groups") or []],
            criteria=[_criterion(one) for one in payload["criteria"]],
            grades=[Grade(one["word"], one["at_least"]) for one in payload["grades"]],
            gates=list(payload.get("gates") or []),
            agreeing=bool(payload.get("agreeing")),
        )

    def criterion(self, code: str) -> Criterion | None:
        """The criterion with a code."""
        return next((one for one in self.criteria if one.code == code), None)

    def refuses(self, payload: Mapping[str, Any]) -> str:
        """Why a score is not counted; empty where it is. Nothing that happened is refused: it is marked."""
        criterion, points = self.criterion(payload["code"]), payload["points"]
        if payload["rubric"] != self.key:
            return "score_of_no_rubric"
        if criterion is None:
            return "score_of_no_criterion"
        if criterion.later:
            return "score_not_due"
        if not 0 <= points <= criterion.maximum:
            return "score_out_of_range"
        return "score_between_steps" if self.step and points % self.step else ""


@dataclass(frozen=True)
class Known:
    """A measure that was known before the meeting began, in hundredths, with its sentence; None: it is not recorded."""

    measure: str
    value: int | None
    words: str


@dataclass(frozen=True)
class Facts:
    """What the record knew of the meeting as it opened: frozen with the rubric, so that everyone sees the same sheet.

    minimum_minutes: how long such a meeting lasts at least; None where no rule says. old_tasks: how many wait for a
    review.
    """

    thematic: bool = False
    planned: datetime | None = None
    minimum_minutes: int | None = None
    old_tasks: int = 0
    known: list[Known] = field(default_factory=list)

    @classmethod
    def frozen(cls, payload: Mapping[str, Any]) -> Self:
        """The facts that an opening holds."""
        return cls(
            thematic=payload["thematic"],
            planned=datetime.fromisoformat(payload["planned"]),
            minimum_minutes=payload.get("minimum_minutes"),
            old_tasks=payload["old_tasks"],
            known=[Known(one["measure"], one.get("value"), one["words"]) for one in payload["known"]],
        )


@dataclass
class Score:
    """The points that the meeting gave for a criterion, with the reason where it is not all of them."""

    code: str
    points: int
    note: str
    order: int
    entry: UUID


def _criterion(payload: Mapping[str, Any]) -> Criterion:
    return Criterion(
        code=payload["code"],
        words=payload["words"],
        maximum=payload["maximum"],
        later=bool(payload.get("later")),
        thematic=bool(payload.get("thematic")),
        evidence=list(payload.get("evidence") or []),
        bands=[
            Band(one["points"], [Condition(**{name: when.get(name) for name in _CONDITION}) for when in one["when"]])
            for one in payload.get("bands") or []
        ],
    )


_BOUNDS = ("at_least", "over", "at_most", "under")
_CONDITION = ("measure", *_BOUNDS)


# ---------- From the rule book ----------
def rubric_in(book: RuleBook, *, thematic_alone: bool = False) -> dict[str, Any] | None:
    """The rubric in force, as an opening freezes it; None where no rule sets one.

    thematic_alone: the meeting has a thematic part and no regular one.
    """
    rule = (book.get(THEMATIC_RULE) if thematic_alone else None) or book.get(RULE)
    return None if rule is None else as_frozen(rule)


def as_frozen(rule: RuleText) -> dict[str, Any]:
    """A rule's table, its numbers as people write them, as an opening holds it.

    Raises:
        KeyError, TypeError: the rule's value is no table.
    """
    value = rule.value
    return {
        "key": str(value["key"]),
        "title": value["title"],
        "issuer": value["issuer"],
        "source": rule.source_line,
        "step": hundredths(value["step"]),
        "attendance": value["attendance"],
        "groups": value.get("groups", []),
        "criteria": [_frozen_criterion(one) for one in value["criteria"]],
        "grades": [{"word": one["word"], "at_least": hundredths(one["at_least"])} for one in value["grades"]],
        "gates": value.get("gates", []),
        **({"agreeing": True} if value.get("agreeing") else {}),
    }


def _frozen_criterion(value: Mapping[str, Any]) -> dict[str, Any]:
    found = {**value, "maximum": hundredths(value["maximum"])}
    if "bands" in value:
        found["bands"] = [
            {
                "points": hundredths(one["points"]),
                "when": [
                    {name: bound if name == "measure" else hundredths(bound) for name, bound in when.items()}
                    for when in one["when"]
                ],
            }
            for one in value["bands"]
        ]
    return found


def hundredths(number: float) -> int:
    """A number as people write it, 4.5, in hundredths."""
    return round(number * HUNDREDTHS)


def points_words(points: int) -> str:
    """450 as "4,5", 500 as "5": how points are written."""
    sign, (whole, part) = "-" if points < 0 else "", divmod(abs(points), HUNDREDTHS)
    return f"{sign}{whole},{part:02}".rstrip("0") if part else f"{sign}{whole}"
