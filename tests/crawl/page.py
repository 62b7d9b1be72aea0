"""A page as a person finds it: its links, its buttons, its ways back."""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement

# Attributes with which our scripts and htmx fetch something.
FETCHING = ("hx-get", "data-poll", "data-fragment", "src", "href")


@dataclass(frozen=True)
class Form:
    """A form with one of its buttons: what a browser would send when it is tapped with nothing typed."""

    action: str
    method: str
    button: str
    fields: tuple[tuple[str, str], ...]


@dataclass
class Page:
    """One page, read."""

    path: str
    title: str = ""
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    main_links: list[str] = field(default_factory=list)
    has_tab: bool = False
    has_way_back: bool = False


def read(path: str, content: bytes) -> Page:
    """Read a page. path: with its query, as it was asked for."""
    tree = lxml.html.fromstring(content.decode())
    page = Page(path)
    page.title = " ".join(tree.xpath("string(//title)").split())
    page.anchors = set(tree.xpath("//@id")) | set(tree.xpath("//a/@name"))
    for name in FETCHING:
        page.links += [urljoin(path, value) for value in tree.xpath(f"//*[@{name}]/@{name}") if _is_ours(path, value)]
    page.forms = [one for form in tree.xpath("//form") for one in _forms(path, form)]
    page.main_links = [
        urljoin(path, one.get("href"))
        for one in tree.xpath("//a[contains(concat(' ', @class, ' '), ' button-main ')][@href]")
    ]
    page.has_tab = bool(tree.xpath("//nav//a[@aria-current='page']"))
    backs = "//a[contains(concat(' ', @class, ' '), ' back ')] | //nav[@class='back']//a | //main//a[@href='/']"
    page.has_way_back = bool(tree.xpath(backs))
    return page


def _is_ours(path: str, value: str) -> bool:
    """Whether an address is of this site and of a page: not a telephone, another site, an inline picture."""
    whole = urlsplit(urljoin(f"http://testserver{path}", value))
    return whole.scheme == "http" and whole.netloc == "testserver" and not whole.path.startswith("/static/")


def _forms(path: str, form: HtmlElement) -> list[Form]:
    """The form once for each of its buttons."""
    method = (form.get("method") or "get").lower()
    action = urljoin(path, form.get("action") or path)
    fields = [pair for one in _controls(form) for pair in _value(one)]
    buttons = [one for one in form.xpath(".//button | .//input[@type='submit']") if one.get("type") != "button"]
    if form.get("id"):
        outside = form.getroottree().xpath("//button[@form=$id]", id=form.get("id"))
        buttons += outside
    found = []
    for button in buttons or [None]:
        own = []
        if button is not None and button.get("name") and button.get("disabled") is None:
            own = [(button.get("name"), button.get("value") or "")]
        there = action if button is None else urljoin(path, button.get("formaction") or action)
        words = "" if button is None else " ".join(button.text_content().split())
        found.append(Form(there, method, words, (*fields, *own)))
    return found


def _controls(form: HtmlElement) -> list[HtmlElement]:
    inside = form.xpath(".//input | .//select | .//textarea")
    outside = form.getroottree().xpath("//*[@form=$id]", id=form.get("id")) if form.get("id") else []
    return [*inside, *(one for one in outside if one.tag in ("input", "select", "textarea"))]


def _value(control: HtmlElement) -> list[tuple[str, str]]:
    """What a control sends as it stands."""
    name, kind = control.get("name"), (control.get("type") or "").lower()
    if not name or control.get("disabled") is not None or kind in ("submit", "file", "image", "button"):
        return []
    if kind in ("checkbox", "radio"):
        return [(name, control.get("value") or "on")] if control.get("checked") is not None else []
    if control.tag == "select":
        options = control.xpath(".//option")
        chosen = [one for one in options if one.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = options[:1]
        return [(name, one.get("value", one.text or "")) for one in chosen]
    if control.tag == "textarea":
        return [(name, control.text or "")]
    return [(name, control.get("value") or "")]
