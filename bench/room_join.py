"""Five hundred entries that a device recorded out of reach, joined up, beside the same rows by one bulk insert."""

import json
import statistics
import time
from collections.abc import Iterator
from uuid import UUID, uuid4

from bench.harness import Row, absolute, beside
from bench.loopback import load
from bench.loopback.serving import serving
from bench.world import Cell, world

CASE = "room-join"
BUDGET, MOST_SECONDS = 5, 0.5
ENTRIES, MEETINGS = 500, 7
SAID = (
    "Đoạn từ ngã ba Bàu Sen đến cầu số 2 tối nào cũng có người đi bộ, đèn thì hỏng hai bóng; tôi đề nghị thôn báo xã "
    "sửa trước ngày 20/12, trong khi chờ thì chi bộ giao đoàn thanh niên dán phản quang ở ba cột."
)


def run() -> Iterator[Row]:
    """Seconds of one batch from the first byte sent to the last one read; and of the rows alone."""
    with world(MEETINGS) as cells, serving() as port:
        times = [joined(port, one) for one in cells]
        floors = [inserted(one) for one in cells]
    value, under = statistics.median(times[1:]), statistics.median(floors[1:])
    yield beside(CASE, value=value, floor=under, unit="giây", budget=BUDGET, better="less")
    yield absolute(f"{CASE}-seconds", value=value, unit="giây", budget=MOST_SECONDS)


def joined(port: int, cell: Cell) -> float:
    """Send what waits on a device of this cell's open meeting, and see that it stands in the log."""
    room, line = f"/cuoc-hop/{cell.open}/phong/", load.Line(port)
    device = json.loads(line.send(load.post_json(f"{room}may/", "{}", cell.cookies[0]), (b"200",)))["device"]
    moment = round(time.time() * 1000)
    entries = [
        {
            "id": str(uuid4()),
            "counter": place + 1000,
            "kind": kind,
            "version": 1,
            "payload": payload,
            "at": moment,
            "seen": 1,
        }
        for place, (kind, payload) in enumerate(recorded(cell))
    ]
    body = {"device": device, "sent": moment, "after": 1, "unsent": ENTRIES, "entries": entries}
    request = load.post_json(f"{room}nhat-ky/", json.dumps(body, ensure_ascii=False), cell.cookies[0])
    begun = time.perf_counter()
    answer = json.loads(line.send(request, (b"200",)))
    took = time.perf_counter() - begun
    if any("seq" not in one for one in answer["answers"]) or len(answer["answers"]) != ENTRIES:
        raise RuntimeError(f"not taken: {answer['answers'][:2]}")
    return took


def recorded(cell: Cell) -> list[tuple[str, dict[str, object]]]:
    """An evening of a hall that talks: the roll one by one, the item, wishes to speak, remarks of a paragraph."""
    item, members = str(cell.item), [str(one) for one in cell.members]
    roll = [("attend", {"members": [one], "state": "present"}) for one in members]
    spoken: list[tuple[str, dict[str, object]]] = [("item", {"item": item, "state": "open"})]
    while len(roll) + len(spoken) < ENTRIES:
        member = members[len(spoken) % len(members)]
        kind, more = ("ask", {}) if len(spoken) % 5 == 0 else ("remark", {"item": item, "text": SAID})
        spoken.append((kind, {"member": member, **more}))
    return [*roll, *spoken]  # type: ignore[list-item]


def inserted(cell: Cell) -> float:
    """The entries and remarks of this meeting as one insert each, in one transaction, as the same login."""
    from django.db import transaction

    from chibo.access.scope import system_scope
    from chibo.lib.bulk_insert import insert
    from chibo.meetings.models import Entry, Remark

    with system_scope():
        tables = [(model, *rows_of(model, cell.open)) for model in (Entry, Remark)]
        begun = time.perf_counter()
        with transaction.atomic():
            for model, fields, rows in tables:
                insert(model, fields, rows)
        took = time.perf_counter() - begun
        transaction.set_rollback(True)
    return took


def rows_of(model: type, meeting: UUID) -> tuple[list[str], list[list[object]]]:
    """A meeting's rows with ids and places of their own."""
    fields = [field.attname for field in model._meta.concrete_fields]  # type: ignore[attr-defined]
    found = model.objects.filter(meeting=meeting).values(*fields)  # type: ignore[attr-defined]
    anew = {"id": lambda _: uuid4(), "seq": lambda old: old + 100_000, "counter": lambda old: old + 100_000}
    return fields, [[anew.get(name, lambda old: old)(one[name]) for name in fields] for one in found]
