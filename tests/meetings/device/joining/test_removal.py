"""A device that was cut off can be taken back until the signatures, and nothing that was recorded on it is lost."""

import json
from collections.abc import Callable

import pytest

from chibo.audit.models import Event
from chibo.audit.verify import breaks
from chibo.lib.dates import now
from chibo.meetings.models import Entry, Meeting, RoomDevice, SetAside, State
from tests.meetings.device.joining.conftest import Browser, opening
from tests.people import People

Browsers = Callable[[str], Browser]


@pytest.fixture
def tam(lan: Browser, browser: Browsers, people: People) -> Browser:
    """The clerk's device, in a meeting that is open, with two guests that it has not sent."""
    tam = browser("tam")
    lan.write("open", **opening(people))
    lan.write("clerk", member=people.tam.pk)
    lan.send()
    tam.take(json.loads(tam.hear().content))
    tam.write("guest", name="Ông Ba")
    tam.write("guest", name="Bà Tư")
    return tam


def cut_off(lan: Browser, other: Browser) -> None:
    assert lan.client.post(f"{lan.path}may/{other.device}/ngat/").status_code == 302


def take_back(lan: Browser, other: Browser) -> None:
    assert lan.client.post(f"{lan.path}may/{other.device}/nhan-lai/").status_code == 302


def guests(meeting: Meeting) -> list[str]:
    rows = Entry.objects.filter(meeting=meeting, kind="guest").order_by("seq")
    return [json.loads(one.payload or "")["name"] for one in rows]


def test_what_a_device_handed_over_joins_the_meeting_once_it_is_taken_back(lan: Browser, tam: Browser) -> None:
    cut_off(lan, tam)
    assert tam.post(tam.body(tam.outbox)).status_code == 410
    assert (guests(lan.meeting), SetAside.objects.waiting().count()) == ([], 2)
    take_back(lan, tam)
    assert guests(lan.meeting) == ["Ông Ba", "Bà Tư"]
    assert set(Entry.objects.filter(kind="guest").values_list("seen", "author_id")) == {(2, tam.row.person_id)}
    assert not SetAside.objects.waiting().exists(), "what the log has stands in no second place"
    tam.write("guest", name="Bà Năm")
    assert [one["seq"] for one in tam.send()["answers"]] == [3, 4, 5], "sent again, each is known; the third is new"
    assert Event.objects.filter(kind="meeting.device_taken_back").count() == 1
    assert list(breaks()) == []


def test_a_device_that_is_taken_back_before_it_heard_sends_as_if_nothing_had_been(lan: Browser, tam: Browser) -> None:
    cut_off(lan, tam)
    take_back(lan, tam)
    tam.send()
    assert guests(lan.meeting) == ["Ông Ba", "Bà Tư"] and not SetAside.objects.exists()


@pytest.mark.parametrize("why", ["cut off", "signed"])
def test_an_entry_whose_answer_was_lost_is_never_set_aside(lan: Browser, tam: Browser, why: str) -> None:
    lost = list(tam.outbox)
    tam.send()
    if why == "cut off":
        cut_off(lan, tam)
    else:
        Meeting.objects.filter(pk=lan.meeting.pk).update(state=State.SIGNED, signed_at=now())
    tam.post(tam.body(lost))
    assert guests(lan.meeting) == ["Ông Ba", "Bà Tư"] and not SetAside.objects.exists()


def forgets(who: Browser) -> bool:
    answer = who.hear()
    assert answer.status_code == 410
    return bool(json.loads(answer.content)["forget"])


def test_a_device_keeps_what_it_has_until_somebody_says_that_it_may_go(lan: Browser, tam: Browser) -> None:
    cut_off(lan, tam)
    assert not forgets(tam)
    assert lan.client.post(f"{lan.path}may/{tam.device}/xoa/").status_code == 302
    assert forgets(tam)
    take_back(lan, tam)
    assert tam.row.removed_at is not None, "it holds nothing any more"
    assert Event.objects.filter(kind="meeting.device_given_up").count() == 1


def test_after_the_signatures_it_forgets_and_comes_back_no_more(lan: Browser, tam: Browser) -> None:
    cut_off(lan, tam)
    Meeting.objects.filter(pk=lan.meeting.pk).update(state=State.SIGNED, signed_at=now())
    assert forgets(tam)
    take_back(lan, tam)
    assert tam.row.removed_at is not None
    assert "Nhận lại máy này" not in lan.client.get(f"{lan.path}may/").content.decode()


def test_a_device_in_use_is_not_given_up(lan: Browser, tam: Browser) -> None:
    lan.client.post(f"{lan.path}may/{tam.device}/xoa/")
    assert RoomDevice.objects.filter(given_up_at=None).count() == 2


def test_committee_chair_and_clerk_say_what_becomes_of_a_device(lan: Browser, tam: Browser, browser: Browsers) -> None:
    cut_off(lan, tam)
    page = tam.client.get(f"{lan.path}may/").content.decode()
    assert "Nhận lại máy này" in page and "Đã ngắt, phần đang giữ còn trên máy ấy, đã khóa" in page
    take_back(browser("hung"), tam)
    assert tam.row.removed_at is None
