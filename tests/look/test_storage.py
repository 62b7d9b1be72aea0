"""Static files are collected as an installation collects them."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test.utils import override_settings
from playwright._impl._driver import compute_driver_executable

from chibo.look.storage import StaticStorage, without_comments, without_style_comments


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """All files, as `bin/start` collects them."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(root)):
        call_command("collectstatic", verbosity=0, interactive=False)
    yield root


def test_every_static_file_is_collected_under_a_name_of_its_own(collected: Path) -> None:
    """Two modules whose comments name each other's types once kept an installation from starting."""
    manifest = json.loads((collected / "staticfiles.json").read_text())["paths"]
    fold = (collected / manifest["meetings/room/fold.js"]).read_text()
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
    assert (f'"./{storage.hashed_files["a.js"]}"' in collected) is followed


def test_scripts_are_collected_without_their_comments_and_still_are_scripts(collected: Path) -> None:
    scripts = [path for path in sorted(collected.rglob("*.js")) if path.relative_to(collected).parts[0] == "meetings"]
    assert len(scripts) > 20
    checked = collected / "checked.mjs"
    for path in scripts:
        assert "export" in path.read_text() or "addEventListener" in path.read_text(), path
        assert "/**" not in path.read_text(), path
    # One process for all: each is parsed, none is run.
    checked.write_text(
        "import { readFileSync } from 'node:fs'; import { SourceTextModule } from 'node:vm';"
        "for (const path of process.argv.slice(2)) new SourceTextModule(readFileSync(path, 'utf8'));"
    )
    node, _ = compute_driver_executable()
    command = [node, "--experimental-vm-modules", str(checked), *map(str, scripts)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_only_comments_go_and_every_line_stays_where_it_was() -> None:
    script = """/** What it is
 * for. */
const at = /** @type {any} */ (x); // said at the end of a line
  // why
const way = `https://chibo.example/${/** @type {string} */ (y)}`;
"""
    kept = without_comments(script)
    assert kept.count("\n") == script.count("\n") and "https://chibo.example/${ (y)}" in kept and "why" not in kept


def test_of_a_style_sheet_only_the_comments_go() -> None:
    style = '/* why\n here */\n.a { color: red; } /* and why */\n.b::after { content: "/"; }\n'
    assert without_style_comments(style) == '.a { color: red; } .b::after { content: "/"; }\n'
