"""What devices out of reach of each other recorded: marked with both sides, decided by taking one of them back."""

from typing import Any
from uuid import UUID, uuid4

from chibo.meetings.room.fold import Record, fold
from tests.meaning.logs import DEVICES, PERSONS

AN, BINH, CHI = PERSONS[:3]


def said(device: int, counter: int, kind: str, seq: int, seen: int, **payload: Any) -> Record:
    """An entry of a device that had heard everything up to `seen`."""
    return Record(uuid4(), DEVICES[device], counter, kind, UUID(PERSONS[device]), payload, seq=seq, seen=seen)


ROLL = [{"person": one, "kind": "official"} for one in (AN, BINH, CHI)]
OPENED = said(0, 0, "open", 1, 0, chair=AN, roll=ROLL)
ALL_HERE = said(0, 1, "attend", 2, 1, members=[AN, BINH, CHI], state="present")
AWAY = said(1, 2, "attend", 3, 1, members=[BINH], state="absent", reason="health")


def test_a_mark_names_both_sides_and_the_field_that_is_meant() -> None:
    (look,) = fold([OPENED, ALL_HERE, AWAY]).needs_look
    assert (look.entry, look.about, look.why) == (AWAY.id, BINH, "two_devices")
    assert look.against == ((ALL_HERE.id, BINH),)


def test_one_person_of_a_roll_call_is_taken_back_alone() -> None:
    kept_away = said(0, 3, "undo", 4, 3, of=str(ALL_HERE.id), about=BINH)
    room = fold([OPENED, ALL_HERE, AWAY, kept_away])
    assert [room.roll[UUID(one)].state for one in (AN, BINH, CHI)] == ["present", "absent", "present"]
    assert not room.needs_look
    restored = fold([OPENED, ALL_HERE, AWAY, kept_away, said(0, 4, "undo", 5, 4, of=str(kept_away.id))])
    assert [look.why for look in restored.needs_look] == ["two_devices"], "the choice itself can be taken back"


def test_one_part_of_a_text_is_taken_back_alone() -> None:
    first = said(0, 1, "conclude", 1, 0, parts={"ideology": "một", "conclusion": "hai"})
    other = said(1, 2, "conclude", 2, 0, parts={"ideology": "ba"})
    (look,) = fold([first, other]).needs_look
    assert (look.entry, look.about, look.against) == (other.id, "ideology", ((first.id, "ideology"),))
    assert not fold([first, other, said(0, 3, "undo", 3, 2, of=str(other.id), about="ideology")]).needs_look
    assert not fold([first, other, said(0, 3, "undo", 3, 2, of=str(first.id), about="ideology")]).needs_look
