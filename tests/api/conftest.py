"""Fixtures of the tests of the API."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.api.calling import Caller, no_calls_yet, token_of  # noqa: F401 (a fixture)
from tests.people import People

As = Callable[..., Caller]


@pytest.fixture
def calling(people: People) -> As:
    """`calling("lan")`: a program with a token of Lan's, whose second factor is set up, as officers must have one."""

    def with_token(name: str = "", **fields: Any) -> Caller:
        if not name:
            return Caller()
        user = people.operator if name == "operator" else people.all()[name].user
        Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": ""}})
        return Caller(token_of(people, name, **fields))

    return with_token
