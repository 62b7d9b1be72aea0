"""Contradictions between what several entries say of one thing: marked with all of them, so that people choose."""

from typing import TYPE_CHECKING

from chibo.meetings.room.deciding import Secret, secrets_of
from chibo.meetings.room.fold import Vote

if TYPE_CHECKING:
    from chibo.meetings.room.fold import Record, Room


def mark_contradictions(room: "Room", ordered: list["Record"]) -> None:
    """Mark endings beside the one that counts, and votes in which more took part than the roll has there."""
    records = {record.id: record for record in ordered}
    away = {str(person) for person, line in room.roll.items() if line.state == "absent"}
    for record in room.beside:
        room.look(record, "ended_beside", against=[(room.closing, "")] if room.closing else ())
    votes: list[Vote | Secret] = [*room.votes.values(), *secrets_of(room).values()]
    for vote in votes:
        base = vote.included if vote.taken is None else vote.taken
        absent = {place[0] for place in base if place} & away
        if absent and vote.used > len(base) - len(absent):
            # Which of the two holds comes first: what the base is follows from it.
            room.looks = [one for one in room.looks if (one.entry, one.why) != (vote.id, "vote_base")]
            said = [(room.heads["attend", one][-1][0], one) for one in absent]
            room.look(records[vote.id], "vote_roll", against=sorted(said, key=lambda one: (one[0].place, one[1])))
