"""/doi-lich/, /huy/, /hoi-y/, and the list of meetings."""

from datetime import timedelta

import pytest

from chibo.audit.models import Event
from chibo.lib.dates import now, today
from chibo.meetings.models import Consultation, Meeting, Postponement, State
from tests import make


@pytest.fixture
def base(people):
    return f"/cuoc-hop/{people.meeting.pk}/"


def fields(days: int = 12, **more: str) -> dict[str, str]:
    day = today() + timedelta(days=days)
    return {"day": day.isoformat(), "clock": "19:30", "place": "Nhà văn hóa", "reason": ""} | more


def announced(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=State.ANNOUNCED, announced_at=now() - timedelta(hours=1))


def test_it_works(people, browser, base):
    assert browser("lan").get(f"{base}doi-lich/").status_code == 200
    browser("lan").post(f"{base}doi-lich/", fields(reason="Mưa lớn"))
    people.meeting.refresh_from_db()
    assert people.meeting.day == today() + timedelta(days=12)
    assert Postponement.objects.get().reason == "Mưa lớn"


def test_once_people_know_the_reason_is_owed(people, browser, base):
    announced(people.meeting)
    page = browser("lan").post(f"{base}doi-lich/", fields())
    assert page.status_code == 422
    assert "reason" in page.context["form"].errors
    answer = browser("lan").post(f"{base}doi-lich/", fields(reason="Mưa lớn"))
    assert "/thong-bao/" in answer.headers["Location"]


def test_until_it_is_opened_a_meeting_goes_online_and_back(people, browser, base):
    online = {"online": "on", "online_reason": "Bão số 9", "online_document": "Công văn 12-CV/ĐU"}
    answer = browser("lan").post(f"{base}doi-lich/", fields(reason="Bão", **online | {"online_document": ""}))
    assert answer.status_code == 422
    assert "Chưa ghi văn bản cho phép." in answer.content.decode()
    browser("lan").post(f"{base}doi-lich/", fields(reason="Bão", **online))
    people.meeting.refresh_from_db()
    assert people.meeting.reasons == ["Họp trực tuyến. Lý do: Bão số 9. Văn bản cho phép: Công văn 12-CV/ĐU."]
    assert "Bão số 9" in browser("lan").get(f"{base}doi-lich/").content.decode()
    browser("lan").post(f"{base}doi-lich/", fields(reason="Hết bão"))
    people.meeting.refresh_from_db()
    assert not people.meeting.is_online
    kinds = Event.objects.filter(kind__startswith="meeting.held_").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["meeting.held_online", "meeting.held_in_person"]


def test_it_validates_a_day_in_the_past(browser, base):
    assert browser("lan").post(f"{base}doi-lich/", fields(days=-1)).status_code == 422


def test_a_cancelled_meeting_comes_back_as_it_was(people, browser, base):
    announced(people.meeting)
    assert browser("lan").post(f"{base}huy/", {"cancel_reason": ""}).status_code == 422
    browser("lan").post(f"{base}huy/", {"cancel_reason": "Trùng ngày bầu cử"})
    people.meeting.refresh_from_db()
    assert people.meeting.state == State.CANCELLED
    assert "Trùng ngày bầu cử" in browser("binh").get(base).content.decode()
    browser("lan").post(f"{base}khoi-phuc/")
    people.meeting.refresh_from_db()
    assert people.meeting.state == State.ANNOUNCED


def test_it_does_not_come_back_beside_another_regular_meeting_of_the_month(people, browser, base):
    browser("lan").post(f"{base}huy/", {"cancel_reason": "Trùng ngày"})
    other = make.meeting(people.cell)
    answer = browser("lan").post(f"{base}khoi-phuc/")
    assert str(other.pk) in answer.headers["Location"]
    people.meeting.refresh_from_db()
    assert people.meeting.state == State.CANCELLED


def test_a_consultation_is_recorded_for_the_committee_alone(people, browser, base):
    data = {"day": today().isoformat(), "clock": "07:00", "participants": "Lan, Hùng", "agreed": "Bàn ngã ba"}
    assert browser("lan").post(f"{base}hoi-y/", data).status_code == 302
    assert Consultation.objects.get().agreed == "Bàn ngã ba"
    assert "Bàn ngã ba" in browser("hung").get(f"{base}hoi-y/").content.decode()
    assert browser("lan").post(f"{base}hoi-y/", data | {"agreed": ""}).status_code == 422


@pytest.mark.parametrize("name", ["binh", "tam", "khanh", "dung", "phuc", "former", "suspended"])
def test_it_checks_access(people, browser, base, name):
    client = browser(name)
    for path in ("doi-lich/", "huy/", "khoi-phuc/", "hoi-y/"):
        assert client.post(f"{base}{path}", fields(cancel_reason="x")).status_code == 404
    people.meeting.refresh_from_db()
    assert people.meeting.state == State.DRAFT


# ---------- the list ----------
def test_the_list_shows_the_year_and_the_committees_meetings_to_the_committee_alone(people, browser):
    committee = make.meeting(people.cell, body="committee")
    page = browser("lan").get("/cuoc-hop/").content.decode()
    assert f"/cuoc-hop/{people.meeting.pk}/" in page
    assert f"/cuoc-hop/{committee.pk}/" in page
    page = browser("binh").get("/cuoc-hop/").content.decode()
    assert f"/cuoc-hop/{people.meeting.pk}/" in page
    assert f"/cuoc-hop/{committee.pk}/" not in page
    assert "/cuoc-hop/moi/" not in page


def test_the_list_of_a_new_cell_says_how_to_begin(people, browser):
    page = browser("phuc").get("/cuoc-hop/").content.decode()
    assert "Chuẩn bị buổi họp đầu tiên" in page


@pytest.mark.parametrize(("name", "status"), [("khanh", 200), ("dung", 200), ("thu", 404), ("operator", 404)])
def test_the_list_is_for_whoever_has_a_hat_of_a_cell(browser, name, status):
    assert browser(name).get("/cuoc-hop/").status_code == status
