"""Rules of the agendas with which meetings begin."""

from datetime import date

import pytest

from chibo.meetings.agendas import KINDS, UnknownCategoryError, template_for, templates_for

CATEGORIES = [
    "hamlet",
    "street",
    "office",
    "school",
    "clinic",
    "enterprise",
    "private_enterprise",
    "students",
    "forces",
]
DAY = date(2026, 12, 3)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_regular_meeting_fills_its_90_minutes(category: str) -> None:
    assert template_for(category, "regular", DAY).minutes == 90


@pytest.mark.parametrize("category", CATEGORIES)
def test_with_a_thematic_part_added_it_fills_120_minutes(category: str) -> None:
    added = template_for(category, "thematic", DAY, alone=False)
    assert template_for(category, "regular", DAY).minutes + added.minutes == 120
    assert "closing" not in [item.kind for item in added.items]


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_steps_stand_in_the_order_of_the_circular(category: str) -> None:
    kinds = [item.kind for item in template_for(category, "regular", DAY).usual_items]
    assert list(dict.fromkeys(kinds)) == [
        "opening",
        "information",
        "ideology",
        "review",
        "discussion",
        "mass_organisations",
        "new_tasks",
        "self_criticism",
        "conclusion",
        "closing",
    ]


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("body", ["cell", "committee"])
def test_every_item_is_complete_and_named_once(category: str, body: str) -> None:
    for template in templates_for(category, body, DAY):
        keys = [item.key for item in template.items]
        assert len(keys) == len(set(keys))
        assert template.source
        for item in template.items:
            assert item.kind in KINDS
            assert item.work in ("party", "professional")
            assert item.minutes > 0
            assert item.guidance.endswith(".")
            assert "{" not in item.title_for(DAY)


@pytest.mark.parametrize("category", ["office", "school", "clinic", "enterprise", "private_enterprise"])
def test_cells_of_a_unit_keep_professional_work_apart_and_short(category: str) -> None:
    items = template_for(category, "regular", DAY).usual_items
    professional = sum(item.minutes for item in items if item.work == "professional")
    assert 0 < professional <= 10


def test_admissions_are_offered_and_not_put_in() -> None:
    template = template_for("hamlet", "regular", DAY)
    assert [item.kind for item in template.items if item.optional] == ["membership"]


def test_titles_name_the_month_and_the_one_before() -> None:
    titles = [item.title_for(date(2027, 1, 1)) for item in template_for("hamlet", "regular", DAY).items]
    assert "Kiểm điểm nghị quyết tháng\u00a012" in titles
    assert "Nhiệm vụ tháng\u00a01" in titles


def test_the_fee_report_came_with_the_circular_of_2025() -> None:
    before = template_for("hamlet", "regular", date(2025, 10, 27))
    after = template_for("hamlet", "regular", date(2025, 10, 28))
    assert "đảng phí" not in before.items[0].guidance
    assert "đảng phí" in after.items[0].guidance
    assert before.valid_to == after.valid_from
    assert "42-HD/BTCTW" in after.source


def test_a_list_known_only_from_custom_says_so() -> None:
    assert template_for("hamlet", "regular", DAY).confidence == "S"
    assert template_for("forces", "regular", DAY).confidence == "R"


def test_the_committee_prepares_the_meeting_of_the_cell() -> None:
    (template,) = templates_for("hamlet", "committee", DAY)
    assert template.part == "committee"
    assert "preparation" in [item.key for item in template.items]


def test_a_day_before_every_circular_takes_the_oldest() -> None:
    assert template_for("hamlet", "regular", date(2010, 1, 1)).valid_from == date(2018, 7, 6)


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(UnknownCategoryError):
        templates_for("circus", "cell", DAY)
