"""Only people of the roll count, whatever a device writes; who else is named is marked, and counts nowhere."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.room import log
from chibo.meetings.room.bases import base_again
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.deciding import secrets_of
from chibo.meetings.room.fold import Record, Room, fold
from chibo.meetings.room.hall import hall
from tests.meaning.logs import DEVICES, PERSONS
from tests.people import People

AN, BINH, CHI, STRANGER, OTHER = PERSONS
BASE = {"exclusions": [], "fraction": "half"}
SUMS = {"issued": 3, "returned": 3, "invalid": 0, "medium": "paper", "tellers": []}


def said(counter: int, kind: str, device: int = 0, /, **payload: Any) -> Record:
    return Record(uuid4(), DEVICES[device], counter, kind, UUID(AN), payload, seq=counter, seen=counter - 1)


def places(*people: str) -> list[list[str]]:
    return [[one, "present"] for one in people]


OPENED = said(2, "open", chair=AN, roll=[{"person": one, "kind": "official"} for one in (AN, BINH, CHI)])


def marks(room: Room) -> list[tuple[str, str]]:
    return [(look.why, look.about) for look in room.needs_look]


@pytest.mark.parametrize("counter", [1, 3], ids=["before the opening arrives", "after it"])
def test_who_is_not_on_the_roll_is_ticked_by_nobody(counter: int) -> None:
    """Four there and three strangers were "có mặt 7" with a base of seven."""
    called = said(counter, "attend", 1, members=[AN, STRANGER, BINH, OTHER], state="present")
    room = fold([OPENED, called])
    assert set(room.roll) == {UUID(AN), UUID(BINH), UUID(CHI)}
    assert [one.state for one in room.roll.values()].count("present") == 2
    assert marks(room) == [("not_on_the_roll", STRANGER), ("not_on_the_roll", OTHER)]
    back = [said(9 + n, "undo", of=str(called.id), about=one) for n, one in enumerate((STRANGER, OTHER))]
    mended = fold([OPENED, called, *back])
    assert not mended.needs_look
    assert [one.state for one in mended.roll.values()].count("present") == 2, "the others stay ticked"


def test_who_is_not_on_the_roll_does_not_report_to_be_there() -> None:
    room = fold([OPENED, said(3, "claim", member=STRANGER, how="code"), said(4, "claim", member=BINH, how="code")])
    assert set(hall(room).claims) == {UUID(BINH)} and ("not_on_the_roll", "") in marks(room)
    called = fold([OPENED, said(4, "attend", members=[STRANGER], state="present")])
    assert not hall(called).confirmed


def test_a_base_holds_people_of_the_roll_alone() -> None:
    frozen = {**BASE, "included": places(AN, BINH, CHI, STRANGER, OTHER), "excluded": []}
    counts = {"in_favour": 2, "against": 1, "abstained": 0}
    vote = said(4, "vote", subject="other", title="Kế hoạch", **counts, **frozen)
    choices = [{"name": "x", "in_favour": 2, "against": 1, "blank": 0}]
    secret = said(6, "secret", of=str(uuid4()), title="x", choices=choices, **SUMS, **frozen)
    here = said(3, "attend", members=[AN, BINH, CHI], state="present")
    room = fold([OPENED, here, vote, secret])
    (hands,), (ballots,) = room.votes.values(), secrets_of(room).values()
    assert hands.size == ballots.size == 3, "five were summoned, said the entry"
    assert hands.passed, "two of three, not of five"
    assert sorted(look.entry for look in room.needs_look if look.why == "base_not_on_the_roll") == sorted(
        [vote.id, secret.id]
    )
    base = base_again(room, hands)
    again = said(8, "recount", of=str(vote.id), included=[[str(one.person_id), one.standing] for one in base.included])
    again.payload["excluded"] = []
    assert [look.entry for look in fold([OPENED, here, vote, again]).needs_look] == []


def test_rows_are_those_of_the_roll_alone(meeting: Meeting, pen: Pen, people: People) -> None:
    """The row of the entry that comes last is written without folding the log: the same holds there."""
    stranger = people.thu.pk
    before = Attendance.objects.filter(meeting=meeting).count()
    pen.write("attend", members=[str(people.binh.pk), str(stranger)], state="present")
    rows = Attendance.objects.filter(meeting=meeting)
    assert rows.count() == before and not rows.filter(person_id=stranger).exists()
    assert [row.person_id for row in rows.filter(state="present")] == [people.binh.pk]
    assert [one.why for one in log.room_of(meeting).needs_look] == ["not_on_the_roll"]
