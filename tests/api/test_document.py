"""The document of the API in git is the program's own; programs of others are written from it."""

from typing import Any

import pytest

from chibo.api.problems import MEANING
from chibo.api.site import document
from tests.api.conftest import As
from tests.api.document import PLACE, as_text, now
from tests.people import People


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, verb, one) for path, verbs in document()["paths"].items() for verb, one in verbs.items()]


def test_the_document_in_git_is_that_of_the_program() -> None:
    assert PLACE.read_text(encoding="utf-8") == now(), "bin/openapi writes it anew"


def test_it_is_served(people: People, calling: As) -> None:
    assert as_text(calling().get("openapi.json").json()) == now()


def test_every_operation_says_what_it_is_and_how_it_refuses() -> None:
    for path, verb, one in operations():
        assert one["summary"] and one["description"], (path, verb)
        assert {"400", "401", "429"} <= {str(status) for status in one["responses"]}, (path, verb)
        assert ("{" in path) == ("404" in {str(status) for status in one["responses"]}), (path, verb)


def test_only_one_operation_writes() -> None:
    assert [(path, verb) for path, verb, _ in operations() if verb != "get"] == [
        ("/api/v1/tasks/{task_id}/progress", "post")
    ]


@pytest.mark.parametrize("code", MEANING)
def test_every_refusal_is_a_whole_vietnamese_sentence(code: str) -> None:
    _, sentence = MEANING[code]
    assert sentence[0].isupper() and sentence.endswith(".")
