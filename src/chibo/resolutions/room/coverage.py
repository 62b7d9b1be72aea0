"""What a vote on the resolution covers: the draft as whoever recorded the vote had it on the device.

A task that was typed elsewhere, and had not come through by then, was not voted on, whatever the counters say.
"""

from collections.abc import Iterator
from uuid import UUID

from chibo.meetings import registries
from chibo.meetings.room.fold import Record, Room
from chibo.meetings.room.kinds import kind_of
from chibo.meetings.room.undo import field_of, undone_in, without
from chibo.resolutions.room.kinds import DRAFT, Decisions, decisions


def judge_coverage(room: Room, ordered: list[Record]) -> None:
    """Mark what stands otherwise in the draft than the vote on it had it, while nobody has voted on it anew.

    Who changes the draft after the vote and knows of it still has the meeting to vote again: only its end is marked.
    """
    found = decisions(room)
    votes = [vote for vote in room.votes.values() if vote.subject == found.kind]
    if not votes or room.on_paper:
        return  # of a meeting that is entered later the order of typing is not that of the evening
    last = max(votes, key=lambda one: (one.order, str(one.id))).id
    vote = next(record for record in ordered if record.id == last)
    covered = room.covered.get(last, set())
    seen = [record for record in ordered if vote.saw(record) or record.id in covered]
    found.not_voted = sorted(_differences(found, _draft_of(seen)))
    marked = {_written_last(key, room, ordered, {record.id for record in seen}) for key in found.not_voted}
    for entry, about in sorted(marked):
        record = next((one for one in ordered if str(one.id) == entry), vote)
        if room.closing is not None or not record.saw(vote):
            room.look(record, "vote_not_seen", about, [(vote, "")])


def _draft_of(ordered: list[Record]) -> Decisions:
    """The draft that some entries make."""
    room, undone = Room(), undone_in(ordered)
    for record in ordered:
        if record.id not in undone.whole and _is_draft(record):
            kind, gone = kind_of(record.kind), undone.fields.get(record.id)
            kind.fold(room, without(record, kind.several, gone) if gone else record)
    return decisions(room)


def _is_draft(record: Record) -> bool:
    return record.kind in DRAFT and kind_of(record.kind).fits(record.payload)


def _differences(one: Decisions, other: Decisions) -> Iterator[str]:
    """The parts and the tasks in which two drafts differ."""
    for name in one.texts.keys() | other.texts.keys():
        if (one.texts.get(name) or "") != (other.texts.get(name) or ""):
            yield name
    for task in one.tasks.keys() | other.tasks.keys():
        if one.tasks.get(task) != other.tasks.get(task):
            yield str(task)


def _written_last(key: str, room: Room, ordered: list[Record], seen: set[UUID]) -> tuple[str, str]:
    """The last entry that the vote had not seen and that wrote a part or a task, or took back what it had seen of it;
    with the field of that entry that is meant."""
    before: dict[str, Record] = {}
    found = ("", "")
    for record in ordered:
        target = before.get(str(record.payload.get("of"))) if record.kind == "undo" else None
        works = _is_draft(record) if target is None else target.id in seen
        if works and record.id not in seen | room.undone and key in _keys(record, before):
            found = (str(record.id), key if record.kind == "conclude" else "")
        before[str(record.id)] = record
    return found


def _keys(record: Record, before: dict[str, Record]) -> set[str]:
    """The parts or the task that an entry writes, or takes back."""
    of = str(record.payload.get("of"))
    if record.kind == "undo":
        target = before.get(of)
        found = set() if target is None else _keys(target, before)
        about = field_of(record, None if target is None else registries.entry_kinds.get(target.kind))
        return found & {about} if about else found
    if not _is_draft(record):
        return set()
    if record.kind == "conclude":
        return set(record.payload.get("parts") or {})
    return {str(record.id) if record.kind == "task" else of}
