"""Many events at once, for imports: the same chains as `events.record` writes, in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from chibo.audit import chains
from chibo.audit.events import FORM, about
from chibo.audit.models import Event
from chibo.lib.bulk_insert import insert
from chibo.lib.dates import now
from chibo.lib.uuid7 import uuid7

# The header of `events.header_of` last, in its order.
_FIELDS = (
    "at", "payload", "salt", "digest", "previous", "hash",
    "chain", "seq", "actor_id", "kind", "object_type", "object_id", "id", "about_id", "form",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be written. details: ids, dates and numbers, never names or text."""

    kind: str
    chain: UUID
    object_type: str = ""
    object_id: UUID | None = None
    details: dict[str, Any] = field(default_factory=dict)


def record_many(drafts: Sequence[Draft], *, by: UUID | None) -> None:
    """Write events at the ends of their chains, in the order given. Call it last in a command, in its transaction.

    by: the acting person's id, None for the system.
    """
    if not drafts:
        return
    heads = _lock({draft.chain for draft in drafts})
    at, rows = now(), []
    stamp = f"{at.timestamp():.6f}"
    for draft in drafts:
        seq, previous = heads[draft.chain]
        payload, salt = chains.canonical(draft.details), chains.new_salt()
        digest = chains.digest_of(salt, payload)
        header = [draft.chain, seq + 1, stamp, by, draft.kind, draft.object_type, draft.object_id]
        header += [uuid7(), about(draft.details), FORM]
        link = chains.link(previous, header, digest)
        heads[draft.chain] = (seq + 1, link)
        rows.append((at, payload, salt, digest, previous, link, *header[:2], *header[3:]))
    insert(Event, _FIELDS, rows)
    _move(heads)


def _lock(wanted: set[UUID]) -> dict[UUID, tuple[int, bytes]]:
    """Number and hash of each chain's newest link, locked until the transaction ends; always in one order."""
    ids = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_chainhead (chain, seq, hash) SELECT id, 0, %s FROM unnest(%s::uuid[]) id"
            " ON CONFLICT (chain) DO NOTHING",
            [chains.GENESIS, ids],
        )
        cursor.execute(
            "SELECT chain, seq, hash FROM audit_chainhead WHERE chain = ANY(%s) ORDER BY chain FOR UPDATE", [ids]
        )
        return {chain: (seq, bytes(hash_)) for chain, seq, hash_ in cursor.fetchall()}


def _move(heads: dict[UUID, tuple[int, bytes]]) -> None:
    """Set the newest links of the chains."""
    rows = [(chain, seq, hash_) for chain, (seq, hash_) in heads.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_chainhead h SET seq = n.seq, hash = n.hash"
            " FROM unnest(%s::uuid[], %s::bigint[], %s::bytea[]) n(chain, seq, hash) WHERE h.chain = n.chain",
            [list(column) for column in zip(*rows, strict=True)],
        )
