"""The opening of minutes: who was called, who came, who was absent and why (domain.md 3.3)."""

from collections.abc import Iterable

from chibo.documents.blocks import Block, Paragraph
from chibo.lib.dates import format_date_long, format_time_sentence, period_name
from chibo.meetings.models import Attendance, Body, Guest, Meeting, Part, Reason
from chibo.members.models import Membership

PRESENT, ABSENT = Attendance.State.PRESENT, Attendance.State.ABSENT
Kind = Membership.Kind


def kinds_in_words(meeting: Meeting) -> str:
    """ "thường kỳ kết hợp chuyên đề": the parts of a gathering in words."""
    if meeting.body == Body.COMMITTEE:
        return ""
    names = {Part.Kind.REGULAR: "thường kỳ", Part.Kind.THEMATIC: "chuyên đề", Part.Kind.EXTRAORDINARY: "bất thường"}
    words = [names[Part.Kind(part.kind)] for part in meeting.parts.all() if part.kind in names]
    return " kết hợp ".join(words)


def opening_blocks(
    meeting: Meeting, lines: list[Attendance], guests: list[Guest], clerk_title: str
) -> tuple[Block, ...]:
    """The paragraphs that open the minutes, in the order of the form."""
    start = meeting.opened_at or meeting.starts_at
    when = f"lúc {format_time_sentence(start)}, {format_date_long(start)}"
    kinds = kinds_in_words(meeting)
    held = f"{meeting.who} họp {kinds} {period_name(meeting.period)}".replace("  ", " ")
    blocks: list[Block] = [Paragraph(f"Hôm nay, {when}, tại {meeting.place}, {held}.")]
    blocks += [Paragraph(text) for text in (*meeting.reasons, *_roll(meeting, lines))]
    if guests:
        named = "; ".join(f"{guest.name}, {guest.office}" if guest.office else guest.name for guest in guests)
        blocks.append(Paragraph(f"Khách mời: {named}."))
    chair = meeting.chair.full_name if meeting.chair else "chưa ghi"
    clerk = f"{meeting.clerk.full_name}{clerk_title}" if meeting.clerk else "chưa cử"
    blocks.append(Paragraph(f"Chủ trì: đồng chí {chair}. Thư ký ghi biên bản: đồng chí {clerk}."))
    return tuple(blocks)


def _roll(meeting: Meeting, lines: list[Attendance]) -> list[str]:
    """The counts and names of the roll."""
    if meeting.body == Body.COMMITTEE:
        return _committee_roll(lines)
    home = [line for line in lines if line.kind != Kind.TEMPORARY]
    arrivals = [line for line in lines if line.kind == Kind.TEMPORARY]
    total = f"Tổng số đảng viên: {len(home)} ({_by_kind(home)})."
    if arrivals:
        total += f" Sinh hoạt tạm thời đến: {len(arrivals)}."
    texts = [total]
    exempt = [line for line in home if line.exempt]
    if exempt:
        came = [line for line in exempt if line.state == PRESENT]
        note = f", đến dự: {_names(came)}" if came else ""
        texts.append(f"Miễn công tác và sinh hoạt đảng: {len(exempt)} ({_names(exempt)}){note}.")
    if away := [line for line in home if line.away]:
        texts.append(f"Giới thiệu sinh hoạt tạm thời nơi khác: {len(away)} ({_names(away)}).")
    if suspended := [line for line in home if line.suspended]:
        texts.append(f"Đình chỉ sinh hoạt: {len(suspended)}.")
    present = [line for line in lines if line.state == PRESENT]
    texts.append(f"Dự họp: {len(present)} ({_by_kind(present)}).")
    return texts + _absences([line for line in lines if line.state == ABSENT and line.expected])


def _committee_roll(lines: list[Attendance]) -> list[str]:
    """The committee's own roll: present of all, then the absent."""
    present = [line for line in lines if line.state == PRESENT]
    absent = [line for line in lines if line.state == ABSENT]
    return [f"Có mặt: {len(present)}/{len(lines)} ({_names(present)}).", *_absences(absent)]


def _absences(absent: list[Attendance]) -> list[str]:
    """With reason, reason not known, and without reason as decided: three states, never one for another."""
    with_reason = [a for a in absent if a.reason not in ("", Reason.UNKNOWN, Reason.NONE)]
    unknown = [a for a in absent if a.reason in ("", Reason.UNKNOWN)]
    without = [a for a in absent if a.reason == Reason.NONE]
    texts = []
    if with_reason:
        named = "; ".join(f"{a.person.full_name}, {a.get_reason_display()}" for a in with_reason)
        texts.append(f"Vắng có lý do: {len(with_reason)} ({named}).")
    if unknown:
        texts.append(f"Vắng chưa rõ lý do: {len(unknown)} ({_names(unknown)}).")
    if without:
        texts.append(f"Vắng không lý do: {len(without)} ({_names(without)}).")
    return texts or ["Không có đảng viên vắng mặt."]


def _by_kind(lines: list[Attendance]) -> str:
    """ "chính thức 15, dự bị 2, tạm thời 1": only the kinds that there are."""
    names = ((Kind.OFFICIAL, "chính thức"), (Kind.PROBATIONARY, "dự bị"), (Kind.TEMPORARY, "sinh hoạt tạm thời"))
    counts = [(word, sum(line.kind == kind for line in lines)) for kind, word in names]
    return ", ".join(f"{word} {n}" for word, n in counts if n) or "không có"


def _names(lines: Iterable[Attendance]) -> str:
    return ", ".join(line.person.full_name for line in lines)
