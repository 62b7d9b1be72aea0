"""The sheet: what the record proves is computed with its evidence, the rest is judged; no total before all is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404

from chibo.lib.dates import now
from chibo.meetings.models import Consultation, Invitee, Meeting, Posting
from chibo.meetings.prepare.announcing import announce
from chibo.meetings.room import commands, dissent, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.scoring.sheet import Sheet, sheet_of
from chibo.members.models import Person
from chibo.resolutions.models import Task
from chibo.resolutions.room import commands as deciding
from tests import make
from tests.meetings.scoring.conftest import JUDGED, all_present, an_item, give, line, old_task, opened
from tests.meetings.scoring.test_rubric import own_rubric
from tests.people import People

Read = Callable[..., Sheet]


def test_nothing_is_settled_at_the_beginning(sheet: Read) -> None:
    found = sheet()
    assert found.total is None and found.grade == "" and found.left == 9
    assert all(one.points is None and one.note == "" for one in found.lines)
    assert line(found, "7").status == "not_due" and found.due == 9500 and found.outside == 500


# ---------- What the record proves ----------
def test_the_length_counts_once_it_is_reached(sheet: Read) -> None:
    before, after = line(sheet(89), "1"), line(sheet(90), "1")
    assert before.points is None and not before.unclear
    assert before.evidence[-1] == "Họp được 89 phút, quy định ít nhất 90 phút."
    assert (after.points, after.status) == (500, "computed")
    assert after.evidence[0].startswith("Bắt đầu lúc ")


def test_a_meeting_that_ended_too_early_has_no_points_by_the_table(people: People) -> None:
    """The table says what 90 minutes are worth and not what 80 are: nothing is deducted that nobody wrote."""
    one = make.meeting(people.cell, starts_at=now() - timedelta(minutes=80))
    pen = opened(one, people)
    commands.break_off(pen=pen, why="mất điện")
    found = sheet_of(log.room_of(one))
    assert found is not None
    assert line(found, "1").points is None and line(found, "1").unclear


def test_attendance_is_a_share_of_those_who_must_come(pen: Pen, sheet: Read, expected: list[Person]) -> None:
    all_present(pen, expected[1:])
    assert line(sheet(), "2").evidence == ["Còn 1 đồng chí chưa điểm danh."]
    all_present(pen, expected[:1])
    found = line(sheet(), "2")
    assert found.points == 500
    assert found.evidence == ["Dự 7 trên 7 đảng viên phải dự, đạt 100%.", "Không có đồng chí nào vắng không lý do."]


@pytest.mark.parametrize(
    ("reason", "said", "unclear"),
    [
        ("health", "Không có đồng chí nào vắng không lý do.", True),
        ("none", "1 đồng chí vắng không lý do.", True),
        ("unknown", "1 đồng chí vắng chưa rõ lý do.", True),
    ],
)
def test_below_ninety_percent_the_meeting_judges(
    pen: Pen, sheet: Read, expected: list[Person], reason: str, said: str, unclear: bool
) -> None:
    all_present(pen, expected[1:])
    commands.call(pen=pen, members=[expected[0].pk], state="absent", reason=reason)
    found = line(sheet(), "2")
    assert found.points is None and found.unclear == unclear
    assert found.evidence == ["Dự 6 trên 7 đảng viên phải dự, đạt 85,71%.", said]


def test_the_denominator_is_the_tables(people: People, meeting: Meeting, expected: list[Person]) -> None:
    own_rubric(people.commune, attendance="without_excused")
    pen = opened(meeting, people)
    all_present(pen, expected[1:])
    commands.call(pen=pen, members=[expected[0].pk], state="absent", reason="health")
    found = sheet_of(log.room_of(meeting))
    assert found is not None and line(found, "2").points == 500
    words = "Dự 6 trên 6 đảng viên phải dự, không kể 1 đồng chí vắng có lý do, đạt 100%."
    assert line(found, "2").evidence[0] == words


def test_the_preparation_counts_as_it_was_recorded_before_the_opening(people: People) -> None:
    meeting = make.meeting(people.cell, starts_at=now() + timedelta(minutes=20))
    Consultation.objects.create(**meeting.keys, held_at=now() - timedelta(days=2), participants="x", agreed="x")
    Posting.objects.create(**meeting.keys, what="before", posted_at=now() - timedelta(days=2))
    announce(meeting=meeting, by=people.standing("lan"))
    Invitee.objects.filter(meeting=meeting).update(told_at=now())
    opened(meeting, people)
    found = sheet_of(log.room_of(meeting))
    assert found is not None
    prepared = line(found, "3.2")
    assert prepared.points == 500 and len(prepared.evidence) == 3
    # Not when: who reads the sheet need not know of a meeting of chi ủy more than that.
    assert prepared.evidence[0] == "Bí thư, phó bí thư đã hội ý trước buổi này."
    assert prepared.evidence[1].endswith("người được mời đã biết thông báo.")


def test_what_is_not_recorded_of_the_preparation_is_not_held_against_it(sheet: Read) -> None:
    found = line(sheet(), "3.2")
    assert found.points is None and not found.unclear
    assert found.evidence[0] == "Chưa ghi buổi họp chi ủy hoặc lần hội ý nào trước buổi này."


def test_the_follower_and_every_member_are_told(people: People) -> None:
    meeting = make.meeting(people.cell, starts_at=now() + timedelta(minutes=20))
    announce(meeting=meeting, by=people.standing("lan"))
    Invitee.objects.filter(meeting=meeting, is_follower=False).update(told_at=now())
    Posting.objects.create(**meeting.keys, what="before", posted_at=now() - timedelta(minutes=90))
    opened(meeting, people)
    known = {one.measure: one.value for one in log.room_of(meeting).facts.known}
    assert known["notice_percent"] is not None and known["notice_percent"] < 10000
    assert known["papers_before"] == 0 and known["committee_met"] is None


def test_old_tasks_are_told_beside_the_result(people: People, meeting: Meeting) -> None:
    old_task(people)
    pen = opened(meeting, people)
    found = sheet_of(log.room_of(meeting))
    assert found is not None and line(found, "6").evidence == ["Còn 1 việc kỳ trước chưa xem."]
    deciding.review(pen=pen, task=Task.objects.get(), result="done", cause="", new_due=None)
    found = sheet_of(log.room_of(meeting))
    assert found is not None
    assert line(found, "6").evidence == ["1 việc kỳ trước: xong 1, một phần 0, chưa xong 0, chuyển kỳ sau 0."]
    assert line(found, "6").points is None  # the table does not say what one of one is worth


def test_who_spoke_is_a_share_and_not_told_of_fewer_than_five(pen: Pen, sheet: Read, expected: list[Person]) -> None:
    commands.record_remark(pen=pen, item=an_item(pen.meeting), text="Đồng ý.", member=expected[0].pk)
    commands.record_remark(pen=pen, item=an_item(pen.meeting), text="Báo cáo.", member=expected[1].pk, presenting=True)
    all_present(pen, expected[:4])
    assert line(sheet(), "4.2").evidence == []
    all_present(pen, expected[4:])
    said = "1 trên 7 đồng chí có mặt phát biểu, không kể người trình bày."
    assert line(sheet(), "4.2").evidence == [said] and line(sheet(), "4.2").points is None


def test_where_some_spoke_without_a_name_it_lies_between_two_numbers(
    pen: Pen, sheet: Read, expected: list[Person]
) -> None:
    item = an_item(pen.meeting)
    all_present(pen, expected)
    commands.record_remark(pen=pen, item=item, text="Đồng ý.", member=expected[0].pk)
    pen.write("spoke", item=str(item.pk), count=2)
    said = "3 trên 7 đồng chí có mặt phát biểu, không kể người trình bày."
    assert line(sheet(), "4.2").evidence == [said]
    commands.record_remark(pen=pen, item=make.item(pen.meeting), text="Đồng ý.", member=expected[1].pk)
    said = "Từ 3 đến 4 trên 7 đồng chí có mặt phát biểu: có lượt không nêu tên."
    assert line(sheet(), "4.2").evidence == [said]


@pytest.mark.parametrize(
    ("rubric", "said"),
    [
        ({}, "1 trên 7 đồng chí có mặt phát biểu, không kể người trình bày."),
        ({"agreeing": True}, "2 trên 7 đồng chí có mặt phát biểu hoặc nhất trí, không kể người trình bày."),
    ],
)
def test_who_only_agrees_counts_as_speaking_where_the_table_says_so(
    people: People, meeting: Meeting, expected: list[Person], rubric: dict[str, object], said: str
) -> None:
    own_rubric(people.commune, **rubric)
    pen, item = opened(meeting, people), an_item(meeting)
    all_present(pen, expected)
    commands.record_remark(pen=pen, item=item, text="Đồng ý.", member=expected[0].pk)
    pen.write("agree", item=str(item.pk), member=str(expected[1].pk))
    found = sheet_of(log.room_of(meeting))
    assert found is not None and line(found, "4.2").evidence == [said]


def test_differing_opinions_change_nothing(pen: Pen, sheet: Read, expected: list[Person]) -> None:
    """mission.md, "never hold" 5."""
    all_present(pen, expected)
    before = sheet(95)
    raised = dissent.raise_differing(pen=pen, item=an_item(pen.meeting), text="Chưa nên.", member=expected[0].pk)
    one = log.room_of(pen.meeting).differing[raised.pk]
    dissent.support(pen=pen, differing=one, number=3)
    dissent.reserve(pen=pen, differing=one)
    assert sheet(95) == before


# ---------- What the meeting judges ----------
def test_there_is_a_total_once_every_line_that_is_due_is_settled(pen: Pen, sheet: Read, expected: list[Person]) -> None:
    all_present(pen, expected)
    for code, points in JUDGED.items():
        assert sheet(95).total is None
        give(pen, code, points)
    found = sheet(95)
    assert (found.left, found.total, found.due, found.grade) == (0, 9500, 9500, "Tốt")


@pytest.mark.parametrize(
    ("off", "grade", "between"),
    [
        (5, "Tốt", ("Tốt", "Tốt")),
        (6, "", ("Khá", "Tốt")),
        (10, "", ("Khá", "Tốt")),
        (11, "Khá", ("Khá", "Khá")),
        (25, "Khá", ("Khá", "Khá")),
        (26, "", ("Trung bình", "Khá")),
    ],
)
def test_a_word_is_said_only_where_what_is_not_due_cannot_change_it(
    pen: Pen, sheet: Read, expected: list[Person], off: int, grade: str, between: tuple[str, str]
) -> None:
    """95 points are due in the room: 89 of them are Khá or Tốt, which the line that comes later decides."""
    all_present(pen, expected)
    for code, points in JUDGED.items():
        give(pen, code, points - off * 100 if code == "6" else points, "chậm" if code == "6" else "")
    found = sheet(95)
    assert (found.grade, (found.lowest, found.highest)) == (grade, between)


def test_without_full_marks_at_the_gates_it_is_never_the_best_grade(
    people: People, meeting: Meeting, expected: list[Person]
) -> None:
    own_rubric(people.commune, gates=["2", "4.1"])
    pen = opened(meeting, people)
    all_present(pen, expected)
    for code, points in JUDGED.items():
        give(pen, code, points - 100 if code == "4.1" else points, "thiếu một bước" if code == "4.1" else "")
    at = meeting.starts_at + timedelta(minutes=95)
    found = sheet_of(log.room_of(meeting), at)
    assert found is not None and (found.total, found.grade) == (9400, "Khá")
    give(pen, "4.1", 500)
    found = sheet_of(log.room_of(meeting), at)
    assert found is not None and found.grade == "Tốt"


def test_the_meeting_may_decide_otherwise_than_the_record_and_both_are_shown(
    pen: Pen, sheet: Read, expected: list[Person]
) -> None:
    all_present(pen, expected)
    give(pen, "2", 400)
    found = line(sheet(), "2")
    assert (found.status, found.points, found.proposed, found.lacks_reason) == ("judged", 400, 500, True)
    give(pen, "2", 400, "Ba đồng chí đến muộn.")
    found = line(sheet(), "2")
    assert found.note == "Ba đồng chí đến muộn." and not found.lacks_reason and found.evidence


def test_what_is_taken_off_lacks_its_reason(pen: Pen, sheet: Read) -> None:
    give(pen, "3.1", 500)
    assert not line(sheet(), "3.1").lacks_reason
    give(pen, "3.1", 400)
    assert line(sheet(), "3.1").lacks_reason


@pytest.mark.parametrize(("code", "points"), [("3.1", 600), ("3.1", -100), ("3.1", 450), ("9", 100), ("7", 500)])
def test_the_room_takes_no_score_that_the_table_does_not_allow(pen: Pen, code: str, points: int) -> None:
    with pytest.raises(Http404):
        give(pen, code, points)


def test_a_line_for_thematic_meetings_stands_outside_where_there_is_none(people: People, meeting: Meeting) -> None:
    criteria = [{"code": "1", "words": "Một", "maximum": 90}, {"code": "2", "words": "Hai", "maximum": 10}]
    own_rubric(people.commune, criteria=[criteria[0], {**criteria[1], "thematic": True}])
    pen = opened(meeting, people)
    give(pen, "1", 8500)
    found = sheet_of(log.room_of(meeting))
    assert found is not None
    assert (line(found, "2").status, found.total, found.grade) == ("not_counted", 8500, "")
    assert (found.lowest, found.highest) == ("Khá", "Tốt")
