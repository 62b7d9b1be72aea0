"""What was recorded and does not stand in the minutes, each with its reason: chair and clerk see it before they sign.

A function of the draft alone, as the sections are. The twin on the devices is static/meetings/device/left_out.js.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chibo.meetings import registries
from chibo.meetings.minutes.draft import Draft, title_of
from chibo.meetings.minutes.facts import ItemFacts
from chibo.meetings.minutes.opening import roll_of
from chibo.meetings.minutes.sections import CONCLUSION_ALONE
from chibo.meetings.minutes.votes import differing_sentence
from chibo.meetings.room.deciding import ballots_of, secrets_of
from chibo.meetings.room.fold import Line
from chibo.meetings.room.in_short import agreed_at
from chibo.meetings.room.kept import PAPER
from chibo.meetings.room.rubric import points_words
from chibo.meetings.scoring.sheet import OUTSIDE, sheet_of

ON_PAPER = "Mục này ghi sổ giấy, {page}."
OWN_WORDS = "Biên bản chỉ ghi loại lý do; lời nói thêm chỉ chi ủy đọc, ký xong thì xóa."
NOT_IN_FORM = "Mẫu biên bản không có phần này."
NOT_COUNTED = "Chưa ghi kết quả kiểm phiếu."
REMARK_GONE = "Ý kiến được đề nghị sửa đã rút."
NOT_SCORED = "Tiêu chí này không tính kỳ này."
NOT_PUT_OFF = "Mục này không hoãn nữa."


@dataclass(frozen=True)
class LeftOut:
    """Something recorded that is not minuted: what it is, its text where chair and clerk may read it, and why."""

    what: str
    text: str
    why: str


def left_out(draft: Draft) -> list[LeftOut]:
    """All of it: of the roll, of the programme in its order, then the rest."""
    return [
        *_of_the_roll(draft),
        *(found for item in draft.items for found in _of_an_item(draft, item)),
        *_of_votes(draft),
        *_of_the_score(draft),
        *(found for source in registries.minutes_sources for found in source.left_out(draft)),
    ]


def off_programme(draft: Draft) -> list[str]:
    """The items that stand in the minutes though the programme does not have them any more."""
    return [title_of(item) for item in draft.strays]


def _of_the_roll(draft: Draft) -> Iterator[LeftOut]:
    lines = roll_of(draft)
    for line in lines:
        if line.reason_text:
            yield LeftOut(f"Lời về lý do vắng của đồng chí {draft.name(line.person)}", "", OWN_WORDS)
    if odd := "; ".join(said for line in lines if (said := _when_there(draft, line))):
        yield LeftOut("Đến muộn, về sớm", odd, NOT_IN_FORM)


def _when_there(draft: Draft, line: Line) -> str:
    """ "Trần Văn Hùng đến muộn 15 phút, về sớm"."""
    said = [f"đến muộn {line.late_minutes} phút"] if line.late_minutes else []
    said += ["về sớm"] if line.left_early else []
    return f"{draft.name(line.person)} {', '.join(said)}" if said else ""


def _of_an_item(draft: Draft, item: ItemFacts) -> Iterator[LeftOut]:
    """What the cell's choice keeps out of an item."""
    on_paper = draft.way(item) == PAPER
    why = ON_PAPER.format(page=draft.page(item)) if on_paper else CONCLUSION_ALONE
    place, minuted = f"mục “{title_of(item)}”", {one.id for one in draft.minuted(item)}
    for one in draft.remarks_at(item):
        if one.id not in minuted:
            yield LeftOut(f"Ý kiến của {draft.speaker(one)}, {place}", one.text, why)
    for person in agreed_at(draft.room, item.id) if not draft.agreed(item) else []:
        yield LeftOut(f"Đồng chí {draft.name(person)} nhất trí, {place}", "", why)
    if (unnamed := draft.state(item).unnamed) and not draft.unnamed(item):
        yield LeftOut(f"{unnamed} đồng chí phát biểu không nêu tên, {place}", "", why)
    for differing in draft.differing_at(item) if on_paper else []:
        name = draft.name(differing.person)
        yield LeftOut(f"Ý kiến khác của đồng chí {name}, {place}", differing_sentence(differing, name), why)
    state = draft.state(item)
    if state.why and state.state != "put_off":
        yield LeftOut(f"Lý do ghi ở {place}", state.why, NOT_PUT_OFF)


def _of_votes(draft: Draft) -> Iterator[LeftOut]:
    """Ballots without a count, and corrections of what was taken back."""
    for id_, ballot in ballots_of(draft.room).items():
        if id_ not in secrets_of(draft.room):
            yield LeftOut("Phiếu kín", ballot.title, NOT_COUNTED)
    stands = {one.id for one in draft.corrections}
    for correction in draft.room.corrections.values():
        if correction.id not in stands:
            yield LeftOut("Ý kiến đính chính", correction.text, REMARK_GONE)


def _of_the_score(draft: Draft) -> Iterator[LeftOut]:
    """Points that were given for what is not counted today."""
    sheet = sheet_of(draft.room, draft.facts.now)
    for line in sheet.lines if sheet else []:
        given = draft.room.scores.get(line.code)
        if given is not None and line.status in OUTSIDE:
            note = f": {given.note}" if given.note else ""
            yield LeftOut(f"Điểm tiêu chí {line.code}", f"{points_words(given.points)} điểm{note}", NOT_SCORED)
