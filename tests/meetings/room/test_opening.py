"""The opening: the door, the chair, the clerk, the roll."""

import pytest
from django.test import Client

from chibo.lib.dates import today
from chibo.meetings.models import Attendance, Entry, Guest, Invitee, Meeting, State
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.members.models import Membership
from tests import make
from tests.people import People, sign_in


def url(meeting: Meeting, rest: str = "") -> str:
    return f"/cuoc-hop/{meeting.pk}/phong/{rest}"


def test_it_works_the_door_opens_the_meeting(lan: Client, meeting: Meeting, people: People) -> None:
    assert "Mở phòng họp" in lan.get(url(meeting)).content.decode()
    answer = lan.post(url(meeting, "mo/"), {"chair": str(people.lan.pk)})
    assert answer.url == url(meeting, "thu-ky/")  # type: ignore[attr-defined]
    assert Meeting.objects.get(pk=meeting.pk).state == State.OPEN
    assert Entry.objects.get(meeting=meeting, kind="open").author_id == people.lan.pk
    assert lan.get(url(meeting)).url == url(meeting, "thu-ky/")  # type: ignore[attr-defined]


def test_it_validates_the_chair_sits_on_the_committee(lan: Client, meeting: Meeting, people: People) -> None:
    answer = lan.post(url(meeting, "mo/"), {"chair": str(people.binh.pk)})
    assert answer.status_code == 422
    assert Meeting.objects.get(pk=meeting.pk).state == State.DRAFT


def test_it_validates_a_meeting_opened_before_its_day_is_meant_so(lan: Client, people: People) -> None:
    meeting = people.meeting
    answer = lan.post(url(meeting, "mo/"), {"chair": str(people.lan.pk)})
    assert answer.status_code == 422 and "Chưa đến ngày họp" in answer.content.decode()
    assert lan.post(url(meeting, "mo/"), {"chair": str(people.lan.pk), "early": "on"}).status_code == 302


def test_a_meeting_held_on_paper_begins_when_it_was_typed(lan: Client, people: People) -> None:
    meeting = make.meeting(people.cell, starts_at=make.at(make.add_months(today(), -1)), held_on_paper=True)
    assert lan.post(url(meeting, "mo/"), {"chair": str(people.lan.pk)}).status_code == 422
    lan.post(url(meeting, "mo/"), {"chair": str(people.lan.pk), "started": "19h40"})
    meeting.refresh_from_db()
    assert meeting.opened_at == make.at(meeting.day, "19:40")
    page = lan.get(url(meeting, "thu-ky/")).content.decode()
    assert "Ghi lại buổi đã họp" in page


@pytest.mark.parametrize(
    "path", ["", "mo/", "thu-ky/", "diem-danh/", "bieu-quyet/", "ket-thuc/", "viec-cu/", "viec-moi/"]
)
@pytest.mark.parametrize("who", ["binh", "mai", "khanh", "dung", "thu", "phuc", "former", "suspended", "operator"])
def test_it_checks_access(client: Client, pen: Pen, people: People, path: str, who: str) -> None:
    sign_in(client, people.operator if who == "operator" else getattr(people, who))
    assert client.get(url(pen.meeting, path)).status_code in (404, 405)
    assert client.post(url(pen.meeting, path)).status_code in (404, 405)
    sign_in(client, None)
    assert "/dang-nhap/" in client.get(url(pen.meeting, path)).url  # type: ignore[attr-defined]


def test_electing_the_clerk_takes_one_tap(lan: Client, pen: Pen, people: People) -> None:
    assert "Cử thư ký" in lan.get(url(pen.meeting, "thu-ky/")).content.decode()
    lan.post(url(pen.meeting, "thu-ky/"), {"member": str(people.tam.pk)})
    pen.meeting.refresh_from_db()
    assert pen.meeting.clerk == people.tam
    clerk = sign_in(Client(), people.tam)
    assert clerk.get(url(pen.meeting, "diem-danh/")).status_code == 200
    assert lan.post(url(pen.meeting, "thu-ky/"), {"member": str(people.son.pk)}).status_code == 404


def test_twenty_with_two_absent_take_at_most_six_interactions(lan: Client, people: People) -> None:
    members = [make.member(f"Trần Văn {name}", people.cell) for name in "ABCDEGHIKLMNO"]
    meeting = make.meeting(people.cell, starts_at=make.at(today()))
    lan.post(url(meeting, "mo/"), {"chair": str(people.lan.pk)})
    assert Attendance.objects.filter(meeting=meeting, exempt=False, away=False, suspended=False).count() == 20
    taps = 0
    for who, reason in ((members[0], "health"), (members[1], "unknown")):
        taps += 2  # "Vắng" unfolds the reasons without asking the server; the reason sends
        lan.post(url(meeting, "diem-danh/"), {"person": str(who.pk), "state": "absent", "reason": reason})
    taps += 1
    page = lan.get(url(meeting, "diem-danh/")).content.decode()
    assert "Cả 18 đồng chí còn lại có mặt" in page
    lan.post(url(meeting, "diem-danh/"), {"rest": "18"})
    assert taps <= 6
    page = lan.get(url(meeting, "diem-danh/")).content.decode()
    assert "Có mặt 18/20 đồng chí" in page
    # One entry says that the others are present, so one tap undoes it.
    entry = Entry.objects.filter(meeting=meeting, kind="attend").latest("seq")
    lan.post(url(meeting, f"hoan-tac/{entry.pk}/"))
    assert Attendance.objects.filter(meeting=meeting, state="present").count() == 0
    assert Attendance.objects.filter(meeting=meeting, state="absent").count() == 2


def test_the_counts_are_those_of_the_minutes(lan: Client, pen: Pen, people: People) -> None:
    for who, reason in ((people.binh, "work"), (people.mai, "unknown")):
        lan.post(url(pen.meeting, "diem-danh/"), {"person": str(who.pk), "state": "absent", "reason": reason})
    lan.post(url(pen.meeting, "diem-danh/"), {"person": str(people.tu.pk), "state": "present"})
    lan.post(url(pen.meeting, "diem-danh/"), {"rest": "1"})
    counts = lan.get(url(pen.meeting, "diem-danh/")).context["counts"]
    assert (counts.official, counts.probationary, counts.temporary) == (8, 1, 1)
    assert (counts.exempt, counts.away, counts.suspended, counts.expected) == (1, 1, 1, 7)
    assert (counts.present, counts.present_expected, counts.present_outside) == (6, 5, 1)
    assert (counts.excused, counts.unknown, counts.unexcused, counts.waiting) == (1, 1, 0, 0)


def test_an_announced_absence_is_shown_and_not_filled_in(lan: Client, pen: Pen, people: People) -> None:
    Invitee.objects.create(**pen.meeting.keys, person=people.binh, answer="absent", reason="family")
    page = lan.get(url(pen.meeting, "diem-danh/")).content.decode()
    assert "đã báo vắng: việc gia đình" in page
    assert Attendance.objects.get(meeting=pen.meeting, person=people.binh).state == ""


def test_late_is_present_with_minutes(lan: Client, pen: Pen, people: People) -> None:
    path = url(pen.meeting, "diem-danh/")
    assert (
        lan.post(path, {"person": str(people.binh.pk), "state": "present", "late_minutes": "mười"}).status_code == 422
    )
    lan.post(path, {"person": str(people.binh.pk), "state": "present", "late_minutes": "15"})
    line = Attendance.objects.get(meeting=pen.meeting, person=people.binh)
    assert (line.state, line.late_minutes) == ("present", 15)


def test_words_of_an_absence_stay_with_the_committee(lan: Client, pen: Pen, people: People) -> None:
    values = {"person": str(people.binh.pk), "state": "absent", "reason": "health", "reason_text": "mổ mắt"}
    page = lan.post(url(pen.meeting, "diem-danh/"), values, follow=True).content.decode()
    assert Attendance.objects.get(meeting=pen.meeting, person=people.binh).reason_text == "mổ mắt"
    assert "mổ mắt" not in page


def test_few_present_is_advice_and_no_bar(lan: Client, pen: Pen, people: People) -> None:
    for who in (people.hung, people.quyen, people.tam, people.binh, people.mai):
        lan.post(url(pen.meeting, "diem-danh/"), {"person": str(who.pk), "state": "absent", "reason": "work"})
    lan.post(url(pen.meeting, "diem-danh/"), {"rest": "2"})
    page = lan.get(url(pen.meeting, "diem-danh/")).content.decode()
    assert "dưới hai phần ba" in page and "đặt theo thông lệ" in page


def test_guests_and_fees(lan: Client, pen: Pen) -> None:
    lan.post(url(pen.meeting, "khach/"), {"name": "Đinh Văn Phước", "office": "Mặt trận thôn"})
    guest = Guest.objects.get(meeting=pen.meeting)
    lan.post(url(pen.meeting, "dang-phi/"), {"text": "Đã nộp đủ tháng 11."})
    page = lan.get(url(pen.meeting, "diem-danh/")).content.decode()
    assert "Đinh Văn Phước" in page and "Đã nộp đủ tháng 11." in page
    assert log.room_of(pen.meeting).notes == {"fees": "Đã nộp đủ tháng 11."}
    lan.post(url(pen.meeting, f"hoan-tac/{guest.pk}/"))
    assert not Guest.objects.filter(meeting=pen.meeting).exists()
    lan.post(url(pen.meeting, "khach/"), {"name": ""})
    assert not Guest.objects.filter(meeting=pen.meeting).exists()


def test_everyone_on_the_roster_is_on_the_roll(pen: Pen, people: People) -> None:
    members = Membership.objects.filter(cell=people.cell, validity__contains=today()).count()
    assert Attendance.objects.filter(meeting=pen.meeting).count() == members
