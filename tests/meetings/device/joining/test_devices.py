"""The devices of a meeting: who has one, when it was last heard, what it still holds, cutting it off."""

import json
from collections.abc import Callable

import pytest

from chibo.audit.models import Event
from chibo.lib import dates
from chibo.lib.dates import now
from chibo.meetings.device.registering import TOUCH_EVERY
from chibo.meetings.models import Meeting, RoomDevice, State
from tests.meetings.device.joining.conftest import Browser, opening
from tests.people import People

Browsers = Callable[[str], Browser]


def page_of(who: Browser) -> str:
    return str(who.client.get(f"{who.path}may/").content.decode())


def test_it_works(lan: Browser, browser: Browsers, people: People) -> None:
    assert "Một máy dùng cho buổi họp này" in page_of(lan) and "Máy ấy báo đã gửi hết" in page_of(lan)
    tam = browser("tam")
    tam.write("guest", name="Ông Ba")
    tam.write("guest", name="Bà Tư")
    tam.send(tam.outbox[:1])
    page = page_of(lan)
    assert "Còn 1 dòng chưa gửi từ máy trong phòng họp" in page and "Còn 1 dòng chưa gửi<" in page
    assert page.count("Ngắt máy này") == 2
    assert page_of(tam).count("Ngắt máy này") == 1, "a clerk cuts off only one's own"
    tam.send()
    assert "Máy nào cũng báo đã gửi hết" in page_of(lan)


def test_a_machine_not_heard_from_since_the_closing_is_not_said_to_have_sent_all(
    lan: Browser, browser: Browsers, people: People
) -> None:
    browser("tam")
    assert page_of(lan).count("Đã gửi hết đến ") == 2
    moment = now() + dates.timedelta(minutes=5)
    Meeting.objects.filter(pk=lan.meeting.pk).update(state=State.CLOSED, closed_at=moment)
    RoomDevice.objects.filter(pk=lan.device).update(last_heard_at=moment)
    page = page_of(lan)
    assert page.count("Đã gửi hết đến ") == 1 and page.count("Chưa rõ còn gì") == 1
    assert "Một máy chưa liên lạc lại từ lúc kết thúc" in page and "Máy nào cũng báo" not in page


def test_the_page_says_no_more_of_a_machine_than_browser_and_system(people: People, meeting: Meeting) -> None:
    from django.test import Client

    from tests.people import sign_in

    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.6099.109 Safari/537.36"
    one = Browser(sign_in(Client(headers={"user-agent": agent}), people.lan), meeting)
    one.register()
    assert one.row.label == "Chrome trên máy tính Windows"


def test_cut_off_by_the_committee_the_device_hears_it_the_next_time(
    lan: Browser, browser: Browsers, people: People, meeting: Meeting
) -> None:
    tam = browser("tam")
    assert lan.client.post(f"{lan.path}may/{tam.device}/ngat/").status_code == 302
    assert (tam.row.removed_by, tam.row.removed_at is None) == (people.lan.pk, False)
    assert json.loads(tam.hear().content) == {"error": "removed", "forget": False}
    again = tam.client.post(f"{tam.path}may/", json.dumps({"device": tam.device}), content_type="application/json")
    assert again.status_code == 410
    assert Event.objects.filter(kind="meeting.device_removed", object_id=meeting.pk).count() == 1
    tam.register()
    assert tam.hear().status_code == 200, "the person may make ready another one"


def test_a_clerk_cuts_off_only_ones_own(lan: Browser, browser: Browsers) -> None:
    tam = browser("tam")
    assert tam.client.post(f"{lan.path}may/{lan.device}/ngat/").status_code == 404
    assert tam.client.post(f"{lan.path}may/{tam.device}/ngat/").status_code == 302


@pytest.mark.parametrize("state", [State.SIGNED, State.CANCELLED])
def test_no_new_device_for_a_meeting_that_is_over(lan: Browser, browser: Browsers, state: str) -> None:
    Meeting.objects.filter(pk=lan.meeting.pk).update(state=state)
    answer = lan.client.post(f"{lan.path}may/", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()) == (409, {"error": "over"})


def test_a_question_writes_once_a_minute_and_when_it_says_something_new(lan: Browser, people: People) -> None:
    lan.write("open", **opening(people))
    lan.send()
    first = lan.row.last_heard_at
    moment = now()
    with dates.at(moment + TOUCH_EVERY / 2):
        lan.hear()
    assert lan.row.last_heard_at == first
    with dates.at(moment + TOUCH_EVERY * 2):
        lan.hear()
    assert lan.row.last_heard_at > first
    lan.client.get(f"{lan.path}nhat-ky/", {"may": lan.device, "sau": lan.head, "con": 3})
    assert lan.row.unsent == 3


def test_an_idle_question_costs_few_queries(
    lan: Browser, people: People, django_assert_num_queries: Callable[[int], object]
) -> None:
    lan.write("open", **opening(people))
    lan.send()
    tag = lan.hear().headers["ETag"]
    # savepoint and scope of a test, session, account, standing, scope; the device with its meeting; the chain's head
    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        lan.hear(**{"If-None-Match": tag})
