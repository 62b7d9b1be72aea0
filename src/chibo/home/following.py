"""The cells that one person follows, on one page: which need help first and why (M1, M17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chibo.access.hats import followed_by
from chibo.access.standing import Standing
from chibo.home.commune import ORDER, Row, rows_of
from chibo.lib.dates import format_date, month_start, now, today
from chibo.meetings.models import Body, Meeting, State
from chibo.orgs.models import Organisation
from chibo.resolutions.board.lines import late_by_cell


@dataclass(frozen=True)
class FollowedCell:
    """One cell in this month, and what of it waits."""

    row: Row
    unsigned: Meeting | None
    overdue: int

    @property
    def reasons(self) -> list[str]:
        """Why it needs help, the most pressing first; empty where nothing waits beyond its day."""
        month, found = self.row.month, []
        if month.state == "late":
            how = "đã gửi thông báo" if month.announced else "đang soạn chương trình" if month.meeting_id else ""
            found.append(f"Quá {month.days} ngày chưa họp" + (f", {month.groups or how or 'chưa có lịch mới'}"))
        if self.unsigned is not None:
            found.append(f"Biên bản buổi họp {format_date(self.unsigned.day)} quá hạn ký")
        if self.overdue:
            found.append(f"{self.overdue} việc quá hạn")
        return found

    @property
    def state(self) -> str:
        """How the month stands, in a sentence."""
        month, figures = self.row.month, self.row.figures
        if month.state in ("held", "held_late"):
            there = figures and figures.present is not None
            return f"Đã họp, {figures.present}/{figures.expected} dự." if there and figures else "Đã họp."
        if month.state == "open":
            return "Đang họp."
        if not month.meeting_id:
            return "Ngày họp thường lệ, chưa lên lịch." if month.day else "Chưa đăng ký ngày họp."
        return "Đã gửi thông báo và chương trình." if month.announced else "Đang soạn chương trình."

    @property
    def place(self) -> tuple[int, int, int, int, str]:
        """Where it stands on the page: by what the follower can do about it, which is no ranking."""
        late = self.row.month.state == "late"
        days = self.row.month.days if late else 0
        return (not late, self.unsigned is None, -days - self.overdue, ORDER[self.row.month.state], self.key)

    @property
    def key(self) -> str:
        """Its place among equals."""
        return self.row.cell.sort_key


def cells_followed(standing: Standing, period: date) -> list[FollowedCell]:
    """The cells of a follower in a month, those that need help first; the number of queries is constant."""
    ids = followed_by(standing)
    cells = list(Organisation.objects.filter(pk__in=ids).in_order())
    unsigned, overdue = _unsigned(ids, standing), late_by_cell(ids, standing)
    rows = rows_of(cells, period, standing)
    found = [FollowedCell(row, unsigned.get(row.cell.pk), overdue[row.cell.pk]) for row in rows]
    return sorted(found, key=lambda one: one.place)


def _unsigned(ids: Sequence[UUID], standing: Standing) -> dict[UUID, Meeting]:
    """The oldest meeting of each cell whose minutes wait for a signature past the days for posting."""
    meetings = Meeting.objects.visible_to(standing).filter(cell_id__in=ids, body=Body.CELL, state=State.CLOSED)
    found: dict[UUID, Meeting] = {}
    for one in meetings.in_turn():
        if now() > one.posting_due:
            found.setdefault(one.cell_id, one)
    return found


def context(standing: Standing) -> dict[str, Any]:
    """The page of all cells that a person follows."""
    period = month_start(today())
    cells = cells_followed(standing, period)
    return {
        "period": period,
        "today": today(),
        "many": len(cells),
        "help": [one for one in cells if one.reasons],
        "others": [one for one in cells if not one.reasons],
    }
