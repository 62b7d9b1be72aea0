"""The hall's own check-in: four digits, a claim, the clerk's word."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from chibo.lib.dates import today
from chibo.meetings.hall import commands
from chibo.meetings.models import Attendance, CheckIn, Entry, Meeting
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen, call
from chibo.meetings.room.hall import hall
from tests import make
from tests.people import People, sign_in

Phone = Callable[[str], Client]


def url(meeting: Meeting) -> str:
    return f"/diem-danh/{meeting.pk}/"


def roll(meeting: Meeting) -> str:
    return f"/cuoc-hop/{meeting.pk}/phong/diem-danh/"


@pytest.fixture
def code(pen: Pen) -> str:
    """The digits on the wall."""
    return commands.open_check_in(pen=pen).code


def wrong_of(code: str) -> str:
    return f"{(int(code) + 1) % 10_000:04}"


def state_of(meeting: Meeting, who: object) -> str:
    return Attendance.objects.get(meeting=meeting, person=who).state


def test_it_works(phone: Phone, meeting: Meeting, code: str, people: People) -> None:
    binh = phone("binh")
    assert "Bốn chữ số trên màn chiếu" in binh.get(url(meeting)).content.decode()
    answer = binh.post(url(meeting), {"code": f" {code[:2]} {code[2:]}", "how": "qr"})
    assert answer.url == f"/cuoc-hop/{meeting.pk}/dang-hop/"  # type: ignore[attr-defined]
    entry = Entry.objects.get(meeting=meeting, kind="claim")
    assert entry.author_id == people.binh.pk and '"qr"' in (entry.payload or "")


def test_a_claim_is_a_claim_until_the_clerk_confirms_it(
    phone: Phone, meeting: Meeting, code: str, people: People
) -> None:
    binh, lan = phone("binh"), phone("lan")
    binh.post(url(meeting), {"code": code})
    assert state_of(meeting, people.binh) == ""
    page = binh.get(f"/cuoc-hop/{meeting.pk}/dang-hop/").content.decode()
    assert "Đã báo có mặt, chờ thư ký xác nhận" in page and "Thư ký đã ghi" not in page
    page = lan.get(roll(meeting)).content.decode()
    assert "Xác nhận 1 đồng chí tự quét" in page
    lan.post(roll(meeting), {"confirm": "1", "claim": [str(people.binh.pk)]})
    assert state_of(meeting, people.binh) == "present"
    assert "Thư ký đã ghi đồng chí có mặt" in binh.get(f"/cuoc-hop/{meeting.pk}/dang-hop/").content.decode()


def test_the_clerk_confirms_all_shown_in_one_tap_and_nobody_who_came_since(
    phone: Phone, meeting: Meeting, code: str, people: People
) -> None:
    for name in ("binh", "mai", "tu"):
        phone(name).post(url(meeting), {"code": code})
    lan = phone("lan")
    page = lan.get(roll(meeting))
    assert [line.person for line in page.context["claims"]] == [people.binh, people.mai]
    phone("tam").post(url(meeting), {"code": code})
    shown = [str(line.person_id) for line in page.context["claims"]]
    # Whoever claimed nothing is not confirmed either, whatever the form says.
    lan.post(roll(meeting), {"confirm": "3", "claim": [*shown, str(people.son.pk)]})
    here = set(Attendance.objects.filter(meeting=meeting, state="present").values_list("person_id", flat=True))
    assert here == {people.binh.pk, people.mai.pk}
    assert Entry.objects.filter(meeting=meeting, kind="attend").count() == 1  # so one tap undoes it
    assert "Xác nhận 1 đồng chí tự quét" in lan.get(roll(meeting)).content.decode()


def test_one_whom_the_clerk_does_not_see_is_not_present(
    phone: Phone, meeting: Meeting, code: str, people: People
) -> None:
    phone("binh").post(url(meeting), {"code": code})
    lan = phone("lan")
    lan.post(roll(meeting), {"refuse": str(people.binh.pk)})
    assert state_of(meeting, people.binh) == ""
    page = lan.get(roll(meeting))
    assert page.context["claims"] == [] and "Cả 7 đồng chí còn lại có mặt" in page.content.decode()


def test_one_whom_the_clerk_did_not_see_and_called_later_has_not_ticked_themselves(
    phone: Phone, meeting: Meeting, code: str, pen: Pen, people: People
) -> None:
    phone("binh").post(url(meeting), {"code": code})
    lan = phone("lan")
    lan.post(roll(meeting), {"refuse": str(people.binh.pk)})
    call(pen=pen, members=[people.binh.pk], state="present")
    page = lan.get(roll(meeting))
    assert (page.context["self_checked"], page.context["by_clerk"]) == (0, 1)


def test_the_counts_say_how_many_came_by_themselves(
    phone: Phone, meeting: Meeting, code: str, pen: Pen, people: People
) -> None:
    for name in ("binh", "mai"):
        phone(name).post(url(meeting), {"code": code})
    there = hall(log.room_of(meeting))
    commands.confirm(pen=pen, hall=there, members=[people.binh.pk, people.mai.pk])
    call(pen=pen, members=[people.lan.pk], state="present")
    assert "2 tự điểm danh, 1 thư ký ghi" in phone("lan").get(roll(meeting)).content.decode()


def test_whoever_is_recorded_present_or_has_said_so_is_asked_for_no_code(
    phone: Phone, meeting: Meeting, code: str, pen: Pen, people: People
) -> None:
    binh, mai = phone("binh"), phone("mai")
    assert binh.get(url(meeting)).status_code == 200
    binh.post(url(meeting), {"code": code})
    call(pen=pen, members=[people.mai.pk], state="present")
    for one in (binh, mai):
        assert one.get(url(meeting)).headers["Location"] == f"/cuoc-hop/{meeting.pk}/dang-hop/"
    call(pen=pen, members=[people.mai.pk], state="absent")
    assert mai.get(url(meeting)).status_code == 200


def test_it_validates_four_digits(phone: Phone, meeting: Meeting, code: str) -> None:
    answer = phone("binh").post(url(meeting), {"code": "48a1"})
    assert answer.status_code == 422 and "Mã có bốn chữ số" in answer.content.decode()
    assert "48a1" in answer.content.decode()
    assert CheckIn.objects.get().tries == 0


def test_who_need_not_come_is_confirmed_apart_and_the_base_is_said_before(
    phone: Phone, meeting: Meeting, code: str, people: People
) -> None:
    for name in ("binh", "tu"):
        phone(name).post(url(meeting), {"code": code})
    lan = phone("lan")
    page = lan.get(roll(meeting))
    assert [line.person for line in page.context["claims_apart"]] == [people.tu]
    text = page.content.decode()
    assert "Xác nhận thì cơ sở tính biểu quyết từ 5 thành 6." in text and "Xác nhận 1 đồng chí có dự" in text
    lan.post(roll(meeting), {"confirm": "1", "claim": [str(people.tu.pk)]})
    assert (state_of(meeting, people.tu), state_of(meeting, people.binh)) == ("present", "")


def test_five_wrong_attempts_of_a_person_are_the_last_with_this_code(
    phone: Phone, meeting: Meeting, code: str, pen: Pen
) -> None:
    binh = phone("binh")
    for number in range(5):
        page = binh.post(url(meeting), {"code": wrong_of(code)})
        assert page.status_code == 422
        assert ("sai năm lần" in page.content.decode()) == ("data-check-in" not in page.content.decode())
        assert ("sai năm lần" in page.content.decode()) == (number == 4)
    page = binh.get(url(meeting))
    assert "sai năm lần" in page.content.decode() and "data-check-in" not in page.content.decode()
    assert "sai năm lần" in binh.get(f"/cuoc-hop/{meeting.pk}/dang-hop/").content.decode()
    assert binh.post(url(meeting), {"code": code}).status_code == 422
    assert not Entry.objects.filter(meeting=meeting, kind="claim").exists()
    assert phone("mai").post(url(meeting), {"code": code}).status_code == 302
    new = commands.open_check_in(pen=pen).code
    assert "data-check-in" in binh.get(url(meeting)).content.decode()
    assert binh.post(url(meeting), {"code": new}).status_code == 302


def test_thirty_wrong_attempts_of_the_hall_bring_a_new_code(meeting: Meeting, code: str) -> None:
    CheckIn.objects.update(tries=29, wrong={str(uuid4()): 5})
    before = CheckIn.objects.get()
    who = make.member("Trần Văn A", meeting.cell)
    make.account(who)
    Attendance.objects.create(**meeting.keys, person=who, kind="official")
    sign_in(Client(), who).post(url(meeting), {"code": wrong_of(code)})
    after = CheckIn.objects.get()
    assert after.tries == 0 and not after.wrong and after.opened_at > before.opened_at
    assert len(after.code) == 4 and after.code.isdigit()


def test_without_an_open_code_nobody_claims(phone: Phone, meeting: Meeting, pen: Pen) -> None:
    assert phone("binh").post(url(meeting), {"code": "0000"}).status_code == 422
    code = commands.open_check_in(pen=pen).code
    commands.close_check_in(pen=pen)
    page = phone("binh").post(url(meeting), {"code": code})
    assert page.status_code == 422 and "đang đóng" in page.content.decode()
    assert "data-check-in" not in phone("binh").get(url(meeting)).content.decode(), "no form that nothing comes of"


def test_the_code_is_opened_changed_and_closed_by_keepers(phone: Phone, meeting: Meeting) -> None:
    path = f"/cuoc-hop/{meeting.pk}/phong/ma-diem-danh/"
    lan = phone("lan")
    lan.post(path, {"act": "open"})
    first = CheckIn.objects.get()
    assert f"Mã điểm danh: {first.code}" in lan.get(roll(meeting)).content.decode()
    lan.post(path, {"act": "open"})
    assert CheckIn.objects.get().opened_at > first.opened_at
    lan.post(path, {"act": "close"})
    assert not CheckIn.objects.exists()
    assert phone("binh").post(path, {"act": "open"}).status_code == 404


def test_whoever_may_know_of_the_meeting_is_told_in_a_sentence(
    phone: Phone, meeting: Meeting, code: str, people: People
) -> None:
    other = make.meeting(people.cell, starts_at=make.at(today()), state="announced")
    early = phone("binh").get(url(other))
    assert early.status_code == 200 and "Buổi họp chưa mở." in early.content.decode()
    make.duty(meeting, people.phuc, "guest")
    guest = phone("phuc").get(url(meeting)).content.decode()
    assert "là khách mời" in guest and "data-check-in" not in guest
    assert "không có trong danh sách điểm danh" in phone("khanh").get(url(meeting)).content.decode()
    for address in (url(meeting), f"/diem-danh/{uuid4()}/"):
        told = phone("suspended").get(address)
        assert told.status_code == 404 and "hỏi bí thư chi bộ" in told.content.decode()
        assert meeting.place not in told.content.decode()


@pytest.mark.parametrize("who", ["dung", "thu", "phuc", "left", "former", "suspended"])
def test_it_checks_access(phone: Phone, meeting: Meeting, code: str, who: str) -> None:
    assert phone(who).get(url(meeting)).status_code == 404
    assert phone(who).post(url(meeting), {"code": code}).status_code == 404
    assert CheckIn.objects.get().tries == 0


def test_a_check_in_takes_few_queries(
    phone: Phone, meeting: Meeting, code: str, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    binh, mai = phone("binh"), phone("mai")
    binh.post(url(meeting), {"code": code})
    mai.get(url(meeting))
    with django_assert_max_num_queries(13):  # type: ignore[attr-defined]
        assert mai.post(url(meeting), {"code": code}).status_code == 302


def test_members_entries_take_their_place_in_order(phone: Phone, meeting: Meeting, code: str, people: People) -> None:
    for name in ("binh", "mai", "binh"):
        phone(name).post(url(meeting), {"code": code})
    counters = list(Entry.objects.filter(meeting=meeting).order_by("seq").values_list("counter", flat=True))
    assert counters == sorted(set(counters))
    assert not log.room_of(meeting).needs_look
