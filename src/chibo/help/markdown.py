"""The little Markdown that the users' guide is written in, as safe HTML.

Known: headings, paragraphs, numbered and plain lists, quotes, pictures alone in a paragraph, bold, links. All else is
text and is escaped. A guide that needs more is too complicated for its readers.
"""

import re
from collections.abc import Callable, Iterator

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Address = Callable[[str], str]

HEADING = re.compile(r"(#{1,3}) (.+)")
PICTURE = re.compile(r"!\[([^]]*)\]\(([^)\s]+)\)")
ITEM = re.compile(r"(?:-|\d+\.) ")
INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<text>[^]]+)\]\((?P<link>[^)\s]+)\)")


def html_of(text: str, *, link: Address, picture: Address) -> SafeString:
    """Render a text.

    link, picture: turn an address as written in the file into one that a page can use.
    """
    return mark_safe("\n".join(_block(block, link, picture) for block in _blocks(text)))  # noqa: S308 (built of escaped parts)


def title_of(text: str) -> str:
    """The first heading, without its mark."""
    first = text.partition("\n")[0]
    return first.removeprefix("# ").strip()


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, which empty lines part; comments are left out."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    return (block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip())


def _block(block: str, link: Address, picture: Address) -> SafeString:
    """One block by its first signs."""
    if found := HEADING.fullmatch(block):
        return format_html("<h{0}>{1}</h{0}>", len(found[1]), _inline(found[2], link))
    if found := PICTURE.fullmatch(block):
        if not (source := picture(found[2])):
            return SafeString("")
        return format_html('<p class="guide-picture"><img src="{}" alt="{}" loading="lazy"></p>', source, found[1])
    if ITEM.match(block):
        name = "ul" if block.startswith("-") else "ol"
        items = format_html_join("", "<li>{}</li>", ((_inline(item, link),) for item in _items(block)))
        return format_html("<{0}>{1}</{0}>", mark_safe(name), items)  # noqa: S308 (one of two words)
    if block.startswith("> "):
        inside = " ".join(line.removeprefix(">").strip() for line in block.splitlines())
        return format_html('<p class="guide-note">{}</p>', _inline(inside, link))
    return format_html("<p>{}</p>", _inline(" ".join(block.split()), link))


def _items(block: str) -> list[str]:
    """The items of a list; a line that begins with a space goes on with the item before it."""
    items: list[str] = []
    for line in block.splitlines():
        if ITEM.match(line):
            items.append(ITEM.sub("", line, count=1))
        elif items:
            items[-1] += f" {line.strip()}"
    return items


def _inline(text: str, link: Address) -> SafeString:
    """Bold and links inside a line; all else escaped."""
    parts, end = [], 0
    for found in INLINE.finditer(text):
        parts.append(escape(text[end : found.start()]))
        if found["bold"]:
            parts.append(format_html("<b>{}</b>", found["bold"]))
        else:
            parts.append(format_html('<a href="{}">{}</a>', link(found["link"]), found["text"]))
        end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 (escaped above)
