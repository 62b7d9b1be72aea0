"""One line of the roll: sign-in, right, entry, chain, row and commit, beside a bare view with one insert."""

import statistics
from collections.abc import Iterator

from bench.harness import Row, absolute, beside, percentile
from bench.loopback import load
from bench.loopback.serving import serving
from bench.world import Cell, world

CASE = "check-in"
BUDGET = 0.5
RATE, SLOWEST_MS = 300, 100
CELLS, ROUNDS, SECONDS, LINES = 16, 5, 1.5, 4


def run() -> Iterator[Row]:
    """Check-ins a second in several cells at once; then how long each takes at 300 a second."""
    with world(CELLS) as cells, serving() as port:
        real = interleaved(cells)
        floor = [load.get("/san/ghi/")] * LINES
        entries, floors = [], []
        for _ in range(ROUNDS):
            entries.append(load.throughput(port, real, (b"302",), seconds=SECONDS, lines=LINES))
            floors.append(load.throughput(port, floor, (b"200",), seconds=SECONDS, lines=LINES))
        times = load.latencies(port, real, (b"302",), rate=RATE, seconds=5, lines=16)
        forget_floor()
    value, under = statistics.median(entries), statistics.median(floors)
    yield beside(CASE, value=value, floor=under, unit="lượt/giây", budget=BUDGET, better="more")
    yield absolute(f"{CASE}-p99", value=percentile(times, 99) * 1000, unit="ms", budget=SLOWEST_MS)


def interleaved(cells: list[Cell]) -> list[bytes]:
    """The check-ins of an evening: the halls fill at the same time."""
    requests = []
    for place in range(len(cells[0].members)):
        for cell in cells:
            path, body = f"/cuoc-hop/{cell.open}/phong/diem-danh/", f"person={cell.members[place]}&state=present"
            requests.append(load.post(path, body, cell.cookies[place]))
    return requests


def forget_floor() -> None:
    """The floor's rows would look like somebody guessing passwords."""
    from chibo.accounts.models import FailedSignIn

    FailedSignIn.objects.filter(login_digest="0" * 64).delete()
