"""The room on a device as `bin/start` serves it: collected, compressed, under names that hold their digest."""

import http.client
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.ops.conftest import data, port
from tests.ops.starting import started

__all__ = ["data", "port"]
pytestmark = [pytest.mark.browser, pytest.mark.process]
FIRST_LOAD = 120 * 1024
NOTHING = "Chưa có buổi họp nào trên máy này"
ADDRESSES = """() => caches.keys()
    .then((all) => caches.open(all[0])).then((one) => one.keys())
    .then((all) => all.map((one) => new URL(one.url).pathname))"""


def fetched(port: int, path: str) -> tuple[int, bytes]:
    """What an answer weighs on the wire, head and body, and its body as it came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, path
    return len(body) + len(str(answer.headers).encode()), body


def test_it_loads_within_its_budget_and_opens_after_the_server_has_gone(
    browser: Browser, data: Path, port: int
) -> None:
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    with started(data, port):
        page.goto("/phong-hop/")
        expect(page.get_by_role("heading", level=1)).to_have_text(NOTHING, timeout=30_000)
        addresses = page.evaluate(ADDRESSES)
        manifest = json.loads(fetched(port, "/phong-hop/phong-hop.webmanifest")[1])
        # The worker fetches singly what the page has loaded already: that comes from the browser's cache.
        singly = [path for path in addresses if re.search(r"/boot\.|\.css$|\.svg$", path)]
        own = ["/phong-hop/", "/phong-hop/sw.js", "/phong-hop/kich-ban.json"]
        icons = ["/phong-hop/phong-hop.webmanifest", *(one["src"] for one in manifest["icons"])]
        weight = {path: fetched(port, path)[0] for path in (*own, *singly, *icons)}
        total = sum(weight.values())
    assert any(re.search(r"/fold\.[0-9a-f]{12}\.js$", path) for path in addresses), addresses
    assert total <= FIRST_LOAD, (total, weight)
    print("first load, bytes on the wire:", total)  # noqa: T201
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOTHING, timeout=30_000)
    assert said == []
    context.close()
