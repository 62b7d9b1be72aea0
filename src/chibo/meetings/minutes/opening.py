"""The opening of minutes: who was called, who came, who was absent and why (domain.md 3.3)."""

from collections.abc import Iterable

from chibo.documents.blocks import Block, Paragraph
from chibo.lib.dates import format_date, format_date_long, format_time_sentence
from chibo.meetings.minutes.draft import Draft
from chibo.meetings.models import Attendance, Body, Meeting, Part, Reason
from chibo.meetings.room.fold import Line
from chibo.meetings.room.paper_book import unsaid
from chibo.members.models import Membership

PRESENT, ABSENT = Attendance.State.PRESENT, Attendance.State.ABSENT
Kind = Membership.Kind
NOT_CALLED = "Chưa điểm danh."


def kinds_in_words(meeting: Meeting) -> str:
    """ "thường kỳ kết hợp chuyên đề": the parts of a gathering in words."""
    if meeting.body == Body.COMMITTEE:
        return ""
    names = {Part.Kind.REGULAR: "thường kỳ", Part.Kind.THEMATIC: "chuyên đề", Part.Kind.EXTRAORDINARY: "bất thường"}
    words = [names[Part.Kind(part.kind)] for part in meeting.parts.all() if part.kind in names]
    return " kết hợp ".join(words)


def opening_blocks(draft: Draft) -> tuple[Block, ...]:
    """The paragraphs that open the minutes, in the order of the form."""
    facts, room = draft.facts, draft.room
    start = room.opened_at or facts.starts_at
    when = f"lúc {format_time_sentence(start)}, {format_date_long(start)}"
    held = f"{facts.who} họp {facts.kinds} {facts.period}".replace("  ", " ")
    texts = [f"Hôm nay, {when}, tại {facts.place}, {held}.", *facts.reasons, *from_the_book(draft), *_roll(draft)]
    if room.guests:
        named = "; ".join(f"{one.name}, {one.office}" if one.office else one.name for one in room.guests.values())
        texts.append(f"Khách mời: {named}.")
    if room.observers:
        texts.append(f"Dự thính: {room.observers} người.")
    texts.append(_who_led(draft))
    return tuple(Paragraph(text) for text in texts)


def from_the_book(draft: Draft) -> list[str]:
    """That a meeting held on paper was entered later: from which pages, by whom, when."""
    room, pages = draft.room, draft.room.notes.get("book", "").rstrip(". ")
    texts = [f"Biên bản này nhập lại từ sổ giấy{f': {pages}' if pages else ''}."] if room.on_paper or pages else []
    if room.on_paper and room.opened_by is not None:
        day = f", ngày {format_date(room.entered_at)}" if room.entered_at else ""
        texts.append(f"Người nhập: đồng chí {draft.name(room.opened_by)}{day}.")
    return [" ".join(texts)] if texts else []


def _who_led(draft: Draft) -> str:
    """Chair and clerk, the clerk with an office in the cell."""
    chair, clerk = draft.room.chair, draft.room.clerk or draft.facts.clerk
    office = draft.facts.offices.get(clerk, "") if clerk else ""
    minuted = f"{draft.name(clerk)}{f', {office}' if office else ''}" if clerk else "chưa cử"
    return f"Chủ trì: đồng chí {draft.name(chair) if chair else 'chưa ghi'}. Thư ký ghi biên bản: đồng chí {minuted}."


def roll_of(draft: Draft) -> list[Line]:
    """The lines of the roll in the order of names, then whoever has none."""
    roll = draft.room.roll
    named = [one for one in draft.facts.names if one in roll]
    return [roll[one] for one in (*named, *(one for one in roll if one not in draft.facts.names))]


def _roll(draft: Draft) -> list[str]:
    """The counts and names of the roll."""
    lines = roll_of(draft)
    if not lines:
        return [NOT_CALLED]
    if draft.facts.body == Body.COMMITTEE:
        return _committee_roll(draft, lines)
    home = [line for line in lines if line.kind != Kind.TEMPORARY]
    arrivals = [line for line in lines if line.kind == Kind.TEMPORARY]
    total = f"Tổng số đảng viên: {len(home)} ({_by_kind(home)})."
    if arrivals:
        total += f" Sinh hoạt tạm thời đến: {len(arrivals)}."
    texts = [total]
    exempt = [line for line in home if line.exempt]
    if exempt:
        came = [line for line in exempt if line.state == PRESENT]
        note = f", đến dự: {_names(draft, came)}" if came else ""
        texts.append(f"Miễn công tác và sinh hoạt đảng: {len(exempt)} ({_names(draft, exempt)}){note}.")
    if away := [line for line in home if line.away]:
        texts.append(f"Giới thiệu sinh hoạt tạm thời nơi khác: {len(away)} ({_names(draft, away)}).")
    if suspended := [line for line in home if line.suspended]:
        texts.append(f"Đình chỉ sinh hoạt: {len(suspended)}.")
    present = [line for line in lines if line.state == PRESENT]
    if unsaid(draft.room).roll:
        texts.append(_by_the_book(draft, present))
    elif present or not _waiting(lines):
        texts.append(f"Dự họp: {len(present)} ({_by_kind(present)}).")
    return texts + _absences(draft, lines, [line for line in lines if line.state == ABSENT and line.expected])


def _committee_roll(draft: Draft, lines: list[Line]) -> list[str]:
    """The committee's own roll: present of all, then the absent."""
    present = [line for line in lines if line.state == PRESENT]
    absent = [line for line in lines if line.state == ABSENT]
    if unsaid(draft.room).roll:
        return [_by_the_book(draft, present), *_absences(draft, lines, absent)]
    came = f"Có mặt: {len(present)}/{len(lines)}{f' ({_names(draft, present)})' if present else ''}."
    return [*([came] if present or not _waiting(lines) else []), *_absences(draft, lines, absent)]


def _by_the_book(draft: Draft, present: list[Line]) -> str:
    """Who came, as far as the paper book says it: perhaps a number, perhaps some names."""
    number = unsaid(draft.room).present
    texts = [] if number is None else [f"Có mặt {number} đồng chí theo sổ."]
    texts.append("Sổ không ghi danh sách dự họp.")
    if present:
        texts.append(f"Có tên trong sổ: {_names(draft, present)}.")
    return " ".join(texts)


def _waiting(lines: list[Line]) -> list[Line]:
    """Those of whom nobody has said whether they came."""
    return [line for line in lines if line.expected and not line.state]


def _absences(draft: Draft, lines: list[Line], absent: list[Line]) -> list[str]:
    """With reason, reason not known, and without reason as decided: three states, never one for another; nor is
    whoever was not called present or absent."""
    with_reason = [a for a in absent if a.reason not in ("", Reason.UNKNOWN, Reason.NONE)]
    unknown = [a for a in absent if a.reason in ("", Reason.UNKNOWN)]
    without = [a for a in absent if a.reason == Reason.NONE]
    texts = []
    if with_reason:
        named = "; ".join(f"{draft.name(a.person)}, {Reason(a.reason).label}" for a in with_reason)
        texts.append(f"Vắng có lý do: {len(with_reason)} ({named}).")
    if unknown:
        texts.append(f"Vắng chưa rõ lý do: {len(unknown)} ({_names(draft, unknown)}).")
    if without:
        texts.append(f"Vắng không lý do: {len(without)} ({_names(draft, without)}).")
    if unsaid(draft.room).roll:
        return texts
    if waiting := _waiting(lines):
        texts.append(_not_called(draft, waiting, whole=not any(line.state for line in lines)))
    return texts or ["Không có đảng viên vắng mặt."]


def _not_called(draft: Draft, waiting: list[Line], *, whole: bool) -> str:
    """ "Chưa điểm danh 18 đồng chí."; by name where others were called. whole: nobody was."""
    named = "" if whole else f" ({_names(draft, waiting)})"
    return f"Chưa điểm danh {len(waiting)} đồng chí{named}."


def _by_kind(lines: list[Line]) -> str:
    """ "chính thức 15, dự bị 2, tạm thời 1": only the kinds that there are."""
    names = ((Kind.OFFICIAL, "chính thức"), (Kind.PROBATIONARY, "dự bị"), (Kind.TEMPORARY, "sinh hoạt tạm thời"))
    counts = [(word, sum(line.kind == kind for line in lines)) for kind, word in names]
    return ", ".join(f"{word} {n}" for word, n in counts if n) or "không có"


def _names(draft: Draft, lines: Iterable[Line]) -> str:
    return ", ".join(draft.name(line.person) for line in lines)
