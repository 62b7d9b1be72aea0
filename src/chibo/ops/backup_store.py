"""The folder of a tenant's backups: what is there, what was checked, what is kept how long.

Beside each file stands its record, a small JSON without any content, so that the page of the IT officer need not open
or decrypt anything, and a restored tenant still knows its backups. What counts is the file: one without a record is
listed, and goes in its time, all the same.
"""

import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any, Self

from chibo.lib.dates import ZONE, now
from chibo.ops import encryption, recovery_key
from chibo.ops.connection import ConfigurationError, data_directory, tenant_name
from chibo.ops.workspace import is_old

SUFFIX = ".chibo"
NAME_TIME = "%Y%m%d-%H%M%S"
MANIFEST = "manifest.json"
# A backup from before the signing of minutes holds words that signing erases (mission.md, never hold 1).
DAYS_WITH_ERASABLE = 31


@dataclass(frozen=True)
class Kept:
    """How many are kept: the newest of each of so many days, weeks and months."""

    days: int = 7
    weeks: int = 4
    months: int = 12


# Outcomes of a check: restored beside the tenant and its chains walked; only read through; or not good.
RESTORED, READ, BROKEN = "restored", "read", "broken"


@dataclass(frozen=True)
class Record:
    """What is known of one backup. sha256: "" when it was not noted. erasable: how many texts it holds that a coming
    signature erases; None: unknown. verified: the outcome of its last check, "" before one.
    """

    made_at: str
    version: str
    bytes: int
    sha256: str
    encrypted: bool
    erasable: int | None
    verified: str = ""
    verified_at: str = ""


@dataclass(frozen=True)
class Backup:
    """A file with its record."""

    file: Path
    record: Record

    @property
    def made_at(self) -> datetime:
        """When its content was read from the database."""
        return datetime.fromisoformat(self.record.made_at)

    @property
    def is_whole(self) -> bool:
        """Whether the file has the size that was written."""
        return self.file.stat().st_size == self.record.bytes

    def checked(self, verified: str) -> Self:
        """Write down the outcome of a check."""
        record = replace(self.record, verified=verified, verified_at=now().isoformat(timespec="seconds"))
        write_record(self.file, record)
        return replace(self, record=record)


def folder() -> Path:
    """CHIBO_BACKUPS, else `backups` in the data folder."""
    return Path(os.environ.get("CHIBO_BACKUPS") or data_directory() / "backups").absolute()


def kept() -> Kept:
    """CHIBO_BACKUPS_KEPT as days,weeks,months; raises ConfigurationError when it is something else."""
    value = os.environ.get("CHIBO_BACKUPS_KEPT")
    if not value:
        return Kept()
    try:
        days, weeks, months = (int(part) for part in value.split(","))
    except ValueError:
        days = 0
    if days < 1:
        raise ConfigurationError("CHIBO_BACKUPS_KEPT là ba số: ngày,tuần,tháng; ví dụ 7,4,12. Số ngày từ 1 trở lên.")
    return Kept(days, weeks, months)


def sealing_words() -> str:
    """What a new backup is encrypted with: the passphrase that was set, else the machine's recovery key.

    Raises ConfigurationError as `passphrase` does.
    """
    return passphrase() or recovery_key.made()


def passphrase() -> str:
    """The words of CHIBO_BACKUP_PASSPHRASE_FILE, "" when none is set.

    Raises ConfigurationError when the file cannot be read or is too short to be of use.
    """
    path = os.environ.get("CHIBO_BACKUP_PASSPHRASE_FILE")
    if not path:
        return ""
    try:
        words = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(f"Không đọc được CHIBO_BACKUP_PASSPHRASE_FILE ({path}): {error.strerror}.") from error
    if len(words) < 12:
        raise ConfigurationError(f"Mật khẩu sao lưu trong {path} quá ngắn: cần ít nhất 12 ký tự.")
    return words


def new_file() -> Path:
    """The name of a backup made now."""
    return folder() / f"{tenant_name()}-{now().strftime(NAME_TIME)}{SUFFIX}"


def backups() -> list[Backup]:
    """Those of this tenant as they stand on the disk, with a record or without, newest first."""
    found = []
    for file in folder().glob(f"{tenant_name()}-[0-9]*{SUFFIX}"):
        with suppress(OSError):  # deleted while we look
            found.append(Backup(file, read_record(file)))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def record_path(file: Path) -> Path:
    """Where the record of a backup stands."""
    return file.with_name(f"{file.name}.json")


def read_record(file: Path) -> Record:
    """The record of a backup; where there is none (the process was killed before), what the file itself tells."""
    try:
        return Record(**json.loads(record_path(file).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        found = file.stat()
    told: dict[str, Any] = {}
    with suppress(zipfile.BadZipFile, KeyError, ValueError), zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read(MANIFEST))
    return Record(
        made_at=moment_of(file).isoformat(timespec="seconds"),
        version=told.get("version", ""),
        bytes=found.st_size,
        sha256="",
        encrypted=encryption.is_encrypted(file),
        erasable=told.get("erasable"),
    )


def moment_of(file: Path) -> datetime:
    """When a backup was made by its name, else by its file."""
    try:
        return datetime.strptime(file.stem.partition("-")[2], NAME_TIME).replace(tzinfo=ZONE)
    except ValueError:
        return datetime.fromtimestamp(file.stat().st_mtime, ZONE)


def write_record(file: Path, record: Record) -> None:
    """Write the record, whole or not at all."""
    new = record_path(file).with_suffix(".new")
    new.write_text(json.dumps(asdict(record), indent=2), encoding="utf-8")
    new.replace(record_path(file))


def prune() -> list[Path]:
    """Delete what is no longer to be kept; give the deleted files."""
    everything = backups()
    wanted = {one.file for one in worth_keeping(everything, kept(), now())}
    gone = [one.file for one in everything if one.file not in wanted]
    for file in gone:
        file.unlink(missing_ok=True)
        record_path(file).unlink(missing_ok=True)
    clear_leftovers()
    return gone


def clear_leftovers() -> None:
    """Delete records whose file is gone, and half-written ones."""
    for record in folder().glob(f"{tenant_name()}-[0-9]*{SUFFIX}.json"):
        if not record.with_suffix("").exists():
            record.unlink(missing_ok=True)
    for half in folder().glob(f"{tenant_name()}-[0-9]*{SUFFIX}.new"):
        if is_old(half):
            half.unlink(missing_ok=True)


def worth_keeping(everything: Iterable[Backup], kept: Kept, moment: datetime) -> set[Backup]:
    """The newest of each of the last days, weeks, months that have one; all of one day; the newest that was restored.

    A month's is one that holds nothing which a signature erases later: others go after 31 days.
    """
    newest_first = sorted(everything, key=lambda one: one.made_at, reverse=True)
    lasting = [one for one in newest_first if one.record.erasable == 0]
    limit = moment - timedelta(days=DAYS_WITH_ERASABLE)
    allowed = [one for one in newest_first if one.record.erasable == 0 or one.made_at > limit]
    return {
        *newest_first[:1],
        *[one for one in newest_first if one.made_at > moment - timedelta(days=1)],
        *first_of_each(allowed, kept.days, lambda day: f"{day:%Y-%m-%d}"),
        *first_of_each(allowed, kept.weeks, lambda day: f"{day:%G-%V}"),
        *first_of_each(lasting, kept.months, lambda day: f"{day:%Y-%m}"),
        *[one for one in allowed if one.record.verified == RESTORED][:1],
    }


def first_of_each(newest_first: list[Backup], number: int, period: Callable[[datetime], str]) -> list[Backup]:
    """The newest backup of each of the newest periods that have any."""
    found: dict[str, Backup] = {}
    for one in newest_first:
        found.setdefault(period(one.made_at.astimezone(ZONE)), one)
    return list(found.values())[:number]


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the folder while a backup is made or checked; raises BlockingIOError when another is under way."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder() / f".{tenant_name()}.lock").open("w") as file:
        flock(file, LOCK_EX | LOCK_NB)
        yield
