"""Who counts in a vote (Quy định 294-QĐ/TW, mục 9.3.2) and when a proposal passes (Điều lệ Đảng, Điều 9)."""

from fractions import Fraction as Ratio
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.lib.uuid7 import uuid7
from chibo.members.base_of_vote import (
    EXCLUSIONS,
    Base,
    Kind,
    Miscount,
    Standing,
    Voter,
    base_of_vote,
    format_hundredths,
)


def people(count: int, kind: Kind = Kind.OFFICIAL, present: bool | None = True, **facts: Any) -> list[Voter]:
    return [Voter(uuid7(), kind, present=present, **facts) for _ in range(count)]


def of_size(size: int) -> Base:
    return base_of_vote(people(size))


def hamlet() -> Base:
    """The cell of the look: 20 official members and 2 probationary ones."""
    return base_of_vote(
        people(15)
        + people(1, present=False)
        + people(2, present=False, exempt=True)
        + people(1, present=None, away=True)
        + people(1, present=False, absent_excused=True)
        + people(2, Kind.PROBATIONARY)
    )


@pytest.mark.parametrize(
    ("facts", "standing", "counted"),
    [
        ({"present": True}, Standing.PRESENT, True),
        ({"present": None}, Standing.NOT_CALLED, True),
        ({"present": None, "absent_excused": True}, Standing.NOT_CALLED, True),
        ({"present": False}, Standing.ABSENT, True),
        ({"present": False, "absent_excused": True}, Standing.ABSENT_EXCUSED, False),
        ({"present": True, "absent_excused": True}, Standing.PRESENT, True),
        ({"present": True, "exempt": True}, Standing.EXEMPT_PRESENT, True),
        ({"present": False, "exempt": True}, Standing.EXEMPT_ABSENT, False),
        ({"present": None, "exempt": True}, Standing.EXEMPT_ABSENT, False),
        ({"present": True, "away": True}, Standing.AWAY_PRESENT, True),
        ({"present": False, "away": True}, Standing.AWAY_ABSENT, False),
        ({"present": None, "away": True}, Standing.AWAY_ABSENT, False),
        ({"present": True, "left": True}, Standing.LEFT, True),
        ({"present": True, "left": True, "exempt": True}, Standing.EXEMPT_ABSENT, False),
        ({"present": True, "left": True, "away": True}, Standing.AWAY_ABSENT, False),
        ({"present": True, "suspended": True}, Standing.SUSPENDED, False),
        ({"present": True, "detained": True}, Standing.DETAINED, False),
        ({"present": True, "suspended": True, "exempt": True}, Standing.SUSPENDED, False),
    ],
)
def test_each_official_member_is_in_or_out_for_one_reason(
    facts: dict[str, Any], standing: Standing, counted: bool
) -> None:
    base = base_of_vote([Voter(uuid7(), Kind.OFFICIAL, **facts)])
    places = base.included if counted else base.excluded
    assert [place.standing for place in places] == [standing]
    assert base.size == int(counted)
    assert places[0].reason


@pytest.mark.parametrize("kind", [Kind.PROBATIONARY, Kind.TEMPORARY])
def test_probationary_members_and_temporary_arrivals_are_never_in_the_base(kind: Kind) -> None:
    flags = ("exempt", "away", "suspended", "detained", "absent_excused")
    for values in product((False, True), repeat=len(flags)):
        for present in (None, False, True):
            facts = dict(zip(flags, values, strict=True))
            assert base_of_vote([Voter(uuid7(), kind, present=present, **facts)]).size == 0


def test_bao_loc_17_official_members_one_exempt_two_absent_with_reason_make_a_base_of_14() -> None:
    base = base_of_vote(
        people(14) + people(1, present=False, exempt=True) + people(2, present=False, absent_excused=True)
    )
    assert base.size == 14
    assert base.needed() == 8
    assert base.needed("two_thirds") == 10
    assert not base.result(7)
    assert base.result(8)


def test_the_arithmetic_is_shown_line_by_line() -> None:
    assert hamlet().arithmetic == (
        ("Đảng viên chính thức", 20),
        ("Miễn sinh hoạt, không dự", -2),
        ("Sinh hoạt tạm thời nơi khác, không dự", -1),
        ("Vắng có lý do, chi bộ đồng ý", -1),
        ("Cơ sở tính", 16),
    )


def test_the_arithmetic_is_said_in_sentences() -> None:
    base = hamlet()
    assert base.arithmetic_sentence() == (
        "20 đảng viên chính thức, trừ 2 (miễn sinh hoạt, không dự), trừ 1 (sinh hoạt tạm thời nơi khác, "
        "không dự), trừ 1 (vắng có lý do, chi bộ đồng ý): cơ sở tính 16. Hơn một nửa là 9."
    )
    assert base.notes == (
        "Một đồng chí vắng chưa được xác định là có lý do vẫn tính.",
        "Hai đồng chí dự bị không biểu quyết.",
    )
    assert base.result_sentence(15) == "15/16 tán thành, 93,75%. Cần ít nhất 9. Thông qua."
    assert base.result_sentence(8) == "8/16 tán thành, 50%. Cần ít nhất 9. Không thông qua."


def test_the_lines_always_add_up() -> None:
    facts = [
        {
            "exempt": exempt,
            "away": away,
            "suspended": suspended,
            "absent_excused": excused,
            "present": present,
        }
        for exempt, away, suspended, excused in product((False, True), repeat=4)
        for present in (None, False, True)
    ]
    base = base_of_vote([Voter(uuid7(), Kind.OFFICIAL, **fact) for fact in facts])  # type: ignore[arg-type]
    (_, official), *exclusions, (_, size) = base.arithmetic
    assert official == len(facts) == len(base.included) + len(base.excluded)
    assert official + sum(count for _, count in exclusions) == size == base.size


@given(st.integers(1, 300))
def test_half_of_the_base_never_passes_and_the_next_hand_does(size: int) -> None:
    base = of_size(size)
    passing = [count for count in range(size + 1) if base.result(count)]
    assert passing == [count for count in range(size + 1) if 2 * count > size]


@given(st.integers(1, 300))
def test_two_thirds_of_the_base_passes_exactly(size: int) -> None:
    base = of_size(size)
    passing = [count for count in range(size + 1) if base.result(count, "two_thirds")]
    assert passing == [count for count in range(size + 1) if 3 * count >= 2 * size]


@given(st.integers(1, 300).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size))))
def test_a_percentage_is_the_nearest_hundredth(pair: tuple[int, int]) -> None:
    size, hands = pair
    difference = abs(Ratio(of_size(size).percent(hands)) - Ratio(hands * 10_000, size))
    assert difference <= Ratio(1, 2)


def test_percentages_are_written_with_a_comma() -> None:
    assert [format_hundredths(value) for value in (9375, 10000, 6870, 6667, 5, 0)] == [
        "93,75%",
        "100%",
        "68,7%",
        "66,67%",
        "0,05%",
        "0%",
    ]


def test_more_hands_than_the_base_are_refused() -> None:
    with pytest.raises(Miscount, match="17 nhiều hơn cơ sở tính 16"):
        hamlet().result(17)
    with pytest.raises(Miscount):
        hamlet().result(-1)


def test_hands_must_add_up_to_those_present() -> None:
    base = hamlet()
    assert base.present == 15
    base.check_count(11, 4, 0)
    with pytest.raises(Miscount, match="Cộng lại được 14, mà có 15"):
        base.check_count(11, 3, 0)
    with pytest.raises(Miscount):
        base.check_count(-1, 16, 0)


def test_an_empty_base_passes_nothing() -> None:
    base = base_of_vote(people(3, Kind.PROBATIONARY))
    assert (base.size, base.needed(), base.needed("two_thirds"), base.percent(0)) == (0, 1, 1, 0)
    assert not base.result(0)


def test_the_rule_decides_who_is_left_out() -> None:
    absent = people(1, present=False, absent_excused=True)
    assert base_of_vote(absent).size == 0
    assert base_of_vote(absent, [rule for rule in EXCLUSIONS if rule != "absent_excused"]).size == 1
    with pytest.raises(ValueError, match="probationary"):
        base_of_vote(absent, ["probationary"])
