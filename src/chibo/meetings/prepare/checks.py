"""Friendly advice on a programme: each with its rule, source and confidence. It never locks anything."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.text import capfirst

from chibo.access.models import TermOfOffice
from chibo.lib.dates import format_date, format_time_sentence, now, quarter_name
from chibo.lib.vietnamese import number_word
from chibo.meetings import registries
from chibo.meetings.models import AgendaItem, Body, Consultation, Meeting, Part, State
from chibo.meetings.prepare.planning import is_general, thematic_missing
from chibo.meetings.prepare.programme import Line, Programme
from chibo.orgs.models import Organisation
from chibo.rules.book import RuleBook, RuleText
from chibo.rules.models import Rule

OK, LATE, INFO = "ok", "late", "info"
# These say by themselves who does them, or need nobody beforehand.
NO_PRESENTER = (AgendaItem.Kind.OPENING, AgendaItem.Kind.CLOSING, AgendaItem.Kind.CONCLUSION)


@dataclass(frozen=True)
class Check:
    """One piece of advice. state: ok, late (look at this) or info; `url` leads to where it is mended."""

    state: str
    text: str
    rule: RuleText | None = None
    url: str = ""
    action: str = ""
    post: bool = False

    @property
    def icon(self) -> str:
        """The icon beside it."""
        return {OK: "check", LATE: "triangle-alert", INFO: "info"}[self.state]


def book_of(cell: Organisation, meeting: Meeting) -> RuleBook:
    """The rules for a cell on the day of a meeting; the nearest organisation's wins."""
    return Rule.objects.book(meeting.day, cell.path_ids)


def checks_of(programme: Programme, book: RuleBook) -> list[Check]:
    """All advice on a programme, what needs a look first."""
    meeting = programme.meeting
    found = _time(programme, book) + _presenters(programme) + _topics(programme)
    if meeting.body == Body.CELL:
        found += (
            _questions(programme) + _committee(meeting, book) + _thematic(programme, book) + _review(programme, book)
        )
        if not meeting.held_on_paper:
            found += _hours_before(programme, book)
    return sorted(found, key=lambda check: (LATE, INFO, OK).index(check.state))


def title_of(checks: list[Check]) -> str:
    """ "Còn hai điều cần xem"; "Chương trình đã đủ, hai điều nên biết"; or that there is nothing."""
    open_ones, hints = (sum(check.state == state for check in checks) for state in (LATE, INFO))
    if open_ones:
        return f"Còn {number_word(open_ones)} điều cần xem"
    return f"Chương trình đã đủ, {number_word(hints)} điều nên biết" if hints else "Không còn điều gì cần xem"


def _time(programme: Programme, book: RuleBook) -> list[Check]:
    """90 minutes for a regular meeting, 120 with a thematic part; other kinds have no fixed length."""
    kinds = {part.kind for part in programme.parts}
    unknown = [line for line in programme.lines if not line.minutes]
    if unknown:
        text = f"{capfirst(unknown[0].label)} chưa có số phút."
        return [Check(LATE, text, url=item_url(programme, unknown[0]), action="Ghi số phút")]
    rule = minimum_minutes(kinds, book)
    if rule is None:
        return []
    least, total = int(rule.value), programme.minutes
    if total < least:
        return [Check(LATE, f"{total} phút, ít hơn {least} phút. Thêm thời gian thảo luận?", rule)]
    return [Check(OK, f"Đủ thời lượng, {total} phút.", rule)]


def minimum_minutes(kinds: Collection[str], book: RuleBook) -> RuleText | None:
    """The rule on how long a meeting with these parts lasts at least; None where there is none, as for a thematic
    meeting alone."""
    if Part.Kind.REGULAR not in kinds:
        return None
    return book.get("combined_minimum_minutes" if Part.Kind.THEMATIC in kinds else "regular_minimum_minutes")


def _presenters(programme: Programme) -> list[Check]:
    without = [
        line
        for line in programme.lines
        if line.item.kind not in NO_PRESENTER and not line.item.presented_by and not line.item.closed_paper
    ]
    if not without:
        return []
    who = _labels(without)
    return [Check(LATE, f"{who} chưa có người trình bày.", url=item_url(programme, without[0]), action="Chọn người")]


def _topics(programme: Programme) -> list[Check]:
    meeting = programme.meeting
    general = [line for line in programme.lines if is_general(line.item, meeting.cell, meeting.day)]
    if not general:
        return []
    text = f"{_labels(general)} chưa nói rõ bàn việc gì."
    return [Check(LATE, text, url=item_url(programme, general[0]), action="Ghi việc cần bàn")]


def _questions(programme: Programme) -> list[Check]:
    if programme.questions:
        return []
    target = next((line for line in programme.lines if line.item.kind == AgendaItem.Kind.DISCUSSION), None)
    text = "Chưa có câu hỏi gợi ý thảo luận. Một, hai câu thì đảng viên mới biết chuẩn bị gì."
    return [Check(LATE, text, url=item_url(programme, target) if target else "", action="Nêu câu hỏi")]


def _hours_before(programme: Programme, book: RuleBook) -> list[Check]:
    """Papers, and with them the notice, are there 24 hours before the start (domain.md 2.8)."""
    rule, meeting = book.get("papers_hours_before"), programme.meeting
    if rule is None:
        return []
    due = meeting.starts_at - timedelta(hours=int(rule.value))
    if meeting.state == State.DRAFT:
        if now() > due:
            text = "Còn chưa đầy 24 giờ nữa là họp mà chưa gửi thông báo. Gửi sớm, hoặc đổi ngày họp."
            return [Check(LATE, text, rule, f"/cuoc-hop/{meeting.pk}/doi-lich/", "Đổi ngày họp")]
        return [Check(INFO, f"Gửi thông báo và tài liệu trước {_when(due)}.", rule)]
    early = meeting.announced_at is not None and meeting.announced_at <= due
    return [Check(OK if early else LATE, _sent_words(meeting), rule)]


def _sent_words(meeting: Meeting) -> str:
    return (
        f"Đã gửi thông báo ngày {format_date(meeting.announced_at)}." if meeting.announced_at else "Chưa gửi thông báo."
    )


def _committee(meeting: Meeting, book: RuleBook) -> list[Check]:
    """The committee met, or secretary and deputy conferred, before the cell meets."""
    rule = book.get("committee_meets_before")
    if rule is None:
        return []
    base = f"/cuoc-hop/{meeting.pk}/hoi-y/"
    met = committee_meeting_of(meeting)
    if met is not None:
        if met.is_before:
            return [Check(OK, f"Chi ủy định họp ngày {format_date(met.day)}.", rule)]
        return [Check(OK, f"Chi ủy {met.when}, ngày {format_date(met.day)}.", rule)]
    if (conferred := Consultation.objects.filter(meeting=meeting).order_by("held_at").last()) is not None:
        return [Check(OK, f"Đã hội ý ngày {format_date(conferred.held_at)}.", rule, base, "Xem lại")]
    committee = TermOfOffice.objects.on(meeting.day).committee_of(meeting.cell_id).count()
    if committee >= 3:
        url = f"/cuoc-hop/moi/?loai=committee&ky={meeting.period:%Y-%m}"
        return [Check(LATE, "Chi ủy chưa họp để chuẩn bị buổi này.", rule, url, "Lên lịch họp chi ủy")]
    return [Check(LATE, "Bí thư, phó bí thư chưa hội ý để chuẩn bị buổi này.", rule, base, "Ghi lần hội ý")]


def committee_meeting_of(meeting: Meeting) -> Meeting | None:
    """The committee's meeting that prepares a meeting of the cell."""
    found = Meeting.objects.filter(
        cell_id=meeting.cell_id, body=Body.COMMITTEE, period=meeting.period, starts_at__lt=meeting.starts_at
    )
    return found.exclude(state=State.CANCELLED).order_by("-starts_at").first()


def _thematic(programme: Programme, book: RuleBook) -> list[Check]:
    rule, meeting = book.get("thematic_per_quarter"), programme.meeting
    if rule is None or any(part.kind == Part.Kind.THEMATIC for part in programme.parts):
        return []
    if not any(part.kind == Part.Kind.REGULAR for part in programme.parts):
        return []
    if not thematic_missing(meeting.cell, meeting.period):
        return []
    text = f"{quarter_name(meeting.period)} chưa có chuyên đề. Gộp vào buổi này thì cần 120 phút."
    return [Check(INFO, text, rule, f"/cuoc-hop/{meeting.pk}/chuan-bi/gop-chuyen-de/", "Gộp chuyên đề", post=True)]


def _review(programme: Programme, book: RuleBook) -> list[Check]:
    """The tasks of the last meeting are on the programme (M9)."""
    rule = book.get("review_previous_tasks")
    regular = any(part.kind == Part.Kind.REGULAR for part in programme.parts)
    if rule is None or not regular or programme.has(AgendaItem.Kind.REVIEW):
        return []
    url = f"/cuoc-hop/{programme.meeting.pk}/noi-dung/moi/?mau=review"
    return [Check(LATE, "Chương trình chưa có mục kiểm điểm việc kỳ trước.", rule, url, "Thêm mục kiểm điểm")]


def old_lines(meeting: Meeting, item: AgendaItem) -> list[registries.AgendaLine]:
    """What later apps put under an item: the open tasks under the review."""
    return [line for source in registries.agenda_sources for line in source(meeting, item)]


def prepared_of(meeting: Meeting) -> list[registries.AgendaLine]:
    """What later apps prepare beside the programme: the draft of the resolution. Nothing once the meeting has begun."""
    sources = registries.prepared_sources if meeting.is_before else []
    return [line for source in sources for line in source(meeting)]


def item_url(programme: Programme, line: Line) -> str:
    """Where an item is edited."""
    return f"/cuoc-hop/{programme.meeting.pk}/noi-dung/{line.item.pk}/#dang-sua"


def _labels(lines: list[Line]) -> str:
    """ "Mục 2 và mục 4", "Mục 2, 3 và 4"."""
    numbers = [str(line.number) for line in lines if line.number]
    if len(numbers) < len(lines):
        return capfirst(lines[0].label)
    return f"Mục {', '.join(numbers[:-1])} và {numbers[-1]}" if len(numbers) > 1 else f"Mục {numbers[0]}"


def _when(moment: datetime) -> str:
    return f"{format_time_sentence(moment)} ngày {format_date(moment)[:5]}"
