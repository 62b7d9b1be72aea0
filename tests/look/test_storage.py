"""Static files are collected as an installation collects them."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test.utils import override_settings

from chibo.look.storage import StaticStorage


def test_every_static_file_is_collected_under_a_name_of_its_own(tmp_path: Path) -> None:
    """Two modules whose comments name each other's types once kept an installation from starting."""
    with override_settings(STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", verbosity=0, interactive=False)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    fold = (tmp_path / manifest["meetings/room/fold.js"]).read_text()
    assert manifest["meetings/room/hall.js"].rsplit("/", 1)[1] in fold


@pytest.mark.parametrize(
    ("line", "followed"),
    [
        ('  const { open } = await import("./a.js");', True),
        ('/** @param {import("./a.js").Room} room */', False),
        (' * @typedef {import("./a.js").Room} Room', False),
    ],
)
def test_an_import_is_followed_and_the_name_of_a_type_is_not(tmp_path: Path, line: str, followed: bool) -> None:
    (tmp_path / "a.js").write_text("export const open = 1;\n")
    (tmp_path / "b.js").write_text(line + "\n")
    storage = StaticStorage(location=str(tmp_path), base_url="/static/")
    done = dict.fromkeys(["a.js", "b.js"])
    list(storage.post_process({name: (storage, name) for name in done}))
    collected = (tmp_path / storage.hashed_files["b.js"]).read_text()
    assert ('"./a.js"' not in collected) is followed
