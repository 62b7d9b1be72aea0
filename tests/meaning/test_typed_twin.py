"""What is wrong in a form is said on the devices as the server says it."""

import json
import os
import random
from pathlib import Path

from tests.meaning import typed
from tests.meaning.test_two_places import PROJECT, run


def served(place: Path) -> Path:
    """The scripts of all apps in one folder, as pages import them from each other."""
    for app in ("meetings", "look"):
        (place / app).symlink_to(PROJECT / f"src/chibo/{app}/static/{app}")
    (place / "package.json").write_text('{"type": "module"}')
    return place


def test_the_same_is_wrong_in_a_form_on_the_devices(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(4), "big")
    file = tmp_path / "typed.json"
    file.write_text(json.dumps(typed.cases(random.Random(seed), 400), ensure_ascii=False))
    links = {"SERVED": str(served(tmp_path)), "NODE_OPTIONS": "--preserve-symlinks"}
    done = run("tests/room_js/typed.test.mjs", CASES=str(file), **links)
    assert done.returncode == 0, f"seed {seed}\n{done.stdout[-3000:]}"
