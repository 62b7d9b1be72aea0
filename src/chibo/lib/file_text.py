"""The words of a file, as far as they can be read with what is at hand: Office files, PDF, plain text.

It serves to look for the markings of classified matter, nothing else; what is read is kept nowhere. Its limits are
said to people: words in pictures and scans, and in a PDF that is locked or sets its letters in a way of its own, are
not read.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

MOST_BYTES = 64 * 1024 * 1024
_OFFICE_PARTS = re.compile(
    r"^(docProps/(core|app|custom)\.xml|word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(sharedStrings|workbook|worksheets/sheet\d+|comments\d*|drawings/drawing\d+)\.xml"
    r"|ppt/(slides/slide\d+|notesSlides/notesSlide\d+|slideMasters/slideMaster\d+|slideLayouts/slideLayout\d+)\.xml)$"
)
_END_OF_TEXT = re.compile(r"</(?:w:p|a:p|si|is|c|(?:dc|cp|vt|dcterms):\w+|Title|Subject|Company|Manager|Category)>")
_TAB = re.compile(r"<w:(?:tab|br)/>")
_TAG = re.compile(r"<[^>]*>")
# Words of a watermark, of a picture's description, of a worksheet's page header, of its name.
_ATTRIBUTE = re.compile(r"\b(?:string|descr|title|name)=\"([^\"]{1,200})\"")
_PAGE_HEADER = re.compile(r"&amp;(?:[LCR]|\"[^\"]*\"|\d+|[BIUESXY])")


def texts_of(content: bytes, ending: str) -> Iterator[str]:
    """Every text of a file, part by part; nothing of a kind that is not known."""
    if ending in (".docx", ".xlsx", ".pptx"):
        yield from _office(content)
    elif ending == ".pdf":
        yield from _pdf(content)
    elif ending == ".txt":
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        yield content.decode(encoding, errors="replace")


# ---------- Office ----------
def _office(content: bytes) -> Iterator[str]:
    """The parts of an Office file that hold words, its properties too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            left = MOST_BYTES
            for info in archive.infolist():
                if not _OFFICE_PARTS.match(info.filename):
                    continue
                with archive.open(info) as part:
                    found = part.read(max(0, left))
                left -= len(found)
                yield words_of_xml(found.decode("utf-8", errors="replace"))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError):
        return  # broken or locked: whoever takes the file in says so


def words_of_xml(xml: str) -> str:
    """A line a paragraph or cell, without tags; the words of watermarks and descriptions after them."""
    attributes = _ATTRIBUTE.findall(xml)
    lines = _TAG.sub("", _TAB.sub("\t", _END_OF_TEXT.sub("\n", xml)))
    return html.unescape("\n".join([_PAGE_HEADER.sub("\n", lines), *attributes]))


# ---------- PDF ----------
_STREAM = re.compile(rb"stream\r?\n")
_SHOWN = re.compile(rb"\((?:\\.|[^()\\])*\)|<[0-9A-Fa-f\s]+>|\bT[dDmj*]\b|\bTJ\b|\bET\b|-\d{3,}", re.DOTALL)
_PROPERTY = re.compile(rb"/(?:Title|Subject|Keywords|Author)\s*(\((?:\\.|[^()\\])*\)|<[0-9A-Fa-f\s]+>)", re.DOTALL)
_CHARACTERS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[(.*?)\])", re.DOTALL)
_ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r?\n)")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MOST_STREAMS = 4000


def _pdf(content: bytes) -> Iterator[str]:
    """The properties, then the shown text: as plain letters, and read by each font's own map of its glyphs.

    Which font stands behind which text is not followed: every text is read by every map, and a marking shows in the
    one that is right.
    """
    streams = list(_streams(content))
    for source in (content, *streams):
        yield from (_plain_string(found) for found in _PROPERTY.findall(source))
    maps = [found for stream in streams if b"beginbf" in stream and (found := _glyphs(stream))]
    pages = [stream for stream in streams if b"TJ" in stream or b"Tj" in stream]
    for page in pages:
        parts = _SHOWN.findall(page)
        yield _lines(parts, _latin)
        for glyphs in maps:
            yield _lines(parts, lambda raw, glyphs=glyphs: _by_map(raw, glyphs))


def _streams(content: bytes) -> Iterator[bytes]:
    """Every stream, unpacked where it is packed by Flate; pictures do not unpack into text and do no harm."""
    left = MOST_BYTES
    for number, found in enumerate(_STREAM.finditer(content)):
        if number >= _MOST_STREAMS or left <= 0:
            return
        end = content.find(b"endstream", found.end())
        raw = content[found.end() : end if end >= 0 else len(content)]
        try:
            unpacked = zlib.decompressobj().decompress(raw, min(left, 8 * 1024 * 1024))
        except zlib.error:
            unpacked = raw if len(raw) < 1024 * 1024 else b""
        left -= len(unpacked)
        yield unpacked


def _glyphs(cmap: bytes) -> dict[int, str]:
    """A font's map from the numbers of its glyphs to letters (ToUnicode)."""
    found: dict[int, str] = {}
    for kind, body in _CHARACTERS.findall(cmap):
        if kind == b"char":
            codes = _HEX.findall(body)
            found |= {_number(code): _utf16(text) for code, text in zip(codes[::2], codes[1::2], strict=False)}
            continue
        for first, last, start, listed in _RANGE.findall(body):
            low, high = _number(first), min(_number(last), _number(first) + 65535)
            if start:
                base = _utf16(start)
                for code in range(low, high + 1):
                    if base and ord(base[-1]) + code - low < 0x110000:
                        found[code] = base[:-1] + chr(ord(base[-1]) + code - low)
            else:
                found |= {low + place: _utf16(text) for place, text in enumerate(_HEX.findall(listed))}
    return found


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _utf16(digits: bytes) -> str:
    bare = b"".join(digits.split())
    return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode()).decode("utf-16-be", errors="replace")


def _lines(parts: list[bytes], read: object) -> str:
    """The shown strings in order; a move to another line is one here, a wide gap is a space."""
    out: list[str] = []
    for part in parts:
        if part[:1] in (b"(", b"<"):
            out.append(read(_bytes_of(part)))  # type: ignore[operator]
        elif part in (b"Td", b"TD", b"Tm", b"T*", b"ET"):
            out.append("\n")
        elif part.startswith(b"-"):
            out.append(" ")
    return "".join(out)


def _bytes_of(part: bytes) -> bytes:
    """What a PDF string holds."""
    if part.startswith(b"<"):
        bare = b"".join(part[1:-1].split())
        return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode())
    return _ESCAPED.sub(_unescape, part[1:-1])


def _unescape(found: re.Match[bytes]) -> bytes:
    what = found.group(1)
    if what.isdigit():
        return bytes([int(what, 8) & 255])
    return _ESCAPES.get(what, b"" if what.endswith(b"\n") else what)


def _plain_string(part: bytes) -> str:
    """A string of the properties: UTF-16 where it begins so, else UTF-8 or Latin."""
    raw = _bytes_of(part)
    if raw[:2] == b"\xfe\xff":
        return raw[2:].decode("utf-16-be", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _latin(raw: bytes) -> str:
    return raw.decode("latin-1")


def _by_map(raw: bytes, glyphs: dict[int, str]) -> str:
    """Glyphs of two bytes each, as the fonts of Vietnamese text have them; of one where the map knows no other."""
    if max(glyphs) < 256:
        return "".join(glyphs.get(byte, "") for byte in raw)
    pairs = zip(raw[::2], raw[1::2], strict=False)
    return "".join(glyphs.get(high << 8 | low, "") for high, low in pairs)
