"""What stands on the wall: never a name of anyone."""

from collections.abc import Callable

from django.test import Client

from chibo.meetings.hall import commands
from chibo.meetings.hall.names import without_names
from chibo.meetings.models import AgendaItem, Meeting, Question, State
from chibo.meetings.room import commands as room
from chibo.meetings.room import dissent, log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.hall import hall
from chibo.members.models import Person
from tests.meetings.hall.test_phone import first_item, vote
from tests.people import People

Phone = Callable[[str], Client]


def url(meeting: Meeting) -> str:
    return f"/cuoc-hop/{meeting.pk}/phong/man-chieu/"


def test_it_works(phone: Phone, meeting: Meeting, pen: Pen, people: People) -> None:
    lan = phone("lan")
    page = lan.get(url(meeting)).content.decode()
    assert "An toàn giao thông ở ngã ba Bàu Sen" in page and "Nhà mình làm được gì ở ngã ba?" in page
    vote(pen, people)
    assert "4/" in lan.get(url(meeting)).content.decode()


def test_the_code_and_its_qr_stand_there_while_open(phone: Phone, meeting: Meeting, pen: Pen) -> None:
    code = commands.open_check_in(pen=pen).code
    page = phone("lan").get(url(meeting)).content.decode()
    assert code in page and "Mã QR để tự điểm danh" in page
    commands.close_check_in(pen=pen)
    assert "Mã QR" not in phone("lan").get(url(meeting)).content.decode()


def test_no_name_ever_stands_on_the_wall(phone: Phone, meeting: Meeting, pen: Pen, people: People) -> None:
    item = first_item(meeting)
    AgendaItem.objects.filter(pk=item.pk).update(presenter=people.hung, presenter_text="Nguyễn Khách")
    commands.open_check_in(pen=pen)
    for who in (people.binh, people.mai):
        commands.put_down(pen=pen, hall=hall(log.room_of(meeting)), member=who.pk)
    room.record_remark(pen=pen, item=item, text="điều đã nói", member=people.binh.pk)
    dissent.raise_differing(pen=pen, item=item, text="ý khác", member=people.tam.pk)
    vote(pen, people)
    page = phone("lan").get(url(meeting)).content.decode()
    names = [one.full_name for one in Person.objects.all()]
    names += [name.split()[-1] for name in names if name.split()[-1] not in ("Khánh",)]
    body = page.split("<body", 1)[1]
    assert [name for name in names if f" {name}" in body or f">{name}" in body] == []
    assert "điều đã nói" not in page and "ý khác" not in page and "Nguyễn Khách" not in page


def test_what_is_voted_on_a_person_stands_there_without_the_name(
    phone: Phone, meeting: Meeting, pen: Pen, people: People
) -> None:
    """Of the roll, of a guest, of somebody from outside; in an item, a question, a vote, on a ballot."""
    item = first_item(meeting)
    AgendaItem.objects.filter(pk=item.pk).update(title="Xét kết nạp quần chúng Lê Thị Thơm")
    Question.objects.filter(item=item).update(text="Ý kiến về ông Khách thế nào?")
    AgendaItem.objects.filter(meeting=meeting).exclude(pk=item.pk).update(title="Khen thưởng Huỳnh Văn Tư")
    pen.write("guest", name="Hứa Thị Khách")
    vote(pen, people, title="Kỷ luật đồng chí Bình, theo đề nghị của Hứa Thị Khách")
    page = phone("lan").get(url(meeting)).content.decode().split("<main", 1)[1]
    assert "Xét kết nạp quần chúng …" in page and "Kỷ luật đồng chí …, theo đề nghị của …" in page and "4/" in page
    assert not [name for name in ("Thơm", "Khách", "Bình", "Huỳnh", "Tư") if f" {name}" in page]


def test_places_and_offices_stay_on_the_wall() -> None:
    for text in (
        "Học tập tư tưởng Hồ Chí Minh",
        "Sửa đường Lê Lợi, cầu Trần Phú",
        "Đoàn Thanh niên ra quân ở Hà Nội",
        "Đồng chí Bí thư Đảng ủy trình bày",
        "An toàn giao thông ở ngã ba Bàu Sen",
    ):
        assert without_names(text, ["Nguyễn Thị Lan"]) == text


def test_the_wall_has_an_end_of_its_own(phone: Phone, meeting: Meeting, pen: Pen, people: People) -> None:
    """The projector turned into the draft of the minutes with its signing panel, in front of guests."""
    item = first_item(meeting)
    room.record_remark(pen=pen, item=item, text="điều đã nói", member=people.binh.pk)
    room.call(pen=pen, members=list(log.room_of(meeting).roll), state="present")
    vote(pen, people, title="Khen thưởng đồng chí Bình")
    vote(pen, people, title="Lắp gương ở ngã ba")
    pen.write("close")
    meeting.refresh_from_db()
    for state in (State.CLOSED, State.SIGNED, State.CANCELLED):
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
        answer = phone("lan").get(url(meeting))
        page = answer.content.decode()
        assert answer.status_code == 200 and "data-hall" in page
        main = page.split("<main", 1)[1]
        assert "bien-ban" not in main and "phong" not in main.replace("phong/man-chieu", "") and "<form" not in main
        assert "điều đã nói" not in page and "Bình" not in main
        said = "Buổi họp đã kết thúc" if state != State.CANCELLED else "Buổi họp chưa bắt đầu"
        assert said in main and ("Lắp gương ở ngã ba" in main) == (state != State.CANCELLED)


def test_an_idle_wall_is_told_so(phone: Phone, meeting: Meeting) -> None:
    lan = phone("lan")
    tag = lan.get(url(meeting)).headers["ETag"]
    assert lan.get(url(meeting), HTTP_IF_NONE_MATCH=tag).status_code == 304


def test_it_checks_access(phone: Phone, meeting: Meeting) -> None:
    for who in ("binh", "khanh", "dung", "phuc", "suspended"):
        assert phone(who).get(url(meeting)).status_code == 404
