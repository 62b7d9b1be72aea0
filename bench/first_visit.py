"""The first visit on a phone: bytes on the wire with an empty cache, and when the page can be used on a slow network.

400 kbps and 400 ms round trip, 360 × 640 pixels (design.md, section 6).
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.harness import Row, absolute
from bench.server import started

CASE = "first-visit"
BUDGET_KB = 60
BUDGET_SECONDS = 3
NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}


def run() -> Iterator[Row]:
    """The page of sign-in, which everybody sees first."""
    with tempfile.TemporaryDirectory(prefix="chibo-visit-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with started(Path(folder)) as (address, _):
            size, seconds = visit(f"{address}/dang-nhap/")
    yield absolute(CASE, value=size / 1000, unit="KB", budget=BUDGET_KB)
    yield absolute(f"{CASE}-usable", value=seconds, unit="s", budget=BUDGET_SECONDS)


def visit(address: str) -> tuple[int, float]:
    """Bytes received in all, and seconds until the heading shows and the main button can be pressed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
        session = page.context.new_cdp_session(page)
        received: list[int] = []

        def add(event: dict[str, Any]) -> None:
            received.append(int(event["encodedDataLength"]))

        session.on("Network.loadingFinished", add)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        begun = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator("h1").first.wait_for(state="visible")
        page.locator("main button").first.click(trial=True)
        seconds = time.perf_counter() - begun
        page.wait_for_load_state("networkidle")
        browser.close()
    return sum(received), seconds
