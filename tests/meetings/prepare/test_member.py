"""The member's page: questions, coming or not, a private opinion."""

from datetime import timedelta

import pytest

from chibo.access.scope import scope
from chibo.lib.dates import at, now
from chibo.meetings.models import Invitee, Meeting, Opinion, State
from chibo.meetings.prepare import announcing
from tests import make

KEEP = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_ACCEPT": "application/json"}


@pytest.fixture
def item(people):
    one = make.item(people.meeting)
    make.question(one)
    return one


@pytest.fixture
def announced(people, item):
    with at(now() - timedelta(minutes=5)):
        announcing.announce(meeting=people.meeting, by=people.standing("lan"))
    people.meeting.refresh_from_db()
    return people.meeting


@pytest.fixture
def url(announced):
    return f"/cuoc-hop/{announced.pk}/"


@pytest.fixture
def opinion_url(url, item):
    return f"{url}y-kien/{item.pk}/"


def test_it_works(people, browser, url):
    page = browser("binh").get(url).content.decode()
    assert "Nhà mình làm được gì ở ngã ba?" in page
    assert "Chưa gửi thì chỉ đồng chí đọc được" in page
    assert Invitee.objects.get(person=people.binh).seen_at


def test_the_page_takes_few_queries(people, browser, url, django_assert_max_num_queries):
    client = browser("binh")
    client.get(url)
    for number in range(10):
        make.question(make.item(people.meeting, f"Mục {number}"))
    # Six of them set the scope, the person and the points of return of the transaction.
    with django_assert_max_num_queries(7 + 6):
        client.get(url)


def test_coming_is_one_tap(people, browser, url):
    browser("binh").post(f"{url}du-hop/", {"answer": "coming"})
    row = Invitee.objects.get(person=people.binh)
    assert (row.answer, row.answered_by) == ("coming", people.binh.pk)


def test_absent_asks_for_a_reason_and_keeps_the_words(people, browser, url):
    client = browser("binh")
    asked = client.post(f"{url}du-hop/", {"answer": "absent"}, follow=True)
    assert "Vì sao vắng" in asked.content.decode()
    page = client.post(f"{url}du-hop/", {"answer": "absent", "reason": "", "reason_text": "Đưa mẹ đi viện"})
    assert page.status_code == 422
    assert "Đưa mẹ đi viện" in page.content.decode()
    client.post(f"{url}du-hop/", {"answer": "absent", "reason": "family", "reason_text": "Đưa mẹ đi viện"})
    row = Invitee.objects.get(person=people.binh)
    assert (row.answer, row.reason, row.reason_text) == ("absent", "family", "Đưa mẹ đi viện")
    client.post(f"{url}du-hop/", {"answer": "coming"})
    row.refresh_from_db()
    assert (row.answer, row.reason, row.reason_text) == ("coming", "", "")


def test_nobody_may_say_of_oneself_what_only_the_cell_decides(browser, url):
    page = browser("binh").post(f"{url}du-hop/", {"answer": "absent", "reason": "none"})
    assert page.status_code == 422


def test_the_committee_answers_for_someone_without_a_phone_and_it_is_marked(people, browser, url):
    browser("lan").post(f"{url}du-hop/{people.tu.pk}/", {"answer": "coming"})
    row = Invitee.objects.get(person=people.tu)
    assert (row.answer, row.answered_by) == ("coming", people.lan.pk)
    assert browser("binh").post(f"{url}du-hop/{people.tu.pk}/", {"answer": "absent"}).status_code == 404


def test_a_draft_is_read_by_nobody_else_until_it_is_handed_in(people, browser, opinion_url, announced):
    answer = browser("binh").post(opinion_url, {"text": "Lắp gương trước.", "version": "1"}, **KEEP)
    assert answer.json()["version"] == 1
    for name in ("lan", "hung", "tam", "mai", "khanh", "dung"):
        with scope(people.standing(name)):
            assert not Opinion.objects.exists(), name
    assert "Lắp gương" not in browser("lan").get(f"/cuoc-hop/{announced.pk}/").content.decode()
    browser("binh").post(opinion_url, {"text": "Lắp gương trước.", "version": "1", "act": "hand_in"})
    for name, reads in (("lan", True), ("tam", True), ("mai", False), ("khanh", False), ("dung", False)):
        with scope(people.standing(name)):
            assert Opinion.objects.exists() is reads, name
    assert "Lắp gương" in browser("lan").get(f"/cuoc-hop/{announced.pk}/").content.decode()
    browser("binh").post(f"{opinion_url}rut/")
    assert "Lắp gương" not in browser("lan").get(f"/cuoc-hop/{announced.pk}/").content.decode()


def test_two_devices_of_one_author_overwrite_nothing(browser, opinion_url):
    client = browser("binh")
    client.post(opinion_url, {"text": "Bản một", "version": "1"}, **KEEP)
    client.post(opinion_url, {"text": "Bản hai", "version": "1"}, **KEEP)
    late = client.post(opinion_url, {"text": "Bản ba", "version": "1"}, **KEEP)
    assert late.status_code == 409
    assert late.json() == {"theirs": "Bản hai", "version": 2}
    page = client.post(opinion_url, {"text": "Bản ba", "version": "1"})
    assert page.status_code == 409
    assert "Bản hai" in page.content.decode()
    assert "Bản ba" in page.content.decode()
    assert Opinion.objects.get().text == "Bản hai"


def test_what_someone_else_typed_on_a_shared_device_is_not_saved_as_mine(people, browser, opinion_url):
    mine = {"text": "Của Mai", "version": "1", "person": str(people.mai.pk)}
    assert browser("binh").post(opinion_url, mine, **KEEP).status_code == 401
    assert not Opinion.objects.exists()


def test_it_validates_an_empty_opinion_and_one_that_is_far_too_long(browser, opinion_url):
    page = browser("binh").post(opinion_url, {"text": " ", "version": "1", "act": "hand_in"})
    assert page.status_code == 422
    text = "dài " * 2_500_000
    page = browser("binh").post(opinion_url, {"text": text, "version": "1"})
    assert page.status_code == 422
    assert page.context["topics"][0]["form"]["text"].value() == text


def test_once_the_meeting_has_begun_nothing_is_handed_in_or_taken_back(people, browser, opinion_url, announced):
    browser("binh").post(opinion_url, {"text": "Lắp gương", "version": "1", "act": "hand_in"})
    Meeting.objects.filter(pk=announced.pk).update(state=State.OPEN)
    browser("binh").post(f"{opinion_url}rut/")
    assert Opinion.objects.get().handed_in_at is not None
    assert browser("binh").post(opinion_url, {"text": "Khác", "version": "1"}, **KEEP).status_code == 422


@pytest.mark.parametrize(
    ("name", "page", "writes"),
    [
        ("mai", 200, True),
        ("tu", 200, True),
        ("son", 200, True),
        ("khanh", 200, False),
        ("dung", 200, False),  # the commune sees when and where, nothing of the programme
        ("thu", 404, False),
        ("phuc", 404, False),
        ("former", 404, False),
        ("suspended", 404, False),
        ("left", 404, False),
        ("operator", 404, False),
        ("anonymous", 302, False),
    ],
)
def test_it_checks_access(browser, url, opinion_url, name, page, writes):
    client = browser(name)
    answer = client.get(url)
    assert answer.status_code == page
    if name == "dung":
        assert "ngã ba" not in answer.content.decode()
    client.post(opinion_url, {"text": "x", "version": "1"}, **KEEP)
    assert Opinion.objects.exists() is writes


def test_a_meeting_of_the_committee_exists_for_its_committee_alone(people, browser):
    meeting = make.meeting(people.cell, body="committee", state="announced")
    for name in ("lan", "hung", "quyen"):
        assert browser(name).get(f"/cuoc-hop/{meeting.pk}/").status_code == 200
    for name in ("binh", "tam", "khanh", "dung"):
        assert browser(name).get(f"/cuoc-hop/{meeting.pk}/").status_code == 404
