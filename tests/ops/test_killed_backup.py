"""A backup that is killed at any step: what is on the disk is whole, is listed, and goes in its time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chibo.ops import backup, backup_store, encryption, recovery_key
from chibo.ops.postgres import Cluster
from tests.ops.conftest import run_chibo
from tests.ops.killing import SIGKILL, Killed

pytestmark = pytest.mark.process


@pytest.fixture
def killed(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killed]:
    monkeypatch.setenv("CHIBO_DATA", str(data))
    monkeypatch.delenv("CHIBO_TENANT", raising=False)
    with Cluster(data).use():
        made = run_chibo(data, "prepare")
        assert made.returncode == 0, made.stderr
        recovery_key.made()  # else the first run alone would have the steps of making it
        one = Killed(data, "backup")
        assert one.run().returncode == 0
        yield one


def files(data: Path) -> set[Path]:
    return set((data / "backups").glob("*.chibo"))


def require_whole(data: Path, folder: Path) -> None:
    """Every file on the disk is whole, and listed."""
    assert {one.file for one in backup_store.backups()} == files(data)
    assert all(encryption.is_encrypted(file) for file in files(data))
    for file in files(data):
        backup.check(backup.unpack(file, folder), folder / backup.DUMP)


def require_nothing_left(data: Path) -> None:
    """After a whole run no folder of a killed one is left, nor a record without its file."""
    assert not list((data / "backups").glob(".chibo-work-*"))
    assert {one.with_suffix("") for one in (data / "backups").glob("*.json")} <= files(data)


@pytest.mark.long
def test_a_backup_killed_before_its_record_is_written_is_listed_and_pruned(
    killed: Killed, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, noted = killed.at("os.rename /"), killed.at(".new")
    assert killed.run(named - 1).returncode == SIGKILL
    require_whole(data, tmp_path)
    known = files(data)
    assert killed.run(noted).returncode == SIGKILL
    require_whole(data, tmp_path)
    (orphan,) = files(data) - known
    assert backup_store.read_record(orphan).erasable is None, "encrypted: as if it held what a signature erases"
    assert orphan.name in run_chibo(data, "backup", "--list").stdout
    assert killed.run().returncode == 0
    require_nothing_left(data)
    monkeypatch.setenv("CHIBO_BACKUPS_KEPT", "1,0,0")
    old = data / "backups" / "chibo-20200101-020000.chibo"
    old.write_bytes(b"of a killed process, long ago, encrypted")
    assert backup_store.prune() == [old]


@pytest.mark.longest
def test_a_backup_killed_at_every_kind_of_step_leaves_only_whole_ones(
    killed: Killed, data: Path, tmp_path: Path
) -> None:
    for number in killed.worth_trying(more=30):
        killed.run(number)
        require_whole(data, tmp_path)
    assert killed.run().returncode == 0
    require_nothing_left(data)
