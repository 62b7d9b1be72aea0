"""Hash chains over salted digests: text can be erased with its salt and the chain still verifies.

One chain a meeting (its entries) and one a cell (its events); design.md section 3, rule 9.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

GENESIS = b"\0" * 32


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: the bytes that a digest covers."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def new_salt() -> bytes:
    """Sixteen random bytes, erased together with the text that they salt."""
    return secrets.token_bytes(16)


def digest_of(salt: bytes, payload: str) -> bytes:
    """The digest that stays when payload and salt are erased."""
    return hashlib.sha256(salt + payload.encode()).digest()


def link(previous: bytes, header: Any, digest: bytes) -> bytes:
    """The hash of one link: what came before, the link's own header, the digest of its payload."""
    return hashlib.sha256(previous + canonical(header).encode() + digest).digest()


@dataclass(frozen=True)
class Place:
    """Where the next link goes: its number (from 1) and the hash before it."""

    seq: int
    previous: bytes


FIRST = Place(1, GENESIS)


def next_place(chain: UUID) -> Place:
    """Reserve the next place of a chain; the chain's row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_chainhead (chain, seq, hash) VALUES (%s, 1, %s)"
            " ON CONFLICT (chain) DO UPDATE SET seq = audit_chainhead.seq + 1 RETURNING seq, hash",
            [chain, GENESIS],
        )
        row = cursor.fetchone()
    return Place(seq=row[0], previous=bytes(row[1]))


def set_head(chain: UUID, seq: int, hash_: bytes) -> None:
    """Write the chain's newest link; call after `next_place` in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_chainhead SET seq = %s, hash = %s WHERE chain = %s", [seq, hash_, chain])


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold, in words for a person. seq: 0 where no link is meant."""

    chain: UUID
    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link as read back for checking. payload: the text under the digest, None once erased."""

    chain: UUID
    seq: int
    previous: bytes
    hash: bytes
    header: Any
    digest: bytes
    salt: bytes | None
    payload: str | None


def first_break(
    chain: UUID, links: Iterable[Link], head: tuple[int, bytes] | None, start: Place = FIRST
) -> Break | None:
    """Walk a chain in order and return its first break; an erased payload is not one.

    start: where to begin, with the hash that the link before has.
    """
    expected, previous = start.seq, start.previous
    for one in links:
        if one.seq != expected:
            return Break(chain, expected, f"thiếu mắt xích số {expected}")
        if one.previous != previous:
            return Break(chain, one.seq, "mắt xích không nối với mắt xích trước")
        if not _payload_holds(one):
            return Break(chain, one.seq, "nội dung không khớp dấu kiểm tra")
        if link(previous, one.header, one.digest) != one.hash:
            return Break(chain, one.seq, "mắt xích bị đổi")
        expected, previous = expected + 1, one.hash
    if head is None:
        return None if expected == 1 else Break(chain, expected - 1, "chuỗi không có đầu chuỗi")
    seq, hash_ = head
    if seq != expected - 1:
        return Break(chain, expected, f"đầu chuỗi ghi {seq} mắt xích, có {expected - 1}")
    return None if hash_ == previous else Break(chain, seq, "đầu chuỗi bị đổi")


def _payload_holds(one: Link) -> bool:
    """Whether the text is what was digested. Text and salt are erased together; one without the other was taken."""
    if one.payload is None or one.salt is None:
        return one.payload is None and one.salt is None
    return digest_of(one.salt, one.payload) == one.digest


@dataclass(frozen=True)
class Keeper:
    """A table that keeps chains: its model, the column that names the chain, and how a row is read as a link."""

    model: type[Model]
    chain: str
    read: Callable[[Any], Link]

    @property
    def table(self) -> str:
        """The table of the model."""
        return self.model._meta.db_table


KEEPERS: dict[str, Keeper] = {}


def register_keeper(name: str, keeper: Keeper) -> None:
    """An app that keeps chains of its own adds them here (from AppConfig.ready): `verify` walks them."""
    KEEPERS[name] = keeper


# What else `verify` looks at, over a whole database: an app adds its own here (from AppConfig.ready).
CHECKS: dict[str, Callable[[], Iterable[Break]]] = {}
