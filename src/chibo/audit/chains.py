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

from chibo.audit.models import ChainHead

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
    """The first place where a chain does not hold, in words for a person."""

    chain: UUID
    seq: int
    why: str


@dataclass(frozen=True)
class Link:
    """One link as read back for checking."""

    seq: int
    previous: bytes
    hash: bytes
    header: Any
    digest: bytes
    salt: bytes | None
    payload: str | None


def first_break(chain: UUID, links: Iterable[Link], head: ChainHead | None) -> Break | None:
    """Walk a chain in order and return its first break; an erased payload is not one."""
    expected, previous = 1, GENESIS
    for one in links:
        if one.seq != expected:
            return Break(chain, expected, f"thiếu mắt xích số {expected}")
        if one.previous != previous:
            return Break(chain, one.seq, "mắt xích không nối với mắt xích trước")
        if one.payload is not None and (one.salt is None or digest_of(one.salt, one.payload) != one.digest):
            return Break(chain, one.seq, "nội dung không khớp dấu kiểm tra")
        if link(previous, one.header, one.digest) != one.hash:
            return Break(chain, one.seq, "mắt xích bị đổi")
        expected, previous = expected + 1, one.hash
    if head is None:
        return None if expected == 1 else Break(chain, expected - 1, "chuỗi không có đầu chuỗi")
    if head.seq != expected - 1:
        return Break(chain, expected, f"đầu chuỗi ghi {head.seq} mắt xích, có {expected - 1}")
    return None if bytes(head.hash) == previous else Break(chain, head.seq, "đầu chuỗi bị đổi")


Checker = Callable[[], Iterable[Break]]
CHECKERS: dict[str, Checker] = {}


def register_checker(name: str, checker: Checker) -> None:
    """An app that keeps chains of its own adds its check here (from AppConfig.ready)."""
    CHECKERS[name] = checker
