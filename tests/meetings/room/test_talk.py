"""Items and remarks: said by whom, edited, withdrawn, read out; who has long been silent."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chibo.meetings.models import AgendaItem, Attendance, Minutes, MinutesSection, Opinion, Remark
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen, call
from chibo.meetings.room.talk import seen
from tests import make
from tests.people import People, sign_in


@pytest.fixture
def item(pen: Pen) -> AgendaItem:
    """The item that the hall speaks of."""
    found = AgendaItem.objects.filter(meeting=pen.meeting).first()
    assert found is not None
    return found


def url(pen: Pen, item: AgendaItem, rest: str = "") -> str:
    return f"/cuoc-hop/{pen.meeting.pk}/phong/muc/{item.pk}/{rest}"


def say(client: Client, pen: Pen, item: AgendaItem, who: Any, text: str, how: str = "") -> Any:
    return client.post(url(pen, item), {"speaker": f"person:{who.pk}", "text": text, "as": how})


def test_it_works(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    make.question(item)
    page = lan.get(url(pen, item) + f"?noi=person:{people.binh.pk}").content.decode()
    assert "Nhà mình làm được gì ở ngã ba?" in page
    assert f'value="person:{people.binh.pk}" selected' in page
    say(lan, pen, item, people.binh, "Lắp gương trước.")
    say(lan, pen, item, people.hung, "Tình hình quý IV.", "presenting")
    say(lan, pen, item, people.binh, "Thống nhất lắp gương.", "answer")
    remarks = list(Remark.objects.filter(meeting=pen.meeting))
    assert [(one.person, one.presenting, one.is_answer) for one in remarks] == [
        (people.binh, False, False),
        (people.hung, True, False),
        (people.lan, False, True),
    ]
    page = lan.get(url(pen, item)).content.decode()
    assert "Chủ trì kết luận" in page and "(trình bày)" in page


def test_it_validates_a_speaker_and_words(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    answer = lan.post(url(pen, item), {"speaker": "", "text": "Không rõ ai nói"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Chưa chọn “Người phát biểu”" in page and "Không rõ ai nói" in page
    assert say(lan, pen, item, people.binh, "").status_code == 422
    assert say(lan, pen, item, people.binh, "x" * 25_000).status_code == 422
    assert not Remark.objects.filter(meeting=pen.meeting).exists()


def test_it_checks_access(client: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    for who in (people.binh, people.khanh, people.phuc):
        sign_in(client, who)
        assert client.get(url(pen, item)).status_code == 404
        assert say(client, pen, item, people.binh, "Lạ").status_code == 404


def test_a_closed_item_takes_no_text(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(closed_paper="trang 12")
    page = lan.get(url(pen, item)).content.decode()
    assert "Mục họp kín" in page and "<textarea" not in page
    assert say(lan, pen, item, people.binh, "Mật").status_code == 404


def test_two_who_edit_at_once_both_see_both(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    say(lan, pen, item, people.binh, "Bản đầu")
    one = Remark.objects.get(meeting=pen.meeting)
    path = f"/cuoc-hop/{pen.meeting.pk}/phong/y-kien/{one.pk}/"
    make.duty(pen.meeting, people.tam, "clerk") if not pen.meeting.clerk else None
    clerk = sign_in(Client(), people.hung)
    clerk.post(path, {"text": "Bản của Hùng", "seen": seen("Bản đầu")})
    answer = lan.post(path, {"text": "Bản của Lan", "seen": seen("Bản đầu")})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Bản của Hùng" in page and "Bản của Lan" in page
    assert Remark.objects.get(pk=one.pk).text == "Bản của Hùng"
    lan.post(path, {"text": "Bản chung", "seen": seen("Bản của Hùng")})
    assert Remark.objects.get(pk=one.pk).text == "Bản chung"


def test_a_withdrawn_remark_is_gone_and_undo_brings_it_back(
    lan: Client, pen: Pen, item: AgendaItem, people: People
) -> None:
    say(lan, pen, item, people.binh, "Nói nhầm")
    one = Remark.objects.get(meeting=pen.meeting)
    lan.post(f"/cuoc-hop/{pen.meeting.pk}/phong/y-kien/{one.pk}/", {"withdraw": "1"})
    assert not Remark.objects.filter(meeting=pen.meeting).exists()
    entry = pen.meeting.entry_rows.get(kind="remark-withdraw")
    lan.post(f"/cuoc-hop/{pen.meeting.pk}/phong/hoan-tac/{entry.pk}/")
    assert Remark.objects.get(meeting=pen.meeting).text == "Nói nhầm"


def test_a_handed_in_opinion_is_read_out_once(lan: Client, pen: Pen, item: AgendaItem, people: People) -> None:
    handed = Opinion.objects.create(
        **pen.meeting.keys, item=item, author=people.mai, text="Xin làm đèn", handed_in_at=timezone.now()
    )
    Opinion.objects.create(**pen.meeting.keys, item=item, author=people.binh, text="Chưa gửi")
    page = lan.get(url(pen, item)).content.decode()
    assert "Xin làm đèn" in page and "Chưa gửi" not in page
    for _ in range(2):
        lan.post(url(pen, item, f"y-kien-gui/{handed.pk}/"))
    remark = Remark.objects.get(meeting=pen.meeting)
    assert (remark.person, remark.text, remark.opinion_id) == (people.mai, "Xin làm đèn", handed.pk)
    assert "ý kiến gửi trước" not in lan.get(url(pen, item)).content.decode()


def test_finishing_goes_on_and_the_clock_stops(lan: Client, pen: Pen, item: AgendaItem) -> None:
    answer = lan.post(url(pen, item, "tien-do/"), {"state": "done"})
    assert answer.url.endswith("/viec-moi/")
    room = log.room_of(pen.meeting)
    assert room.items[item.pk].state == "done" and room.items[item.pk].opened_at is None
    assert lan.post(url(pen, item, "tien-do/"), {"state": "open"}).status_code == 302
    assert log.room_of(pen.meeting).current == item.pk


def test_putting_an_item_off_needs_a_reason(lan: Client, pen: Pen, item: AgendaItem) -> None:
    lan.post(url(pen, item, "tien-do/"), {"state": "put_off", "why": ""})
    assert log.room_of(pen.meeting).items[item.pk].state == "open"
    lan.post(url(pen, item, "tien-do/"), {"state": "put_off", "why": "Hết giờ"})
    assert log.room_of(pen.meeting).items[item.pk].why == "Hết giờ"


def test_who_was_long_silent_is_shown_to_the_chair_alone(
    lan: Client, pen: Pen, item: AgendaItem, people: People
) -> None:
    for months in (2, 3):
        meeting = make.signed(people.cell, present=(people.binh, people.hung), months_ago=months)
        minutes = Minutes.objects.create(**meeting.keys)
        MinutesSection.objects.create(
            **meeting.keys,
            minutes=minutes,
            position=1,
            key="discussion",
            title="Thảo luận",
            data_class="discussion",
            content={"blocks": [], "speakers": [str(people.hung.pk)]},
            salt=b"",
            digest=b"",
        )
    call(pen=pen, members=[people.binh.pk, people.hung.pk, people.mai.pk], state="present")
    page = lan.get(url(pen, item))
    assert [(one.line.person, one.meetings) for one in page.context["silent"]] == [(people.binh, 2)]
    hung = sign_in(Client(), people.hung)
    assert "Lâu chưa phát biểu" not in hung.get(url(pen, item)).content.decode()
    say(lan, pen, item, people.binh, "Có ý kiến")
    assert not lan.get(url(pen, item)).context["silent"]
    assert Attendance.objects.filter(meeting=pen.meeting, person=people.binh).exists()
