"""Walk the chains and the seals over them to the first place that does not hold."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from uuid import UUID

from django.db import connection

from chibo.audit import chains, sealing
from chibo.audit.chains import FIRST, KEEPERS, Break, Keeper, Link, Place
from chibo.audit.models import ChainHead, Checkpoint
from chibo.audit.note import Note

# Told how many links were walked, of how many.
Progress = Callable[[int, int], None]
# Links read at a time; a chain is always read whole.
TOGETHER = 20_000

Head = tuple[UUID, int, bytes]


def silent(done: int, of: int) -> None:
    """Report nothing."""


def breaks(*, since: int = 0, against: Note | None = None, progress: Progress = silent) -> Iterator[Break]:
    """The first break of each chain that does not hold, then those of the seals and of what else is registered.

    An erased payload is no break.
    since: the number of a checkpoint: only what came after it is walked, on from the heads that it sealed.
    against: a seal that was kept outside: the one of its number must be the same.
    """
    if since:
        yield from _breaks_since(since, progress)
    else:
        heads = list(ChainHead.objects.order_by("chain").values_list("chain", "seq", "hash"))
        known = {head[0] for head in heads}
        strays = [(chain, 0, b"") for chain in _chains_without_head() if chain not in known]
        yield from _walk([(chain, seq, bytes(hash_)) for chain, seq, hash_ in heads] + strays, {}, progress)
    yield from sealing.breaks(since=since, against=against)
    if not since:
        for check in chains.CHECKS.values():
            yield from check()


def _breaks_since(since: int, progress: Progress) -> Iterator[Break]:
    """Walk the chains that moved after a checkpoint, from where it and those before had sealed them."""
    moved = set(sealing.unsealed())
    for checkpoint in Checkpoint.objects.filter(number__gt=since).order_by("number").iterator(chunk_size=1):
        moved.update(chain for chain, _, _ in sealing.unpack(checkpoint))
    starts: dict[UUID, Place] = {}
    for checkpoint in Checkpoint.objects.filter(number__lte=since).order_by("number").iterator(chunk_size=1):
        starts |= {chain: Place(seq + 1, hash_) for chain, seq, hash_ in sealing.unpack(checkpoint) if chain in moved}
    found = {head.chain: head for head in ChainHead.objects.all() if head.chain in moved}
    heads = [
        (chain, found[chain].seq, bytes(found[chain].hash)) if chain in found else (chain, 0, b"") for chain in moved
    ]
    yield from _walk(sorted(heads), starts, progress)


def _walk(heads: Sequence[Head], starts: dict[UUID, Place], progress: Progress) -> Iterator[Break]:
    """Walk chains to their heads. A head of number 0 stands for none."""
    length = {chain: max(1, seq + 1 - starts.get(chain, FIRST).seq) for chain, seq, _ in heads}
    done, total = 0, sum(length.values())
    for batch in _batches(heads, length):
        links = _links_of([chain for chain, _, _ in batch], starts)
        for chain, seq, hash_ in batch:
            head = (seq, hash_) if seq else None
            broken = chains.first_break(chain, links.get(chain, ()), head, starts.get(chain, FIRST))
            if broken is not None:
                yield broken
            done += length[chain]
        progress(done, total)


def _batches(heads: Iterable[Head], length: dict[UUID, int]) -> Iterator[list[Head]]:
    """Chains whose links are few enough to be read together."""
    batch: list[Head] = []
    room = TOGETHER
    for head in heads:
        if batch and length[head[0]] > room:
            yield batch
            batch, room = [], TOGETHER
        batch.append(head)
        room -= length[head[0]]
    if batch:
        yield batch


def _links_of(wanted: Sequence[UUID], starts: dict[UUID, Place]) -> dict[UUID, list[Link]]:
    """The links of some chains in order, from where each is to be walked, out of every table that keeps chains."""
    found: dict[UUID, list[Link]] = {}
    firsts = [starts.get(chain, FIRST).seq for chain in wanted]
    for keeper in KEEPERS.values():
        rows = keeper.model._default_manager.raw(
            _QUERY.format(table=keeper.table, chain=keeper.chain), [wanted, firsts]
        )
        for chain, links in groupby((keeper.read(row) for row in rows), key=lambda link: link.chain):
            found.setdefault(chain, []).extend(links)
    return found


# Names of our own tables and columns alone are put in.
_QUERY = (
    "SELECT t.* FROM unnest(%s::uuid[], %s::bigint[]) w(chain, first)"
    " JOIN {table} t ON t.{chain} = w.chain AND t.seq >= w.first ORDER BY t.{chain}, t.seq"
)


def _chains_without_head() -> Iterator[UUID]:
    """Chains that have links and no head."""
    for keeper in KEEPERS.values():
        with connection.cursor() as cursor:
            cursor.execute(_STRAYS.format(table=keeper.table, chain=keeper.chain))
            yield from (row[0] for row in cursor.fetchall())


_STRAYS = (
    "SELECT DISTINCT t.{chain} FROM {table} t"
    " WHERE NOT EXISTS (SELECT 1 FROM audit_chainhead h WHERE h.chain = t.{chain})"
)


def keeper_of(chain: UUID) -> str:
    """Which table keeps a chain, by its name in the registry; empty when no row of it is left."""

    def keeps(keeper: Keeper) -> bool:
        return keeper.model._default_manager.filter(**{keeper.chain: chain}).exists()

    return next((name for name, keeper in KEEPERS.items() if keeps(keeper)), "")
