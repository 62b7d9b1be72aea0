"""Sixty ballots on devices, beside a bare view that appends a byte under a lock."""

import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from bench.harness import Row, absolute, beside, percentile, site
from bench.loopback import load
from bench.loopback.serving import serving
from bench.world import analyse, signed_in

CASE = "room-ballots"
BUDGET = 0.01  # sign-in, right, the log of the meeting, a line of the roll stand over the floor, which asks no database
SLOWEST_MS = 100
VOTERS, ROUNDS, LINES, SECONDS = 60, 5, 8, 10


@dataclass(frozen=True)
class Hall:
    """A meeting with as many ballots as there are rounds, and a sign-in for each voter."""

    meeting: UUID
    ballots: list[UUID]
    cookies: list[str]

    def cast(self, ballot: UUID) -> list[bytes]:
        """Everybody's ballot."""
        path = f"/cuoc-hop/{self.meeting}/dang-hop/bo-phieu/{ballot}/"
        return [load.post(path, f"kin_0={number % 3 + 1}", cookie) for number, cookie in enumerate(self.cookies)]


def run() -> Iterator[Row]:
    """Ballots a second while eight phones at once have one after another; then sixty that come within ten seconds."""
    with site():
        hall = gathered(ROUNDS + 1)
        with serving() as port:
            floor = [load.get("/san/phieu/")] * LINES
            ballots, floors = [], []
            for number in range(ROUNDS):
                ballots.append(load.each_once(port, hall.cast(hall.ballots[number]), (b"302",), lines=LINES))
                floors.append(load.throughput(port, floor, (b"200",), seconds=1.5, lines=LINES))
            forget_floor()
            last = hall.cast(hall.ballots[-1])
            times = load.latencies(port, last, (b"302",), rate=VOTERS / SECONDS, seconds=SECONDS, lines=LINES)
            at_once = load.latencies(port, hall.cast(hall.ballots[0]), (b"302",), rate=1000, seconds=0.06, lines=LINES)
        all_counted(hall)
    value, under = statistics.median(ballots), statistics.median(floors)
    yield beside(CASE, value=value, floor=under, unit="phiếu/giây", budget=BUDGET, better="more")
    yield absolute(f"{CASE}-p95", value=percentile(times, 95) * 1000, unit="ms", budget=SLOWEST_MS)
    yield absolute(f"{CASE}-all-at-once", value=max(at_once), unit="giây", budget=SECONDS)


def gathered(ballots: int) -> Hall:
    """A cell of sixty, all there and signed in, with ballots open on their phones."""
    from chibo.access.models import Office
    from chibo.access.scope import enter, system_scope
    from chibo.access.standing import Standing, standing_of
    from chibo.meetings.room import log
    from chibo.meetings.room.commands import Pen, call, open_room
    from chibo.meetings.room.screens import rules_of
    from chibo.meetings.urn.allowing import allow
    from chibo.meetings.urn.commands import put_on_devices
    from tests import make

    with system_scope() as system:
        commune = make.commune(make.province())
        cell = make.cell(commune, "Chi bộ thôn đông người")
        people = [make.member(f"Nguyễn Văn {chr(65 + number % 26)}{number}", cell) for number in range(VOTERS)]
        make.office(people[0], cell, Office.SECRETARY)
        cookies = [signed_in(make.account(one, f"bench-{one.pk}")) for one in people]
        allow(by=system, organisation=commune, allowed=True, source="Kết luận 12-KL/ĐU")
        meeting = make.meeting(cell, starts_at=make.at(make.today(), "07:00"))
        make.item(meeting)
        pen = Pen(meeting, standing_of(people[0].pk))
        enter(Standing.for_system())
        open_room(pen=pen, chair=people[0].pk)
        call(pen=pen, members=[one.pk for one in people], state="present")
        put = {"names": [], "fraction": "half", "tellers": [people[1].pk], "election": False}
        book = rules_of(meeting)
        made = [
            put_on_devices(pen=pen, room=log.room_of(meeting), book=book, title=f"Việc {number}", **put).pk
            for number in range(ballots)
        ]
    analyse()
    return Hall(meeting.pk, made, cookies)


def forget_floor() -> None:
    """Take the floor's file away."""
    for folder in (Path("/dev/shm"), Path(tempfile.gettempdir())):
        (folder / "chibo-bench-floor").unlink(missing_ok=True)


def all_counted(hall: Hall) -> None:
    """Raise RuntimeError unless every ballot is in its urn, once; then take the urns away."""
    from chibo.meetings.models import Meeting
    from chibo.meetings.urn import box, places

    for ballot in hall.ballots:
        path = places.path_of(Meeting(pk=hall.meeting), ballot)
        sums = box.shut(path, agreed=lambda marks: None)
        if sums.lines != [(VOTERS // 3,) * 3]:
            raise RuntimeError(f"ballots were lost or doubled: {sums}")
        box.destroy(path)
