"""Schemathesis on the whole API, from its own document: whatever is asked, by whomever, the answer is one that the
document names, and never an error of the machine. Through the WSGI application, with the real database.
"""

import random
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode

from chibo.lib.dates import now
from chibo.wsgi import application
from tests import make
from tests.api.conftest import As
from tests.people import People

# Who asks: a member who may write, a follower, an officer of the commune, one of the province, nobody.
CALLERS = ("binh", "khanh", "dung", "thu", "")
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


def ask(case: Case, known: dict[str, list[Any]], caller: Any, chance: random.Random) -> None:
    """Send one request, mostly about something that is there, and hold the answer to the document."""
    for name in case.path_parameters or {}:
        if name in known and chance.random() < 0.8:
            case.path_parameters[name] = str(chance.choice(known[name]))
    case.call_and_validate(headers=caller.headers)


def every_operation(people: People, known: dict[str, list[Any]], calling: As, examples: int) -> int:
    """Ask everything as everybody; gives how many requests were sent."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for name in CALLERS:
            caller = calling(name, scope="progress")
            chance = random.Random(name)
            for mode in MODES:

                @settings(
                    max_examples=examples,
                    deadline=None,
                    database=None,
                    derandomize=True,
                    suppress_health_check=list(HealthCheck),
                    phases=[Phase.generate],
                )
                @given(case=operation.as_strategy(generation_mode=mode))
                def requests(case: Case, caller: Any = caller, chance: random.Random = chance) -> None:
                    nonlocal asked
                    asked += 1
                    ask(case, known, caller, chance)

                requests()
    return asked


@pytest.fixture
def unlimited(settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 1_000_000


def test_no_request_breaks_it(people: People, known: dict[str, list[Any]], calling: As, unlimited: None) -> None:
    assert every_operation(people, known, calling, examples=4) > 300


@pytest.mark.long
def test_no_request_breaks_it_at_length(
    people: People, known: dict[str, list[Any]], calling: As, unlimited: None
) -> None:
    assert every_operation(people, known, calling, examples=60) > 3000
