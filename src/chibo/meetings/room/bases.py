"""The bases of the votes of a meeting, reckoned again by the roll as it now stands (domain.md 2.4, 2.8, 8.2).

Whoever need not come, exempt or with another cell for a time, counts only where they were there and voted. The roll
has no time at which somebody came or left: who was in the room at a vote stands in the base as it was when hands or
ballots were counted.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from chibo.meetings.room.roll import has_strangers, of_the_roll
from chibo.members.base_of_vote import HERE, Base, base_of_vote

if TYPE_CHECKING:
    from chibo.meetings.room.deciding import Secret
    from chibo.meetings.room.fold import Record, Room, Vote


def base_again(room: "Room", vote: "Vote | Secret") -> Base:
    """The base of a vote by the roll as it now stands."""
    taken = vote.included if vote.taken is None else vote.taken
    here = {UUID(person) for person, standing in taken if standing in HERE}
    people = [
        replace(one, left=(one.left or one.exempt or one.away) and one.person_id not in here) for one in room.voters()
    ]
    return base_of_vote(people, vote.exclusions)


def turned(room: "Room", vote: "Vote | Secret", *in_favour: int) -> bool:
    """Whether one of these results would be another by the roll as it now stands."""
    before, now = vote.needed, base_again(room, vote).needed(vote.fraction)
    return any((count >= before) != (count >= now) for count in in_favour)


def turned_secrets(room: "Room") -> Iterator["Secret"]:
    """The secret votes that would end otherwise; an election is one of them."""
    from chibo.meetings.room.deciding import secrets_of

    for secret in secrets_of(room).values():
        if turned(room, secret, *(one.in_favour for one in secret.choices)):
            yield secret


def secrets_with_strangers(room: "Room") -> list["Secret"]:
    """The secret votes whose base was frozen with somebody who is not on the roll."""
    from chibo.meetings.room.deciding import secrets_of

    return [one for one in secrets_of(room).values() if one.strangers]


def taken_as(room: "Room", entry: UUID) -> "Vote | Secret | None":
    """The show of hands or the secret vote that an entry has recorded."""
    from chibo.meetings.room.deciding import secrets_of

    return room.votes.get(entry) or next((one for one in secrets_of(room).values() if one.id == entry), None)


def fits_again(room: "Room", entry: UUID) -> bool:
    """Whether the base by the roll as it now stands holds as many as raised a hand, or got a ballot."""
    vote = taken_as(room, entry)
    return vote is not None and vote.used <= base_again(room, vote).size


def fold_recount(room: "Room", record: "Record") -> None:
    """The base of a vote was reckoned anew; its hands or ballots stay as they were counted."""
    payload = record.payload
    vote = taken_as(room, UUID(payload["of"]))
    if vote is None:
        room.look(record, "unknown_vote")
        return
    room.settle(record, payload["of"], payload)
    vote.taken = vote.included if vote.taken is None else vote.taken
    vote.included, vote.excluded = of_the_roll(room, payload["included"]), of_the_roll(room, payload["excluded"])
    vote.strangers = has_strangers(vote, record)
    put = room.differing.get(getattr(vote, "differing", None) or record.id)
    if put is not None and put.vote == vote.id:
        put.outcome = "adopted" if vote.in_favour >= vote.needed else "not_adopted"  # type: ignore[union-attr]
