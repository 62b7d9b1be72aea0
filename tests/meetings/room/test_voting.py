"""The show of hands: one tap for all, the arithmetic, more hands than the base refused."""

import pytest
from django.test import Client

from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import Vote
from chibo.meetings.room import log
from chibo.meetings.room.commands import Pen, call
from tests.people import People, sign_in


@pytest.fixture
def url(pen: Pen, people: People) -> str:
    """The vote's address, five official members present and one excused."""
    here = [people.lan, people.hung, people.quyen, people.tam, people.mai, people.son]
    call(pen=pen, members=[one.pk for one in here], state="present")
    call(pen=pen, members=[people.binh.pk], state="absent", reason="health")
    return f"/cuoc-hop/{pen.meeting.pk}/phong/bieu-quyet/"


def test_it_works_all_agree_in_one_tap(lan: Client, url: str, pen: Pen) -> None:
    page = lan.get(url, {"noi-dung": "resolution"}).content.decode()
    assert "Cả 4 đồng chí tán thành" in page and "4 trên 4 là 100%. Cần ít nhất 3." in page
    assert "Vắng có lý do, chi bộ đồng ý" in page and "Một đồng chí dự bị không biểu quyết." in page
    answer = lan.post(url, {"noi-dung": "resolution", "all": "4"})
    assert answer.url.endswith("/ket-thuc/")  # type: ignore[attr-defined]
    vote = Vote.objects.get(meeting=pen.meeting)
    assert (vote.in_favour, vote.base_size, vote.needed, vote.passed) == (4, 4, 3, True)
    assert len(vote.base["included"]) == 4 and len(vote.base["excluded"]) == 6


def test_it_validates_more_hands_than_the_base(lan: Client, url: str, pen: Pen) -> None:
    counts = {"noi-dung": "resolution", "in_favour": "9", "against": "0", "abstained": "0"}
    answer = lan.post(url, counts)
    page = answer.content.decode()
    assert answer.status_code == 422 and "9 nhiều hơn cơ sở tính 4. Đồng chí đếm lại." in page
    assert 'value="9"' in page and not Vote.objects.filter(meeting=pen.meeting).exists()


def test_it_validates_that_the_counts_add_up(lan: Client, url: str, pen: Pen) -> None:
    answer = lan.post(url, {"noi-dung": "resolution", "in_favour": "2", "against": "1", "abstained": "0"})
    assert answer.status_code == 422 and "Cộng lại được 3, mà có 4 đồng chí" in answer.content.decode()
    counts = {"noi-dung": "resolution", "in_favour": "2", "against": "1", "abstained": "1"}
    page = lan.post(url, counts, follow=True).content.decode()
    assert 'class="notice notice-late"' in page and "Không thông qua." in page and "notice-ok" not in page
    vote = Vote.objects.get(meeting=pen.meeting)
    assert (vote.in_favour, vote.against, vote.abstained, vote.passed) == (2, 1, 1, False)


def test_a_tap_made_for_another_count_is_counted_again(lan: Client, url: str, pen: Pen, people: People) -> None:
    call(pen=pen, members=[people.tam.pk], state="absent", reason="work")
    answer = lan.post(url, {"noi-dung": "resolution", "all": "4"})
    assert answer.status_code == 409 and "nay có 3 đồng chí biểu quyết" in answer.content.decode()
    assert not Vote.objects.filter(meeting=pen.meeting).exists()


def test_another_matter_may_need_two_thirds(lan: Client, url: str, pen: Pen) -> None:
    assert lan.get(url, {"noi-dung": "other", "title": ""}).status_code == 422
    matter = {"noi-dung": "other", "title": "Giới thiệu quần chúng", "fraction": "two_thirds"}
    assert "Ít nhất hai phần ba" in lan.get(url, matter).content.decode()
    lan.post(url, {**matter, "in_favour": "2", "against": "2", "abstained": "0"})
    vote = Vote.objects.get(meeting=pen.meeting)
    assert (vote.title, vote.needed, vote.passed) == ("Giới thiệu quần chúng", 3, False)


def test_no_vote_names_a_voter(lan: Client, url: str, pen: Pen) -> None:
    lan.post(url, {"noi-dung": "agenda", "in_favour": "3", "against": "1", "abstained": "0"})
    vote = Vote.objects.get(meeting=pen.meeting)
    assert {why for _, why in vote.base["included"]} == {"present"}  # the base, alike for each choice


def test_it_checks_access(client: Client, url: str, people: People) -> None:
    sign_in(client, people.binh)
    assert client.post(url, {"noi-dung": "resolution", "all": "4"}).status_code == 404


def test_several_matters_are_voted_together(lan: Client, url: str, pen: Pen) -> None:
    together = {
        "noi-dung": "other",
        "title": "Ba việc cuối năm",
        "fraction": "half",
        "matters": "Lắp gương\n- Phát quang\n",
    }
    page = lan.get(url, together).content.decode()
    assert "<li>Lắp gương</li><li>Phát quang</li>" in page
    assert lan.post(url, {**together, "all": "4"}).status_code == 302
    vote = Vote.objects.get(meeting=pen.meeting)
    assert log.room_of(pen.meeting).votes[vote.pk].matters == ["Lắp gương", "Phát quang"]
    said = " ".join(str(block) for one in sections_of(pen.meeting) for block in one.blocks)
    assert "Biểu quyết Ba việc cuối năm: 4/4" in said and "Phát quang" in said
    one = lan.get(url, {**together, "matters": "Chỉ một việc"})
    assert one.status_code == 422 and "Mới có một việc" in one.content.decode()


def test_a_count_that_cannot_be_is_tied_to_its_field(lan: Client, url: str) -> None:
    counts = {"noi-dung": "resolution", "in_favour": "9", "against": "0", "abstained": "0"}
    page = lan.post(url, counts).content.decode()
    assert 'aria-describedby="id_in_favour_error"' in page and 'id="id_in_favour_error"' in page
