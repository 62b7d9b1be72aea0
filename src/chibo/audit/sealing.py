"""Seal the heads of the chains, and check that every sealed head is still the hash at its place.

A chain alone does not show that its tail was cut together with its head, or that all of it was taken away. A seal
lists the heads of the chains that moved since the seal before, and covers that one's root: whoever keeps one root
elsewhere, as a line on paper, can tell later whether anything sealed until then was changed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from chibo.audit.chains import GENESIS, KEEPERS, Break, canonical
from chibo.audit.models import Checkpoint
from chibo.audit.note import Note
from chibo.lib.dates import format_date, format_time, now

# Heads in one checkpoint; the first seal of a large tenant writes several.
TOGETHER = 50_000
_SIZE = 16 + 8 + 32
_LOCK = 7_103_001  # of the database: one seal at a time

Head = tuple[UUID, int, bytes]


@transaction.atomic
def seal() -> Checkpoint:
    """Seal every chain that moved since the last seal; the newest checkpoint, also when nothing has moved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = newest()
    moved = _moved()
    while True:
        heads = list(islice(moved, TOGETHER))
        if not heads and last is not None:
            return last
        last = _write(heads, last)
        _move_places(heads)


def newest() -> Checkpoint | None:
    """The last checkpoint."""
    return Checkpoint.objects.filter(number__isnull=False).order_by("-number").first()


def _moved() -> Iterator[Head]:
    """The heads of the chains that are not where they were sealed, in one look at the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.chain, h.seq, h.hash FROM audit_chainhead h LEFT JOIN audit_sealedplace s USING (chain)"
            " WHERE h.seq > 0 AND s.seq IS DISTINCT FROM h.seq ORDER BY h.chain"
        )
        found = [(chain, seq, bytes(hash_)) for chain, seq, hash_ in cursor.fetchall()]
    return iter(found)


def unsealed() -> list[UUID]:
    """The chains that moved since the last seal, and those whose head is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(h.chain, s.chain) FROM audit_chainhead h FULL JOIN audit_sealedplace s USING (chain)"
            " WHERE s.seq IS DISTINCT FROM h.seq AND coalesce(h.seq, 1) > 0"
        )
        return [row[0] for row in cursor.fetchall()]


def _write(heads: list[Head], last: Checkpoint | None) -> Checkpoint:
    """One checkpoint over these heads, after the last one."""
    checkpoint = Checkpoint(
        number=(last.number or 0) + 1 if last else 1,
        at=now(),
        chains=len(heads),
        heads=b"".join(chain.bytes + seq.to_bytes(8, "big") + hash_ for chain, seq, hash_ in heads),
        previous=bytes(last.root) if last else GENESIS,
    )
    checkpoint.root = root_of(checkpoint)
    checkpoint.save(force_insert=True)
    return checkpoint


def _move_places(heads: list[Head]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_sealedplace (chain, seq) SELECT * FROM unnest(%s::uuid[], %s::bigint[])"
            " ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq",
            [[head[0] for head in heads], [head[1] for head in heads]],
        )


def root_of(checkpoint: Checkpoint) -> bytes:
    """What a checkpoint comes to: the one before, its own header, the heads."""
    header = canonical([checkpoint.number, f"{checkpoint.at.timestamp():.6f}", checkpoint.chains, str(checkpoint.id)])
    heads = hashlib.sha256(bytes(checkpoint.heads or b"")).digest()
    return hashlib.sha256(bytes(checkpoint.previous or b"") + header.encode() + heads).digest()


def unpack(checkpoint: Checkpoint) -> Iterator[Head]:
    """The heads that a checkpoint sealed."""
    heads = bytes(checkpoint.heads or b"")
    for at in range(0, len(heads) - _SIZE + 1, _SIZE):
        one = heads[at : at + _SIZE]
        yield UUID(bytes=one[:16]), int.from_bytes(one[16:24], "big"), one[24:]


# ---------- a seal kept elsewhere ----------
def note_of(checkpoint: Checkpoint) -> Note:
    """A checkpoint in one line."""
    return Note(checkpoint.number or 0, bytes(checkpoint.root))


def letter(checkpoint: Checkpoint) -> str:
    """A checkpoint as a small text file to keep outside: what it is, the note, how it is used."""
    at = f"{format_time(checkpoint.at)} ngày {format_date(checkpoint.at)}"
    return (
        f"Niêm phong nhật ký Chibo số {checkpoint.number}, lúc {at}.\n\n{note_of(checkpoint)}\n\n"
        "Cất tờ này ở nơi khác với máy chủ. Sau này đối chiếu bằng lệnh:\n"
        "bin/chibo verify --against TỆP_NÀY\n"
    )


# ---------- checking ----------
def breaks(*, since: int = 0, against: Note | None = None) -> Iterator[Break]:
    """Where the seals do not hold: among themselves, against a note, against the chains under them."""
    since = min(since, against.number) if against else since
    before = Checkpoint.objects.filter(number=since).first() if since else None
    number, previous = since, bytes(before.root) if before else GENESIS
    if since and (before is None or root_of(before) != previous):
        yield _broken(since, "không còn" if before is None else "bị đổi")
        return
    matched = against is None
    for checkpoint in Checkpoint.objects.filter(number__gte=max(since, 1)).order_by("number").iterator(chunk_size=1):
        if checkpoint.number != since:
            number += 1
            if checkpoint.number != number:
                yield _broken(number, "không còn")
                return
            if bytes(checkpoint.previous or b"") != previous or root_of(checkpoint) != bytes(checkpoint.root):
                yield _broken(number, "bị đổi")
                return
        previous = bytes(checkpoint.root)
        if against is not None and against.number == checkpoint.number:
            matched = True
            if against.root != previous:
                yield _broken(number, "khác với bản cất bên ngoài")
                return
        yield from _heads_that_fail(checkpoint)
    if not matched and against is not None:
        yield _broken(against.number, "không còn, mà bản cất bên ngoài có")


def _broken(number: int, why: str) -> Break:
    """A break of the seals themselves: of no chain."""
    return Break(UUID(int=0), number, f"niêm phong số {number} {why}")


def _heads_that_fail(checkpoint: Checkpoint) -> Iterator[Break]:
    """Sealed heads that are no longer the hash at their place."""
    heads = unpack(checkpoint)
    while batch := list(islice(heads, 10_000)):
        found = _hashes_at(batch)
        for chain, seq, hash_ in batch:
            if (chain, seq) not in found:
                yield Break(chain, seq, f"mắt xích đã niêm phong (số {checkpoint.number}) không còn")
            elif found[chain, seq] != hash_:
                yield Break(chain, seq, f"mắt xích khác với lúc niêm phong (số {checkpoint.number})")


def _hashes_at(heads: Iterable[Head]) -> dict[tuple[UUID, int], bytes]:
    """The hashes that stand at some places, out of every table that keeps chains."""
    chains, places = [], []
    for chain, seq, _ in heads:
        chains.append(chain)
        places.append(seq)
    found: dict[tuple[UUID, int], bytes] = {}
    for keeper in KEEPERS.values():
        with connection.cursor() as cursor:
            cursor.execute(_HASHES.format(table=keeper.table, chain=keeper.chain), [chains, places])
            found |= {(chain, seq): bytes(hash_) for chain, seq, hash_ in cursor.fetchall()}
    return found


# Names of our own tables and columns alone are put in.
_HASHES = (
    "SELECT w.chain, w.seq, t.hash FROM unnest(%s::uuid[], %s::bigint[]) w(chain, seq)"
    " JOIN {table} t ON t.{chain} = w.chain AND t.seq = w.seq"
)
