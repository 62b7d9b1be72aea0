"""How a month stands: held, held late, being held, late, coming, no news. One meaning for every page and answer.

A cell is late when the registered day and the grace have passed and no room was opened; a meeting moved to another
day with a reason is not (domain.md 2.8). While its room is open the month is neither late nor held. "Chưa có tin" is
not "không họp".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from chibo.access.standing import Standing
from chibo.lib.dates import add_months, today
from chibo.look import parts
from chibo.meetings.models import HELD, Body, Meeting, Part, Postponement, Rating, State, groups_held
from chibo.meetings.models.gathering import day_of
from chibo.meetings.room.rubric import points_words
from chibo.orgs.models import Organisation
from chibo.rules.models import Rule


@dataclass(frozen=True)
class Held:
    """The regular meeting of a cell for a period, as far as it is known."""

    meeting_id: UUID
    cell_id: UUID
    period: date
    day: date
    state: str
    postponed: bool
    thematic: bool
    groups: str = ""  # "1/3 tổ đã họp", until all gatherings of groups were held
    meetings: tuple[UUID, ...] = ()  # all of the period, where it is held by groups


@dataclass(frozen=True)
class MonthOfCell:
    """One month of one cell. state: held, held_late, open, late, coming, none. days: how many days late."""

    period: date
    state: str
    day: date | None
    days: int = 0
    meeting_id: UUID | None = None
    announced: bool = False
    groups: str = ""

    @property
    def lateness(self) -> str:
        """How late it is, or was, in words: "quá 3 ngày, chưa họp", "họp muộn 6 ngày"; empty where it is in time."""
        if self.state == "late":
            return f"quá {self.days} ngày, {self.groups or ('chưa họp' if self.meeting_id else 'chưa có tin')}"
        return f"họp muộn {self.days} ngày" if self.state == "held_late" else ""


def grace_for(cell: Organisation, standing: Standing) -> int:
    """After how many days a month is late for who asks: a cell sees itself late sooner than those above see it."""
    inside = standing.leads(cell.pk) or standing.belongs(cell.pk)
    return Rule.objects.book(today(), cell.path_ids).number(
        "late_grace_days_own" if inside else "late_grace_days_upward"
    )


def months_of_year(cell: Organisation, year: int, standing: Standing) -> tuple[list[MonthOfCell], list[Held]]:
    """The twelve months of a cell for who asks, and the meetings that they are about."""
    periods = [date(year, number, 1) for number in range(1, 13)]
    found = meetings_of_months([cell.pk], (periods[0], periods[-1]), standing)
    grace = grace_for(cell, standing)
    months = [month_of_cell(cell, one, found.get((cell.pk, one)), grace) for one in periods]
    return months, list(found.values())


def drawn(states: Sequence[MonthOfCell], ratings: Mapping[UUID | None, Rating] | None = None) -> list[parts.Month]:
    """Months as a year's picture draws them: the one that is being held, or else comes next, is marked.

    ratings: how the cell has scored the meetings, by meeting.
    """
    upcoming = next((one.period for one in states if one.state in ("open", "coming")), None)
    return [_drawn(one, upcoming, (ratings or {}).get(one.meeting_id)) for one in states]


def _drawn(state: MonthOfCell, upcoming: date | None, rating: Rating | None) -> parts.Month:
    look = {"held": "ok", "held_late": "late", "late": "miss", "none": "none", "open": "now"}.get(state.state, "plan")
    if state.state == "coming" and state.period == upcoming:
        look = "now"
    word = state.lateness or state.groups or ("đang họp" if state.state == "open" else "")
    url = f"/cuoc-hop/{state.meeting_id}/" if state.meeting_id else ""
    points = f"{points_words(rating.total)}/{points_words(rating.due)}" if rating else ""
    return parts.Month(state.period.month, look, state.day, url, word, points, rating.grade if rating else "")


def meetings_of_months(
    cells: Iterable[UUID], periods: tuple[date, date], standing: Standing
) -> dict[tuple[UUID, date], Held]:
    """The regular meetings of some cells from one period to another, in three queries; one a cell and period."""
    first, last = periods
    # Named one by one: as a range, a plan made for any months reads them of the whole tenant.
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [add_months(first, one) for one in range(number)]
    rows = list(
        Meeting.objects.visible_to(standing)
        .filter(cell_id__in=list(cells), body=Body.CELL, period__in=months)
        .exclude(state=State.CANCELLED)
        .in_turn()
        .values_list("id", "cell_id", "period", "starts_at", "opened_at", "state", "gatherings")
    )
    ids = [row[0] for row in rows]
    kinds: dict[UUID, set[str]] = {}
    for meeting_id, kind in Part.objects.filter(meeting_id__in=ids).values_list("meeting_id", "kind"):
        kinds.setdefault(meeting_id, set()).add(kind)
    postponed = set(Postponement.objects.filter(meeting_id__in=ids).values_list("meeting_id", flat=True))
    found: dict[tuple[UUID, date], Held] = {}
    by_groups: dict[tuple[UUID, date], list[Held]] = {}
    split: dict[tuple[UUID, date], int] = {}
    for meeting_id, cell_id, period, starts_at, opened_at, state, gatherings in rows:
        if Part.Kind.REGULAR not in kinds.get(meeting_id, set()):
            continue
        one = Held(
            meeting_id,
            cell_id,
            period,
            day_of(starts_at, opened_at),
            state,
            meeting_id in postponed,
            Part.Kind.THEMATIC in kinds[meeting_id],
        )
        if gatherings > 1:
            by_groups.setdefault((cell_id, period), []).append(one)
            split[cell_id, period] = gatherings
            continue
        # A meeting that was held, or is being held, speaks for its month before one that is only planned.
        if (cell_id, period) not in found or one.state in (*HELD, State.OPEN):
            found[cell_id, period] = one
    return {where: _of_groups(some, split[where]) for where, some in by_groups.items()} | found


def _of_groups(gatherings: list[Held], split: int) -> Held:
    """A period that is held by groups, as one: held on the day of the last gathering, once all were (domain.md 1.6).

    gatherings: those not cancelled, by their day. split: how many there were to be.
    """
    waiting = [one for one in gatherings if one.state not in HELD]
    going_on = [one for one in waiting if one.state == State.OPEN]
    shown = (going_on or waiting or gatherings[-1:])[0]
    missing = groups_held([one.state for one in gatherings], split)
    return replace(
        shown,
        state=State.ANNOUNCED if missing and shown.state in HELD else shown.state,
        thematic=any(one.thematic for one in gatherings),
        groups=missing,
        meetings=tuple(one.meeting_id for one in gatherings),
    )


def month_of_cell(
    cell: Organisation, period: date, held: Held | None, grace: int, day: date | None = None
) -> MonthOfCell:
    """How one month of one cell stands on a day. grace: days after the registered day that are not yet late."""
    day = day or today()
    expected = period.replace(day=cell.registered_day) if cell.registered_day else None
    if held is not None and held.state in HELD:
        late = (held.day - expected).days if expected and not held.postponed else 0
        state = "held_late" if late > grace else "held"
        return MonthOfCell(period, state, held.day, max(late, 0), held.meeting_id)
    if held is not None and held.state == State.OPEN:
        return MonthOfCell(period, "open", held.day, 0, held.meeting_id, announced=True, groups=held.groups)
    if held is not None:
        deadline = held.day if held.postponed or expected is None else expected
        announced = held.state == State.ANNOUNCED
        found = _not_held(period, held.day, deadline, grace, day, held.meeting_id, announced)
        return replace(found, groups=held.groups)
    if expected is None or expected < cell.founded or (cell.dissolved and expected >= cell.dissolved):
        return MonthOfCell(period, "none", None)
    return _not_held(period, expected, expected, grace, day, None, False)


def _not_held(
    period: date, planned: date, deadline: date, grace: int, day: date, meeting_id: UUID | None, announced: bool
) -> MonthOfCell:
    """A month without a meeting yet: late once the deadline and the grace are over."""
    late = (day - deadline - timedelta(days=grace)).days
    if late > 0:
        return MonthOfCell(period, "late", planned, (day - deadline).days, meeting_id, announced)
    return MonthOfCell(period, "coming", planned, 0, meeting_id, announced)
