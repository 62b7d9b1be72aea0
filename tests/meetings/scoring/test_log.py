"""Scores in the log: the later counts, two devices apart are marked, what the table does not allow is marked."""

from dataclasses import replace
from uuid import UUID

import pytest

from chibo.meetings.room.fold import Record, Room, fold
from tests.meaning.logs import DEVICES, PERSONS, RUBRICS, entry_id


def opening(rubric: dict[str, object] | None = RUBRICS[0]) -> Record:
    roll = [{"person": one, "kind": "official"} for one in PERSONS]
    payload = {"chair": PERSONS[0], "roll": roll, "rubric": rubric}
    return Record(entry_id(0), DEVICES[0], 1, "open", UUID(PERSONS[0]), payload, seq=1, seen=0)


def score(number: int, code: str = "1", points: int = 400, rubric: str = "a", note: str = "") -> Record:
    payload = {"rubric": rubric, "code": code, "points": points, "note": note}
    one = Record(entry_id(number), DEVICES[0], number + 1, "score", UUID(PERSONS[0]), payload)
    return replace(one, seq=number + 1, seen=number)


def looks(room: Room) -> list[str]:
    return [look.why for look in room.needs_look]


def test_the_later_score_of_a_criterion_counts() -> None:
    room = fold([score(2, points=300, note="muộn"), opening(), score(1), score(3, code="3.1", points=200)])
    assert {one.code: (one.points, one.note) for one in room.scores.values()} == {"1": (300, "muộn"), "3.1": (200, "")}
    assert looks(room) == []


def test_an_undone_score_gives_way_to_the_one_before() -> None:
    undo = replace(score(3), kind="undo", payload={"of": str(entry_id(2))})
    assert fold([opening(), score(1), score(2, points=300), undo]).scores["1"].points == 400


def test_two_devices_that_did_not_see_each_other_are_marked() -> None:
    other = replace(score(2, points=300), device=DEVICES[1], seen=1)
    assert looks(fold([opening(), score(1), other])) == ["two_devices"]
    assert looks(fold([opening(), score(1), replace(other, seen=2)])) == []
    assert looks(fold([opening(), score(1), replace(other, payload=score(1).payload)])) == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (score(2, points=600), "score_out_of_range"),
        (score(2, points=-100), "score_out_of_range"),
        (score(2, points=450), "score_between_steps"),
        (score(2, code="9"), "score_of_no_criterion"),
        (score(2, rubric="b"), "score_of_no_rubric"),
        (score(2, code="2", points=300), "score_not_due"),
    ],
)
def test_what_the_table_does_not_allow_is_kept_and_marked_and_does_not_count(given: Record, why: str) -> None:
    room = fold([opening(), score(1), given])
    assert looks(room) == [why]
    assert {one.code: one.points for one in room.scores.values()} == {"1": 400}


def test_an_opening_that_comes_later_judges_what_was_scored_before_it() -> None:
    early = replace(score(1), counter=1, device=DEVICES[1], seq=None)
    assert fold([early, replace(opening(), counter=5)]).scores["1"].points == 400


def test_a_meeting_that_is_not_scored_counts_no_score() -> None:
    room = fold([opening(None), score(1)])
    assert room.scores == {} and looks(room) == ["score_of_no_rubric"]


def test_a_score_after_the_end_joins_as_everything_does() -> None:
    """design.md section 3, rule 10: whoever had seen the end writes a correction."""
    close = replace(score(2), kind="close", payload={})
    assert looks(fold([opening(), score(1), close, score(3)])) == ["after_closing"]
    unseen = replace(score(3, points=300), device=DEVICES[1], seen=2)
    assert looks(fold([opening(), score(1), close, unseen])) == []
