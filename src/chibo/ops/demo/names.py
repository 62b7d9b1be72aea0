"""Invented Vietnamese names, the same for the same number every time."""

import json
import zlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent


class Invented(NamedTuple):
    """An invented person: what Chibo holds of anyone, and no more."""

    name: str
    born: int
    sex: str


@lru_cache
def _pools() -> dict[str, list[str]]:
    pools: dict[str, list[str]] = json.loads((DATA / "people.json").read_text(encoding="utf-8"))
    return pools


def invented(number: int) -> Invented:
    """The invented person of a number, from 0 up: a checksum of the number picks each word.

    Two numbers may share a name, as people do; a cell's roster skips a name it already has.
    """
    sex = "female" if _picked("sex", number) % 5 < 2 else "male"
    family = _word("family", number)
    middle, given = _word(f"middle_{sex}", number), _word(f"given_{sex}", number)
    return Invented(f"{family} {middle} {given}", 1966 + _picked("born", number) % 32, sex)


def _picked(what: str, number: int) -> int:
    return zlib.crc32(f"{what} {number}".encode())


def _word(pool: str, number: int) -> str:
    words = _pools()[pool]
    return words[_picked(pool, number) % len(words)]


def roster(first: int, size: int) -> list[Invented]:
    """So many persons of one cell, counted from `first`, no name twice."""
    found: dict[str, Invented] = {}
    number = first
    while len(found) < size:
        one = invented(number)
        found.setdefault(one.name, one)
        number += 1
    return list(found.values())
