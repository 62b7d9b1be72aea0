"""Who counts in a vote of members, and whether a proposal has passed.

A proposal passes when more than half of its base agree, not of who is there (Điều lệ Đảng, Điều 9, khoản 5).
The base of a conference of members is the official members summoned, less those named in Quy định 24-QĐ/TW and
294-QĐ/TW, mục 9.3.2. Later regulations may change who is left out, so that comes from the rule
`vote_base_exclusions`.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from uuid import UUID

from django.utils.text import capfirst

from chibo.lib.vietnamese import number_word

Fraction = Literal["half", "two_thirds"]
FRACTION_NAMES: dict[Fraction, str] = {"half": "Hơn một nửa", "two_thirds": "Ít nhất hai phần ba"}


class Kind(StrEnum):
    """How a person belongs to the cell; TEMPORARY has come from another cell for a time."""

    OFFICIAL = "official"
    PROBATIONARY = "probationary"
    TEMPORARY = "temporary"


class Standing(StrEnum):
    """Why a person is in the base or out of it."""

    PRESENT = "present"
    EXEMPT_PRESENT = "exempt_present"
    AWAY_PRESENT = "away_present"
    LEFT = "left"
    NOT_CALLED = "not_called"
    ABSENT = "absent"
    PROBATIONARY = "probationary"
    TEMPORARY = "temporary"
    SUSPENDED = "suspended"
    DETAINED = "detained"
    EXEMPT_ABSENT = "exempt_absent"
    AWAY_ABSENT = "away_absent"
    ABSENT_EXCUSED = "absent_excused"


REASONS = {
    Standing.PRESENT: "có mặt",
    Standing.EXEMPT_PRESENT: "được miễn sinh hoạt nhưng có dự nên vẫn tính",
    Standing.AWAY_PRESENT: "sinh hoạt tạm thời nơi khác nhưng có dự nên vẫn tính",
    Standing.LEFT: "đã về sớm, không còn trong phòng họp, vẫn tính",
    Standing.NOT_CALLED: "chưa điểm danh, vẫn tính",
    Standing.ABSENT: "vắng chưa được xác định là có lý do nên vẫn tính",
    Standing.PROBATIONARY: "đảng viên dự bị, không biểu quyết",
    Standing.TEMPORARY: "sinh hoạt tạm thời đến, không biểu quyết",
    Standing.SUSPENDED: "bị đình chỉ sinh hoạt",
    Standing.DETAINED: "bị khởi tố hoặc tạm giam",
    Standing.EXEMPT_ABSENT: "miễn sinh hoạt, không dự",
    Standing.AWAY_ABSENT: "sinh hoạt tạm thời nơi khác, không dự",
    Standing.ABSENT_EXCUSED: "vắng có lý do, chi bộ đồng ý",
}
HERE = (Standing.PRESENT, Standing.EXEMPT_PRESENT, Standing.AWAY_PRESENT)
# They count; whether they raised a hand, the roll does not say: it has no time at which someone left.
PERHAPS = (Standing.LEFT, Standing.NOT_CALLED)
# In the order in which the arithmetic is shown; only these can be left out by the rule.
EXCLUSIONS = (
    Standing.EXEMPT_ABSENT,
    Standing.AWAY_ABSENT,
    Standing.SUSPENDED,
    Standing.DETAINED,
    Standing.ABSENT_EXCUSED,
)


class Miscount(ValueError):
    """The hands counted cannot be right; the message says why, in Vietnamese."""


def needed(size: int, fraction: Fraction = "half") -> int:
    """The fewest votes that pass: more than half of a base, or at least two thirds of it."""
    return size // 2 + 1 if fraction == "half" else max(1, -(-2 * size // 3))


def hundredths(in_favour: int, size: int) -> int:
    """Hundredths of a percent of a base, rounded half up, by whole numbers: 15 of 16 is 9375."""
    return (in_favour * 20_000 + size) // (2 * size) if size else 0


@dataclass(frozen=True)
class Voter:
    """A person of the meeting at the moment of a vote.

    `present` is None until the roll is called; `left`: came, and has gone home since; `late`: came after the start.
    """

    person_id: UUID
    kind: Kind
    exempt: bool = False
    away: bool = False
    suspended: bool = False
    detained: bool = False
    present: bool | None = None
    absent_excused: bool = False
    left: bool = False
    late: bool = False


@dataclass(frozen=True)
class Place:
    """One person's place in the reckoning, as it is stored with the vote."""

    person_id: UUID
    standing: Standing

    @property
    def reason(self) -> str:
        """Why, in Vietnamese."""
        return REASONS[self.standing]


@dataclass(frozen=True)
class Base:
    """The base of a vote: every person with the reason in or out; how many of those in the room came late."""

    included: tuple[Place, ...]
    excluded: tuple[Place, ...]
    late: int = 0

    @property
    def size(self) -> int:
        """How many persons the base holds."""
        return len(self.included)

    @property
    def present(self) -> int:
        """How many of the base are in the room, so how many hands there can be."""
        return len(self.here)

    @property
    def here(self) -> list[UUID]:
        """Those of the base who are in the room."""
        return [place.person_id for place in self.included if place.standing in HERE]

    @property
    def fewest(self) -> int:
        """How many were in the room at any moment: what is written down now may have been counted before some came."""
        return self.present - self.late

    @property
    def most(self) -> int:
        """How many can have been there: also those who went home since, or whom nobody has called yet."""
        return self.present + sum(place.standing in PERHAPS for place in self.included)

    def needed(self, fraction: Fraction = "half") -> int:
        """The fewest hands that pass: more than half of the base, or at least two thirds of it."""
        return needed(self.size, fraction)

    def result(self, in_favour: int, fraction: Fraction = "half") -> bool:
        """Tell whether this many hands pass a proposal.

        Raises:
            Miscount: more hands than the base holds, or fewer than none.
        """
        self._refuse_impossible(in_favour)
        return in_favour >= self.needed(fraction)

    def percent(self, in_favour: int) -> int:
        """Hundredths of a percent of the base."""
        return hundredths(in_favour, self.size)

    def check_count(self, in_favour: int, against: int, abstained: int) -> None:
        """Hold a count of hands against who was in the room, as far as the roll knows.

        Raises:
            Miscount: a number below zero, or the three add up to fewer or more voters than can have been there.
        """
        for count in (in_favour, against, abstained):
            self._refuse_impossible(count)
        total = in_favour + against + abstained
        if not self.fewest <= total <= self.most:
            raise Miscount(f"Cộng lại được {total}, mà có {self.range_words}. Đồng chí đếm lại.")

    @property
    def range_words(self) -> str:
        """How many voters were in the room: "từ 13 đến 15 đồng chí chính thức có mặt (1 đến muộn, 1 đã về sớm)"."""
        number = str(self.most) if self.fewest == self.most else f"từ {self.fewest} đến {self.most}"
        places = Counter(place.standing for place in self.included)
        apart = {
            "đến muộn": self.late,
            "đã về sớm": places[Standing.LEFT],
            "chưa điểm danh": places[Standing.NOT_CALLED],
        }
        why = ", ".join(f"{count} {words}" for words, count in apart.items() if count)
        return f"{number} đồng chí chính thức có mặt{f' ({why})' if why else ''}"

    def _refuse_impossible(self, count: int) -> None:
        if count < 0:
            raise Miscount("Số đồng chí giơ tay không thể nhỏ hơn 0.")
        if count > self.size:
            raise Miscount(f"{count} nhiều hơn cơ sở tính {self.size}. Đồng chí đếm lại.")

    @property
    def arithmetic(self) -> tuple[tuple[str, int], ...]:
        """The reckoning line by line: official members, each exclusion as a negative number, the base."""
        out = Counter(place.standing for place in self.excluded)
        lines = [("Đảng viên chính thức", self.size + sum(out[standing] for standing in EXCLUSIONS))]
        lines += [(capfirst(REASONS[standing]), -out[standing]) for standing in EXCLUSIONS if out[standing]]
        return (*lines, ("Cơ sở tính", self.size))

    def arithmetic_sentence(self, fraction: Fraction = "half") -> str:
        """The reckoning in words: "20 đảng viên chính thức, trừ 2 (…): cơ sở tính 18. Hơn một nửa…"."""
        (_, official), *exclusions, (_, size) = self.arithmetic
        parts = "".join(f", trừ {-count} ({label[0].lower()}{label[1:]})" for label, count in exclusions)
        return (
            f"{official} đảng viên chính thức{parts}: cơ sở tính {size}. "
            f"{FRACTION_NAMES[fraction]} là {self.needed(fraction)}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader may wonder about: who was absent and still counts, who was there and does not vote."""
        places = Counter(place.standing for place in (*self.included, *self.excluded))
        sentences = {
            Standing.ABSENT: "đồng chí vắng chưa được xác định là có lý do vẫn tính.",
            Standing.LEFT: "đồng chí đã về sớm vẫn tính, không còn trong phòng họp.",
            Standing.NOT_CALLED: "đồng chí chưa điểm danh vẫn tính.",
            Standing.EXEMPT_PRESENT: "đồng chí được miễn sinh hoạt có dự nên vẫn tính.",
            Standing.AWAY_PRESENT: "đồng chí sinh hoạt tạm thời nơi khác có dự nên vẫn tính.",
            Standing.PROBATIONARY: "đồng chí dự bị không biểu quyết.",
            Standing.TEMPORARY: "đồng chí sinh hoạt tạm thời đến không biểu quyết.",
        }
        return tuple(
            f"{capfirst(number_word(places[standing]))} {sentence}"
            for standing, sentence in sentences.items()
            if places[standing]
        )

    def result_sentence(self, in_favour: int, fraction: Fraction = "half") -> str:
        """ "15/16 tán thành, 93,75%. Cần ít nhất 9. Thông qua."

        Raises:
            Miscount: as in `result`.
        """
        outcome = "Thông qua" if self.result(in_favour, fraction) else "Không thông qua"
        percent = format_hundredths(self.percent(in_favour))
        return f"{in_favour}/{self.size} tán thành, {percent}. Cần ít nhất {self.needed(fraction)}. {outcome}."


def base_of_vote(people: Sequence[Voter], rules: Collection[str] = EXCLUSIONS) -> Base:
    """Reckon the base of a vote.

    Args:
        people: all persons of the meeting, also those who do not vote.
        rules: the exclusions in force, the value of the rule `vote_base_exclusions`.

    Raises:
        ValueError: the rule names an exclusion that is unknown.
    """
    if unknown := set(rules) - set(EXCLUSIONS):
        raise ValueError(f"unknown exclusions: {sorted(unknown)}")
    out = {Standing(rule) for rule in rules} | {Standing.PROBATIONARY, Standing.TEMPORARY}
    places = [Place(person.person_id, _standing(person, out)) for person in people]
    return Base(
        included=tuple(place for place in places if place.standing not in out),
        excluded=tuple(place for place in places if place.standing in out),
        late=sum(one.late and place.standing in HERE for one, place in zip(people, places, strict=True)),
    )


def format_hundredths(hundredths: int) -> str:
    """9375 as "93,75%", 10000 as "100%"."""
    whole, part = divmod(hundredths, 100)
    return f"{whole},{part:02}".rstrip("0").rstrip(",") + "%" if part else f"{whole}%"


def _standing(person: Voter, out: Collection[Standing]) -> Standing:
    """The first reason that holds: what a person may never do, then who may stay away, then the roll.

    An exempt member or one transferred for a time is not expected, so "not called" means not there. Whoever has gone
    home was summoned and counts, and raises no hand.
    """
    here = person.present is True and not person.left
    reasons = {
        Standing.TEMPORARY: person.kind is Kind.TEMPORARY,
        Standing.PROBATIONARY: person.kind is Kind.PROBATIONARY,
        Standing.SUSPENDED: person.suspended and Standing.SUSPENDED in out,
        Standing.DETAINED: person.detained and Standing.DETAINED in out,
        Standing.EXEMPT_PRESENT: person.exempt and here,
        Standing.AWAY_PRESENT: person.away and here,
        Standing.EXEMPT_ABSENT: person.exempt and Standing.EXEMPT_ABSENT in out,
        Standing.AWAY_ABSENT: person.away and Standing.AWAY_ABSENT in out,
        Standing.PRESENT: here,
        Standing.LEFT: person.present is True,
        Standing.ABSENT_EXCUSED: person.present is False and person.absent_excused,
        Standing.NOT_CALLED: person.present is None,
    }
    return next((standing for standing, holds in reasons.items() if holds), Standing.ABSENT)
