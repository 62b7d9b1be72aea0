"""Three devices, a network that loses, doubles and delays: in the end the same meeting everywhere, each entry once."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.meaning.machine import ThreeDevices, wandered
from tests.meaning.naive import NAIVE

HOW_MANY = int(os.environ.get("CHIBO_RUNS", "100"))


def _play(machine: type[ThreeDevices], how_many: int, *phases: Phase) -> None:
    rules = settings(
        max_examples=how_many,
        stateful_step_count=40,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=rules)  # type: ignore[no-untyped-call]


def test_all_join_up_whatever_the_network_does() -> None:
    _play(ThreeDevices, HOW_MANY, Phase.generate, Phase.shrink)


@pytest.mark.long
def test_all_join_up_three_thousand_times() -> None:
    _play(ThreeDevices, 3000, Phase.generate, Phase.shrink)


@pytest.mark.parametrize("machine", NAIVE, ids=lambda machine: machine.__name__)
def test_what_one_might_write_instead_is_found(machine: type[ThreeDevices]) -> None:
    with pytest.raises(AssertionError):
        for seed in range(200):
            wandered(seed, machine)
