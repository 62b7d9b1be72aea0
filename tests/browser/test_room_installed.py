"""The room on a device as `bin/start` serves it: collected, compressed, under names that hold their digest."""

import http.client
import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.killing import Reach
from tests.ops.conftest import data, port
from tests.ops.starting import started

__all__ = ["data", "port"]
pytestmark = [pytest.mark.browser, pytest.mark.process]
# What the whole room may weigh the first time, in bytes on the wire, heads included. Browsers take Brotli over https
# and from the machine itself, the only places where a room can be kept; what a proxy turns into gzip is heavier.
FIRST_LOAD = {"br": 137 * 1024, "gzip": 171 * 1024}
NOTHING = "Chưa có buổi họp nào trên máy này"
ADDRESSES = """() => caches.keys()
    .then((all) => caches.open(all[0])).then((one) => one.keys())
    .then((all) => all.map((one) => new URL(one.url).pathname))"""


def fetched(port: int, path: str, encoding: str) -> tuple[int, bytes]:
    """What an answer weighs on the wire, head and body, and its body as it came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, path
    assert answer.headers["Content-Encoding"] == encoding or path.endswith(".png"), path
    return len(body) + len(str(answer.headers).encode()), body


def weighed(port: int, encoding: str, kept: list[str]) -> dict[str, int]:
    """What each answer of the first load weighs in one encoding. kept: what the worker has put into its cache."""
    # The worker fetches singly what the page has loaded already: that comes from the browser's cache.
    singly = [path for path in kept if re.search(r"/boot\.|\.css$|\.svg$", path)]
    own = ["/phong-hop/", "/phong-hop/sw.js", "/phong-hop/kich-ban.json", "/phong-hop/phong-hop.webmanifest"]
    with urlopen(f"http://127.0.0.1:{port}{own[-1]}", timeout=30) as manifest:
        icons = [one["src"] for one in json.load(manifest)["icons"]]
    return {path: fetched(port, path, encoding)[0] for path in (*own, *singly, *icons)}


def test_it_loads_within_its_budget_and_opens_after_the_server_has_gone(
    browser: Browser, data: Path, port: int
) -> None:
    said: list[str] = []
    with started(data, port):
        reach = Reach(f"http://127.0.0.1:{port}")
        context = browser.new_context(base_url=reach.address)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto("/phong-hop/")
        expect(page.get_by_role("heading", level=1)).to_have_text(NOTHING, timeout=30_000)
        came = reach.answered
        kept = page.evaluate(ADDRESSES)
        weight = {encoding: weighed(port, encoding, kept) for encoding in FIRST_LOAD}
        reach.go()
    total = {encoding: sum(parts.values()) for encoding, parts in weight.items()}
    print("first load, bytes on the wire:", total, "to this browser, without what it did not ask for:", came)  # noqa: T201
    assert any(re.search(r"/fold\.[0-9a-f]{12}\.js$", path) for path in kept), kept
    for encoding, most in FIRST_LOAD.items():
        assert total[encoding] <= most, (total, weight[encoding])
    assert came <= total["br"], "the browser was sent more than is reckoned here"
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOTHING, timeout=30_000)
    assert said == []
    context.close()
