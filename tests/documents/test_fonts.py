"""The bundled fonts hold every Vietnamese letter in all four styles, at the widths of Times New Roman."""

import unicodedata

import pytest

from chibo.documents import fonts

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LOWER = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES} | {"đ"}
MARKED = {letter for one in LOWER for letter in (one, one.upper()) if not letter.isascii()}


@pytest.mark.parametrize("style", fonts.STYLES)
def test_every_vietnamese_letter_can_be_drawn(style: str) -> None:
    assert len(MARKED) == 134
    assert not {letter for letter in MARKED if ord(letter) not in fonts.font(style).glyphs}


def test_signs_of_official_papers_can_be_drawn() -> None:
    assert set("–—…“”‘’•≥≤×÷°½²%‰§₫→−′□") <= fonts.drawable()


@pytest.mark.parametrize(
    ("style", "letter", "width"),
    [("Regular", "a", 909), ("Regular", "M", 1821), ("Bold", "a", 1024), ("Bold", "M", 1933), ("Italic", "a", 1024)],
)
def test_widths_are_those_of_times_new_roman(style: str, letter: str, width: int) -> None:
    """The published widths of Times New Roman in parts of 2048."""
    assert fonts.font(style).width(letter, 2048) == width


def test_printable_text_is_text_that_can_be_drawn() -> None:
    assert fonts.printable("Đảng ủy\txã") == "Đảng ủy xã"
    assert fonts.printable("a\x00b\u202ec\ue000") == "abc□"


def test_the_licence_stands_beside_the_files() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text()
