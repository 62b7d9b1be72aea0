"""The figures of a cell on a day with the reason for each person: what meetings reckon with, shown (domain.md 2.8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.members import base_of_vote as vote
from chibo.members.models import Membership
from chibo.members.roster import Counts, RosterLine, count, roster
from chibo.orgs.models import Organisation

Kind = Membership.Kind
IN_PARTY_NUMBER = {
    Kind.OFFICIAL: "đảng viên chính thức của chi bộ",
    Kind.PROBATIONARY: "đảng viên dự bị của chi bộ",
}
# On a day without a roll nobody is absent: who is summoned counts.
SUMMONED = "đảng viên chính thức được triệu tập"


@dataclass(frozen=True)
class Answer:
    """Whether a person counts in one figure, and why."""

    counts: bool
    why: str

    @property
    def sentence(self) -> str:
        """ "tính, vì đảng viên chính thức của chi bộ"."""
        return f"{'tính' if self.counts else 'không tính'}, vì {self.why}"


@dataclass(frozen=True)
class PersonFigures:
    """One person's place in the three figures."""

    line: RosterLine
    party_number: Answer
    expected: Answer
    base: Answer

    @property
    def counts_throughout(self) -> bool:
        """Whether the person counts in all three: then there is nothing to explain."""
        return self.party_number.counts and self.expected.counts and self.base.counts


@dataclass(frozen=True)
class CellFigures:
    """The figures of a cell on a day."""

    day: date
    counts: Counts
    base: vote.Base
    people: list[PersonFigures]


def figures(cell: Organisation, day: date, exclusions: Collection[str] = vote.EXCLUSIONS) -> CellFigures:
    """Reckon a cell's figures on a day by the same functions as meetings do.

    exclusions: who is left out of the base, the value of the rule `vote_base_exclusions`.
    """
    lines = roster(cell, day)
    base = vote.base_of_vote(voters(lines), exclusions)
    included = {place.person_id: place for place in base.included}
    places = included | {place.person_id: place for place in base.excluded}
    people = [
        PersonFigures(
            line,
            _party_number(line),
            _expected(line),
            _in_base(places[line.person_id], line.person_id in included),
        )
        for line in lines
    ]
    return CellFigures(day, count(lines), base, people)


def voters(lines: Sequence[RosterLine]) -> list[vote.Voter]:
    """The people of a roster as the reckoning of a vote takes them, before any roll is called."""
    return [
        vote.Voter(one.person_id, vote.Kind(one.kind), exempt=one.exempt, away=one.away, suspended=one.suspended)
        for one in lines
    ]


def _party_number(line: RosterLine) -> Answer:
    if line.kind == Kind.TEMPORARY:
        return Answer(False, "đảng viên ở nơi khác, sinh hoạt tạm thời đến")
    why = IN_PARTY_NUMBER[Kind(line.kind)]
    return Answer(True, f"{why}; tạm đi nơi khác vẫn thuộc đảng số" if line.away else why)


def _expected(line: RosterLine) -> Answer:
    reasons = [
        ("được miễn công tác và sinh hoạt đảng", line.exempt),
        ("đang sinh hoạt tạm thời nơi khác", line.away),
        ("đang bị đình chỉ sinh hoạt", line.suspended),
    ]
    found = [why for why, is_so in reasons if is_so]
    return Answer(False, ", ".join(found)) if found else Answer(True, "đang sinh hoạt ở chi bộ")


def _in_base(place: vote.Place, counts: bool) -> Answer:
    return Answer(counts, SUMMONED if place.standing is vote.Standing.NOT_CALLED else place.reason)
