"""The end of a secret vote on devices: when an urn may be closed, its sums, what is left of it."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from chibo.lib.dates import now
from chibo.meetings.models import Entry, Meeting
from chibo.meetings.room import commands, log
from chibo.meetings.room.commands import closing_bars
from chibo.meetings.room.deciding import ballots_of, secrets_of
from chibo.meetings.urn import box, sweeping
from chibo.meetings.urn.commands import too_few
from tests import make
from tests.meetings.urn.voting import Voting


def test_fewer_than_five_are_not_counted_unless_they_are_all(vote: Voting) -> None:
    ballot = vote.put()
    vote.all_cast(ballot, vote.voters[:4], "1111")
    answer = vote.close(ballot)
    assert (
        answer.status_code == 422 and "Mới có 4 đồng chí bỏ phiếu trên điện thoại của mình" in answer.content.decode()
    )
    assert not secrets_of(log.room_of(vote.meeting))
    vote.cast(ballot, vote.voters[4], "2")  # refused, it is still open
    assert vote.close(ballot).status_code == 302
    assert vote.sums.issued == 5


def test_a_vote_that_is_counted_is_not_taken_back(vote: Voting) -> None:
    """Its urn is destroyed: who dislikes a result would vote until it pleases, and the minutes would know of one."""
    ballot = vote.put()
    vote.all_cast(ballot, vote.voters)
    vote.close(ballot)
    for entry in (ballot, vote.sums.id):
        answer = vote.lan.post(f"/cuoc-hop/{vote.meeting.pk}/phong/hoan-tac/{entry}/", follow=True)
        assert "thì không hoàn tác được" in answer.content.decode()
    assert vote.sums.issued == 6
    vote.put()  # once more is a vote of its own
    assert len(ballots_of(log.room_of(vote.meeting))) == 2


def test_a_vote_that_is_not_counted_yet_can_be_taken_back(vote: Voting) -> None:
    ballot = vote.put()
    answer = vote.lan.post(f"/cuoc-hop/{vote.meeting.pk}/phong/hoan-tac/{ballot}/", follow=True)
    assert "Đã hoàn tác: bỏ phiếu kín, ghi lúc" in answer.content.decode()
    assert not ballots_of(log.room_of(vote.meeting))


def test_marking_the_others_absent_does_not_count_one_ballot_by_itself(vote: Voting) -> None:
    ballot = vote.put()
    vote.cast(ballot, vote.voters[4], "2")
    commands.call(pen=vote.pen, members=[one.pk for one in vote.voters if one != vote.voters[4]], state="absent")
    answer = vote.close(ballot)
    assert answer.status_code == 422 and "Mới có 1 đồng chí bỏ phiếu" in answer.content.decode()
    assert not secrets_of(log.room_of(vote.meeting))


def test_how_many_are_too_few() -> None:
    """Cast on one's own phone, on the passed device, on paper; of how many voters."""
    fine = [
        (3, 0, 0, 3),
        (5, 0, 0, 8),
        (5, 0, 5, 10),
        (12, 0, 6, 20),
        (0, 0, 3, 3),
        (0, 0, 8, 9),
        (5, 1, 0, 8),
        (5, 4, 5, 14),
    ]
    bad = [(0, 0, 0, 8), (4, 0, 0, 8), (4, 0, 5, 9), (1, 0, 9, 10), (8, 0, 1, 9), (5, 0, 4, 9), (3, 0, 1, 4)]
    passed = [(0, 1, 0, 8), (1, 4, 0, 8), (4, 4, 0, 8), (0, 8, 0, 8), (2, 1, 0, 3), (0, 5, 5, 10), (4, 1, 5, 10)]

    def told(own: int, round_: int, paper: int, voters: int) -> str:
        kinds = [box.Mark.CAST] * own + [box.Mark.PASSED] * round_
        by_voter = {uuid4(): mark for mark in [*kinds, *[box.Mark.NONE] * (voters - len(kinds))]}
        return too_few(box.Marks(by_voter, shut=False), paper)

    assert not any(told(*one) for one in fine)
    assert all(told(*one) for one in (*bad, *passed))


def test_a_keeper_who_casts_for_others_on_a_passed_device_learns_no_ballot(vote: Voting) -> None:
    """Four blanks under other names lifted one voter's ballot over the floor; the one "không" was theirs."""
    ballot, (one, *others) = vote.put(), vote.voters
    vote.cast(ballot, one, "2")
    for other in others:
        there = f"{vote.room}{ballot}/chuyen-may/"
        assert vote.lan.post(there, {"person": str(other.pk), "cast": "1", "kin_0": "3"}).status_code == 302
    answer = vote.close(ballot)
    assert answer.status_code == 422 and "không tính vào số ấy" in answer.content.decode()
    assert not secrets_of(log.room_of(vote.meeting)) and not box.look(vote.urn(ballot)).shut


def test_it_is_closed_by_the_tellers(vote: Voting) -> None:
    ballot = vote.put()
    vote.all_cast(ballot, vote.voters)
    answer = vote.lan.post(f"{vote.room}{ballot}/", {"act": "close"})
    assert answer.status_code == 422 and not secrets_of(log.room_of(vote.meeting))
    assert not box.look(vote.urn(ballot)).shut


def test_paper_beside_it_is_counted_into_the_same_sums(vote: Voting) -> None:
    more = [make.member(f"Nguyễn Văn {letter}", vote.people.cell) for letter in "ABCDE"]
    vote = vote.in_another_meeting(more)
    values = {"title": "x", "fraction": "half", "tellers": [vote.people.mai.pk], "election": "no", "medium": "device"}
    answer = vote.lan.post(vote.room, values)
    ballot = UUID(answer.url.split("/")[-2])  # type: ignore[attr-defined]
    vote.all_cast(ballot, vote.voters)
    vote.lan.post(
        f"{vote.room}{ballot}/", {"act": "papers", "paper": [str(one.pk) for one in (*more, vote.people.binh)]}
    )
    page = vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    assert "Năm đồng chí nhận phiếu giấy" in page and "đã bỏ phiếu trên máy, không phát phiếu giấy" in page
    counts = {"returned": "5", "invalid": "1", "in_favour_0": "1", "against_0": "3", "blank_0": "0"}
    wrong = vote.close(ballot, **{**counts, "against_0": "4"})
    assert wrong.status_code == 422 and "Đếm lại" in wrong.content.decode()
    few = {**counts, "returned": "4", "invalid": "0"}
    assert vote.close(ballot, **few).status_code == 422
    assert vote.close(ballot, **counts).status_code == 302
    sums = vote.sums
    assert (sums.issued, sums.returned, sums.invalid, sums.medium) == (11, 11, 1, "both")
    assert [(one.in_favour, one.against, one.blank) for one in sums.choices] == [(5, 4, 1)]
    stored = Entry.objects.get(meeting=vote.meeting, kind="secret").payload or ""
    assert '"in_favour":4' not in stored and '"in_favour":1' not in stored  # neither medium by itself


def test_a_lost_urn_is_said_and_everybody_votes_again(vote: Voting) -> None:
    ballot = vote.put()
    vote.all_cast(ballot, vote.voters, "222222")
    vote.lan.post(f"{vote.room}{ballot}/", {"act": "again"})  # not while it stands: nobody votes anew until it suits
    assert box.look(vote.urn(ballot)).cast == 6
    vote.urn(ballot).unlink()  # the machine has started anew
    assert "Hòm phiếu đã mất" in vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    assert "Hòm phiếu đã mất" in vote.phone(vote.people.binh).get(vote.own(ballot)).content.decode()
    assert vote.cast(ballot, vote.people.binh, "1").status_code == 302
    assert vote.close(ballot).status_code == 302
    assert not secrets_of(log.room_of(vote.meeting))
    vote.lan.post(f"{vote.room}{ballot}/", {"act": "again"})
    assert "0/6" in vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    vote.all_cast(ballot, vote.voters)
    vote.close(ballot)
    assert vote.sums.choices[0].in_favour == 4


def test_it_can_be_given_up_for_paper(vote: Voting) -> None:
    ballot = vote.put()
    vote.cast(ballot, vote.people.binh, "1")
    with vote.committed(execute=True):
        answer = vote.lan.post(f"{vote.room}{ballot}/", {"act": "give_up"})
    assert not vote.urn(ballot).exists()
    page = vote.lan.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "In 6 phiếu" in page and "Giới thiệu nhân sự" in page
    assert (
        vote.own(ballot)
        not in vote.phone(vote.people.binh).get(f"/cuoc-hop/{vote.meeting.pk}/dang-hop/").content.decode()
    )


def test_an_open_urn_bars_the_closing_of_the_meeting(vote: Voting) -> None:
    vote.put()
    assert any("phiếu kín" in bar.reason for bar in closing_bars(vote.meeting))


def test_a_process_that_ends_before_the_urn_is_gone_harms_nothing(vote: Voting) -> None:
    """Closed and recorded, the urn still there: nothing more is cast, and it is taken away at the next look."""
    ballot = vote.put()
    vote.all_cast(ballot, vote.voters[:5], "11111")
    with vote.committed():  # kept, and killed
        vote.lan.post(f"{vote.room}{ballot}/", {"act": "close", "tellers_agree": "on"})
    path = vote.urn(ballot)
    with pytest.raises(box.Shut):
        box.cast(path, voter=vote.voters[5].pk, boxes=[0])
    vote.cast(ballot, vote.voters[5], "1")
    vote.lan.get(vote.room)
    assert not path.exists() and vote.sums.issued == 5


def test_closed_but_not_recorded_it_tells_the_same_again(vote: Voting) -> None:
    ballot = vote.put()
    vote.all_cast(ballot, vote.voters)
    box.shut(vote.urn(ballot), agreed=lambda marks: None)
    page = vote.lan.get(f"{vote.room}{ballot}/").content.decode()
    assert "Hòm phiếu đã đóng, chưa ghi được kết quả" in page
    assert vote.close(ballot).status_code == 302
    assert vote.sums.choices[0].in_favour == 4


def test_left_over_urns_are_swept_away_and_no_young_one(
    vote: Voting, monkeypatch: pytest.MonkeyPatch, urns: Path
) -> None:
    kept, undone = vote.put(), vote.put(title="Việc khác")
    commands.undo(pen=vote.pen, entry=Entry.objects.get(pk=undone))
    stranger = urns / str(uuid4()) / str(uuid4())
    box.make(stranger, root=urns, voters=[uuid4()], lines=1)
    assert sweeping.sweep() == 0
    monkeypatch.setattr(sweeping, "YOUNG_SECONDS", -1)
    assert sweeping.sweep() == 2
    assert vote.urn(kept).exists() and not stranger.parent.exists()
    Meeting.objects.filter(pk=vote.meeting.pk).update(state="closed", closed_at=now())
    assert sweeping.sweep() == 1 and list(urns.iterdir()) == []
