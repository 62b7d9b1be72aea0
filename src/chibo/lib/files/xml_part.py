"""The words of one XML part of an Office file, read as it streams by (lxml), with what in it reaches outside."""

from collections.abc import Iterator, Mapping

from lxml import etree

from chibo.lib.files import allowed

# What ends a line: a paragraph, a cell, a point of a diagram. A run ends none: a word may stand in two.
_LINES = {
    "p", "si", "is", "c", "f", "v", "pt", "text", "tc", "definedName", "author", "textpath",
    "oddHeader", "oddFooter", "evenHeader", "evenFooter",
}  # fmt: skip
_NAMED = {
    "string", "descr", "title", "name", "alt", "tooltip", "tag", "promptTitle", "prompt", "error", "errorTitle",
}  # fmt: skip
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DEEPEST = 500
_FETCHED = {"src", "althref"}


class Outside(ValueError):
    """The part fetches or starts something."""


class Broken(ValueError):
    """The part is no XML of an Office file."""


class Part:
    """A target of lxml's parser: it is told what the part holds, and keeps the words alone."""

    def __init__(self, *, every_element: bool) -> None:
        self.every_element = every_element
        self.text: list[str] = []
        self.attributes: list[str] = []
        self.field: list[str] = []
        self.formula: list[str] = []
        self.within = ""
        self.depth = 0
        self.relationships: list[Mapping[str, str]] = []
        self.types: list[Mapping[str, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self.within = name
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Broken
        if name == "Relationship":
            self.relationships.append(dict(attributes))
        elif name in ("Default", "Override"):
            self.types.append({"": name, **attributes})
        elif name in allowed.FETCHING:
            raise Outside
        elif name == "fldChar":
            self.field.append("\n")
        elif name in _BREAKS:
            self.text.append(_BREAKS[name])
        for key, value in attributes.items():
            self._attribute(key, value)

    def _attribute(self, full_key: str, value: str) -> None:
        space, _, key = full_key.rpartition("}")
        if key == "link" and space.endswith("/relationships"):  # a picture that stays where it is
            raise Outside
        if key in _NAMED or not value.isascii():
            self.attributes.append(value)
        if key == "instr":
            self.field += [value, "\n"]
        fetched = key in _FETCHED and allowed.leads_out(value.strip())
        if fetched or (key == "action" and allowed.ACTION.match(value)):
            raise Outside

    def data(self, text: str) -> None:
        if self.within == "instrText":
            self.field.append(text)
        elif self.within in ("f", "definedName", "formula", "formula1", "formula2"):
            self.formula.append(text)
        self.text.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        self.within = ""
        self.depth -= 1
        if self.every_element or name in _LINES:
            self.text.append("\n")
        if name == "f":
            self.formula.append("\n")
        elif name == "p":
            self.field.append("\n")

    def comment(self, text: str) -> None:
        self.text.append(f"\n{text}\n")

    def pi(self, target: str, data: str | None = None) -> None:
        """Nothing is done by an instruction."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Broken

    def close(self) -> "Part":
        return self


def part_of(content: bytes, *, every_element: bool = False, lenient: bool = False) -> Part:
    """Read a part.

    Args:
        content: its bytes.
        every_element: end a line after every element, as properties want it.
        lenient: read on over elements that are not closed.

    Raises:
        Broken: it is no XML, is too deep, or declares its own entities.
        Outside: it fetches something as it is opened, or starts something at a click.
    """
    parser = etree.XMLParser(
        target=Part(every_element=every_element),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=lenient,
    )
    try:
        for start in range(0, len(content), 1 << 16):
            parser.feed(content[start : start + (1 << 16)])
        part: Part = parser.close()
    except (etree.LxmlError, AssertionError) as error:
        raise Broken from error
    if allowed.FIELD.search("".join(part.field)) or allowed.FORMULA.search("".join(part.formula)):
        raise Outside
    return part


def lines_of(part: Part) -> Iterator[str]:
    """The words of the part, then those of its attributes, each a line."""
    yield "".join(part.text)
    yield "\n".join(part.attributes)
