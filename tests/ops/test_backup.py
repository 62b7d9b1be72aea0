"""Backup and restore, as the commands that an IT officer types."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.ops.conftest import Run, run_chibo

pytestmark = pytest.mark.process
PASSWORD = "dong-lua-chin-vang-7"


@pytest.fixture(scope="module")
def backup(shared: Path) -> Path:
    """A backup of a tenant with one account."""
    made = run_chibo(shared, "user", "create", "lan", "--name", "Nguyễn Thị Lan", stdin=PASSWORD + "\n")
    assert made.returncode == 0, made.stderr
    file = shared.parent / "sao lưu.chibo"
    answer = run_chibo(shared, "backup", str(file))
    assert answer.returncode == 0, answer.stderr
    return file


def test_a_backup_restores_into_a_fresh_place_and_is_not_laid_over_data(backup: Path, data: Path, chibo: Run) -> None:
    restored = chibo("restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert "Nguyễn Thị Lan" in chibo("user", "list").stdout
    assert chibo("verify").returncode == 0

    assert chibo("user", "create", "hung", "--generate").returncode == 0
    refused = chibo("restore", str(backup))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert "hung" in chibo("user", "list").stdout

    assert chibo("restore", str(backup), "--force").returncode == 0
    assert "hung" not in chibo("user", "list").stdout


def test_a_backup_is_for_its_owner_alone_and_says_what_it_is(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["tenant"] == "chibo"
    assert "accounts.0001_initial" in manifest["migrations"]


def test_a_damaged_backup_changes_nothing(backup: Path, shared_chibo: Run) -> None:
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    damaged = backup.parent / "hỏng.chibo"
    with zipfile.ZipFile(damaged, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:-1] + b"x" if name == "tenant.dump" else content)
    refused = shared_chibo("restore", str(damaged), "--force")
    assert refused.returncode == 1
    assert "dấu kiểm tra không khớp" in refused.stderr
    assert "Nguyễn Thị Lan" in shared_chibo("user", "list").stdout


def test_a_backup_of_a_later_version_is_refused(backup: Path, shared_chibo: Run) -> None:
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts["manifest.json"])
    manifest["migrations"].append("meetings.9999_later")
    later = backup.parent / "mới hơn.chibo"
    with zipfile.ZipFile(later, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, json.dumps(manifest) if name == "manifest.json" else content)
    refused = shared_chibo("restore", str(later), "--force")
    assert refused.returncode == 1
    assert "nâng cấp Chibo trước" in refused.stderr
