"""What a ballot on devices does not hold: said in the room, the guide and the decision in the same words."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from chibo.meetings.models import Meeting
from chibo.meetings.room import log
from chibo.meetings.urn.commands import NotAllowed, put_on_devices
from chibo.meetings.urn.secrecy import NOT_HELD, keeper, who_may_see
from chibo.rules.models import Rule
from tests.meetings.urn.voting import Voting
from tests.people import People, sign_in

PROJECT = Path(__file__).resolve().parents[3]


def test_what_is_not_held_is_said_in_room_guide_and_decision_in_the_same_words(vote: Voting) -> None:
    guide = " ".join((PROJECT / "docs/users/bo-phieu-kin.md").read_text().split())
    (decision,) = PROJECT.glob("docs/decisions/0066-*.md")
    decided = " ".join(decision.read_text().split())
    for sentence in NOT_HELD:
        assert sentence in guide and sentence in decided, sentence
    ballot = vote.put()
    said = f"Máy chủ do Văn phòng Tỉnh ủy giữ. {NOT_HELD[0]}"
    pages = (
        vote.lan.get(f"{vote.room}{ballot}/"),
        vote.lan.post(f"{vote.room}{ballot}/chuyen-may/", {"person": str(vote.people.tu.pk)}),
        vote.phone(vote.people.binh).get(vote.own(ballot)),
    )
    for page in pages:
        assert said in page.content.decode(), page.request["PATH_INFO"]


@pytest.mark.parametrize(("kept_by", "address"), [("", ""), ("Văn phòng Tỉnh ủy", "https://192.168.1.10:8443")])
def test_where_server_and_keeper_may_be_one_ballots_are_on_paper(
    vote: Voting, settings: Any, kept_by: str, address: str
) -> None:
    """A server that stands in the room, and one of which nobody has said who keeps it."""
    settings.SERVER_KEEPER, settings.LAN = kept_by, address
    assert not keeper() and "chưa ghi tên" in who_may_see()
    page = vote.lan.get(vote.room).content.decode()
    assert "Phiếu in trên giấy." in page and "Trên điện thoại" not in page
    book = Rule.objects.book(vote.meeting.day, vote.meeting.cell.path_ids)
    with pytest.raises(NotAllowed):
        put_on_devices(
            pen=vote.pen,
            room=log.room_of(vote.meeting),
            book=book,
            title="Khen thưởng",
            names=[],
            fraction="half",
            tellers=[],
            election=False,
        )


def test_whoever_allows_it_is_told_that_nobody_keeps_the_server(
    meeting: Meeting, settings: Any, people: People
) -> None:
    dung = sign_in(Client(), people.dung)
    assert "Máy chủ này chưa ghi ai giữ" not in dung.get("/phieu-kin-tren-may/").content.decode()
    settings.SERVER_KEEPER = ""
    assert "Máy chủ này chưa ghi ai giữ" in dung.get("/phieu-kin-tren-may/").content.decode()
