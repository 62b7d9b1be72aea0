"""The month of a commune's cells: late first, each with what one can do about it (M1, M17, M19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from chibo.access.hats import followed_by
from chibo.access.models import Office, TermOfOffice
from chibo.access.request import Request
from chibo.access.standing import Standing
from chibo.lib.dates import add_months, month_start, today
from chibo.meetings.months import MonthOfCell, meetings_of_months, month_of_cell
from chibo.members.models import Membership
from chibo.orgs.models import Organisation
from chibo.resolutions.models import MeetingFigures
from chibo.rules.models import Rule

ORDER = {"late": 0, "open": 1, "coming": 2, "held_late": 3, "held": 4, "none": 5}


@dataclass(frozen=True)
class Row:
    """One cell in the month."""

    cell: Organisation
    month: MonthOfCell
    secretary: str
    members: int
    figures: MeetingFigures | None


def _period(text: str | None) -> date:
    """The month asked for as "2026-12"; this month when it is none."""
    try:
        year, month = (text or "").split("-")
        return date(int(year), int(month), 1)
    except ValueError:
        return month_start(today())


def rows_of(cells: Sequence[Organisation], period: date, standing: Standing) -> list[Row]:
    """Some cells in a month for who asks, in five queries, late first."""
    ids = [cell.pk for cell in cells]
    books = Rule.objects.books(today(), {cell.pk: cell.path_ids for cell in cells})
    held = meetings_of_months(ids, (period, period), standing)
    home = Membership.objects.filter(~Q(kind="temporary"), cell_id__in=ids, validity__contains=today())
    members = dict(home.values("cell_id").annotate(n=Count("id")).values_list("cell_id", "n"))
    offices = TermOfOffice.objects.on(today()).filter(organisation_id__in=ids, office=Office.SECRETARY)
    secretaries = dict(offices.values_list("organisation_id", "person__full_name"))
    meetings = [one for month in held.values() for one in (month.meetings or (month.meeting_id,))]
    figures: dict[UUID, MeetingFigures] = {}
    for one in MeetingFigures.objects.visible_to(standing).filter(meeting_id__in=meetings):
        before = figures.get(one.cell_id)
        figures[one.cell_id] = one if before is None else before.with_those_of(one)
    rows = [
        Row(
            cell,
            month_of_cell(cell, period, held.get((cell.pk, period)), books[cell.pk].number("late_grace_days_upward")),
            secretaries.get(cell.pk, ""),
            members.get(cell.pk, 0),
            figures.get(cell.pk),
        )
        for cell in cells
    ]
    return sorted(rows, key=lambda row: (ORDER[row.month.state], -row.month.days, row.cell.sort_key))


def rows_under(commune: Organisation, period: date, standing: Standing) -> list[Row]:
    """Every cell under a commune in a month, late first."""
    return rows_of(
        list(Organisation.objects.cells().in_month(period).under([commune.path]).in_order()), period, standing
    )


def month_context(request: Request, commune_id: UUID, wanted: str | None = None) -> dict[str, Any]:
    """The commune's month as a page."""
    commune = Organisation.objects.get(pk=commune_id)
    period = _period(wanted)
    rows = rows_under(commune, period, request.standing)
    counts = {state: sum(row.month.state == state for row in rows) for state in ORDER}
    return {
        "commune": commune,
        "followed": len(followed_by(request.standing)),
        "period": period,
        "earlier": add_months(period, -1),
        "later": add_months(period, 1),
        "today": today(),
        "rows": rows,
        "late": [row for row in rows if row.month.state == "late"],
        "held": counts["held"] + counts["held_late"],
        "late_count": counts["late"],
        "open": counts["open"],
        "coming": counts["coming"],
        "none": counts["none"],
    }
