"""What each kind of event says in plain Vietnamese; no event is recorded without its sentence.

An app registers its own from `AppConfig.ready`, in a module `events.py` beside its models:

    sentences.register(
        {
            "meeting.opened": "mở cuộc họp[, {chair} chủ trì]",
            "task.progress": Sentence("ghi tiến độ: {state}", {"state": dict(Progress.State.choices)}),
        }
    )

The sentence is what follows the name of whoever acted. `{name}` is a detail of the event: a day is written 05/12/2026,
the id of a person becomes the name as the reader may know it, a code becomes its word by `codes`. What stands in
`[…]` is left out when a detail in it is missing: payloads are erased in time, and the sentence must still stand;
`[{person}|một đồng chí]` says something else instead.
A detail `on_behalf_of` with a person's id adds "(ghi hộ đồng chí Bình)" to any sentence: the clerk acts for those
without a device, marked as such.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chibo.lib.dates import format_date, format_time

Names = Mapping[UUID, str]

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_DETAIL = re.compile(r"\{(\w+)\}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Sentence:
    """One kind's sentence. codes: for a detail that is a code, the word of each value."""

    text: str
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


SENTENCES: dict[str, Sentence] = {}


def register(found: Mapping[str, "str | Sentence"]) -> None:
    """Add the sentences of an app's kinds of events (from AppConfig.ready).

    Raises ValueError when a kind has a sentence already, or when a detail outside brackets could be missing.
    """
    for kind, one in found.items():
        if kind in SENTENCES:
            raise ValueError(f"two sentences for {kind}")
        sentence = Sentence(one) if isinstance(one, str) else one
        if _DETAIL.search(_OPTIONAL.sub("", sentence.text)):
            raise ValueError(f"{kind}: a detail stands in brackets, as it may have been erased")
        SENTENCES[kind] = sentence


def sentence_of(kind: str, details: Mapping[str, Any], names: Names) -> str:
    """What an event says, after the name of whoever acted.

    details: of the payload, empty once erased. names: people as the reader may know them, "đồng chí Lan".
    """
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return "làm một việc mà phiên bản này chưa biết tên"

    def part(found: re.Match[str]) -> str:
        words = {name: _said(sentence, name, details.get(name), names) for name in _DETAIL.findall(found[1])}
        wanted, _, instead = found[1].partition("|")
        return _DETAIL.sub(lambda one: words[one[1]], wanted) if all(words.values()) else instead

    behalf = _said(sentence, "on_behalf_of", details.get("on_behalf_of"), names)
    return _OPTIONAL.sub(part, sentence.text) + (f" (ghi hộ {behalf})" if behalf else "")


def people_in(details: Mapping[str, Any]) -> set[UUID]:
    """Ids among an event's details; those of people are looked up before its sentence is written."""
    return {UUID(value) for value in details.values() if isinstance(value, str) and _UUID.fullmatch(value)}


def _said(sentence: Sentence, name: str, value: Any, names: Names) -> str:
    """One detail in words; empty when there is none or it may not be known."""
    if value is None:
        return ""
    if name in sentence.codes:
        return sentence.codes[name].get(str(value), "")
    if isinstance(value, str) and _UUID.fullmatch(value):
        return names.get(UUID(value), "")
    if isinstance(value, str) and _DAY.match(value):
        return _moment(value)
    return str(value)


def _moment(value: str) -> str:
    """A day, or a moment in Vietnamese time, as people write it; what is neither is given back."""
    try:
        if _DAY.fullmatch(value):
            return format_date(date.fromisoformat(value))
        moment = datetime.fromisoformat(value)
        return f"{format_date(moment)} {format_time(moment)}"
    except ValueError:
        return value
