"""What comes too late for the minutes is set aside: chair and clerk may make a correction of it (rule 10)."""

import json
from collections.abc import Iterable

from chibo.access.standing import Standing
from chibo.audit import chains, events
from chibo.meetings.device.incoming import Incoming
from chibo.meetings.models import Meeting, RoomDevice, SetAside


def keep(*, meeting: Meeting, device: RoomDevice, entries: Iterable[Incoming], why: str, by: Standing) -> None:
    """Set entries aside that the log does not take; sent again, each stands there once.

    why: of `SetAside.Why`. Whoever calls has the scope to write.
    """
    wanted = list({one.id: one for one in entries}.values())
    ids = [one.id for one in wanted]
    known = set(SetAside.objects.filter(meeting=meeting, entry__in=ids).values_list("entry", flat=True))
    new = [_row(meeting, device, one, why) for one in wanted if one.id not in known]
    if new:
        SetAside.objects.bulk_create(new)
        said = {} if by.person_id == device.person_id else {"on_behalf_of": str(device.person_id)}
        events.record(
            "minutes.set_aside", chain=meeting.cell_id, by=by.me, obj=meeting, number=len(new), why=why, **said
        )


def _row(meeting: Meeting, device: RoomDevice, one: Incoming, why: str) -> SetAside:
    salt, payload = chains.new_salt(), json.dumps(one.payload, ensure_ascii=False, separators=(",", ":"))
    return SetAside(
        **meeting.keys,
        entry=one.id,
        device=device.pk,
        counter=one.counter,
        kind=one.kind,
        author_id=device.person_id,
        at=one.at,
        payload=payload,
        salt=salt,
        digest=chains.digest_of(salt, payload),
        why=why,
    )
