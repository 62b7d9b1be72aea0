"""/thong-bao/: sent once, cancelled within its minute, corrected after; who knows."""

import io
import zipfile
from datetime import timedelta

import pytest

from chibo.lib.dates import at, now
from chibo.meetings.models import Announcement, Invitee, Meeting, Posting, State
from tests import make


@pytest.fixture
def url(people):
    make.question(make.item(people.meeting))
    return f"/cuoc-hop/{people.meeting.pk}/thong-bao/"


def later(seconds: int):
    return at(now() + timedelta(seconds=seconds))


def test_it_works(people, browser, url):
    page = browser("lan").get(url).content.decode()
    assert "Gửi thông báo" in page
    assert "Nhà mình làm được gì ở ngã ba?" in page
    assert browser("lan").post(url).status_code == 302
    people.meeting.refresh_from_db()
    assert people.meeting.state == State.ANNOUNCED
    sent = Announcement.objects.get()
    assert sent.effective_at - sent.sent_at == timedelta(seconds=60)


def test_every_member_and_the_follower_are_invited_the_exempt_too_those_away_by_choice(people, browser, url):
    browser("lan").post(url)
    invited = set(Invitee.objects.values_list("person_id", flat=True))
    names = ("lan", "hung", "quyen", "tam", "binh", "mai", "tu", "son", "khanh")
    assert invited == {people.all()[name].pk for name in names}
    assert Invitee.objects.get(is_follower=True).person == people.khanh


def test_someone_away_is_told_when_ticked(people, browser, url):
    browser("lan").post(url, {"away": [str(people.vinh.pk), "nonsense"]})
    assert Invitee.objects.filter(person=people.vinh).exists()


def test_nobody_sees_the_programme_in_the_minute_in_which_it_can_be_cancelled(people, browser, url):
    browser("lan").post(url)
    page = browser("binh").get(f"/cuoc-hop/{people.meeting.pk}/")
    assert "Nhà mình làm được gì" not in page.content.decode()
    assert Invitee.objects.get(person=people.binh).seen_at is None
    with later(61):
        page = browser("binh").get(f"/cuoc-hop/{people.meeting.pk}/")
        assert "Nhà mình làm được gì" in page.content.decode()
    assert Invitee.objects.get(person=people.binh).seen_at is not None


def test_sent_twice_it_goes_out_once(people, browser, url):
    browser("lan").post(url)
    page = browser("hung").post(url, follow=True)
    assert "không gửi lần nữa" in page.content.decode()
    assert Announcement.objects.count() == 1


def test_within_the_minute_it_is_cancelled_and_the_meeting_is_in_preparation_again(people, browser, url):
    browser("lan").post(url)
    with later(59):
        browser("lan").post(f"{url}huy/")
    people.meeting.refresh_from_db()
    assert (people.meeting.state, people.meeting.announced_at) == (State.DRAFT, None)
    assert not Invitee.objects.exists()
    browser("lan").post(url)
    assert Announcement.objects.filter(cancelled_at=None).get().number == 1


def test_after_the_minute_it_is_not_cancelled_but_corrected(people, browser, url):
    browser("lan").post(url)
    with later(60):
        page = browser("lan").post(f"{url}huy/", follow=True)
        assert "không hủy được" in page.content.decode()
        people.meeting.refresh_from_db()
        assert people.meeting.state == State.ANNOUNCED
        browser("lan").post(f"{url}dinh-chinh/", {"text": "Họp tại trường học."})
        browser("lan").post(f"{url}dinh-chinh/", {"text": "Họp tại trường học."})
    assert list(Announcement.objects.values_list("number", flat=True)) == [1, 2], "the button tapped twice sends once"


def test_a_correction_is_proposed_from_what_changed_and_reopens_the_receipts(people, browser, url):
    browser("lan").post(url)
    with later(70):
        browser("binh").get(f"/cuoc-hop/{people.meeting.pk}/")
        Meeting.objects.filter(pk=people.meeting.pk).update(place="Trường tiểu học")
        page = browser("lan").get(url)
        assert page.context["changes"] == "Họp tại Trường tiểu học."
        browser("lan").post(f"{url}dinh-chinh/", {"text": page.context["changes"]})
    with later(140):
        page = browser("lan").get(url)
        row = next(row for row in page.context["rows"] if row["invitee"].person_id == people.binh.pk)
        assert not row["knows"]
        assert page.context["changes"] == ""
        assert "Trường tiểu học" in browser("binh").get(f"/cuoc-hop/{people.meeting.pk}/").content.decode()
        row = next(r for r in browser("lan").get(url).context["rows"] if r["invitee"].person_id == people.binh.pk)
        assert row["knows"]


def test_who_sends_or_prepares_has_the_notice(people, browser, url):
    browser("lan").post(url)
    with later(61):
        browser("hung").get(f"/cuoc-hop/{people.meeting.pk}/")
        knows = {row["invitee"].person_id for row in browser("lan").get(url).context["rows"] if row["knows"]}
    assert knows == {people.lan.pk, people.hung.pk}


def test_someone_told_in_person_is_one_tap_and_can_be_taken_back(people, browser, url):
    browser("lan").post(url)
    told = f"{url}da-bao/{people.tu.pk}/"
    browser("lan").post(told, {"way": "in_person"})
    row = Invitee.objects.get(person=people.tu)
    assert (row.told_way, row.told_by) == ("in_person", people.lan.pk)
    browser("lan").post(told)
    row.refresh_from_db()
    assert (row.told_way, row.told_at, row.told_by) == ("", None, None)


def test_whom_the_group_reached_last_time_is_told_in_one_tap(people, browser, url):
    before = make.meeting(people.cell, starts_at=people.meeting.starts_at - timedelta(days=30), state="signed")
    for who, way in ((people.tu, "zalo"), (people.binh, "phone"), (people.mai, "zalo")):
        told = {"told_way": way, "told_at": now() - timedelta(days=31), "told_by": people.lan.pk}
        Invitee.objects.create(**before.keys, person=who, **told)
    browser("lan").post(url)
    with later(61):
        browser("mai").get(f"/cuoc-hop/{people.meeting.pk}/")  # she has seen it herself
        assert "Đã gửi nhóm Zalo: một đồng chí" in browser("lan").get(url).content.decode()
        browser("lan").post(f"{url}da-bao-nhom/")
        told = Invitee.objects.filter(meeting=people.meeting, told_way="zalo")
        assert [(one.person_id, one.told_by) for one in told] == [(people.tu.pk, people.lan.pk)]
        assert "Đã gửi nhóm Zalo" not in browser("lan").get(url).content.decode()


def test_questions_go_into_zalo_and_onto_the_wall_by_choice_only(browser, url):
    plain = browser("lan").get(url).context["zalo"]
    assert "Nhà mình làm được gì" not in plain
    assert "/cuoc-hop/" in plain
    assert "Nhà mình làm được gì" in browser("lan").get(f"{url}?cau-hoi=1").context["zalo"]


def test_it_validates_a_start_that_is_past(people, browser, url):
    with at(people.meeting.starts_at + timedelta(minutes=1)):
        answer = browser("lan").post(url)
    assert answer.headers["Location"].endswith("/doi-lich/")
    assert not Announcement.objects.exists()


def test_it_validates_an_empty_correction(people, browser, url):
    browser("lan").post(url)
    with later(61):
        assert browser("lan").post(f"{url}dinh-chinh/", {"text": " "}).status_code == 422
    assert Announcement.objects.count() == 1


def test_the_committees_meeting_is_told_to_its_committee_alone(people, browser):
    meeting = make.meeting(people.cell, body="committee")
    browser("lan").post(f"/cuoc-hop/{meeting.pk}/thong-bao/")
    invited = set(Invitee.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    assert invited == {people.lan.pk, people.hung.pk, people.quyen.pk}


def test_the_calendar_says_when_and_where_and_nothing_of_the_content(people, browser, url):
    browser("lan").post(url)
    with later(61):
        answer = browser("binh").get(f"/cuoc-hop/{people.meeting.pk}/lich.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "ngã ba" not in answer.content.decode()


def test_the_package_holds_the_papers_and_posting_is_recorded_and_withdrawn(people, browser, url):
    base = f"/cuoc-hop/{people.meeting.pk}/so-tay/"
    page = browser("lan").get(base)
    assert page.status_code == 200
    answer = browser("lan").get(f"{base}goi.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {"Giấy mời.docx", "Giấy mời.pdf", "Chương trình.docx", "Chương trình.pdf"} <= set(archive.namelist())
    browser("lan").post(base, {"now": "1"})
    posting = Posting.objects.get()
    assert posting.what == Posting.What.BEFORE
    browser("lan").post(f"{base}{posting.pk}/bo/")
    assert not Posting.objects.exists()
    page = browser("lan").post(base, {"day": "2999-01-01", "clock": "08:00"})
    assert page.status_code == 422


@pytest.mark.parametrize("name", ["binh", "tam", "mai", "tu", "khanh", "dung", "thu", "phuc", "former", "suspended"])
def test_it_checks_access(people, browser, url, name):
    client = browser(name)
    assert client.get(url).status_code == 404
    for path in ("", "huy/", "dinh-chinh/", f"da-bao/{people.tu.pk}/"):
        assert client.post(f"{url}{path}", {"text": "x", "way": "phone"}).status_code == 404
    assert not Announcement.objects.exists()
