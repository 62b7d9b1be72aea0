"""Record an event, verify the chains, seal them by a checkpoint."""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Model

from chibo.audit import chains
from chibo.audit.models import ChainHead, Checkpoint, Event
from chibo.lib.dates import now


def record(kind: str, *, chain: UUID, by: UUID | None, obj: Model | None = None, **details: Any) -> Event:
    """Write one event at the end of a chain. Call it last in a command, inside its transaction.

    kind: a registered code such as "meeting.announced". chain: the cell's (or organisation's) id.
    by: the acting person's id, None for the system. details: ids, dates and numbers, never names or text.
    """
    place = chains.next_place(chain)
    payload, salt = chains.canonical(details), chains.new_salt()
    event = Event(
        chain=chain,
        seq=place.seq,
        at=now(),
        actor_id=by,
        kind=kind,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        payload=payload,
        salt=salt,
        digest=chains.digest_of(salt, payload),
        previous=place.previous,
    )
    event.hash = chains.link(place.previous, header_of(event), bytes(event.digest))
    event.save(force_insert=True)
    chains.set_head(chain, place.seq, event.hash)
    return event


def header_of(event: Event) -> list[Any]:
    """What of an event is never erased, in a fixed order."""
    at = event.at.timestamp()
    return [
        event.chain,
        event.seq,
        f"{at:.6f}",
        event.actor_id,
        event.kind,
        event.object_type,
        event.object_id,
    ]


def event_breaks() -> Iterator[chains.Break]:
    """The first break of every chain of events that does not hold."""
    heads = {head.chain: head for head in ChainHead.objects.all()}
    for chain in Event.objects.order_by("chain").values_list("chain", flat=True).distinct():
        rows = Event.objects.filter(chain=chain).order_by("seq").iterator()
        links = (
            chains.Link(
                e.seq,
                bytes(e.previous),
                bytes(e.hash),
                header_of(e),
                bytes(e.digest),
                None if e.salt is None else bytes(e.salt),
                e.payload,
            )
            for e in rows
        )
        if (found := chains.first_break(chain, links, heads.get(chain))) is not None:
            yield found


def seal() -> Checkpoint:
    """Seal all chains: one digest over their heads, in the order of their ids."""
    root, count = hashlib.sha256(), 0
    for head in ChainHead.objects.order_by("chain"):
        root.update(head.chain.bytes + head.seq.to_bytes(8, "big") + bytes(head.hash))
        count += 1
    return Checkpoint.objects.create(at=now(), chains=count, root=root.digest())
