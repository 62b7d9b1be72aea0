"""Whatever stands in an address or a field is answered with a page, never with a failure of ours (design.md section 2).

Every path is asked by somebody whom it lets in, with words that no form of ours would send.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.http import urlencode

from tests.access.routes import Line
from tests.access.test_routes import STARTS, address, guide, of_start, things
from tests.people import People, sign_in

__all__ = ["guide"]

# The names by which pages are asked for something.
ASKED = ("tim", "sau", "trang", "nam", "thang", "ky", "chi-bo", "loai", "loc", "mau", "muc", "noi", "vua", "tu", "den")
ODD = ("a\x00b", "²", "9" * 5000, "9999-12")
RAW = "%ff%ed%a0%80"
TYPED = ("31/12/9999", "01/01/0001", "a\x00b", "9" * 5000, "01/01/1950")
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


def whoever(line: Line) -> str:
    """Somebody whom a path lets in; who keeps most comes first."""
    for name in ("lan", "dung", "thu", "operator", "tam", "binh"):
        if name in line.who:
            return name
    return sorted(line.who)[0]


def answered(client: Client, method: str, path: str, *typed: Any) -> str:
    """What failed, as a line; empty when a page came."""
    with transaction.atomic():
        try:
            status = getattr(client, method)(path, *typed).status_code
            reason = ""
        except Exception as error:
            status, reason = 500, f"{type(error).__name__}: {str(error)[:120]}"
        transaction.set_rollback(True)
    return "" if status < 500 else f"{method} {path[:90]} {str(typed)[:200]}: {reason or status}"


def forms_of(page: str) -> dict[str, list[str]]:
    """The fields of a page with the values that it offers."""
    found: dict[str, list[str]] = {}
    for tag in FIELD.findall(page):
        said = dict(ATTRIBUTE.findall(tag))
        if "name" not in said or said["name"] == "csrfmiddlewaretoken":
            continue
        offers = said.get("type") in ("radio", "checkbox", "hidden") and said.get("value")
        found.setdefault(said["name"], []).extend([said["value"]] if offers else [])
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        found[name] = list(re.findall(r'<option[^>]*value="([^"]+)"', options))
    return found


def attempts(fields: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """The same form filled in odd ways: each word in every field that one types into, each offer once."""
    yield {}
    yield dict.fromkeys(fields, "²")
    for number, word in enumerate(TYPED):
        yield {name: offers[number % len(offers)] if offers else word for name, offers in fields.items()}


@pytest.mark.parametrize("start", STARTS)
def test_nothing_that_is_asked_or_typed_makes_a_page_fail(people: People, guide: None, start: str) -> None:
    known, failed = things(people), []
    names = (*people.all(), "operator")
    clients = {n: sign_in(Client(), people.operator if n == "operator" else people.all()[n]) for n in names}
    for route, line in of_start(start).items():
        if not line.who or route == "dang-xuat/":
            continue
        path, client = address(route, line, known), clients[whoever(line)]
        page = ""
        if line.method == "get":
            with transaction.atomic():
                answer = client.get(path)
                transaction.set_rollback(True)
            page = "" if answer.streaming or "html" not in answer.get("Content-Type", "") else answer.content.decode()
            queries = [urlencode(dict.fromkeys(ASKED, word)) for word in ODD]
            queries.append("&".join(f"{name}={RAW}" for name in ASKED))
            failed += [answered(client, "get", f"{path}?{query}") for query in queries]
        fields = forms_of(page) if page else {name: [] for name in line.typed}
        failed += [answered(client, "post", path, typed) for typed in attempts(fields)]
    failed = [one for one in failed if one]
    assert not failed, "\n".join(dict.fromkeys(failed))
