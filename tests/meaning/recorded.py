"""A meeting as it goes on: at each moment the log, what the server says bars its end, how its minutes read."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import time_machine

from chibo.documents.blocks import Block, Heading, Item, Table
from chibo.meetings.minutes.draft import Draft
from chibo.meetings.minutes.left_out import left_out
from chibo.meetings.minutes.read_facts import draft_of
from chibo.meetings.minutes.sections import assemble
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands, log
from tests.meaning.vectors import as_entry


def entries_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The log of a meeting as a device holds it."""
    return [as_entry(one) for one in log.records_of(meeting)]


def bars_of(meeting: Meeting) -> list[dict[str, str]]:
    """What bars the closing, as the devices name the way to mend it."""
    return [{"reason": bar.reason, "to": _key(bar.url), "action": bar.action} for bar in commands.closing_bars(meeting)]


def _key(url: str) -> str:
    """The server's path as the key of a device's screen."""
    *_, key = url.split("/", 4 if "/phong/" in url else 3)
    return key.replace("?noi-dung=", "").replace("#viec-", "").strip("/")


def minutes_of(draft: Draft) -> dict[str, Any]:
    """The minutes as plain blocks, and what they leave out."""
    sections = [{"key": one.key, "blocks": [_plain(block) for block in one.blocks]} for one in assemble(draft)]
    return {"minutes": sections, "left_out": [asdict(one) for one in left_out(draft)]}


def _plain(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"style": "heading", "level": block.level, "number": block.number, "text": block.content}
        case Item():
            return {"style": "item", "text": block.content}
        case Table():
            return {
                "style": "table",
                "columns": [one.title for one in block.columns],
                "rows": [list(row) for row in block.rows],
            }
        case _:
            return {"style": block.style, "text": block.content}  # type: ignore[union-attr]


@dataclass
class Watched:
    """What a device is compared with: its pack, and each moment of the meeting."""

    pack: dict[str, Any]
    moments: list[dict[str, Any]] = field(default_factory=list)

    def minutes(self, key: str) -> list[dict[str, Any]]:
        """A section of the minutes at each moment at which there is one."""
        return [one for moment in self.moments for one in moment["minutes"] if one["key"] == key]

    def look(self, meeting: Meeting, at: datetime) -> None:
        """Take the moment down."""
        meeting.refresh_from_db()
        with time_machine.travel(at, tick=False):
            state = {"bars": bars_of(meeting), **minutes_of(draft_of(meeting))}
        self.moments.append({"log": entries_of(meeting), "at": int(at.timestamp() * 1000), **state})
