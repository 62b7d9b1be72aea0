"""Backup and restore, as the commands that an IT officer types."""

import json
import zipfile
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from chibo.ops import encryption
from chibo.ops.postgres import Cluster
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


@pytest.fixture(scope="module")
def plain(backup: Path, shared: Path) -> Path:
    """The same in the clear, as backups were before."""
    file = backup.parent / "không mã hóa.chibo"
    encryption.decrypt(backup, file, (shared / "recovery-key").read_text().strip())
    return file


def test_a_backup_is_encrypted_from_the_first_one_and_the_key_is_shown_until_it_is_put_away(
    backup: Path, shared: Path, shared_chibo: Run
) -> None:
    key, file = (shared / "recovery-key").read_text().strip(), shared / "recovery-key"
    assert encryption.is_encrypted(backup) and b"PGDMP" not in backup.read_bytes()
    assert len(key) == 35 and file.stat().st_mode & 0o077 == 0
    assert key in shared_chibo("backup", "--key").stdout
    assert key in shared_chibo("backup", str(backup.parent / "hai.chibo")).stdout
    assert shared_chibo("backup", "--key-kept").returncode == 0
    assert key not in shared_chibo("backup", str(backup.parent / "ba.chibo")).stdout
    assert not any(key.encode() in one.read_bytes() for one in backup.parent.glob("*.chibo"))


def test_a_backup_restores_into_a_fresh_place_and_is_not_laid_over_data(
    backup: Path, shared: Path, data: Path, chibo: Run
) -> None:
    closed = chibo("restore", str(backup))
    assert closed.returncode == 1 and "gõ khóa khôi phục" in closed.stderr
    assert "khóa khôi phục" in chibo("restore", str(backup), stdin="ABCDE\n").stderr
    typed = (shared / "recovery-key").read_text().lower().replace("-", " ")
    restored = chibo("restore", str(backup), stdin=typed)
    assert restored.returncode == 0, restored.stderr
    assert (data / "recovery-key").read_text() == (shared / "recovery-key").read_text(), "one paper for both machines"
    assert "Nguyễn Thị Lan" in chibo("user", "list").stdout
    assert chibo("verify").returncode == 0

    assert chibo("user", "create", "hung", "--generate").returncode == 0
    refused = chibo("restore", str(backup))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert "hung" in chibo("user", "list").stdout

    assert chibo("restore", str(backup), "--force").returncode == 0
    assert "hung" not in chibo("user", "list").stdout


def test_a_backup_is_for_its_owner_alone_and_says_what_it_is(backup: Path, plain: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(plain) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["tenant"] == "chibo"
    assert "accounts.0001_initial" in manifest["migrations"]


def test_a_backup_in_the_clear_from_before_restores_as_it_did(plain: Path, data: Path, chibo: Run) -> None:
    restored = chibo("restore", str(plain))
    assert restored.returncode == 0, restored.stderr
    assert "Nguyễn Thị Lan" in chibo("user", "list").stdout


def test_a_damaged_backup_changes_nothing(plain: Path, shared_chibo: Run) -> None:
    backup = plain
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


def test_a_backup_of_a_later_version_is_refused(plain: Path, shared_chibo: Run) -> None:
    backup = plain
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


def test_the_store_lists_its_backups_and_each_can_be_restored_on_trial(shared: Path, shared_chibo: Run) -> None:
    made = shared_chibo("backup")
    assert made.returncode == 0, made.stderr
    listed = shared_chibo("backup", "--list").stdout
    assert "chưa thử" in listed
    checked = shared_chibo("backup", "--verify")
    assert checked.returncode == 0, checked.stderr
    assert "khôi phục thử được" in shared_chibo("backup", "--list").stdout
    with Cluster(shared).use() as cluster, psycopg.connect(**cluster.address()) as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()]
    assert not [name for name in names if "verify" in name], "the trial leaves nothing behind"

    newest = max((shared / "backups").glob("*.chibo"))
    newest.write_bytes(newest.read_bytes()[:-1] + b"x")
    broken = shared_chibo("backup", "--verify")
    assert broken.returncode == 1
    assert "dấu kiểm tra không khớp" in broken.stderr
    assert "HỎNG" in shared_chibo("backup", "--list").stdout


def test_a_broken_chain_in_a_backup_is_named(shared: Path, shared_chibo: Run, tmp_path: Path) -> None:
    record = """
from uuid import UUID
from chibo.access.scope import system_scope
from chibo.audit.events import record
with system_scope():
    record("account.opened", chain=UUID(int=9), by=None)
"""
    assert shared_chibo("manage", "shell", "-c", record).returncode == 0
    with Cluster(shared).use() as cluster, psycopg.connect(**cluster.address(dbname="chibo")) as connection:
        connection.execute("UPDATE chibo.audit_event SET kind = 'account.closed'")
    assert shared_chibo("backup", str(tmp_path / "one")).returncode == 0
    checked = shared_chibo("backup", "--verify", str(tmp_path / "one"))
    assert checked.returncode == 1
    assert str(UUID(int=9)) in checked.stderr


def test_an_encrypted_backup_opens_with_its_own_words_alone(data: Path, chibo: Run, tmp_path: Path) -> None:
    words, others, file = tmp_path / "words", tmp_path / "others", tmp_path / "one.chibo"
    words.write_text("đồng lúa chín vàng bảy mẫu\n")
    others.write_text("đồng lúa chín vàng tám mẫu\n")
    assert chibo("tenant", "create", "chibo").returncode == 0
    assert chibo("user", "create", "lan", "--name", "Nguyễn Thị Lan", stdin=PASSWORD + "\n").returncode == 0
    made = chibo("backup", str(file), CHIBO_BACKUP_PASSPHRASE_FILE=str(words))
    assert made.returncode == 0, made.stderr
    assert b"PGDMP" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    closed = chibo("restore", str(file), "--force")
    assert "CHIBO_BACKUP_PASSPHRASE_FILE" in closed.stderr
    wrong = chibo("restore", str(file), "--force", CHIBO_BACKUP_PASSPHRASE_FILE=str(others))
    assert "mật khẩu sao lưu không đúng" in wrong.stderr
    opened = chibo("restore", str(file), "--force", CHIBO_BACKUP_PASSPHRASE_FILE=str(words))
    assert opened.returncode == 0, opened.stderr
    assert "Nguyễn Thị Lan" in chibo("user", "list").stdout
