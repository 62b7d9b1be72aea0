"""Three devices, a network that loses, doubles and delays: in the end the same meeting everywhere, each entry once."""

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.meaning.logs import DEVICES, PERSONS
from tests.meaning.machine import ThreeDevices, wandered
from tests.meaning.naive import NAIVE
from tests.meaning.test_two_places import PROJECT, run
from tests.meaning.vectors import as_entry

SCRIPTS = "src/chibo/meetings/static/meetings"


def _by_chance() -> int:
    return int.from_bytes(os.urandom(3), "big")


def _play(how_many: int) -> None:
    rules = settings(
        max_examples=how_many,
        stateful_step_count=40,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(ThreeDevices, settings=rules)  # type: ignore[no-untyped-call]


def test_all_join_up_whatever_the_network_does() -> None:
    _play(100)


@pytest.mark.long
@pytest.mark.longest
def test_all_join_up_three_thousand_times() -> None:
    _play(3000)


@pytest.mark.parametrize("machine", NAIVE, ids=lambda machine: machine.__name__)
def test_what_one_might_write_instead_is_found(machine: type[ThreeDevices]) -> None:
    with pytest.raises(AssertionError):
        for seed in range(200):
            wandered(seed, machine)


# ---------- The program of the devices ----------
def _histories(how_many: int, folder: Path) -> Path:
    """Histories as chance has them, with the log that each leaves on the server."""
    start = _by_chance()
    runs = [wandered(start + number) for number in range(how_many)]
    found = [{"history": one.history, "log": list(map(as_entry, one.server.log))} for one in runs]
    path = folder / "histories.json"
    path.write_text(json.dumps({"devices": list(map(str, DEVICES)), "persons": PERSONS[:3], "histories": found}))
    return path


@pytest.mark.parametrize("how_many", [300, pytest.param(4000, marks=[pytest.mark.long, pytest.mark.longest])])
def test_the_program_of_the_devices_leaves_the_same_log(how_many: int, tmp_path: Path) -> None:
    done = run("tests/room_js/histories.mjs", HISTORIES=str(_histories(how_many, tmp_path)))
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("how_many", [1000, pytest.param(10_000, marks=[pytest.mark.long, pytest.mark.longest])])
def test_its_rounds_bring_all_to_all(how_many: int) -> None:
    start = _by_chance()
    done = run("tests/room_js/rounds.mjs", SEEDS=f"{start}:{start + how_many}")
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


# What one might write instead: where, what stands there, what is planted.
PLANTED = [
    (
        "session.js",
        "while (this.numbers.delete(this.head + 1)) this.head += 1;",
        "this.head = Math.max(this.head, ...this.numbers);",
    ),
    ("session.js", "counter = Math.max(counter, entry.counter)", "counter += entry.device === this.device ? 1 : 0"),
    ("session.js", "seen: this.head", "seen: Math.max(0, ...[...this.entries.values()].map((one) => one.seq || 0))"),
    ("sync.js", "await this.store.take(entries);", ""),
    ("sync.js", "await this.store.note(answers);", ""),
    ("sync.js", "this.session.reach(head || 0);", "this.session.reach((head || 0) + 1);"),
    ("sync.js", "if (numbered.length > 0) this.session.take(numbered);", ""),
    ("sync.js", "return !more;", "return true;"),
    ("sync.js", "after: this.session.head,", "after: this.session.head + 1,"),
    (
        "sync.js",
        "if (by !== 0 && own.length > 0) this.session.take(await this.store.move(by, own));",
        "if (by !== 0) this.store.move(by, own);",
    ),
]


@pytest.mark.long
@pytest.mark.longest
@pytest.mark.parametrize(("file", "there", "planted"), PLANTED)
def test_a_naive_line_in_the_program_is_found(file: str, there: str, planted: str, tmp_path: Path) -> None:
    for place in (SCRIPTS, "tests/room_js"):
        shutil.copytree(PROJECT / place, tmp_path / place)
    for place in ("package.json", "tests/meaning/vectors.json.gz"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / place, tmp_path / place)
    path = tmp_path / SCRIPTS / "device" / file
    text = path.read_text()
    assert there in text, "the line is written otherwise now"
    path.write_text(text.replace(there, planted))
    played = run("tests/room_js/histories.mjs", tmp_path, HISTORIES=str(_histories(60, tmp_path)))
    rounds = run("tests/room_js/rounds.mjs", tmp_path, SEEDS="0:150")
    assert played.returncode or rounds.returncode
