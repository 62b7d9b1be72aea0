"""Vietnamese text: searching without marks, alphabetical order, one spelling, clean input."""

import re
import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# The order of tones in Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
NO_TONE = "0"
NO_BREAK_SPACE = "\u00a0"

# Each letter becomes one printable character from "A" on, so that comparing bytes follows the alphabet.
_RANK = {letter: chr(ord("A") + position) for position, letter in enumerate(ALPHABET)}
UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_QUALITY = "\u0302\u0306\u031b"
_NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


class UnusableText(ValueError):
    """Text that cannot be kept: it holds a NUL or half of a surrogate pair."""


def normalise(text: str) -> str:
    """Return the text as it is stored: Unicode NFC, lines ended by a single newline.

    Raises:
        UnusableText: the text holds a NUL or a lone surrogate, which PostgreSQL cannot store.
    """
    if UNUSABLE.search(text):
        raise UnusableText("Phần chữ có ký tự không lưu được. Đồng chí xóa ký tự lạ rồi gửi lại.")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def fold(text: str) -> str:
    """Return the text for searching: lower case, without marks, đ as d, single spaces."""
    return " ".join(filter(None, map(_bare, text.lower().split())))


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    """Strip a word of lower case of its marks. Names and headings are made of few words, so most are known."""
    if word.isascii():  # codes and numbers, each another
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn").replace("đ", "d")


@lru_cache(maxsize=8192)
def _syllable(word: str) -> tuple[str, str]:
    """Part a word in its letters (ă, â, đ, ê, ô, ơ, ư kept, other marks dropped) and its tone."""
    letters, tone = [], NO_TONE
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in TONES:
            tone = TONES[letter]
        elif letter in _QUALITY or unicodedata.category(letter) != "Mn":
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)), tone


def same_word(first: str, second: str) -> bool:
    """Tell whether two texts are the same words, wherever the tone mark stands and in any Unicode form."""
    return word_key(first) == word_key(second)


def word_key(text: str) -> str:
    """Return one string for all texts that are the same words, to look them up by."""
    return " ".join(letters + tone for letters, tone in map(_syllable, text.split()))


def sort_key(text: str) -> str:
    """Return a string whose order by code point is the Vietnamese alphabetical order, whatever the case.

    The order is that of Vietnamese dictionaries: syllable by syllable, letters first (a ă â b c d đ e ê …),
    and between the same letters the tones ngang, huyền, hỏi, ngã, sắc, nặng.
    """
    return "!".join(_syllable_key(*_syllable(word)) for word in _words(text))


def _words(text: str) -> list[str]:
    """Part a text in words: punctuation counts as a space."""
    marks = "".join(" " if unicodedata.category(letter)[0] in "PSZC" else letter for letter in text)
    return marks.split()


def _syllable_key(letters: str, tone: str) -> str:
    """A space, lower than every letter and than the "!" between words, parts the letters from the tone."""
    return "".join(_RANK.get(letter, letter) for letter in letters) + " " + tone


def name_sort_key(full_name: str) -> str:
    """Return the sort key of a person: by given name (the last word), then by family and middle names."""
    words = full_name.split()
    return sort_key(" ".join(words[-1:] + words[:-1]))


def number_word(number: int) -> str:
    """Write a count up to ten as a word ("ba việc"), a greater one in digits."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def no_break(text: str) -> str:
    """Return the text with every space made unbreakable, for "tháng 12" or "đồng chí Lan"."""
    return text.replace(" ", NO_BREAK_SPACE)
