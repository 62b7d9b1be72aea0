"""A promise in the documents names the test that fails when it breaks; that test is there."""

import re

import pytest

from chibo.ops.connection import PROJECT

NAMED = re.compile(r"`(tests/[\w./-]+)((?:::\w+)*)`(?:, `::\w+`)*")
AFTER = re.compile(r"`::(\w+)`")


def named(page: str) -> list[tuple[str, list[str]]]:
    """Each place that a page names, with the tests that it names in it."""
    found = []
    for one in NAMED.finditer((PROJECT / page).read_text(encoding="utf-8")):
        found.append((one[1], [*filter(None, one[2].split("::")), *AFTER.findall(one[0])]))
    return found


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/findings.md"])
def test_every_test_that_a_promise_names_is_there(page: str) -> None:
    places = named(page)
    assert len(places) > 20
    for path, names in places:
        place = PROJECT / path
        assert place.exists(), path
        for name in names:
            assert re.search(rf"(def|class) {name}\b", place.read_text(encoding="utf-8")), f"{path}::{name}"
