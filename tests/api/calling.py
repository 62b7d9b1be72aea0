"""Calling the API as a person of the cast, by a token of theirs."""

from typing import Any

import pytest
from django.test import Client

from chibo.api import limits
from chibo.api.models import AccessToken, last_day_after
from tests.people import People

V1 = "/api/v1/"


def token_of(people: People, name: str, *, scope: str = "read", days: int = 30, proved: bool = True) -> str:
    """A token of a person of the cast, as if it had been made on the page."""
    user = people.operator if name == "operator" else people.all()[name].user
    made = AccessToken.objects.make(user, name="Thử", scope=scope, last_day=last_day_after(days), proved=proved)
    return made.text


class Caller:
    """A program with a token; without one, anybody."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(V1 + path, query or {}, headers={**self.headers, **headers})

    def post(self, path: str, body: Any, **headers: str) -> Any:
        kind = "application/json"
        return self.client.post(V1 + path, body, content_type=kind, headers={**self.headers, **headers})


@pytest.fixture(autouse=True)
def no_calls_yet() -> None:
    """Each test begins a minute of its own."""
    limits.requests.counts.clear()
    limits.wrong_tokens.counts.clear()
