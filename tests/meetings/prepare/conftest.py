"""The cast, and a browser for each of them."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.people import People, people, sign_in  # noqa: F401 - the fixture


@pytest.fixture
def browser(people: People) -> Callable[[str], Client]:  # noqa: F811
    """A signed-in client by the name of a person of the cast; "anonymous" for nobody."""

    def open_for(name: str) -> Client:
        who = people.operator if name == "operator" else people.all().get(name)
        return sign_in(Client(), who)

    return open_for
