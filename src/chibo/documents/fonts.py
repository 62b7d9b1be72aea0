"""The bundled fonts: which characters they can draw, and how wide a line is.

The PDF standard PDF/A refuses a character that the font lacks, so what cannot be drawn must be known before.
"""

import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Tinos"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
# Stands where a character cannot be drawn, such as an emoji. The record itself keeps what was typed.
CANNOT_BE_DRAWN = "\u25a1"


@dataclass(frozen=True)
class Font:
    """One style: the glyph of each character, and the width of each glyph in parts of the type size."""

    glyphs: dict[int, int]
    widths: tuple[float, ...]

    def width(self, text: str, size: float) -> float:
        """The width of a line in points, without kerning."""
        return size * sum(self.widths[self.glyphs.get(ord(letter), 0)] for letter in text)


@lru_cache
def font(style: str) -> Font:
    """Read a bundled font file (OpenType tables cmap, head, hhea, hmtx)."""
    data = (FOLDER / f"{FAMILY}-{style}.ttf").read_bytes()
    tables = {
        data[start : start + 4].decode(): struct.unpack_from(">I", data, start + 8)[0]
        for start in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    metrics = struct.unpack_from(f">{count * 2}H", data, tables["hmtx"])
    glyphs = _glyphs(data, tables["cmap"])
    # Glyphs past the listed ones are as wide as the last.
    widths = list(metrics[::2]) + [metrics[-2]] * (max(glyphs.values()) + 1 - count)
    return Font(glyphs, tuple(width / units for width in widths))


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Read the Unicode subtable of format 4, the one that Tinos has."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    records = (struct.unpack_from(">HHI", data, cmap + 4 + 8 * number) for number in range(count))
    table = next(cmap + offset for platform, encoding, offset in records if (platform, encoding) == (3, 1))
    kind, segments = struct.unpack_from(">H", data, table)[0], struct.unpack_from(">H", data, table + 6)[0] // 2
    if kind != 4:
        raise ValueError(f"the font has a character table of format {kind}, not 4")
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", data, table + start)
        for start in (14, 16 + 2 * segments, 16 + 4 * segments, 16 + 6 * segments)
    )
    glyphs = {}
    for segment in range(segments):
        for code in range(starts[segment], ends[segment] + 1):
            glyph = code
            if offsets[segment]:
                place = 16 + 6 * segments + 2 * segment + offsets[segment] + 2 * (code - starts[segment])
                glyph = struct.unpack_from(">H", data, table + place)[0]
            if glyph and (glyph := (glyph + deltas[segment]) & 0xFFFF):
                glyphs[code] = glyph
    return glyphs


@lru_cache
def drawable() -> frozenset[str]:
    """Every character that all four styles can draw."""
    return frozenset.intersection(*(frozenset(map(chr, font(style).glyphs)) for style in STYLES))


def printable(text: str) -> str:
    """Return the text as a paper can show it.

    One form of each letter (NFC); a tab becomes a space; control and invisible formatting characters go, since
    some turn the direction of a line or break the DOCX; private characters and those that the font lacks become □.
    """
    return "".join(_printable(letter) for letter in unicodedata.normalize("NFC", text))


def _printable(letter: str) -> str:
    if letter in " \n":
        return letter
    if letter == "\t":
        return " "
    category = unicodedata.category(letter)
    if category in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return ""
    return letter if letter in drawable() and category != "Co" else CANNOT_BE_DRAWN
