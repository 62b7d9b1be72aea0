"""Secret votes on paper: put to the cell, printed all alike, the tellers' sums held together, in the minutes (M14)."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import Entry
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import Pen, call, closing_bars
from chibo.meetings.room.counting import Sums, count_ballots
from chibo.meetings.room.deciding import Ballot, ballots_of, secrets_of
from chibo.meetings.room.fold import Record, fold
from chibo.members.base_of_vote import Miscount, Voter, base_of_vote
from tests.people import People, sign_in


@pytest.fixture
def url(pen: Pen, people: People) -> str:
    """The address of secret votes; four official members and two who do not vote are present."""
    here = [people.lan, people.hung, people.quyen, people.tam, people.mai, people.son]
    call(pen=pen, members=[one.pk for one in here], state="present")
    call(pen=pen, members=[people.binh.pk], state="absent", reason="health")
    return f"/cuoc-hop/{pen.meeting.pk}/phong/bo-phieu-kin/"


def put(client: Client, url: str, people: People, names: str = "", **more: Any) -> Any:
    values = {"title": "Giới thiệu nhân sự", "names": names, "fraction": "half", "tellers": [people.tam.pk]}
    return client.post(url, {**values, **more})


def the_ballot(pen: Pen) -> Ballot:
    (one,) = ballots_of(log.room_of(pen.meeting)).values()
    return one


QUESTION = {"issued": "4", "returned": "4", "invalid": "1", "in_favour_0": "2", "against_0": "1", "blank_0": "0"}


def test_it_works(lan: Client, url: str, pen: Pen, people: People) -> None:
    answer = put(lan, url, people)
    one = the_ballot(pen)
    assert answer.url == f"{url}{one.id}/"
    page = lan.get(answer.url).content.decode()
    assert "In 4 phiếu" in page and "Phạm Minh Tâm" in page and "Cần ít nhất 3 trên 4" in page
    lan.post(answer.url, {**QUESTION, "invalid": "0", "in_favour_0": "3"})
    counted = secrets_of(log.room_of(pen.meeting))[one.id]
    assert (counted.issued, counted.valid, counted.choices[0].in_favour, counted.size) == (4, 4, 3, 4)
    assert "75%" in lan.get(answer.url).content.decode()


def test_names_stand_on_the_ballot_each_with_its_counts(lan: Client, url: str, pen: Pen, people: People) -> None:
    put(lan, url, people, names="Trần Văn Hùng\n - Lê Thị Quyên \n\n")
    one = the_ballot(pen)
    assert one.lines == ["Trần Văn Hùng", "Lê Thị Quyên"]
    counts = {**QUESTION, "invalid": "0", "in_favour_0": "3", "in_favour_1": "1", "against_1": "1", "blank_1": "2"}
    assert lan.post(f"{url}{one.id}/", counts).status_code == 302
    assert [choice.in_favour for choice in secrets_of(log.room_of(pen.meeting))[one.id].choices] == [3, 1]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issued": "5"}, "Phát 5 phiếu, mà có 4 đồng chí chính thức có mặt"),
        ({"issued": "3"}, "Thu về 4, nhiều hơn 3 phiếu phát ra"),
        ({"invalid": "5"}, "Không hợp lệ 5, nhiều hơn 4 phiếu thu về"),
        ({"in_favour_0": "4"}, "cộng lại được 5, mà có 3 phiếu hợp lệ"),
        ({"issued": ""}, "Chưa ghi"),
        ({"blank_0": "-1"}, "từ 0 trở lên"),
    ],
)
def test_it_validates_the_sums(
    lan: Client, url: str, pen: Pen, people: People, changed: dict[str, str], said: str
) -> None:
    put(lan, url, people)
    answer = lan.post(f"{url}{the_ballot(pen).id}/", {**QUESTION, **changed})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and 'value="1"' in page
    assert not secrets_of(log.room_of(pen.meeting))


def test_it_validates_who_counts(lan: Client, url: str, pen: Pen, people: People) -> None:
    answer = put(lan, url, people, names="Phạm Minh Tâm")
    assert answer.status_code == 422 and "có tên trên phiếu nên không kiểm phiếu" in answer.content.decode()
    assert put(lan, url, people, tellers=[]).status_code == 422
    assert put(lan, url, people, tellers=[people.binh.pk]).status_code == 422, "absent"
    assert put(lan, url, people, names="A\nA").status_code == 422
    assert not ballots_of(log.room_of(pen.meeting))


def test_it_checks_access(client: Client, url: str, pen: Pen, people: People, lan: Client) -> None:
    put(lan, url, people)
    one = the_ballot(pen)
    for who in (people.binh, people.khanh, people.phuc):
        sign_in(client, who)
        for path in (url, f"{url}{one.id}/", f"{url}{one.id}/phieu/"):
            assert client.get(path).status_code == 404
        assert client.post(f"{url}{one.id}/", QUESTION).status_code == 404
    assert sign_in(client, people.lan).get(f"{url}{uuid4()}/").status_code == 404


def test_the_ballots_are_all_alike(lan: Client, url: str, pen: Pen, people: People) -> None:
    put(lan, url, people, names="Trần Văn Hùng")
    page = lan.get(f"{url}{the_ballot(pen).id}/phieu/").content.decode()
    sheets = re.findall(r'<article class="ballot">.*?</article>', page, re.DOTALL)
    assert len(sheets) == 4 and len(set(sheets)) == 1
    assert "Biên bản kiểm phiếu" in page


def test_a_recount_takes_the_place_of_the_count(lan: Client, url: str, pen: Pen, people: People) -> None:
    put(lan, url, people)
    one = the_ballot(pen)
    lan.post(f"{url}{one.id}/", QUESTION)
    lan.post(f"{url}{one.id}/", {**QUESTION, "in_favour_0": "1", "blank_0": "1"})
    (counted,) = secrets_of(log.room_of(pen.meeting)).values()
    assert counted.choices[0].in_favour == 1
    commands.undo(pen=pen, entry=Entry.objects.filter(kind="secret").latest("seq"))
    assert secrets_of(log.room_of(pen.meeting))[one.id].choices[0].in_favour == 2


def test_one_that_is_not_counted_bars_the_closing(lan: Client, url: str, pen: Pen, people: People) -> None:
    put(lan, url, people)
    assert any("phiếu kín" in bar.reason for bar in closing_bars(pen.meeting))
    lan.post(f"{url}{the_ballot(pen).id}/", QUESTION)
    assert not any("phiếu kín" in bar.reason for bar in closing_bars(pen.meeting))


def test_the_minutes_tell_the_sums_and_who_counted(lan: Client, url: str, pen: Pen, people: People) -> None:
    put(lan, url, people, names="Trần Văn Hùng")
    lan.post(f"{url}{the_ballot(pen).id}/", QUESTION)
    said = " ".join(str(block) for one in sections_of(pen.meeting) for block in one.blocks)
    assert "Bỏ phiếu kín: Giới thiệu nhân sự. Kiểm phiếu: Phạm Minh Tâm. Phát ra 4 phiếu, thu về 4" in said
    assert "Trần Văn Hùng: 2/4 tán thành, đạt 50%; 1 không tán thành, 0 phiếu trắng. Không đạt." in said


def test_impossible_sums_are_refused_by_the_command_too(pen: Pen, url: str) -> None:
    ballot = Ballot(uuid4(), "x", None, [], "half", [])
    voter = Voter(uuid4(), "official", present=True)  # type: ignore[arg-type]
    line = {"name": "x", "in_favour": 1, "against": 0, "blank": 0}
    for issued, returned, invalid in ((2, 1, 0), (1, 2, 0), (1, 1, 2), (1, 1, 1)):
        with pytest.raises(Miscount):
            count_ballots(
                pen=pen,
                ballot=ballot,
                base=base_of_vote([voter]),
                exclusions=(),
                sums=Sums(issued, returned, invalid, [line]),
            )


def test_sums_of_another_device_that_do_not_add_up_are_kept_and_marked() -> None:
    device = UUID(int=5)
    ballot = Record(
        uuid4(), device, 1, "ballot", uuid4(),
        {"title": "x", "names": [], "fraction": "half", "tellers": []},
    )  # fmt: skip
    payload = {
        "of": str(ballot.id), "title": "x", "included": [], "excluded": [], "exclusions": [], "fraction": "half",
        "issued": 4, "returned": 5, "invalid": 0, "medium": "paper", "tellers": [],
        "choices": [{"name": "x", "in_favour": 5, "against": 0, "blank": 0}],
    }  # fmt: skip
    counted = Record(uuid4(), device, 2, "secret", uuid4(), payload)
    room = fold([ballot, counted])
    assert [look.why for look in room.needs_look] == ["ballots_do_not_add_up"] and secrets_of(room)
    assert {look.why for look in fold([counted]).needs_look} == {"ballots_do_not_add_up", "unknown_ballot"}


def test_a_ballot_given_out_before_somebody_left_is_counted(lan: Client, url: str, pen: Pen, people: People) -> None:
    put(lan, url, people)
    call(pen=pen, members=[people.hung.pk], state="present", left_early=True)
    one = the_ballot(pen)
    assert lan.post(f"{url}{one.id}/", {**QUESTION, "invalid": "0", "in_favour_0": "3"}).status_code == 302
    assert secrets_of(log.room_of(pen.meeting))[one.id].issued == 4


def test_a_secret_vote_is_recounted_when_the_roll_is_corrected(lan: Client, url: str, pen: Pen, people: People) -> None:
    put(lan, url, people, election="yes", names="Trần Văn Hùng")
    absent = [people.binh.pk, people.tam.pk]
    call(pen=pen, members=absent, state="absent", reason="health")
    lan.post(f"{url}{the_ballot(pen).id}/", {**QUESTION, "issued": "3", "returned": "3", "invalid": "0"})
    (counted,) = secrets_of(log.room_of(pen.meeting)).values()
    assert (counted.size, counted.needed) == (3, 2) and not log.room_of(pen.meeting).needs_look
    call(pen=pen, members=absent, state="absent", reason="unknown")
    (look,) = log.room_of(pen.meeting).needs_look
    assert (look.entry, look.why) == (counted.id, "vote_base"), "two of five are not more than half"
    looks = f"/cuoc-hop/{pen.meeting.pk}/phong/xem-lai/"
    assert "Tính lại theo điểm danh" in lan.get(looks).content.decode()
    assert lan.post(looks, {"of": str(counted.id)}).status_code == 302
    (counted,) = secrets_of(log.room_of(pen.meeting)).values()
    assert (counted.size, counted.needed) == (5, 3) and not log.room_of(pen.meeting).needs_look
