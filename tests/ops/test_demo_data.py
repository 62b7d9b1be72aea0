"""The demo's data keeps the rules that the program holds people to, and names nobody who exists."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chibo.access.models import Office
from chibo.meetings.models import AgendaItem, Reason
from chibo.ops.demo import names, shift
from chibo.orgs.models import Category
from chibo.resolutions.models import Progress, Review

DEMO = Path(shift.__file__).parent
STORIES = sorted(path.stem for path in (DEMO / "story").glob("*.json"))


def load(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def story(key: str) -> Any:
    return load(f"story/{key}.json")


def walk(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every (name, leaf) in a structure."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, None
            yield from walk(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, key)
    else:
        yield key, value


def expected(members: list[Any], day: str) -> list[Any]:
    """Members who have to come that day: neither exempt nor away for a time, nor guests from another cell."""
    return [
        one
        for one in members
        if one["joined"] <= day
        and not one.get("temporary")
        and one.get("exempt_from", "9") > day
        and one.get("away_from", "9") > day
    ]


def is_official(member: Any, day: str) -> bool:
    return bool(member["official"]) and member["official"] <= day


def test_the_province_has_its_124_real_units() -> None:
    units = load("lam_dong.json")["units"]
    assert len(units) == 124 == len({unit["code"] for unit in units})
    assert [unit["name"] for unit in units if unit["kind"] == "đặc khu"] == ["Phú Quý"]


def test_communes_of_the_story_do_not_exist() -> None:
    real = {unit["name"] for unit in load("lam_dong.json")["units"]}
    assert not real & {commune["name"] for commune in load("cells.json")["communes"]}


def test_sixty_cells_of_every_category_and_eight_with_a_story() -> None:
    cells = load("cells.json")["cells"]
    assert len(cells) == 60 == len({cell["key"] for cell in cells}) == len({cell["code"] for cell in cells})
    assert {cell["category"] for cell in cells} == set(Category.values)
    assert sorted(cell["key"] for cell in cells if cell["story"]) == STORIES
    assert len(STORIES) == 8


def test_the_other_cells_add_up_and_have_topics() -> None:
    topics = load("short.json")
    for cell in load("cells.json")["cells"]:
        group = "residential" if cell["category"] in ("hamlet", "street") else cell["category"]
        assert len(topics[group]) >= 6
        if not cell["story"]:
            official = cell["members"] - cell["probationary"]
            assert official - cell["exempt"] - cell["away"] >= 3
            assert cell["committee"] == (official >= 9)


def test_people_above_hold_offices_that_exist() -> None:
    data = load("cells.json")
    places = {commune["key"] for commune in data["communes"]} | {data["province"]["key"]}
    for one in data["people_above"]:
        assert one["office"] in {*Office.values, "operator"}
        assert one["organisation"] in places
    followed = {key for one in data["people_above"] for key in one.get("follows", [])}
    assert followed <= {cell["key"] for cell in data["cells"]}


@pytest.mark.parametrize("key", STORIES)
def test_values_are_those_of_the_models(key: str) -> None:
    data = story(key)
    for member in data["members"]:
        assert set(member["offices"]) <= set(Office.values)
    for meeting in data["meetings"]:
        assert {item["kind"] for item in meeting["agenda"]} <= set(AgendaItem.Kind.values)
        assert {item["work"] for item in meeting["agenda"]} <= set(AgendaItem.Work.values)
        assert {row["reason"] for row in meeting["absent"]} <= set(Reason.values)
        assert {row["result"] for row in meeting["reviews"]} <= set(Review.Result.values)
    assert {row["state"] for row in data["progress"]} <= set(Progress.State.values)


@pytest.mark.parametrize("key", STORIES)
def test_whoever_speaks_presents_or_leads_is_there(key: str) -> None:
    data = story(key)
    joined = {member["key"]: member["joined"] for member in data["members"]}
    for meeting in data["meetings"]:
        absent = {row["member"] for row in meeting["absent"]}
        in_room = {meeting["chair"], meeting["clerk"]}
        for item in meeting["agenda"]:
            in_room |= {item["presenter"], *(remark["speaker"] for remark in item["remarks"])}
        given = {one for task in meeting["tasks"] for one in (task["lead"], *task["helpers"])}
        assert not in_room & absent, meeting["period"]
        assert all(joined[one] <= meeting["date"] for one in in_room | given | absent), meeting["period"]


@pytest.mark.parametrize("key", STORIES)
def test_counts_agree_with_the_roster(key: str) -> None:
    data = story(key)
    for meeting in data["meetings"]:
        day, count = meeting["date"], meeting["count"]
        due = expected(data["members"], day)
        reasons = {row["member"]: row["reason"] for row in meeting["absent"]}
        assert set(reasons) <= {one["key"] for one in due}
        assert count["present"] + count["absent"] == count["expected"] == len(due), meeting["period"]
        base = [one for one in due if is_official(one, day) and reasons.get(one["key"], "unknown") == "unknown"]
        assert count["base"] == len(base), meeting["period"]


@pytest.mark.parametrize("key", STORIES)
def test_votes_fit_their_base_and_pass(key: str) -> None:
    for meeting in story(key)["meetings"]:
        titles = {item["title"] for item in meeting["agenda"]}
        for vote in meeting["votes"]:
            hands = vote["in_favour"] + vote["against"] + vote["abstained"]
            assert hands <= meeting["count"]["official_present"] <= vote["base"] == meeting["count"]["base"]
            assert vote["in_favour"] * 2 > vote["base"]
            assert vote["item"] is None or vote["item"] in titles


@pytest.mark.parametrize("key", STORIES)
def test_every_open_task_is_reviewed_at_each_meeting(key: str) -> None:
    waiting: list[str] = []
    for meeting in story(key)["meetings"]:
        assert [row["task"] for row in meeting["reviews"]] == waiting, meeting["period"]
        for row in meeting["reviews"]:
            assert row["note"]
            assert row["result"] == "done" or row["new_due"] > meeting["date"]
        waiting = [row["task"] for row in meeting["reviews"] if row["result"] != "done"]
        waiting += [task["id"] for task in meeting["tasks"]]


@pytest.mark.parametrize("key", STORIES)
def test_tasks_are_few_dated_after_the_meeting_and_say_how_they_are_checked(key: str) -> None:
    for meeting in story(key)["meetings"]:
        assert 1 <= len(meeting["tasks"]) <= 4
        for task in meeting["tasks"]:
            assert meeting["date"] < task["due"]
            assert all(meeting["date"] < step["due"] <= task["due"] for step in task["milestones"]), task["id"]
            assert task["check"] and len(task["what"]) <= 300 and task["lead"] not in task["helpers"]


@pytest.mark.parametrize("key", STORIES)
def test_meetings_are_a_month_apart_and_prepared_before(key: str) -> None:
    meetings = story(key)["meetings"]
    periods = [meeting["period"] for meeting in meetings]
    assert periods == sorted(set(periods))
    if key != "thon-dan-hiep":
        assert len(periods) == 12
    for meeting in meetings:
        assert meeting["date"][:7] == meeting["period"]
        assert meeting["start"] < meeting["end"]
        if meeting["committee"]:
            assert meeting["committee"]["date"] < meeting["date"]
            assert meeting["committee"]["summary"]


def test_everyone_of_the_main_cell_speaks_enough() -> None:
    for meeting in story("phu-hoa")["meetings"]:
        assert 6 <= sum(len(item["remarks"]) for item in meeting["agenda"]) <= 13
    planned = story("phu-hoa")["planned"]
    assert planned["announced"] is None
    assert max(len(item["questions"]) for item in planned["agenda"]) == 2


@pytest.mark.parametrize("key", STORIES)
def test_the_months_of_a_cell_are_not_copies_of_each_other(key: str) -> None:
    said = [r["text"] for m in story(key)["meetings"] for item in m["agenda"] for r in item["remarks"]]
    whats = [task["what"] for meeting in story(key)["meetings"] for task in meeting["tasks"]]
    assert len(said) == len(set(said)) and len(whats) == len(set(whats))


@pytest.mark.parametrize("name", [*(f"story/{key}.json" for key in STORIES), "cells.json"])
def test_nothing_is_held_that_must_never_be(name: str) -> None:
    """mission.md, "never hold" 8: no citizen number, ethnicity, religion, address or family of a person."""
    never = {"ethnicity", "religion", "address", "citizen_number", "dan_toc", "ton_giao", "dia_chi", "cccd"}
    for key, value in walk(load(name)):
        assert key not in never
        if isinstance(value, str):
            assert not re.search(r"\b\d{9,12}\b|dân tộc thiểu số|người Kinh|theo đạo|nhà số \d", value), value


def test_the_seed_stands_on_one_agenda_with_its_own_date() -> None:
    found = [
        item["information"]
        for meeting in story("phu-hoa")["meetings"]
        for item in meeting["agenda"]
        if "information" in item
    ]
    assert [one["date"] for one in found] == ["2014-09-09"]
    assert "chất lượng sinh hoạt chi bộ" in (DEMO / found[0]["file"]).read_text(encoding="utf-8")


def test_names_are_the_same_every_time_and_differ_within_a_cell() -> None:
    assert names.roster(1600, 34) == names.roster(1600, 34)
    assert len({one.name for one in names.roster(1600, 34)}) == 34


def test_the_story_ends_with_the_month_just_gone() -> None:
    assert shift.months_from_story(date(2026, 11, 24)) == 0
    assert shift.months_from_story(date(2026, 12, 3)) == 0
    assert shift.months_from_story(date(2026, 12, 4)) == 1
    assert shift.months_from_story(date(2027, 11, 3)) == 11


def test_sentences_move_with_their_dates_and_sources_stay() -> None:
    text = "Họp ngày 31/12, hạn 05/01/2027; từ tháng 12 có 14/14 việc; Kết luận ngày 09/9/2014."
    assert shift.shifted_text(text, 2) == (
        "Họp ngày 28/02, hạn 05/03/2027; từ tháng 2 có 14/14 việc; Kết luận ngày 09/9/2014."
    )
    assert shift.shifted_text(text, 0) == text
