"""What came late, in words: enough of it that chair and clerk can make a correction of it."""

import json
from datetime import date
from typing import Any

from chibo.lib.dates import format_date
from chibo.meetings.models import Entry, SetAside
from chibo.meetings.room.entry_words import KIND_WORDS, words_of_call

_TEXTS = ("text", "title", "what", "name", "why", "cause", "reason_text")
_OUTCOMES = {"adopted": "Được tiếp thu", "not_adopted": "Không được tiếp thu", "withdrawn": "Người nêu rút"}


def kind_of(row: SetAside | Entry) -> str:
    """What sort of thing it is: "Ý kiến"."""
    return KIND_WORDS.get(row.kind, "Ghi chép")


def words_of(row: SetAside | Entry) -> str:
    """What it says: its words as they were typed, its numbers, a line each; empty where there is nothing."""
    payload = json.loads(row.payload or "{}")
    said = [payload[name] for name in _TEXTS if isinstance(payload.get(name), str)]
    parts = payload.get("parts")
    said += list(parts.values()) if isinstance(parts, dict) else []
    return "\n".join(one for one in [*said, *_facts(row, payload)] if one).strip()


def _facts(row: SetAside | Entry, payload: dict[str, Any]) -> list[str]:
    """What no text of the payload says."""
    match row.kind:
        case "attend":
            call = words_of_call(payload)
            return [call[:1].upper() + call[1:]]
        case "vote":
            return [_hands(payload)]
        case "secret":
            return [f"{one['name']}: {_ballots(one)}" for one in payload["choices"]]
        case "differ-outcome":
            return [_OUTCOMES[payload["outcome"]]]
        case "differ-support":
            return [f"{payload['number']} đồng chí"]
        case "undo":
            found = Entry.objects.filter(meeting_id=row.meeting_id, pk=payload["of"]).first()
            return [KIND_WORDS.get(found.kind, "Ghi chép")] if found else []
    return [*_due(payload.get("due")), *_checked(payload.get("how_checked"))]


def _hands(payload: dict[str, Any]) -> str:
    counted = (("in_favour", "tán thành"), ("against", "không tán thành"), ("abstained", "không biểu quyết"))
    return ", ".join(f"{payload[name]} {words}" for name, words in counted)


def _ballots(choice: dict[str, Any]) -> str:
    counted = (("in_favour", "tán thành"), ("against", "không tán thành"), ("blank", "phiếu trắng"))
    return ", ".join(f"{choice[name]} {words}" for name, words in counted)


def _due(due: object) -> list[str]:
    return [f"Xong đến hết ngày {format_date(date.fromisoformat(due))}"] if isinstance(due, str) else []


def _checked(how: object) -> list[str]:
    return [f"Kiểm tra: {how}"] if isinstance(how, str) and how else []


def people_of(row: SetAside | Entry) -> list[str]:
    """The ids of those whom it is about."""
    payload = json.loads(row.payload or "{}")
    return [one for one in (payload.get("member"), payload.get("lead"), *(payload.get("members") or [])) if one]
