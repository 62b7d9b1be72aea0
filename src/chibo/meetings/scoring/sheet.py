"""The sheet: what each criterion of the rubric is worth in this meeting, and what that makes together (M21).

A pure function of the folded log. Nothing is preset: a line is settled by the meeting's own score, or by the record
where the table says what it is worth; else it is open, and there is no total. The twin on the devices is
static/meetings/device/sheet.js.
"""

from dataclasses import dataclass
from datetime import datetime

from chibo.meetings.room.fold import Room
from chibo.meetings.room.rubric import Criterion, Rubric
from chibo.meetings.scoring.evidence import Measure, measures_of

# How a line is settled; the last two stand outside the total.
OPEN, COMPUTED, JUDGED = "open", "computed", "judged"
NOT_DUE, NOT_COUNTED = "not_due", "not_counted"
OUTSIDE = (NOT_DUE, NOT_COUNTED)
NOT_KNOWN = Measure(None, [])


@dataclass(frozen=True)
class Line:
    """One criterion with what it is worth; all points in hundredths.

    proposed: the points that the table gives for what the record shows; None where it cannot tell.
    unclear: the record shows all that the table asks, and the table has no band for it.
    usual: the points that need no reason: what the record gives, or would if the meeting ended now; all, where it says
        nothing; None where no band of the table fits what it shows, so that any number needs one.
    lacks_reason: the points are not the usual ones, and no reason was given.
    """

    code: str
    words: str
    maximum: int
    status: str
    points: int | None
    proposed: int | None
    unclear: bool
    evidence: list[str]
    note: str
    usual: int | None
    lacks_reason: bool


@dataclass(frozen=True)
class Sheet:
    """All lines and what they make together.

    left: how many lines that are due are still open. due: the most that can be had today; outside: what the lines
    outside the total could bring. total: None while lines are open. grade: the word for the total; empty where it
    depends on what is outside, and then between `lowest` and `highest`.
    """

    title: str
    source: str
    lines: list[Line]
    left: int
    due: int
    outside: int
    total: int | None
    grade: str
    lowest: str
    highest: str


def sheet_of(room: Room, at: datetime | None = None) -> Sheet | None:
    """The sheet of a meeting as recorded so far; None for a meeting that is not scored.

    at: the moment now, for a meeting that is going on.
    """
    rubric = room.rubric
    if rubric is None:
        return None
    measures = measures_of(room, at)
    lines = [_line(one, room, measures) for one in rubric.criteria]
    due = [one for one in lines if one.status not in OUTSIDE]
    outside = sum(one.maximum for one in lines if one.status in OUTSIDE)
    left = sum(one.points is None for one in due)
    total = None if left else sum(one.points or 0 for one in due)
    lowest, highest = "", ""
    if total is not None:
        lowest = _grade(rubric, total, full=_gates(rubric, lines, outside_passes=False))
        highest = _grade(rubric, total + outside, full=_gates(rubric, lines, outside_passes=True))
    return Sheet(
        title=rubric.title,
        source=rubric.source,
        lines=lines,
        left=left,
        due=sum(one.maximum for one in due),
        outside=outside,
        total=total,
        grade=lowest if lowest == highest else "",
        lowest=lowest,
        highest=highest,
    )


def _line(criterion: Criterion, room: Room, measures: dict[str, Measure]) -> Line:
    shown = [measures[name] for name in criterion.evidence if name in measures]
    status, given, proposed, unclear = _outside(criterion, room), room.scores.get(criterion.code), None, False
    usual: int | None = criterion.maximum
    if not status:
        proposed, unclear = _proposal(criterion, measures)
        so_far, none_fits = _proposal(criterion, measures, so_far=True)
        usual = so_far if so_far is not None else None if none_fits else criterion.maximum
        status = JUDGED if given else OPEN if proposed is None else COMPUTED
    points = given.points if given and status == JUDGED else proposed
    return Line(
        code=criterion.code,
        words=criterion.words,
        maximum=criterion.maximum,
        status=status,
        points=points,
        proposed=proposed,
        unclear=unclear,
        evidence=[words for one in shown for words in one.words] if status not in OUTSIDE else [],
        note=given.note if given and status == JUDGED else "",
        usual=usual,
        lacks_reason=given is not None and status == JUDGED and given.points != usual and not given.note,
    )


def _outside(criterion: Criterion, room: Room) -> str:
    """Why a criterion stands outside the total; empty where it is due."""
    if criterion.later:
        return NOT_DUE
    return NOT_COUNTED if criterion.thematic and not room.facts.thematic else ""


def _proposal(criterion: Criterion, measures: dict[str, Measure], *, so_far: bool = False) -> tuple[int | None, bool]:
    """The points of the first band that fits, and whether everything is known and none does.

    so_far: by what the record would show if the meeting ended now.
    """
    for band in criterion.bands:
        shown = [measures.get(one.measure, NOT_KNOWN) for one in band.when]
        values = [one.so_far if so_far and one.value is None else one.value for one in shown]
        fits = [None if value is None else one.holds(value) for one, value in zip(band.when, values, strict=True)]
        if False in fits:
            continue
        return (None, False) if None in fits else (band.points, False)
    return None, bool(criterion.bands)


def _gates(rubric: Rubric, lines: list[Line], *, outside_passes: bool) -> bool:
    """Whether all gates have full marks. outside_passes: those outside the total are taken as if they had."""
    return all(
        one.points == one.maximum or (outside_passes and one.status in OUTSIDE)
        for one in lines
        if one.code in rubric.gates
    )


def _grade(rubric: Rubric, total: int, *, full: bool) -> str:
    """The word for a total; without full marks at the gates never the best one (domain.md 3.5, table D)."""
    reached = [number for number, one in enumerate(rubric.grades) if total >= one.at_least]
    if not reached:
        return ""
    number = reached[0] if full else max(reached[0], 1)
    return rubric.grades[number].word if number < len(rubric.grades) else ""
