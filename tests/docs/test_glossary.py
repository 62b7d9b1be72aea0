"""Every word of the code stands in GLOSSARY.md once, with its Vietnamese term (design.md section 2, rule 8)."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import TextChoices

from chibo.lib.vietnamese import fold
from chibo.meetings import registries
from chibo.ops.connection import PROJECT

ROW = re.compile(r"^\| `([^`]+)` \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)
TEXT = (PROJECT / "GLOSSARY.md").read_text(encoding="utf-8")
ROWS = {name: (term.strip(), meaning.strip()) for name, term, meaning in ROW.findall(TEXT)}
# Terms that are written without a mark in Vietnamese too.
WITHOUT_MARKS = {"vai"}


def models() -> list[type]:
    return [one for one in apps.get_models() if one.__module__.startswith("chibo.") and not one._meta.auto_created]


def import_everything() -> None:
    """Choices that stand outside of models are known once their module was imported, whatever ran before."""
    for path in sorted((PROJECT / "src" / "chibo").rglob("*.py")):
        parts = path.relative_to(PROJECT / "src").with_suffix("").parts
        if "migrations" not in parts and parts[-1] not in ("__init__", "wsgi"):
            importlib.import_module(".".join(parts))


import_everything()


def choices(under: type = TextChoices) -> Iterator[type[TextChoices]]:
    for one in under.__subclasses__():
        if one.__module__.startswith("chibo."):
            yield one
        yield from choices(one)


def test_every_model_is_there() -> None:
    assert {one.__qualname__ for one in models()} - ROWS.keys() == set()


@pytest.mark.parametrize("one", list(choices()), ids=lambda one: one.__qualname__)
def test_every_choice_is_there_with_all_its_values_in_order(one: type[TextChoices]) -> None:
    assert one.__qualname__ in ROWS
    assert re.findall(r"`([^`]+)`", ROWS[one.__qualname__][1]) == list(one.values)


def test_every_kind_of_entry_is_there() -> None:
    assert set(registries.entry_kinds) - ROWS.keys() == set()


def test_fields_that_are_there_exist() -> None:
    by_name = {one.__qualname__: one for one in models()}
    named = {name for name in ROWS if name.partition(".")[0] in by_name and "." in name}
    assert {name for name in named if not hasattr(by_name[name.partition(".")[0]], name.partition(".")[2])} == set()


def test_no_word_of_the_code_stands_twice() -> None:
    assert [name for name, times in Counter(name for name, *_ in ROW.findall(TEXT)).items() if times > 1] == []


def test_no_vietnamese_term_stands_for_two_things() -> None:
    assert [term for term, times in Counter(term for term, _ in ROWS.values()).items() if times > 1] == []


def test_every_term_is_vietnamese() -> None:
    plain = {name for name, (term, _) in ROWS.items() if fold(term) == term.lower() and term not in WITHOUT_MARKS}
    assert plain == set()
