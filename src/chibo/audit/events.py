"""Record an event: one line in the chain of a cell or an organisation."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from chibo.audit import chains
from chibo.audit.models import Event
from chibo.lib.dates import now
from chibo.lib.uuid7 import uuid7

# What the hash of a new event covers; events of form 1 were written before `id` and `about_id` stood under it.
FORM = 2


def record(kind: str, *, chain: UUID, by: UUID | None, obj: Model | None = None, **details: Any) -> Event:
    """Write one event at the end of a chain. Call it last in a command, inside its transaction.

    kind: a registered code such as "meeting.announced". chain: the cell's (or organisation's) id.
    by: the acting person's id, None for the system. details: ids, dates and numbers, never names or text; `person` is
    whom it is about, `on_behalf_of` whom it was recorded for.
    """
    place = chains.next_place(chain)
    payload, salt = chains.canonical(details), chains.new_salt()
    event = Event(
        id=uuid7(),
        chain=chain,
        seq=place.seq,
        at=now(),
        actor_id=by,
        kind=kind,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        about_id=about(details, obj),
        form=FORM,
        payload=payload,
        salt=salt,
        digest=chains.digest_of(salt, payload),
        previous=place.previous,
    )
    event.hash = chains.link(place.previous, header_of(event), bytes(event.digest))
    event.save(force_insert=True)
    chains.set_head(chain, place.seq, event.hash)
    return event


def about(details: dict[str, Any], obj: Model | None = None) -> UUID | None:
    """The meeting that the object belongs to, else the person whom the event names: its log shows the event too."""
    found = getattr(obj, "meeting_id", None) or details.get("person")
    return found if found is None or isinstance(found, UUID) else UUID(str(found))


def header_of(event: Event) -> list[Any]:
    """What of an event is never erased, in a fixed order."""
    at = event.at.timestamp()
    header = [
        event.chain,
        event.seq,
        f"{at:.6f}",
        event.actor_id,
        event.kind,
        event.object_type,
        event.object_id,
    ]
    if event.form == 1 and event.about_id is None:
        return header
    return [*header, event.id, event.about_id, event.form]


def read_link(event: Event) -> chains.Link:
    """An event as a link of its chain."""
    return chains.Link(
        event.chain,
        event.seq,
        bytes(event.previous),
        bytes(event.hash),
        header_of(event),
        bytes(event.digest),
        None if event.salt is None else bytes(event.salt),
        event.payload,
    )
