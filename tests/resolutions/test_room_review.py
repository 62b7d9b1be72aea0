"""Old tasks in the room: each gets its answer in one tap; cause and deadline only when needed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from chibo.access.scope import scope
from chibo.access.standing import standing_of
from chibo.lib.dates import now, today
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen
from chibo.resolutions.models import Progress, Review, Task
from tests import make
from tests.people import People, sign_in


@pytest.fixture
def pen(people: People) -> Pen:
    """A room with two old tasks: one due today, one still to come."""
    before = make.signed(people.cell, present=(people.lan,))
    make.task(before, people.binh, "Phát quang hàng rào của 6 hộ", due=today())
    make.task(before, people.hung, "Lập danh sách 12 hộ vay vốn", due=today() + timedelta(days=20))
    meeting = make.meeting(people.cell, starts_at=make.at(today()))
    make.item(meeting, "Kiểm điểm việc kỳ trước", kind="review")
    found = Pen(meeting, people.standing("lan"))
    commands.open_room(pen=found, chair=people.lan.pk)
    return found


@pytest.fixture
def lan(client: Client, people: People) -> Client:
    return sign_in(client, people.lan)


def url(pen: Pen) -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/phong/viec-cu/"


def bars(pen: Pen) -> str:
    return " ".join(bar.reason for bar in commands.closing_bars(pen.meeting))


def test_it_works(lan: Client, pen: Pen, people: People) -> None:
    due, later = Task.objects.order_by("due")
    Progress.objects.create(
        task=due, meeting=due.meeting, cell=due.cell, body=due.body, state="under_way", note="xong 4 hộ", by=people.binh
    )
    page = lan.get(url(pen)).content.decode()
    assert "còn hai việc chưa xem" in page and ". Xong 4 hộ" in page
    lan.post(url(pen), {"task": str(later.pk), "result": "done"})
    assert Review.objects.get(task=later).result == "done"
    assert "Còn một việc chưa xem." in bars(pen)


def test_a_late_task_not_done_needs_cause_and_a_deadline_from_the_meeting_on(lan: Client, pen: Pen) -> None:
    due = Task.objects.order_by("due")[0]
    lan.post(url(pen), {"task": str(due.pk), "result": "partly"})
    assert "Việc 1 chưa ghi vì sao và hạn mới." in bars(pen)
    values = {"task": str(due.pk), "result": "partly", "cause": "Mưa nhiều"}
    past = (today() - timedelta(days=1)).isoformat()
    answer = lan.post(url(pen), {**values, "new_due": past})
    assert answer.status_code == 422 and "đã qua. Nhập ngày từ" in answer.content.decode()
    assert "Mưa nhiều" in answer.content.decode()
    lan.post(url(pen), {**values, "new_due": today().isoformat()})
    assert "Việc 1" not in bars(pen)
    lan.post(url(pen), {"task": str(due.pk), "result": "not_done"})
    review = Review.objects.get(task=due)
    assert (review.result, review.cause, review.new_due) == ("not_done", "Mưa nhiều", today())


def test_a_task_whose_day_has_not_come_needs_no_cause(lan: Client, pen: Pen) -> None:
    later = Task.objects.order_by("due")[1]
    lan.post(url(pen), {"task": str(later.pk), "result": "not_done"})
    assert "Việc 2" not in bars(pen)


def test_putting_off_needs_its_reason(lan: Client, pen: Pen) -> None:
    due = Task.objects.order_by("due")[0]
    lan.post(url(pen), {"task": str(due.pk), "result": "put_off"})
    assert "chưa ghi lý do chuyển kỳ sau" in bars(pen)
    lan.post(url(pen), {"task": str(due.pk), "result": "put_off", "cause": "Chờ xã trả lời", "new_due": ""})
    assert "Việc 1" not in bars(pen)


def test_it_validates_the_task_is_one_of_this_cell(lan: Client, pen: Pen, people: People) -> None:
    other = make.task(make.signed(people.sibling), people.phuc)
    assert lan.post(url(pen), {"task": str(other.pk), "result": "done"}).status_code == 404
    due = Task.objects.order_by("due")[0]
    assert lan.post(url(pen), {"task": str(due.pk), "result": "tốt"}).status_code == 422


def test_it_checks_access(client: Client, pen: Pen, people: People) -> None:
    sign_in(client, people.binh)
    assert client.get(url(pen)).status_code == 404


def test_a_new_deadline_counts_from_the_closing_on(pen: Pen, people: People) -> None:
    from chibo.meetings.room import log
    from chibo.resolutions.room import commands as decide

    due, later = Task.objects.order_by("due")
    new = today() + timedelta(days=9)
    decide.review(pen=pen, task=due, result="partly", cause="Mưa", new_due=new)
    decide.review(pen=pen, task=later, result="done")
    assert Task.objects.get(pk=due.pk).due == today()
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    commands.call(pen=pen, members=log.room_of(pen.meeting).roll, state="present")
    decide.conclude(pen=pen, kind="conclusion", parts={"conclusion": "Thống nhất."})
    _vote(pen)
    commands.read_back(pen=pen)
    commands.close(pen=pen)
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.due, due.settled_at) == (new, None) and later.settled_at is not None


def _vote(pen: Pen) -> None:
    from chibo.meetings.room import log
    from chibo.members.base_of_vote import EXCLUSIONS, base_of_vote

    rules = [str(one) for one in EXCLUSIONS]
    base = base_of_vote(log.room_of(pen.meeting).voters(), rules)
    commands.take_vote(
        pen=pen, base=base, exclusions=rules, subject="conclusion", title="Kết luận", in_favour=base.present
    )


def test_a_clerk_outside_the_committee_settles_old_tasks_by_closing(pen: Pen, people: People) -> None:
    done, late = Task.objects.order_by("due")
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    new_due = today() + timedelta(days=30)
    pen.write("review", task=done.pk, result="done", due_then=done.due.isoformat())
    pen.write(
        "review", task=late.pk, result="partly", cause="Mưa", new_due=new_due.isoformat(), due_then=late.due.isoformat()
    )
    with scope(standing_of(people.tam.pk)) as tam:
        log.append(pen.meeting, by=tam, device=pen.device, kind="close", payload={}, at=now())
    done.refresh_from_db()
    late.refresh_from_db()
    assert done.settled_at is not None and (late.settled_at, late.due) == (None, new_due)


def test_the_function_says_what_follows_from_the_reviews_and_nothing_else(pen: Pen, people: People) -> None:
    done = Task.objects.order_by("due")[0]
    pen.write("review", task=done.pk, result="done", due_then=done.due.isoformat())
    for who in (people.binh, people.phuc, people.khanh, people.dung, people.lan):
        with scope(standing_of(who.pk)), connection.cursor() as cursor:
            cursor.execute("SELECT resolutions_reckon(%s)", [[done.pk]])
    done.refresh_from_db()
    assert done.settled_at is None, "its meeting is not over"
