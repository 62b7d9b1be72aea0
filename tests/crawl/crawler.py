"""Follows every link and taps every button of a site as one person, and says where that person was stopped."""

from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.crawl.page import Form, Page, read

# Of one path with other values in the same fields of its query: a calendar, a list by pages, a search.
QUERIES_OF_A_PATH = 4
# The room on a device: what its address points into is drawn there.
DRAWN_BY_SCRIPT = "/phong-hop/"
# A page that says what is missing, or what bars the act, with the way out.
REFUSALS = (409, 422)
# Where every way back ends: of who has no part in anything, and of who has not signed in, all there is.
HOMES = ("/", "/dang-nhap/")
# Its screens have steps alone; they go when the room on a device is the only one (finding T24).
SERVERS_ROOM = "/phong/"


@dataclass
class Crawl:
    """What one person saw. faults: in words, each with the page on which it was met."""

    who: str
    pages: dict[str, Page] = field(default_factory=dict)
    links: int = 0
    buttons: int = 0
    routes: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The figures of a crawl, to be printed."""
        return f"{self.who:<12} {len(self.pages):>5} trang {self.links:>6} liên kết {self.buttons:>5} nút"


Wanted = Callable[[str], bool]


def crawl(client: Client, who: str, *, wanted: Wanted = lambda path: True, of_a_route: int = 1_000_000) -> Crawl:
    """Follow everything from the first page on.

    wanted: which paths are followed.
    of_a_route: how many addresses of one route are asked for, where a site has hundreds alike.
    """
    return _Walk(client, Crawl(who), wanted, of_a_route).go("/")


class _Walk:
    def __init__(self, client: Client, found: Crawl, wanted: Wanted, of_a_route: int) -> None:
        self.client, self.found, self.wanted, self.of_a_route = client, found, wanted, of_a_route
        self.routes: Counter[str] = Counter()
        self.asked: dict[str, set[str]] = {}  # address → what it can be pointed into
        self.queries: Counter[tuple[str, str]] = Counter()
        self.tapped: set[tuple[str, str]] = set()
        self.waiting: deque[tuple[str, str]] = deque()

    def go(self, start: str) -> Crawl:
        self.waiting.append((start, ""))
        while self.waiting:
            path, source = self.waiting.popleft()
            self._visit(path, source)
        self._point()
        return self.found

    def _fault(self, words: str, source: str) -> None:
        self.found.faults.append(f"{self.found.who}: {words} ‹ trên {source or 'trang đầu'} ›")

    def _visit(self, address: str, source: str) -> None:
        path = address.partition("#")[0]
        if path in self.asked or not self.wanted(path) or self._is_one_too_many(path):
            return
        self.asked[path] = set()
        with transaction.atomic():
            answer = self.client.get(path)
            content = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(answer.status_code >= 400)
        self._note(path)
        if answer.status_code in (301, 302, 303):
            self.waiting.append((answer.headers["Location"], source))
            return
        if answer.status_code >= 400:
            self._fault(f"{path} trả lời {answer.status_code}", source)
            return
        if not answer.headers.get("Content-Type", "").startswith("text/html") or b"<html" not in content:
            return
        page = read(path, content)
        self.asked[path] = page.anchors
        self._read(page, source)

    def _is_one_too_many(self, path: str) -> bool:
        """Whether enough pages like this one were asked for."""
        route = self._route(path)
        self.routes[route] += 1
        if self.routes[route] > self.of_a_route:
            return True
        whole = urlsplit(path)
        if not whole.query:
            return False
        key = whole.path, "&".join(sorted(name for name, _ in parse_qsl(whole.query, keep_blank_values=True)))
        self.queries[key] += 1
        return self.queries[key] > QUERIES_OF_A_PATH

    def _note(self, path: str) -> None:
        with suppress(Resolver404):
            self.found.routes.add(resolve(urlsplit(path).path).route)

    def _read(self, page: Page, source: str) -> None:
        self.found.pages[page.path] = page
        is_home = page.path.partition("?")[0] in HOMES
        if not (page.has_tab or page.has_way_back or is_home or SERVERS_ROOM in page.path):
            self._fault(f"{page.path} “{page.title}” không có mục nào sáng, không có lối về", source)
        for link in page.main_links:
            if link == page.path:
                self._fault(f"{page.path}: nút chính dẫn về chính trang", source)
        for link in page.links:
            self.found.links += 1
            self.waiting.append((link, page.path))
        for form in page.forms:
            if form.method == "get":
                continue
            key = self._route(form.action), form.button
            if key not in self.tapped:
                self.tapped.add(key)
                self._tap(form, page.path)

    def _route(self, path: str) -> str:
        try:
            return str(resolve(urlsplit(path).path).route)
        except Resolver404:
            return path

    def _tap(self, form: Form, source: str) -> None:
        """Tap a button as it stands, see where it leads, and take it all back."""
        self.found.buttons += 1
        typed: dict[str, list[str]] = {}
        for name, value in form.fields:
            typed.setdefault(name, []).append(value)
        with transaction.atomic():
            cookies = deepcopy(self.client.cookies)
            answer = self.client.post(form.action.partition("#")[0], typed, follow=True)
            self._note(form.action)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        if answer.status_code >= 400 and answer.status_code not in REFUSALS:
            where = answer.redirect_chain[-1][0] if answer.redirect_chain else form.action
            self._fault(f"nút “{form.button}” ({form.action}) dẫn tới {where}: {answer.status_code}", source)

    def _point(self) -> None:
        """Every link into a page points at something that is there."""
        for page in self.found.pages.values():
            for link in page.links:
                path, _, anchor = link.partition("#")
                anchors = self.asked.get(path or page.path)
                if anchor and anchors and anchor not in anchors and path != DRAWN_BY_SCRIPT:
                    self._fault(f"{link}: trên trang ấy không có “{anchor}”", page.path)
