"""No minutes are signed that contradict themselves, whatever three machines out of reach of each other recorded."""

import os
from collections.abc import Callable, Iterator
from random import Random

import pytest
from django.db import transaction

from chibo.meetings import registries
from chibo.meetings.minutes.commands import sign
from chibo.meetings.models import Meeting
from chibo.meetings.room import contradictions as marks
from chibo.meetings.room import log
from chibo.resolutions.room import coverage
from tests.meetings.device.joining.conftest import Browser
from tests.meetings.device.merging.evening import Evening
from tests.meetings.device.merging.facts import contradictions, facts_of
from tests.people import People

Browsers = Callable[[str], Browser]
ACTS = 24


@pytest.fixture
def browsers(browser: Browsers) -> list[Browser]:
    return [browser(name) for name in ("lan", "tam", "hung")]


def hold(seed: int, browsers: list[Browser], people: People) -> tuple[int, list[str]]:
    """One meeting by a seed, held, decided, signed and taken away again: its rounds, and what contradicts itself."""
    for one in browsers:
        one.forget()
    with transaction.atomic():
        evening = Evening(people, browsers, Random(seed))
        evening.begin()
        evening.go_on(ACTS)
        evening.join_up()
        evening.decide()
        meeting = Meeting.objects.get(pk=browsers[0].meeting.pk)
        entries = log.records_of(meeting)
        for name, person in (("tam", meeting.clerk_id), ("lan", meeting.chair_id)):
            assert person == people.all()[name].pk
            sign(meeting=meeting, by=people.standing(name), asked=True)
        found = contradictions(facts_of(meeting), entries)
        transaction.set_rollback(True)
    return evening.rounds, found


def seeds() -> Iterator[int]:
    start = int.from_bytes(os.urandom(3), "big")
    while True:
        yield start
        start += 1


@pytest.mark.parametrize("how_many", [200, pytest.param(5000, marks=[pytest.mark.long, pytest.mark.longest])])
def test_signed_minutes_do_not_contradict_themselves(how_many: int, browsers: list[Browser], people: People) -> None:
    rounds = 0
    for seed in seeds():
        more, found = hold(seed, browsers, people)
        assert not found, (seed, found)
        rounds += more
        if rounds >= how_many:
            break
    print(f"{rounds} rounds")  # noqa: T201


PLANTED: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "votes and the roll are not compared": lambda patch: patch.setattr(
        registries, "judges", [one for one in registries.judges if one is not marks.mark_contradictions]
    ),
    "what the vote had not seen is not asked": lambda patch: patch.setattr(
        registries, "judges", [one for one in registries.judges if one is not coverage.judge_coverage]
    ),
    "two votes on one matter stand": lambda patch: patch.setattr(
        "chibo.meetings.room.deciding._matter", lambda vote: str(vote.id)
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(
    fault: str, browsers: list[Browser], people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    PLANTED[fault](monkeypatch)
    for seed in range(60):
        if hold(seed, browsers, people)[1]:
            return
    raise AssertionError("never found")
