"""The speaking list on the screen of an item."""

from collections.abc import Callable

from django.test import Client

from chibo.meetings.hall import commands
from chibo.meetings.models import Meeting
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen
from chibo.meetings.room.hall import hall
from tests.meetings.hall.test_phone import first_item
from tests.meetings.hall.test_phone import url as phone_url
from tests.people import People

Phone = Callable[[str], Client]


def path(meeting: Meeting, rest: str = "") -> str:
    return f"/cuoc-hop/{meeting.pk}/phong/muc/{first_item(meeting).pk}/{rest}"


def waiting(meeting: Meeting) -> list[object]:
    return [one.person for one in hall(log.room_of(meeting)).waiting]


def test_it_works_in_the_order_in_which_they_asked(phone: Phone, meeting: Meeting, people: People) -> None:
    phone("mai").post(phone_url(meeting, "phat-bieu/"), {"act": "ask"})
    phone("binh").post(phone_url(meeting, "phat-bieu/"), {"act": "ask"})
    page = phone("lan").get(path(meeting))
    assert [line.person for line in page.context["queue"]] == [people.mai, people.binh]
    assert "Hai đồng chí xin phát biểu" in page.content.decode()


def test_the_clerk_puts_down_who_has_no_phone(phone: Phone, meeting: Meeting, people: People) -> None:
    lan = phone("lan")
    for _ in range(2):
        lan.post(path(meeting, "phat-bieu/"), {"act": "put_down", "person": str(people.tu.pk)})
    assert waiting(meeting) == [people.tu.pk]
    lan.post(path(meeting, "phat-bieu/"), {"act": "strike", "person": str(people.tu.pk)})
    assert waiting(meeting) == []


def test_called_to_speak_the_speaker_is_chosen_and_a_remark_uses_the_wish_up(
    phone: Phone, meeting: Meeting, pen: Pen, people: People
) -> None:
    commands.put_down(pen=pen, hall=hall(log.room_of(meeting)), member=people.binh.pk)
    lan = phone("lan")
    page = lan.get(path(meeting) + f"?noi=person:{people.binh.pk}")
    assert "Đang phát biểu: <b>Đặng Văn Bình</b>" in page.content.decode()
    assert page.context["form"]["speaker"].value() == f"person:{people.binh.pk}"
    lan.post(path(meeting), {"speaker": f"person:{people.binh.pk}", "text": "Nên lắp gương.", "as": ""})
    assert waiting(meeting) == []
    assert next(iter(hall(log.room_of(meeting)).asks.values())).state == "spoken"


def test_a_differing_opinion_uses_the_wish_up_too(phone: Phone, meeting: Meeting, pen: Pen, people: People) -> None:
    commands.put_down(pen=pen, hall=hall(log.room_of(meeting)), member=people.binh.pk)
    typed = {"speaker": f"person:{people.binh.pk}", "text": "Không nên.", "as": "differing"}
    phone("lan").post(path(meeting), typed)
    assert waiting(meeting) == []


def test_the_time_of_the_speaker_runs_from_the_call(phone: Phone, meeting: Meeting, people: People) -> None:
    lan = phone("lan")
    page = lan.get(path(meeting) + f"?noi=person:{people.binh.pk}&tu=1")
    assert page.context["speaking_since"] is None  # long past: nobody speaks for years
    assert lan.get(path(meeting) + "?tu=abc").status_code == 200


def test_it_checks_access(phone: Phone, meeting: Meeting, people: People) -> None:
    typed = {"act": "put_down", "person": str(people.tu.pk)}
    assert phone("binh").post(path(meeting, "phat-bieu/"), typed).status_code == 404
    lan = phone("lan")
    assert lan.post(path(meeting, "phat-bieu/"), typed | {"person": str(people.phuc.pk)}).status_code == 404
    assert lan.post(path(meeting, "phat-bieu/"), typed | {"person": "x"}).status_code == 404
    assert lan.post(path(meeting, "phat-bieu/"), typed | {"act": "x"}).status_code == 404
