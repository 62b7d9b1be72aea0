"""Room on the disks of this machine; without Django, because what keeps the database running asks it."""

import shutil
from dataclasses import dataclass

from chibo.ops import backup_store
from chibo.ops.connection import data_directory, database_directory

LEAST_FREE_PERCENT = 5
LEAST_FREE_BYTES = 300_000_000
# With less PostgreSQL may not begin its next segment (16 MB), and ends.
FULL_BYTES = 48_000_000


@dataclass(frozen=True)
class Room:
    """How much there is of something, and how much of it is free."""

    total: int
    free: int

    @property
    def free_percent(self) -> int:
        """Of a hundred."""
        return 100 * self.free // self.total if self.total else 0


def room() -> Room:
    """The disk of the data folder; of the database or the backups when they stand elsewhere and have less room."""
    places = (data_directory(), database_directory(data_directory()), backup_store.folder())
    found = [shutil.disk_usage(place) for place in places if place.exists()]
    least = min(found, key=lambda one: one.free)
    return Room(least.total, least.free)


def trouble() -> str:
    """Empty while the disk has room: PostgreSQL ends on a full one, and loses nothing it confirmed."""
    found = room()
    if found.free_percent >= LEAST_FREE_PERCENT and found.free >= LEAST_FREE_BYTES:
        return ""
    left = f"{found.free // 1_000_000} MB ({found.free_percent}%)"
    return f"Đĩa chỉ còn {left}: dọn chỗ, hoặc chuyển kho sao lưu sang đĩa khác."


def is_full() -> bool:
    """Whether the embedded database lacks the room to go on."""
    return shutil.disk_usage(database_directory(data_directory())).free < FULL_BYTES
