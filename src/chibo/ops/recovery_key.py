"""The recovery key: encrypts the backups of a machine for which nobody has set a passphrase.

It is made with the first backup and lies in the data folder, never among the backups: who takes those alone reads
nothing. It has to be put on paper, elsewhere: a lost disk takes it along. Until somebody says so, the machine reminds.
"""

import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from getpass import getpass
from pathlib import Path

from chibo.ops.connection import data_directory

# No letter or figure that is misread on paper; 30 of them hold 148 bits.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"
GROUPS, IN_A_GROUP = 6, 5
PUT_AWAY = "bin/chibo backup --key-kept"


def path() -> Path:
    """Where it lies."""
    return data_directory() / "recovery-key"


def _mark() -> Path:
    return path().with_name("recovery-key-kept")


def known() -> str:
    """The machine's key as it is written on paper, "" where there is none."""
    with suppress(FileNotFoundError):
        return path().read_text(encoding="utf-8").strip()
    return ""


def made() -> str:
    """The machine's key, made where there is none."""
    if key := known():
        return key
    groups = ("".join(secrets.choice(LETTERS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
    _write("-".join(groups))
    return known()


def adopt(typed: str) -> None:
    """A key that opened a backup on a new machine is this one's from now on: one paper for both."""
    if not known():
        _write(typed)
        put_away()


def _write(key: str) -> None:
    """Write it, for the machine's own account alone: whole on the disk, before anything is encrypted with it.

    What another process wrote meanwhile stays.
    """
    path().parent.mkdir(parents=True, exist_ok=True)
    new = path().with_name(f"recovery-key-{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path().hardlink_to(new)
    new.unlink()


def is_waiting() -> bool:
    """Whether there is a key that nobody has put away yet."""
    return bool(known()) and not _mark().exists()


def put_away() -> None:
    """Somebody says that it stands on paper, elsewhere."""
    _mark().touch()


def tidy(typed: str) -> str:
    """A key as it was made, however it was typed from paper."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return "-".join(plain[place : place + IN_A_GROUP] for place in range(0, len(plain), IN_A_GROUP))


def ask() -> str:
    """The key from the terminal; from a pipe one line."""
    typed = getpass("Khóa khôi phục (30 chữ, trên giấy): ") if sys.stdin.isatty() else sys.stdin.readline()
    return typed.strip()


Ask = Callable[[], str]
