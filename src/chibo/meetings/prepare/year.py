"""The year of a cell in its list of meetings: what was held, what is planned, what is missing."""

from collections.abc import Iterable
from datetime import date

from chibo.lib.dates import month_start, today
from chibo.look.parts import Month
from chibo.meetings.models import HELD, Meeting, Part, State, groups_held
from chibo.meetings.prepare.planning import registered_day
from chibo.orgs.models import Organisation


def months_of(cell: Organisation, year: int, meetings: Iterable[Meeting]) -> list[Month]:
    """Twelve months with the regular meeting of each; months before the first one are not missing."""
    regular: dict[date, Meeting] = {}
    groups: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        kinds = {part.kind for part in meeting.parts.all()}
        if Part.Kind.REGULAR in kinds and meeting.state != State.CANCELLED:
            regular[meeting.period] = meeting
            if meeting.gatherings > 1:
                groups.setdefault(meeting.period, []).append(meeting)
    words = {}
    for period, some in groups.items():
        regular[period], words[period] = _of_groups(some)
    begun = min(regular, default=month_start(today()))
    return [_month(cell, date(year, number, 1), regular, begun, words) for number in range(1, 13)]


def _of_groups(gatherings: list[Meeting]) -> tuple[Meeting, str]:
    """The gathering that stands for a month held by groups, and how many were held while some were not."""
    in_order = sorted(gatherings, key=lambda one: one.starts_at)
    waiting = [one for one in in_order if one.state not in HELD]
    missing = groups_held([one.state for one in in_order], in_order[0].gatherings)
    return (waiting or in_order[::-1])[0], missing


def _month(
    cell: Organisation, period: date, regular: dict[date, Meeting], begun: date, groups: dict[date, str]
) -> Month:
    meeting = regular.get(period)
    if meeting is not None:
        url = f"/cuoc-hop/{meeting.pk}/"
        word = groups.get(period, "")
        if meeting.is_over and not word:
            return Month(period.month, "ok", meeting.day, url)
        if meeting.day < today() and meeting.is_before and not meeting.held_on_paper:
            return Month(period.month, "miss", meeting.day, url, word)
        word = word or ("đang họp" if meeting.state == State.OPEN else "")
        return Month(period.month, "now", meeting.day, url, word)
    day = registered_day(cell, period)
    if period < begun or day is None:
        return Month(period.month, "none")
    if day < today():
        return Month(period.month, "miss", day)
    return Month(period.month, "plan", day, word="ngày đã đăng ký")
