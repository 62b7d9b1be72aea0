"""What whoever leads the meeting says and does now, what comes next, and what waits for the chair.

The texts are data, data/guides.json: for a step of an agenda, else for a kind of item, and where a part of a meeting
goes another way (thematic, chi ủy, two parts in one evening) for that part. Each names the rule behind it, by its key
in the book of rules where there is one, else in words with its source and how sure it is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from chibo.lib.vietnamese import number_word
from chibo.meetings import registries
from chibo.meetings.models import AgendaItem, Body, Part
from chibo.meetings.registries import Matter
from chibo.meetings.room.hall import hall
from chibo.meetings.room.paper_book import unsaid
from chibo.rules.book import CAVEATS, RuleBook

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Room
    from chibo.meetings.room.screens import Screen, Step

DATA = Path(__file__).parent.parent / "data" / "guides.json"


@dataclass(frozen=True)
class Guide:
    """What the chair says and does at a step, and the rule behind it; `rule` is empty where none is in force.

    later: of a step of several parts, what is said and done at the parts after the first, each `until` it is done.
    """

    say: str
    act: str
    rule: str = ""
    source: str = ""
    later: tuple[dict[str, str], ...] = ()

    def now(self, room: "Room") -> "Guide":
        """What the step has come to: the first part that is not done, else the last."""
        if not self.later:
            return self
        done = {
            "clerk": room.clerk is not None,
            "roll": bool(unsaid(room).roll) or all(line.state for line in room.roll.values() if line.expected),
            "fees": bool(room.notes.get("fees")),
            "agenda": any(vote.subject == "agenda" for vote in room.votes.values()),
        }
        parts = [{"until": "clerk", "say": self.say, "act": self.act}, *self.later]
        part = next((one for one in parts if not done[one["until"]]), parts[-1])
        return Guide(part["say"], part["act"], self.rule, self.source)


@dataclass(frozen=True)
class Autopilot:
    """Beside a screen: where the hall is, if elsewhere; what to say and do; what comes next; what waits."""

    now: "Step | None"
    used: int
    guide: Guide | None
    following: "Step | None"
    matters: tuple[Matter, ...]

    @property
    def over(self) -> int:
        """Minutes that the item in the hall has gone past its plan; 0 within it."""
        planned = self.now.minutes if self.now else None
        return max(0, self.used - planned) if planned else 0


@lru_cache(maxsize=1)
def guides() -> dict[str, dict[str, Any]]:
    """The texts by their key."""
    found: dict[str, dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))["guides"]
    return found


def guide_of(screen: "Screen", step: "Step", book: RuleBook) -> Guide | None:
    """The guide of a step; None where nothing is known to be said."""
    texts = guides()
    entry = next((texts[key] for key in _keys(screen, step) if key in texts), None)
    if entry is None:
        return None
    later = tuple(entry.get("later", ()))
    rule = book.get(entry.get("rule_key", ""))
    if rule is not None:
        return Guide(entry["say"], entry["act"], rule.statement, rule.source_line, later)
    caveat = CAVEATS[entry.get("confidence", "V")]
    source = entry.get("source", "")
    source = f"{source} ({caveat})" if caveat else source
    return Guide(entry["say"], entry["act"], entry.get("rule", ""), source, later)


def _keys(screen: "Screen", step: "Step") -> Iterator[str]:
    """Where a step's guide may stand, the nearest first."""
    item = step.item
    own = item.template_key if item else ""
    kind = str(item.kind) if item else step.kind
    part = str(item.part.kind) if item else _usual_part(screen)
    if own:
        if len({one.part_id for one in screen.items}) > 1:
            yield f"combined.{own}"
        yield f"{part}.{own}"
        if own != kind:
            yield own
    yield f"{part}.{kind}"
    yield kind


def _usual_part(screen: "Screen") -> str:
    return str(Part.Kind.COMMITTEE if screen.meeting.body == Body.COMMITTEE else Part.Kind.REGULAR)


def autopilot_of(screen: "Screen", step: "Step | None", *, guided: bool = True) -> Autopilot:
    """What stands beside a screen.

    step: the one that the screen is for, None for a screen that is no step; guided: False where the screen itself says
    what to say, as that of a vote.
    """
    now = next((one for one in screen.steps if one.item and one.item.pk == screen.room.current), None)
    base = now or step
    guide = guide_of(screen, step, screen.book) if step and guided else None
    return Autopilot(
        now=None if now is step else now,
        used=screen.minutes_of(now),
        guide=guide and guide.now(screen.room),
        following=screen.following(base.item, base.kind) if base else None,
        matters=tuple(_matters(screen, step)),
    )


def _matters(screen: "Screen", step: "Step | None") -> Iterator[Matter]:
    """What waits for the chair, each with the way there; nothing that the screen itself shows first."""
    room, path = screen.room, screen.path
    state = hall(room)
    at_roll = step is not None and step.kind == AgendaItem.Kind.OPENING
    if state.claims and not at_roll:
        yield Matter(f"{_count(len(state.claims))} đồng chí tự báo có mặt", f"{path}diem-danh/", "users")
    if state.waiting and room.current:
        words = f"{_count(len(state.waiting))} đồng chí xin phát biểu"
        yield Matter(words, f"{path}muc/{room.current}/#queue", "hand")
    if left := sum(one.is_open for one in room.differing.values()):
        yield Matter(f"{_count(left)} ý kiến khác chưa kết luận", f"{path}y-kien-khac/", "triangle-alert")
    if not at_roll:  # the roll is called by the dozen: nothing is read that is not needed there
        for source in registries.room_matters:
            yield from source(screen)
    if room.needs_look:
        yield Matter(f"{_count(len(room.needs_look))} chỗ cần xem lại", f"{path}xem-lai/", "circle-alert")


def _count(number: int) -> str:
    return capfirst(number_word(number))


def as_plain(guide: Guide | None) -> dict[str, Any] | None:
    """A guide as the pack of a device holds it."""
    return vars(guide) if guide is not None else None
