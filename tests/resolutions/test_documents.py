"""Resolution and conclusion as papers: their parts, the table of old tasks, letters of points, numbers at signing."""

from datetime import timedelta

import pytest

from chibo.documents.models import IssuedDocument
from chibo.documents.plain import plain_text
from chibo.lib.dates import format_date, now, today
from chibo.meetings.documents import NoSuchPaper, build, minutes_document
from chibo.meetings.minutes import commands as minutes
from chibo.meetings.minutes.left_out import left_out
from chibo.meetings.minutes.read_facts import draft_of
from chibo.meetings.models import Meeting, State
from chibo.meetings.room import commands as room
from chibo.meetings.room.log import THE_SERVER, room_of
from chibo.members.base_of_vote import base_of_vote
from chibo.resolutions.models import Resolution, Task
from chibo.resolutions.room import commands as decide
from chibo.rules.models import Rule
from tests import make
from tests.people import People

pytestmark = pytest.mark.django_db
ASSESSED = "Xong ba trong bốn việc, một việc chậm."


@pytest.fixture
def old(people: People) -> Task:
    """A task of last month, overdue."""
    return make.task(make.signed(people.cell), people.binh, "Phát quang 6 hàng rào", due=today() - timedelta(days=2))


@pytest.fixture
def held(people: People, old: Task) -> Meeting:
    """A meeting that reviewed the old task, gave a new one and voted its resolution."""
    meeting = make.meeting(people.cell, starts_at=now().replace(microsecond=0), state=State.ANNOUNCED)
    make.item(meeting, "Kiểm điểm nghị quyết kỳ trước", kind="review")
    make.item(meeting)
    pen = room.Pen(meeting, people.standing("lan"), THE_SERVER)
    room.open_room(pen=pen, chair=people.lan.pk)
    meeting.refresh_from_db()
    room.elect_clerk(pen=pen, member=people.tam.pk)
    everyone = [line.person for line in room_of(meeting).roll.values() if line.expected]
    room.call(pen=pen, members=everyone, state="present")
    decide.review(pen=pen, task=old, result="partly", cause="còn 2 hộ vắng nhà", new_due=today() + timedelta(days=6))
    draft = decide.Draft(
        what="Lắp 2 gương cầu lồi ở ngã ba Bàu Sen",
        lead=people.hung.pk,
        helpers=(people.mai.pk,),
        helpers_text="Chi đoàn",
        due=today() + timedelta(days=17),
        how_checked="xem tại chỗ ngày 21/12",
    )
    decide.give(pen=pen, draft=draft)
    parts = {
        "ideology": "Đảng viên yên tâm sản xuất.",
        "political_tasks": ASSESSED,
        "shortcomings": "Một là, phát quang chậm.",
    }
    decide.conclude(pen=pen, kind=Resolution.Kind.RESOLUTION, parts=parts)
    exclusions = Rule.objects.general(today()).words("vote_base_exclusions")
    base = base_of_vote(room_of(meeting).voters(), exclusions)
    room.take_vote(
        pen=pen,
        base=base,
        exclusions=exclusions,
        subject="resolution",
        title="thông qua nghị quyết",
        in_favour=base.present,
    )
    room.read_back(pen=pen)
    room.close(pen=pen)
    meeting.refresh_from_db()
    return meeting


def test_a_resolution_has_its_parts_in_order(held: Meeting) -> None:
    text = plain_text(build("nghi-quyet", held))
    places = [
        text.index(one)
        for one in ("I- ", "Đảng viên yên tâm", "Phát quang 6 hàng rào", "Một là", "II- ", "a) Lắp 2 gương")
    ]
    assert places == sorted(places)
    assert "Một phần: còn 2 hộ vắng nhà" in text
    assert f"hạn đến hết ngày {format_date(today() + timedelta(days=17))}" in text
    assert "phối hợp: Võ Thị Mai, Chi đoàn" in text


def test_a_part_nobody_wrote_is_left_out_and_not_invented(held: Meeting) -> None:
    text = plain_text(build("nghi-quyet", held))
    assert "III- " not in text
    assert "Biểu dương" not in text


def test_a_meeting_has_a_resolution_or_a_conclusion_not_both(held: Meeting) -> None:
    with pytest.raises(NoSuchPaper):
        build("ket-luan", held)


def test_the_minutes_carry_review_tasks_and_vote(held: Meeting) -> None:
    text = plain_text(minutes_document(held, None))
    assert "Xem lại 1 việc kỳ trước, xong 0 việc" in text
    assert "Phân công nhiệm vụ:" in text
    assert "đồng chí tán thành, đạt 100%" in text


def test_how_last_month_went_is_written_once_and_read_in_minutes_and_resolution(held: Meeting) -> None:
    text = plain_text(minutes_document(held, None))
    assert text.count(ASSESSED) == 1 and text.index("Phát quang 6 hàng rào") < text.index(f"Đánh giá chung: {ASSESSED}")
    assert plain_text(build("nghi-quyet", held)).count(ASSESSED) == 1
    assert ASSESSED not in str(left_out(draft_of(held)))


def test_signing_numbers_the_resolution_and_freezes_its_files(held: Meeting, people: People) -> None:
    minutes.sign(meeting=held, by=people.standing("tam"))
    minutes.sign(meeting=held, by=people.standing("lan"))
    issued = IssuedDocument.objects.get(meeting_id=held.pk, kind="nghi-quyet")
    assert (issued.number, issued.symbol) == (1, "NQ/CB")
    assert Resolution.objects.get(meeting=held).signed_at is not None
    task = Task.objects.get(meeting=held)
    assert task.reported_at is None
    minutes.submit(meeting=held, by=people.standing("lan"))
    task.refresh_from_db()
    assert task.reported_at is not None


def test_the_old_task_gets_its_new_deadline_when_the_meeting_closes(held: Meeting, old: Task) -> None:
    old.refresh_from_db()
    assert old.due == today() + timedelta(days=6)
    assert old.settled_at is None
