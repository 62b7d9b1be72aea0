"""Markings of classified matter are found in their real forms; the word "mật" in other words is left alone."""

import unicodedata

import pytest

from chibo.lib.classified import marking_in, marking_in_name
from tests.lib.markings import MARKED, MARKED_NAMES, PLAIN, PLAIN_NAMES


def test_the_lists_are_long() -> None:
    assert len({*MARKED, *MARKED_NAMES}) >= 100 <= len({*PLAIN, *PLAIN_NAMES})


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_found(text: str) -> None:
    assert marking_in(text)


@pytest.mark.parametrize("text", MARKED)
def test_in_any_unicode_form_and_inside_a_longer_text(text: str) -> None:
    assert marking_in(unicodedata.normalize("NFD", text))
    assert marking_in(f"Nội dung sinh hoạt tháng 12.\n{text}\nChi bộ thống nhất.")


@pytest.mark.parametrize("text", PLAIN)
def test_the_word_in_other_words_is_left_alone(text: str) -> None:
    assert marking_in(text) is None
    assert marking_in(f"Nội dung sinh hoạt tháng 12.\n{text}\nChi bộ thống nhất.") is None


@pytest.mark.parametrize("name", MARKED_NAMES)
def test_a_name_of_a_file_that_is_marked(name: str) -> None:
    assert marking_in_name(name)


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_a_name_of_a_file_that_is_not(name: str) -> None:
    assert marking_in_name(name) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [("Độ mật: tối mật", "TỐI MẬT"), ("TUYỆT MẬT", "TUYỆT MẬT"), ("Mật", "MẬT"), ("BMNN", "BÍ MẬT NHÀ NƯỚC")],
)
def test_the_answer_is_the_level_and_never_the_text(text: str, level: str) -> None:
    assert marking_in(f"Chuyện riêng.\n{text}\nChuyện khác.") == level
