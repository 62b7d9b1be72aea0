"""What devices out of reach of each other recorded: marked with both sides, decided by taking one of them back."""

from typing import Any
from uuid import UUID, uuid4

from chibo.meetings.room.fold import Record, fold
from chibo.resolutions.room.kinds import decisions
from tests.meaning.logs import DEVICES, ITEMS, PERSONS

AN, BINH, CHI = PERSONS[:3]


def said(device: int, counter: int, kind: str, seq: int, seen: int, /, **payload: Any) -> Record:
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


# ---------- T16: who ends the meeting ----------
PRESIDED = said(0, 0, "open", 1, 0, chair=AN, roll=ROLL, ended_by="presiding")
REMARK = {"item": ITEMS[0], "text": "Lắp gương.", "member": AN}


def test_an_ending_of_a_device_that_records_beside_ends_nothing() -> None:
    for kind, payload in (("close", {}), ("abort", {"why": "bấm nhầm"})):
        beside = said(1, 5, kind, 2, 1, **payload)
        after = said(0, 6, "remark", 3, 2, **REMARK)
        ended = said(0, 7, "close", 4, 3)
        room = fold([PRESIDED, beside, after])
        assert room.closed_by is None and not room.aborted
        assert [look.why for look in room.needs_look] == ["ended_beside"]
        both = fold([PRESIDED, beside, after, ended])
        assert both.closed_by == ended.author and [look.why for look in both.needs_look] == ["ended_beside"]
        assert both.needs_look[0].against == ((ended.id, ""),)
        assert not fold([PRESIDED, beside, after, ended, said(1, 8, "undo", 5, 4, of=str(beside.id))]).needs_look


def test_the_machine_that_opened_or_has_taken_the_lead_presides_whoever_sits_at_it() -> None:
    clerk = said(0, 5, "close", 2, 1)
    by_clerk = Record(clerk.id, DEVICES[0], 5, "close", UUID(BINH), {}, seq=2, seen=1)
    assert fold([PRESIDED, by_clerk]).closed_by == UUID(BINH)
    led = said(1, 4, "lead", 2, 1)
    assert fold([PRESIDED, led, said(1, 5, "close", 3, 2)]).closed_by == UUID(BINH)
    elsewhere = Record(uuid4(), DEVICES[2], 5, "close", UUID(AN), {}, seq=3, seen=2)
    assert fold([PRESIDED, led, elsewhere]).closed_by == UUID(AN), "the chair presides on any machine"


def test_an_ending_is_taken_back_by_who_presides_and_by_nobody_else() -> None:
    ended = said(0, 5, "close", 2, 1)
    by_another = fold([PRESIDED, ended, said(1, 6, "undo", 3, 2, of=str(ended.id))])
    assert by_another.closing is not None and [look.why for look in by_another.needs_look] == ["nothing_undone"]
    back = said(0, 6, "undo", 3, 2, of=str(ended.id))
    room = fold([PRESIDED, ended, back, said(1, 7, "remark", 4, 3, **REMARK)])
    assert room.closing is None and not room.needs_look, "the meeting goes on"
    again = said(1, 8, "undo", 4, 3, of=str(back.id))
    assert fold([PRESIDED, ended, back, again]).closing is None, "nobody beside ends it by taking that back"


def test_of_two_endings_the_people_choose() -> None:
    led = said(1, 2, "lead", 2, 1)
    broken_off = said(1, 5, "abort", 3, 2, why="mất điện")
    ended = said(0, 9, "close", 4, 1)
    (look,) = fold([PRESIDED, led, broken_off, ended]).needs_look
    assert (look.entry, look.why, look.against) == (ended.id, "closed_twice", ((broken_off.id, ""),))
    chosen = fold([PRESIDED, led, broken_off, ended, said(0, 10, "undo", 5, 4, of=str(broken_off.id))])
    assert not chosen.aborted and chosen.closing == ended and not chosen.needs_look


def test_a_meeting_opened_before_the_rule_ends_as_it_did() -> None:
    ended = said(1, 5, "close", 2, 1)
    assert fold([OPENED, ended]).closing == ended
    assert fold([OPENED, ended, said(0, 6, "undo", 3, 2, of=str(ended.id))]).closing == ended


# ---------- T18: votes against votes, votes against the roll ----------
def vote(in_favour: int, subject: str = "resolution", title: str = "Nghị quyết") -> dict[str, Any]:
    base = [[one, "present"] for one in (AN, BINH, CHI)]
    counts = {"in_favour": in_favour, "against": 3 - in_favour, "abstained": 0}
    return {**counts, "subject": subject, "title": title, "included": base, "excluded": [], **RULE}


RULE: dict[str, Any] = {"exclusions": [], "fraction": "half"}


def test_one_matter_voted_on_twice_out_of_reach_is_marked_and_one_is_chosen() -> None:
    for subject, title in (("resolution", "Nghị quyết"), ("agenda", "Chương trình"), ("other", "Quỹ")):
        one = said(0, 5, "vote", 3, 2, **vote(3, subject, title))
        two = said(1, 9, "vote", 4, 2, **vote(1, subject, title))
        (look,) = fold([OPENED, ALL_HERE, one, two]).needs_look
        assert (look.entry, look.why, look.against) == (two.id, "voted_twice", ((one.id, ""),))
        for kept, gone in ((one, two), (two, one)):
            room = fold([OPENED, ALL_HERE, one, two, said(0, 10, "undo", 5, 4, of=str(gone.id))])
            assert list(room.votes) == [kept.id] and not room.needs_look
    seen = said(1, 9, "vote", 4, 3, **vote(1))
    assert not fold([OPENED, ALL_HERE, said(0, 5, "vote", 3, 2, **vote(3)), seen]).needs_look, "voted anew"


def test_more_hands_than_the_roll_has_there_are_marked_with_both_sides() -> None:
    voted = said(0, 5, "vote", 4, 2, **vote(3))
    settled = said(0, 6, "undo", 5, 4, of=str(ALL_HERE.id), about=BINH)
    log = [OPENED, ALL_HERE, AWAY, voted, settled]
    (look,) = fold(log).needs_look
    assert (look.entry, look.why, look.against) == (voted.id, "vote_roll", ((AWAY.id, BINH),))
    assert not fold([OPENED, ALL_HERE, AWAY, voted, said(1, 7, "undo", 6, 5, of=str(AWAY.id), about=BINH)]).needs_look
    roll = fold([*log, said(1, 7, "undo", 6, 5, of=str(voted.id))])
    assert not roll.needs_look and not roll.votes


# ---------- T17: what the vote had not seen ----------
TEXT = said(0, 3, "conclude", 3, 2, kind="resolution", parts={"ideology": "một", "direction": "hai"})
TASK = {"what": "Lắp gương", "lead": AN, "due": "2026-12-20"}
VOTED = said(0, 9, "vote", 5, 3, **vote(3))


def not_seen(*more: Record) -> list[tuple[UUID, str]]:
    room = fold([OPENED, ALL_HERE, TEXT, VOTED, *more])
    return [(look.entry, look.about) for look in room.needs_look if look.why == "vote_not_seen"]


def test_what_the_vote_had_not_seen_is_marked_whatever_the_counters_say() -> None:
    for counter in (4, 20):
        task = said(1, counter, "task", 4, 3, **TASK)
        text = said(1, counter, "conclude", 4, 3, parts={"ideology": "ba"})
        assert not_seen(task) == [(task.id, "")]
        assert not_seen(text) == [(text.id, "ideology")]
    seen = Record(VOTED.id, DEVICES[0], 9, "vote", VOTED.author, VOTED.payload, seq=5, seen=4)
    room = fold([OPENED, ALL_HERE, TEXT, seen, said(1, 8, "task", 4, 3, **TASK)])
    assert not room.needs_look and decisions(room).tasks
    same = said(1, 4, "conclude", 4, 3, parts={"ideology": "một"})
    assert not not_seen(same), "the text that was voted on"


def test_what_was_not_voted_on_is_taken_out_or_voted_anew_or_said_to_be_covered() -> None:
    task = said(1, 4, "task", 4, 3, **TASK)
    closed = said(0, 10, "close", 6, 5)
    for more in (
        said(0, 11, "undo", 7, 6, of=str(task.id)),
        said(0, 11, "vote-covers", 7, 6, of=str(VOTED.id), entries=[str(task.id)]),
    ):
        assert not_seen(task, closed) and not not_seen(task, closed, more)
        assert not fold([OPENED, ALL_HERE, TEXT, VOTED, task, closed, more]).needs_look
    assert not not_seen(task, said(0, 11, "vote", 7, 6, **vote(3)))


def test_a_draft_that_is_changed_after_its_vote_and_never_voted_again_is_marked_at_the_end() -> None:
    later = said(0, 10, "conclude", 6, 5, parts={"direction": "ba"})
    assert not not_seen(later) and decisions(fold([OPENED, ALL_HERE, TEXT, VOTED, later])).not_voted == ["direction"]
    assert not_seen(later, said(0, 11, "close", 7, 6)) == [(later.id, "direction")]
    back = said(0, 10, "undo", 6, 5, of=str(TEXT.id), about="ideology")
    assert not_seen(back, said(0, 11, "close", 7, 6)) == [(back.id, "")]
