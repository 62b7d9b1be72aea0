"""The layout is data: every value has a source, and the version in force follows the day."""

from dataclasses import fields, replace
from datetime import date

from chibo.documents.layout import HD05, LAYOUTS, Layout, layout_on

NEXT = replace(HD05, name="tiếp theo", valid_from=date(2028, 1, 1), body_size=15)


def test_every_value_has_a_source_and_how_well_it_is_known() -> None:
    values = {field.name for field in fields(Layout)} - {"name", "valid_from", "sources"}
    for layout in LAYOUTS:
        assert layout.sources.keys() == values
        assert {source.confidence for source in layout.sources.values()} <= {"V", "S", "R", "own"}


def test_what_was_not_read_in_the_original_is_not_called_verified() -> None:
    assert HD05.sources["margin_left"].confidence == "S"
    assert HD05.sources["party_size"].confidence == "V"


def test_the_layout_in_force_follows_the_day() -> None:
    layouts = (NEXT, HD05)
    assert layout_on(date(2026, 12, 3), layouts) is HD05
    assert layout_on(date(2027, 12, 31), layouts) is HD05
    assert layout_on(date(2028, 1, 1), layouts) is NEXT


def test_before_the_first_layout_known_the_first_is_used() -> None:
    assert layout_on(date(2020, 1, 1)) is HD05
