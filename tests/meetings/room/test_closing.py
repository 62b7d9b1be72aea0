"""The end: refused with the reason and the way out, one of two who close at once, broken off."""

import threading

import pytest
from django.db import connection
from django.test import Client

from chibo.access.scope import person_scope, system_scope
from chibo.audit.verify import breaks
from chibo.lib.dates import today
from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import Entry, Meeting, State
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen, call
from chibo.resolutions.models import Task
from chibo.resolutions.room import commands as decide
from tests import make
from tests.meetings.room.test_log import hold
from tests.people import People, gather, sign_in


def url(pen: Pen, rest: str = "ket-thuc/") -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/phong/{rest}"


def test_it_works(lan: Client, pen: Pen, people: People) -> None:
    hold(pen, people)
    answer = lan.post(url(pen))
    assert answer.url == f"/cuoc-hop/{pen.meeting.pk}/bien-ban/"  # type: ignore[attr-defined]
    meeting = Meeting.objects.get(pk=pen.meeting.pk)
    assert meeting.state == State.CLOSED and meeting.closed_at is not None


def test_it_is_refused_with_the_reason_and_the_way_out(lan: Client, pen: Pen) -> None:
    answer = lan.post(url(pen))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Buổi họp chưa kết thúc được" in page
    for way in ("thu-ky/", "diem-danh/", "viec-cu/", "ket-luan/"):
        assert f'href="{url(pen, way)}"' in page
    assert Meeting.objects.get(pk=pen.meeting.pk).state == State.OPEN


def test_reading_back_and_corrections(lan: Client, pen: Pen) -> None:
    lan.post(url(pen, "dinh-chinh/"), {"text": "Đồng chí Bình nói 2 gương, không phải 3."})
    lan.post(url(pen, "doc-lai/"))
    page = lan.get(url(pen)).content.decode()
    assert "2 gương, không phải 3" in page and "chi bộ thông qua" in page
    assert log.room_of(pen.meeting).read_at is not None


def test_a_conclusion_needs_no_vote_and_nobody_has_to_say_that_it_was_read_back(pen: Pen, people: People) -> None:
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    call(pen=pen, members=log.room_of(pen.meeting).roll, state="present")
    for task in Task.objects.all():
        decide.review(pen=pen, task=task, result="done")
    decide.conclude(pen=pen, kind="conclusion", parts={"conclusion": "Thống nhất lắp gương trước Tết."})
    assert commands.closing_bars(pen.meeting) == []
    commands.close(pen=pen)
    said = " ".join(getattr(block, "content", "") for one in sections_of(pen.meeting) for block in one.blocks)
    assert "Thống nhất lắp gương trước Tết." in said and "Biểu quyết" not in said and "đọc lại" not in said


def test_a_resolution_needs_its_vote_and_a_vote_that_was_taken_holds(pen: Pen, people: People) -> None:
    hold(pen, people)

    def bars() -> list[str]:
        return [bar.reason for bar in commands.closing_bars(pen.meeting)]

    assert bars() == []
    decide.conclude(pen=pen, kind="conclusion", parts={"conclusion": "Thống nhất."})
    base, rules = _base(pen.meeting)
    against = {"in_favour": 0, "against": base.present}
    commands.take_vote(pen=pen, base=base, exclusions=rules, subject="conclusion", title="Kết luận", **against)
    assert [one.partition(". ")[2] for one in bars()] == ["Sửa rồi biểu quyết lại."]
    decide.conclude(pen=pen, kind="resolution", parts={"direction": "Lắp gương ở ngã ba Bàu Sen."})
    assert bars() == ["Dự thảo được sửa sau khi biểu quyết."]


def test_whoever_closes_second_learns_who_was_first(lan: Client, pen: Pen, people: People) -> None:
    hold(pen, people)
    sign_in(hung := Client(), people.hung)
    hung.post(url(pen))
    assert not Entry.objects.filter(meeting=pen.meeting, kind="close").exists(), "only who presides ends the meeting"
    commands.close(pen=pen)
    page = lan.post(url(pen))
    assert page.status_code == 302
    said = [str(one) for one in lan.get(url(pen, ""), follow=True).context["messages"]]
    assert len(said) == 1 and said[0].startswith("Đồng chí Nguyễn Thị Lan đã kết thúc buổi họp lúc")
    assert Entry.objects.filter(meeting=pen.meeting, kind="close").count() == 1


def test_what_is_sent_after_the_end_is_not_lost_without_a_word(lan: Client, pen: Pen, people: People) -> None:
    hold(pen, people)
    commands.close(pen=pen)
    lan.post(url(pen, "diem-danh/"), {"rest": "1"})
    messages = [str(one) for one in lan.get(url(pen, ""), follow=True).context["messages"]]
    assert "Buổi họp đã kết thúc, nên phần vừa gửi chưa được ghi." in messages


def test_breaking_off_needs_a_reason(lan: Client, pen: Pen) -> None:
    assert lan.post(url(pen, "hoan/"), {"why": ""}).status_code == 422
    lan.post(url(pen, "hoan/"), {"why": "Mất điện cả thôn"})
    meeting = Meeting.objects.get(pk=pen.meeting.pk)
    assert (meeting.state, meeting.aborted_why) == (State.CLOSED, "Mất điện cả thôn")


def test_a_meeting_held_on_paper_ends_after_it_began(lan: Client, people: People) -> None:
    day = make.add_months(today(), -1)
    meeting = make.meeting(people.cell, starts_at=make.at(day), held_on_paper=True)
    pen = Pen(meeting, people.standing("lan"))
    commands.open_room(pen=pen, chair=people.lan.pk, started=make.at(day, "19:30"))
    answer = lan.post(url(pen), {"ended": "19:00"})
    assert answer.status_code == 422 and "phải sau giờ bắt đầu" in answer.content.decode()
    answer = lan.post(url(pen, "hoan/"), {"why": "Sổ ghi hoãn", "ended": "20:15"})
    assert Meeting.objects.get(pk=meeting.pk).closed_at == make.at(day, "20:15")


def test_it_checks_access(client: Client, pen: Pen, people: People) -> None:
    hold(pen, people)
    sign_in(client, people.binh)
    for rest in ("ket-thuc/", "hoan/", "doc-lai/", "dinh-chinh/"):
        assert client.post(url(pen, rest), {"why": "x", "text": "x"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_at_once_one_wins(transactional_db: None) -> None:
    with system_scope():
        people = gather()
        meeting = make.meeting(people.cell, starts_at=make.at(today()))
        make.item(meeting)
    with person_scope(people.lan.pk) as standing:
        pen = Pen(meeting, standing)
        commands.open_room(pen=pen, chair=people.lan.pk)
        commands.elect_clerk(pen=pen, member=people.tam.pk)
        call(pen=pen, members=log.room_of(meeting).roll, state="present")
        decide.conclude(pen=pen, kind="conclusion", parts={"conclusion": "Thống nhất."})
        base, rules = _base(meeting)
        commands.take_vote(
            pen=pen, base=base, exclusions=rules, subject="conclusion", title="KL", in_favour=base.present
        )
        commands.read_back(pen=pen)
    results: list[str] = []
    ready = threading.Barrier(2)

    def close(person: object) -> None:
        try:
            with person_scope(person.pk) as standing:  # type: ignore[attr-defined]
                mine = Meeting.objects.get(pk=meeting.pk)
                ready.wait(10)
                commands.close(pen=Pen(mine, standing))
            results.append("closed")
        except commands.NotOpen:
            results.append("second")
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=(one,)) for one in (people.lan, people.hung)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == ["closed", "second"]
    with system_scope():
        assert Entry.objects.filter(meeting=meeting, kind="close").count() == 1
        assert not list(breaks())
        assert not Task.objects.exists()


def _base(meeting: Meeting) -> tuple[object, list[str]]:
    from chibo.members.base_of_vote import EXCLUSIONS, base_of_vote

    rules = [str(one) for one in EXCLUSIONS]
    return base_of_vote(log.room_of(meeting).voters(), rules), rules
