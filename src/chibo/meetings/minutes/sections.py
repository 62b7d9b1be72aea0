"""The sections of minutes in the order of domain.md 3.3, assembled from the folded log; no sentence is invented.

What was recorded and not withdrawn stands in one of them once, or on the list of what does not (`left_out`). The twin
on the devices is static/meetings/device/minuted.js.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from chibo.documents.blocks import Block, Heading, Item, Paragraph, blocks_to_json
from chibo.lib.dates import format_date, format_time_sentence, local_date
from chibo.meetings import registries
from chibo.meetings.minutes.draft import Draft, Kind, title_of
from chibo.meetings.minutes.facts import ItemFacts
from chibo.meetings.minutes.opening import opening_blocks
from chibo.meetings.minutes.read_facts import draft_of
from chibo.meetings.minutes.votes import differing_sentence, other_votes, votes_at
from chibo.meetings.models import Meeting, MinutesSection
from chibo.meetings.room.fold import Correction, Remark, Room
from chibo.meetings.room.kept import CONCLUSION, PAPER
from chibo.meetings.room.paper_book import unsaid
from chibo.meetings.scoring.papers import annex_blocks, annex_title, score_sentence, scored

DataClass = MinutesSection.DataClass

# Items that are steps of the meeting: they stand in the minutes where something was presented there, or put off.
STEPS = (Kind.OPENING, Kind.CLOSING, Kind.CONCLUSION)
CLOSED_TEXT = "Mục họp kín{time}: ghi sổ giấy, {page}."
CONCLUSION_ALONE = "Chi bộ chọn chỉ ghi kết luận ở mục này."
# The section that is attached below the signatures.
ANNEX = "score"
# What the room notes beside the items, and how the minutes name it.
NOTES = (("fees", "Tình hình nộp đảng phí"),)


@dataclass(frozen=True)
class Section:
    """One section: its class says who may read it; speakers are kept without order or time. figures: counts alone."""

    key: str
    title: str
    data_class: str
    blocks: tuple[Block, ...]
    speakers: tuple[UUID, ...] = ()
    figures: dict[str, Any] | None = None

    def content(self) -> dict[str, Any]:
        """What is stored and covered by the section's digest."""
        figures = {} if self.figures is None else {"figures": self.figures}
        return {"blocks": blocks_to_json(self.blocks), "speakers": sorted(str(one) for one in self.speakers)} | figures


def sections_of(meeting: Meeting) -> list[Section]:
    """The minutes of a meeting as they stand now, until they are signed."""
    return assemble(draft_of(meeting))


def assemble(draft: Draft) -> list[Section]:
    """The minutes: of nothing but the draft, so that each who has the same says the same."""
    return _Assembly(draft).sections()


@dataclass(frozen=True)
class _Assembly:
    """One draft, being put into sections."""

    draft: Draft

    @cached_property
    def parts(self) -> dict[str, tuple[Block, ...]]:
        """What later apps have to say."""
        return {name: blocks for one in registries.minutes_sources for name, blocks in one.blocks(self.draft).items()}

    def sections(self) -> list[Section]:
        """All of them, in reading order."""
        score = scored(self.draft.room, self.draft.facts.now)
        sections = [
            Section("opening", "Mở đầu", DataClass.DISCUSSION, opening_blocks(self.draft)),
            Section("content", "Nội dung", DataClass.DISCUSSION, tuple(self._content())),
            self._discussion(),
        ]
        if (closed := self._self_criticism()) is not None:
            sections.append(closed)
        sentence = "" if score is None else score_sentence(score.sheet)
        last = tuple(self._conclusion(3 if closed is None else 4, sentence))
        sections.append(Section("conclusion", "Kết luận", DataClass.DISCUSSION, last))
        if score is not None:
            sections.append(Section(ANNEX, annex_title(score), DataClass.DISCUSSION, annex_blocks(score)))
        return sections

    # ---------- I: what was noted at the opening, and presented item by item ----------
    def _content(self) -> Iterator[Block]:
        yield Heading(1, "Nội dung", 1)
        for key, title in NOTES:
            if text := self.draft.room.notes.get(key):
                yield Paragraph(f"{title}: {text}")
        number, reviewed = 0, self.parts.get("review", ())
        for item in self.draft.open_items:
            lines = list(self._item_lines(item))
            if item.kind in (Kind.CLOSING, Kind.CONCLUSION) or (item.kind in STEPS and not lines):
                continue
            if item.kind == Kind.REVIEW:
                lines, reviewed = [*lines, *reviewed], ()
            number += 1
            yield from (Heading(2, _heading(item), number), *lines)
        if reviewed:  # the programme names no item for them
            yield from (Heading(2, "Việc kỳ trước", number + 1), *reviewed)

    def _item_lines(self, item: ItemFacts) -> Iterator[Block]:
        """What belongs to one item: that it was put off, the paper book's page, papers, the presented text."""
        if self.draft.state(item).state == "put_off":
            yield self._put_off(item)
        elif item.papers and item.kind not in STEPS and self.draft.way(item) != PAPER:
            yield Paragraph(f"Tài liệu: {'; '.join(item.papers)}.")
        if self.draft.way(item) == PAPER:
            yield self._closed_line(item)
        yield from self._presented(item)

    def _put_off(self, item: ItemFacts) -> Paragraph:
        why = self.draft.state(item).why
        return Paragraph(f"Chưa bàn, chuyển kỳ sau: {why}." if why else "Chưa bàn.")

    def _presented(self, item: ItemFacts) -> list[Block]:
        return [Paragraph(one.text) for one in self.draft.minuted(item) if one.presenting]

    def _closed_line(self, item: ItemFacts) -> Paragraph:
        """What stands of a closed item: how long it was spoken of, and where in the paper book it is."""
        minutes = 0 if self.draft.facts.held_on_paper else self.draft.state(item).seconds // 60
        time = f", {minutes} phút" if minutes else ""
        return Paragraph(CLOSED_TEXT.format(time=time, page=self.draft.page(item)))

    # ---------- II: what was said, item by item, and the votes taken there ----------
    def _discussion(self) -> Section:
        items = self.draft.open_items
        blocks: list[Block] = [Heading(1, "Ý kiến thảo luận", 2)]
        for item in items:
            if lines := [*self._spoken(item), *votes_at(self.draft, item.id)]:
                blocks += [self._about(item), *lines]
        if len(blocks) == 1:
            blocks.append(Paragraph("Không có ý kiến phát biểu được ghi lại."))
        speakers = self._speakers(items)
        return Section("discussion", "Ý kiến thảo luận", DataClass.DISCUSSION, tuple(blocks), speakers)

    def _about(self, item: ItemFacts) -> Paragraph:
        return Paragraph(f"Về nội dung “{title_of(item)}”:", style="plain")

    def _spoken(self, item: ItemFacts) -> list[Block]:
        """The remarks to one item: per speaker, full name and words; the chair's answer marked as such; what is
        recorded in short; then the differing opinions, each with what became of it; a withdrawn one is not minuted
        (M14)."""
        said = [Item(self._remark(one)) for one in self.draft.minuted(item) if not one.presenting]
        differing = [] if self.draft.way(item) == PAPER else self.draft.differing_at(item)
        return [
            *said,
            *self._in_short(item),
            *(Item(differing_sentence(one, self.draft.name(one.person))) for one in differing),
        ]

    def _in_short(self, item: ItemFacts) -> Iterator[Block]:
        """Who agreed and said no more, and how many spoke without a name."""
        if people := [self.draft.name(one) for one in self.draft.agreed(item)]:
            yield Item(f"Nhất trí: {'các đồng chí' if len(people) > 1 else 'đồng chí'} {', '.join(people)}.")
        if number := self.draft.unnamed(item):
            yield Item(f"{number} đồng chí phát biểu, không nêu tên.")

    def _remark(self, one: Remark) -> str:
        if one.unsaid:
            return f"{one.text} (sổ không ghi người phát biểu)"
        says = " (chủ trì kết luận)" if one.is_answer else ""
        return f"{_first_large(self.draft, one)}{says}: {one.text}"

    def _speakers(self, items: list[ItemFacts]) -> tuple[UUID, ...]:
        """Who spoke, presenting excluded (domain.md 2.8)."""
        said = [one for item in items for one in self.draft.minuted(item)]
        spoken = {one.person for one in said if one.person is not None and not one.presenting}
        kept = [item for item in items if self.draft.way(item) != PAPER]
        return tuple(sorted(spoken | {one.person for item in kept for one in self.draft.differing_at(item)}))

    # ---------- The closed section: read by those who were present ----------
    def _self_criticism(self) -> Section | None:
        lines = [block for item in self.draft.closed_items for block in self._criticised(item)]
        lines += self._corrections(closed=True)
        if not lines:
            return None
        title = "Tự phê bình và phê bình"
        blocks = (Heading(1, title, 3), *lines)
        speakers = self._speakers(self.draft.closed_items)
        return Section("self_criticism", title, DataClass.SELF_CRITICISM, blocks, speakers)

    def _criticised(self, item: ItemFacts) -> Iterator[Block]:
        if self.draft.state(item).state == "put_off":
            yield from (self._about(item), self._put_off(item))
        match self.draft.way(item):
            case way if way == PAPER:
                yield self._closed_line(item)
            case way if way == CONCLUSION:
                yield Paragraph(CONCLUSION_ALONE)
        yield from (*self._presented(item), *self._spoken(item), *votes_at(self.draft, item.id))

    # ---------- III (IV after a closed section): conclusion, votes, tasks, the score, corrections, the end ----------
    def _conclusion(self, number: int, score: str) -> Iterator[Block]:
        room = self.draft.room
        yield Heading(1, "Kết luận", number)
        yield from self._steps(Kind.CONCLUSION)
        yield from self.parts.get("conclusion", ())
        yield from other_votes(self.draft)
        yield from self.parts.get("tasks", ())
        if score:
            yield Paragraph(score)
        if room.aborted:
            yield Paragraph(f"Buổi họp hoãn giữa chừng: {room.aborted}.")
        yield from self._steps(Kind.CLOSING)
        if times := self._times_of_parts():
            yield Paragraph(f"Thời gian: {times}.")
        yield from self._corrections(closed=False)
        if room.closed_at is not None:
            yield Paragraph(f"Buổi họp kết thúc lúc {_end(room)}.{_read_back(room)}")

    def _steps(self, kind: str) -> Iterator[Block]:
        """What was presented at the steps of the end, or put off."""
        for item in self.draft.open_items:
            if item.kind == kind and (lines := list(self._item_lines(item))):
                yield from (self._about(item), *lines)

    def _times_of_parts(self) -> str:
        """ "phần thường kỳ 82 phút, phần chuyên đề 41 phút": of a combined gathering, by the room's own clock."""
        seconds: dict[str, int] = {}
        for item in self.draft.facts.items:
            seconds[item.part] = seconds.get(item.part, 0) + self.draft.state(item).seconds
        if len(seconds) < 2 or self.draft.facts.held_on_paper or not all(seconds.values()):
            return ""
        return ", ".join(f"phần {name} {spent // 60} phút" for name, spent in seconds.items())

    def _corrections(self, *, closed: bool) -> Iterator[Block]:
        """What was asked to be corrected when the minutes were read back, and which words were; of a closed item in its
        own section. The remark itself stands above in its corrected words."""
        if found := [one for one in self.draft.corrections if self._is_closed(one) == closed]:
            yield Paragraph("Khi đọc lại biên bản, có ý kiến đính chính:")
            yield from (Item(one.text) for one in found)
        items = self.draft.closed_items if closed else self.draft.open_items
        places = {one.id for one in items}
        mended = [one for one in self.draft.room.remarks.values() if one.corrected and one.item in places]
        if names := list(dict.fromkeys(self.draft.speaker(one) for one in mended if self.draft.is_minuted(one))):
            yield Paragraph(f"Lời ghi ở trên đã sửa theo ý kiến đính chính: ý kiến của {', '.join(names)}.")

    def _is_closed(self, one: Correction) -> bool:
        remark = self.draft.room.remarks.get(one.remark) if one.remark else None
        return remark is not None and remark.item in {item.id for item in self.draft.closed_items}


def _heading(item: ItemFacts) -> str:
    """The item's title, and who presented it when somebody was named."""
    return f"{title_of(item)} ({item.presented} trình bày)" if item.presented else title_of(item)


def _end(room: Room) -> str:
    """ "21 giờ 05"; with its day where the meeting went on past midnight."""
    if room.closed_at is None:
        return ""
    clock = format_time_sentence(room.closed_at)
    same = room.opened_at is None or local_date(room.opened_at) == local_date(room.closed_at)
    return clock if same else f"{clock} ngày {format_date(room.closed_at)}"


def _read_back(room: Room) -> str:
    """Whether the minutes were read back, as far as it was recorded. A meeting on paper was read when its book says."""
    if room.read_at is not None:
        late = room.read_late and not room.on_paper
        return f" Biên bản đã đọc lại {'sau' if late else 'trước'} khi kết thúc."
    return " Sổ không ghi việc đọc lại biên bản." if unsaid(room).reading else ""


def _first_large(draft: Draft, one: Remark) -> str:
    return f"Đồng chí {draft.name(one.person)}" if one.person else one.guest
