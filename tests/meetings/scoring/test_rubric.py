"""The rubric is data of whoever issued it, frozen with the opening; which meetings are scored."""

from datetime import date
from uuid import UUID

import pytest

from chibo.lib.dates import today
from chibo.meetings.models import Body, Entry, Meeting
from chibo.meetings.room import log
from chibo.meetings.room.rubric import RULE, THEMATIC_RULE, as_frozen, points_words
from chibo.meetings.scoring.evidence import SENTENCES, measures_of
from chibo.meetings.scoring.facts import scoring_of
from chibo.orgs.models import Organisation
from chibo.rules.load import shipped_rules
from chibo.rules.models import Rule
from tests import make
from tests.meetings.scoring.conftest import opened
from tests.people import People

# domain.md 3.5, table A.
TABLE_A = {"1": 5, "2": 5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": 25, "4.3": 10, "5": 5, "6": 30, "7": 5}


def shipped() -> Rule:
    return next(one for one in shipped_rules() if one.key == RULE)


def own_rubric(of: Organisation, key: str = RULE, **changed: object) -> Rule:
    """A table of a committee's own, from this day on."""
    general = shipped()
    value = {**general.value, "key": "own", "title": "Bảng của Đảng ủy xã", "issuer": of.name, **changed}
    return Rule.objects.create(
        key=key,
        value=value,
        statement=general.statement,
        source="Quy định số 5-QĐ/ĐU",
        confidence="V",
        valid_from=today(),
        scope_organisation_id=of.pk,
    )


def test_the_table_that_comes_along_is_that_of_the_guidance() -> None:
    rule = shipped()
    criteria = rule.value["criteria"]
    assert {one["code"]: one["maximum"] for one in criteria} == TABLE_A
    assert sum(TABLE_A.values()) == 100
    assert [(one["word"], one["at_least"]) for one in rule.value["grades"]] == [
        *(("Tốt", 90), ("Khá", 70), ("Trung bình", 50), ("Kém", 0)),
    ]
    assert rule.valid_from == date(2025, 10, 28) and "42-HD/BTCTW" in rule.source
    assert as_frozen(rule.as_text())["source"].endswith("(theo bản lưu hành, chưa đối chiếu bản gốc)")


@pytest.mark.django_db
def test_what_the_table_names_as_evidence_is_known(people: People, meeting: Meeting) -> None:
    pen = opened(meeting, people)
    room = log.room_of(pen.meeting)
    assert room.rubric is not None
    known = measures_of(room, None)
    named = {name for one in room.rubric.criteria for name in one.evidence}
    bound = {when.measure for one in room.rubric.criteria for band in one.bands for when in band.when}
    assert named | bound <= set(known)


def test_nothing_that_differs_is_a_measure() -> None:
    """mission.md, "never hold" 5; and nothing is about one person (4)."""
    words = " ".join(SENTENCES.values())
    assert "ý kiến khác" not in words and "{name}" not in words and "bảo lưu" not in words


def test_the_opening_freezes_the_table_and_a_later_one_changes_nothing(people: People, meeting: Meeting) -> None:
    pen = opened(meeting, people)
    own_rubric(people.commune)
    room = log.room_of(pen.meeting)
    assert room.rubric is not None and room.rubric.key == "hd42-2025" and room.rubric.step == 100
    assert room.facts.minimum_minutes == 90 and room.facts.planned == meeting.starts_at


def test_the_nearest_committees_table_is_taken(people: People, meeting: Meeting) -> None:
    own_rubric(people.commune, step=0.5, attendance="without_excused", gates=["1"])
    room = log.room_of(opened(meeting, people).meeting)
    assert room.rubric is not None
    assert (room.rubric.title, room.rubric.step, room.rubric.gates) == ("Bảng của Đảng ủy xã", 50, ["1"])
    assert room.rubric.source == "Quy định số 5-QĐ/ĐU"


def test_a_table_of_its_own_for_a_thematic_meeting_alone(people: People) -> None:
    own_rubric(people.commune, THEMATIC_RULE)
    alone = opened(make.meeting(people.cell, starts_at=make.at(today()), kind="thematic"), people)
    both = make.meeting(people.cell, starts_at=make.at(today()))
    make.part(both, "thematic", position=2)
    combined = opened(both, people)
    keys = [one.rubric.key for one in map(log.room_of, (alone.meeting, combined.meeting)) if one.rubric]
    assert keys == ["own", "hd42-2025"]
    assert log.room_of(combined.meeting).facts.minimum_minutes == 120
    assert log.room_of(alone.meeting).facts.minimum_minutes is None


@pytest.mark.parametrize("kind", ["extraordinary", "committee", "group"])
def test_extraordinary_meetings_chi_uy_and_groups_are_not_scored(people: People, kind: str) -> None:
    day = make.at(today())
    if kind == "group":
        group = make.group(people.cell)
        make.group_member(group, people.lan)
        one = make.meeting(people.cell, starts_at=day, group=group, group_name=group.name, gatherings=2)
    elif kind == "committee":
        one = make.meeting(people.cell, starts_at=day, body=Body.COMMITTEE)
    else:
        one = make.meeting(people.cell, starts_at=day, kind=kind)
    pen = opened(one, people)
    assert log.room_of(pen.meeting).rubric is None
    assert scoring_of(one, Rule.objects.book(today(), [UUID(int=1)])) == {}
    assert "rubric" not in (Entry.objects.get(meeting=one, kind="open").payload or "")


@pytest.mark.parametrize(("points", "words"), [(500, "5"), (450, "4,5"), (425, "4,25"), (-50, "-0,5"), (0, "0")])
def test_points_are_written_as_people_write_them(points: int, words: str) -> None:
    assert points_words(points) == words
