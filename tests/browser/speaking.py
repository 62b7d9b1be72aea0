"""Who speaks at an item of the room, as the clerk enters it: a chip at hand, or a few letters and what they find."""

import re

from playwright.sync_api import Page


def speaks(page: Page, name: str) -> None:
    """Somebody speaks: their name is tapped where it stands, else found."""
    chip = page.locator(".chip", has_text=re.compile(rf"^{re.escape(name)}(xin|vừa|đã|có|$)"))
    if chip.count():
        chip.first.click()
        return
    page.get_by_role("combobox", name="Người phát biểu").fill(name)
    page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}( khách)?$")).click()


def concludes(page: Page, words: str) -> None:
    """The chair's conclusion, in the field where remarks are typed."""
    if page.get_by_role("button", name="Kết luận", exact=True).count():
        page.get_by_role("button", name="Kết luận", exact=True).click()
    page.get_by_label("Kết luận của chủ trì", exact=True).fill(words)
    page.get_by_role("button", name="Ghi kết luận của chủ trì").click()


def put_away(page: Page) -> None:
    """The keyboard of a phone, so that all of the screen stands there again."""
    page.evaluate("document.activeElement.blur()")
