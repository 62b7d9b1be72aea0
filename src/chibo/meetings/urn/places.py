"""Where the urns stand: a folder in memory, one for each tenant and meeting."""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from chibo.meetings.models import Meeting
from chibo.meetings.urn import box

MOUNTS = Path("/proc/self/mounts")
MEMORY = {"tmpfs", "ramfs"}


def root() -> Path:
    """The folder of this tenant's urns."""
    return Path(settings.URN_DIR)


def folder_of(meeting: UUID) -> Path:
    """The folder of a meeting's urns."""
    return root() / str(meeting)


def path_of(meeting: Meeting, ballot: UUID) -> Path:
    """The urn of a ballot."""
    return folder_of(meeting.pk) / str(ballot)


def is_in_memory() -> bool:
    """Whether the urns stand in memory, so that no disk ever holds one; where that cannot be told, they do not."""
    folder = os.path.realpath(root())
    try:
        mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return False
    over = [(place, kind) for place, kind in mounts if folder == place or folder.startswith(place.rstrip("/") + "/")]
    return bool(over) and max(over, key=lambda one: len(one[0]))[1] in MEMORY


def standing(meeting: UUID) -> dict[UUID, Path]:
    """The urns of a meeting that stand, by ballot."""
    try:
        names = os.listdir(folder_of(meeting))
    except FileNotFoundError:
        return {}
    return {UUID(name): folder_of(meeting) / name for name in names if not name.startswith(".")}


def marks_in(meeting: UUID, voter: UUID | None) -> dict[UUID, box.Mark]:
    """What a person was given in the urns of a meeting; asked with every question of a phone, mostly of no urn."""
    found = {}
    for ballot, path in standing(meeting).items():
        try:
            marks = box.look(path)
        except box.Lost:
            continue
        if voter in marks.by_voter:
            found[ballot] = marks.by_voter[voter]
    return found
