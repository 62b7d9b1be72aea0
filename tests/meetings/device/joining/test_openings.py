"""A device out of reach opened that may not, or by mistake: taken, marked, and judged by whoever opens by right."""

import json
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from chibo.access.models import MeetingDuty
from chibo.audit.models import Event
from chibo.lib.dates import today
from chibo.meetings.models import AgendaItem, Attendance, Entry, Meeting, Minutes, Remark, State
from chibo.meetings.room import commands, log
from chibo.resolutions.models import MeetingFigures, Task
from tests.meetings.device.joining.conftest import Browser, opening
from tests.meetings.device.joining.test_exchange import whole
from tests.people import People, sign_in

Browsers = Callable[[str], Browser]


@pytest.fixture
def tam(browser: Browsers, people: People) -> Browser:
    """Tâm, who was only to minute the meeting, has opened it out of reach and named himself chair."""
    found = browser("tam")
    found.write("open", **{**opening(people), "chair": str(people.tam.pk)})
    return found


def page(who: Browser) -> str:
    return who.client.get(f"{who.path}lan-mo/").content.decode()


def judged(who: Browser, opened: dict[str, object], **typed: str) -> HttpResponse:
    return who.client.post(f"{who.path}lan-mo/", {"opening": opened["id"], **typed})  # type: ignore[return-value]


def first(meeting: Meeting) -> dict[str, object]:
    return {"id": str(Entry.objects.get(meeting=meeting, kind="open").pk)}


def marks(meeting: Meeting) -> list[str]:
    return [one.why for one in log.room_of(meeting).needs_look]


def test_it_works_an_opening_without_right_is_taken_marked_and_confirmed(
    tam: Browser, lan: Browser, meeting: Meeting, people: People
) -> None:
    assert [one.get("seq") for one in tam.send()["answers"]] == [1]
    assert marks(meeting) == ["opened_without_right"]
    meeting.refresh_from_db()
    assert meeting.state == State.OPEN and "cần xem lại" in str(commands.closing_bars(meeting))
    assert "opening-doubt" in [one["kind"] for one in tam.entries.values()], "the device is told"
    assert "Đồng chí Tâm mở cuộc họp, cần đồng chí xác nhận" in page(lan).replace(people.tam.full_name, "Tâm")
    assert "lan-mo/" in lan.client.get(f"{lan.path}xem-lai/").content.decode()
    assert judged(lan, first(meeting), act="confirm").status_code == 302
    assert marks(meeting) == []
    event = Event.objects.get(kind="meeting.opening_confirmed", object_id=meeting.pk)
    assert event.actor_id == people.lan.pk and str(people.tam.pk) in (event.payload or "")
    assert "đã xác nhận" in page(lan)
    whole(meeting)


def test_whoever_opens_by_right_is_not_doubted(
    lan: Browser, browser: Browsers, meeting: Meeting, people: People
) -> None:
    lan.write("open", **opening(people))
    lan.send()
    hung = browser("hung")
    hung.write("open", **opening(people))
    hung.send()
    assert marks(meeting) == ["opened_twice"]
    assert not Entry.objects.filter(meeting=meeting, kind="opening-doubt").exists()


def test_whoever_was_to_preside_opens_by_right_though_not_of_the_committee(
    browser: Browsers, meeting: Meeting, people: People
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(chair=people.tam)
    tam = browser("tam")
    tam.write("open", **{**opening(people), "chair": str(people.lan.pk)})
    tam.send()
    assert marks(meeting) == []


def test_voided_the_meeting_is_as_it_was_before_and_nothing_is_erased(
    tam: Browser, lan: Browser, meeting: Meeting, item: AgendaItem, people: People
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        chair=people.hung, state=State.ANNOUNCED, announced_at=meeting.starts_at
    )
    tam.write("attend", members=[people.binh.pk], state="present")
    tam.write("remark", item=item.pk, text="Nói thử", member=people.mai.pk)
    tam.send()
    opened = first(meeting)
    answer = judged(lan, opened, why="Tập mở, chi bộ chưa họp")
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.opened_at, meeting.chair_id) == (State.ANNOUNCED, None, people.hung.pk)
    assert (
        not Attendance.objects.filter(meeting=meeting).exists() and not Remark.objects.filter(meeting=meeting).exists()
    )
    duties = MeetingDuty.objects.filter(meeting_id=meeting.pk).values_list("duty", "person")
    assert set(duties) == {("chair", people.hung.pk), ("clerk", people.tam.pk)}
    assert Entry.objects.filter(meeting=meeting, payload__isnull=False).count() == 5, "three, the doubt, the verdict"
    said = page(lan)
    assert "Tập mở, chi bộ chưa họp" in said and "Nói thử" in said and "2 dòng để riêng" in said
    event = Event.objects.get(kind="meeting.opening_voided", object_id=meeting.pk)
    assert json.loads(event.payload or "{}")["number"] == 2 and "Tập mở" not in (event.payload or "")
    assert [one["kind"] for one in tam.send([])["entries"]] == ["opening-void"], "the device is told"
    assert "Lần mở trước đã bỏ" in lan.client.get(f"{lan.path}").content.decode()
    whole(meeting)


def test_what_its_device_sends_later_is_set_aside_and_what_follows_the_verdict_counts(
    tam: Browser, lan: Browser, meeting: Meeting, item: AgendaItem, people: People
) -> None:
    tam.send()
    judged(lan, first(meeting), why="Mở nhầm")
    tam.write("remark", item=item.pk, text="Viết lúc chưa biết", member=people.mai.pk)
    tam.send()
    assert "Viết lúc chưa biết" in page(lan) and not Remark.objects.filter(meeting=meeting).exists()
    lan.client.post(f"{lan.path}mo/", {"chair": people.lan.pk})
    tam.send([])
    tam.write("remark", item=item.pk, text="Trong buổi họp thật", member=people.mai.pk)
    tam.send()
    assert list(Remark.objects.filter(meeting=meeting).values_list("text", flat=True)) == ["Trong buổi họp thật"]
    assert marks(meeting) == []
    whole(meeting)


@pytest.mark.parametrize("notes", ["keep", "aside"])
def test_beside_a_true_opening_what_its_device_wrote_joins_the_meeting_or_is_set_aside_as_somebody_says(
    lan: Browser, browser: Browsers, meeting: Meeting, item: AgendaItem, people: People, notes: str
) -> None:
    hung = browser("hung")
    for who in (lan, hung):
        who.write("open", **{**opening(people), "chair": str(who.row.person_id)})
        who.write("remark", item=item.pk, text=f"Ghi trên máy {who.row.person_id}", member=people.mai.pk)
        who.send()
    room = log.room_of(meeting)
    wrong, true = (lan, hung) if room.chair == people.lan.pk else (hung, lan)
    opened = {"id": str(Entry.objects.get(meeting=meeting, kind="open", device=wrong.device).pk)}
    assert judged(true, opened, why="Mở nhầm ở nhà").status_code == 422, "nothing is chosen for them"
    assert judged(true, opened, why="Mở nhầm ở nhà", notes=notes).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.chair_id) == (State.OPEN, true.row.person_id) and marks(meeting) == []
    said = set(Remark.objects.filter(meeting=meeting).values_list("written_by", flat=True))
    assert said == ({people.lan.pk, people.hung.pk} if notes == "keep" else {true.row.person_id})
    if notes == "aside":  # not so after all
        judged(true, opened, why="Vẫn là ghi trong buổi này", notes="keep")
        assert Remark.objects.filter(meeting=meeting).count() == 2
    whole(meeting)


def test_a_voided_opening_is_taken_back_with_all_that_was_set_aside(
    tam: Browser, lan: Browser, meeting: Meeting, item: AgendaItem, people: People
) -> None:
    tam.write("remark", item=item.pk, text="Ý kiến thật", member=people.mai.pk)
    tam.send()
    before = log.room_of(meeting)
    judged(lan, first(meeting), why="Tưởng là tập")
    judged(lan, first(meeting), act="confirm")
    meeting.refresh_from_db()
    after = log.room_of(meeting)
    assert meeting.state == State.OPEN and after.remarks == before.remarks and after.roll == before.roll
    assert after.aside == set() and marks(meeting) == []
    whole(meeting)


def test_a_closing_that_is_set_aside_settles_nothing(
    tam: Browser, lan: Browser, meeting: Meeting, people: People
) -> None:
    old = Task.objects.get(lead=people.binh)
    moved = Task.objects.create(**{**_fields(old), "id": None, "order": 9, "due": today()})
    task = tam.write("task", what="Lắp hai gương", lead=people.mai.pk, due="2027-01-20")
    tam.write("review", task=old.pk, result="done", due_then=str(old.due))
    tam.write("review", task=moved.pk, result="partly", new_due="2027-02-01", due_then=str(moved.due))
    tam.write("close")
    tam.send()
    meeting.refresh_from_db()
    old.refresh_from_db()
    assert meeting.state == State.CLOSED and old.settled_at is not None
    assert MeetingFigures.objects.filter(meeting=meeting).exists()
    judged(lan, first(meeting), why="Tập cả buổi, chưa họp")
    for one in (meeting, old, moved):
        one.refresh_from_db()
    assert meeting.is_before and old.settled_at is None and moved.due == today()
    assert (
        not Task.objects.filter(pk=task["id"]).exists() and not MeetingFigures.objects.filter(meeting=meeting).exists()
    )
    judged(lan, first(meeting), act="confirm")
    for one in (meeting, old, moved):
        one.refresh_from_db()
    assert meeting.state == State.CLOSED and old.settled_at == meeting.closed_at and str(moved.due) == "2027-02-01"
    whole(meeting)


def _fields(task: Task) -> dict[str, object]:
    names = ("meeting_id", "cell_id", "body", "resolution_id", "what", "lead_id", "how_checked", "given_at")
    return {name: getattr(task, name) for name in names}


def test_a_first_signature_is_given_back(tam: Browser, lan: Browser, meeting: Meeting, people: People) -> None:
    tam.write("close")
    tam.send()
    minutes, _ = Minutes.objects.get_or_create(meeting=meeting, defaults=meeting.keys)
    Minutes.objects.filter(pk=minutes.pk).update(frozen_at=meeting.starts_at)
    judged(lan, first(meeting), why="Mở nhầm")
    assert Minutes.objects.get(pk=minutes.pk).frozen_at is None


def test_no_device_judges(tam: Browser, lan: Browser, meeting: Meeting, people: People) -> None:
    opened = tam.outbox[0]["id"]
    tam.write("opening-confirm", of=opened)
    tam.write("opening-void", of=opened, why="x")
    lan.write("opening-doubt", of=opened)
    assert [one.get("why") for one in tam.send()["answers"]] == [None, "shape", "shape"]
    assert [one.get("why") for one in lan.send()["answers"]] == ["shape"]
    assert marks(meeting) == ["opened_without_right"]


def test_it_validates_a_reason(tam: Browser, lan: Browser, meeting: Meeting) -> None:
    tam.send()
    answer = judged(lan, first(meeting), why=" ")
    assert answer.status_code == 422 and log.room_of(meeting).opened_at is not None
    assert judged(lan, {"id": "x"}, act="confirm").status_code == 404
    assert judged(lan, {"id": meeting.pk}, act="confirm").status_code == 404


@pytest.mark.parametrize("name", ["tam", "binh", "khanh", "dung", "phuc", "suspended"])
def test_it_checks_access_whoever_opened_without_right_does_not_judge(
    tam: Browser, meeting: Meeting, people: People, name: str
) -> None:
    tam.send()
    client = sign_in(Client(), people.all()[name])
    assert client.get(f"{tam.path}lan-mo/").status_code == 404
    assert client.post(f"{tam.path}lan-mo/", {"opening": first(meeting)["id"], "act": "confirm"}).status_code == 404
    assert marks(meeting) == ["opened_without_right"]


def test_of_a_signed_meeting_nothing_is_judged(tam: Browser, lan: Browser, meeting: Meeting) -> None:
    tam.send()
    Meeting.objects.filter(pk=meeting.pk).update(state=State.SIGNED)
    assert judged(lan, first(meeting), act="confirm").headers["Location"].endswith("/bien-ban/")
    assert marks(meeting) == ["opened_without_right"]
