"""What does not fit together once everything is folded: marked for a person to look at, never refused (design.md
section 3, rules 4 and 5)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.meetings import registries
from chibo.meetings.room.bases import secrets_with_strangers, turned, turned_secrets
from chibo.meetings.room.doubles import mark_doubles
from chibo.meetings.room.moments import mark_doubted
from chibo.meetings.room.paper_book import mark_unsaid
from chibo.meetings.room.rubric import Score

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record, Room, Vote

# The field that the votes on one matter write, each a value of its own.
MATTER = "matter"
# Votes on these are on one matter only where their titles are the same.
EACH_ITS_OWN = ("other", "candidate")


@dataclass(frozen=True)
class Look:
    """Something that a person has to look at before signing: the entry, and what is odd about it.

    about: which of its fields, where it holds several: a person of a roll call, a part of a text; else empty.
    against: the entries that say otherwise, in the order of meaning, each with its field.
    """

    entry: UUID
    why: str
    about: str = ""
    against: tuple[tuple[UUID, str], ...] = ()


def judge(room: "Room", ordered: list["Record"], *, trusted: UUID) -> None:
    """Mark what only the whole log shows. trusted: an author whose entries are always a keeper's."""
    mark_unsaid(room)
    _apart(room)
    _authors(room, ordered, trusted)
    _recount(room)
    _differing_at_votes(room)
    mark_doubles(room, ordered)
    mark_doubted(room, ordered)
    for one in registries.judges:
        one(room, ordered)


def judge_scores(room: "Room") -> None:
    """Count the scores that the rubric knows and mark the others: the opening that holds it may stand after them."""
    for record in room.given:
        payload = record.payload
        why = room.rubric.refuses(payload) if room.rubric else "score_of_no_rubric"
        if why:
            room.look(record, why)
            continue
        code, points, note = payload["code"], payload["points"], payload.get("note") or ""
        room.settle(record, code, [points, note])
        room.scores[code] = Score(code, points, note, record.counter, record.id)


def _apart(room: "Room") -> None:
    """Mark what two devices wrote to one field without having seen each other, where they differ."""
    for (kind, key), heads in room.heads.items():
        last, stands = heads[-1]
        against = [(record, _field(record, key)) for record, said in heads if said != stands]
        if kind == "differ-outcome" and last.kind == "vote":  # two votes on it are marked as such
            against = [one for one in against if one[0].kind != "vote"]
        if against:
            why = "voted_twice" if kind == MATTER else "two_devices"
            room.look(last, why, _field(last, key), against)


def _field(record: "Record", key: str) -> str:
    """Which field of an entry is meant; it needs no name where the entry has but one."""
    return key if registries.entry_kinds[record.kind].several else ""


def _authors(room: "Room", ordered: list["Record"], trusted: UUID) -> None:
    """Mark what was written by someone who might not: judged last, since a clerk's entries may arrive before the one
    that elects the clerk (design.md section 3, rule 5). A log older than this rule names no keepers."""
    if not room.keepers:
        return
    for record in ordered:
        if record.id in room.undone or record.author in {*room.keepers, *room.elected, trusted}:
            continue
        kind = registries.entry_kinds.get(record.kind)
        if kind is None or kind.by_server or not kind.fits(record.payload):
            continue  # judged when it was written, or marked already
        if kind.about is None:
            room.look(record, "not_a_keeper")
        elif kind.about(room, record) != record.author:
            room.look(record, "not_ones_own")


def _recount(room: "Room") -> None:
    """Reckon each base again by the roll as it now stands; a result that would turn is marked (domain.md 2.8)."""
    decided = _deciding(room)
    for vote in room.votes.values():
        if decided.get(_matter(vote), vote.id) != vote.id:
            continue  # voted on again since
        if turned(room, vote, vote.in_favour):
            room.looks.append(Look(vote.id, "vote_base"))
        if vote.strangers:
            room.looks.append(Look(vote.id, "base_not_on_the_roll"))
        if vote.used > vote.size:
            room.looks.append(Look(vote.id, "too_many_hands"))
    room.looks += [Look(secret.id, "vote_base") for secret in turned_secrets(room)]
    room.looks += [Look(secret.id, "base_not_on_the_roll") for secret in secrets_with_strangers(room)]


def _matter(vote: "Vote") -> str:
    """What was voted on: of two votes on one matter the later decides."""
    return f"differing {vote.differing}" if vote.differing else vote.subject


def _deciding(room: "Room") -> dict[str, UUID]:
    """The vote that decides each matter. Other matters are each their own."""
    return {_matter(vote): vote.id for vote in room.votes.values() if vote.subject not in EACH_ITS_OWN}


def _differing_at_votes(room: "Room") -> None:
    """A resolution voted while a differing opinion was open, which only joining up brings about, is marked (M14)."""
    decided = _deciding(room)
    for subject in ("resolution", "conclusion"):
        vote = room.votes.get(decided.get(subject, UUID(int=0)))
        if vote is None:
            continue
        open_then = (
            one.order < vote.order and (one.is_open or one.settled > vote.order) for one in room.differing.values()
        )
        if any(open_then):
            room.looks.append(Look(vote.id, "differing_open"))
    if room.closed_by is not None and not room.aborted:
        room.looks += [Look(one.id, "differing_left") for one in room.differing_open]
