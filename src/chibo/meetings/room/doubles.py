"""What two clerks have written twice: a remark, a task, a guest that stands beside nearly the same from another device.

Whether it was said once or twice only people know: of each pair one is taken out, or an entry says that both stand.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import normalize
from uuid import UUID

from chibo.meetings import registries

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record, Room

# Of a hundred words, how many two texts have in common to be taken for one.
ALIKE = 75
_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile("[a-z0-9]+")


@dataclass(frozen=True)
class Text:
    """A text that stands. group: with what it is compared (an item and who spoke); exact: word for word."""

    entry: UUID
    group: str
    text: str
    exact: bool = False


def words_of(text: str) -> list[str]:
    """The words of a text without marks; letters of other scripts part words, in both languages alike."""
    bare = _MARKS.sub("", normalize("NFD", text.lower())).replace("\u0111", "d")
    return _WORD.findall(bare)


@lru_cache(maxsize=4096)
def alike(one: str, other: str, exact: bool) -> bool:
    """Whether two texts say nearly the same: by the words that they have in common, in whatever order."""
    first, second = Counter(words_of(one)), Counter(words_of(other))
    size = first.total() + second.total()
    if not size:
        return False
    return first == second if exact else 200 * (first & second).total() >= ALIKE * size


def pair(one: UUID, other: UUID) -> str:
    """Two entries of which somebody has said that both stand."""
    return " ".join(sorted((str(one), str(other))))


def both_stand(room: "Room", record: "Record") -> None:
    """Note that two entries are two things."""
    room.both_stand.add(pair(UUID(record.payload["one"]), UUID(record.payload["other"])))


def mark_doubles(room: "Room", ordered: list["Record"]) -> None:
    """Mark what stands beside nearly the same from another device."""
    if len({record.device for record in ordered}) < 2:
        return
    records = {record.id: record for record in ordered}
    for kind in registries.entry_kinds.values():
        if kind.texts is None:
            continue
        texts = sorted(kind.texts(room), key=lambda text: text.group)
        for _, group in groupby(texts, key=lambda text: text.group):
            _mark_in(room, records, list(group))


def _mark_in(room: "Room", records: dict[UUID, "Record"], texts: list[Text]) -> None:
    for place, later in enumerate(texts):
        record = records[later.entry]
        against = [records[one.entry] for one in _earlier(room, records, texts[:place], later)]
        if against:
            room.look(record, "written_twice", against=[(one, "") for one in against])


def _earlier(room: "Room", records: dict[UUID, "Record"], texts: list[Text], later: Text) -> Iterable[Text]:
    device = records[later.entry].device
    for one in texts:
        apart = records[one.entry].device != device and pair(one.entry, later.entry) not in room.both_stand
        if apart and alike(one.text, later.text, later.exact):
            yield one
