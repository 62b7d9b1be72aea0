"""The device's own scripts, run in node: its lock, its copy, its clock, and joining up against a server that fails."""

import pytest

from tests.meaning.test_two_places import run


@pytest.mark.parametrize("name", ["device", "session", "speakers", "sync", "carried"])
def test_the_scripts_of_the_device_hold(name: str) -> None:
    done = run(f"tests/room_js/{name}.test.mjs")
    assert done.returncode == 0, done.stdout[-3000:]
