"""Schemathesis on the whole API, from its own document: whatever is asked, by whomever, the answer is one that the
document names, and never an error of the machine. Through the WSGI application, with the real database.
"""

import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import positive_data_acceptance

from chibo.lib.dates import now
from chibo.wsgi import application
from tests import make
from tests.api.conftest import As
from tests.people import People

# Who asks: a member who may write, a follower, an officer of the commune, one of the province, nobody.
CALLERS = ("binh", "khanh", "dung", "thu", "")
# A schema cannot say which cursor is ours, nor which task has a target: what fits it may be refused with 422.
NOT_HELD = [positive_data_acceptance]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def known(people: People) -> dict[str, list[Any]]:
    """What the paths are about, of which some requests are to find something."""
    signed = make.signed(people.cell, submitted_at=now(), reported_at=now())
    return {
        "organisation_id": [people.cell.pk, people.commune.pk, people.province.pk, people.sibling.pk],
        "cell_id": [people.cell.pk, people.sibling.pk],
        "meeting_id": [people.meeting.pk, signed.pk],
        "resolution_id": [make.resolution(signed, signed_at=now(), reported_at=now()).pk],
        "task_id": [make.task(signed, people.binh, reported_at=now()).pk, make.task(signed, people.binh, target=5).pk],
    }


class Asking:
    """One caller asking one operation: requests that fit the document, or do not, mostly about what is there."""

    def __init__(self, caller: Any, known: dict[str, list[Any]], name: str) -> None:
        self.caller, self.known, self.chance = caller, known, random.Random(name)
        self.asked = 0

    def many(self, operation: Any, mode: GenerationMode, examples: int) -> None:
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def requests(case: Case) -> None:
            self.one(case, fits=mode == GenerationMode.POSITIVE)

        with suppress(Unsatisfiable):  # what asks for nothing cannot be asked wrongly
            requests()

    def one(self, case: Case, *, fits: bool) -> None:
        """Send it, and hold the answer to the document."""
        for name in case.path_parameters or {}:
            if fits and self.chance.random() < 0.8:
                case.path_parameters[name] = str(self.chance.choice(self.known[name]))
        self.asked += 1
        case.call_and_validate(headers=self.caller.headers, excluded_checks=NOT_HELD)


def every_operation(known: dict[str, list[Any]], calling: As, examples: int) -> int:
    """Ask everything as everybody; gives how many requests were sent."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for verbs in schema.raw_schema["paths"].values():
        for one in verbs.values():
            one.pop("security", None)  # who asks is chosen here; headers that are no token: test_tokens
    operations = [found.ok() for found in schema.get_all_operations()]
    asked = 0
    for name in CALLERS:
        asking = Asking(calling(name, scope="progress"), known, name)
        for operation in operations:
            for mode in MODES:
                asking.many(operation, mode, examples)
        asked += asking.asked
    return asked


@pytest.fixture
def unlimited(settings: Any) -> Iterator[None]:
    """No limit; and the application leaves the test's own connection open, as Django's test client has it."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_request_breaks_it(known: dict[str, list[Any]], calling: As, unlimited: None) -> None:
    assert every_operation(known, calling, examples=8) > 800


@pytest.mark.long
@pytest.mark.longest
def test_no_request_breaks_it_at_length(known: dict[str, list[Any]], calling: As, unlimited: None) -> None:
    assert every_operation(known, calling, examples=30) > 2000
