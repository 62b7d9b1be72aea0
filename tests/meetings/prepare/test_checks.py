"""Advice on a programme, and the one next step: each rule holds, with its source."""

from datetime import timedelta

import pytest

from chibo.access.models import TermOfOffice
from chibo.lib.dates import at, now
from chibo.meetings.models import Consultation, Invitee, Meeting, Posting, State
from chibo.meetings.prepare.announcing import announce
from chibo.meetings.prepare.checks import book_of, checks_of
from chibo.meetings.prepare.next_step import next_step
from chibo.meetings.prepare.programme import programme
from tests import make


def advice(meeting: Meeting) -> dict[str, str]:
    """What each piece of advice says, with its state."""
    meeting = Meeting.objects.select_related("cell").get(pk=meeting.pk)
    return {check.text: check.state for check in checks_of(programme(meeting), book_of(meeting.cell, meeting))}


def has(meeting: Meeting, words: str, state: str) -> bool:
    return any(words in text and found == state for text, found in advice(meeting).items())


def test_ninety_minutes_and_a_hundred_and_twenty_with_a_theme(people):
    item = make.item(people.meeting, minutes=89)
    assert has(people.meeting, "89 phút, ít hơn 90 phút", "late")
    item.minutes = 90
    item.save()
    assert has(people.meeting, "Đủ thời lượng, 90 phút", "ok")
    make.part(people.meeting, "thematic")
    assert has(people.meeting, "90 phút, ít hơn 120 phút", "late")


def test_an_extraordinary_meeting_has_no_least_length(people):
    meeting = make.meeting(people.cell, kind="extraordinary")
    make.item(meeting, minutes=10)
    assert not any("phút" in text for text in advice(meeting))


def test_a_presenter_and_a_topic_are_missing(people):
    item = make.item(people.meeting, "Việc bức xúc của thôn", template_key="local_matter")
    assert has(people.meeting, "Mục 1 chưa có người trình bày", "late")
    assert has(people.meeting, "Mục 1 chưa nói rõ bàn việc gì", "late")
    item.title, item.presenter = "An toàn giao thông", people.hung
    item.save()
    assert not has(people.meeting, "Mục 1", "late")


def test_at_least_one_question(people):
    item = make.item(people.meeting)
    assert has(people.meeting, "Chưa có câu hỏi gợi ý", "late")
    make.question(item)
    assert not has(people.meeting, "Chưa có câu hỏi gợi ý", "late")


def test_the_committee_met_or_secretary_and_deputy_conferred(people):
    assert has(people.meeting, "Chi ủy chưa họp", "late")
    before = make.meeting(
        people.cell, body="committee", starts_at=now() - timedelta(days=1), period=people.meeting.period
    )
    assert has(people.meeting, "Chi ủy định họp", "ok"), "its day has come, and no room was opened"
    before.state, before.opened_at = State.CLOSED, before.starts_at
    before.save()
    assert has(people.meeting, "Chi ủy đã họp", "ok")
    before.state = State.CANCELLED
    before.save()
    TermOfOffice.objects.filter(person=people.quyen).delete()
    assert has(people.meeting, "chưa hội ý", "late")
    Consultation.objects.create(**people.meeting.keys, held_at=now(), participants="Lan, Hùng", agreed="Bàn ngã ba")
    assert has(people.meeting, "Đã hội ý", "ok")


def test_a_theme_each_quarter(people):
    assert has(people.meeting, "chưa có chuyên đề", "info")
    make.meeting(people.cell, kind="thematic", starts_at=people.meeting.starts_at, period=people.meeting.period)
    assert not has(people.meeting, "chưa có chuyên đề", "info")


def test_the_tasks_of_the_last_meeting_are_on_it(people):
    make.item(people.meeting)
    assert has(people.meeting, "chưa có mục kiểm điểm", "late")
    make.item(people.meeting, "Kiểm điểm", kind="review")
    assert not has(people.meeting, "chưa có mục kiểm điểm", "late")


@pytest.mark.parametrize(("hours", "state"), [(25, "info"), (23, "late")])
def test_twenty_four_hours_before(people, hours, state):
    with at(people.meeting.starts_at - timedelta(hours=hours)):
        words = "Gửi thông báo và tài liệu trước" if state == "info" else "chưa đầy 24 giờ"
        assert has(people.meeting, words, state)


def test_each_rule_names_its_source_and_what_is_only_a_copy_says_so(people):
    meeting = Meeting.objects.select_related("cell").get(pk=people.meeting.pk)
    found = [check for check in checks_of(programme(meeting), book_of(meeting.cell, meeting)) if check.rule]
    assert found
    assert all(check.rule.source for check in found if check.rule)


def test_who_does_not_know_yet_comes_before_the_room_until_the_day_of_the_meeting(people):
    with at(now() - timedelta(minutes=5)):
        announce(meeting=people.meeting, by=people.standing("lan"))
    meeting = Meeting.objects.get(pk=people.meeting.pk)
    assert next_step(meeting).title == "Báo nốt bảy đồng chí chưa biết"
    with at(meeting.starts_at - timedelta(hours=1)):
        assert next_step(meeting).url == f"/phong-hop/#{meeting.pk}"
    Invitee.objects.update(told_at=now())
    assert next_step(meeting).url == f"/phong-hop/#{meeting.pk}"


def test_a_draft_whose_start_is_past_is_moved_first(people):
    with at(people.meeting.starts_at + timedelta(hours=1)):
        assert next_step(people.meeting).url.endswith("/doi-lich/")


def test_the_next_step_follows_the_phase(people):
    meeting = people.meeting
    item = make.item(meeting)
    assert next_step(meeting).url.endswith("/chuan-bi/")
    make.question(item)
    assert next_step(meeting).url.endswith("/thong-bao/")
    room = f"/phong-hop/#{meeting.pk}"
    for state, end in ((State.ANNOUNCED, room), (State.OPEN, room), (State.CLOSED, "/bien-ban/")):
        meeting.state = state
        assert next_step(meeting).url.endswith(end)
    meeting.state = State.SIGNED
    step = next_step(meeting)
    assert step.url.endswith("/so-tay/")
    assert step.due is not None
    assert step.due.date() == meeting.day + timedelta(days=2)
    Posting.objects.create(**meeting.keys, what="after", posted_at=now())
    assert next_step(meeting).title.startswith("Xong")
