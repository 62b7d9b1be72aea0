"""Entries as devices hold them, read back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chibo.meetings.room.fold import Record


def as_record(entry: dict[str, Any]) -> Record:
    """An entry of a vector as the server's fold reads it."""
    at = entry["at"]
    moment = None if at is None else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    ids = {name: UUID(entry[name]) for name in ("id", "device", "author")}
    rest = {name: entry[name] for name in ("counter", "kind", "payload", "seq", "seen")}
    return Record(**ids, **rest, at=moment)
