"""Rules of Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.lib.vietnamese import (
    UnusableText,
    fold,
    name_sort_key,
    no_break,
    normalise,
    number_word,
    same_word,
    sort_key,
)

SYLLABLES = st.sampled_from(
    [
        "an",
        "ăn",
        "ân",
        "ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "da",
        "đa",
        "đá",
        "em",
        "êm",
        "oa",
        "oà",
        "ơi",
        "ưu",
        "uỷ",
        "ủy",
        "Hòa",
        "hoà",
        "Nguyễn",
        "Trần",
    ]
)
TEXTS = st.lists(SYLLABLES, min_size=1, max_size=4).map(" ".join)


def test_fold_drops_marks_and_case_and_collapses_spaces() -> None:
    assert fold("  Đặng   Thị\tÚT ") == "dang thi ut"
    assert fold("NGUYỄN") == fold(unicodedata.normalize("NFD", "nguyễn")) == "nguyen"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_fold_is_the_same_in_every_unicode_form(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_letters_sort_in_the_order_of_the_vietnamese_alphabet() -> None:
    words = ["ư", "đa", "an", "ăn", "ân", "ba", "ca", "da", "ê", "em", "ên", "gà", "oa", "ôi", "ơi", "ta"]
    expected = ["an", "ăn", "ân", "ba", "ca", "da", "đa", "em", "ê", "ên", "gà", "oa", "ôi", "ơi", "ta", "ư"]
    assert sorted(words, key=sort_key) == expected


def test_tones_sort_in_dictionary_order_after_letters() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["mát", "man", "mạ"], key=sort_key) == ["mạ", "man", "mát"]


def test_words_sort_syllable_by_syllable_as_in_dictionaries() -> None:
    words = ["bà ba", "ba hoa", "ban", "ba", "bà", "ba chìm"]
    assert sorted(words, key=sort_key) == ["ba", "ba chìm", "ba hoa", "bà", "bà ba", "ban"]


def test_the_place_of_the_tone_mark_does_not_change_the_order() -> None:
    assert sort_key("hoà") == sort_key("hòa")
    assert sort_key("Uỷ") == sort_key("ủy")


@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_comparing_bytes_gives_the_same_order_as_comparing_text(texts: list[str]) -> None:
    by_bytes = sorted(texts, key=lambda text: sort_key(text).encode())
    assert [sort_key(text) for text in by_bytes] == sorted(sort_key(text) for text in texts)


@given(TEXTS, TEXTS)
def test_a_text_sorts_before_its_own_continuation(text: str, more: str) -> None:
    assert sort_key(text) < sort_key(f"{text} {more}")


@given(st.text())
def test_sort_key_can_be_stored_in_postgresql(text: str) -> None:
    assert "\x00" not in sort_key(text)


def test_people_sort_by_given_name_then_family_name() -> None:
    people = ["Trần Thị Ánh", "Lê Văn An", "Nguyễn Văn An", "Bùi Văn Ân", "Đỗ Thị Bình", "Cao Bình"]
    expected = ["Lê Văn An", "Nguyễn Văn An", "Trần Thị Ánh", "Bùi Văn Ân", "Cao Bình", "Đỗ Thị Bình"]
    assert sorted(people, key=name_sort_key) == expected


@pytest.mark.parametrize(("first", "second"), [("uỷ", "ủy"), ("Hoà", "hòa"), ("khoẻ mạnh", "khỏe  mạnh")])
def test_same_word_wherever_the_tone_mark_stands(first: str, second: str) -> None:
    assert same_word(first, second)
    assert same_word(unicodedata.normalize("NFD", first), second)


@pytest.mark.parametrize(("first", "second"), [("hòa", "hóa"), ("an", "ân"), ("da", "đa"), ("Lan", "Lan Anh")])
def test_another_tone_or_letter_is_another_word(first: str, second: str) -> None:
    assert not same_word(first, second)


def test_stored_text_is_composed_and_has_plain_line_ends() -> None:
    assert normalise(unicodedata.normalize("NFD", "Nghị quyết\r\ntháng 11\r")) == "Nghị quyết\ntháng 11\n"


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800", "\udc00"])
def test_text_that_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(UnusableText):
        normalise(text)


def test_small_counts_are_written_as_words() -> None:
    assert [number_word(number) for number in (1, 4, 10, 11)] == ["một", "bốn", "mười", "11"]


def test_no_break_leaves_no_plain_space() -> None:
    assert no_break("đồng chí Lan") == "đồng\u00a0chí\u00a0Lan"
