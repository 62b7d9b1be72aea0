"""The agenda with which a new meeting begins: by category of the cell, by body, by the circular in force that day.

The steps and their order follow domain.md 2.3 and 2.6, the matters of each category 2.7, a committee's meeting 3.2.
They are data with source, confidence and dates, in data/agendas.json.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from chibo.lib.dates import add_months
from chibo.lib.vietnamese import no_break

DATA = Path(__file__).parent / "data" / "agendas.json"
KINDS = (
    "opening",
    "information",
    "ideology",
    "review",
    "discussion",
    "mass_organisations",
    "new_tasks",
    "self_criticism",
    "membership",
    "conclusion",
    "closing",
)


class UnknownCategoryError(LookupError):
    """No agenda is known for cells of this category."""


@dataclass(frozen=True)
class ItemTemplate:
    """One item of an agenda. `presenter` is an office, "clerk", "author" (of a theme), or empty for anyone."""

    key: str
    title: str
    kind: str
    work: str
    minutes: int
    presenter: str
    guidance: str
    optional: bool = False

    def title_for(self, period: date) -> str:
        """The title with the months named: "Kiểm điểm nghị quyết tháng 11" in the meeting for December."""
        return self.title.format(
            period=no_break(f"tháng {period.month}"),
            previous_period=no_break(f"tháng {add_months(period, -1).month}"),
        )


@dataclass(frozen=True)
class AgendaTemplate:
    """The agenda of one part of a meeting.

    `part` is regular, thematic, extraordinary or committee. `alone` is false for a part that is added to a regular
    meeting and so has no opening and closing of its own. Optional items are offered, not put in.
    """

    category: str
    body: str
    part: str
    alone: bool
    title: str
    items: tuple[ItemTemplate, ...]
    source: str
    url: str
    confidence: str
    valid_from: date
    valid_to: date | None

    @property
    def usual_items(self) -> tuple[ItemTemplate, ...]:
        """The items that every such meeting has."""
        return tuple(item for item in self.items if not item.optional)

    @property
    def minutes(self) -> int:
        """How long the usual items take together."""
        return sum(item.minutes for item in self.usual_items)


def templates_for(category: str, body: str, day: date) -> tuple[AgendaTemplate, ...]:
    """Return the agendas that a body of a cell can begin with on a day, the most usual one first.

    Args:
        category: hamlet, street, office, school, clinic, enterprise, private_enterprise, students or forces.
        body: "cell" or "committee".
        day: the day of the meeting; before the oldest circular known, that one is taken.

    Raises:
        UnknownCategoryError: there is no such category.
    """
    data = _data()
    if category not in data["discussions"]:
        raise UnknownCategoryError(category)
    version = _version_at(day)
    return tuple(_template(category, part, version) for part in data["parts"] if part["body"] == body)


def template_for(category: str, part: str, day: date, *, alone: bool = True) -> AgendaTemplate:
    """Return the agenda of one part, for a thematic one either alone or added to a regular meeting.

    Raises:
        UnknownCategoryError: there is no such category, or no such part.
    """
    body = "committee" if part == "committee" else "cell"
    for template in templates_for(category, body, day):
        if template.part == part and template.alone == alone:
            return template
    raise UnknownCategoryError(f"{category}, {part}")


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


def _version_at(day: date) -> dict[str, Any]:
    versions: list[dict[str, Any]] = _data()["versions"]
    began = [version for version in versions if date.fromisoformat(version["valid_from"]) <= day]
    return began[-1] if began else versions[0]


def _template(category: str, part: dict[str, Any], version: dict[str, Any]) -> AgendaTemplate:
    """Put a part's list together: its words "opening" and "discussion" stand for the version's and category's own."""
    discussion = _data()["discussions"][category]
    items: list[dict[str, Any]] = []
    for entry in part["items"]:
        if entry == "opening":
            items.append(version["opening"])
        elif entry == "discussion":
            items.extend(discussion["items"])
        else:
            items.append(entry)
    own = discussion if "discussion" in part["items"] else None
    return AgendaTemplate(
        category=category,
        body=part["body"],
        part=part["part"],
        alone=part["alone"],
        title=part["title"],
        items=tuple(ItemTemplate(**item) for item in items),
        source=f"{version['source']}; {own['source']}" if own else version["source"],
        url=version["url"],
        confidence=max(version["confidence"], own["confidence"], key="VSR".index) if own else version["confidence"],
        valid_from=date.fromisoformat(version["valid_from"]),
        valid_to=date.fromisoformat(version["valid_to"]) if version["valid_to"] else None,
    )
