"""What the parts of a page are made of: plain values that views fill in and the tags draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTH_WORDS = {
    "ok": "đã họp",
    "late": "họp muộn",
    "miss": "chưa họp, đã quá ngày",
    "now": "sắp họp",
    "plan": "đã có lịch",
    "none": "chưa có ở đây",
}
MONTH_ICONS = {"ok": "check", "late": "clock", "miss": "triangle-alert"}


@dataclass(frozen=True)
class Month:
    """A month of the year's picture.

    state is one of MONTH_WORDS: "ok" held, "late" held late, "miss" overdue and not held, "now" the next one
    (red), "plan" has its day, "none" before the record begins. word replaces the state's own words for screen
    readers, such as "họp muộn 6 ngày". points, grade: how the meeting was scored, "92/95" and "Tốt"; empty where it
    was not.
    """

    number: int
    state: str
    day: date | None = None
    url: str = ""
    word: str = ""
    points: str = ""
    grade: str = ""

    @property
    def icon(self) -> str:
        """The icon inside the ring; empty rings have none."""
        return MONTH_ICONS.get(self.state, "")

    @property
    def words(self) -> str:
        """The state in words, for who does not see the ring."""
        return self.word or MONTH_WORDS[self.state]


@dataclass(frozen=True)
class Theme:
    """The line under a quarter: its thematic meeting, or that there is none yet; kind as in `status`."""

    text: str
    kind: str = "plan"


@dataclass(frozen=True)
class Quarter:
    """Three months and the thematic meeting of the quarter."""

    months: Sequence[Month]
    theme: Theme | None = None


def quarters_of(months: Sequence[Month], themes: Sequence[Theme | None] = ()) -> list[Quarter]:
    """Part twelve months into quarters, each with its theme where one is given."""
    return [
        Quarter(months[start : start + 3], themes[index] if index < len(themes) else None)
        for index, start in enumerate(range(0, len(months), 3))
    ]
