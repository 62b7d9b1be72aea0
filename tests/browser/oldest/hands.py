"""What a person does with an old browser: presses, writes and reads what the page shows, at its place on the screen."""

import json
import time
from pathlib import Path
from typing import Any, Protocol

WITHIN = 40
# Where a page shows something to press, or a field: by what it says, or by the beginning of that.
FINDING = r"""((what, name, within) => {
  const said = (one) => {
    const seen = one.cloneNode(true);
    for (const hidden of seen.querySelectorAll(".hide")) hidden.remove();
    return seen.textContent.replace(/\s+/g, " ").trim();
  };
  const shown = (one) => one.getClientRects().length > 0;
  const lines = within ? [...document.querySelectorAll("li")] : [document.body];
  const line = lines.find((one) => shown(one) && said(one).includes(within));
  if (!line) return null;
  const all = [...line.querySelectorAll(what)].filter(shown);
  const found = all.find((one) => said(one) === name) || all.find((one) => said(one).startsWith(name));
  if (!found) return null;
  const field = found.control;
  const target = field && field.type !== "checkbox" && field.type !== "radio" ? field : found;
  target.scrollIntoView({ block: "center" });
  const box = target.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const over = document.elementFromPoint(x, y);
  return { x, y, free: over !== null && (target.contains(over) || over.contains(target)) };
})"""
CHOOSING = r"""((name, words) => {
  const field = [...document.querySelectorAll("label")].find((one) => one.textContent.trim() === name).control;
  field.value = [...field.options].find((one) => one.text.trim().startsWith(words)).value;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
})"""
READING = r"""(document.body ? document.body.innerText.replace(/\s+/g, " ") : "")"""
HEADINGS = r"""[...document.querySelectorAll("h1")].map((one) => one.innerText.replace(/\s+/g, " "))"""
# Words that stand letter under letter, and what is wider than the screen.
CRUSHED = r"""[...document.querySelectorAll("header *, main *")].filter((one) => {
  const words = [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
  const { width, height } = one.getBoundingClientRect();
  return words.length > 3 && width > 1 && width < 30 && height > 80;
}).map((one) => one.textContent.trim())"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


class OldBrowser(Protocol):
    """One window of a browser that Playwright does not know."""

    name: str
    complaints: list[str]

    def goto(self, address: str) -> None: ...
    def reload(self) -> None: ...
    def evaluate(self, expression: str) -> Any: ...
    def press(self, x: float, y: float) -> None: ...
    def write(self, text: str) -> None: ...
    def picture(self, path: Path) -> None: ...
    def close(self) -> None: ...


class Hands:
    """Two hands and a pair of eyes before one window."""

    def __init__(self, browser: OldBrowser, address: str) -> None:
        self.browser, self.address = browser, address

    # ---------- acts ----------
    def open(self, path: str, heading: str) -> None:
        """Type an address, and wait until the page says what it is."""
        self.browser.goto(self.address + path)
        self.stands(heading)

    def tap(self, name: str, *, within: str = "") -> None:
        """Press what has a name, within the line of a list that says something."""
        self._reach("button, a, summary, [role=option]", name, within)

    def enter(self, label: str, text: str) -> None:
        """Write into a field."""
        self._reach("label", label)
        self.browser.write(text)

    def tick(self, label: str) -> None:
        """Tick a box, or take one of several answers."""
        self._reach("label", label)

    def choose(self, label: str, words: str) -> None:
        """Choose from a list, which unfolds outside of the page."""
        self.browser.evaluate(_called(CHOOSING, label, words))

    # ---------- what is seen ----------
    def stands(self, heading: str) -> None:
        """Wait for the page's heading; nothing on it is crushed or too wide, and nothing has failed."""
        self._wait(f"{HEADINGS}.some((one) => one.startsWith({json.dumps(heading)}))")
        assert self.browser.complaints == [], self.browser.complaints
        assert not self.browser.evaluate(CRUSHED), (heading, self.browser.evaluate(CRUSHED))
        assert self.browser.evaluate(TOO_WIDE) <= 0, heading

    def says(self, words: str) -> None:
        """Wait until the page says something."""
        self._wait(f"{READING}.includes({json.dumps(words)})")

    def reads(self, words: str) -> bool:
        """Whether the page, as it stands, says something."""
        return bool(self.browser.evaluate(f"{READING}.includes({json.dumps(words)})"))

    def text(self, selector: str) -> list[str]:
        """What each part of the page says."""
        script = f"[...document.querySelectorAll({json.dumps(selector)})].map((one) => one.textContent.trim())"
        return list(self.browser.evaluate(script))

    def _reach(self, what: str, name: str, within: str = "") -> None:
        """Press something where it is to be seen, once it has come to rest and nothing lies over it."""
        before, found = None, self._wait(_called(FINDING, what, name, within))
        while found != before:
            time.sleep(0.1)
            before, found = found, self._wait(_called(FINDING, what, name, within))
        assert found["free"], f"something lies over “{name}”"
        self.browser.press(found["x"], found["y"])

    def _wait(self, expression: str) -> Any:
        until = time.monotonic() + WITHIN
        while not (found := self.browser.evaluate(expression)):
            if time.monotonic() > until:
                page = self.browser.evaluate(READING)
                raise AssertionError(f"{self.browser.name}: {expression}\n{self.browser.complaints}\n{page}")
            time.sleep(0.05)
        return found


def _called(function: str, *values: str) -> str:
    """A function of the page with its values."""
    return f"{function}({', '.join(json.dumps(one) for one in values)})"
