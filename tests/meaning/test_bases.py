"""The bases of votes over whole evenings: people come late, go home, are called late or wrongly; votes and ballots are
taken at one moment and written down at another (domain.md 2.4, 2.8, 8.2)."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.meetings.room.bases import base_again, fits_again, taken_as
from chibo.meetings.room.deciding import secrets_of
from chibo.meetings.room.fold import Record, Room, fold
from chibo.members.base_of_vote import EXCLUSIONS, Base, base_of_vote
from tests.meaning.test_two_places import run
from tests.meaning.vectors import as_entry

SPACE = UUID(int=17)
HERE, OTHER = uuid5(SPACE, "device"), uuid5(SPACE, "other device")
RULES = [str(one) for one in EXCLUSIONS]
COUNTED = ("present", "exempt_present", "away_present")
REMOVABLE = {"vote_base", "too_many_hands"}
END = 9


@dataclass
class Guest:
    """Somebody of the cell, with what is true this evening: when they came and left; None for never."""

    id: UUID
    kind: str = "official"
    exempt: bool = False
    away: bool = False
    suspended: bool = False
    came: int | None = 0
    left: int | None = None

    def was_there(self, moment: int) -> bool:
        return self.came is not None and self.came <= moment and (self.left is None or moment < self.left)

    def called(self, moment: int, reason: str) -> dict[str, Any]:
        """What a clerk who looks round writes at a moment."""
        if self.came is None or self.came > moment:
            return {"state": "absent", "reason": reason}
        gone = self.left is not None and self.left <= moment
        return {"state": "present", "late_minutes": 10 * self.came or None, "left_early": gone or None}

    @property
    def votes(self) -> bool:
        return self.kind == "official" and not self.suspended


@dataclass
class Evening:
    """An evening as it is written down on one device; the end may be missed by another."""

    people: list[Guest]
    log: list[Record] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def write(self, kind: str, device: UUID = HERE, seen: int | None = None, **payload: Any) -> Record:
        number = len(self.log) + 1
        body = {key: value for key, value in payload.items() if value is not None}
        record = Record(uuid5(SPACE, f"entry {number}"), device, number, kind, self.people[0].id, body, seq=number)
        self.log.append(replace(record, seen=number - 1 if seen is None else seen))
        return self.log[-1]

    def call(self, one: Guest, moment: int, reason: str, **by: Any) -> None:
        line = fold(self.log).roll.get(one.id)
        need_not = one.exempt or one.away or one.suspended
        if need_not and one.came is None and (line is None or not line.state):
            return  # who need not come is written down only when they do
        self.write("attend", members=[str(one.id)], **one.called(moment, reason), **by)

    def base(self, at: int) -> Base:
        """As the device reckons it: of those whose being there the roll does not know, the clerk says it."""
        told = {one.id: one.was_there(at) for one in self.people if one.exempt or one.away}
        lines = fold(self.log).roll
        asked = {
            who for who, line in lines.items() if line.state == "present" and (line.left_early or line.late_minutes)
        }
        people = [
            replace(one, left=not told[one.person_id]) if one.person_id in told and one.person_id in asked else one
            for one in fold(self.log).voters()
        ]
        return base_of_vote(people, RULES)

    def vote(self, at: int, against: int, secret: bool, fraction: str) -> None:
        """A vote taken at a moment, by all who were there, and written down now."""
        base = self.base(at)
        hands = sum(one.votes and one.was_there(at) for one in self.people)
        no = min(against, hands)
        if not base.fewest <= hands <= base.most:
            self.refused.append(f"{hands} of {base.range_words}")
        frozen = {
            "included": [[str(one.person_id), str(one.standing)] for one in base.included],
            "excluded": [[str(one.person_id), str(one.standing)] for one in base.excluded],
            "exclusions": RULES,
            "fraction": fraction,
        }
        if not secret:
            counts = {"in_favour": hands - no, "against": no, "abstained": 0}
            self.write("vote", subject="other", title="Việc", **frozen, **counts)
            return
        rest = {"title": "Việc", "names": [], "fraction": fraction, "tellers": []}
        ballot = self.write("ballot", **rest, election=True)
        choice = {"name": "Việc", "in_favour": hands - no, "against": no, "blank": 0}
        sums = {"issued": hands, "returned": hands, "invalid": 0, "choices": [choice], "medium": "paper", "tellers": []}
        self.write("secret", of=str(ballot.id), title="Việc", **frozen, **sums)

    def recount(self) -> None:
        """The one tap on each mark that a base has."""
        room = fold(self.log)
        for entry in {one.entry for one in room.needs_look if one.why in REMOVABLE}:
            vote = taken_as(room, entry)
            assert vote is not None and fits_again(room, entry), "nobody can take this mark away"
            base = base_again(room, vote)
            parts = {"included": base.included, "excluded": base.excluded}
            places = {name: [[str(one.person_id), str(one.standing)] for one in part] for name, part in parts.items()}
            self.write("recount", of=str(entry), **places)


REASONS = st.sampled_from(["unknown", "health", "none"])


@st.composite
def people(draw: st.DrawFn) -> list[Guest]:
    found = [Guest(uuid5(SPACE, "chair"))]
    for number in range(draw(st.integers(1, 9))):
        came = draw(st.sampled_from([0, 0, 0, 2, 5, None]))
        left = draw(st.sampled_from([None, None, 3, 6, 8]))
        found.append(
            Guest(
                uuid5(SPACE, f"person {number}"),
                draw(st.sampled_from(["official"] * 4 + ["probationary", "temporary"])),
                *draw(st.sampled_from([(False, False, False)] * 4 + [(True, False, False), (False, True, False)])),
                came=came,
                left=left if came is not None and (left is None or left > came) else None,
            )
        )
    return found


@st.composite
def evenings(draw: st.DrawFn) -> Evening:
    """Truthful acts, and now and then a line called wrongly; what one knows is written down before a vote is."""
    evening = Evening(draw(people()))
    roll = [
        {"person": str(one.id), "kind": one.kind, "exempt": one.exempt, "away": one.away, "suspended": one.suspended}
        for one in evening.people
    ]
    evening.write("open", chair=str(evening.people[0].id), roll=roll)
    for now in range(END):
        act = draw(st.sampled_from(["vote", "vote", "call", "wrong", "recount", "wait"]))
        if act == "call":
            for one in draw(st.lists(st.sampled_from(evening.people), unique_by=lambda one: one.id)):
                evening.call(one, now, draw(REASONS))
        elif act == "wrong":
            one = draw(st.sampled_from(evening.people))
            evening.write("attend", members=[str(one.id)], state=draw(st.sampled_from(["absent", "present", ""])))
        elif act == "recount" and all(fits_again(fold(evening.log), one.entry) for one in fold(evening.log).needs_look):
            evening.recount()
        elif act == "vote":
            lines = fold(evening.log).roll
            for one in evening.people:
                known = bool(lines[one.id].state) or one.exempt or one.away or one.suspended
                if known or draw(st.booleans()):
                    evening.call(one, now, draw(REASONS))
            at = draw(st.integers(0, now))
            evening.vote(
                at, draw(st.integers(0, 5)), draw(st.booleans()), draw(st.sampled_from(["half", "two_thirds"]))
            )
    return evening


def put_right(evening: Evening, *, after_closing: bool) -> None:
    """The roll as it was; said by a device that had not heard of the end, where the meeting has closed."""
    known = len(evening.log)
    if after_closing:
        evening.write("close")
    for one in evening.people:
        by = {"device": OTHER, "seen": known} if after_closing else {}
        if one.came is not None or fold(evening.log).roll[one.id].state:
            evening.call(one, END, "health", **by)


@given(evenings(), st.booleans())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_sequence_of_true_acts_leaves_a_mark_that_nobody_can_take_away(
    evening: Evening, after_closing: bool
) -> None:
    assert not evening.refused, "a vote that was taken is refused"
    put_right(evening, after_closing=after_closing)
    assert {one.why for one in fold(evening.log).needs_look} <= REMOVABLE
    evening.recount()
    assert not fold(evening.log).needs_look


def all_votes(room: Room) -> list[Any]:
    return [*room.votes.values(), *secrets_of(room).values()]


def slowly(room: Room, vote: Any) -> set[str]:
    """Who counts in a vote, reckoned once more from the rule and not from the code (domain.md 2.4)."""
    there = {person for person, standing in vote.taken or vote.included if standing in COUNTED}
    base = set()
    for person, line in room.roll.items():
        if line.kind != "official" or line.suspended:
            continue
        if line.exempt or line.away:
            if line.state == "present" and str(person) in there:
                base.add(str(person))
        elif not (line.state == "absent" and line.reason in ("health", "work", "family", "away")):
            base.add(str(person))
    return base


def passes(in_favour: int, size: int, fraction: str) -> bool:
    return 2 * in_favour > size if fraction == "half" else in_favour > 0 and 3 * in_favour >= 2 * size


@given(evenings())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_slow_second_reckoning_of_each_base_agrees(evening: Evening) -> None:
    room = fold(evening.log)
    marked = {one.entry for one in room.needs_look if one.why == "vote_base"}
    for vote in all_votes(room):
        slow = slowly(room, vote)
        assert {str(one.person_id) for one in base_again(room, vote).included} == slow
        counts = [vote.in_favour] if hasattr(vote, "in_favour") else [one.in_favour for one in vote.choices]
        turned = any(passes(one, vote.size, vote.fraction) != passes(one, len(slow), vote.fraction) for one in counts)
        assert turned == (vote.id in marked)


def test_the_devices_reckon_each_base_alike(tmp_path: Path) -> None:
    cases: list[dict[str, Any]] = []

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(evenings())
    def draw(evening: Evening) -> None:
        room = fold(evening.log)
        cases.append(
            {
                "log": [as_entry(one) for one in evening.log],
                "bases": {
                    str(vote.id): [
                        [[str(one.person_id), one.standing] for one in base_again(room, vote).included],
                        fits_again(room, vote.id),
                    ]
                    for vote in all_votes(room)
                },
                "looks": sorted([str(one.entry), one.why] for one in room.needs_look),
            }
        )

    draw()
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases))
    done = run("tests/room_js/bases.test.mjs", CASES=str(file))
    assert done.returncode == 0, done.stdout[-3000:]
