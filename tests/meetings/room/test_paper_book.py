"""A meeting held on paper, entered later: its own times, and what its book does not say."""

from collections.abc import Iterable
from uuid import uuid4

import pytest
from django.test import Client

from chibo.access.models import TermOfOffice
from chibo.documents.blocks import Block, text_of
from chibo.lib.dates import today
from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import AgendaItem, Meeting, State
from chibo.meetings.room import commands, log
from chibo.meetings.room.called import may_open, may_preside
from chibo.meetings.room.commands import Pen
from chibo.meetings.scoring.sheet import sheet_of
from chibo.resolutions.documents import build_resolution
from chibo.resolutions.models import MeetingFigures
from chibo.resolutions.room import commands as decide
from tests import make
from tests.people import People

DAY = make.add_months(today(), -4)


@pytest.fixture
def meeting(people: People) -> Meeting:
    """A meeting of four months ago, in the paper book."""
    one = make.meeting(people.cell, starts_at=make.at(DAY), held_on_paper=True)
    make.item(one)
    return one


@pytest.fixture
def pen(meeting: Meeting, people: People) -> Pen:
    return Pen(meeting, people.standing("lan"), uuid4())


def url(meeting: Meeting, rest: str) -> str:
    return f"/cuoc-hop/{meeting.pk}/phong/{rest}"


# ---------- Its own times ----------
def test_it_is_as_long_as_its_book_says_and_never_until_it_was_typed(pen: Pen, people: People) -> None:
    ended = make.at(DAY, "20:45")
    commands.open_room(pen=pen, chair=people.lan.pk, started=make.at(DAY), ended=ended)
    sheet = sheet_of(log.room_of(pen.meeting), make.at(today()))
    assert sheet is not None
    assert sheet.lines[0].evidence == ["Bắt đầu lúc 19:30, theo sổ.", "Họp được 75 phút, quy định ít nhất 90 phút."]
    assert sheet.lines[0].points is None and sheet.lines[0].unclear


def test_without_its_end_its_length_is_not_known(pen: Pen, people: People) -> None:
    commands.open_room(pen=pen, chair=people.lan.pk, started=make.at(DAY))
    sheet = sheet_of(log.room_of(pen.meeting), make.at(today()))
    assert sheet is not None
    first = sheet.lines[0]
    assert first.evidence == ["Bắt đầu lúc 19:30, theo sổ."] and first.proposed is None and not first.unclear


def test_it_may_have_ended_after_midnight(lan: Client, meeting: Meeting, people: People) -> None:
    typed = {"chair": str(people.lan.pk), "started": "19:30", "ended": "00:20"}
    assert lan.post(url(meeting, "mo/"), typed).status_code == 302
    assert log.room_of(meeting).known_end == make.at(DAY + make.timedelta(days=1), "00:20")
    assert 'value="00:20"' in lan.get(url(meeting, "ket-thuc/")).content.decode()
    lan.post(url(meeting, "hoan/"), {"why": "Sổ ghi hoãn", "ended": "00:40"})
    meeting.refresh_from_db()
    assert meeting.closed_at == make.at(DAY + make.timedelta(days=1), "00:40") and meeting.length_minutes == 310


def test_an_end_twelve_hours_later_is_a_slip_and_said_so(lan: Client, meeting: Meeting, people: People) -> None:
    typed = {"chair": str(people.lan.pk), "started": "19:30", "ended": "19:00"}
    answer = lan.post(url(meeting, "mo/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "phải sau giờ bắt đầu 19:30" in page and 'value="19:00"' in page


# ---------- What its book does not say ----------
def entered(pen: Pen, people: People, **present: int) -> Meeting:
    """A resolution of which the book has neither the roll nor the vote, nor who spoke."""
    meeting = pen.meeting
    commands.open_room(pen=pen, chair=people.lan.pk, started=make.at(DAY), ended=make.at(DAY, "21:10"))
    commands.elect_clerk(pen=pen, member=people.tam.pk)
    pen.write("unsaid-roll", **present)
    item = AgendaItem.objects.filter(meeting=meeting).first()
    assert item is not None
    pen.write("remark", item=item.pk, text="Nên lắp gương ở ngã ba.", unsaid=True)
    decide.conclude(pen=pen, kind="resolution", parts={"direction": "Lắp gương ở ngã ba Bàu Sen."})
    assert [bar.reason.partition(":")[0] for bar in commands.closing_bars(meeting)] == ["Chưa biểu quyết"]
    pen.write("unsaid-vote", subject="resolution", title="Nghị quyết tháng 8/2026")
    pen.write("unsaid-reading")
    assert commands.closing_bars(meeting) == []
    commands.close(pen=pen, ended=make.at(DAY, "21:10"))
    meeting.refresh_from_db()
    return meeting


def test_what_the_book_does_not_say_bars_nothing_and_is_no_figure(pen: Pen, people: People) -> None:
    meeting = entered(pen, people)
    assert meeting.state == State.CLOSED and log.room_of(meeting).needs_look == []
    figures = MeetingFigures.objects.get(meeting=meeting)
    assert (figures.present, figures.length_minutes) == (None, 100)
    sheet = sheet_of(log.room_of(meeting))
    assert sheet is not None
    lines = {one.code: one for one in sheet.lines}
    assert lines["2"].evidence == ["Sổ không ghi danh sách dự họp."] and lines["2"].points is None
    assert lines["4.2"].evidence == ["Sổ không ghi người phát biểu ở 1 ý kiến."]


def test_a_number_without_names_is_the_figure(pen: Pen, people: People) -> None:
    assert MeetingFigures.objects.get(meeting=entered(pen, people, present=5)).present == 5


def test_in_a_meeting_that_was_not_held_on_paper_it_is_marked_and_counts_for_nothing(people: People) -> None:
    meeting = make.meeting(people.cell, starts_at=make.at(today()))
    pen = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=pen, chair=people.lan.pk)
    pen.write("unsaid-roll")
    assert [one.why for one in log.room_of(meeting).needs_look] == ["not_on_paper"]
    reasons = [bar.reason for bar in commands.closing_bars(meeting)]
    assert any("chưa điểm danh" in one for one in reasons) and "Có một chỗ cần xem lại." in reasons


def words_of(blocks: Iterable[Block]) -> str:
    return " ".join(text_of(content) for one in blocks if (content := getattr(one, "content", None)) is not None)


def test_papers_say_what_the_book_does_not_and_that_they_were_entered_from_it(pen: Pen, people: People) -> None:
    meeting = entered(pen, people, present=5)
    pen.write_closed("note", about="book", text="sổ biên bản số 3, trang 45–47.")
    minutes = words_of(block for one in sections_of(meeting) for block in one.blocks)
    paper = words_of(build_resolution(meeting, None).body)
    both = ("Có mặt 5 đồng chí theo sổ. Sổ không ghi danh sách dự họp.", "sổ không ghi kết quả biểu quyết.")
    both += (f"sổ giấy: sổ biên bản số 3, trang 45–47. Người nhập: đồng chí {people.lan.full_name}, ngày",)
    for said in both:
        assert said in minutes and said in paper, said
    assert "Nên lắp gương ở ngã ba. (sổ không ghi người phát biểu)" in minutes
    assert "Sổ không ghi việc đọc lại biên bản." in minutes
    for not_said in ("Chưa điểm danh", "vắng mặt", "Dự họp:", "tán thành"):
        assert not_said not in minutes and not_said not in paper


def test_what_was_read_back_after_the_end_is_not_said_to_be_before_it(people: People) -> None:
    meeting = make.meeting(people.cell, starts_at=make.at(today()))
    pen = Pen(meeting, people.standing("lan"), uuid4())
    commands.open_room(pen=pen, chair=people.lan.pk)
    commands.break_off(pen=pen, why="mất điện")
    meeting.refresh_from_db()
    commands.read_back(pen=pen)
    assert "Biên bản đã đọc lại sau khi kết thúc." in words_of(sections_of(meeting)[-1].blocks)


def test_the_committee_of_today_enters_the_book_of_a_day_before_it(meeting: Meeting, people: People) -> None:
    TermOfOffice.objects.filter(organisation=people.cell).exclude(person=people.lan).delete()
    TermOfOffice.objects.filter(organisation=people.cell).update(validity=make.days(today()))
    assert may_preside(meeting) == [] and may_open(meeting) == {people.lan.pk}
