"""Rules as data: each with source, confidence and dates; the nearest organisation's wins."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from chibo.lib.uuid7 import uuid7
from chibo.members.base_of_vote import EXCLUSIONS
from chibo.rules.book import NoSuchRule, RuleBook, RuleText
from chibo.rules.load import DATA, load, shipped_rules
from chibo.rules.models import Rule

DAY = date(2026, 12, 3)
ENTRIES: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))


def text_of(confidence: str) -> RuleText:
    return RuleText("post_days_after", 2, "Đăng trong 2 ngày.", "Hướng dẫn 42-HD/BTCTW", "", confidence)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_every_rule_has_a_sentence_a_source_and_a_confidence(entry: dict[str, Any]) -> None:
    assert entry["statement"].endswith(".")
    assert entry["source"]
    assert entry["confidence"] in "VSR"
    assert date.fromisoformat(entry["valid_from"]) <= DAY


@pytest.mark.parametrize(
    ("key", "value", "confidence"),
    [
        ("regular_minimum_minutes", 90, "V"),
        ("combined_minimum_minutes", 120, "V"),
        ("papers_hours_before", 24, "V"),
        ("post_days_after", 2, "S"),
        ("regular_frequency_months", 1, "V"),
        ("thematic_per_quarter", 1, "V"),
        ("vote_fraction", "half", "V"),
        ("quorum_advice", [2, 3], "R"),
        ("late_grace_days_own", 0, "R"),
        ("late_grace_days_upward", 2, "R"),
        ("task_soft_cap", 5, "R"),
        ("task_milestones_after_days", 31, "R"),
        ("committee_from_official_members", 9, "V"),
    ],
)
def test_the_numbers_of_the_circulars(key: str, value: object, confidence: str) -> None:
    (entry,) = [entry for entry in ENTRIES if entry["key"] == key]
    assert (entry["value"], entry["confidence"]) == (value, confidence)


def test_the_exclusions_from_the_base_are_those_that_the_reckoning_knows() -> None:
    (entry,) = [entry for entry in ENTRIES if entry["key"] == "vote_base_exclusions"]
    assert entry["value"] == list(EXCLUSIONS)


def test_what_was_not_read_in_the_original_says_so_beside_its_source() -> None:
    assert text_of("V").source_line == "Hướng dẫn 42-HD/BTCTW"
    assert text_of("S").source_line == "Hướng dẫn 42-HD/BTCTW (theo bản lưu hành, chưa đối chiếu bản gốc)"
    assert text_of("R").source_line == "Hướng dẫn 42-HD/BTCTW (đặt theo thông lệ, sửa được)"


def test_a_rule_that_is_not_in_force_or_of_another_shape_is_not_guessed() -> None:
    book = RuleBook({"post_days_after": text_of("S")})
    assert book.number("post_days_after") == 2
    assert book.get("papers_hours_before") is None
    with pytest.raises(NoSuchRule):
        book.number("papers_hours_before")
    with pytest.raises(TypeError):
        book.words("post_days_after")


def test_the_same_rule_has_the_same_id_at_every_load() -> None:
    first = {rule.id for rule in shipped_rules()}
    shipped_rules.cache_clear()
    assert {rule.id for rule in shipped_rules()} == first
    assert len(first) == len(ENTRIES)


@pytest.mark.django_db
def test_the_database_holds_the_rules_of_the_file() -> None:
    book = Rule.objects.general(DAY)
    assert set(book) == {entry["key"] for entry in ENTRIES}
    assert book.number("regular_minimum_minutes") == 90
    assert book.words("vote_base_exclusions") == EXCLUSIONS


@pytest.mark.django_db
def test_a_day_before_the_circular_has_no_such_rule() -> None:
    book = Rule.objects.general(date(2025, 10, 27))
    assert "regular_minimum_minutes" not in book
    assert book["vote_fraction"].value == "half"


@pytest.mark.django_db
def test_reading_the_book_takes_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        Rule.objects.book(DAY, [uuid7(), uuid7()])


def decide(key: str, value: object, scope: Any, valid_from: date = date(2026, 1, 1)) -> Rule:
    return Rule.objects.create(
        key=key,
        value=value,
        statement="Chi bộ ít đảng viên họp ít nhất 60 phút.",
        source="Quyết định của Đảng ủy",
        confidence="V",
        valid_from=valid_from,
        scope_organisation_id=scope,
    )


@pytest.mark.django_db
def test_the_nearest_organisation_decides_and_others_are_not_touched() -> None:
    province, commune, cell = uuid7(), uuid7(), uuid7()
    decide("regular_minimum_minutes", 75, province)
    decide("regular_minimum_minutes", 60, commune)
    path = [province, commune, cell]
    assert Rule.objects.book(DAY, path).number("regular_minimum_minutes") == 60
    assert Rule.objects.book(DAY, [province]).number("regular_minimum_minutes") == 75
    assert Rule.objects.book(DAY, [uuid7()]).number("regular_minimum_minutes") == 90
    assert Rule.objects.book(date(2025, 12, 31), path).number("regular_minimum_minutes") == 90


@pytest.mark.django_db
def test_one_organisation_has_one_answer_a_day() -> None:
    scope = uuid7()
    decide("regular_minimum_minutes", 75, scope)
    with pytest.raises(IntegrityError, match="rule_once_at_a_time"):
        decide("regular_minimum_minutes", 60, scope, date(2026, 6, 1))


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_what_a_committee_decided() -> None:
    own = decide("regular_minimum_minutes", 60, uuid7())
    before = set(Rule.objects.values_list("id", flat=True))
    load()
    load()
    assert set(Rule.objects.values_list("id", flat=True)) == before
    assert own.id in before


@pytest.mark.django_db
def test_loading_puts_a_changed_rule_right_and_takes_away_one_that_was_dropped() -> None:
    Rule.objects.filter(key="task_soft_cap").update(value=50)
    decide("no_longer_a_rule", True, None)
    load()
    book = Rule.objects.general(DAY)
    assert book.number("task_soft_cap") == 5
    assert "no_longer_a_rule" not in book
