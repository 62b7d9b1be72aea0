"""What comes after the signatures is set aside for chair and clerk, never in the minutes, and forgotten in time."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from chibo.audit.verify import breaks
from chibo.lib import dates
from chibo.lib.dates import now, today
from chibo.meetings.device import late
from chibo.meetings.models import Annotation, Entry, Meeting, Minutes, RoomDevice, SetAside, Signature, State
from chibo.meetings.tasks import forget_keys
from chibo.privacy.retention.run import apply_retention
from tests.meetings.device.joining.conftest import Browser, Raw, opening
from tests.people import People, sign_in

Browsers = Callable[[str], Browser]
PASSWORD = "mat-khau-phep-thu"


@pytest.fixture
def tam(browser: Browsers) -> Browser:
    return browser("tam")


def held(lan: Browser, people: People) -> None:
    """A meeting opened, minuted by Tâm, and closed on Lan's device, joined up."""
    lan.write("open", **opening(people))
    lan.write("clerk", member=people.tam.pk)
    lan.write("attend", members=[people.lan.pk, people.tam.pk, people.binh.pk], state="present")
    lan.write("close")
    lan.send()


def signing(who: Browser, **typed: str) -> int:
    user = who.row.person.user
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        who.client = sign_in(Client(), who.row.person)
    answer = who.client.post(f"/cuoc-hop/{who.meeting.pk}/bien-ban/ky/", {"password": PASSWORD, **typed})
    return answer.status_code


@pytest.fixture
def signed(lan: Browser, tam: Browser, people: People) -> Browser:
    """Tâm's browser with a remark that it did not send before both had signed."""
    held(lan, people)
    tam.take(json.loads(tam.hear().content))
    item = str(lan.meeting.agendaitem_rows.values_list("pk", flat=True)[0])
    tam.write("remark", item=item, text="Gương phải lắp trước Tết", member=str(people.binh.pk))
    assert [signing(tam), signing(lan)] == [302, 302]
    assert Meeting.objects.get(pk=lan.meeting.pk).state == State.SIGNED
    return tam


def test_what_comes_after_the_signatures_is_set_aside_once(signed: Browser) -> None:
    entry = signed.outbox[0]
    for _ in range(2):
        found = signed.send([entry])
        assert found["answers"] == [{"id": entry["id"], "why": "signed"}] and found["state"] == "signed"
    kept = SetAside.objects.get(meeting=signed.meeting)
    assert json.loads(kept.payload or "")["text"] == "Gương phải lắp trước Tết"
    assert not Entry.objects.filter(pk=entry["id"]).exists()
    sections = Minutes.objects.get(meeting=signed.meeting).sections.values_list("content", flat=True)
    assert "Gương" not in json.dumps(list(sections), ensure_ascii=False)


def test_what_was_taken_before_is_still_acknowledged_after(lan: Browser, tam: Browser, people: People) -> None:
    held(lan, people)
    sent = [
        {key: one[key] for key in ("id", "counter", "kind", "payload", "at", "seen")} for one in lan.entries.values()
    ]
    tam.hear()
    assert [signing(tam), signing(lan)] == [302, 302]
    assert [one.get("seq") for one in lan.send(sent)["answers"]] == [1, 2, 3, 4]
    assert not SetAside.objects.exists()


def test_it_becomes_a_correction_that_both_sign_and_its_text_goes(signed: Browser, lan: Browser) -> None:
    signed.send()
    page = signed.client.get(f"/cuoc-hop/{signed.meeting.pk}/bien-ban/").content.decode()
    assert "Một dòng ghi muộn, không có trong biên bản." in page
    row = SetAside.objects.get(meeting=signed.meeting)
    late = signed.client.get(f"/cuoc-hop/{signed.meeting.pk}/ghi-muon/").content.decode()
    assert "Gương phải lắp trước Tết" in late and "Ý kiến: Đặng Văn Bình" in late
    path = f"/cuoc-hop/{signed.meeting.pk}/ghi-muon/{row.pk}/dinh-chinh/"
    form = signed.client.get(path).context["form"]
    assert form["text"].value() == "Ý kiến của đồng chí Đặng Văn Bình: Gương phải lắp trước Tết"
    own = {"section_key": "", "password": PASSWORD}
    assert signed.client.post(path, {"text": "", **own}).status_code == 422
    assert signed.client.post(path, {"text": form["text"].value(), **own}).status_code == 302
    correction = Annotation.objects.get(meeting=signed.meeting)
    assert Signature.objects.get(annotation=correction).role == "clerk"
    row.refresh_from_db()
    assert (row.payload, row.salt, row.at, row.settled_by) == (None, None, None, row.author_id)
    assert signed.client.get(path).status_code == 404
    assert list(breaks()) == []


def test_each_sort_is_told_in_words_that_a_correction_can_be_made_of(signed: Browser, people: People) -> None:
    signed.outbox.clear()
    both = [str(people.binh.pk), str(people.hung.pk)]
    signed.write("attend", members=both, state="absent", reason="health")
    signed.write("task", what="Phát quang hàng rào", lead=both[1], due="2026-12-28", how_checked="Xem tận nơi")
    undone = Entry.objects.get(meeting=signed.meeting, kind="attend")
    signed.write("undo", of=str(undone.pk))
    signed.send()
    page = signed.client.get(f"/cuoc-hop/{signed.meeting.pk}/ghi-muon/").content.decode()
    for words in (
        "Điểm danh: Đặng Văn Bình, Trần Văn Hùng</p>\n<p>Vắng, sức khỏe</p>",
        "<p>Phát quang hàng rào<br>Xong đến hết ngày 28/12/2026<br>Kiểm tra: Xem tận nơi</p>",
        "Hoàn tác một dòng</p>\n<p>Điểm danh</p>",
    ):
        assert words in page, page


def test_put_away_its_text_goes_at_once(signed: Browser, lan: Browser) -> None:
    signed.send()
    row = SetAside.objects.get(meeting=signed.meeting)
    assert lan.client.post(f"/cuoc-hop/{signed.meeting.pk}/ghi-muon/{row.pk}/bo/").status_code == 302
    row.refresh_from_db()
    assert row.payload is None and row.salt is None
    assert "Không có dòng ghi muộn nào" in lan.client.get(f"/cuoc-hop/{signed.meeting.pk}/ghi-muon/").content.decode()


@pytest.mark.parametrize("name", ["hung", "binh", "khanh", "dung", "phuc"])
def test_it_is_for_chair_and_clerk_alone(signed: Browser, people: People, name: str) -> None:
    signed.send()
    row = SetAside.objects.get(meeting=signed.meeting)
    client = sign_in(Client(), people.all()[name])
    path = f"/cuoc-hop/{signed.meeting.pk}/ghi-muon/"
    assert client.get(path).status_code == client.get(f"{path}{row.pk}/dinh-chinh/").status_code == 404
    assert client.post(f"{path}{row.pk}/bo/").status_code == 404


def test_a_committee_member_without_a_part_in_the_meeting_brings_it_too(
    lan: Browser, tam: Browser, browser: Browsers, people: People
) -> None:
    hung = browser("hung")
    held(lan, people)
    hung.take(json.loads(hung.hear().content))
    tam.hear()
    assert [signing(tam), signing(lan)] == [302, 302]
    hung.write("guest", name="Ông Ba")
    assert hung.send()["answers"][0]["why"] == "signed"


def test_after_thirty_days_text_and_salt_are_erased_and_the_digest_stays(signed: Browser, people: People) -> None:
    signed.send()
    assert apply_retention(today() + timedelta(days=30))["retention_late"] == 0
    assert apply_retention(today() + timedelta(days=31))["retention_late"] == 1
    assert apply_retention(today() + timedelta(days=31))["retention_late"] == 0
    row = SetAside.objects.get(meeting=signed.meeting)
    assert (row.payload, row.salt) == (None, None) and bytes(row.digest)


def test_keys_go_once_the_meeting_is_signed_and_nothing_waits_or_thirty_days_after(
    signed: Browser, lan: Browser
) -> None:
    RoomDevice.objects.filter(pk=signed.device).update(unsent=1)
    assert forget_keys.work()["máy"] == 1  # type: ignore[index]
    assert lan.row.unlock is None and signed.row.unlock is not None
    assert lan.client.get(f"{lan.path}may/{lan.device}/").status_code == 410
    with dates.at(now() + timedelta(days=31)):
        forget_keys.work()
    assert signed.row.unlock is None and signed.row.seal is None


def test_keys_stay_of_a_device_that_was_not_heard_from_since_the_closing(signed: Browser, lan: Browser) -> None:
    RoomDevice.objects.filter(pk=lan.device).update(last_heard_at=now() - timedelta(hours=5))
    forget_keys.work()
    assert lan.row.unlock is not None and lan.row.seal is not None, "it may hold an evening, and its PIN be forgotten"
    with dates.at(now() + timedelta(days=31)):
        forget_keys.work()
    assert lan.row.unlock is None


# ---------- How much ----------
@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "MOST_ROWS", 3)


def guests(who: Browser, number: int) -> list[Raw]:
    for one in range(number):
        who.write("guest", name=f"Ông Ba {one}")
    return who.outbox


@pytest.mark.usefixtures("little_room")
def test_of_one_person_only_so_many_are_set_aside_and_what_is_over_is_refused(signed: Browser) -> None:
    guests(signed, 4)
    whys = [one["why"] for one in signed.send()["answers"]]
    assert whys == ["signed"] * 3 + ["full"] * 2
    again = [one["why"] for one in signed.send()["answers"]]
    assert again == whys, "those that are kept are known, the others are refused again"
    assert SetAside.objects.count() == 3
    page = signed.client.get(f"/cuoc-hop/{signed.meeting.pk}/ghi-muon/").content.decode()
    assert f"Phần để riêng của đồng chí {signed.row.person.full_name} đã gần hết mức" in page


def test_of_one_person_only_so_much_text_is_set_aside(signed: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    first = json.dumps(signed.outbox[0]["payload"], ensure_ascii=False, separators=(",", ":"))
    monkeypatch.setattr(late, "MOST_BYTES", len(first.encode()) + 30)
    guests(signed, 2)
    assert [one["why"] for one in signed.send()["answers"]] == ["signed", "signed", "full"]


@pytest.mark.usefixtures("little_room")
def test_what_was_put_away_gives_no_room_again(signed: Browser, people: People) -> None:
    guests(signed, 2)
    signed.send()
    for row in SetAside.objects.all():
        late.put_away(row=row, by=people.standing("lan"))
    guests(signed, 1)
    assert signed.send()["answers"][-1]["why"] == "full"


@pytest.mark.usefixtures("little_room")
def test_a_device_that_was_cut_off_hears_how_many_had_no_room(lan: Browser, tam: Browser, people: People) -> None:
    lan.write("open", **opening(people))
    lan.send()
    lan.client.post(f"{lan.path}may/{tam.device}/ngat/")
    answer = tam.post(tam.body(guests(tam, 5)))
    assert (answer.status_code, json.loads(answer.content)) == (
        410,
        {"error": "removed", "forget": False, "refused": 2},
    )
    again = tam.post(tam.body(tam.outbox[:3]))
    assert json.loads(again.content) == {"error": "removed", "forget": False}
    assert SetAside.objects.filter(author=people.tam).count() == 3


# ---------- Before signing ----------
def test_signing_asks_about_devices_that_may_still_hold_something(lan: Browser, tam: Browser, people: People) -> None:
    held(lan, people)
    RoomDevice.objects.filter(pk=tam.device).update(unsent=3)
    page = tam.client.get(f"/cuoc-hop/{lan.meeting.pk}/bien-ban/").content.decode()
    assert "Một máy trong phòng họp có thể chưa gửi hết" in page and "báo còn 3 dòng chưa gửi" in page
    assert signing(tam) == 422
    assert not Signature.objects.exists()
    assert signing(tam, asked="on") == 302


def test_a_device_not_heard_from_since_the_closing_is_asked_about(lan: Browser, tam: Browser, people: People) -> None:
    held(lan, people)
    assert signing(tam) == 422, "made ready, and silent since"
    tam.hear()
    assert signing(tam) == 302


def test_what_comes_between_the_signatures_is_taken_and_the_first_one_lapses(
    lan: Browser, tam: Browser, people: People
) -> None:
    held(lan, people)
    tam.take(json.loads(tam.hear().content))
    assert signing(tam) == 302
    tam.write("correct", text="Ghi rõ ngày lắp gương")
    assert [one.get("seq") for one in tam.send()["answers"]] == [5]
    assert not Signature.objects.exists()
    assert Minutes.objects.get(meeting=lan.meeting).frozen_at is None
    assert [signing(tam), signing(lan)] == [302, 302]
    assert list(breaks()) == []
