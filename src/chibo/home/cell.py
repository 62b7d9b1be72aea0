"""What the home pages of a cell show: to its committee, to a member, to its follower."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from chibo.access.request import Request
from chibo.access.standing import Standing
from chibo.directory.history import readings
from chibo.lib.dates import format_date, now, period_name, quarter, today, weekday_name
from chibo.look.parts import Month, Theme
from chibo.meetings.minutes.readers import may_read, standing_of_minutes
from chibo.meetings.models import HELD, Body, Meeting, Posting, Rating, State
from chibo.meetings.months import Held, MonthOfCell, drawn, months_of_year
from chibo.meetings.prepare.next_step import held_words, next_step
from chibo.members.models import Transfer
from chibo.members.roster import count, roster
from chibo.orgs.models import Organisation
from chibo.resolutions.board.commands import reminders_of
from chibo.resolutions.board.lines import Line, lines_of, title_of, with_board_rows
from chibo.resolutions.models import Progress

ROMAN = ("I", "II", "III", "IV")


def year_of(cell: Organisation, year: int, standing: Standing) -> tuple[list[Month], list[Theme | None], str]:
    """The twelve months of a cell, the thematic meeting of each quarter, and the year in a sentence."""
    states, held = months_of_year(cell, year, standing)
    return drawn(states, _ratings(states, standing)), _themes(year, held), _year_sentence(year, states)


def _ratings(states: Sequence[MonthOfCell], standing: Standing) -> dict[UUID | None, Rating]:
    """How the cell has scored the meetings of some months, by meeting."""
    meetings = [state.meeting_id for state in states if state.meeting_id]
    return {one.meeting_id: one for one in Rating.objects.visible_to(standing).filter(meeting_id__in=meetings)}


def _themes(year: int, meetings: Sequence[Held]) -> list[Theme | None]:
    """The thematic meeting of each quarter; a quarter of the future has none to miss yet."""
    themes: list[Theme | None] = []
    now = today()
    for number in range(1, 5):
        of_quarter = [one for one in meetings if quarter(one.period) == number]
        thematic = [one for one in of_quarter if one.thematic]
        if done := [one for one in thematic if one.state in HELD]:
            themes.append(Theme(f"Chuyên đề {done[0].day:%d/%m}", "ok"))
        elif thematic:
            when = "đang họp" if thematic[0].state == State.OPEN else "sắp họp"
            themes.append(Theme(f"Chuyên đề {thematic[0].day:%d/%m}, {when}", "info"))
        elif (year, number) <= (now.year, quarter(now)) and of_quarter:
            themes.append(Theme("Chưa có chuyên đề", "missing"))
        else:
            themes.append(None)
    return themes


def _year_sentence(year: int, states: Sequence[MonthOfCell]) -> str:
    """ "Năm 2026: đã họp 11 tháng, một tháng họp muộn"."""
    held = sum(s.state in ("held", "held_late") for s in states)
    late = sum(s.state == "held_late" for s in states)
    missing = sum(s.state == "late" for s in states)
    parts = [f"đã họp {held} tháng" if held else "chưa có buổi họp nào ở đây"]
    if any(s.state == "open" for s in states):
        parts.append("đang họp một buổi")
    if late:
        parts.append(f"{late} tháng họp muộn")
    if missing:
        parts.append(f"{missing} tháng quá ngày")
    parts += [f"{period_name(s.period).split('/')[0]}: {s.groups}" for s in states if s.groups]
    return f"Năm {year}: {', '.join(parts)}"


def _current_meeting(cell: Organisation, standing: Standing) -> Meeting | None:
    """The meeting that the next step is about: being held, then waiting for signatures, then coming, then new."""
    meetings = list(
        Meeting.objects.visible_to(standing)
        .filter(cell=cell, body=Body.CELL)
        .exclude(state=State.CANCELLED)
        .select_related("cell")
        .in_turn()
        .reverse()[:6]
    )
    for wanted in (State.OPEN, State.CLOSED):
        if found := next((m for m in meetings if m.state == wanted), None):
            return found
    unposted = [m for m in meetings if m.state == State.SIGNED and _waits_for_posting(m)]
    coming = [m for m in meetings if m.state in (State.DRAFT, State.ANNOUNCED)]
    return unposted[0] if unposted else (coming[-1] if coming else None)


def _waits_for_posting(meeting: Meeting) -> bool:
    """Signed, still within the days for posting, and not posted."""
    if now() > meeting.posting_due:
        return False
    return not Posting.objects.filter(meeting=meeting, what=Posting.What.AFTER).exists()


def _phase_notes(meeting: Meeting) -> tuple[str, str, str]:
    """What stands beside each of the three phases: prepare, hold, after."""
    day = f"{weekday_name(meeting.day)} {meeting.day:%d/%m}"
    until = format_date(meeting.posting_due)
    before = {State.DRAFT: "đang soạn, chưa gửi thông báo", State.ANNOUNCED: "đã gửi thông báo"}
    return before.get(State(meeting.state), "xong"), day, f"ký, đăng biên bản đến hết ngày {until}"


def secretary_context(request: Request, cell_id: UUID) -> dict[str, Any]:
    """The committee's home: the next step, the year, what is overdue."""
    cell = Organisation.objects.select_related("parent").get(pk=cell_id)
    meeting = _current_meeting(cell, request.standing)
    months, themes, sentence = year_of(cell, today().year, request.standing)
    lines = lines_of(with_board_rows(cell, request.standing), request.standing)
    open_lines = [line for line in lines if not line.settled]
    return {
        "cell": cell,
        "meeting": meeting,
        "step": next_step(meeting) if meeting else None,
        "notes": _phase_notes(meeting) if meeting else (),
        "months": months,
        "missing": next((month for month in reversed(months) if month.state == "miss"), None),
        "themes": themes,
        "year_sentence": sentence,
        "late": [line for line in open_lines if line.days_late],
        "soon": [line for line in open_lines if not line.days_late][:3],
        "open_count": len(open_lines),
        "tasks_title": title_of(open_lines),
        "members": count(roster(cell, today())),
        "arriving": list(Transfer.objects.pending().filter(to_cell=cell).order_by("due", "id")[:3]),
        "overdue_leaving": list(Transfer.objects.overdue(today()).filter(from_cell=cell).order_by("due", "id")[:3]),
    }


def _coming_meeting(cell_id: UUID, standing: Standing, *, own: bool = False) -> Meeting | None:
    """The announced meeting that a member or follower prepares for; not yet while its notice can be cancelled.

    own: of gatherings of groups, the one to which the person is invited.
    """
    mine = Q(group=None) | Q(invitee_rows__person_id=standing.me) if own else Q()
    return (
        Meeting.objects.visible_to(standing)
        .filter(mine, cell_id=cell_id, body=Body.CELL, state__in=(State.ANNOUNCED, State.OPEN))
        .exclude(state=State.ANNOUNCED, announced_at__gt=now())
        .in_turn()
        .first()
    )


def member_context(request: Request, cell_id: UUID) -> dict[str, Any]:
    """A member's home: the next meeting with its questions, own tasks, last signed meetings."""
    cell = Organisation.objects.get(pk=cell_id)
    standing = request.standing
    meeting = _coming_meeting(cell_id, standing, own=True)
    past = _ended(cell_id, standing, own=True)
    lines = [line for line in lines_of(with_board_rows(cell, standing), standing) if line.mine and not line.settled]
    return {
        "cell": cell,
        "meeting": meeting,
        "questions": list(meeting.question_rows.select_related("item").order_by("item__position")) if meeting else [],
        "invitee": meeting.invitee_rows.filter(person_id=standing.me).first() if meeting else None,
        "tasks": lines,
        "reminded": _reminded(standing, lines),
        "states": Progress.State.choices,
        "past": past,
        "ended": next((one for one in past if one.is_news), None),
    }


def _reminded(standing: Standing, lines: list[Line]) -> set[UUID]:
    """Own tasks of which the committee reminded since the last word."""
    if standing.person_id is None:
        return set()
    found = reminders_of(standing.person_id, [line.id for line in lines])
    return {
        line.id for line in lines if line.id in found and (line.latest is None or line.latest.at < found[line.id].at)
    }


@dataclass(frozen=True)
class Ended:
    """A meeting that is over. minutes: how they stand; readable: whether this person may read them."""

    meeting: Meeting
    minutes: str
    readable: bool

    @property
    def held(self) -> str:
        """When it was held."""
        return held_words(self.meeting)

    @property
    def url(self) -> str:
        """Where it is read: its minutes, as far as they may be, else its own page."""
        return f"/cuoc-hop/{self.meeting.pk}/{'bien-ban/' if self.readable else ''}"

    @property
    def is_news(self) -> bool:
        """Whether it is what one comes for: until the minutes are signed, and two days on."""
        return self.meeting.state == State.CLOSED or now() <= self.meeting.posting_due


def _ended(cell_id: UUID, standing: Standing, *, own: bool = False) -> list[Ended]:
    """The last meetings that are over. own: as for the coming one."""
    mine = Q(group=None) | Q(invitee_rows__person_id=standing.me) if own else Q()
    found = Meeting.objects.visible_to(standing).filter(mine, cell_id=cell_id, body=Body.CELL, state__in=HELD)
    meetings = list(found.in_turn().reverse()[:3])
    return [Ended(one, standing_of_minutes(one, standing), may_read(one, standing)) for one in meetings]


def follower_context(request: Request, cell_id: UUID) -> dict[str, Any]:
    """The follower's home: the cell's coming meeting, its year, what is overdue, minutes once submitted."""
    cell = Organisation.objects.get(pk=cell_id)
    months, themes, sentence = year_of(cell, today().year, request.standing)
    lines = lines_of(with_board_rows(cell, request.standing), request.standing)
    submitted = Meeting.objects.visible_to(request.standing).filter(
        cell=cell, body=Body.CELL, submitted_at__isnull=False
    )
    late = [line for line in lines if line.days_late]
    if late:
        readings.note(request.standing, readings.What.TASKS, cell, cell_id=cell.pk)
    return {
        "cell": cell,
        "meeting": _coming_meeting(cell_id, request.standing),
        "ended": next((one for one in _ended(cell_id, request.standing) if one.is_news), None),
        "months": months,
        "themes": themes,
        "year_sentence": sentence,
        "late": late,
        "submitted": list(submitted.in_turn().reverse()[:6]),
    }
