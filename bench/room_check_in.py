"""Members check themselves in by the digits on the wall: digits, claim, chain and commit, beside a bare insert."""

import statistics
from collections.abc import Iterator

from bench.check_in import forget_floor
from bench.harness import Row, absolute, beside, percentile
from bench.loopback import load
from bench.loopback.serving import serving
from bench.world import Cell, world

CASE = "room-check-in"
BUDGET = 0.5
RATE, SECONDS, SLOWEST_MS = 300, 3, 100
CELLS, ROUNDS, LINES = 16, 2, 4
CODE = "4821"


def run() -> Iterator[Row]:
    """Claims a second of sixteen halls that fill at once; then how long each takes at 300 a second.

    Of one person five claims are taken in a meeting: two rounds and the steady rate need four.
    """
    with world(CELLS, own=True) as cells:
        put_digits_up(cells)
        with serving() as port:
            real, floor = claims(cells), [load.get("/san/ghi/")] * LINES
            taken, floors = [], []
            for _ in range(ROUNDS):
                taken.append(load.each_once(port, real, (b"302",), lines=LINES))
                floors.append(load.throughput(port, floor, (b"200",), seconds=1.5, lines=LINES))
            times = load.latencies(port, real, (b"302",), rate=RATE, seconds=SECONDS, lines=16)
            forget_floor()
    value, under = statistics.median(taken), statistics.median(floors)
    yield beside(CASE, value=value, floor=under, unit="lượt/giây", budget=BUDGET, better="more")
    yield absolute(f"{CASE}-p99", value=percentile(times, 99) * 1000, unit="ms", budget=SLOWEST_MS)


def put_digits_up(cells: list[Cell]) -> None:
    """The same digits on every wall."""
    from chibo.access.scope import system_scope
    from chibo.lib.dates import now
    from chibo.meetings.models import CheckIn, Meeting

    with system_scope():
        for meeting in Meeting.objects.filter(pk__in=[one.open for one in cells]):
            CheckIn.objects.create(**meeting.keys, code=CODE, opened_at=now())


def claims(cells: list[Cell]) -> list[bytes]:
    """Each member once, the halls in turn."""
    return [
        load.post(f"/diem-danh/{cell.open}/", f"code={CODE}&how=", cell.own[place])
        for place in range(len(cells[0].members))
        for cell in cells
    ]
