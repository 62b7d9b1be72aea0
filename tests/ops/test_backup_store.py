"""Which backups are kept: by days, weeks and months, and never long what a signature erases."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from chibo.lib.dates import ZONE
from chibo.ops import backup_store, recovery_key
from chibo.ops.backup_store import RESTORED, Backup, Kept, Record, worth_keeping
from chibo.ops.connection import ConfigurationError
from chibo.ops.health import backup_trouble

NOW = datetime(2026, 11, 25, 2, 5, tzinfo=ZONE)


def made(days: int, *, erasable: int = 0, verified: str = "", hours: int = 0) -> Backup:
    moment = NOW - timedelta(days=days, hours=hours, minutes=5)
    record = Record(moment.isoformat(), "0", 1, "", encrypted=False, erasable=erasable, verified=verified)
    return Backup(Path(f"{days}-{hours}"), record)


def ages(kept: set[Backup]) -> list[int]:
    return sorted((NOW - one.made_at).days for one in kept)


def test_a_year_of_nights_is_thinned_to_days_weeks_and_months() -> None:
    nights = [made(days) for days in range(400)]
    found = ages(worth_keeping(nights, Kept(7, 4, 12), NOW))
    assert found[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(found) == 7 + 2 + 11  # of four weeks two, of twelve months one stand among the days already


def test_what_a_signature_erases_is_not_kept_longer_than_a_month() -> None:
    nights = [made(days, erasable=1 if days % 9 else 0) for days in range(400)]
    old = {one for one in worth_keeping(nights, Kept(7, 4, 12), NOW) if (NOW - one.made_at).days >= 31}
    assert old
    assert not any(one.record.erasable for one in old)


def test_the_newest_backup_is_kept_however_old_it_is() -> None:
    assert ages(worth_keeping([made(90, erasable=5)], Kept(7, 4, 12), NOW)) == [90]


def test_all_of_the_last_day_stay_and_the_newest_that_was_restored() -> None:
    several = [made(0, hours=hours) for hours in range(5)]
    checked = made(20, verified=RESTORED)
    assert worth_keeping([*several, made(12), made(19), checked], Kept(1, 0, 0), NOW) == {*several, checked}


def test_what_is_kept_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert backup_store.kept() == Kept(7, 4, 12)
    monkeypatch.setenv("CHIBO_BACKUPS_KEPT", "14,8,0")
    assert backup_store.kept() == Kept(14, 8, 0)
    for wrong in ("7", "7,4", "a,b,c", "0,4,12"):
        monkeypatch.setenv("CHIBO_BACKUPS_KEPT", wrong)
        with pytest.raises(ConfigurationError, match="ba số"):
            backup_store.kept()


def test_a_short_or_missing_passphrase_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backup_store.passphrase() == ""
    monkeypatch.setenv("CHIBO_BACKUP_PASSPHRASE_FILE", str(tmp_path / "words"))
    with pytest.raises(ConfigurationError, match="Không đọc được"):
        backup_store.passphrase()
    (tmp_path / "words").write_text("ngan\n")
    with pytest.raises(ConfigurationError, match="quá ngắn"):
        backup_store.passphrase()


def test_words_that_were_set_stand_in_place_of_the_recovery_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIBO_DATA", str(tmp_path))
    (tmp_path / "words").write_text("đồng lúa chín vàng\n")
    monkeypatch.setenv("CHIBO_BACKUP_PASSPHRASE_FILE", str(tmp_path / "words"))
    assert backup_store.sealing_words() == "đồng lúa chín vàng"
    assert not recovery_key.known()
    monkeypatch.delenv("CHIBO_BACKUP_PASSPHRASE_FILE")
    key = backup_store.sealing_words()
    assert (key, recovery_key.tidy(key.lower().replace("-", " "))) == (recovery_key.known(), key)
    assert recovery_key.is_waiting() and backup_store.sealing_words() == key
    assert "chưa cất trên giấy" in told(tmp_path, monkeypatch)
    recovery_key.put_away()
    assert told(tmp_path, monkeypatch) == ""


def told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the machine says of its backups, of which there is one of a moment ago."""
    monkeypatch.setenv("CHIBO_BACKUPS", str(folder))
    (folder / "chibo-1.chibo").write_bytes(b"x")
    backup_store.write_record(folder / "chibo-1.chibo", made(0).record)
    return backup_trouble(NOW)


def test_pruning_deletes_the_files_with_their_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIBO_BACKUPS", str(tmp_path))
    monkeypatch.setenv("CHIBO_BACKUPS_KEPT", "1,0,0")
    for name, record in (("chibo-1.chibo", made(0).record), ("chibo-2.chibo", made(3).record)):
        (tmp_path / name).write_bytes(b"x")
        backup_store.write_record(tmp_path / name, record)
    (tmp_path / "other-1.chibo").write_bytes(b"x")
    backup_store.prune()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["chibo-1.chibo", "chibo-1.chibo.json", "other-1.chibo"]
