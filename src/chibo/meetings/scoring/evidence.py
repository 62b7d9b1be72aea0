"""What the record proves for a score: measures of the folded log, each with the sentence that says what it is from.

A measure is a whole number of hundredths, a share rounded as that of a vote; None where it is not known yet, or not to
be told. Nothing here is about one person, and differing opinions are no measure (mission.md, "never hold" 4 and 5).
The twin on the devices is static/meetings/device/evidence.js; it fills in the same sentences.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chibo.meetings import registries
from chibo.meetings.models import Reason
from chibo.meetings.room.fold import Line, Remark, Room
from chibo.meetings.room.paper_book import unsaid
from chibo.meetings.room.recorded import milliseconds
from chibo.meetings.room.rubric import HUNDREDTHS, WITHOUT_EXCUSED
from chibo.members.base_of_vote import format_hundredths, hundredths

FEWEST_TOLD = 5  # figures of a group are not shown for fewer people (mission.md, "never hold" 5)
NOT_EXCUSED = ("", Reason.UNKNOWN, Reason.NONE)
MINUTE = 60_000
VIETNAM = 7 * 60 * MINUTE
DAY = 24 * 60 * MINUTE

SENTENCES = {
    "started": "Bắt đầu lúc {started}, giấy mời ghi {planned}.",
    "started_by_book": "Bắt đầu lúc {started}, theo sổ.",
    "length": "Họp được {held} phút.",
    "length_of": "Họp được {held} phút, quy định ít nhất {least} phút.",
    "no_roll": "Sổ không ghi danh sách dự họp.",
    "no_speakers": "Sổ không ghi người phát biểu ở {count} ý kiến.",
    "uncalled": "Còn {left} đồng chí chưa điểm danh.",
    "attendance": "Dự {present} trên {expected} đảng viên phải dự, đạt {percent}.",
    "attendance_without": (
        "Dự {present} trên {expected} đảng viên phải dự, không kể {excused} đồng chí vắng có lý do, đạt {percent}."
    ),
    "all_excused": "Không có đồng chí nào vắng không lý do.",
    "unexcused": "{count} đồng chí vắng không lý do.",
    "unknown": "{count} đồng chí vắng chưa rõ lý do.",
    "speakers_between": "Từ {least} đến {most} trên {present} đồng chí có mặt phát biểu: có lượt không nêu tên.",
    "speakers": "{spoke} trên {present} đồng chí có mặt phát biểu, không kể người trình bày.",
    "speakers_agreeing": "{spoke} trên {present} đồng chí có mặt phát biểu hoặc nhất trí, không kể người trình bày.",
    "unreviewed": "Còn {left} việc kỳ trước chưa xem.",
    "tasks": ("{all} việc kỳ trước: xong {done}, một phần {partly}, chưa xong {not_done}, chuyển kỳ sau {put_off}."),
}


@dataclass(frozen=True)
class Measure:
    """What the record says: a value to compare with the table, and the sentences to read.

    so_far: what it would be if the meeting ended now, where the value is not certain before its end.
    """

    value: int | None
    words: list[str]
    so_far: int | None = None


def measures_of(room: Room, at: datetime | None) -> dict[str, Measure]:
    """All measures of a meeting, by name.

    at: the moment now, for a meeting that is going on.
    """
    known = {one.measure: Measure(one.value, [one.words] if one.words else []) for one in room.facts.known}
    return {
        **known,
        "minutes_short": _length(room, at),
        "attendance_percent": _attendance(room),
        "unexcused": _unexcused(room),
        "speakers_percent": _speakers(room),
        "tasks_done_percent": _tasks(room),
    }


def _said(key: str, **values: object) -> str:
    return SENTENCES[key].format(**values)


def _clock(at: int) -> str:
    """ "19:30" in Vietnam."""
    minutes = (at + VIETNAM) % DAY // MINUTE
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _length(room: Room, at: datetime | None) -> Measure:
    """By how many minutes it falls short of the least. While it goes on, only that it does not is certain.

    Of a meeting held on paper the times are those of its book, never those of the typing.
    """
    end = room.known_end if room.on_paper else room.closed_at or at
    if room.opened_at is None:
        return Measure(None, [])
    words = [_started(room, milliseconds(room.opened_at))] if room.on_paper or room.facts.planned else []
    if end is None:
        return Measure(None, words)
    least = room.facts.minimum_minutes
    held = max(0, milliseconds(end) - milliseconds(room.opened_at)) // MINUTE
    words.append(_said("length", held=held) if least is None else _said("length_of", held=held, least=least))
    if least is None:
        return Measure(None, words)
    short = max(0, least - held) * HUNDREDTHS
    if short and room.closed_at is None and not room.on_paper:
        return Measure(None, words, so_far=short)
    return Measure(short, words)


def _started(room: Room, began: int) -> str:
    """When it began, beside when it was to begin: a meeting held on paper has no notice to be compared with."""
    if room.on_paper or room.facts.planned is None:
        return _said("started_by_book", started=_clock(began))
    return _said("started", started=_clock(began), planned=_clock(milliseconds(room.facts.planned)))


def _expected(room: Room) -> list[Line]:
    return [line for line in room.roll.values() if line.expected]


def _attendance(room: Room) -> Measure:
    """Who came of those expected, by the denominator that the rubric sets."""
    lines = _expected(room)
    if unsaid(room).roll:
        return Measure(None, [_said("no_roll")])
    if left := sum(not line.state for line in lines):
        return Measure(None, [_said("uncalled", left=left)])
    present = sum(line.state == "present" for line in lines)
    excused = sum(line.state == "absent" and line.reason not in NOT_EXCUSED for line in lines)
    without = room.rubric is not None and room.rubric.attendance == WITHOUT_EXCUSED
    expected = len(lines) - excused if without else len(lines)
    if not expected:
        return Measure(None, [])
    value = hundredths(present, expected)
    key = "attendance_without" if without and excused else "attendance"
    figures = {"present": present, "expected": expected, "excused": excused, "percent": format_hundredths(value)}
    return Measure(value, [_said(key, **figures)])


def _unexcused(room: Room) -> Measure:
    """How many the cell has decided to be absent without reason; a reason that is not known is neither."""
    lines = _expected(room)
    absent = [line.reason for line in lines if line.state == "absent"]
    count, unknown = (sum(one in which for one in absent) for which in ((Reason.NONE,), ("", Reason.UNKNOWN)))
    if any(not line.state for line in lines) or not lines or unsaid(room).roll:
        return Measure(None, [])
    words = [_said("unexcused", count=count)] if count else []
    if unknown:
        return Measure(None, [*words, _said("unknown", count=unknown)])
    return Measure(count * HUNDREDTHS, words or [_said("all_excused")])


def _speakers(room: Room) -> Measure:
    """Who of those present spoke, presenting excluded (rule `definition_spoke`): a share, never names."""
    present = {line.person for line in room.roll.values() if line.state == "present"}
    if unnamed := sum(one.unsaid and not one.presenting for one in room.remarks.values()):
        return Measure(None, [_said("no_speakers", count=unnamed)])
    if len(present) < FEWEST_TOLD or unsaid(room).roll:
        return Measure(None, [])
    spoke = {one.person for one in room.remarks.values() if not one.presenting and one.person in present}
    agreeing = room.rubric is not None and room.rubric.agreeing
    if agreeing:
        spoke |= {one.person for one in room.agreed.values() if one.person in present}
    nameless = {item: one.unnamed for item, one in room.items.items() if one.unnamed}
    least, most = _bounds(room, present, len(spoke), nameless)
    if least < most:  # the unnamed are perhaps those who are named at other items
        return Measure(None, [_said("speakers_between", least=least, most=most, present=len(present))])
    words = _said("speakers_agreeing" if agreeing else "speakers", spoke=least, present=len(present))
    return Measure(hundredths(least, len(present)), [words])


def _bounds(room: Room, present: set[UUID], spoke: int, unnamed: dict[UUID, int]) -> tuple[int, int]:
    """The fewest and the most who can have spoken; at one item the unnamed are others than the named."""
    named = {
        item: len({one.person for one in room.remarks.values() if _spoke_at(one, item) and one.person in present})
        for item in unnamed
    }
    least = max([spoke, *(number + named[item] for item, number in unnamed.items())])
    return min(least, len(present)), min(spoke + sum(unnamed.values()), len(present))


def _spoke_at(one: Remark, item: UUID) -> bool:
    return one.item == item and not one.presenting


def _tasks(room: Room) -> Measure:
    """How many of the old tasks are done; partly counts as not (domain.md 2.8), and so does what is put off."""
    found = [one for results in registries.reviewed_work for one in results(room)]
    if (left := room.facts.old_tasks - len(found)) > 0:
        return Measure(None, [_said("unreviewed", left=left)])
    if not found:
        return Measure(None, [])
    count = {one: found.count(one) for one in ("done", "partly", "not_done", "put_off")}
    return Measure(hundredths(count["done"], len(found)), [_said("tasks", all=len(found), **count)])
