"""The page of a meeting with thirty rows, for its secretary, beside its own template with data in memory."""

import statistics
from collections.abc import Iterator

from bench.harness import Row, absolute, beside
from bench.loopback import load
from bench.loopback.serving import serving
from bench.world import Cell, world

CASE = "meeting-page"
BUDGET = 0.6
MOST_QUERIES = 8
ROUNDS, SECONDS, LINES = 5, 1.5, 4


def run() -> Iterator[Row]:
    """Pages a second of both, taking turns."""
    with world(cells=LINES) as cells:
        queries = count_queries(cells[0])
        with serving() as port:
            real = [load.get(f"/cuoc-hop/{cell.coming}/", cell.cookies[0]) for cell in cells]
            floor = [load.get(f"/san/trang/{cell.secretary}/{cell.coming}/") for cell in cells]
            check_same(port, real[0], floor[0])
            pages, floors = [], []
            for _ in range(ROUNDS):
                pages.append(load.throughput(port, real, (b"200",), seconds=SECONDS, lines=LINES))
                floors.append(load.throughput(port, floor, (b"200",), seconds=SECONDS, lines=LINES))
    value, under = statistics.median(pages), statistics.median(floors)
    yield beside(CASE, value=value, floor=under, unit="trang/giây", budget=BUDGET, better="more")
    yield absolute(f"{CASE}-queries", value=queries, unit="câu hỏi", budget=MOST_QUERIES)


def check_same(port: int, real: bytes, floor: bytes) -> None:
    """Raise RuntimeError unless both answers hold the same page."""
    line = load.Line(port)
    sizes = [len(line.send(one, (b"200",))) for one in (real, floor)]
    if abs(sizes[0] - sizes[1]) > 200 or min(sizes) < 5000:
        raise RuntimeError(f"case and floor serve different pages: {sizes} bytes")


def count_queries(cell: Cell) -> int:
    """Queries of one page, without those that only set something for the transaction."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = cell.cookies[0]
    client.get(f"/cuoc-hop/{cell.coming}/")  # a process asks once a day which acts on the tree are due
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/cuoc-hop/{cell.coming}/")
    silent = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SELECT set_config")
    return sum(not query["sql"].startswith(silent) for query in captured.captured_queries)
