"""A secret vote on devices: who has a ballot, what is told, who allows it."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.test import Client

from chibo.meetings.minutes.sections import sections_of
from chibo.meetings.models import Entry, Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import call
from chibo.meetings.room.fold import Record, fold
from chibo.meetings.urn import box, places
from chibo.meetings.urn.allowing import allow
from chibo.meetings.urn.commands import NotAllowed, put_on_devices
from chibo.rules.book import RuleBook
from tests.meetings.urn.voting import Voting
from tests.people import People, sign_in


def test_it_works(vote: Voting) -> None:
    ballot = vote.put()
    hall = f"/cuoc-hop/{vote.meeting.pk}/dang-hop/"
    page = vote.phone(vote.people.binh).get(hall).content.decode()
    assert "Bỏ phiếu kín: Giới thiệu nhân sự" in page and vote.own(ballot) in page
    page = vote.phone(vote.people.binh).get(vote.own(ballot)).content.decode()
    assert "Không tán thành" in page and "checked" not in page
    vote.all_cast(ballot, vote.voters)
    assert "Phiếu đã bỏ" in vote.phone(vote.people.binh).get(vote.own(ballot)).content.decode()
    assert "Phiếu đã bỏ" in vote.phone(vote.people.binh).get(hall).content.decode()
    page = vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    assert "<b>6/6</b> đồng chí đã bỏ phiếu" in page
    answer = vote.close(ballot)
    assert answer.url == f"{vote.room}{ballot}/"
    sums = vote.sums
    assert (sums.issued, sums.returned, sums.invalid, sums.medium) == (6, 6, 0, "device")
    assert [(one.in_favour, one.against, one.blank) for one in sums.choices] == [(4, 1, 1)]
    assert not vote.urn(ballot).exists()
    page = vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    assert "4 tán thành, 1 không tán thành, 1 phiếu trắng" in page and "Ghi kết quả đếm lại" not in page
    assert "4/" in vote.phone(vote.people.binh).get(hall).content.decode()
    said = " ".join(str(block) for one in sections_of(vote.meeting) for block in one.blocks)
    assert "Bỏ phiếu kín trên máy: Giới thiệu nhân sự. Kiểm phiếu: Võ Thị Mai. Phát ra 6 phiếu, thu về 6" in said


def test_paper_alone_unless_the_committee_above_says_otherwise(vote: Voting) -> None:
    assert "Trên điện thoại" in vote.lan.get(vote.room).content.decode()
    allow(by=vote.people.standing("dung"), organisation=vote.people.commune, allowed=False, source="Kết luận 13-KL/ĐU")
    assert "Trên điện thoại" not in vote.lan.get(vote.room).content.decode()
    vote.lan.post(
        vote.room, {"title": "Việc khác", "fraction": "half", "tellers": [vote.people.mai.pk], "medium": "device"}
    )
    (entry,) = Entry.objects.filter(meeting=vote.meeting, kind="ballot")
    assert '"medium":"paper"' in (entry.payload or "")


def test_without_a_rule_of_ones_own_it_is_off(meeting: Meeting) -> None:
    from chibo.meetings.urn.commands import is_allowed
    from chibo.rules.models import Rule

    assert not is_allowed(Rule.objects.general(meeting.day)) and not is_allowed(RuleBook({}))


def test_an_election_is_on_paper(vote: Voting) -> None:
    values = {"title": "Bầu phó bí thư", "fraction": "half", "tellers": [vote.people.mai.pk], "names": "Lê Thị Quyên"}
    answer = vote.lan.post(vote.room, {**values, "election": "yes", "medium": "device"})
    assert answer.status_code == 422 and "Bầu cử thì bỏ phiếu giấy" in answer.content.decode()
    answer = vote.lan.post(vote.room, {**values, "election": "", "medium": "device"})
    assert answer.status_code == 422  # asked, and not preset
    assert not Entry.objects.filter(meeting=vote.meeting, kind="ballot").exists()
    from chibo.meetings.room.screens import rules_of

    with pytest.raises(NotAllowed):
        put_on_devices(
            pen=vote.pen,
            room=log.room_of(vote.meeting),
            book=rules_of(vote.meeting),
            title="x",
            names=[],
            fraction="half",
            tellers=[],
            election=True,
        )


def test_an_election_on_devices_that_a_device_recorded_is_marked_and_opens_no_urn() -> None:
    payload = {"title": "x", "names": [], "fraction": "half", "tellers": [], "medium": "device", "election": True}
    ballot = Record(uuid4(), UUID(int=5), 1, "ballot", uuid4(), payload)
    room = fold([ballot])
    assert [look.why for look in room.needs_look] == ["election_on_devices"]
    from chibo.meetings.urn.commands import open_on_devices

    assert not open_on_devices(room)


@pytest.mark.parametrize("who", ["mai", "son", "vinh", "khanh", "dung", "phuc", "left", "suspended", "inspector"])
def test_whoever_has_no_vote_or_is_not_there_has_no_ballot(vote: Voting, who: str) -> None:
    ballot = vote.put()
    client = vote.phone(vote.people.all()[who])
    assert client.get(vote.own(ballot)).status_code == 404
    assert client.post(vote.own(ballot), {"kin_0": "1"}).status_code == 404
    assert box.look(vote.urn(ballot)).cast == 0
    hall = client.get(f"/cuoc-hop/{vote.meeting.pk}/dang-hop/")
    assert hall.status_code == 404 or "bo-phieu/" not in hall.content.decode()


def test_whoever_comes_late_votes_once_they_are_called(vote: Voting) -> None:
    ballot = vote.put()
    assert vote.phone(vote.people.vinh).get(vote.own(ballot)).status_code == 404
    call(pen=vote.pen, members=[vote.people.vinh.pk], state="present")
    assert vote.cast(ballot, vote.people.vinh, "1").status_code == 302
    assert box.look(vote.urn(ballot)).cast == 1


def test_a_ballot_is_cast_in_no_other_meeting(vote: Voting) -> None:
    ballot, other = vote.put(), vote.in_another_meeting()
    answer = other.cast(ballot, vote.people.binh, "1")
    assert answer.url == f"/cuoc-hop/{other.meeting.pk}/dang-hop/"
    assert box.look(vote.urn(ballot)).cast == 0


def test_a_ballot_that_was_taken_back_is_cast_no_more(vote: Voting) -> None:
    ballot = vote.put()
    commands.undo(pen=vote.pen, entry=Entry.objects.get(pk=ballot))
    answer = vote.cast(ballot, vote.people.binh, "1")
    assert answer.url == f"/cuoc-hop/{vote.meeting.pk}/dang-hop/"
    assert box.look(vote.urn(ballot)).cast == 0


def test_a_second_ballot_of_one_person_is_answered_as_the_first(vote: Voting) -> None:
    ballot = vote.put()
    first, second = (vote.cast(ballot, vote.people.binh, one) for one in "12")
    assert (first.status_code, first.url, first.content) == (second.status_code, second.url, second.content)
    sums = box.shut(vote.urn(ballot), agreed=lambda marks: None)
    assert sums.lines == [(1, 0, 0)]


@pytest.mark.parametrize("typed", [{}, {"kin_0": "1"}, {"kin_0": "1", "kin_1": "4"}, {"kin_0": "1", "kin_1": "'"}])
def test_it_validates_without_telling_what_was_chosen(vote: Voting, typed: dict[str, str]) -> None:
    ballot = vote.put(names="Trần Văn A\nTrần Văn B")
    client = vote.phone(vote.people.binh)
    answer = client.post(vote.own(ballot), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Phiếu chưa bỏ." in page and "checked" not in page
    assert box.look(vote.urn(ballot)).cast == 0


def test_a_lost_sign_in_carries_no_box_along(vote: Voting) -> None:
    answer = Client().post(vote.own(vote.put()), {"kin_0": "2"})
    assert answer.status_code == 401 and "kin_0" not in answer.content.decode()
    carried = answer.context["carried"]
    assert not carried.fields and "bo-phieu" in carried.path


def test_the_room_is_told_how_many_and_nothing_else(vote: Voting) -> None:
    """Neither who, nor what: whoever cast and whatever they chose, the page is the same."""
    ballot, seen = vote.put(), []
    for who, one in ((vote.people.binh, "1"), (vote.people.tu, "3")):
        vote.cast(ballot, who, one)
        page = vote.lan.get(f"{vote.room}{ballot}/").content.decode()
        assert page.count("Đặng Văn Bình") == page.count("Huỳnh Văn Tư") == 1  # in the list of those who may get paper
        seen.append(box.look(vote.urn(ballot)).cast)
    assert seen == [1, 2]


def test_a_paper_ballot_is_no_second_one(vote: Voting) -> None:
    ballot = vote.put()
    vote.lan.post(f"{vote.room}{ballot}/", {"act": "papers", "paper": [str(vote.people.binh.pk)]})
    assert "Đồng chí nhận phiếu giấy" in vote.phone(vote.people.binh).get(vote.own(ballot)).content.decode()
    vote.cast(ballot, vote.people.binh, "1")
    assert box.look(vote.urn(ballot)).cast == 0


def test_a_device_goes_from_hand_to_hand(vote: Voting) -> None:
    ballot = vote.put()
    there = f"{vote.room}{ballot}/chuyen-may/"
    page = vote.lan.get(there).content.decode()
    assert "Huỳnh Văn Tư" in page and "Võ Thị Mai" not in page  # she has no vote
    page = vote.lan.post(there, {"person": str(vote.people.tu.pk)}).content.decode()
    assert "Phiếu của đồng chí <b>Huỳnh Văn Tư</b>" in page and "checked" not in page
    unfinished = vote.lan.post(there, {"person": str(vote.people.tu.pk), "cast": "1"})
    assert unfinished.status_code == 422 and "Phiếu chưa bỏ." in unfinished.content.decode()
    nameless = vote.lan.post(there, {"person": ""})
    assert nameless.status_code == 422 and "Chưa chọn tên." in nameless.content.decode()
    first, second = (
        vote.lan.post(there, {"person": str(vote.people.tu.pk), "cast": "1", "kin_0": one}) for one in "21"
    )  # fmt: skip
    assert first.url == second.url == f"{there}?da-bo"  # type: ignore[attr-defined]
    assert first.headers["Cache-Control"] == "no-store"
    marks = box.look(vote.urn(ballot))
    assert marks.by_voter[vote.people.tu.pk] == box.Mark.PASSED and marks.cast == 1
    assert "Một phiếu trên máy chuyền tay" in vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    assert vote.lan.post(there, {"person": str(vote.people.mai.pk), "cast": "1", "kin_0": "1"}).status_code == 404
    assert vote.phone(vote.people.binh).get(there).status_code == 404


def test_a_phone_that_polls_learns_that_its_ballot_is_in(vote: Voting) -> None:
    ballot, binh = vote.put(), vote.phone(vote.people.binh)
    hall = f"/cuoc-hop/{vote.meeting.pk}/dang-hop/"
    tag = binh.get(hall).headers["ETag"]
    assert binh.get(hall, HTTP_IF_NONE_MATCH=tag).status_code == 304
    vote.cast(ballot, vote.people.hung, "1")
    assert binh.get(hall, HTTP_IF_NONE_MATCH=tag).status_code == 304  # another's ballot is nothing new to me
    vote.cast(ballot, vote.people.binh, "1")
    assert binh.get(hall, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_where_the_urns_stand_on_a_disk_the_room_is_told(
    vote: Voting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ballot = vote.put()
    assert "nằm trên đĩa" not in vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    assert "nằm trên đĩa" in vote.lan.get(f"{vote.room}{ballot}/").content.decode()


def test_only_an_office_above_the_cells_allows_it(people: People, client: Client) -> None:
    for who in ("lan", "binh", "khanh", "operator"):
        assert (
            sign_in(Client(), people.all().get(who) or people.operator).get("/phieu-kin-tren-may/").status_code == 404
        )
    with pytest.raises(Http404):
        allow(by=people.standing("dung"), organisation=people.province, allowed=True, source="x")
    dung = sign_in(client, people.dung)
    assert "Chi bộ chỉ bỏ phiếu kín bằng phiếu giấy" in dung.get("/phieu-kin-tren-may/").content.decode()
    assert dung.post("/phieu-kin-tren-may/", {"allowed": "yes", "source": ""}).status_code == 422
    dung.post("/phieu-kin-tren-may/", {"allowed": "yes", "source": "Kết luận 12-KL/ĐU"})
    page = dung.get("/phieu-kin-tren-may/").content.decode()
    assert "Chi bộ được bỏ phiếu kín trên điện thoại" in page and "Theo Kết luận 12-KL/ĐU." in page
