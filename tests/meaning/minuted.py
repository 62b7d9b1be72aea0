"""What must hold of the minutes of any meeting, judged by a second, slow reading of its log.

Each text that was recorded and not withdrawn stands in the sections, or on the list of what does not, exactly once;
nothing else stands; what belongs together stands in the order of the log; and what the sentences claim was recorded.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from chibo.documents.blocks import Table, text_of
from chibo.meetings.minutes.draft import Draft
from chibo.meetings.minutes.left_out import left_out
from chibo.meetings.minutes.sections import Section, assemble
from chibo.meetings.room.fold import Record

TEXT = re.compile("⟦[0-9]+⟧")
ONCE = {"open": "open", "close": "end", "abort": "end"}


def texts_in(value: Any) -> list[str]:
    """The texts of a payload, in their order."""
    if isinstance(value, str):
        return TEXT.findall(value)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in parts for text in texts_in(one)]


@dataclass
class Reading:
    """What of a log stands, by what it was written to; a later entry to the same takes the place of the one before.

    marked: entries that need a look and bar signing until they are taken back.
    """

    marked: set[Any]
    stands: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    once: set[str] = field(default_factory=set)
    present: dict[str, str] = field(default_factory=dict)
    agreed: set[tuple[str, str]] = field(default_factory=set)
    said: dict[str, tuple[str, str]] = field(default_factory=dict)
    unnamed: dict[str, int] = field(default_factory=dict)
    observers: int = 0
    is_read: bool = False
    no_roll: bool = False
    end: str = ""

    def take(self, record: Record) -> None:
        payload, own = record.payload, (record.kind, str(record.id))
        match record.kind:
            case "open" | "close" | "abort":
                if ONCE[record.kind] not in self.once:
                    self.once.add(ONCE[record.kind])
                    self.stands[own] = texts_in(payload)
                    self.end = record.kind
            case "attend":
                for one in payload["members"]:
                    self.stands["attend", one] = texts_in(payload)
                    self.present[one] = payload["state"]
            case "item" | "keep-as":
                self.stands[record.kind, payload["item"]] = texts_in(payload)
            case "note":
                self.stands["note", payload["about"]] = texts_in(payload)
            case "review":
                self.stands.pop(("review", payload["task"]), None)
                self.stands["review", payload["task"]] = texts_in(payload)
            case "score":
                self.stands["score", payload["code"]] = texts_in(payload)
            case "conclude":
                for name, text in (payload.get("parts") or {}).items():
                    self.stands["part", name] = texts_in(text)
            case "remark-edit" | "task-edit":
                if (what := (record.kind[:-5], payload["of"])) in self.stands:
                    self.stands[what] = texts_in(payload)
            case "task-withdraw":
                self.stands.pop(("task", payload["of"]), None)
            case "differ-outcome":
                self.outcome(payload["of"], payload["outcome"], texts_in(payload))
            case "secret":
                put = self.stands.pop(("ballot", payload["of"]), None)
                before = ("secret", payload["of"])
                if put is not None or before in self.stands:
                    self.stands[before] = list(dict.fromkeys(texts_in(payload)))
            case "agree":
                self.agreed.add((payload["item"], payload["member"]))
            case "spoke":
                self.unnamed[payload["item"]] = payload["count"]
            case "observers":
                self.observers = payload["count"]
            case "remark":
                self.stands[own] = texts_in(payload)
                if not payload.get("presenting"):
                    self.said[str(record.id)] = (payload["item"], payload.get("member") or "")
            case "remark-withdraw":
                self.stands.pop(("remark", payload["of"]), None)
                self.said.pop(payload["of"], None)
            case "read":
                self.is_read = True
            case "unsaid-roll":
                self.no_roll = True
            case "vote":
                self.stands[own] = texts_in(payload)
                if payload.get("of"):
                    self.outcome(payload["of"], "voted", [])
            case "ballot":
                self.stands[own] = texts_in(payload["title"])
            case _:
                self.stands[own] = texts_in(payload)

    def outcome(self, of: str, outcome: str, why: list[str]) -> None:
        """What became of a differing opinion; its author may take it back, and it stands again when that is undone."""
        if ("differ", of) in self.stands or ("withdrawn", of) in self.stands:
            opinion = self.stands.pop(("withdrawn", of), None) or self.stands.pop(("differ", of))
            self.stands["withdrawn" if outcome == "withdrawn" else "differ", of] = opinion
            self.stands["outcome", of] = [] if outcome == "withdrawn" else why

    @property
    def texts(self) -> list[str]:
        return [text for (kind, _), texts in self.stands.items() if kind != "withdrawn" for text in texts]


def in_order(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda one: (one.counter, str(one.device), str(one.id)))


def undone(ordered: list[Record]) -> set[str]:
    """From the last back: an undo that was itself undone counts for nothing."""
    dead: set[str] = set()
    place = {str(one.id): n for n, one in enumerate(ordered)}
    for number, one in reversed(list(enumerate(ordered))):
        of = one.payload.get("of")
        if one.kind == "undo" and str(one.id) not in dead and place.get(of, number) < number:
            dead.add(of)
    return dead


def read(records: Iterable[Record], draft: Draft) -> Reading:
    """A log, read by a second reader."""
    ordered = in_order(records)
    dead = undone(ordered)
    found = Reading({one.entry for one in draft.room.needs_look})
    for one in ordered:
        if str(one.id) not in dead:
            found.take(one)
    return found


def lines_of(section: Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (text_of(cell) for row in block.rows for cell in row)
        else:
            yield text_of(block.content)  # type: ignore[union-attr]


def judge(records: Iterable[Record], draft: Draft) -> None:
    """Hold the minutes of a meeting against its log."""
    records = list(records)
    sections, reading = assemble(draft), read(records, draft)
    lines = [line for one in sections for line in lines_of(one)]
    _each_once(records, lines, draft, reading)
    _in_the_order_of_the_log(records, lines, reading)
    _what_is_claimed(lines, draft, reading)


def _each_once(records: list[Record], lines: list[str], draft: Draft, reading: Reading) -> None:
    shown = [text for line in lines for text in TEXT.findall(line)]
    aside = [text for one in left_out(draft) for text in TEXT.findall(one.text)]
    found, wanted = Counter([*shown, *aside]), set(reading.texts)
    private = {text for (kind, _), texts in reading.stands.items() if kind == "attend" for text in texts}
    listed = [one for one in left_out(draft) if one.what.startswith("Lời về lý do vắng")]
    assert len(listed) == len(private) and not private & set(found), "what the committee alone may read"
    pages = {text for (kind, _), texts in reading.stands.items() if kind == "keep-as" for text in texts}
    looked_at = {text for one in records if one.id in reading.marked for text in texts_in(one.payload)}
    lost = {text for text in wanted if not found[text]} - looked_at - pages - private
    assert not lost, f"lost: {lost}"
    assert not set(found) - wanted - looked_at, f"not recorded, or withdrawn: {set(found) - wanted}"
    twice = {text for text, times in found.items() if times > 1} - pages
    assert not twice, f"more than once: {twice}"
    assert pages <= set(found), "where in the paper book it is"


# What stands together in one place of the minutes, each in the order in which it was recorded.
GROUPS = ("remark", "differ", "vote", "guest", "correct", "task")


def _in_the_order_of_the_log(records: list[Record], lines: list[str], reading: Reading) -> None:
    whole = "\n".join(lines)
    groups: dict[tuple[Any, ...], list[str]] = {}
    for one in in_order(records):
        texts = reading.stands.get((one.kind, str(one.id)))
        if one.kind in GROUPS and texts and texts[0] in whole:
            decides = one.payload.get("subject") in ("resolution", "conclusion")
            place = None if decides else one.payload.get("item")
            key = (one.kind, place, one.payload.get("presenting"), one.payload.get("remark"))
            groups.setdefault(key, []).append(texts[0])
    for key, texts in groups.items():
        assert texts == sorted(texts, key=whole.index), f"in another order than recorded: {key}"
    reviews = [texts[0] for (kind, _), texts in reading.stands.items() if kind == "review" and texts]
    assert reviews == sorted(reviews, key=whole.index), "reviews in another order"


def _what_is_claimed(lines: list[str], draft: Draft, reading: Reading) -> None:
    whole, roll = "\n".join(lines), draft.room.roll.values()
    waiting = [one for one in roll if one.expected and not reading.present.get(str(one.person))]
    came = [one for one in roll if reading.present.get(str(one.person)) == "present"]
    no_roll = reading.no_roll and draft.facts.held_on_paper and "open" in reading.once
    assert ("Sổ không ghi danh sách dự họp." in whole) == no_roll
    assert (f"Chưa điểm danh {len(waiting)} đồng chí" in whole) == (bool(waiting) and not no_roll)
    if "Không có đảng viên vắng mặt" in whole:
        assert not waiting and all(reading.present[str(one.person)] == "present" for one in roll if one.expected)
    if attended := re.search("(?:Dự họp|Có mặt): ([0-9]+)", whole):
        assert int(attended[1]) == len(came) and not no_roll
    else:
        assert no_roll or (not came and waiting)
    assert (" Biên bản đã đọc lại" in whole) == (reading.is_read and "end" in reading.once)
    assert ("Buổi họp kết thúc lúc" in whole) == ("end" in reading.once)
    assert ("Buổi họp hoãn giữa chừng" in whole) == (reading.end == "abort")
    assert ("Không có ý kiến phát biểu được ghi lại." in whole) == ("Về nội dung “" not in _discussion(whole))
    opinions = [one for one in draft.room.differing.values() if one.outcome != "withdrawn"]
    assert whole.count("bảo lưu ý kiến.") <= sum(one.reserved for one in opinions)
    _in_short(whole, draft, reading)
    assert whole.count("Chưa bàn") == sum(one.state == "put_off" for one in draft.room.items.values())


def _in_short(whole: str, draft: Draft, reading: Reading) -> None:
    """Who agreed and said no more, each once where all is minuted, and nobody else; how many spoke without a name."""
    full = {str(one.id) for one in draft.items if draft.way(one) not in ("paper", "conclusion")}
    spoke = set(reading.said.values())
    spoke |= {(str(one.item), str(one.person)) for one in draft.room.differing.values() if one.outcome != "withdrawn"}
    agreed = Counter(draft.name(UUID(person)) for item, person in reading.agreed - spoke if item in full)
    named = re.findall("^Nhất trí: (?:các )?đồng chí (.+)[.]$", whole, re.MULTILINE)
    assert Counter(name for line in named for name in line.split(", ")) == agreed
    unnamed = sorted(count for item, count in reading.unnamed.items() if item in full and count)
    assert (
        sorted(map(int, re.findall("^([0-9]+) đồng chí phát biểu, không nêu tên[.]$", whole, re.MULTILINE))) == unnamed
    )
    assert (f"Dự thính: {reading.observers} người." in whole) == bool(reading.observers)


def _discussion(whole: str) -> str:
    after = whole.partition("\nÝ kiến thảo luận\n")[2]
    return after.partition("\nTự phê bình và phê bình\n")[0].partition("\nKết luận\n")[0]
