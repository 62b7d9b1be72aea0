"""What a log means is computed on the server and on the devices: one set of vectors holds the two equal."""

import gzip
import json
import os
import subprocess
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright._impl._driver import compute_driver_executable

from chibo.meetings.room.fold import fold
from chibo.meetings.room.state import state_of
from chibo.members.base_of_vote import EXCLUSIONS, Kind, Voter, base_of_vote, needed
from tests.meaning import vectors
from tests.meaning.reading import as_record

PROJECT = Path(__file__).resolve().parents[2]
OLDER: list[dict[str, Any]] = json.loads(gzip.decompress((vectors.HERE / "older_logs.json.gz").read_bytes()))
KEPT: list[dict[str, Any]] = json.loads(gzip.decompress(vectors.FILE.read_bytes()))


def run(script: str, folder: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script of the devices, in node; in a folder that is laid out as the project is."""
    node, _ = compute_driver_executable()  # comes with Playwright: no package more
    command = [node, *(["--test"] if ".test." in script else []), script]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_the_vectors_mean_on_the_server_what_they_say() -> None:
    for number, one in enumerate(KEPT):
        assert state_of(fold(map(as_record, one["log"]))) == one["state"], f"vector {number}: run bin/vectors"


def test_every_kind_and_every_mark_stands_in_the_vectors() -> None:
    from chibo.meetings import registries
    from chibo.meetings.room.entry_words import ODD

    kinds = {entry["kind"] for one in KEPT for entry in one["log"]}
    marks = {why for one in KEPT for _, why, *_ in one["state"]["needs_look"]}
    assert kinds >= set(registries.entry_kinds) and marks >= set(ODD)


def test_a_log_of_each_older_kind_folds_as_before() -> None:
    """Kept from before issue 11, never made anew: what a meeting of then says is what it said."""
    for number, one in enumerate(OLDER):
        now = state_of(fold(map(as_record, one["log"])))
        assert as_it_was(now, one["state"]) == one["state"], f"log {number}"
    assert len({entry["kind"] for one in OLDER for entry in one["log"]}) == 44


def as_it_was(now: Any, then: Any) -> Any:
    """A state without what newer versions know beside it."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: as_it_was(one, then[key]) for key, one in now.items() if key in then}
    if isinstance(then, list) and isinstance(now, list) and len(now) == len(then):
        return [as_it_was(*both) for both in zip(now, then, strict=True)]
    return now


def test_a_log_of_each_older_kind_folds_on_the_devices_as_on_the_server(tmp_path: Path) -> None:
    file = tmp_path / "older.json"
    file.write_text(vectors.dumped([vectors.vector([as_record(entry) for entry in one["log"]]) for one in OLDER]))
    done = run("tests/room_js/meaning.test.mjs", VECTORS=str(file))
    assert done.returncode == 0, done.stdout[-3000:]


def test_they_mean_the_same_on_the_devices() -> None:
    done = run("tests/room_js/meaning.test.mjs")
    assert done.returncode == 0, done.stdout[-3000:]


def test_logs_that_nobody_has_seen_mean_the_same_in_both_places(tmp_path: Path) -> None:
    fresh = tmp_path / "vectors.json"
    how_many = int(os.environ.get("CHIBO_LOGS", "300"))
    fresh.write_text(vectors.dumped(vectors.drawn(how_many, start=int.from_bytes(os.urandom(4), "big"))))
    done = run("tests/room_js/meaning.test.mjs", VECTORS=str(fresh))
    assert done.returncode == 0, done.stdout[-3000:]


def test_who_counts_in_a_vote_is_the_same_in_both_places(tmp_path: Path) -> None:
    person, bases = UUID(int=7), []
    rules = list(chain.from_iterable(combinations(EXCLUSIONS, size) for size in range(len(EXCLUSIONS) + 1)))
    yes_no = (False, True)
    for kind, present, *facts in product(Kind, (None, False, True), *[yes_no] * 6):
        named = dict(zip(("exempt", "away", "suspended", "detained", "absent_excused", "left"), facts, strict=True))
        for rule in rules:
            base = base_of_vote([Voter(person, kind, present=present, **named)], rule)
            (place,) = (*base.included, *base.excluded)
            said = {"person": str(person), "kind": kind, "present": present, **named}
            bases.append([said, list(rule), place.standing, base.size, base.present])
    cases = tmp_path / "cases.json"
    least = [[size, needed(size), needed(size, "two_thirds")] for size in range(1, 400)]
    cases.write_text(json.dumps({"bases": bases, "least": least}))
    done = run("tests/room_js/base_of_vote.test.mjs", CASES=str(cases))
    assert len(bases) == 18432 and done.returncode == 0, done.stdout[-3000:]


def test_the_devices_know_the_kinds_of_the_server() -> None:
    assert vectors.MODULE.read_text() == vectors.kinds_module(), "run bin/vectors"


@pytest.mark.long
def test_a_naive_line_in_the_meaning_is_found() -> None:
    done = run("tests/room_js/mutants.mjs")
    assert done.returncode == 0, done.stdout
