"""The environment built with pip alone, and the lock that it is built from."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from chibo.ops import environment
from chibo.ops.connection import PROJECT

LOCKS = ["requirements.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_a_digest_and_no_address(name: str) -> None:
    text = (PROJECT / name).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry and "==" in entry for entry in entries)
    assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_the_lock_has_every_direct_dependency() -> None:
    import tomllib

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[<>=\[ ]", line)[0].lower() for line in project["dependencies"]}
    locked = {name.lower() for name, _ in environment.pinned(PROJECT / "requirements.lock")}
    assert wanted <= locked


def test_a_folder_made_by_hand_is_an_environment_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "môi trường" / ".venv"
    environment.create(folder)
    prefix = subprocess.run(
        [folder / "bin" / "python", "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True
    )
    assert Path(prefix.stdout.strip()) == folder
    assert not environment.is_complete(folder, PROJECT / "requirements.lock"), "nothing was installed into it yet"


def test_an_environment_with_another_version_is_not_complete(tmp_path: Path) -> None:
    here = Path(sys.prefix)
    assert environment.is_complete(here, PROJECT / "requirements-dev.lock")
    lock = tmp_path / "requirements.lock"
    lock.write_text((PROJECT / "requirements.lock").read_text().replace("django==5.2", "django==5.1"))
    assert not environment.is_complete(here, lock)
