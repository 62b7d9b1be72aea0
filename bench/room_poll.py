"""What waiting costs: the bytes of a question to which nothing is new, and one edit on sixty screens that ask."""

import json
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from bench.harness import Row, absolute, beside
from bench.loopback import load
from bench.loopback.serving import serving
from bench.world import Cell, world

CASE = "room-poll"
BUDGET = 1.5
MOST_BYTES = 300
SCREENS, EVERY, MOST_SECONDS = 60, 5.0, 30.0
LATEST = EVERY + 1
LINES, ROUNDS = 4, 3


def run() -> Iterator[Row]:
    """Bytes of both idle answers; what one idle question costs beside a bare view; one edit on sixty screens.

    The cost is the server's time on a core: a core of its own would answer 1000 / cost such questions a second.
    """
    with world(cells=2, own=True) as cells, serving() as port:
        phones = [waiting(port, f"/cuoc-hop/{cell.open}/dang-hop/", one) for cell in cells for one in cell.own]
        device = of_device(port, cells[0])
        size = max(len(b"".join(load.Line(port).ask(one, (b"304",)))) + 4 for one in (phones[0], device))
        bare = [load.get(f"/san/trong/{cell.open}/", one) for cell in cells for one in cell.own]
        costs: list[list[float]] = [[], []]
        for _ in range(ROUNDS):
            for found, asked in zip(costs, (phones, bare), strict=True):
                before, seconds = spent(), 1.5
                rate = load.throughput(port, asked, (b"304",), seconds=seconds, lines=LINES)
                found.append(1000 * (spent() - before) / (rate * seconds))
        latest, cost = one_edit(port, cells)
    yield absolute(f"{CASE}-bytes", value=size, unit="byte", budget=MOST_BYTES)
    value, under = map(statistics.median, costs)
    yield beside(CASE, value=value, floor=under, unit="ms của một lõi", budget=BUDGET, better="less")
    yield absolute(f"{CASE}-edit", value=latest, unit="giây", budget=LATEST)
    yield absolute(f"{CASE}-edit-cpu", value=cost, unit="% của một lõi", budget=25)


def waiting(port: int, path: str, cookie: str) -> bytes:
    """The question of a screen that shows what there is."""
    request = load.get(path, cookie)
    head, _ = load.Line(port).ask(request, (b"200",))
    return load.tagged(request, load.tag_of(head))


def of_device(port: int, cell: Cell) -> bytes:
    """The question of a device that has joined up and waits."""
    room, cookie = f"/cuoc-hop/{cell.open}/phong/", cell.cookies[0]
    line = load.Line(port)
    device = json.loads(line.send(load.post_json(f"{room}may/", "{}", cookie), (b"200",)))["device"]
    heard = json.loads(line.send(load.get(f"{room}nhat-ky/?may={device}&sau=0", cookie), (b"200",)))
    return waiting(port, f"{room}nhat-ky/?may={device}&sau={heard['head']}", cookie)


def one_edit(port: int, cells: list[Cell]) -> tuple[float, float]:
    """Seconds until the last of sixty phones shows an edit, asking every five; and the server's share of a core.

    Thirty members a cell: the same moment is an edit in both halls.
    """
    edited, shown = Event(), []
    asking = [cells[number % 2] for number in range(SCREENS)]
    questions = [load.get(f"/cuoc-hop/{one.open}/dang-hop/", one.own[at // 2]) for at, one in enumerate(asking)]
    tags = [load.tag_of(load.Line(port).ask(one, (b"200",))[0]) for one in questions]
    begun, cpu = time.perf_counter(), spent()

    def phone(number: int) -> None:
        request, line, tag = questions[number], load.Line(port), tags[number]
        due = begun + 1 + EVERY * number / SCREENS
        while due < begun + 1 + MOST_SECONDS:
            time.sleep(max(0, due - time.perf_counter()))
            head, _ = line.ask(load.tagged(request, tag), (b"304", b"200"))
            if head[9:12] == b"200" and edited.is_set():
                shown.append(time.perf_counter())
                return
            tag, due = load.tag_of(head), due + EVERY

    def chair() -> None:
        time.sleep(max(0, begun + 1.5 - time.perf_counter()))
        edited.set()
        for cell in cells:
            body = f"person={cell.members[1]}&state=present"
            path = f"/cuoc-hop/{cell.open}/phong/diem-danh/"
            load.Line(port).send(load.post(path, body, cell.cookies[0]), (b"302",))

    load.together([chair, *(lambda number=number: phone(number) for number in range(SCREENS))])  # type: ignore[misc]
    if len(shown) != SCREENS:
        raise RuntimeError(f"{len(shown)} of {SCREENS} screens saw the edit")
    return max(shown) - (begun + 1.5), 100 * (spent() - cpu) / (time.perf_counter() - begun)


def spent() -> float:
    """Seconds of a core that the servers under this process have used so far."""
    ticks = 0
    for one in below(os.getpid()):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def below(pid: int) -> list[int]:
    """The processes that this one started, and theirs; the database is none of them."""
    children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*children, *(one for child in children for one in below(child))]
