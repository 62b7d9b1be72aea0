"""What makes a task hard to check is said on the devices too, with no server in reach: the two say the same."""

import json
from pathlib import Path

from tests.meaning import wording
from tests.meaning.test_two_places import run


def test_the_same_is_said_of_a_sentence_on_the_devices(tmp_path: Path) -> None:
    file = tmp_path / "wording.json"
    file.write_text(json.dumps(wording.cases(), ensure_ascii=False))
    done = run("tests/room_js/wording.test.mjs", CASES=str(file))
    assert done.returncode == 0, done.stdout[-3000:]
