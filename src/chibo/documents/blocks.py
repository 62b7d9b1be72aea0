"""What a paper says, apart from how it looks: frozen blocks that become DOCX, PDF and plain text alike.

Numbers and dashes are part of the text, as on the official forms, and not a word processor's own lists: so every
renderer shows the same letters, and copying the text loses none.
"""

import datetime
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, Self

from chibo.documents.fonts import printable
from chibo.lib.dates import format_date_long
from chibo.lib.vietnamese import NO_BREAK_SPACE, no_break

LETTERS = "abcdđeghiklmnopqrstuvxy"
# The words that an unnumbered print carries (a meeting closed without a network gets its number later).
NO_NUMBER = "chưa có số"
FICTITIOUS = "Số liệu hư cấu"
FORMAT_VERSION = 1


class MalformedDocument(ValueError):
    """Stored content that is no document: an unknown block, a field too many or missing."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one weight and slant."""

    text: str
    bold: bool = False
    italic: bool = False


Content = str | tuple[Run, ...]


def runs(content: Content) -> tuple[Run, ...]:
    """The runs of a content; plain text is one upright run."""
    return (Run(content),) if isinstance(content, str) else content


def text_of(content: Content) -> str:
    """The bare text of a content."""
    return "".join(run.text for run in runs(content))


def letter(number: int) -> str:
    """The letter of a point, counted from 1: a b c d đ e g h i k, as Party papers count."""
    return LETTERS[number - 1]


def roman(number: int) -> str:
    """The Roman number of a part, from 1 to 39."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is "I- ", 2 is "1. ", 3 is "a) "; without a number it stands bare."""

    level: Literal[1, 2, 3]
    content: Content
    number: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. Justified with its first line indented, or "plain" without indent, "centre", "right"."""

    content: Content
    style: Literal["body", "plain", "centre", "right"] = "body"


@dataclass(frozen=True)
class Item:
    """A line of a list: a dash, a letter "a) " or a number "1. "."""

    content: Content
    mark: Literal["dash", "letter", "number"] = "dash"
    number: int | None = None

    def __post_init__(self) -> None:
        if (self.mark == "dash") != (self.number is None):
            raise ValueError("a dash has no number, a letter or number has one")

    @property
    def label(self) -> str:
        """What stands before the text."""
        if self.number is None:
            return "- "
        return f"{letter(self.number)}) " if self.mark == "letter" else f"{self.number}. "


@dataclass(frozen=True)
class KeyValue:
    """A line "Thời gian: 19 giờ 30", its key in bold."""

    key: str
    content: Content


@dataclass(frozen=True)
class Column:
    """A table's column: its title, its share of the width, and how its cells align."""

    title: str
    share: float = 1
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """A ruled table; its header is repeated on each page and a row never breaks across pages."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has one cell a column")


@dataclass(frozen=True)
class Space:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True)
class PageBreak:
    """What follows starts a new page, such as an annex."""


Block = Heading | Paragraph | Item | KeyValue | Table | Space | PageBreak


@dataclass(frozen=True)
class Signature:
    """Who signs: "T/M CHI BỘ" / "BÍ THƯ" / room for the pen / the full name, without academic titles.

    On minutes the authority is the part played ("NGƯỜI GHI BIÊN BẢN") and the title is empty. `note` stands small in
    the room for the pen, such as "Đã ký lúc 21:19, 03/12/2026".
    """

    authority: str
    title: str = ""
    name: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole paper.

    Arguments:
        parent_name, issuer_name: "Đảng ủy xã Hàm Thuận", "Chi bộ thôn Phú Hòa"; set in capitals.
        symbol: what follows the number, "NQ/CB" (DocumentType.symbol); empty for a paper without a number.
        number: None while it has none; then the print says so.
        place, date: of the date line; a date of None leaves the day open for the pen.
        kind_title, subject: "NGHỊ QUYẾT", "Lãnh đạo thực hiện nhiệm vụ tháng 12 năm 2026".
        addressees: "Kính gửi" of an invitation.
        recipients: "Nơi nhận", without dashes and end marks; the last is the copy kept, "Lưu Chi bộ".
        signatures: one, or two side by side (minutes: the clerk left, the chair right).
        annex: what is attached below the signatures, on a page of its own.
        fictitious: every page says "Số liệu hư cấu".
    """

    parent_name: str
    issuer_name: str
    symbol: str
    place: str
    date: datetime.date | None
    kind_title: str
    subject: str
    body: tuple[Block, ...]
    number: int | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    annex: tuple[Block, ...] = ()
    fictitious: bool = False

    def __post_init__(self) -> None:
        if len(self.signatures) > 2:
            raise ValueError("a paper has at most two signatures")

    @property
    def lacks_number(self) -> bool:
        """Whether a number belongs on this paper and is not there yet."""
        return bool(self.symbol) and self.number is None

    @property
    def title(self) -> str:
        """The paper named in one line: "Nghị quyết số 05-NQ/CB: Lãnh đạo thực hiện nhiệm vụ tháng 12"."""
        numbered = f" số {self.number:02}-{self.symbol}" if self.symbol and self.number else ""
        return f"{self.kind_title.capitalize()}{numbered}: {self.subject}"

    @property
    def date_line(self) -> str:
        """ "Hàm Thuận, ngày 05 tháng 02 năm 2026", or with room for the pen."""
        gap = NO_BREAK_SPACE * 6
        day = format_date_long(self.date) if self.date else no_break(f"ngày{gap}tháng{gap}năm{gap}")
        return f"{self.place}, {day}"

    def numbered(self, number: int) -> Self:
        """The same paper with its number."""
        return replace(self, number=number)

    def printable(self) -> Self:
        """The same paper with only what can be printed (see fonts.printable), for the renderers."""
        changed: Self = _each_text(self, printable)
        return changed

    def to_json(self) -> dict[str, Any]:
        """The content as plain data, to be stored when it is signed."""
        return {"version": FORMAT_VERSION, **_encode(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read stored content.

        Raises:
            MalformedDocument: the data is no document of this version.
        """
        data = dict(data)
        if data.pop("version", None) != FORMAT_VERSION:
            raise MalformedDocument("content of an unknown version")
        if data.get("date"):
            data["date"] = datetime.date.fromisoformat(data["date"])
        document = _decode(data)
        if not isinstance(document, cls):
            raise MalformedDocument("content that is no document")
        return document


def _each_text(value: Any, change: Any) -> Any:
    """Return the same frozen value with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_each_text(part, change) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _each_text(getattr(value, field.name), change) for field in fields(value)})
    return value


def _encode(value: Any) -> Any:
    """Blocks as objects that name their type, tuples as lists, a date as its ISO form."""
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
        return {"type": type(value).__name__, **parts}
    return value


_TYPES: dict[str, Any] = {
    one.__name__: one
    for one in (Run, Heading, Paragraph, Item, KeyValue, Column, Table, Space, PageBreak, Signature, Document)
}


def _decode(value: Any) -> Any:
    """The inverse of _encode, but for dates."""
    if isinstance(value, list):
        return tuple(_decode(part) for part in value)
    if isinstance(value, dict):
        parts = dict(value)
        try:
            one = _TYPES[parts.pop("type")]
            return one(**{name: _decode(part) for name, part in parts.items()})
        except (KeyError, TypeError, ValueError) as error:
            raise MalformedDocument(f"content that cannot be read: {error}") from error
    return value


def blocks_to_json(blocks: tuple[Block, ...]) -> list[Any]:
    """Blocks alone as plain data: a section of minutes is stored so."""
    encoded: list[Any] = _encode(blocks)
    return encoded


def blocks_from_json(data: list[Any]) -> tuple[Block, ...]:
    """Read stored blocks.

    Raises:
        MalformedDocument: the data is no list of blocks.
    """
    blocks: tuple[Block, ...] = _decode(data)
    return blocks
