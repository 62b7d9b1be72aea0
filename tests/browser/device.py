"""A person in front of a screen: taps, enters, chooses; every page on the way is looked at and every act counted."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Response, expect

from tests.browser.village import PASSWORD

LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
# A refusal (401, 409, 422) is an answer to a person, that there is no network a state of the room on a device; Chromium
# reports both as errors of the console.
ANSWERS = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED")
# What a window of 1280 × 800 holds at 200 % (WCAG 1.4.4 and 1.4.10).
ZOOMED = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}


def settings_of(address: str, shape: dict[str, object], *, script: bool = True) -> dict[str, Any]:
    """A browser as people here have it."""
    return {
        "base_url": address,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "java_script_enabled": script,
        "reduced_motion": "reduce",
        **shape,
    }


@dataclass
class Count:
    """Interactions: a tap, a field entered, a choice made. Scrolling and reading are none (issue 2)."""

    acts: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many."""
        return len(self.acts)


class Device:
    """One browser of one person. Each page that it comes to is held against axe, its width and its console."""

    # Pages that read the same, on a phone or on something wider, were looked at before.
    _known: ClassVar[set[tuple[str, bool]]] = set()

    def __init__(self, browser: Browser, address: str, shape: dict[str, object], *, script: bool = True) -> None:
        self.watch(browser.new_context(**settings_of(address, shape, script=script)), shape, script=script)

    def watch(self, context: BrowserContext, shape: dict[str, object], *, script: bool = True) -> None:
        """Sit down in front of a window."""
        context.set_default_timeout(10_000)
        self.script = script
        self.width = int(shape["viewport"]["width"])  # type: ignore[index]
        self.complaints: list[str] = []
        self.counts: list[Count] = []
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: (
                self.complaints.append(f"{said.text} {said.location.get('url')}")
                if said.type == "error" and not any(one in said.text for one in ANSWERS)
                else None
            ),
        )
        self.page.on("response", self._answered)

    # ---------- acts ----------
    def open(self, path: str) -> None:
        """Type an address; counted as nothing: a person follows links."""
        self.page.goto(path)
        self.look()

    def sign_in(self, login: str) -> None:
        """Through the sign-in page."""
        self.open("/dang-nhap/")
        self.enter("Tên đăng nhập", login)
        self.enter("Mật khẩu", PASSWORD)
        self.tick("Máy của tôi, lần sau không hỏi lại")
        self.tap("Đăng nhập")
        expect(self.page).not_to_have_url("/dang-nhap/")

    def tap(self, name: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Press the button or follow the link of a name."""
        place = within or self.page
        found = place.get_by_role("button", name=name, exact=exact).or_(
            place.get_by_role("link", name=name, exact=exact)
        )
        self.press(found.filter(visible=True).first, name)

    def press(self, found: Locator, name: str) -> None:
        """Press one thing on the page."""
        self._did(f"tap {name}")
        before = self.page.url, self._stamp()
        found.click()
        self.page.wait_for_load_state("load")
        if (self.page.url, self._stamp()) != before:
            self.look()

    def enter(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Fill a field."""
        self._did(f"enter {label}")
        (within or self.page).get_by_label(label, exact=False).first.fill(text)

    def choose(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """Choose from a list, or tick one of several."""
        self._did(f"choose {option}")
        place = (within or self.page).get_by_label(label, exact=False).first
        place.select_option(label=option)

    def tick(self, label: str, *, within: Locator | None = None) -> None:
        """Tick a box or take one of several answers."""
        self._did(f"tick {label}")
        (within or self.page).get_by_label(label, exact=False).first.check()

    # ---------- what is seen ----------
    @property
    def heading(self) -> str:
        """What the page says of itself, with plain spaces."""
        return self.page.locator("h1").first.inner_text().replace("\u00a0", " ")

    @property
    def text(self) -> str:
        """All that the page says, with plain spaces."""
        return self.page.locator("body").inner_text().replace("\u00a0", " ")

    def sees(self, *words: str) -> None:
        """Hold the page to what it must say."""
        for one in words:
            assert one in self.text, f"{self.page.url} does not say “{one}”:\n{self.text}"

    def misses(self, *words: str) -> None:
        """Hold the page to what it must not say."""
        for one in words:
            assert one not in self.text, f"{self.page.url} says “{one}”"

    @contextmanager
    def counting(self) -> Iterator[Count]:
        """Count the acts inside."""
        count = Count()
        self.counts.append(count)
        yield count
        self.counts.remove(count)

    # ---------- every page ----------
    def look(self) -> None:
        """Hold the page in front of us against axe, its width and what the console said."""
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        if not self.script:
            return
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, (
            f"{self.page.url} scrolls sideways at {self.width}: {self._too_wide()}"
        )
        looks = self.page.evaluate("document.body.innerText + document.querySelectorAll('*').length"), self.width > 600
        if looks in self._known:
            return
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        self._known.add(looks)

    def picture(self, path: Path) -> None:
        """What stands on the screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(Error):  # a page that hangs has failed the test already
            self.page.screenshot(path=path, full_page=True)

    def close(self) -> None:
        """Put the device away."""
        self.page.context.close()

    def _did(self, what: str) -> None:
        for count in self.counts:
            count.acts.append(what)

    def _stamp(self) -> str:
        """Changes with every page that is loaded."""
        return str(self.page.evaluate("performance.timeOrigin")) if self.script else ""

    def _too_wide(self) -> list[str]:
        script = """width => [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > width + 1)
            .map(one => `${one.tagName}.${one.className}`).slice(0, 8)"""
        return list(self.page.evaluate(script, self.width))

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")
