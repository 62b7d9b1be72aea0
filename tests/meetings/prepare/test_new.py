"""/cuoc-hop/moi/ and /cuoc-hop/ghi-lai/: a meeting from the last one."""

from datetime import date, timedelta

import pytest

from chibo.documents.plain import plain_text
from chibo.lib.dates import add_months, at, month_start, today
from chibo.meetings.documents import invitation, minutes_document
from chibo.meetings.models import AgendaItem, Meeting, State
from chibo.meetings.prepare.commands import plan_meeting
from chibo.meetings.prepare.planning import MeetingKind, propose
from chibo.meetings.prepare.programme import programme
from chibo.meetings.prepare.texts import notice_text
from tests import make


def fields(day: date, **more: str) -> dict[str, str]:
    return {
        "kind": "regular",
        "period": f"{day:%Y-%m}",
        "day": day.isoformat(),
        "clock": "19:30",
        "place": "Nhà văn hóa thôn",
        "purpose": "",
    } | more


def cancel(meeting: Meeting) -> None:
    meeting.state = State.CANCELLED
    meeting.save()


@pytest.fixture
def next_month() -> date:
    return add_months(month_start(today()), 2).replace(day=3)


def test_it_works(people, browser, next_month):
    answer = browser("lan").post("/cuoc-hop/moi/", fields(next_month))
    meeting = Meeting.objects.exclude(pk=people.meeting.pk).get()
    assert answer.headers["Location"] == f"/cuoc-hop/{meeting.pk}/chuan-bi/"
    assert meeting.chair == people.lan
    assert meeting.state == State.DRAFT
    assert AgendaItem.objects.filter(meeting=meeting, kind="review").count() == 1


def test_the_schedule_is_proposed_and_one_tap_confirms_it(people, browser):
    cancel(people.meeting)
    page = browser("lan").get("/cuoc-hop/moi/")
    assert page.status_code == 200
    proposal = page.context["proposal"]
    day = proposal.day
    if day is None:  # the registered day of this month is past: nothing is guessed
        assert page.context["open"]
        return
    assert day.day == people.cell.registered_day
    answer = browser("lan").post("/cuoc-hop/moi/", fields(day, place=proposal.place))
    assert answer.status_code == 302


def test_structure_minutes_and_roles_are_copied_but_no_topic_question_text_or_presenter(people, next_month):
    last = make.signed(people.cell, months_ago=1)
    AgendaItem.objects.filter(meeting=last).delete()
    item = make.item(
        last,
        "An toàn giao thông ở ngã ba Bàu Sen",
        minutes=35,
        presenter=people.hung,
        text="Ba vụ từ tháng 6",
        template_key="local_matter",
        serves="Thôn không tai nạn",
    )
    make.question(item)
    cancel(people.meeting)
    from chibo.meetings.prepare.commands import plan_meeting

    meeting = plan_meeting(
        cell=people.cell,
        kind=MeetingKind.REGULAR,
        period=month_start(next_month),
        starts_at=make.at(next_month),
        place="Nhà văn hóa",
        by=people.standing("lan"),
    )
    new = AgendaItem.objects.get(meeting=meeting)
    assert (new.minutes, new.kind, new.template_key) == (35, "discussion", "local_matter")
    assert new.title == "Việc bức xúc của thôn"
    assert (new.presenter, new.text, new.serves, new.questions.count()) == (None, "", "", 0)
    assert meeting.previous == last


def test_it_validates_a_day_in_the_past_and_points_to_recording(browser):
    yesterday = today() - timedelta(days=1)
    page = browser("lan").post("/cuoc-hop/moi/", fields(yesterday))
    assert page.status_code == 422
    assert "đã qua" in page.content.decode()
    assert "Ghi lại buổi đã họp" in page.content.decode()
    assert page.context["form"]["place"].value() == "Nhà văn hóa thôn"


def test_it_validates_the_reason_of_an_extraordinary_meeting(browser, next_month):
    page = browser("lan").post("/cuoc-hop/moi/", fields(next_month, kind="extraordinary"))
    assert page.status_code == 422
    assert "purpose" in page.context["form"].errors


def test_a_second_regular_meeting_for_a_period_is_refused_and_the_first_is_offered(people, browser):
    day = people.meeting.day
    page = browser("lan").post("/cuoc-hop/moi/", fields(day))
    assert page.status_code == 422
    assert f"/cuoc-hop/{people.meeting.pk}/" in page.content.decode()
    assert Meeting.objects.count() == 1


def test_a_meeting_held_on_paper_must_be_past_and_is_marked(people, browser):
    past = today() - timedelta(days=40)
    future = today() + timedelta(days=3)
    page = browser("lan").post("/cuoc-hop/ghi-lai/", fields(future, period=f"{today():%Y-%m}"))
    assert page.status_code == 422
    browser("lan").post("/cuoc-hop/ghi-lai/", fields(past, period=f"{past:%Y-%m}"))
    assert Meeting.objects.exclude(pk=people.meeting.pk).get().held_on_paper


def test_a_combined_meeting_has_both_parts_in_order_and_reads_its_minutes_at_the_end(people, browser, next_month):
    browser("lan").post("/cuoc-hop/moi/", fields(next_month, kind="combined"))
    meeting = Meeting.objects.exclude(pk=people.meeting.pk).get()
    assert [part.kind for part in meeting.parts.all()] == ["regular", "thematic"]
    assert AgendaItem.objects.filter(meeting=meeting).order_by("part__position", "position").last().kind == "closing"


def test_nothing_is_proposed_where_the_registered_day_is_past(people):
    cancel(people.meeting)
    with at(make.at(date(2027, 3, 20))):
        proposal = propose(people.cell, MeetingKind.REGULAR)
        assert proposal.period == date(2027, 3, 1)
        assert proposal.day is None


@pytest.mark.parametrize("name", ["binh", "tam", "mai", "khanh", "dung", "thu", "former", "suspended", "operator"])
def test_it_checks_access(browser, next_month, name):
    client = browser(name)
    assert client.get("/cuoc-hop/moi/").status_code in (404, 302)
    before = Meeting.objects.count()
    client.post("/cuoc-hop/moi/", fields(next_month))
    assert Meeting.objects.count() == before


def test_a_meeting_online_needs_a_reason_and_the_paper_that_allows_it(people, browser, next_month):
    typed = fields(next_month, online="on", online_reason="Bão số 9, đường vào thôn ngập")
    answer = browser("lan").post("/cuoc-hop/moi/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa ghi văn bản cho phép." in page and "Bão số 9, đường vào thôn ngập" in page
    assert Meeting.objects.count() == 1
    browser("lan").post("/cuoc-hop/moi/", typed | {"online_document": "Công văn 12-CV/ĐU ngày 02/11/2026"})
    meeting = Meeting.objects.exclude(pk=people.meeting.pk).get()
    assert meeting.is_online
    said = "Họp trực tuyến. Lý do: Bão số 9, đường vào thôn ngập. Văn bản cho phép: Công văn 12-CV/ĐU ngày 02/11/2026."
    assert said in notice_text(programme(meeting))
    for document in (invitation(meeting), minutes_document(meeting, None)):
        assert said in plain_text(document)
    with pytest.raises(ValueError, match="paper"):
        plan_meeting(
            cell=people.cell, kind=MeetingKind.EXTRAORDINARY, period=month_start(next_month), by=people.standing("lan"),
            starts_at=make.at(next_month), place="Nhà", purpose="Gấp", online_reason="Bão",
        )  # fmt: skip


def test_what_is_typed_about_being_online_counts_only_with_its_box_ticked(people, browser, next_month):
    browser("lan").post("/cuoc-hop/moi/", fields(next_month, online_reason="Bão", online_document="Công văn 12"))
    assert not Meeting.objects.exclude(pk=people.meeting.pk).get().is_online


def test_notice_and_minutes_say_why_a_meeting_is_extraordinary(people, browser, next_month):
    typed = fields(next_month, kind="extraordinary", purpose="Xét kết nạp trước ngày lễ.")
    browser("lan").post("/cuoc-hop/moi/", typed)
    meeting = Meeting.objects.exclude(pk=people.meeting.pk).get()
    said = "Lý do họp bất thường: Xét kết nạp trước ngày lễ."
    assert said in notice_text(programme(meeting))
    for document in (invitation(meeting), minutes_document(meeting, None)):
        assert said in plain_text(document)
