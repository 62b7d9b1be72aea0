"""What was read of a file, carried signed in the page between looking and writing: the server keeps nothing of it."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core import signing

from chibo.directory.spreadsheets.tables import Line, Table

HOURS = 12


def pack(tables: list[Table], *, person: UUID, root: UUID) -> str:
    """The lines of the tables as one signed text, good for this person and this organisation."""
    kept = [asdict(one) | {"lines": [(line.row, line.cells, line.group) for line in one.lines]} for one in tables]
    return signing.dumps(kept, salt=_salt(person, root), compress=True)


def unpack(text: str, *, person: UUID, root: UUID) -> list[Table] | None:
    """The tables again; None where the text was changed, is someone else's or is older than half a day."""
    try:
        kept: list[dict[str, Any]] = signing.loads(text, salt=_salt(person, root), max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    return [Table(**(one | {"lines": [Line(*line) for line in one["lines"]]})) for one in kept]


def _salt(person: UUID, root: UUID) -> str:
    return f"chibo.spreadsheets:{person}:{root}"
