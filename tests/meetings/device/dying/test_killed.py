"""Three devices of a meeting and a server that is killed at random moments: nothing is lost, nothing stands twice."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable

from chibo.access.scope import system_scope
from chibo.audit.verify import breaks
from chibo.ops.connection import PROJECT
from tests.conftest import TestDatabase
from tests.meetings.device.dying.meetings import KEEPERS, PASSWORD, Stage, invited, judge
from tests.meetings.device.dying.server import Served, Visitor

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
TOGETHER = 5
DEATHS = 2  # of the server, while five meetings are held


def _played(served: Served, held: list[dict[str, Any]], folder: Path, seed: int) -> list[dict[str, Any]]:
    """Hold meetings in node, kill the server at random while they go on; what each device has in the end."""
    chance = Random(seed)
    given, answer = folder / "meetings.json", folder / "answer.json"
    given.write_text(json.dumps({"base": served.base, "seed": seed, "meetings": held}))
    node, _ = compute_driver_executable()
    environment = {**os.environ, "MEETINGS": str(given), "ANSWER": str(answer)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([node, "tests/room_js/served.mjs"], cwd=PROJECT, env=environment, **pipes) as devices:  # type: ignore[call-overload]
        for _ in range(DEATHS):
            devices.stdout.read(chance.randint(25, 70))  # by answers, not by the clock: machines differ
            time.sleep(chance.uniform(0, 0.05))
            served.kill()
            served.start()
        devices.stdout.read(chance.randint(10, 40))
        devices.communicate(b"calm\n", timeout=300)
    assert devices.returncode == 0
    found: list[dict[str, Any]] = json.loads(answer.read_text())
    return found


def _hold(served: Served, how_many: int, folder: Path, seed: int) -> None:
    """Hold meetings, five at a time, and judge each."""
    with system_scope():
        stage = Stage.build(how_many)
    served.start()
    visitors = {name: Visitor(served.base).sign_in(name, PASSWORD) for name in KEEPERS}
    for first in range(0, how_many, TOGETHER):
        meetings = stage.meetings[first : first + TOGETHER]
        held = [invited(visitors, stage, one, first + number) for number, one in enumerate(meetings)]
        played = _played(served, held, folder, seed + first)
        with system_scope():
            for meeting, one in zip(meetings, played, strict=True):
                assert one["id"] == str(meeting.pk)
                judge(meeting, one["devices"])
    with system_scope():
        assert list(breaks()) == [], "the chains of all meetings and of the cell"


@pytest.fixture
def served(test_database: TestDatabase, tmp_path: Path) -> Iterator[Served]:
    found = Served(test_database, tmp_path)
    yield found
    found.kill()


def test_nothing_is_lost_in_25_meetings_whose_server_is_killed(served: Served, tmp_path: Path) -> None:
    _hold(served, 25, tmp_path, int.from_bytes(os.urandom(3), "big"))


@pytest.mark.long
@pytest.mark.longest
@pytest.mark.parametrize("seed", range(20))
def test_nor_in_500(seed: int, served: Served, tmp_path: Path) -> None:
    _hold(served, 25, tmp_path, seed * 1000)
